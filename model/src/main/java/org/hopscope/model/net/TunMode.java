package org.hopscope.model.net;

import java.util.Locale;

/** What a program at the far end of a tun device gets (kernel Documentation/networking/tuntap.rst). */
public enum TunMode {
  /** Packets, from the IP header on. */
  TUN,
  /** Ethernet frames. */
  TAP;

  /** The word of ip-tuntap(8). */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
