package org.hopscope.app.desktop.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hopscope.app.desktop.inspector.Row.Mood;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.SysctlGroup;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RoutingTables;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.shell.LinkView;
import org.hopscope.model.shell.RuleText;
import org.hopscope.model.trace.RowRef;

/** The tables of a namespace as rows, in the kernel's words. */
final class Tables {
  private static final List<String> SETTINGS = List.of("net.ipv4.ip_forward", "net.ipv4.icmp_echo_ignore_broadcasts",
      "net.ipv4.icmp_echo_ignore_all", "net.ipv4.ip_default_ttl");
  private static final List<String> DEVICE_SETTINGS = List.of("rp_filter", "arp_ignore", "proxy_arp", "forwarding");

  private final LabState lab;
  private final NetnsId netns;

  Tables(LabState lab, NetnsId netns) {
    this.lab = lab;
    this.netns = netns;
  }

  /** {@code ip addr}. */
  List<Row> devices() {
    return lab.devicesOf(netns).stream().map(this::device).toList();
  }

  /** Of both families {@code ip rule}, when somebody wrote rules, and {@code ip route}: the main table and others; then the local one, which the kernel keeps. */
  List<Row> routes() {
    Netns stack = lab.find(netns).orElseThrow();
    List<Row> rows = new ArrayList<>();
    for (IpFamily family : IpFamily.values()) {
      RoutingTables tables = stack.tables(family);
      if (tables.rules().custom()) {
        tables.rules().rows().forEach(r -> rows.add(rule(r)));
      }
      tables.byNumber().forEach((number, table) -> {
        if (number != Netns.LOCAL) {
          table.rows().forEach(r -> rows.add(route(r, number)));
        }
      });
      tables.local().rows().forEach(r -> rows.add(route(r, Netns.LOCAL)));
    }
    return rows;
  }

  /** {@code ip neigh}. */
  List<Row> neighbours() {
    return lab.learned().neighbours(netns).rows().values().stream().map(this::neighbour).toList();
  }

  /** {@code bridge fdb}, bridge by bridge: what was learned or set, then the bridge's own addresses. */
  List<Row> fdb() {
    List<Row> rows = new ArrayList<>();
    for (Device bridge : lab.devicesOf(netns).stream().filter(Device::isBridge).toList()) {
      Stream.concat(lab.learned().fdb(bridge.id()).present().stream(), Links.ownAddresses(lab, bridge).stream())
          .forEach(entry -> rows.add(fdb(bridge, entry)));
    }
    return rows;
  }

  /** {@code ss -l}: the programs that listen. */
  List<Row> listeners() {
    List<Server> servers = lab.find(netns).orElseThrow().servers();
    return IntStream.range(0, servers.size()).mapToObj(i -> listener(servers.get(i), i)).toList();
  }

  private Row listener(Server server, int place) {
    String on = server.on().map(IpAddress::toString).orElse("*");
    return new Row(on + ":" + server.port(), Messages.text("inspector.answers", server.label()),
        server.transport().word() + " LISTEN", Mood.GOOD, Optional.of(new RowRef.ServerRow(netns, place)),
        Optional.empty());
  }

  /** {@code sysctl}: the settings that the model obeys and learners change. */
  List<Row> settings() {
    Stream<Row> whole = SETTINGS.stream().map(key -> setting(key, Sysctls.read(lab, netns, key)));
    Stream<Row> each = lab.devicesOf(netns).stream().flatMap(d -> DEVICE_SETTINGS.stream()
        .map(name -> setting("net.ipv4.conf." + d.name() + "." + name,
            Sysctls.onDevice(lab, d, SysctlGroup.CONF, name))));
    return Stream.concat(whole, each).toList();
  }

  private static Row setting(String key, String value) {
    return new Row(key, "", value, Mood.PLAIN, Optional.empty(), Optional.empty());
  }

