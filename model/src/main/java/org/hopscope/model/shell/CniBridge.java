package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.JsonValue;
import org.hopscope.model.kube.cni.NetConf;
import org.hopscope.model.kube.control.Blocks;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;

/**
 * bridge: a pair with its outer end in a bridge of the host, which may be the container's gateway (plugins
 * plugins/main/bridge/bridge.go; sem-V9). {@code macspoofchk}, {@code enabledad} and {@code promiscMode} are refused by name.
 */
final class CniBridge implements CniPlugin {
  private final CniDeeds deeds;
  private final CniContainer container;

  CniBridge(CniDeeds deeds) {
    this.deeds = deeds;
    container = new CniContainer(deeds);
  }

  /** What the configuration says, once it is known to be sound. */
  private record Wish(String bridge, boolean gateway, boolean byDefault, int vlan, List<Integer> trunk,
      Optional<String> mac) {
  }

  private Wish wish(NetConf conf) throws Stop, CniException {
    try {
      boolean byDefault = conf.is("isDefaultGateway");
      int vlan = conf.number("vlan");
      Wish wish =
          new Wish(conf.text("bridge").orElse("cni0"), conf.is("isGateway") || byDefault, byDefault, vlan, trunk(conf),
              mac(conf));
      conf.is("hairpinMode");
      conf.is("ipMasq");
      conf.number("mtu");
      if (vlan < 0 || vlan > 4094) {
        throw new CniException("invalid VLAN ID " + vlan + " (must be between 0 and 4094)");
      }
      if (vlan > 0 && !wish.trunk().isEmpty()) {
        throw new CniException("cannot set vlan and vlanTrunk at the same time");
      }
      for (String name : List.of("macspoofchk", "enabledad", "promiscMode")) {
        if (conf.is(name) && !(name.equals("promiscMode") && conf.is("hairpinMode"))) {
          throw Stop.unsupported("cni bridge " + name);
        }
      }
      return wish;
    } catch (CniException wrong) {
      throw wrong.getMessage().startsWith("json: ") ? wrong.behind("failed to load netconf") : wrong;
    }
  }

  /** Which address the container's device is to have: of CNI_ARGS, of args.cni or of the runtime, the last that is said. */
  private Optional<String> mac(NetConf conf) throws CniException {
    Optional<String> typed = conf.object("runtimeConfig").text("mac").filter(m -> !m.isEmpty());
    if (typed.isEmpty()) {
      typed = conf.object("args").object("cni").text("mac").filter(m -> !m.isEmpty());
    }
    if (typed.isEmpty()) {
      typed = deeds.argument("MAC");
    }
    if (typed.isPresent() && MacAddress.parse(typed.get()).isEmpty()) {
      throw new CniException("failed to parse MAC address \"" + typed.get() + "\": address " + typed.get()
          + ": invalid MAC address");
    }
    return typed;
  }

  private static List<Integer> trunk(NetConf conf) throws CniException {
    TreeSet<Integer> ids = new TreeSet<>();
    for (NetConf item : conf.objects("vlanTrunk")) {
      if (item.has("minID") != item.has("maxID")) {
        throw new CniException("minID and maxID should be configured simultaneously, " + (item.has("minID") ? "maxID"
            : "minID") + " is missing");
      }
      if (item.has("minID")) {
        int from = id(item, "minID");
        int to = id(item, "maxID");
        if (to < from) {
          throw new CniException("minID is greater than maxID in trunk parameter");
        }
        for (int i = from; i <= to; i++) {
          ids.add(i);
        }
      }
      if (item.has("id")) {
        ids.add(id(item, "id"));
      }
    }
    return List.copyOf(ids);
  }

  private static int id(NetConf item, String name) throws CniException {
    int id = item.number(name);
    if (id <= 0 || id > 4094) {
      throw new CniException("incorrect trunk " + name + " parameter");
    }
    return id;
  }

  @Override
  public CniResult add(NetConf conf) throws Stop, CniException {
    Wish wish = wish(conf);
    if (conf.is("hairpinMode") && conf.is("promiscMode")) {
      throw new CniException("cannot set hairpin mode and promiscuous mode at the same time.");
    }
    String mac = setUp(conf, wish);
    deeds.openSandbox();
    String outside = deeds.hostEnd("veth", 8);
    container.pair(outside, conf.number("mtu"), wish.mac());
    port(conf, wish, outside);
    CniResult result = CniResult.NOTHING.withInterfaces(List.of(new CniResult.Interface(wish.bridge(), "", ""),
        new CniResult.Interface(outside, "", ""), container.told()));
    if (CniContainer.hasAddresses(conf)) {
      result = addressed(conf, wish, mac, result);
    } else {
      deeds.inside("ip", "link", "set", deeds.device(), "up");
    }
    JsonValue.Fields dns = conf.object("dns").fields();
    return (dns.members().isEmpty() ? result : result.withDns(dns)).refreshed(deeds);
  }

