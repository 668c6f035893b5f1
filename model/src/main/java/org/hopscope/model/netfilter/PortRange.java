package org.hopscope.model.netfilter;

/**
 * Ports from one to another, both included, 0 to 65535.
 *
 * @param first the lowest
 * @param last the highest
 */
public record PortRange(int first, int last) {
  /** All ports. */
  public static final PortRange ALL = new PortRange(0, 0xffff);

  public static PortRange of(int port) {
    return new PortRange(port, port);
  }

  /** Whether a port lies in it; -1 stands for no port and lies in none. */
  public boolean contains(int port) {
    return port >= first && port <= last;
  }

  public boolean isSingle() {
    return first == last;
  }

  /** Whether every port is among it. */
  public boolean isAll() {
    return first == 0 && last == 0xffff;
  }
}