  private Row device(Device device) {
    Links.OperState state = Links.operState(lab, device);
    String word = device.isUp() && !Links.hasCarrier(lab, device) ? "NO-CARRIER" : state.name();
    Mood mood = switch (state) {
      case UP, UNKNOWN -> Mood.GOOD;
      case LOWERLAYERDOWN -> Mood.CAREFUL;
      case DOWN -> device.isUp() ? Mood.CAREFUL : Mood.BAD;
    };
    String peer = device.linked().map(lab::device)
        .map(p -> p.netns().equals(netns) ? "@" + p.name() : "@if" + p.place().ifindex()).orElse("");
    String addresses = Stream.concat(device.addresses().stream().map(a -> a.local().toString()),
        device.inet6().addresses().stream().map(a -> a.local().toString())).collect(Collectors.joining("  "));
    String checked = device.kind().driver().isChecked() ? "" : Messages.text("inspector.unchecked");
    String tail = Stream.of(LinkView.of(lab, device).info(lab), addresses,
        "mtu " + Links.mtuOf(lab, device) + "  " + Links.macOf(lab, device), checked)
        .filter(s -> !s.isEmpty()).collect(Collectors.joining("\n"));
    return new Row(device.place().ifindex() + ": " + device.name() + peer, tail, word, mood,
        Optional.of(new RowRef.DeviceRow(device.id())), Optional.of(new Selection.OfDevice(device.id())));
  }

  private Row rule(PolicyRule rule) {
    String[] parts =
        RuleText.line(rule, false, name -> lab.find(new DeviceRef(netns, name)).isPresent()).split("\t", 2);
    return new Row(parts[1], "", Messages.text("inspector.rule", parts[0].replace(":", "")), Mood.PLAIN,
        Optional.empty(), Optional.empty());
  }

  private String hop(Route route, Route.NextHop hop) {
    return (route.isMultipath() ? "\nnexthop" : "") + hop.via().map(v -> " via " + v).orElse("") + " dev "
        + lab.device(hop.device()).name() + (route.isMultipath() ? " weight " + hop.weight() : "")
        + (hop.dead() ? " dead" : "");
  }

  private Row route(Route route, int table) {
    String type = switch (route.type()) {
      case UNICAST -> "";
      default -> route.type().name().toLowerCase(Locale.ROOT) + " ";
    };
    String to = route.destination().isDefault()
        ? "default"
        : route.destination().isHost() ? route.destination().address().toString() : route.destination().toString();
    String head = type + to + route.hops().stream().map(h -> hop(route, h)).collect(Collectors.joining());
    String tail = "proto " + route.origin().protocol().word() + " scope "
        + route.origin().scope().name().toLowerCase(Locale.ROOT) + route.prefSrc().map(s -> " src " + s).orElse("")
        + (route.metric() == 0 ? "" : " metric " + Integer.toUnsignedString(route.metric()));
    String name = table == Netns.MAIN ? "" : table == Netns.LOCAL ? "local" : Integer.toString(table);
    return new Row(head, tail, name, Mood.PLAIN, Optional.of(new RowRef.RouteRow(netns, table, route)),
        Optional.empty());
  }

  private Row neighbour(Neighbour row) {
    Device device = lab.device(row.key().device());
    Neighbour.State state = row.stateAt(lab.now(), Sysctls.neighbourTiming(lab, device, row.key().address().family()));
    Mood mood = switch (state) {
      case REACHABLE, PERMANENT, NOARP -> Mood.GOOD;
      case STALE, DELAY, PROBE, INCOMPLETE -> Mood.CAREFUL;
      case FAILED -> Mood.BAD;
    };
    return new Row(row.key().address() + " dev " + device.name(),
        row.mac().map(m -> "lladdr " + m).orElse(Messages.text("inspector.no.lladdr")), state.name(), mood,
        Optional.of(new RowRef.NeighbourRow(netns, row.key())), Optional.empty());
  }

  private Row fdb(Device bridge, FdbEntry entry) {
    String mark = switch (entry.kind()) {
      case LOCAL -> "permanent";
      case STATIC -> "static";
      case LEARNED, REMOVED -> Messages.text("inspector.age", lab.now().since(entry.updated()) / VirtualTime.SECOND);
    };
    String where = "dev " + lab.device(entry.device()).name() + (bridge.isBridge() ? " master " + bridge.name()
        : entry.remotes().stream().map(r -> " dst " + r.address()).collect(Collectors.joining()));
    return new Row(entry.mac() + (entry.vlan() == 0 ? "" : " vlan " + entry.vlan()), where, mark, Mood.PLAIN,
        Optional.of(new RowRef.FdbRow(bridge.id(), entry.key(), entry.device())), Optional.empty());
  }
}
