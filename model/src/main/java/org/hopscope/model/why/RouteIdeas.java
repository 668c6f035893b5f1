package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.PolicyRules;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Lookup;

/** What may be wrong with routes and with the rules that choose a table: missing, in the way, or leading astray. */
final class RouteIdeas {
  private static final int GATEWAYS = 6;

  private final Scene scene;
  private final Ideas ideas;

  /**
   * A router that a namespace could send to.
   *
   * @param address its address
   * @param device the own device towards it
   * @param doubt how unlikely it is to be the right one
   */
  private record Gateway(IpAddress address, Device device, double doubt) {
  }

  private RouteIdeas(Scene scene, Ideas ideas) {
    this.scene = scene;
    this.ideas = ideas;
  }

  static void have(Scene scene, Ideas ideas) {
    RouteIdeas routes = new RouteIdeas(scene, ideas);
    scene.sought.forEach((netns, addresses) -> addresses.forEach(a -> routes.way(netns, a)));
    for (Lookup lookup : scene.lookups) {
      if (lookup instanceof Lookup.RouteLookup route) {
        route.winner().ifPresent(w -> routes.winner(route, w));
      }
    }
    for (NetnsId netns : scene.path) {
      routes.connected(netns);
      routes.rules(netns, scene.trace.probe().to().family());
    }
  }

  private void type(double cost, String reason, NetnsId at, String... lines) {
    ideas.add(cost + scene.distance(at), reason, at, lines);
  }

  private static String ip(IpAddress address) {
    return address.family() == IpFamily.INET6 ? "ip -6 route " : "ip route ";
  }

  private static String table(int number) {
    return number == Netns.MAIN || number == Netns.LOCAL || number == Netns.DEFAULT ? "" : " table " + number;
  }

  private static String text(IpPrefix prefix) {
    return prefix.isDefault() ? "default" : prefix.isHost() ? prefix.address().toString() : prefix.toString();
  }

  /** No way to an address, or one that ended badly: another one is added. */
  private void way(NetnsId netns, IpAddress to) {
    Optional<Lookup.RouteLookup> asked = scene.lookups.reversed().stream()
        .flatMap(l -> l instanceof Lookup.RouteLookup r && r.netns().equals(netns) && r.destination().equals(to)
            ? Optional.of(r).stream()
            : Optional.<Lookup.RouteLookup>empty().stream())
        .findFirst();
    Optional<Route> winner = asked.flatMap(Lookup.RouteLookup::winner);
    if (asked.isEmpty()
        || winner.filter(w -> w.type() == RouteType.LOCAL || w.type() == RouteType.BROADCAST).isPresent()
        || to.isMulticast()) {
      return;
    }
    boolean none = winner.isEmpty();
    boolean diedHere = scene.died(DropReason.NO_ROUTE) && scene.distance(netns) == 0;
    double base = (diedHere ? 0.1 : none ? 0.3 : 1.4) + (scene.owners(to).isEmpty() ? 0.6 : 0);
    for (Gateway gateway : gateways(netns, to)) {
      double cost = base + gateway.doubt();
      List<IpPrefix> prefixes = prefixes(netns, to);
      for (int i = 0; i < prefixes.size(); i++) {
        String row = text(prefixes.get(i)) + " via " + gateway.address() + " dev " + gateway.device().name();
        type(cost + 0.1 * i, Sentences.say(none ? "route.missing" : "route.better", scene.name(netns), to), netns,
            ip(to) + "add " + row);
        for (int table : tables(netns, to.family())) {
          type(cost + 0.1 * i + 0.2, Sentences.say("route.missing", scene.name(netns), to), netns,
              ip(to) + "add " + row + " table " + table);
        }
      }
    }
    for (Device device : scene.lab.devicesOf(netns)) {
      boolean across = !device.isLoopback() && device.port().isEmpty() && !device.globalAddresses().isEmpty()
          && scene.owners(to).stream().anyMatch(o -> scene.segments.around(device.id()).contains(o));
      if (across) {
        type(base + 0.8, Sentences.say("route.missing", scene.name(netns), to), netns,
            ip(to) + "add " + to + " dev " + device.name());
      }
    }
  }

