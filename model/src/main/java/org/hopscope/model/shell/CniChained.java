package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.cni.Conflist;

/**
 * Plugins that are called behind another one and change what it made: {@code portmap} and {@code firewall}, both by iptables
 * (containernetworking/plugins plugins/meta). Ports come from {@code runtimeConfig}, which a runtime would fill in.
 */
final class CniChained implements CniPlugin {
  private static final Set<String> COMMON = Set.of("type", "name", "cniVersion", "backend", "snat");
  private static final Set<String> TYPES = Set.of("portmap", "firewall");

  private final CniDeeds deeds;

  CniChained(CniDeeds deeds) {
    this.deeds = deeds;
  }

  static boolean has(String type) {
    return TYPES.contains(type);
  }

  @Override
  public void add(Conflist.Plugin plugin, CniResult result) throws Stop {
    for (String setting : plugin.settings().keySet()) {
      if (!COMMON.contains(setting)) {
        throw Stop.unsupported("cni " + plugin.type() + " " + setting);
      }
    }
    if (plugin.setting("backend").filter(b -> !b.equals("iptables")).isPresent()) {
      throw Stop.unsupported("cni " + plugin.type() + " backend " + plugin.setting("backend").orElseThrow());
    }
    if (result.ips().isEmpty()) {
      throw Stop.exit(1, plugin.type().equals("portmap") ? "must be called as chained plugin"
          : "missing prevResult from earlier plugin");
    }
    if (plugin.type().equals("portmap")) {
      portmap(plugin, result);
    } else {
      firewall(result.ips().stream().map(i -> i.address().address()).toList());
    }
  }

  private String comment(String head) {
    return head + "name: \"" + deeds.network() + "\" id: \"" + deeds.container() + "\"";
  }

  private void nat(String... words) throws Stop {
    deeds.host(in("nat", words));
  }

  private static String[] in(String table, String... words) {
    List<String> all = new ArrayList<>(List.of("iptables", "-t", table));
    all.addAll(List.of(words));
    return all.toArray(String[]::new);
  }

  /** A chain with the jump that leads to it, made once and left for all. */
  private void chain(String table, String chain, List<String> from, String... jump) throws Stop {
    boolean there = deeds.has(table, chain);
    if (there) {
      return;
    }
    deeds.host(in(table, "-N", chain));
    for (String each : from) {
      List<String> words = new ArrayList<>(List.of("-A", each));
      words.addAll(List.of(jump));
      words.addAll(List.of("-j", chain));
      deeds.host(in(table, words.toArray(String[]::new)));
    }
  }

  /** plugins plugins/meta/portmap/README.md, "iptables mode". */
  private void portmap(Conflist.Plugin plugin, CniResult result) throws Stop {
    if (plugin.mappings().isEmpty()) {
      return;
    }
    chain("nat", "CNI-HOSTPORT-DNAT", List.of("PREROUTING", "OUTPUT"), "-m", "addrtype", "--dst-type", "LOCAL");
    if (!deeds.has("nat", "CNI-HOSTPORT-SETMARK")) {
      nat("-N", "CNI-HOSTPORT-SETMARK");
      nat("-A", "CNI-HOSTPORT-SETMARK", "-m", "comment", "--comment", "CNI portfwd masquerade mark", "-j", "MARK",
          "--set-xmark", "0x2000/0x2000");
    }
    boolean masquerades = deeds.has("nat", "CNI-HOSTPORT-MASQ");
    chain("nat", "CNI-HOSTPORT-MASQ", List.of("POSTROUTING"), "-m", "comment", "--comment",
        "CNI portfwd requiring masquerade");
    if (!masquerades) {
      nat("-A", "CNI-HOSTPORT-MASQ", "-m", "mark", "--mark", "0x2000/0x2000", "-j", "MASQUERADE");
    }
    String own = deeds.chain("CNI-DN-");
    nat("-N", own);
    for (String protocol : protocols(plugin)) {
      nat(dispatch("-A", plugin, protocol, own));
    }
    CniResult.Ip ip = result.ips().getFirst();
    for (Conflist.PortMapping mapping : plugin.mappings()) {
      String port = "" + mapping.hostPort();
      nat("-A", own, "-s", ip.address().network().toString(), "-p", mapping.protocol(), "--dport", port, "-j",
          "CNI-HOSTPORT-SETMARK");
      nat("-A", own, "-s", "127.0.0.1", "-p", mapping.protocol(), "--dport", port, "-j", "CNI-HOSTPORT-SETMARK");
      nat("-A", own, "-p", mapping.protocol(), "--dport", port, "-j", "DNAT", "--to-destination", ip.address().address()
          + ":" + mapping.containerPort());
    }
  }

