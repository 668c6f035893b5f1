package org.hopscope.model.ipvs;

import java.util.Comparator;
import org.hopscope.model.addr.IpAddress;

/**
 * Who serves a virtual service (kernel struct ip_vs_dest).
 *
 * @param key where it is
 * @param forwarding how packets get there
 * @param weight how much it takes, 0 to 65535; with 0 it gets no new connections and keeps those it has
 * @param thresholds how many connections are too many
 */
public record RealServer(Key key, Forwarding forwarding, int weight, Thresholds thresholds) {
  /**
   * How many connections, active or not, are too many (kernel ip_vs_conn.c ip_vs_bind_dest, ip_vs_unbind_dest).
   *
   * @param upper with so many it gets no more; 0 for no limit
   * @param lower with fewer it gets some again; 0 for three quarters of the upper one
   */
  public record Thresholds(int upper, int lower) {
    public static final Thresholds NONE = new Thresholds(0, 0);

    /** Whether a server with so many is overloaded from now on. */
    boolean isReached(int connections) {
      return upper != 0 && connections >= upper;
    }

    /** Whether a server with so many is overloaded no more. */
    boolean isEased(int connections) {
      return lower != 0 ? connections < lower : upper == 0 || connections * 4L < upper * 3L;
    }
  }

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
