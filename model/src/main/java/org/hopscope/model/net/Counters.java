package org.hopscope.model.net;

/**
 * What a device has counted (rtnl_link_stats64), as {@code ip -s link} shows it.
 *
 * @param rxPackets frames handed up
 * @param rxBytes their bytes, link header included
 * @param txPackets frames sent
 * @param txBytes their bytes
 * @param rxDropped frames that arrived and were thrown away
 * @param txDropped frames that could not be sent
 */
public record Counters(long rxPackets, long rxBytes, long txPackets, long txBytes, long rxDropped, long txDropped) {
  /** Nothing counted yet. */
  public static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0);

  /** With what else was counted. */
  public Counters plus(Counters more) {
    return new Counters(rxPackets + more.rxPackets, rxBytes + more.rxBytes, txPackets + more.txPackets,
        txBytes + more.txBytes, rxDropped + more.rxDropped, txDropped + more.txDropped);
  }
}
