package org.hopscope.model.net;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;

/**
 * A row of a forwarding database: that of a bridge leads to a port (kernel struct net_bridge_fdb_entry), that of a vxlan
 * to far ends (struct vxlan_fdb).
 *
 * @param key whose frames go this way
 * @param device the port they leave by; the bridge or the vxlan itself for its own rows
 * @param kind how the row came to be
 * @param sticky whether learning may not move it (bridge(8))
 * @param updated when a frame from that address was last seen; ageing counts from here
 * @param remotes the far ends, each of which gets a copy, in the order of their making; none on other devices
 */
public record FdbEntry(Key key, DeviceId device, Kind kind, boolean sticky, VirtualTime updated,
    List<Remote> remotes) {
  public FdbEntry {
    remotes = List.copyOf(remotes);
  }

  /** A row that leads to no far end. */
  public FdbEntry(Key key, DeviceId device, Kind kind, boolean sticky, VirtualTime updated) {
    this(key, device, kind, sticky, updated, List.of());
  }

  /**
   * What a row is found by (kernel struct net_bridge_fdb_key): a bridge that filters by VLAN knows an address in each VLAN
   * on its own.
   *
   * @param mac a hardware address; all zeros on a vxlan for the frames that no other row is about
   * @param vlan the VLAN, 1 to 4094; 0 for the frames of no VLAN
   */
  public record Key(MacAddress mac, int vlan) implements Comparable<Key> {
    /** An address in no VLAN. */
    public static Key of(MacAddress mac) {
      return new Key(mac, 0);
    }

    /** As of any record, written out: it is asked for with every frame. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && vlan == that.vlan && mac.equals(that.mac);
    }

    @Override
    public int hashCode() {
      return vlan * 31 + mac.hashCode();
    }

    @Override
    public int compareTo(Key other) {
      int order = mac.compareTo(other.mac);
      return order != 0 ? order : Integer.compare(vlan, other.vlan);
    }
  }

  /** The hardware address. */
  public MacAddress mac() {
    return key.mac();
  }

  /** The VLAN; 0 for none. */
  public int vlan() {
    return key.vlan();
  }

  /** Rows in the order of address and then device. */
  public static final Comparator<FdbEntry> ORDER =
      Comparator.comparing(FdbEntry::key).thenComparing(FdbEntry::device);

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

  /**
   * What a bridge knows of an address once a frame from there came in by a port (kernel br_fdb.c br_fdb_update): an own address
   * and the port of a sticky row stay, all others follow the last sighting.
   *
   * @param known the row that there was
   */
  public static FdbEntry after(Optional<FdbEntry> known, Key key, DeviceId port, VirtualTime when) {
    if (known.isEmpty() || known.get().kind == Kind.REMOVED) {
      return new FdbEntry(key, port, Kind.LEARNED, false, when);
    }
    FdbEntry row = known.get();
    return row.kind == Kind.LOCAL ? row : row.seenOn(row.sticky ? row.device : port, when);
  }

  public FdbEntry seenOn(DeviceId port, VirtualTime when) {
    return new FdbEntry(key, port, kind, sticky, when, remotes);
  }

  /** With other far ends. */
  public FdbEntry withRemotes(List<Remote> value) {
    return new FdbEntry(key, device, kind, sticky, updated, value);
  }
}
