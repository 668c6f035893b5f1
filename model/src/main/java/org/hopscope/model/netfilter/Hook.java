package org.hopscope.model.netfilter;

import java.util.Optional;

/**
 * The five places at which the kernel shows a packet to the filter (kernel include/uapi/linux/netfilter.h NF_INET_*,
 * sem-N1).
 *
 * <pre>
 *                                    forwarded
 *   device -> PREROUTING -> route? ------------> FORWARD ------> POSTROUTING -> device
 *                              |                                      ^
 *                              | for this host                        |
 *                              v                                   re-route, when OUTPUT changed
 *                            INPUT                                 addresses or mark
 *                              |                                      |
 *                              v                                      |
 *                           program ----------> route -----------> OUTPUT
 * </pre>
 *
 * A packet from the host to itself takes OUTPUT, POSTROUTING, lo, PREROUTING and INPUT.
 */
public enum Hook {
  PREROUTING, INPUT, FORWARD, OUTPUT, POSTROUTING;

  /** The hook whose built-in chains have this name. */
  public static Optional<Hook> named(String chain) {
    for (Hook hook : values()) {
      if (hook.name().equals(chain)) {
        return Optional.of(hook);
      }
    }
    return Optional.empty();
  }

  /** Whether a packet has a device it came in by here. */
  public boolean hasIncoming() {
    return this == PREROUTING || this == INPUT || this == FORWARD;
  }

  /** Whether a packet has a device it is to leave by here. */
  public boolean hasOutgoing() {
    return this == FORWARD || this == OUTPUT || this == POSTROUTING;
  }
}
