package org.hopscope.app.cli.facts;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.Remote;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;
import org.hopscope.model.shell.Answer;
import org.hopscope.model.shell.BrctlText;
import org.hopscope.model.shell.FdbText;
import org.hopscope.model.shell.NeighbourText;
import org.hopscope.model.shell.Places;
import org.hopscope.model.shell.PortView;
import org.hopscope.model.shell.RouteText;
import org.hopscope.model.shell.RouteWords;

/** Answers as facts: maps, lists, strings, numbers and booleans, ready to be written as JSON. */
final class Facts {
  /** The recorder leaves rows for all groups out. */
  private static final IpPrefix GROUPS = IpPrefix.of("ff00::/8");

  private final Owners owners;
  private final boolean exactCounters;
  private final Set<IpFamily> dumped;

  /**
   * Facts in the names of devices' owners.
   *
   * @param exactCounters whether rules tell their counters, or only whether anything was counted
   * @param dumped whose routes a dump of everything shows
   */
  Facts(Owners owners, boolean exactCounters, Set<IpFamily> dumped) {
    this.owners = owners;
    this.exactCounters = exactCounters;
    this.dumped = dumped;
  }

  /** The facts of an answer; empty where the schema has none. */
  Optional<Map<String, Object>> of(Answer answer) {
    return switch (answer) {
      case Answer.Nothing _ -> Optional.empty();
      case Answer.Links links -> Optional.of(Map.of("links", new LinkFacts(owners, links.lab()).of(links)));
      case Answer.Routes routes -> Optional.of(Map.of("routes", routes(routes.lab(), routes.rows(), routes.hidden())));
      case Answer.RouteMatched(LabState lab, Answer.Routes.Row row) -> Optional.of(Map.of("route", matched(lab, row)));
      case Answer.Rules(List<PolicyRule> rows) -> Optional.of(Map.of("rules", rows.stream().map(Facts::rule).toList()));
      case Answer.RouteGot(LabState _, Answer.Way way) -> Optional.of(Map.of("route", way(way)));
      case Answer.Neighbours(LabState lab, NetnsId _, List<Neighbour> rows) -> Optional.of(Map.of("neigh",
          neighbours(lab, rows)));
      case Answer.Proxies(LabState lab, List<Neighbour.Key> keys) -> Optional.of(Map.of("neigh", keys.stream()
          .map(k -> new TreeMap<>(Map.of("dst", owners.text(k.address()), "dev", lab.device(k.device()).name(), "state",
              "none", "proxy", true)))
          .toList()));
      case Answer.Fdb(LabState lab, NetnsId netns, List<Answer.Fdb.Row> rows, boolean named) ->
          Optional.of(Map.of("fdb",
              fdb(lab, netns, rows, named)));
      case Answer.Ports(LabState lab, List<DeviceId> ports) -> Optional.of(Map.of("ports", ports(lab, ports)));
      case Answer.Bridges(LabState lab, List<DeviceId> bridges) -> Optional.of(Map.of("bridges",
          bridges.stream().map(b -> bridge(lab, lab.device(b))).toList()));
      case Answer.Tuntap(List<Device> devices) -> Optional.of(Map.of("tuntap",
          devices.stream().map(Facts::tuntap).toList()));
      case Answer.NetnsNames(List<NetnsId> names) -> Optional.of(Map.of("netns",
          names.stream().map(NetnsId::name).sorted().toList()));
      case Answer.Probed probed -> Optional.of(ProbeFacts.of(owners, probed));
      case Answer.FilterRules rules -> Optional.of(Map.of("tables", FilterFacts.tables(rules, exactCounters)));
      case Answer.Connections(var connections) ->
          Optional.of(Map.of("conntrack", FilterFacts.connections(connections)));
      case Answer.Controlled _ -> Optional.empty();
      case Answer.Events(List<String> lines) -> Optional.of(Map.of("events", events(lines)));
      case Answer.Tables(List<String> lines) -> Optional.of(Map.of("nft", tables(lines)));
      case Answer.Settings(Map<String, String> values) -> Optional.of(Map.of("sysctl", values));
      case Answer.Dump(LabState lab, Set<String> parts) -> Optional.of(Map.of("namespaces", dump(lab, parts)));
    };
  }