  /** The tables that somebody's policy rules ask. */
  private List<Integer> tables(NetnsId netns, IpFamily family) {
    return scene.lab.find(netns).orElseThrow().tables(family).rules().rows().stream()
        .flatMap(r -> r.action() instanceof PolicyRule.ToTable(int table, int _) ? Optional.of(table).stream()
            : Optional.<Integer>empty().stream())
        .filter(t -> t != Netns.MAIN && t != Netns.LOCAL && t != Netns.DEFAULT).distinct().toList();
  }

  /** The networks that a route could be for: a host's default route first, a router's the network of who is asked. */
  private List<IpPrefix> prefixes(NetnsId netns, IpAddress to) {
    Set<IpPrefix> all = new LinkedHashSet<>();
    IpPrefix everything = IpPrefix.around(to, 0);
    boolean router = scene.lab.devicesOf(netns).stream().filter(d -> !d.isLoopback())
        .filter(d -> !d.globalAddresses(to.family()).isEmpty()).count() > 1;
    if (!router) {
      all.add(everything);
    }
    scene.owners(to).stream().filter(o -> !o.netns().equals(netns))
        .flatMap(o -> o.globalAddresses(to.family()).stream())
        .filter(a -> a.address().equals(to)).map(InterfaceAddress::network).sorted().forEach(all::add);
    all.add(everything);
    all.add(IpPrefix.host(to));
    return List.copyOf(all);
  }

  private List<Gateway> gateways(NetnsId netns, IpAddress to) {
    List<Gateway> found = new ArrayList<>();
    for (Device device : scene.lab.devicesOf(netns)) {
      List<InterfaceAddress> own = device.globalAddresses(to.family());
      if (device.isLoopback() || own.isEmpty()) {
        continue;
      }
      for (Device other : scene.segments.around(device.id())) {
        if (!other.netns().equals(netns)) {
          other.globalAddresses(to.family()).stream()
              .filter(a -> own.stream().anyMatch(o -> o.network().contains(a.address())))
              .forEach(a -> found.add(new Gateway(a.address(), device, doubt(other, to))));
        }
      }
    }
    return found.stream().filter(g -> !g.address().equals(to))
        .sorted(Comparator.comparingDouble(Gateway::doubt).thenComparing(Gateway::address)).limit(GATEWAYS).toList();
  }

  private double doubt(Device router, IpAddress to) {
    boolean forwards = Sysctls.forwards(scene.lab, router, to.family());
    boolean near = scene.lab.devicesOf(router.netns()).stream().flatMap(d -> d.globalAddresses(to.family()).stream())
        .anyMatch(a -> a.network().contains(to));
    boolean knows = near || scene.lab.find(router.netns()).orElseThrow().tables(to.family()).main()
        .lookup(to, r -> r.type() == RouteType.UNICAST).isPresent();
    return (forwards ? 0 : 0.5) + (knows ? 0 : 0.3) + (near ? 0 : 0.05);
  }

