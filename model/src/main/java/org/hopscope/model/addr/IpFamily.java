package org.hopscope.model.addr;

/** An address family (socket(7) AF_INET, AF_INET6). */
public enum IpFamily {
  /** IPv4 (RFC 791). */
  INET(32, "inet", "ipv4"),
  /** IPv6 (RFC 8200). */
  INET6(128, "inet6", "ipv6");

  private final int width;
  private final String word;
  private final String protocol;

  IpFamily(int width, String word, String protocol) {
    this.width = width;
    this.word = word;
    this.protocol = protocol;
  }

  /** How many bits an address has. */
  public int width() {
    return width;
  }

  /** The word iproute2 has for it: {@code inet} or {@code inet6}. */
  public String word() {
    return word;
  }

  /** The word that sysctl keys and kernel messages have for it: {@code ipv4} or {@code ipv6}. */
  public String protocol() {
    return protocol;
  }

  /** The whole address space: {@code 0.0.0.0/0} or {@code ::/0}. */
  public IpPrefix everything() {
    return IpPrefix.around(unspecified(), 0);
  }

  /** {@code 0.0.0.0} or {@code ::}: no address. */
  public IpAddress unspecified() {
    return switch (this) {
      case INET -> Ipv4Address.ANY;
      case INET6 -> Ipv6Address.ANY;
    };
  }
}
