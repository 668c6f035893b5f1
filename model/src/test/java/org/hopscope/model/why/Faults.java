package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Remote;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.WireGuardPeer;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.RouteText;
import org.hopscope.model.shell.Shell;

/** Breaks one thing of a lab. What can be broken is read from the lab; which thing it is follows from a seed. */
final class Faults {
  private final LabState lab;
  private final Random random;
  private final Map<String, List<Breakage>> possible = new LinkedHashMap<>();

  /** A way to break a thing: lines at a namespace's prompt, and what names it. */
  private record Breakage(NetnsId at, List<String> lines, List<List<String>> marks) {
  }

  Faults(LabState lab, long seed) {
    this.lab = lab;
    random = new Random(seed);
    lab.devices().values().stream().filter(d -> !d.isLoopback()).forEach(this::device);
    lab.netns().values().forEach(this::netns);
  }

  List<String> kinds() {
    return List.copyOf(possible.keySet());
  }

  /** A fault of a kind, if it can be made. */
  Optional<Fault> of(String kind) {
    List<Breakage> ways = possible.getOrDefault(kind, List.of());
    if (ways.isEmpty()) {
      return Optional.empty();
    }
    Breakage chosen = ways.get(random.nextInt(ways.size()));
    Session session = new Session(lab);
    for (String line : chosen.lines()) {
      Reply reply = Shell.run(session, chosen.at(), List.of(line.split(" ")));
      if (reply.exit() != 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new Fault(kind, chosen.lines(), session.state(), chosen.marks()));
  }

  private void can(String kind, NetnsId at, List<List<String>> marks, String... lines) {
    possible.computeIfAbsent(kind, _ -> new ArrayList<>()).add(new Breakage(at, List.of(lines), marks));
  }

  private static List<List<String>> named(String... words) {
    return List.of(List.of(words));
  }

  private String where(NetnsId netns) {
    return netns.isRoot() ? "" : netns.name() + " ";
  }

  private void device(Device device) {
    NetnsId at = device.netns();
    String name = device.name();
    String set = "ip link set dev " + name;
    String mark = "ip link set " + name;
    can("link-down", at, List.of(List.of(where(at) + mark, "up"), List.of(where(at) + set, "up")), set + " down");
    can("arp-off", at, named(where(at) + mark, "arp on"), set + " arp off");
    can("mtu", at, named(where(at) + mark, "mtu"), set + " mtu 1300");
    can("mtu-small", at, named(where(at) + mark, "mtu"), set + " mtu 600");
    if (device.port().isPresent()) {
      port(device, set);
    } else {
      lab.devicesOf(at).stream().filter(d -> d.isBridge() && !d.id().equals(device.id())).limit(1)
          .forEach(b -> can("enslaved", at, named(where(at) + mark, "nomaster"), set + " master " + b.name()));
    }
    for (InterfaceAddress address : Scene.addresses(device)) {
      address(device, address);
    }
    if (device.kind() instanceof DeviceKind.Bridge) {
      can("stp", at, named("stp_state 0"), set + " type bridge stp_state 1");
    }
    if (device.kind() instanceof DeviceKind.Macvlan) {
      can("macvlan-mode", at, named(mark, "mode bridge"), set + " type macvlan mode private");
    }
    if (device.kind() instanceof DeviceKind.WireGuard(var _, var settings)) {
      for (WireGuardPeer peer : settings.peers()) {
        can("wireguard-allowed", at, named("wg set", "allowed-ips"),
            "wg set " + name + " peer " + peer.key() + " allowed-ips 10.77.0.0/24");
        can("wireguard-endpoint", at, named("wg set", "endpoint"),
            "wg set " + name + " peer " + peer.key() + " endpoint 203.0.113.77:51820");
        can("wireguard-no-peer", at, named("wg set", "peer"), "wg set " + name + " peer " + peer.key() + " remove");
      }
      can("wireguard-port", at, List.of(List.of("wg set", "endpoint"), List.of("wg set", "listen-port")),
          "wg set " + name + " listen-port 5555");
    }
    tagged(device);
    if (!Scene.addresses(device, IpFamily.INET).isEmpty() && device.lower().isEmpty()) {
      for (Device other : new Segments(lab).around(device.id())) {
        boolean others = !other.netns().equals(at) && !Scene.addresses(other, IpFamily.INET).isEmpty();
        if (others) {
          InterfaceAddress theirs = Scene.addresses(other, IpFamily.INET).getFirst();
          can("neighbour", at, named("ip neigh", theirs.address().toString(), name),
              "ip neigh replace " + theirs.address() + " lladdr 02:00:00:00:77:77 dev " + name + " nud permanent");
          can("same-mac", at, List.of(List.of("address 02:")),
              set + " address " + org.hopscope.model.lab.Links.macOf(lab, other));
          can("duplicate-address", at, named("ip addr del " + theirs.address()),
              "ip addr add " + theirs.address() + "/32 dev " + name);
        }
      }
    }
    for (String key : List.of("rp_filter=1", "arp_ignore=8", "disable_policy=1")) {
      String text = "net.ipv4.conf." + name + "." + key.replace("=", "=");
      can("sysctl-" + key.substring(0, key.indexOf('=')), at, named("sysctl", key.substring(0, key.indexOf('='))),
          "sysctl -w " + text);
    }
    can("forwarding-of-device", at, named("sysctl", "forward"), "sysctl -w net.ipv4.conf." + name + ".forwarding=0");
    if (device.kind() instanceof DeviceKind.Veth && device.port().isEmpty()) {
      lab.netns().values().stream().filter(n -> !n.id().equals(at)).filter(n -> !n.id().isRoot()).limit(2)
          .forEach(n -> can("moved", at, named("ip link set", name, "netns"), set + " netns " + n.id().name()));
    }
  }

  private void port(Device device, String set) {
    NetnsId at = device.netns();
    String name = device.name();
    String mark = "ip link set " + name;
    can("no-master", at, named(where(at) + mark, "master"), set + " nomaster");
    lab.devicesOf(at).stream().filter(d -> d.isBridge() && !device.port().orElseThrow().bridge().equals(d.id()))
        .forEach(b -> can("wrong-bridge", at, named(where(at) + mark, "master"), set + " master " + b.name()));
    String link = "bridge link set dev " + name;
    can("port-state", at, List.of(List.of("bridge link set dev " + name, "state 3"),
        List.of("bridge link set dev " + name, "state forwarding")), link + " state 0");
    can("port-locked", at, named(link, "locked off"), link + " locked on");
    can("port-flood", at, named(link, "flood on"), link + " flood off");
    can("port-bcast", at, named(link, "bcast_flood on"), link + " bcast_flood off");
    lab.portsOf(device.port().orElseThrow().bridge()).stream().filter(p -> !p.id().equals(device.id())).forEach(p -> {
      can("isolated", at, List.of(List.of("isolated off")), link + " isolated on",
          "bridge link set dev " + p.name() + " isolated on");
      p.peer().map(lab::device)
          .ifPresent(far -> can("fdb", at, named("bridge fdb del", name, "master"), "bridge fdb add "
              + org.hopscope.model.lab.Links.macOf(lab, far) + " dev " + name + " master static"));
    });
  }

  private void address(Device device, InterfaceAddress address) {
    NetnsId at = device.netns();
    String name = device.name();
    String del = "ip addr del " + address + " dev " + name;
    boolean six = address.address().family() == IpFamily.INET6;
    can("address-missing", at, named(where(at) + "ip addr add", name), del);
    for (int length : six ? List.of(128, 112) : List.of(32, 30, 28, 16)) {
      if (length != address.length() && address.length() < address.address().width()) {
        can("mask", at, named(where(at) + "ip addr", "add " + address),
            "ip addr add " + address.address() + "/" + length
                + " dev " + name,
            del);
      }
    }
    if (!six) {
      String[] parts = address.address().toString().split("\\.");
      String host = parts[0] + "." + parts[1] + "." + parts[2] + "." + (200 + random.nextInt(40));
      String net = parts[0] + "." + parts[1] + "." + (Integer.parseInt(parts[2]) ^ 64) + "." + parts[3];
      List<String> lines =
          new ArrayList<>(List.of(del, "ip addr add " + host + "/" + address.length() + " dev " + name));
      lab.find(at).orElseThrow().inet().byNumber().forEach((number, table) -> table.rows().stream()
          .filter(r -> r.leavesBy(device.id()) && r.via().isPresent())
          .forEach(r -> lines
              .add("ip route add " + RouteText.line(lab, r) + (number == Netns.MAIN ? "" : " table " + number))));
      can("address-host", at, List.of(List.of(where(at) + "ip addr", address.address().toString())),
          lines.toArray(String[]::new));
      can("address-net", at, named(where(at) + "ip addr", name),
          "ip addr add " + net + "/" + address.length() + " dev " + name, del);
    }
  }

  private void tagged(Device device) {
    NetnsId at = device.netns();
    String name = device.name();
    InterfaceAddress first = Scene.addresses(device).stream().findFirst().orElse(InterfaceAddress.of("0.0.0.0/0"));
    String readd = "ip addr add " + first + " dev " + name;
    switch (device.kind()) {
      case DeviceKind.Vlan(var below, int id, int _) ->
          can("vlan-id", at, named("vlan", "id " + id), "ip link del dev " + name,
              "ip link add link " + lab.device(below).name() + " name " + name + " type vlan id " + (id + 33), readd,
              "ip link set dev " + name + " up");
      case DeviceKind.Vxlan(var home, var outer, var settings) -> {
        if (home.equals(at) && outer.remote().isPresent()) {
          for (int i = 0; i < 3; i++) {
            String add = "ip link add " + name + " type vxlan id " + (settings.id() + (i == 0 ? 1 : 0)) + " remote "
                + (i == 1 ? "172.30.250.250" : outer.remote().get()) + " dstport "
                + (settings.port() + (i == 2 ? 1 : 0));
            String then = device.port().map(p -> "ip link set dev " + name + " master " + lab.device(p.bridge()).name())
                .orElse(readd);
            can(List.of("vni", "vxlan-remote", "vxlan-port").get(i), at, named("vxlan"), "ip link del dev " + name, add,
                then,
                "ip link set dev " + name + " up");
          }
        }
        lab.learned().fdb(device.id()).rows().values().forEach(row -> {
          for (Remote remote : row.remotes()) {
            can("vxlan-fdb", at, List.of(List.of("bridge fdb", "dst " + remote.address())),
                "bridge fdb del " + row.mac() + " dev " + name + " dst " + remote.address(),
                "bridge fdb append " + row.mac() + " dev " + name + " dst 172.30.99.99");
            can("vxlan-fdb-missing", at, List.of(List.of("bridge fdb", "dst " + remote.address())),
                "bridge fdb del " + row.mac() + " dev " + name + " dst " + remote.address());
          }
        });
      }
      default -> {
      }
    }
  }

  private void netns(Netns netns) {
    NetnsId at = netns.id();
    String here = at.isRoot() ? "" : at.name() + " ";
    can("echo-ignored", at, named("icmp_echo_ignore_all=0"), "sysctl -w net.ipv4.icmp_echo_ignore_all=1");
    can("forwarding-off", at, named(here + "sysctl", "ip_forward=1"), "sysctl -w net.ipv4.ip_forward=0");
    can("forwarding6-off", at, named(here + "sysctl", "forwarding=1"), "sysctl -w net.ipv6.conf.all.forwarding=0");
    can("ttl", at, List.of(List.of("ip_default_ttl")), "sysctl -w net.ipv4.ip_default_ttl=1");
    can("loopback-down", at, named("lo", "up"), "ip link set dev lo down");
    for (String chain : List.of("INPUT", "OUTPUT", "FORWARD")) {
      can("drop-all", at, named("iptables -D " + chain, "DROP"), "iptables -I " + chain + " -j DROP");
      can("drop-icmp", at, named("iptables -D " + chain, "DROP"), "iptables -I " + chain + " -p icmp -j DROP");
      can("drop-tcp", at, named("iptables -D " + chain, "DROP"), "iptables -A " + chain + " -p tcp -j DROP");
      can("reject", at, named("iptables -D " + chain, "REJECT"), "iptables -I " + chain + " -j REJECT");
      can("policy-drop", at, List.of(List.of("iptables -P " + chain), List.of("iptables -A " + chain)),
          "iptables -P " + chain + " DROP");
      can("drop-in-chain", at, List.of(List.of("iptables -D"), List.of("-D EVIL")), "iptables -N EVIL",
          "iptables -A EVIL -j DROP",
          "iptables -I " + chain + " -j EVIL");
      can("drop6", at, named("ip6tables -D " + chain, "DROP"), "ip6tables -I " + chain + " -j DROP");
      can("drop-invalid-match", at, named("iptables -D " + chain, "DROP"),
          "iptables -I " + chain + " -m conntrack --ctstate NEW,ESTABLISHED -j DROP");
    }
    can("raw-drop", at, named("-t raw -D PREROUTING"), "iptables -t raw -I PREROUTING -j DROP");
    can("mangle-ttl", at, List.of(List.of("-t mangle -D")), "iptables -t mangle -A PREROUTING -j TTL --ttl-set 1");
    can("snat-wrong", at, List.of(List.of("-t nat", "POSTROUTING")),
        "iptables -t nat -I POSTROUTING -j SNAT --to-source 9.9.9.9");
    can("dnat-astray", at, List.of(List.of("-t nat", "PREROUTING")),
        "iptables -t nat -I PREROUTING -j DNAT --to-destination 9.9.9.9");
    can("rule-blackhole", at, named("ip rule del"), "ip rule add pref 50 blackhole");
    can("rule-prohibit-to", at, named("ip rule del"), "ip rule add pref 60 from all prohibit");
    can("rule-main-gone", at, named("ip rule add", "32766"), "ip rule del pref 32766");
    for (int i = 0; i < netns.inet().rules().rows().size(); i++) {
      var rule = netns.inet().rules().rows().get(i);
      if (rule.priority() > 0 && rule.priority() < 32_766) {
        can("rule-missing", at, named("ip rule"), "ip rule del pref " + rule.priority());
        can("rule-table", at, List.of(List.of("ip rule"), List.of("ip route", "table 123")),
            "ip rule del pref " + rule.priority(),
            "ip rule add pref " + rule.priority() + " " + rule.selector().text(_ -> true) + " lookup main");
      }
    }
    for (Server server : netns.servers()) {
      String place = at.name();
      String port = server.port() + "/" + server.transport().word();
      can("server-gone", at, named("serve " + place + " " + port), "unserve " + place + " " + port);
      can("server-port", at, named("serve " + place + " " + port), "unserve " + place + " " + port,
          "serve " + place + " " + (server.port().value() + 1) + "/" + server.transport().word());
      can("server-local", at, named("serve " + place + " " + port), "unserve " + place + " " + port,
          "serve " + place + " " + port + " on 127.0.0.1");
    }
    for (IpFamily family : IpFamily.values()) {
      netns.tables(family).byNumber().forEach((number, table) -> table.rows().stream()
          .filter(r -> number != Netns.LOCAL).forEach(r -> route(at, number, r)));
      ruleset(at, family);
    }
    for (IpAddress target : targets()) {
      boolean own = lab.devicesOf(at).stream().flatMap(d -> Scene.addresses(d).stream())
          .anyMatch(a -> a.address().equals(target));
      if (!own && target.family() == IpFamily.INET) {
        can("blackhole", at, named("ip route del blackhole"), "ip route add blackhole " + target);
        can("unreachable", at, named("ip route del unreachable"), "ip route add unreachable " + target);
        can("captured", at, named("ip addr del " + target), "ip addr add " + target + "/32 dev lo");
        lab.devicesOf(at).stream().filter(d -> !d.isLoopback() && !Scene.addresses(d, IpFamily.INET).isEmpty()).forEach(
            d -> can("specific-route", at, named("ip route del " + target),
                "ip route add " + target + " dev " + d.name()));
      }
    }
  }

  private List<IpAddress> targets() {
    return lab.devices().values().stream().filter(d -> !d.isLoopback()).flatMap(d -> Scene.addresses(d).stream())
        .map(InterfaceAddress::address).toList();
  }

  private void route(NetnsId at, int number, Route row) {
    String ip = row.destination().address().family() == IpFamily.INET6 ? "ip -6 route " : "ip route ";
    String table = number == Netns.MAIN ? "" : " table " + number;
    String words = RouteText.line(lab, row).replace(" pref medium", "");
    boolean kernel = row.origin().protocol().equals(RouteProtocol.KERNEL);
    String here = where(at) + ip;
    if (row.destination().address().isMulticast() || row.destination().address().isLinkLocal()) {
      return;
    }
    can(kernel ? "connected-route-missing" : "route-missing", at,
        List.of(List.of(here + "add"), List.of(here + "replace")), ip + "del " + words + table);
    if (row.via().isPresent() && !kernel) {
      List<IpAddress> others = new ArrayList<>();
      Device out = lab.device(row.device().orElseThrow());
      Predicate<IpAddress> near =
          a -> Scene.addresses(out).stream().anyMatch(o -> o.network().contains(a) && !o.address().equals(a));
      targets().stream().filter(near).filter(a -> !a.equals(row.via().get())).forEach(others::add);
      String wrong = row.via().get().toString();
      int cut = Math.max(wrong.lastIndexOf('.'), wrong.lastIndexOf(':')) + 1;
      others.add(IpAddress.of(wrong.substring(0, cut) + "77"));
      for (IpAddress other : others) {
        can("wrong-gateway", at,
            List.of(List.of(here + "replace", "via " + row.via().get()),
                List.of(here + "add", "via " + row.via().get())),
            ip + "del " + words + table,
            ip + "add " + words.replace("via " + wrong, "via " + other).replaceAll(" proto \\S+", "") + table);
      }
    }
  }

  private void ruleset(NetnsId at, IpFamily family) {
    for (RuleTable table : lab.find(at).orElseThrow().rulesets().of(family).tables().values()) {
      for (Chain chain : table.chains().values()) {
        for (Rule rule : chain.rules()) {
          String words = SaveText.of(rule);
          String base = "iptables -t " + table.name().word() + " ";
          String mark = table.name().word().equals("filter") ? chain.name() : "-t " + table.name().word();
          String kind = words.contains("MASQUERADE") ? "masquerade" : words.contains("DNAT") ? "dnat" : "accept";
          List<List<String>> marks = kind.equals("accept")
              ? List.of(List.of("iptables", mark, "ACCEPT"))
              : List.of(List.of("iptables", mark, words.contains("MASQUERADE") ? "POSTROUTING" : "DNAT"));
          can(kind + "-missing", at, marks, base + "-D " + chain.name() + " " + words);
          if (words.contains("--dport")) {
            can(kind + "-port", at, marks, base + "-D " + chain.name() + " " + words,
                base + "-A " + chain.name() + " " + words.replaceAll("--dport \\S+", "--dport 9999"));
          }
          if (words.contains("--to-destination")) {
            can("dnat-target", at, marks, base + "-D " + chain.name() + " " + words,
                base + "-A " + chain.name() + " "
                    + words.replaceAll("--to-destination \\S+", "--to-destination 172.17.251.9:80"));
          }
          if (words.contains("MASQUERADE")) {
            can("masquerade-net", at, marks, base + "-D " + chain.name() + " " + words,
                base + "-A " + chain.name() + " -s 10.251.0.0/24 -j MASQUERADE");
          }
        }
      }
    }
  }
}
