package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.NetConf;

/**
 * portmap: ports of the host lead into the container, by iptables (plugins plugins/meta/portmap). Which, a runtime says in
 * {@code runtimeConfig}. The nftables backend, other chains for the mark and extra conditions are refused by name.
 */
final class CniPortmap implements CniPlugin {
  private static final String ALL = "CNI-HOSTPORT-DNAT";
  private static final String SET_MARK = "CNI-HOSTPORT-SETMARK";
  private static final String MASQUERADE = "CNI-HOSTPORT-MASQ";

  private final CniDeeds deeds;
  private final String own;

  CniPortmap(CniDeeds deeds) {
    this.deeds = deeds;
    own = deeds.chain("CNI-DN-");
  }

  /** A port of the host that leads to one of the container; of one address of the host where that is said. */
  private record Port(int host, int container, String protocol, String hostIp) {
  }

  private List<Port> ports(NetConf conf) throws Stop, CniException {
    if (conf.text("backend").filter(b -> !b.isEmpty() && !b.equals("iptables")).isPresent()) {
      throw Stop.unsupported("cni portmap backend " + conf.text("backend").orElseThrow());
    }
    for (String name : List.of("conditionsV4", "conditionsV6", "externalSetMarkChain", "markMasqBit", "masqAll")) {
      if (conf.has(name)) {
        throw Stop.unsupported("cni portmap " + name);
      }
    }
    List<Port> ports = new ArrayList<>();
    for (NetConf row : conf.object("runtimeConfig").objects("portMappings")) {
      Port port =
          new Port(row.number("hostPort"), row.number("containerPort"), row.text("protocol").orElse("tcp")
              .toLowerCase(Locale.ROOT), row.text("hostIP").orElse(""));
      if (port.container() <= 0) {
        throw new CniException("failed to parse config: Invalid container port number: " + port.container());
      }
      if (port.host() <= 0) {
        throw new CniException("failed to parse config: Invalid host port number: " + port.host());
      }
      ports.add(port);
    }
    return ports;
  }

  private static boolean masquerades(NetConf conf) throws CniException {
    return !conf.has("snat") || conf.is("snat");
  }

  private static String program(IpFamily family) {
    return family == IpFamily.INET ? "iptables" : "ip6tables";
  }

  /** The first address of each family. */
  private static List<CniResult.Ip> targets(CniResult result) {
    return List.of(IpFamily.INET, IpFamily.INET6).stream().flatMap(f -> result.ips().stream().filter(i -> i
        .family() == f).limit(1)).toList();
  }

  @Override
  public CniResult add(NetConf conf) throws Stop, CniException {
    CniResult before = CniContainer.required(conf, "must be called as chained plugin");
    List<Port> ports = ports(conf);
    if (ports.isEmpty()) {
      return before;
    }
    for (CniResult.Ip ip : targets(before)) {
      String program = program(ip.family());
      if (masquerades(conf)) {
        mark(program, ip);
      }
      top(program, ALL);
      for (String from : List.of("PREROUTING", "OUTPUT")) {
        once(program, "-A", from, "-m", "addrtype", "--dst-type", "LOCAL", "-j", ALL);
      }
      top(program, own);
      for (String protocol : protocols(ports)) {
        once(program, "-A", ALL, dispatch(ports, protocol));
      }
      for (Port port : ports) {
        rules(program, ip, port, masquerades(conf));
      }
    }
    for (Port port : ports) {
      if (port.protocol().equals("udp")) {
        deeds.tryHost("conntrack", "-D", "-p", "udp", "--dport", "" + port.host());
      }
    }
    return before;
  }

  private void top(String program, String chain) throws Stop, CniException {
    if (!deeds.has(program.equals("iptables") ? IpFamily.INET : IpFamily.INET6, "nat", chain)) {
      deeds.host(program, "-t", "nat", "-N", chain);
    }
  }

  private void once(String program, String verb, String chain, String... rule) throws Stop, CniException {
    if (!deeds.holds(CniIptables.words(program, "nat", "-C", chain, rule))) {
      try {
        deeds.host(CniIptables.words(program, "nat", verb, chain, rule));
      } catch (CniException wrong) {
        throw wrong.behind("unable to setup DNAT");
      }
    }
  }

  private void mark(String program, CniResult.Ip ip) throws Stop, CniException {
    top(program, SET_MARK);
    once(program, "-A", SET_MARK, "-m", "comment", "--comment", "CNI portfwd masquerade mark", "-j", "MARK",
        "--set-xmark", "0x2000/0x2000");
    top(program, MASQUERADE);
    once(program, "-A", MASQUERADE, "-m", "mark", "--mark", "0x2000/0x2000", "-j", "MASQUERADE");
    once(program, "-I", "POSTROUTING", "-m", "comment", "--comment", "CNI portfwd requiring masquerade", "-j",
        MASQUERADE);
    if (ip.family() == IpFamily.INET) {
      wayBack(ip.address().address()).ifPresent(device -> localnet(device));
    }
  }

