package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.SysctlGroup;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.lab.Trees;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;

/** Forwarding entries in the shapes of {@code bridge fdb show} (iproute2 6.1 bridge/fdb.c print_fdb). */
public final class FdbText {
  /** All there is. */
  static final Selection ALL =
      new Selection(Optional.empty(), Optional.empty(), false, Set.of(FdbEntry.Kind.values()), Optional.empty());

  private FdbText() {
  }

  /**
   * Which entries are asked for.
   *
   * @param device only those of this device
   * @param bridge only those of this bridge and its ports; of a device that is none, nothing (net/core/rtnetlink.c
   *        rtnl_fdb_dump)
   * @param nameless whether the device's name is left out, since it was asked for
   * @param kinds only those that came to be so
   * @param vlan only those of this VLAN
   */
  record Selection(Optional<Device> device, Optional<Device> bridge, boolean nameless, Set<FdbEntry.Kind> kinds,
      Optional<Integer> vlan) {
    boolean takes(FdbEntry entry) {
      return kinds.contains(entry.kind()) && vlan.map(v -> v == entry.vlan()).orElse(true);
    }

    boolean takes(Device candidate) {
      boolean inBridge = bridge.map(b -> b.isBridge() && candidate.id().equals(b.id())
          || candidate.port().filter(p -> p.bridge().equals(b.id())).isPresent()).orElse(true);
      return inBridge && device.map(d -> d.id().equals(candidate.id())).orElse(true);
    }
  }

  /** All rows of the bridges of a namespace that have not aged out: own addresses, and what was learned or set. */
  public static List<Answer.Fdb.Row> rows(LabState lab, NetnsId netns) {
    return rows(lab, netns, ALL);
  }

  static List<Answer.Fdb.Row> rows(LabState lab, NetnsId netns, Selection selection) {
    List<Answer.Fdb.Row> rows = new ArrayList<>();
    for (Device owner : lab.devicesOf(netns)) {
      List<FdbEntry> entries = new ArrayList<>(owner.isBridge() ? Links.ownAddresses(lab, owner) : List.of());
      lab.learned().fdb(owner.id()).present().stream().filter(e -> !isAged(lab, owner, e))
          .forEach(entries::add);
      boolean asked = !owner.isBridge() || selection.bridge().map(b -> b.id().equals(owner.id())).orElse(true);
      Set<String> heard = owner.isBridge() ? Set.of() : groups(lab, owner);
      entries.stream()
          .filter(e -> asked && !heard.contains(e.mac().toString()) && selection.takes(lab.device(e.device())))
          .filter(selection::takes)
          .forEach(e -> rows.add(new Answer.Fdb.Row(owner.id(), e, !owner.isBridge())));
      lent(lab, owner).filter(e -> selection.takes(owner) && (owner.isBridge() || !entries.contains(e)))
          .filter(selection::takes)
          .forEach(e -> rows.add(new Answer.Fdb.Row(owner.id(), e, true)));
    }
    return rows;
  }

  /** What a device listens to for the macvlans on it that are up (kernel macvlan_open, dev_uc_add). */
  private static Stream<FdbEntry> lent(LabState lab, Device lower) {
    return macvlans(lab, lower).filter(m -> !Links.macOf(lab, m).equals(Links.macOf(lab, lower)))
        .map(m -> new FdbEntry(FdbEntry.Key.of(m.link().mac()), lower.id(), FdbEntry.Kind.LOCAL, false,
            VirtualTime.START));
  }

  private static Stream<Device> macvlans(LabState lab, Device lower) {
    return lab.uppersOf(lower.id()).stream().filter(u -> u.kind() instanceof DeviceKind.Macvlan && u.isUp());
  }

  static List<String> of(LabState lab, NetnsId netns, Selection selection, List<Answer.Fdb.Row> rows) {
    List<String> lines = new ArrayList<>();
    for (Device device : lab.devicesOf(netns)) {
      if (showsGroups(selection, device)) {
        groups(lab, device).forEach(g -> lines.add(g + dev(device, selection) + " self permanent"));
      }
    }
    for (Answer.Fdb.Row row : rows) {
      lines.addAll(lines(lab, row, selection));
    }
    return lines;
  }

  /** One row as text: a line for each far end, where there are any. */
  static List<String> lines(LabState lab, Answer.Fdb.Row row, Selection selection) {
    FdbEntry entry = row.entry();
    Device owner = lab.device(row.owner());
    String start = entry.mac() + dev(lab.device(entry.device()), selection);
    if (owner.kind() instanceof DeviceKind.Vxlan vxlan && row.self()) {
      return entry.remotes().stream()
          .map(r -> start + VxlanWords.remote(lab, owner, vxlan, r) + " self " + state(entry)).toList();
    }
    return List.of(!row.self()
        ? start + FdbWords.vlan(entry.key()) + (entry.sticky() ? " sticky" : "") + " master " + owner.name() + " "
            + state(entry)
        : start + " self permanent");
  }

