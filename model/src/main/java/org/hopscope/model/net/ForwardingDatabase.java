package org.hopscope.model.net;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.MacAddress;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * A forwarding database: one row per address, or per address and VLAN. Of a bridge's own addresses and its ports' only those are rows here that
 * somebody changed by hand; the others follow from the devices (see {@code lab.Links}). The database of any other device holds
 * the addresses it was told to listen to as well.
 *
 * @param rows by address and VLAN
 */
public record ForwardingDatabase(PSortedMap<FdbEntry.Key, FdbEntry> rows) {
  /** A database without rows. */
  public static final ForwardingDatabase EMPTY = new ForwardingDatabase(TreePMap.empty());

  /** The row for an address in no VLAN, aged out or not. */
  public Optional<FdbEntry> find(MacAddress mac) {
    return find(FdbEntry.Key.of(mac));
  }

  /** The row for an address, aged out or not. */
  public Optional<FdbEntry> find(FdbEntry.Key key) {
    return Optional.ofNullable(rows.get(key)).filter(r -> r.kind() != FdbEntry.Kind.REMOVED);
  }

  /** Whether somebody said something about an address by hand or traffic did: then an own address does not speak for itself. */
  public boolean mentions(FdbEntry.Key key) {
    return rows.containsKey(key);
  }

  /** The rows that answer, in the order of their addresses. */
  public List<FdbEntry> present() {
    return rows.values().stream().filter(r -> r.kind() != FdbEntry.Kind.REMOVED).toList();
  }

  public ForwardingDatabase with(FdbEntry row) {
    return new ForwardingDatabase(rows.plus(row.key(), row));
  }

  public ForwardingDatabase without(FdbEntry.Key key) {
    return new ForwardingDatabase(rows.minus(key));
  }

  /** Without the rows that {@code gone} names. */
  public ForwardingDatabase without(Predicate<FdbEntry> gone) {
    PSortedMap<FdbEntry.Key, FdbEntry> kept = rows;
    for (FdbEntry row : rows.values()) {
      if (gone.test(row)) {
        kept = kept.minus(row.key());
      }
    }
    return new ForwardingDatabase(kept);
  }

  /** Whether a row of a vxlan is older than that one keeps learned ones (kernel vxlan_cleanup). */
  public static boolean isAged(FdbEntry row, VxlanSettings settings, VirtualTime now) {
    return row.kind() == FdbEntry.Kind.LEARNED
        && now.since(row.updated()) > settings.learning().ageing() * VirtualTime.SECOND;
  }

  /** Whether a row is older than the bridge keeps learned ones (sem-B1). */
  public static boolean isAged(FdbEntry row, BridgeSettings settings, VirtualTime now) {
    return row.kind() == FdbEntry.Kind.LEARNED
        && now.since(row.updated()) > settings.ageingCentis() * 10L * VirtualTime.MILLI;
  }
}
