package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.NetnsId;

/** Forwarding entries in the shapes of {@code bridge fdb show} (iproute2 6.1 bridge/fdb.c print_fdb). */
public final class FdbText {
  private FdbText() {
  }

  /**
   * Which entries are asked for.
   *
   * @param device only those of this device
   * @param bridge only those of this bridge and its ports
   * @param nameless whether the device's name is left out, since it was asked for
   */
  record Selection(Optional<Device> device, Optional<Device> bridge, boolean nameless) {
    boolean takes(Device candidate) {
      boolean inBridge = bridge.map(b -> candidate.id().equals(b.id())
          || candidate.port().filter(p -> p.bridge().equals(b.id())).isPresent()).orElse(true);
      return inBridge && device.map(d -> d.id().equals(candidate.id())).orElse(true);
    }
  }

  /** All rows of the bridges of a namespace that have not aged out: own addresses, and what was learned or set. */
  public static List<Answer.Fdb.Row> rows(LabState lab, NetnsId netns) {
    return rows(lab, netns, new Selection(Optional.empty(), Optional.empty(), false));
  }

  static List<Answer.Fdb.Row> rows(LabState lab, NetnsId netns, Selection selection) {
    List<Answer.Fdb.Row> rows = new ArrayList<>();
    for (Device bridge : lab.devicesOf(netns)) {
      boolean asked = selection.bridge().map(b -> b.id().equals(bridge.id())).orElse(true);
      if (asked && bridge.kind() instanceof DeviceKind.Bridge(BridgeSettings settings, boolean _)) {
        List<FdbEntry> entries = new ArrayList<>(Links.ownAddresses(lab, bridge));
        lab.learned().fdb(bridge.id()).rows().values().stream()
            .filter(e -> !ForwardingDatabase.isAged(e, settings, lab.now())).forEach(entries::add);
        entries.stream().filter(e -> selection.takes(lab.device(e.device())))
            .forEach(e -> rows.add(new Answer.Fdb.Row(bridge.id(), e)));
      }
    }
    return rows;
  }

  static List<String> of(LabState lab, NetnsId netns, Selection selection, List<Answer.Fdb.Row> rows) {
    List<String> lines = new ArrayList<>();
    for (Device device : lab.devicesOf(netns)) {
      if (selection.takes(device)) {
        groups(device).forEach(g -> lines.add(g + dev(device, selection) + " self permanent"));
      }
    }
    for (Answer.Fdb.Row row : rows) {
      FdbEntry entry = row.entry();
      lines.add(entry.mac() + dev(lab.device(entry.device()), selection) + (entry.sticky() ? " sticky" : "")
          + " master " + lab.device(row.bridge()).name() + " " + state(entry));
    }
    return lines;
  }

  private static String dev(Device device, Selection selection) {
    return selection.nameless() ? "" : " dev " + device.name();
  }

  private static String state(FdbEntry entry) {
    return switch (entry.kind()) {
      case LOCAL -> "permanent";
      case STATIC -> "static";
      case LEARNED -> "";
    };
  }

  /** The group addresses that an Ethernet device listens to: all IPv6 hosts always, the rest while it is up. */
  private static List<String> groups(Device device) {
    List<String> groups = new ArrayList<>();
    if (!device.isLoopback()) {
      groups.add("33:33:00:00:00:01");
      if (device.isUp() && device.isBridge()) {
        groups.add("01:00:5e:00:00:6a");
        groups.add("33:33:00:00:00:6a");
      }
      if (device.isUp()) {
        groups.add("01:00:5e:00:00:01");
      }
    }
    return groups;
  }

  static String json(LabState lab, NetnsId netns, Selection selection, List<Answer.Fdb.Row> rows) {
    Json.Rows list = new Json.Rows();
    for (Device device : lab.devicesOf(netns)) {
      if (selection.takes(device)) {
        groups(device).forEach(g -> list.add(new Json.Row().put("mac", g)
            .putIf(!selection.nameless(), "ifname", device.name()).put("flags", List.of("self"))
            .put("state", "permanent")));
      }
    }
    for (Answer.Fdb.Row row : rows) {
      FdbEntry entry = row.entry();
      list.add(new Json.Row().put("mac", entry.mac().toString())
          .putIf(!selection.nameless(), "ifname", lab.device(entry.device()).name())
          .put("flags", entry.sticky() ? List.of("sticky") : List.of())
          .put("master", lab.device(row.bridge()).name()).put("state", state(entry)));
    }
    return list.toString();
  }
}