  /** How long elements still live is left out, and how much was counted unless that is asked for. */
  private String tables(List<String> lines) {
    String text = String.join("\n", lines).replaceAll("expires [0-9a-z]+", "expires T");
    return exactCounters ? text : text.replaceAll("packets [1-9]\\d* bytes \\d+", "packets N bytes N");
  }

  private static Map<String, Object> tuntap(Device device) {
    List<String> flags = device.kind() instanceof DeviceKind.Tun tun ? tun.settings().listed() : List.of();
    return new TreeMap<>(Map.of("name", device.name(), "flags", flags.stream().sorted().toList()));
  }

  /** What was told, in order, without what hangs on when somebody looks; see the recorder's facts.py monitor. */
  private static List<Object> events(List<String> lines) {
    List<Object> events = new ArrayList<>();
    for (String line : lines) {
      boolean detail = line.matches(" +(link/|valid_lft).*");
      boolean between = line.contains("NO-CARRIER") && line.contains("LOWER_UP");
      String told = line.strip().replace("LOWERLAYERDOWN", "DOWN").replaceAll("\\b\\d+: (?=\\S+: <)", "N: ")
          .replaceAll("@if\\d+", "@ifN").replaceAll("fe80::[0-9a-f:]+", "fe80::*")
          .replaceAll("lladdr \\S+", "lladdr *");
      if (!detail && !between && (events.isEmpty() || !events.getLast().equals(told))) {
        events.add(told);
      }
    }
    return events;
  }

  private List<Object> routes(LabState lab, List<Answer.Routes.Row> rows, Set<String> hidden) {
    List<Object> out = new ArrayList<>();
    rows.stream()
        .filter(row -> row.route().type() != RouteType.MULTICAST && !row.route().destination().equals(GROUPS))
        .forEach(row -> out.add(row(lab, row, hidden)));
    return out;
  }

  private Map<String, Object> row(LabState lab, Answer.Routes.Row row, Set<String> hidden) {
    Route route = row.route();
    Map<String, Object> one = new TreeMap<>();
    boolean inet6 = route.destination().address().family() == IpFamily.INET6;
    one.put("dst", inet6 && route.destination().isHost()
        ? owners.text(route.destination().address())
        : RouteWords.destination(route.destination()));
    putIf(one, route.type() != RouteType.UNICAST, "type", route.type().word());
    if (route.isMultipath()) {
      one.put("nexthops", route.hops().stream().map(h -> hop(lab, route, h)).toList());
    } else {
      route.via().filter(_ -> !hidden.contains("via")).ifPresent(v -> one.put("via", owners.text(v)));
      // Who asks with "dev" knows the device, and the recorder adds it; with "oif" it does not.
      route.device().filter(_ -> !hidden.contains("oif")).ifPresent(d -> one.put("dev", lab.device(d).name()));
    }
    route.prefSrc().filter(_ -> !hidden.contains("src")).ifPresent(s -> one.put("src", owners.text(s)));
    putIf(one, (route.metric() != 0 || inet6) && !hidden.contains("metric"), "metric",
        Integer.toUnsignedLong(route.metric()));
    putIf(one, row.table() != Netns.MAIN && !hidden.contains("table"), "table", RouteWords.table(row.table()));
    putIf(one, route.origin().scope() != Scope.GLOBAL && !hidden.contains("scope"), "scope",
        route.origin().scope().word());
    putIf(one, !route.origin().protocol().equals(RouteProtocol.BOOT) && !hidden.contains("proto"), "proto",
        route.origin().protocol().word());
    List<String> flags = RouteText.flags(lab, route);
    putIf(one, !flags.isEmpty(), "flags", flags);
    putIf(one, route.origin().mtu() > 0, "mtu", route.origin().mtu());
    return one;
  }

