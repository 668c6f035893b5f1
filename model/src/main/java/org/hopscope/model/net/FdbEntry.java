package org.hopscope.model.net;

import java.util.Comparator;
import java.util.List;
import org.hopscope.model.addr.MacAddress;

/**
 * A row of a forwarding database: that of a bridge leads to a port (kernel struct net_bridge_fdb_entry), that of a vxlan
 * to far ends (struct vxlan_fdb).
 *
 * @param mac whose frames go this way; all zeros on a vxlan for those that no other row is about
 * @param device the port they leave by; the bridge or the vxlan itself for its own rows
 * @param kind how the row came to be
 * @param sticky whether learning may not move it (bridge(8))
 * @param updated when a frame from that address was last seen; ageing counts from here
 * @param remotes the far ends, each of which gets a copy, in the order of their making; none on other devices
 */
public record FdbEntry(MacAddress mac, DeviceId device, Kind kind, boolean sticky, VirtualTime updated,
    List<Remote> remotes) {
  public FdbEntry {
    remotes = List.copyOf(remotes);
  }

  /** A row that leads to no far end. */
  public FdbEntry(MacAddress mac, DeviceId device, Kind kind, boolean sticky, VirtualTime updated) {
    this(mac, device, kind, sticky, updated, List.of());
  }

  /** Rows in the order of address and then device. */
  public static final Comparator<FdbEntry> ORDER =
      Comparator.comparing(FdbEntry::mac).thenComparing(FdbEntry::device);

  /** How a row came to be. */
  public enum Kind {
    /**
     * An own address of the bridge or a port: what is for it goes up to the host; on a vxlan one that never ages. Printed
     * {@code permanent}.
     */
    LOCAL,
    /** Set by hand with {@code static}: does not age, yet moves when the address is seen elsewhere. */
    STATIC,
    /** Set by hand with {@code dynamic}, or learned: ages. */
    LEARNED,
    /** An own address whose row somebody took away: as if there were none, until the address or the port changes. */
    REMOVED
  }

  public FdbEntry seenOn(DeviceId port, VirtualTime when) {
    return new FdbEntry(mac, port, kind, sticky, when, remotes);
  }

  /** With other far ends. */
  public FdbEntry withRemotes(List<Remote> value) {
    return new FdbEntry(mac, device, kind, sticky, updated, value);
  }
}
