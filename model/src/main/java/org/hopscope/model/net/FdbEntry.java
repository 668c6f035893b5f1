package org.hopscope.model.net;

import java.util.Comparator;
import org.hopscope.model.addr.MacAddress;

/**
 * A row of a bridge's forwarding database (kernel struct net_bridge_fdb_entry).
 *
 * @param mac whose frames go this way
 * @param device the port they leave by; the bridge itself for its own addresses
 * @param kind how the row came to be
 * @param sticky whether learning may not move it (bridge(8))
 * @param updated when a frame from that address was last seen; ageing counts from here
 */
public record FdbEntry(MacAddress mac, DeviceId device, Kind kind, boolean sticky, VirtualTime updated) {
  /** Rows in the order of address and then device. */
  public static final Comparator<FdbEntry> ORDER =
      Comparator.comparing(FdbEntry::mac).thenComparing(FdbEntry::device);

  /** How a row came to be. */
  public enum Kind {
    /** An own address of the bridge or a port: what is for it goes up to the host. Printed {@code permanent}. */
    LOCAL,
    /** Set by hand with {@code static}: does not age, yet moves when the address is seen elsewhere. */
    STATIC,
    /** Set by hand with {@code dynamic}, or learned: ages. */
    LEARNED,
    /** An own address whose row somebody took away: as if there were none, until the address or the port changes. */
    REMOVED
  }

  public FdbEntry seenOn(DeviceId port, VirtualTime when) {
    return new FdbEntry(mac, port, kind, sticky, when);
  }
}
