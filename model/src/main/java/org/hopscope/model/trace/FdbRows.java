package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.Trees;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.VirtualTime;

/** What a bridge had in hand when it looked for a port: its own addresses and what it has learned. */
final class FdbRows {
  /** So many rows are shown whether they match or not. */
  private static final int SHOWN = 200;

  private final LabState lab;
  private final Naming naming;

  FdbRows(LabState lab) {
    this.lab = lab;
    naming = new Naming(lab);
  }

  List<Considered> consider(Lookup.FdbLookup lookup) {
    Device bridge = lab.device(lookup.bridge());
    List<FdbEntry> entries = new ArrayList<>(bridge.isBridge() ? Links.ownAddresses(lab, bridge) : List.of());
    entries.addAll(lab.learned().fdb(bridge.id()).present());
    entries.sort(FdbEntry.ORDER);
    List<Considered> rows = new ArrayList<>();
    boolean far = naming.isVxlan(bridge.id());
    boolean group = !far && lookup.mac().isGroup();
    for (FdbEntry row : entries) {
      boolean match = !group && (far ? lookup.found().filter(f -> f.mac().equals(row.mac())).isPresent()
          : row.key().equals(lookup.key()));
      if (match || rows.size() < SHOWN) {
        boolean won = match && lookup.found().filter(f -> f.device().equals(row.device())).isPresent();
        rows.add(new Considered(text(row), won, won ? whyWon(lookup, row) : whyLost(lookup.key(), row, bridge),
            Optional.of(new RowRef.FdbRow(bridge.id(), row.key(), row.device()))));
      }
    }
    if (lookup.found().isEmpty() && far) {
      rows.add(new Considered(Sentences.say("none.entry"), true, Sentences.say("fdb.miss.far"), Optional.empty()));
    } else if (lookup.found().isEmpty()) {
      String word = group ? Sentences.say("none.group") : Sentences.say("none.entry");
      rows.add(new Considered(word, true, afterMiss(lookup), Optional.empty()));
    }
    return rows;
  }

  private String text(FdbEntry row) {
    String how = switch (row.kind()) {
      case LOCAL -> " permanent";
      case STATIC -> row.sticky() ? " sticky static" : " static";
      case LEARNED, REMOVED -> " " + age(row) + " s";
    };
    return row.mac() + (row.vlan() == 0 ? "" : " vlan " + row.vlan()) + " dev " + naming.device(row.device())
        + (row.remotes().isEmpty() ? ""
            : " dst " + Naming.ends(row))
        + how;
  }

  private long age(FdbEntry row) {
    return lab.now().since(row.updated()) / VirtualTime.SECOND;
  }

  private String whyWon(Lookup.FdbLookup lookup, FdbEntry row) {
    String owner = naming.owner(row.mac());
    if (!row.remotes().isEmpty()) {
      return row.mac().bits() == 0
          ? Sentences.say("fdb.win.default", Naming.ends(row))
          : Sentences.say("fdb.win.far", owner, Naming.ends(row));
    }
    if (row.kind() == FdbEntry.Kind.LOCAL) {
      return Sentences.say("fdb.win.local", owner);
    }
    return lookup.out().isEmpty()
        ? Sentences.say("fdb.win.blocked", owner, naming.device(row.device()))
        : Sentences.say("fdb.win", owner, naming.device(row.device()));
  }

  private String whyLost(FdbEntry.Key key, FdbEntry row, Device bridge) {
    MacAddress mac = key.mac();
    if (mac.isGroup() && bridge.isBridge()) {
      return Sentences.say("fdb.lose.group");
    }
    if (row.key().equals(key) && (bridge.isBridge() ? Trees.isAged(lab, bridge, row)
        : bridge.kind() instanceof DeviceKind.Vxlan vxlan
            && ForwardingDatabase.isAged(row, vxlan.settings(), lab.now()))) {
      return Sentences.say("fdb.lose.aged", age(row));
    }
    if (row.mac().equals(mac) && bridge.isBridge()) {
      return Sentences.say("fdb.lose.vlan", row.vlan(), key.vlan());
    }
    return Sentences.say("fdb.lose.other", naming.owner(row.mac()), naming.owner(mac));
  }

  private String afterMiss(Lookup.FdbLookup lookup) {
    List<DeviceId> ports = lookup.out().stream().filter(id -> !id.equals(lookup.bridge())).toList();
    String flood = ports.isEmpty()
        ? Sentences.say("fdb.miss.nowhere")
        : Sentences.say("fdb.miss.flood", naming.devices(ports));
    String host = lookup.out().contains(lookup.bridge()) ? Sentences.say("fdb.miss.host") : "";
    String back = lookup.from().equals(lookup.bridge()) || lookup.out().contains(lookup.from())
        ? ""
        : Sentences.say("fdb.miss.back", naming.device(lookup.from()));
    return List.of(flood, host, back).stream().filter(s -> !s.isEmpty()).collect(Collectors.joining(", "));
  }
}
