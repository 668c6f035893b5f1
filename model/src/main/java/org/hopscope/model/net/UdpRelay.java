package org.hopscope.model.net;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * What a program does that carries packets between tun devices of several hosts in UDP, such as flannel's back end udp
 * (flannel pkg/backend/udp/proxy_amd64.c): it has a table of its own and takes one from the TTL at each end.
 *
 * @param local the socket that it sends from and listens on
 * @param rows whom it sends what to; the first that holds the destination counts
 */
public record UdpRelay(Endpoint local, PVector<Row> rows) {
  /** One that knows nobody yet. */
  public static UdpRelay of(Endpoint local) {
    return new UdpRelay(local, TreePVector.empty());
  }

  /**
   * A row of the program's table.
   *
   * @param to destinations
   * @param hop who gets what is for them
   */
  public record Row(IpPrefix to, Endpoint hop) {
    @Override
    public String toString() {
      return to + " via " + hop;
    }
  }

  /** The row for a destination (find_route). */
  public Optional<Row> find(IpAddress destination) {
    return rows.stream().filter(r -> r.to().address().family() == destination.family() && r.to().contains(destination))
        .findFirst();
  }

  /** With a row in the place of the one for the same destinations, or behind all others; without it for no hop. */
  public UdpRelay with(IpPrefix to, Optional<Endpoint> hop) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).to().equals(to)) {
        int at = i;
        return new UdpRelay(local, hop.map(h -> rows.with(at, new Row(to, h))).orElseGet(() -> rows.minus(at)));
      }
    }
    return hop.map(h -> new UdpRelay(local, rows.plus(new Row(to, h)))).orElse(this);
  }

  public boolean has(IpPrefix to) {
    return rows.stream().anyMatch(r -> r.to().equals(to));
  }
}