  /** The bridge, made unless it is there, and its hardware address as it is now. */
  private String setUp(NetConf conf, Wish wish) throws Stop, CniException {
    String name = wish.bridge();
    if (deeds.onHost(name).isEmpty()) {
      if (name.length() > 15 || !name.matches("[^/:\\s]+")) {
        throw new CniException("failed to create bridge \"" + name + "\": could not add \"" + name + "\": "
            + (name.length() > 15 ? "numerical result out of range" : "invalid argument"));
      }
      List<String> words = new ArrayList<>(List.of("ip", "link", "add", "name", name));
      if (conf.number("mtu") > 0) {
        words.addAll(List.of("mtu", "" + conf.number("mtu")));
      }
      words.addAll(List.of("type", "bridge"));
      if (wish.vlan() > 0 || conf.has("vlanTrunk")) {
        words.addAll(List.of("vlan_filtering", "1"));
      }
      try {
        deeds.host(words.toArray(String[]::new));
      } catch (CniException wrong) {
        throw wrong.behind("failed to create bridge \"" + name + "\": could not add \"" + name + "\"");
      }
    }
    Device bridge = deeds.onHost(name).orElseThrow();
    if (!(bridge.kind() instanceof DeviceKind.Bridge)) {
      throw new CniException("failed to create bridge \"" + name + "\": \"" + name + "\" already exists but is not a "
          + "bridge");
    }
    deeds.host("ip", "link", "set", name, "up");
    return deeds.mac(bridge);
  }

  private void port(NetConf conf, Wish wish, String outside) throws Stop, CniException {
    deeds.host("ip", "link", "set", outside, "master", wish.bridge());
    if (conf.is("hairpinMode")) {
      deeds.host("bridge", "link", "set", "dev", outside, "hairpin", "on");
    }
    if (conf.is("portIsolation")) {
      deeds.host("bridge", "link", "set", "dev", outside, "isolated", "on");
    }
    boolean tagged = wish.vlan() > 0 || !wish.trunk().isEmpty();
    if (tagged && conf.has("preserveDefaultVlan") && !conf.is("preserveDefaultVlan")) {
      deeds.tryHost("bridge", "vlan", "del", "vid", "1", "dev", outside);
    }
    try {
      if (wish.vlan() > 0) {
        deeds.host("bridge", "vlan", "add", "vid", "" + wish.vlan(), "dev", outside, "pvid", "untagged");
      }
      for (int id : wish.trunk()) {
        deeds.host("bridge", "vlan", "add", "vid", "" + id, "dev", outside);
      }
    } catch (CniException wrong) {
      throw wrong.behind("failed to setup vlan tag on interface \"" + outside + "\"");
    }
  }

  private CniResult addressed(NetConf conf, Wish wish, String mac, CniResult made) throws Stop, CniException {
    CniResult given = container.addresses(conf).on(2);
    List<CniResult.Ip> ips = given.ips().stream().map(i -> i.gateway().isPresent() || !wish.gateway() ? i
        : new CniResult.Ip(i.device(), i.address(), Optional.of(Blocks.at(i.address().network(), 1)))).toList();
    CniResult result =
        new CniResult(made.interfaces(), ips, byDefault(wish, given.routes(), ips), given.dns());
    container.orTakeBack(conf, () -> {
      deeds.tryInside("sysctl", "-w", "net.ipv6.conf." + deeds.device() + ".accept_dad=0");
      container.configure(result);
      if (wish.gateway()) {
        gateway(conf, wish, mac, ips);
      }
      new CniMasquerade(deeds).set(conf, ips);
    });
    return result;
  }

  /** A default route that is given without a gateway does not count: then there are two (calcGateways). */
  private static List<CniResult.Route> byDefault(Wish wish, List<CniResult.Route> given, List<CniResult.Ip> ips) {
    List<CniResult.Route> routes = new ArrayList<>(given);
    for (CniResult.Ip ip : wish.byDefault() ? ips : List.<CniResult.Ip>of()) {
      if (routes.stream().noneMatch(r -> r.via().isPresent() && r.to().equals(CniContainer.everywhere(ip.family())))) {
        routes.add(new CniResult.Route(CniContainer.everywhere(ip.family()), ip.gateway()));
      }
    }
    return routes;
  }

