package org.hopscope.model.net;

import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.MacAddress;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The forwarding database of one bridge: one row per address. Own addresses of the bridge and its ports are not rows
 * here; they follow from the devices (see {@code lab.Links}).
 *
 * @param rows by address
 */
public record ForwardingDatabase(PSortedMap<MacAddress, FdbEntry> rows) {
  /** A database without rows. */
  public static final ForwardingDatabase EMPTY = new ForwardingDatabase(TreePMap.empty());

  /** The row for an address, aged out or not. */
  public Optional<FdbEntry> find(MacAddress mac) {
    return Optional.ofNullable(rows.get(mac));
  }

  public ForwardingDatabase with(FdbEntry row) {
    return new ForwardingDatabase(rows.plus(row.mac(), row));
  }

  public ForwardingDatabase without(MacAddress mac) {
    return new ForwardingDatabase(rows.minus(mac));
  }

  /** Without the rows that {@code gone} names. */
  public ForwardingDatabase without(Predicate<FdbEntry> gone) {
    PSortedMap<MacAddress, FdbEntry> kept = rows;
    for (FdbEntry row : rows.values()) {
      if (gone.test(row)) {
        kept = kept.minus(row.mac());
      }
    }
    return new ForwardingDatabase(kept);
  }

  /** Whether a row is older than the bridge keeps learned ones (sem-B1). */
  public static boolean isAged(FdbEntry row, BridgeSettings settings, VirtualTime now) {
    return row.kind() == FdbEntry.Kind.LEARNED
        && now.since(row.updated()) > settings.ageingCentis() * 10L * VirtualTime.MILLI;
  }
}
