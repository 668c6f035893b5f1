package org.hopscope.model.lab;

import java.util.Optional;

/** Why an edit cannot be done, in the words of who refuses it. */
public sealed interface Refusal {
  /** The words to show. */
  String text();

  /** The kernel's number for it; empty when it was not the kernel who refused. */
  default Optional<Errno> kernelSays() {
    return switch (this) {
      case Kernel(Errno errno) -> Optional.of(errno);
      case KernelMessage(Errno errno, String _) -> Optional.of(errno);
      case Tool _,Unsupported _ -> Optional.empty();
    };
  }

  /** The kernel said only a number: iproute2 prints {@code RTNETLINK answers: File exists}. */
  record Kernel(Errno errno) implements Refusal {
    @Override
    public String text() {
      return "RTNETLINK answers: " + errno.text();
    }
  }

  /** The kernel said why: iproute2 prints {@code Error: } and the message (netlink extended acknowledgement). */
  record KernelMessage(Errno errno, String message) implements Refusal {
    @Override
    public String text() {
      return "Error: " + message;
    }
  }

  /** The tool itself refused before asking the kernel; the whole line as it prints it. */
  record Tool(Errno errno, String text) implements Refusal {
  }

  /** The model does not do this yet, and says so by name. */
  record Unsupported(String what) implements Refusal {
    @Override
    public String text() {
      return "hopscope: not supported: " + what;
    }
  }
}
