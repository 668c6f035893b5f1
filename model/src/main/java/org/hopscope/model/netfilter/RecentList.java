package org.hopscope.model.netfilter;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.pcollections.PSortedMap;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/**
 * A list of {@code -m recent}: who was seen, and when (kernel net/netfilter/xt_recent.c).
 *
 * @param rows by address
 */
public record RecentList(PSortedMap<IpAddress, Seen> rows) {
  public static final RecentList EMPTY = new RecentList(TreePMap.empty());
  /** So many sightings of one address are kept (ip_pkt_list_tot). */
  private static final int KEPT = 20;

  /**
   * One address.
   *
   * @param ttl the TTL of the last packet
   * @param stamps when it was seen, oldest first, in nanoseconds of the lab's clock
   */
  public record Seen(int ttl, PVector<Long> stamps) {
    long last() {
      return stamps.get(stamps.size() - 1);
    }
  }

  Optional<Seen> find(IpAddress address) {
    return Optional.ofNullable(rows.get(address));
  }

  RecentList seen(IpAddress address, int ttl, long now) {
    PVector<Long> stamps = find(address).map(Seen::stamps).orElse(TreePVector.empty()).plus(now);
    return new RecentList(rows.plus(address, new Seen(ttl, stamps.size() > KEPT ? stamps.minus(0) : stamps)));
  }

  RecentList without(IpAddress address) {
    return new RecentList(rows.minus(address));
  }

  /** Without the row that was seen longest ago, if that was before an instant. */
  RecentList reap(long before) {
    return rows.entrySet().stream().min(Comparator.comparingLong(e -> e.getValue().last()))
        .filter(e -> e.getValue().last() < before).map(Map.Entry::getKey).map(this::without).orElse(this);
  }
}
