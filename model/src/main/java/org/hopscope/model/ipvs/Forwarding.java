package org.hopscope.model.ipvs;

/** How a packet gets to a real server (kernel IP_VS_CONN_F_FWD_MASK). */
public enum Forwarding {
  /** {@code -m}: its destination is translated, and the source of answers back. */
  MASQUERADE("Masq", "-m"),
  /** {@code -i}: it is put into a packet to the real server. */
  TUNNEL("Tunnel", "-i"),
  /** {@code -g}: it goes to the real server's hardware address as it is. */
  DIRECT("Route", "-g");

  private final String shown;
  private final String option;

  Forwarding(String shown, String option) {
    this.shown = shown;
    this.option = option;
  }

  /** As {@code ipvsadm -L} shows it. */
  public String shown() {
    return shown;
  }

  /** As {@code ipvsadm} is told it. */
  public String option() {
    return option;
  }
}
