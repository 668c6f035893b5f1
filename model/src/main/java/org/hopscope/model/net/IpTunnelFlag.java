package org.hopscope.model.net;

import java.util.Locale;

/** What an IP tunnel does or leaves (kernel struct ip_tunnel, ip-tunnel(8)). */
public enum IpTunnelFlag {
  /** Packets outside must not be cut ({@code pmtudisc}). */
  PMTUDISC(true),
  /** Even where the packet inside must not be cut, that outside may be ({@code ignore-df}); of GRE only. */
  IGNORE_DF(false),
  /** It carries whatever IP there is ({@code mode any}); of ipip and sit, whose own kind of packet is all else. */
  ANY(false),
  /** It is the device that a driver makes in each namespace by itself, such as tunl0: it can be neither deleted nor moved. */
  FALLBACK(false),
  /** The device that it was bound to is gone or elsewhere: a kernel keeps its number, by which nothing leaves any more. */
  UNBOUND(false);

  private final boolean usual;

  IpTunnelFlag(boolean usual) {
    this.usual = usual;
  }

  /** The word for it in files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a new device has it. */
  public boolean isUsual() {
    return usual;
  }
}