  /** The device of the host that leads to the container. */
  private Optional<String> wayBack(IpAddress address) {
    return deeds.lab().find(deeds.host()).flatMap(n -> n.inet().main().lookup(address, r -> !r.hops().isEmpty()))
        .map(r -> deeds.lab().device(r.hops().getFirst().device()).name());
  }

  private void localnet(String device) {
    try {
      deeds.tryHost("sysctl", "-w", "net.ipv4.conf." + device + ".route_localnet=1");
    } catch (Stop never) {
      throw new IllegalStateException(never);
    }
  }

  private void rules(String program, CniResult.Ip ip, Port port, boolean masquerades) throws Stop, CniException {
    Optional<IpAddress> at = IpAddress.parse(port.hostIp());
    if (at.filter(a -> a.family() != ip.family()).isPresent()) {
      return;
    }
    List<String> base = new ArrayList<>(List.of("-p", port.protocol(), "--dport", "" + port.host()));
    at.filter(a -> !a.isUnspecified()).ifPresent(a -> base.addAll(List.of("-d", a.toString())));
    String[] words = base.toArray(String[]::new);
    if (masquerades) {
      once(program, "-A", own, CniIptables.joined(words, "-s", ip.address().network().toString(), "-j", SET_MARK));
      if (ip.family() == IpFamily.INET) {
        once(program, "-A", own, CniIptables.joined(words, "-s", "127.0.0.1", "-j", SET_MARK));
      }
    }
    String target = ip.address().address().toString();
    once(program, "-A", own, CniIptables.joined(words, "-j", "DNAT", "--to-destination", (ip.family() == IpFamily.INET
        ? target
        : "[" + target + "]") + ":" + port.container()));
  }

  private static List<String> protocols(List<Port> ports) {
    return ports.stream().map(Port::protocol).distinct().sorted().toList();
  }

  private String comment() {
    return "dnat name: \"" + deeds.call().network() + "\" id: \"" + deeds.call().container() + "\"";
  }

  private static String numbers(List<Port> ports, String protocol) {
    return String.join(",", ports.stream().filter(p -> p.protocol().equals(protocol)).map(p -> "" + p.host()).toList());
  }

  private String[] dispatch(List<Port> ports, String protocol) {
    return new String[] {"-p", protocol, "-m", "comment", "--comment", comment(), "-m", "multiport", "--dports",
        numbers(ports, protocol), "-j", own};
  }

  /** Takes the own chain away with every jump to it; chains that are for all containers stay. */
  @Override
  public void delete(NetConf conf) throws Stop, CniException {
    List<Port> ports = ports(conf);
    for (String program : List.of("iptables", "ip6tables")) {
      if (deeds.has(program.equals("iptables") ? IpFamily.INET : IpFamily.INET6, "nat", own)) {
        for (int number : jumps(program)) {
          deeds.host(program, "-t", "nat", "-D", ALL, "" + number);
        }
        deeds.host(program, "-t", "nat", "-F", own);
        deeds.host(program, "-t", "nat", "-X", own);
      }
    }
    for (Port port : ports) {
      if (port.protocol().equals("udp")) {
        deeds.tryHost("conntrack", "-D", "-p", "udp", "--dport", "" + port.host());
      }
    }
  }

  /** Which rules of the common chain lead to the own one, the last first. */
  private List<Integer> jumps(String program) {
    return deeds.jumps(program.equals("iptables") ? IpFamily.INET : IpFamily.INET6, "nat", ALL, own);
  }

  @Override
  public void check(NetConf conf) throws Stop, CniException {
    CniResult before = CniContainer.required(conf, "Required prevResult missing");
    List<Port> ports = ports(conf);
    if (ports.isEmpty()) {
      return;
    }
    for (CniResult.Ip ip : targets(before)) {
      String head = "could not check ipv" + (ip.family() == IpFamily.INET ? "4" : "6") + " dnat: ";
      for (String protocol : deeds.has(ip.family(), "nat", own) ? protocols(ports) : List.<String>of()) {
        if (!deeds.holds(CniIptables.words(program(ip.family()), "nat", "-C", ALL, dispatch(ports, protocol)))) {
          throw new CniException(head + "rule [[-m comment --comment " + comment() + " -m multiport -p " + protocol
              + " --destination-ports " + numbers(ports, protocol) + "]] in chain " + ALL + " not found in table nat");
        }
      }
    }
  }
}
