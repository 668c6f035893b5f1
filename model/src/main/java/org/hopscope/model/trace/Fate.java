package org.hopscope.model.trace;

import org.hopscope.model.net.DeviceId;

/** How a packet copy ended. */
public sealed interface Fate {
  /**
   * It reached whom it was for.
   *
   * @param to what took it: a program's name, or {@code kernel} for what the kernel answers or uses itself
   */
  record Delivered(String to) implements Fate {
  }

  /** A program read it that holds a tun or tap device open. */
  record Read(DeviceId device) implements Fate {
  }

  /** It went on as several copies, each with a fate of its own. */
  record Divided() implements Fate {
  }

  /**
   * It was thrown away.
   *
   * @param reason why
   */
  record Died(DropReason reason) implements Fate {
  }
}
