package org.hopscope.app.desktop.workbench;

import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.NetnsId;

/** One thing that a person can point at. */
public sealed interface Selection {
  /** A machine. */
  record OfHost(String host) implements Selection {
  }

  /** A namespace; a host's root namespace is selected through the host. */
  record OfNetns(NetnsId netns) implements Selection {
  }

  /** A remark on the canvas. */
  record OfRemark(String id) implements Selection {
  }

  /** A device. */
  record OfDevice(DeviceId device) implements Selection {
  }
}