  /** A row as the answer to {@code ip route get}: always with its type, never with what it is made of. */
  private Map<String, Object> matched(LabState lab, Answer.Routes.Row row) {
    Map<String, Object> one = new TreeMap<>(row(lab, row, Set.of("scope", "proto", "metric")));
    one.put("type", row.route().type().word());
    row.incoming().ifPresent(i -> one.put("iif", i));
    // The recorder reads the first line only.
    one.remove("nexthops");
    return one;
  }

  private Map<String, Object> hop(LabState lab, Route route, Route.NextHop hop) {
    Map<String, Object> one = new TreeMap<>(Map.of("dev", lab.device(hop.device()).name(), "weight", hop.weight()));
    hop.via().ifPresent(v -> one.put("via", owners.text(v)));
    List<String> flags = RouteText.flags(lab, route, hop);
    putIf(one, !flags.isEmpty(), "flags", flags);
    return one;
  }

  private static Map<String, Object> rule(PolicyRule rule) {
    PolicyRule.Selector selector = rule.selector();
    Map<String, Object> one = new TreeMap<>(Map.of("priority", Integer.toUnsignedLong(rule.priority()), "from",
        selector.from().map(Facts::network).orElse("all")));
    selector.to().ifPresent(t -> one.put("to", network(t)));
    selector.incoming().ifPresent(d -> one.put("iif", d));
    selector.outgoing().ifPresent(d -> one.put("oif", d));
    putIf(one, !selector.mark().equals(PolicyRule.Mark.ANY), "fwmark", selector.mark().valueText());
    selector.mark().maskText().ifPresent(m -> one.put("fwmask", m));
    switch (rule.action()) {
      case PolicyRule.ToTable(int table, int _) -> one.put("table", RouteWords.table(table));
      case PolicyRule.Refuse(int _, int table) -> {
        putIf(one, table != 0, "table", RouteWords.table(table));
        one.put("action", rule.word());
      }
      case PolicyRule.Goto _ -> {
      }
      case PolicyRule.Nothing _ -> {
      }
    }
    return one;
  }

  private static String network(InterfaceAddress network) {
    return network.length() == network.address().width() ? network.address().toString() : network.toString();
  }

  private Map<String, Object> way(Answer.Way way) {
    Map<String, Object> one = new TreeMap<>(
        Map.of("dst", owners.text(way.to()), "type", way.type().name().toLowerCase(Locale.ROOT), "dev",
            way.device()));
    way.via().ifPresent(v -> one.put("via", owners.text(v)));
    way.source().ifPresent(s -> one.put("src", owners.text(s)));
    way.from().ifPresent(f -> one.put("from", owners.text(f)));
    way.detail().incoming().ifPresent(i -> one.put("iif", i));
    way.detail().table().ifPresent(t -> one.put("table", RouteWords.table(t)));
    putIf(one, way.detail().metrics().mtu() > 0, "mtu", way.detail().metrics().mtu());
    putIf(one, way.detail().redirected(), "redirected", true);
    return one;
  }

  private List<Object> neighbours(LabState lab, List<Neighbour> rows) {
    List<Object> out = new ArrayList<>();
    for (Neighbour row : rows) {
      if (row.key().address().isMulticast()) {
        continue;
      }
      Map<String, Object> one = new TreeMap<>(Map.of("dst", owners.text(row.key().address()), "dev",
          lab.device(row.key().device()).name(), "state", state(row.state())));
      row.mac().ifPresent(m -> one.put("lladdr", owners.name(m)));
      out.add(one);
    }
    return out;
  }

