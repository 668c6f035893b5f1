package org.hopscope.model.ipvs;

import java.util.Comparator;
import org.hopscope.model.addr.IpAddress;

/**
 * Who serves a virtual service (kernel struct ip_vs_dest).
 *
 * @param key where it is
 * @param forwarding how packets get there
 * @param weight how much it takes, 0 to 65535; with 0 it gets no new connections and keeps those it has
 */
public record RealServer(Key key, Forwarding forwarding, int weight) {
  /** An address and a port; port 0 takes the port that was asked for. */
  public record Key(IpAddress address, int port) implements Comparable<Key> {
    private static final Comparator<Key> ORDER = Comparator.comparing(Key::address).thenComparingInt(Key::port);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return ServiceKey.text(address, port);
    }
  }
}
