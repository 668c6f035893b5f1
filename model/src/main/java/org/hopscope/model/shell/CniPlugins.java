package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.kube.cni.Conflist;
import org.hopscope.model.net.Device;

/**
 * The plugins that make devices, as commands (containernetworking/plugins plugins/main; flannel-io/cni-plugin; sem-V9, sem-V11).
 * A setting that is not modelled is refused by name.
 */
final class CniPlugins implements CniPlugin {
  /** The device that a container gets. */
  static final String DEVICE = "eth0";
  private static final Set<String> COMMON = Set.of("type", "name", "cniVersion", "ipMasq", "mtu");
  private static final Map<String, Set<String>> KNOWN = Map.of("bridge", Set.of("bridge", "isGateway",
      "isDefaultGateway", "hairpinMode", "forceAddress"), "ptp", Set.of(), "macvlan", Set.of("master", "mode"),
      "ipvlan",
      Set.of("master", "mode"), "loopback", Set.of(), "flannel", Set.of("subnetFile"), "calico", Set.of("log_level",
          "datastore_type", "nodename"));

  private final CniDeeds deeds;
  private final CniAddresses addresses;

  CniPlugins(CniDeeds deeds) {
    this.deeds = deeds;
    addresses = new CniAddresses(deeds);
  }

  /** Whether it is one of these. */
  static boolean has(String type) {
    return KNOWN.containsKey(type);
  }

  @Override
  public void add(Conflist.Plugin plugin, CniResult result) throws Stop {
    for (String setting : plugin.settings().keySet()) {
      if (!COMMON.contains(setting) && !KNOWN.get(plugin.type()).contains(setting)) {
        throw Stop.unsupported("cni " + plugin.type() + " " + setting);
      }
    }
    if (!plugin.type().equals("loopback") && deeds.within(DEVICE).isPresent()) {
      throw Stop.exit(1, "plugin type=\"" + plugin.type() + "\" failed (add): container veth name provided (" + DEVICE
          + ") already exists");
    }
    switch (plugin.type()) {
      case "bridge" -> bridge(plugin, result);
      case "ptp" -> ptp(plugin, result);
      case "macvlan" -> below(plugin, plugin.setting("mode").orElse("bridge"), result);
      case "ipvlan" -> below(plugin, plugin.setting("mode").orElse("l2"), result);
      case "loopback" -> {
        deeds.inside("ip", "link", "set", "lo", "up");
        result.device("lo", true);
        result.address(InterfaceAddress.of("127.0.0.1/8"), Optional.empty());
      }
      case "flannel" -> bridge(flannel(plugin), result);
      default -> calico(plugin, result);
    }
  }

  private static Conflist.Ipam ipam(Conflist.Plugin plugin) throws Stop {
    return plugin.ipam().orElseThrow(() -> Stop.unsupported("cni " + plugin.type() + " without ipam"));
  }

  private void pair(String outside, Conflist.Plugin plugin) throws Stop {
    List<String> words = new ArrayList<>(List.of("ip", "link", "add", outside));
    plugin.setting("mtu").filter(m -> !m.equals("0")).ifPresent(m -> words.addAll(List.of("mtu", m)));
    words.addAll(List.of("type", "veth", "peer", "name", DEVICE));
    plugin.setting("mtu").filter(m -> !m.equals("0")).ifPresent(m -> words.addAll(List.of("mtu", m)));
    words.addAll(List.of("netns", deeds.sandbox().name()));
    deeds.host(words.toArray(String[]::new));
  }