  private void gateway(NetConf conf, Wish wish, String mac, List<CniResult.Ip> ips) throws Stop, CniException {
    if (wish.vlan() > 0) {
      throw Stop.unsupported("cni bridge vlan with isGateway");
    }
    for (CniResult.Ip ip : ips) {
      InterfaceAddress own = new InterfaceAddress(ip.gateway().orElseThrow(), ip.address().length());
      try {
        own(conf, wish.bridge(), mac, own);
      } catch (CniException wrong) {
        throw wrong.behind("failed to set bridge addr");
      }
      deeds.host("sysctl", "-w", ip.family() == IpFamily.INET ? "net.ipv4.ip_forward=1"
          : "net.ipv6.conf.all.forwarding=1");
    }
  }

  /** An address of the bridge; with it the bridge keeps the hardware address that it had before it got the port (ensureAddr). */
  private void own(NetConf conf, String bridge, String mac, InterfaceAddress own) throws Stop, CniException {
    IpAddress address = own.address();
    for (InterfaceAddress other : deeds.onHost(bridge).orElseThrow().globalAddresses()) {
      if (other.equals(own)) {
        return;
      }
      boolean inTheWay = other.address().family() == address.family()
          && (address.family() == IpFamily.INET || other.network().contains(address) || own.network().contains(other
              .address()));
      if (inTheWay && !conf.is("forceAddress")) {
        throw new CniException("\"" + bridge + "\" already has an IP address different from " + own);
      }
      if (inTheWay) {
        deeds.host("ip", "addr", "del", other.toString(), "dev", bridge);
      }
    }
    deeds.host(address.family() == IpFamily.INET
        ? new String[] {"ip", "addr", "add", own.toString(), "brd", "+", "dev", bridge}
        : new String[] {"ip", "addr", "add", own.toString(), "dev", bridge});
    if (mac.equals(MacAddress.ZERO.toString())) {
      throw new CniException("could not set bridge's mac: invalid argument");
    }
    deeds.host("ip", "link", "set", bridge, "address", mac);
  }

  @Override
  public void delete(NetConf conf) throws Stop, CniException {
    wish(conf);
    List<InterfaceAddress> had = deeds.hasSandbox()
        ? deeds.within(deeds.device()).stream().flatMap(d -> d.globalAddresses().stream()).toList()
        : List.of();
    container.drop();
    if (CniContainer.hasAddresses(conf)) {
      container.takeBack(conf);
      new CniMasquerade(deeds).unset(conf, had);
    }
  }

  @Override
  public void check(NetConf conf) throws Stop, CniException {
    Wish wish = wish(conf);
    deeds.openSandbox();
    container.checkAddresses(conf);
    CniResult before = CniContainer.required(conf, "Required prevResult missing");
    CniResult.Interface bridge = before.interfaces().stream().filter(i -> i.name().equals(wish.bridge())).findFirst()
        .orElseThrow(() -> new CniException("Interface name missing "));
    Device there = deeds.onHost(bridge.name()).orElseThrow(() -> new CniException("Interface name " + bridge.name()
        + " not found"));
    if (!(there.kind() instanceof DeviceKind.Bridge)) {
      throw new CniException("Interface " + bridge.name() + " does not have link type of bridge");
    }
    if (!bridge.mac().isEmpty() && !bridge.mac().equals(deeds.mac(there))) {
      throw new CniException("Bridge interface " + bridge.name() + " Mac doesn't match: " + bridge.mac());
    }
    CniResult.Interface own = container.own(before, "Sandbox");
    Device device = deeds.within(own.name()).orElseThrow(() -> new CniException("Interface name " + own.name()
        + " not found"));
    if (!(device.kind() instanceof DeviceKind.Veth)) {
      throw new CniException("Error: Container interface " + own.name() + " not of type veth");
    }
    if (!own.mac().isEmpty() && !own.mac().equals(deeds.mac(device))) {
      throw new CniException("Interface " + own.name() + " Mac " + own.mac() + " doesn't match container Mac: " + deeds
          .mac(device));
    }
    checkPort(before, wish, there, device);
    container.checkResult(before);
  }

  /** One of the other devices has to be the container's peer, and a port of the bridge. */
  private void checkPort(CniResult before, Wish wish, Device bridge, Device device) throws CniException {
    for (CniResult.Interface each : before.interfaces()) {
      if (each.name().equals(wish.bridge()) || each.name().equals(device.name())) {
        continue;
      }
      Device outside = deeds.onHost(each.name()).orElseThrow(() -> new CniException("Interface name " + each.name()
          + " not found"));
      if (deeds.lab().portsOf(bridge.id()).contains(outside)
          && outside.kind() instanceof DeviceKind.Veth(DeviceId far) && far.equals(device.id())) {
        return;
      }
    }
    throw new CniException("CNI veth created for bridge " + wish.bridge() + " was not found");
  }
}