  private static String state(Neighbour.State state) {
    return switch (state) {
      case REACHABLE, STALE, DELAY, PROBE -> "valid";
      case INCOMPLETE -> "incomplete";
      case FAILED -> "failed";
      case NOARP -> "noarp";
      case PERMANENT -> "permanent";
    };
  }

  private List<Object> fdb(LabState lab, NetnsId netns, List<Answer.Fdb.Row> rows, boolean named) {
    Set<Object> out = new LinkedHashSet<>();
    for (Answer.Fdb.Row row : rows) {
      FdbEntry entry = row.entry();
      MacAddress mac = entry.mac();
      String device = lab.device(entry.device()).name();
      boolean own = entry.kind() == FdbEntry.Kind.LOCAL;
      boolean self = row.self();
      Map<String, Object> one =
          new TreeMap<>(Map.of("mac", own && named ? owners.ownName(mac, netns, device) : owners.name(mac)));
      putIf(one, named, "dev", device);
      putIf(one, !self, "master", lab.device(row.owner()).name());
      putIf(one, self, "flags", List.of("self"));
      putIf(one, own, "state", "permanent");
      putIf(one, entry.kind() == FdbEntry.Kind.STATIC, "state", "static");
      putIf(one, entry.sticky(), "flags", List.of("sticky"));
      if (!mac.toString().matches("(33:33|01:00:5e|01:80:c2):.*")) {
        entry.remotes().forEach(remote -> out.add(far(one, remote)));
        if (entry.remotes().isEmpty()) {
          out.add(one);
        }
      }
    }
    return List.copyOf(out);
  }

  private static Map<String, Object> far(Map<String, Object> row, Remote remote) {
    Map<String, Object> far = new TreeMap<>(row);
    far.put("dst", remote.address().toString());
    remote.port().ifPresent(p -> far.put("port", p));
    remote.vni().ifPresent(v -> far.put("vni", v));
    return far;
  }

  private static Map<String, Object> bridge(LabState lab, Device bridge) {
    return new TreeMap<>(Map.of("name", bridge.name(), "stp", BrctlText.hasStp(bridge), "ports",
        lab.portsOf(bridge.id()).stream().map(Device::name).sorted().toList()));
  }

  private static List<Object> ports(LabState lab, List<DeviceId> ports) {
    List<Object> out = new ArrayList<>();
    for (DeviceId id : ports) {
      Device device = lab.device(id);
      PortView view = PortView.of(lab, device);
      out.add(new TreeMap<>(Map.of("dev", device.name(), "master", view.bridge().name(), "state", view.state(), "up",
          LinkFacts.isRunning(lab, device), "options",
          view.on().stream().filter(w -> !w.equals("root_block")).toList())));
    }
    return out;
  }

  private Map<String, Object> dump(LabState lab, Set<String> parts) {
    Map<String, Object> out = new TreeMap<>();
    for (Netns netns : lab.netns().values()) {
      NetnsId id = netns.id();
      Map<String, Object> one = new TreeMap<>();
      if (parts.contains("links")) {
        List<DeviceId> devices = lab.devicesOf(id).stream().map(Device::id).toList();
        one.put("links", new LinkFacts(owners, lab).of(devices, true, false));
      }
      if (parts.contains("routes")) {
        one.put("routes", routes(lab, dumped.stream().flatMap(f -> netns.tables(f).main().rows().stream())
            .map(r -> new Answer.Routes.Row(Netns.MAIN, r)).toList(), Set.of("table")));
      }
      if (parts.contains("neigh")) {
        one.put("neigh", neighbours(lab, NeighbourText.now(lab, id).stream()
            .filter(r -> r.state() != Neighbour.State.NOARP).toList()));
      }
      if (parts.contains("fdb")) {
        one.put("fdb", fdb(lab, id, FdbText.rows(lab, id), true));
      }
      out.put(Places.name(lab, id), one);
    }
    return out;
  }

  static void putIf(Map<String, Object> map, boolean condition, String key, Object value) {
    if (condition) {
      map.put(key, value);
    }
  }
}