  private static boolean isAged(LabState lab, Device owner, FdbEntry row) {
    return owner.isBridge() && Trees.isAged(lab, owner, row)
        || owner.kind() instanceof DeviceKind.Vxlan vxlan
            && ForwardingDatabase.isAged(row, vxlan.settings(), lab.now());
  }

  private static boolean showsGroups(Selection selection, Device device) {
    return selection.takes(device) && selection.vlan().isEmpty()
        && selection.kinds().contains(FdbEntry.Kind.LOCAL);
  }

  private static String dev(Device device, Selection selection) {
    return selection.nameless() ? "" : " dev " + device.name();
  }

  private static String state(FdbEntry entry) {
    return switch (entry.kind()) {
      case LOCAL -> "permanent";
      case STATIC -> "static";
      case LEARNED, REMOVED -> "";
    };
  }

  /**
   * The group addresses that an Ethernet device listens to: those of IPv6 where it runs (net/ipv6/mcast.c), those of IPv4 while
   * it is up, and those of macvlans on it.
   */
  static Set<String> groups(LabState lab, Device device) {
    Set<String> groups = new LinkedHashSet<>();
    if (device.kind().driver().hardware() == Driver.Hardware.ETHER
        && !(device.kind() instanceof DeviceKind.Vxlan)) {
      boolean inet6 = device.inet6().isRunning();
      if (inet6) {
        groups.add("33:33:00:00:00:01");
      }
      if (device.isUp() && device.isBridge()) {
        groups.add("01:00:5e:00:00:6a");
        groups.add("33:33:00:00:00:6a");
      }
      if (device.isUp()) {
        groups.add("01:00:5e:00:00:01");
      }
      if (inet6) {
        asked(lab, device).reversed().forEach(a -> groups.add(MacAddress.ofGroup(a).toString()));
        if (isRouter(lab, device)) {
          groups.add(MacAddress.ofGroup(Ipv6Address.ALL_ROUTERS).toString());
        }
      }
    }
    macvlans(lab, device).forEach(m -> groups.addAll(groups(lab, m)));
    return groups;
  }

  /** Whether a device is in the groups of routers. */
  static boolean isRouter(LabState lab, Device device) {
    return !Sysctls.onDevice(lab, device, SysctlGroup.CONF6, "forwarding").equals("0");
  }

  /** The groups that are asked for a device's IPv6 addresses, the newest first; a router's anycast addresses are some too. */
  static List<Ipv6Address> asked(LabState lab, Device device) {
    boolean router = isRouter(lab, device);
    return device.inet6().addresses().stream().flatMap(a -> router && a.isTaken() && a.local().length() < 127
        ? Stream.of(a.network().solicitedNode(), a.address().solicitedNode())
        : Stream.of(a.address().solicitedNode())).distinct().toList();
  }

  static String json(LabState lab, NetnsId netns, Selection selection, List<Answer.Fdb.Row> rows) {
    Json.Rows list = new Json.Rows();
    for (Device device : lab.devicesOf(netns)) {
      if (showsGroups(selection, device)) {
        groups(lab, device).forEach(g -> list.add(new Json.Row().put("mac", g)
            .putIf(!selection.nameless(), "ifname", device.name()).put("flags", List.of("self"))
            .put("state", "permanent")));
      }
    }
    for (Answer.Fdb.Row row : rows) {
      json(lab, row, selection).forEach(list::add);
    }
    return list.toString();
  }

  /** Rows alone, without the groups that devices listen to. */
  static String json(LabState lab, List<Answer.Fdb.Row> rows) {
    Json.Rows list = new Json.Rows();
    rows.forEach(r -> json(lab, r, ALL).forEach(list::add));
    return list.toString();
  }

  private static List<Json.Row> json(LabState lab, Answer.Fdb.Row row, Selection selection) {
    FdbEntry entry = row.entry();
    Device owner = lab.device(row.owner());
    if (owner.kind() instanceof DeviceKind.Vxlan vxlan && row.self()) {
      return entry.remotes().stream().map(r -> VxlanWords.remote(lab, owner, vxlan, r, start(lab, entry, selection))
          .put("flags", List.of("self")).put("state", state(entry))).toList();
    }
    Json.Row start = start(lab, entry, selection);
    return List.of(!row.self()
        ? start.putIf(entry.vlan() != 0, "vlan", entry.vlan())
            .put("flags", entry.sticky() ? List.of("sticky") : List.of())
            .put("master", owner.name()).put("state", state(entry))
        : start.put("flags", List.of("self")).put("state", "permanent"));
  }

  private static Json.Row start(LabState lab, FdbEntry entry, Selection selection) {
    return new Json.Row().put("mac", entry.mac().toString()).putIf(!selection.nameless(), "ifname",
        lab.device(entry.device()).name());
  }
}
