package org.hopscope.model.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.Server;
import org.hopscope.model.shell.RouteText;

/** What can be broken about a namespace: its settings, its servers, its routes, and what it throws away. */
final class NetnsFaults {
  private final LabState lab;
  private final Breakages ways;

  NetnsFaults(LabState lab, Breakages ways) {
    this.lab = lab;
    this.ways = ways;
  }

  void add(Netns netns) {
    NetnsId at = netns.id();
    String here = at.isRoot() ? "" : at.name() + " ";
    can("echo-ignored", at, Breakages.named("icmp_echo_ignore_all=0"), "sysctl -w net.ipv4.icmp_echo_ignore_all=1");
    can("forwarding-off", at, Breakages.named(here + "sysctl", "ip_forward=1"), "sysctl -w net.ipv4.ip_forward=0");
    can("forwarding6-off", at, Breakages.named(here + "sysctl", "forwarding=1"),
        "sysctl -w net.ipv6.conf.all.forwarding=0");
    can("ttl", at, List.of(List.of("ip_default_ttl")), "sysctl -w net.ipv4.ip_default_ttl=1");
    can("loopback-down", at, Breakages.named("lo", "up"), "ip link set dev lo down");
    for (String chain : List.of("INPUT", "OUTPUT", "FORWARD")) {
      can("drop-all", at, Breakages.named("iptables -D " + chain, "DROP"), "iptables -I " + chain + " -j DROP");
      can("drop-icmp", at, Breakages.named("iptables -D " + chain, "DROP"),
          "iptables -I " + chain + " -p icmp -j DROP");
      can("drop-tcp", at, Breakages.named("iptables -D " + chain, "DROP"), "iptables -A " + chain + " -p tcp -j DROP");
      can("reject", at, Breakages.named("iptables -D " + chain, "REJECT"), "iptables -I " + chain + " -j REJECT");
      can("policy-drop", at, List.of(List.of("iptables -P " + chain), List.of("iptables -A " + chain)),
          "iptables -P " + chain + " DROP");
      can("drop-in-chain", at, List.of(List.of("iptables -D"), List.of("-D EVIL")), "iptables -N EVIL",
          "iptables -A EVIL -j DROP",
          "iptables -I " + chain + " -j EVIL");
      can("drop6", at, Breakages.named("ip6tables -D " + chain, "DROP"), "ip6tables -I " + chain + " -j DROP");
      can("drop-invalid-match", at, Breakages.named("iptables -D " + chain, "DROP"),
          "iptables -I " + chain + " -m conntrack --ctstate NEW,ESTABLISHED -j DROP");
    }
    can("raw-drop", at, Breakages.named("-t raw -D PREROUTING"), "iptables -t raw -I PREROUTING -j DROP");
    can("mangle-ttl", at, List.of(List.of("-t mangle -D")), "iptables -t mangle -A PREROUTING -j TTL --ttl-set 1");
    can("snat-wrong", at, List.of(List.of("-t nat", "POSTROUTING")),
        "iptables -t nat -I POSTROUTING -j SNAT --to-source 9.9.9.9");
    can("dnat-astray", at, List.of(List.of("-t nat", "PREROUTING")),
        "iptables -t nat -I PREROUTING -j DNAT --to-destination 9.9.9.9");
    can("rule-blackhole", at, Breakages.named("ip rule del"), "ip rule add pref 50 blackhole");
    can("rule-prohibit-to", at, Breakages.named("ip rule del"), "ip rule add pref 60 from all prohibit");
    can("rule-main-gone", at, Breakages.named("ip rule add", "32766"), "ip rule del pref 32766");
    for (int i = 0; i < netns.inet().rules().rows().size(); i++) {
      var rule = netns.inet().rules().rows().get(i);
      if (rule.priority() > 0 && rule.priority() < 32_766) {
        can("rule-missing", at, Breakages.named("ip rule"), "ip rule del pref " + rule.priority());
        can("rule-table", at, List.of(List.of("ip rule"), List.of("ip route", "table 123")),
            "ip rule del pref " + rule.priority(),
            "ip rule add pref " + rule.priority() + " " + rule.selector().text(_ -> true) + " lookup main");
      }
    }
    for (Server server : netns.servers()) {
      String place = at.name();
      String port = server.port() + "/" + server.transport().word();
      can("server-gone", at, Breakages.named("serve ", place + " " + port), "unserve " + place + " " + port);
      can("server-port", at, Breakages.named("serve ", place + " " + port), "unserve " + place + " " + port,
          "serve " + place + " " + (server.port().value() + 1) + "/" + server.transport().word());
      can("server-local", at, Breakages.named("serve ", place + " " + port), "unserve " + place + " " + port,
          "serve " + place + " " + port + " on 127.0.0.1");
    }
    new NftFaults(ways).add(at, netns.nft());
    new BalanceFaults(ways).add(netns);
    for (IpFamily family : IpFamily.values()) {
      netns.tables(family).byNumber().forEach((number, table) -> table.rows().stream()
          .filter(r -> number != Netns.LOCAL).forEach(r -> route(at, number, r)));
      new RuleFaults(lab, ways).add(at, family);
    }
    for (IpAddress target : targets()) {
      boolean own = lab.devicesOf(at).stream().flatMap(d -> d.globalAddresses().stream())
          .anyMatch(a -> a.address().equals(target));
      if (!own && target.family() == IpFamily.INET) {
        can("blackhole", at, Breakages.named("ip route del blackhole"), "ip route add blackhole " + target);
        can("unreachable", at, Breakages.named("ip route del unreachable"), "ip route add unreachable " + target);
        can("captured", at, Breakages.named("ip addr del " + target), "ip addr add " + target + "/32 dev lo");
        lab.devicesOf(at).stream().filter(d -> !d.isLoopback() && !d.globalAddresses(IpFamily.INET).isEmpty()).forEach(
            d -> can("specific-route", at, Breakages.named("ip route del " + target),
                "ip route add " + target + " dev " + d.name()));
      }
    }
  }

  private List<IpAddress> targets() {
    return lab.devices().values().stream().filter(d -> !d.isLoopback()).flatMap(d -> d.globalAddresses().stream())
        .map(InterfaceAddress::address).toList();
  }

  private void route(NetnsId at, int number, Route row) {
    String ip = row.destination().address().family() == IpFamily.INET6 ? "ip -6 route " : "ip route ";
    String table = number == Netns.MAIN ? "" : " table " + number;
    String words = RouteText.line(lab, row).replace(" pref medium", "");
    boolean kernel = row.origin().protocol().equals(RouteProtocol.KERNEL);
    String here = Breakages.where(at) + ip;
    if (row.destination().address().isMulticast() || row.destination().address().isLinkLocal()) {
      return;
    }
    can(kernel ? "connected-route-missing" : "route-missing", at,
        List.of(List.of(here + "add"), List.of(here + "replace")), ip + "del " + words + table);
    if (row.via().isPresent() && !kernel) {
      List<IpAddress> others = new ArrayList<>();
      Device out = lab.device(row.device().orElseThrow());
      Predicate<IpAddress> near =
          a -> out.globalAddresses().stream().anyMatch(o -> o.network().contains(a) && !o.address().equals(a));
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

  private void can(String kind, NetnsId at, List<List<String>> marks, String... lines) {
    ways.can(kind, at, marks, lines);
  }
}