  /** The row that decided: away with it, or to another router. */
  private void winner(Lookup.RouteLookup asked, Route row) {
    NetnsId netns = asked.netns();
    RouteProtocol protocol = row.origin().protocol();
    boolean own = row.type() == RouteType.LOCAL || row.type() == RouteType.BROADCAST
        || protocol.equals(RouteProtocol.KERNEL);
    if (own) {
      misled(asked, row);
      return;
    }
    String words = scene.words(row) + table(asked.table());
    boolean refuses = row.hops().isEmpty();
    boolean special = !row.destination().isDefault();
    boolean astray = row.via().filter(v -> scene.owners(v).stream().noneMatch(o -> Sysctls.forwards(scene.lab, o,
        v.family()))).isPresent();
    boolean shared = row.via().filter(v -> scene.users(v) > 1).isPresent();
    boolean diedHere = scene.distance(netns) == 0;
    String reason = Sentences.say("route.row", scene.name(netns), words);
    type((refuses && diedHere ? 0 : special ? 0.6 : 1) - (astray ? 0.2 : 0), reason, netns,
        ip(row.destination().address()) + "del " + words);
    if (!refuses) {
      for (Gateway gateway : gateways(netns, asked.destination())) {
        if (!row.via().equals(Optional.of(gateway.address()))) {
          type((astray && shared ? 0.5 : astray ? 0.25 : 0.6) + gateway.doubt(),
              Sentences.say("route.gateway", scene.name(netns), words,
                  gateway.address()),
              netns,
              ip(gateway.address()) + "replace " + text(row.destination()) + " via " + gateway.address() + " dev "
                  + gateway.device().name() + rest(row) + table(asked.table()));
        }
      }
      if (row.origin().mtu() > 0) {
        type(scene.died(DropReason.TOO_BIG) ? 0.1 : 1, Sentences.say("route.mtu", scene.name(netns), words,
            row.origin().mtu()), netns,
            ip(row.destination().address()) + "replace " + words.replaceAll(" mtu (lock )?[0-9]+", "")
                + table(asked.table()));
      }
      if (row.prefSrc().isPresent()) {
        type(0.6, Sentences.say("route.src", scene.name(netns), words, row.prefSrc().get()), netns,
            ip(row.destination().address()) + "replace " + words.replaceAll(" src [^ ]+", "") + table(asked.table()));
      }
    }
    if (scene.lab.learned().exception(netns, asked.destination()).isPresent()) {
      type(0.6, Sentences.say("route.told", scene.name(netns), asked.destination()), netns, "ip route flush cache");
    }
  }

  private static String rest(Route row) {
    return row.metric() == 0 || row.destination().address().family() == IpFamily.INET6
        ? ""
        : " metric " + Integer.toUnsignedString(row.metric());
  }

  /** An address whose network takes what is for somebody elsewhere. */
  private void misled(Lookup.RouteLookup asked, Route row) {
    IpAddress to = asked.destination();
    if (row.device().isEmpty() || scene.owners(to).stream().anyMatch(o -> o.netns().equals(asked.netns()))) {
      return;
    }
    Device device = scene.lab.device(row.device().get());
    boolean there = scene.owners(to).stream().anyMatch(o -> scene.segments.around(device.id()).contains(o));
    device.globalAddresses(to.family()).stream().filter(a -> a.network().equals(row.destination()))
        .forEach(a -> type(there ? 1.5 : 0.3, Sentences.say("address.misleads", scene.name(device), a, to),
            asked.netns(), "ip addr del " + a + " dev " + device.name()));
  }

  /** The route to a network that an address stands in is gone. */
  private void connected(NetnsId id) {
    Netns netns = scene.lab.find(id).orElseThrow();
    for (Device device : scene.lab.devicesOf(id)) {
      for (InterfaceAddress address : device.globalAddresses()) {
        boolean gone = device.isUp() && !device.isLoopback() && address.length() < address.address().width()
            && netns.tables(address.address().family()).main().rows().stream()
                .noneMatch(r -> r.destination().equals(address.network()) && r.leavesBy(device.id()));
        if (gone) {
          type(0.2, Sentences.say("route.connected", scene.name(device), address), id,
              ip(address.address()) + "add " + address.network() + " dev " + device.name()
                  + (address.address().family() == IpFamily.INET ? " src " + address.address() : ""));
        }
      }
    }
  }