  private void bridge(Conflist.Plugin plugin, CniResult result) throws Stop {
    String bridge = plugin.setting("bridge").orElse("cni0");
    if (deeds.onHost(bridge).isEmpty()) {
      deeds.host("ip", "link", "add", bridge, "type", "bridge");
    }
    deeds.host("ip", "link", "set", bridge, "up");
    String outside = deeds.hostEnd("veth", 8);
    pair(outside, plugin);
    deeds.host("ip", "link", "set", outside, "master", bridge);
    if (plugin.is("hairpinMode")) {
      deeds.host("bridge", "link", "set", "dev", outside, "hairpin", "on");
    }
    deeds.host("ip", "link", "set", outside, "up");
    result.device(bridge, false);
    result.device(outside, false);
    result.device(DEVICE, true);
    boolean gateway = plugin.is("isGateway") || plugin.is("isDefaultGateway");
    for (CniAddresses.Given given : addressed(plugin, result, plugin.is("isDefaultGateway"))) {
      String own = new InterfaceAddress(given.gateway(), given.address().length()).toString();
      boolean there = deeds.onHost(bridge).stream().flatMap(d -> d.addresses().stream()).anyMatch(a -> a.address()
          .equals(given.gateway()));
      if (gateway && !there) {
        deeds.host("ip", "addr", "add", own, "dev", bridge);
      }
    }
    if (gateway) {
      deeds.host("sysctl", "-w", "net.ipv4.ip_forward=1");
    }
    masquerade(plugin, result);
  }

  /** Gives addresses and routes to the container's device. */
  private List<CniAddresses.Given> addressed(Conflist.Plugin plugin, CniResult result, boolean byDefault) throws Stop {
    Conflist.Ipam ipam = ipam(plugin);
    List<CniAddresses.Given> all = addresses.give(ipam);
    deeds.inside("ip", "link", "set", DEVICE, "up");
    for (CniAddresses.Given given : all) {
      deeds.inside("ip", "addr", "add", given.address().toString(), "dev", DEVICE);
      result.address(given.address(), Optional.of(given.gateway()));
    }
    List<Conflist.Route> routes = new ArrayList<>(ipam.routes());
    IpPrefix everywhere = new IpPrefix(Ipv4Address.ANY, 0);
    if (byDefault && routes.stream().noneMatch(r -> r.to().equals(everywhere))) {
      routes.add(new Conflist.Route(everywhere, Optional.of(all.getFirst().gateway())));
    }
    for (Conflist.Route route : routes) {
      result.route(route);
      IpFamily family = route.to().address().family();
      IpAddress via =
          route.via().or(() -> all.stream().map(CniAddresses.Given::gateway).filter(g -> g.family() == family)
              .findFirst()).orElseThrow(() -> Stop.exit(1, "failed to add route '{" + route.to() + "}': no gateway"));
      deeds.inside("ip", "route", "add", route.to().toString(), "via", via.toString(), "dev", DEVICE);
    }
    return all;
  }

  /** plugins pkg/ip/ipmasq_linux.go. */
  private void masquerade(Conflist.Plugin plugin, CniResult result) throws Stop {
    if (!plugin.is("ipMasq")) {
      return;
    }
    String chain = deeds.chain("CNI-");
    String comment = "name: \"" + deeds.network() + "\" id: \"" + deeds.container() + "\"";
    for (CniResult.Ip ip : result.ips()) {
      deeds.host("iptables", "-t", "nat", "-N", chain);
      deeds.host("iptables", "-t", "nat", "-A", chain, "-d", ip.address().network().toString(), "-j", "ACCEPT", "-m",
          "comment", "--comment", comment);
      deeds.host("iptables", "-t", "nat", "-A", chain, "!", "-d", "224.0.0.0/4", "-j", "MASQUERADE", "-m", "comment",
          "--comment", comment);
      deeds.host("iptables", "-t", "nat", "-A", "POSTROUTING", "-s", ip.address().address().toString(), "-j", chain,
          "-m", "comment", "--comment", comment);
    }
  }

  private void unmasquerade(IpAddress address) throws Stop {
    String chain = deeds.chain("CNI-");
    String comment = "name: \"" + deeds.network() + "\" id: \"" + deeds.container() + "\"";
    deeds.tryHost("iptables", "-t", "nat", "-D", "POSTROUTING", "-s", address.toString(), "-j", chain, "-m", "comment",
        "--comment", comment);
    deeds.tryHost("iptables", "-t", "nat", "-F", chain);
    deeds.tryHost("iptables", "-t", "nat", "-X", chain);
  }