  private static List<String> protocols(Conflist.Plugin plugin) {
    return plugin.mappings().stream().map(Conflist.PortMapping::protocol).distinct().toList();
  }

  private String[] dispatch(String verb, Conflist.Plugin plugin, String protocol, String own) {
    String ports = plugin.mappings().stream().filter(m -> m.protocol().equals(protocol)).map(m -> "" + m.hostPort())
        .collect(Collectors.joining(","));
    return new String[] {verb, "CNI-HOSTPORT-DNAT", "-p", protocol, "-m", "comment", "--comment", comment("dnat "),
        "-m",
        "multiport", "--dports", ports, "-j", own};
  }

  /** plugins plugins/meta/firewall/iptables.go. */
  private void firewall(List<IpAddress> addresses) throws Stop {
    if (!deeds.has("filter", "CNI-FORWARD")) {
      deeds.host(in("filter", "-N", "CNI-FORWARD"));
      deeds.host(in("filter", "-N", "CNI-ADMIN"));
      deeds.host(in("filter", "-I", "FORWARD", "-m", "comment", "--comment", "CNI firewall plugin rules", "-j",
          "CNI-FORWARD"));
      deeds.host(in("filter", "-I", "CNI-FORWARD", "-m", "comment", "--comment",
          "CNI firewall plugin admin overrides", "-j", "CNI-ADMIN"));
    }
    for (IpAddress address : addresses) {
      deeds.host(in("filter", "-A", "CNI-FORWARD", "-d", address.toString(), "-m", "conntrack", "--ctstate",
          "RELATED,ESTABLISHED", "-j", "ACCEPT"));
      deeds.host(in("filter", "-A", "CNI-FORWARD", "-s", address.toString(), "-j", "ACCEPT"));
    }
  }

  /** Takes its rules away; chains that are for all containers stay, as they do on a real node. */
  @Override
  public void delete(Conflist.Plugin plugin) throws Stop {
    if (plugin.type().equals("portmap")) {
      String own = deeds.chain("CNI-DN-");
      for (String protocol : protocols(plugin)) {
        deeds.tryHost(in("nat", dispatch("-D", plugin, protocol, own)));
      }
      deeds.tryHost(in("nat", "-F", own));
      deeds.tryHost(in("nat", "-X", own));
      return;
    }
    for (IpAddress address : new CniAddresses(deeds).held()) {
      deeds.tryHost(in("filter", "-D", "CNI-FORWARD", "-d", address.toString(), "-m", "conntrack", "--ctstate",
          "RELATED,ESTABLISHED", "-j", "ACCEPT"));
      deeds.tryHost(in("filter", "-D", "CNI-FORWARD", "-s", address.toString(), "-j", "ACCEPT"));
    }
  }

  /** Whether the rules of {@code portmap} are still there. */
  @Override
  public void check(Conflist.Plugin plugin) throws Stop {
    String own = deeds.chain("CNI-DN-");
    Optional<String> missing = plugin.type().equals("portmap") && !plugin.mappings().isEmpty() && !deeds.has("nat", own)
        ? Optional.of("chain " + own + " does not exist")
        : Optional.empty();
    if (missing.isPresent()) {
      throw Stop.exit(1, missing.get());
    }
  }
}