  private void rules(NetnsId id, IpFamily family) {
    Netns netns = scene.lab.find(id).orElseThrow();
    String ip = family == IpFamily.INET6 ? "ip -6 rule " : "ip rule ";
    PolicyRules rules = netns.tables(family).rules();
    List<PolicyRule> usual = PolicyRules.of(family).rows();
    for (PolicyRule rule : usual) {
      if (rules.rows().stream().noneMatch(r -> r.action().equals(rule.action()) && r.selector().equals(rule.selector()))
          && rule.action() instanceof PolicyRule.ToTable(int table, int _)) {
        type(0.2, Sentences.say("rule.missing", scene.name(id), table(table).isEmpty() ? table : table), id,
            ip + "add pref " + rule.priority() + " table " + table);
      }
    }
    Set<Integer> used = new LinkedHashSet<>();
    for (PolicyRule rule : rules.rows()) {
      if (rule.action() instanceof PolicyRule.ToTable(int table, int _)) {
        used.add(table);
      }
      if (!usual.contains(rule)) {
        rule(netns, family, rule, ip);
      }
    }
    for (Map.Entry<Integer, ?> entry : netns.tables(family).byNumber().entrySet()) {
      boolean own = List.of(Netns.MAIN, Netns.LOCAL, Netns.DEFAULT).contains(entry.getKey());
      if (!own && !used.contains(entry.getKey()) && !netns.tables(family).table(entry.getKey()).rows().isEmpty()) {
        unasked(netns, entry.getKey(), ip);
      }
    }
  }

  private void rule(Netns netns, IpFamily family, PolicyRule rule, String ip) {
    String selector = rule.selector().text(_ -> true);
    String pref = Integer.toUnsignedString(rule.priority());
    String text = pref + ": " + selector + " " + rule.word();
    boolean refuses = !(rule.action() instanceof PolicyRule.ToTable);
    type(refuses ? 0.2 : 0.7, Sentences.say("rule.row", scene.name(netns.id()), text), netns.id(),
        ip + "del pref " + pref);
    for (int table : netns.tables(family).byNumber().keySet()) {
      boolean other = table != Netns.MAIN && table != Netns.LOCAL && table != Netns.DEFAULT
          && !(rule.action() instanceof PolicyRule.ToTable(int now, int _) && now == table);
      if (other) {
        boolean unasked = netns.tables(family).rules().rows().stream()
            .noneMatch(r -> r.action() instanceof PolicyRule.ToTable(int asked, int _) && asked == table);
        type(unasked ? -0.3 : 0.5, Sentences.say("rule.table", scene.name(netns.id()), text, table), netns.id(),
            ip + "del pref " + pref,
            ip + "add pref " + pref + " " + selector + " lookup " + table);
      }
    }
    if (rule.selector().from().isPresent() && rule.action() instanceof PolicyRule.ToTable(int table, int _)) {
      sources()
          .forEach(from -> type(0.7, Sentences.say("rule.selector", scene.name(netns.id()), text, from), netns.id(),
              ip + "del pref " + pref, ip + "add pref " + pref + " from " + from + " lookup " + table));
    }
  }

  private void unasked(Netns netns, int table, String ip) {
    for (String from : sources()) {
      type(-0.3, Sentences.say("rule.unasked", scene.name(netns.id()), table), netns.id(),
          ip + "add from " + from + " lookup " + table);
    }
    type(-0.1, Sentences.say("rule.unasked", scene.name(netns.id()), table), netns.id(),
        ip + "add to " + scene.trace.probe().to() + " lookup " + table);
  }

  /** The networks and addresses that packets of the probe came from. */
  private List<String> sources() {
    Set<String> all = new LinkedHashSet<>();
    IpFamily family = scene.trace.probe().to().family();
    List<InterfaceAddress> own = new ArrayList<>();
    for (NetnsId netns : List.of(scene.trace.probe().from())) {
      scene.lab.devicesOf(netns).stream().filter(d -> !d.isLoopback())
          .forEach(d -> own.addAll(d.globalAddresses(family)));
    }
    scene.owners(scene.trace.probe().to()).forEach(d -> own.addAll(d.globalAddresses(family)));
    own.forEach(a -> all.add(a.network().toString()));
    own.forEach(a -> all.add(a.address().toString()));
    return List.copyOf(all);
  }
}