  /** A pair with a router at the other end: the way to the block leads by the gateway too. */
  private void ptp(Conflist.Plugin plugin, CniResult result) throws Stop {
    String outside = deeds.hostEnd("veth", 8);
    pair(outside, plugin);
    result.device(outside, false);
    result.device(DEVICE, true);
    deeds.host("sysctl", "-w", "net.ipv4.ip_forward=1");
    deeds.host("ip", "link", "set", outside, "up");
    Conflist.Ipam ipam = ipam(plugin);
    List<CniAddresses.Given> all = addresses.give(ipam);
    deeds.inside("ip", "link", "set", DEVICE, "up");
    for (CniAddresses.Given given : all) {
      String own = given.address().address().toString();
      String gateway = given.gateway().toString();
      String block = given.address().network().toString();
      result.address(given.address(), Optional.of(given.gateway()));
      deeds.inside("ip", "addr", "add", given.address().toString(), "dev", DEVICE);
      deeds.inside("ip", "route", "del", block, "dev", DEVICE);
      deeds.inside("ip", "route", "add", gateway, "dev", DEVICE, "scope", "link", "src", own);
      deeds.inside("ip", "route", "add", block, "via", gateway, "dev", DEVICE, "src", own);
      deeds.host("ip", "addr", "add", gateway, "dev", outside);
      deeds.host("ip", "route", "add", own, "dev", outside, "scope", "link");
    }
    for (Conflist.Route route : ipam.routes()) {
      result.route(route);
      deeds.inside("ip", "route", "add", route.to().toString(), "via", route.via().orElse(all.getFirst().gateway())
          .toString(), "dev", DEVICE);
    }
    masquerade(plugin, result);
  }

  /** A device that stands on one of the host's, without a pair. */
  private void below(Conflist.Plugin plugin, String mode, CniResult result) throws Stop {
    String master =
        plugin.setting("master").orElseThrow(() -> Stop.exit(1, "\"master\" field is required. It specifies "
            + "the host interface name to virtualize"));
    if (deeds.onHost(master).isEmpty()) {
      throw Stop.exit(1, "failed to lookup master \"" + master + "\": Link not found");
    }
    deeds.host("ip", "link", "add", "link", master, "name", DEVICE, "netns", deeds.sandbox().name(), "type", plugin
        .type(), "mode", mode);
    if (plugin.setting("mtu").filter(m -> !m.equals("0")).isPresent()) {
      deeds.inside("ip", "link", "set", DEVICE, "mtu", plugin.setting("mtu").orElseThrow());
    }
    result.device(DEVICE, true);
    addressed(plugin, result, false);
  }

