package org.hopscope.model.rollout;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.nft.NftTable;
import org.hopscope.model.trace.RowRef;

/** The rows of tables that are in one lab and were not, or not so, in another. */
public final class FreshRows {
  private FreshRows() {
  }

  /** The rows that came between two states of a lab, the devices first. Counters and what packets taught bridges are left out. */
  public static Set<RowRef> between(LabState before, LabState after) {
    Set<RowRef> rows = new LinkedHashSet<>();
    if (before.devices() != after.devices()) {
      for (Device device : after.devices().values()) {
        if (before.devices().get(device.id()) != device) {
          rows.add(new RowRef.DeviceRow(device.id()));
        }
      }
    }
    for (Netns netns : after.netns().values()) {
      Netns old = before.netns().get(netns.id());
      if (old != netns) {
        Set<RowRef> known = new HashSet<>();
        if (old != null) {
          each(old, known::add);
        }
        each(netns, row -> {
          if (!known.contains(row)) {
            rows.add(row);
          }
        });
      }
    }
    learned(before, after, rows);
    return rows;
  }

  private static void each(Netns netns, Consumer<RowRef> told) {
    NetnsId id = netns.id();
    for (IpFamily family : IpFamily.values()) {
      netns.tables(family).byNumber().forEach(
          (number, table) -> table.rows().forEach(route -> told.accept(new RowRef.RouteRow(id, number, route))));
      netns.rulesets().of(family).tables().values().forEach(table -> table.listed().forEach(c -> each(id, c, told)));
    }
    for (NftTable table : netns.nft().tables()) {
      table.chains().forEach(chain -> {
        told.accept(new RowRef.FilterRow(id, chain.place().id()));
        chain.rules().forEach(rule -> told.accept(new RowRef.FilterRow(id, rule.id())));
      });
    }
    netns.ipvs().services().values().forEach(service -> {
      told.accept(new RowRef.ServiceRow(id, service.key()));
      service.servers().forEach(s -> told.accept(new RowRef.RealServerRow(id, service.key(), s.key())));
    });
    for (int i = 0; i < netns.servers().size(); i++) {
      told.accept(new RowRef.ServerRow(id, i));
    }
  }

  private static void each(NetnsId id, Chain chain, Consumer<RowRef> told) {
    told.accept(new RowRef.FilterRow(id, chain.handle()));
    chain.rules().forEach(rule -> told.accept(new RowRef.FilterRow(id, rule.handle())));
  }

  private static void learned(LabState before, LabState after, Set<RowRef> rows) {
    if (before.learned() == after.learned()) {
      return;
    }
    for (NetnsId id : after.netns().keySet()) {
      after.learned().neighbours(id).rows().forEach((key, row) -> {
        if (!row.equals(before.learned().neighbours(id).rows().get(key))) {
          rows.add(new RowRef.NeighbourRow(id, key));
        }
      });
    }
    for (Device device : after.devices().values()) {
      List<?> old = List.copyOf(before.learned().fdb(device.id()).present());
      after.learned().fdb(device.id()).present().stream().filter(row -> !old.contains(row))
          .forEach(row -> rows.add(new RowRef.FdbRow(device.id(), row.key(), row.device())));
    }
  }
}
