package org.hopscope.model.net;

import java.util.Comparator;
import java.util.Locale;
import org.hopscope.model.addr.MacAddress;

/**
 * How the spanning tree protocol knows a bridge (IEEE 802.1D bridge identifier). The lowest is the root.
 *
 * @param priority 0 to 65535; decides first
 * @param mac decides among equal priorities
 */
public record BridgeId(int priority, MacAddress mac) implements Comparable<BridgeId> {
  private static final Comparator<BridgeId> ORDER =
      Comparator.comparingInt(BridgeId::priority).thenComparing(BridgeId::mac);

  @Override
  public int compareTo(BridgeId other) {
    return ORDER.compare(this, other);
  }

  /** As iproute2 writes it behind {@code bridge_id}: {@code 8000.02:00:00:00:00:01}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%04x.", priority) + mac;
  }
}