  /** flannel asks the bridge plugin, with what flanneld has written about this node's block. */
  private Conflist.Plugin flannel(Conflist.Plugin plugin) throws Stop {
    String file = plugin.setting("subnetFile").orElse("/run/flannel/subnet.env");
    String text = deeds.file(file).orElseThrow(() -> Stop.exit(1, "plugin type=\"flannel\" failed (add): "
        + "loadFlannelSubnetEnv failed: open " + file + ": no such file or directory"));
    Map<String, String> env = new HashMap<>();
    text.lines().filter(l -> l.contains("="))
        .forEach(l -> env.put(l.substring(0, l.indexOf('=')), l.substring(l.indexOf(
            '=') + 1)));
    Optional<IpPrefix> subnet = Optional.ofNullable(env.get("FLANNEL_SUBNET")).flatMap(InterfaceAddress::parse).map(
        InterfaceAddress::network);
    Optional<IpPrefix> whole = Optional.ofNullable(env.get("FLANNEL_NETWORK")).flatMap(InterfaceAddress::parse).map(
        InterfaceAddress::network);
    if (subnet.isEmpty() || whole.isEmpty()) {
      throw Stop.exit(1,
          "plugin type=\"flannel\" failed (add): " + file + " is missing FLANNEL_NETWORK, FLANNEL_SUBNET");
    }
    Map<String, String> settings = new HashMap<>(plugin.delegate());
    settings.put("type", "bridge");
    Optional.ofNullable(env.get("FLANNEL_MTU")).ifPresent(m -> settings.putIfAbsent("mtu", m));
    settings.putIfAbsent("isGateway", "true");
    settings.putIfAbsent("ipMasq", "" + "false".equals(env.get("FLANNEL_IPMASQ")));
    return new Conflist.Plugin("bridge", settings, Optional.of(new Conflist.Ipam("host-local", List.of(
        new Conflist.Range(subnet.get(), Optional.empty(), Optional.empty(), Optional.empty())),
        List.of(
            new Conflist.Route(whole.get(), Optional.empty())))),
        List.of(), Map.of());
  }

  /** An address by itself, and a router that answers for 169.254.1.1 (sem-V11). */
  private void calico(Conflist.Plugin plugin, CniResult result) throws Stop {
    String outside = deeds.hostEnd("cali", 11);
    List<CniAddresses.Given> all = addresses.give(ipam(plugin));
    deeds.host("ip", "link", "add", outside, "address", "ee:ee:ee:ee:ee:ee", "type", "veth", "peer", "name", DEVICE,
        "netns", deeds.sandbox().name());
    deeds.host("ip", "link", "set", outside, "up");
    deeds.inside("ip", "link", "set", DEVICE, "up");
    deeds.inside("ip", "route", "add", "169.254.1.1", "dev", DEVICE, "scope", "link");
    deeds.inside("ip", "route", "add", "default", "via", "169.254.1.1", "dev", DEVICE);
    deeds.host("sysctl", "-w", "net.ipv4.conf." + outside + ".proxy_arp=1");
    deeds.host("sysctl", "-w", "net.ipv4.conf." + outside + ".forwarding=1");
    result.device(outside, false);
    for (CniAddresses.Given given : all) {
      IpAddress own = given.address().address();
      InterfaceAddress alone = new InterfaceAddress(own, own.width());
      deeds.inside("ip", "addr", "add", alone.toString(), "dev", DEVICE);
      deeds.host("ip", "route", "add", own.toString(), "dev", outside, "scope", "link");
      result.address(alone, Optional.empty());
    }
  }

  /** Takes the device away, if it is there, and the addresses back. */
  @Override
  public void delete(Conflist.Plugin plugin) throws Stop {
    if (plugin.type().equals("loopback")) {
      deeds.tryInside("ip", "link", "set", "lo", "down");
      return;
    }
    for (IpAddress held : addresses.held()) {
      unmasquerade(held);
    }
    addresses.takeBack();
    if (deeds.lab().find(deeds.sandbox()).isPresent() && deeds.within(DEVICE).isPresent()) {
      deeds.tryInside("ip", "link", "del", DEVICE);
    }
  }

  /** Whether everything is still as it was made. */
  @Override
  public void check(Conflist.Plugin plugin) throws Stop {
    if (plugin.type().equals("loopback")) {
      return;
    }
    Optional<Device> device = deeds.within(DEVICE);
    if (device.isEmpty()) {
      throw Stop.exit(1, "Container Interface name in prevResult: " + DEVICE + " not found");
    }
    List<IpAddress> held = addresses.held();
    if (held.isEmpty()) {
      throw Stop.exit(1, "host-local: Failed to find address added by container " + deeds.container());
    }
    for (IpAddress address : held) {
      if (device.get().addresses().stream().noneMatch(a -> a.address().equals(address))) {
        throw Stop.exit(1, "Failed to match addr " + address + " on interface " + DEVICE);
      }
    }
  }
}
