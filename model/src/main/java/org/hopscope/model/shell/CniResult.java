package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.JsonValue;
import org.hopscope.model.kube.cni.NetConf;
import org.hopscope.model.net.Device;

/**
 * What ADD answers (CNI specification 1.1.0, section 5), and the next plugin of a chain is told as {@code prevResult}: devices,
 * addresses, routes and a resolver's settings. Versions before 1.0.0 are written as they were.
 */
record CniResult(List<Interface> interfaces, List<Ip> ips, List<Route> routes, JsonValue.Fields dns) {
  /** Nothing made yet. */
  static final CniResult NOTHING = new CniResult(List.of(), List.of(), List.of(), new JsonValue.Fields(Map.of()));

  CniResult {
    interfaces = List.copyOf(interfaces);
    ips = List.copyOf(ips);
    routes = List.copyOf(routes);
  }

  /** A device; its sandbox is empty for one of the host. */
  record Interface(String name, String mac, String sandbox) {
  }

  /** An address of the device with this place in the list; a place below 0 for none. */
  record Ip(int device, InterfaceAddress address, Optional<IpAddress> gateway) {
    IpFamily family() {
      return address.address().family();
    }
  }

  /**
   * A route.
   *
   * @param more {@code mtu advmss priority table scope} of version 1.1.0, as they are written
   */
  record Route(IpPrefix to, Optional<IpAddress> via, Map<String, String> more) {
    Route(IpPrefix to, Optional<IpAddress> via) {
      this(to, via, Map.of());
    }

    /** As Go prints it with {@code %+v}. */
    String shown() {
      return "{Dst:{IP:" + to.address() + " Mask:" + CniResult.mask(to) + "} GW:" + via.map(Object::toString).orElse(
          "<nil>") + "}";
    }

    private static Route of(NetConf row) throws CniException {
      String typed = row.text("dst").orElse("");
      IpPrefix to = InterfaceAddress.parse(typed).filter(_ -> typed.contains("/")).map(InterfaceAddress::network)
          .orElseThrow(() -> new CniException("invalid CIDR address: " + typed));
      Optional<String> gateway = row.text("gw").filter(g -> !g.isEmpty());
      Optional<IpAddress> via = gateway.flatMap(IpAddress::parse);
      if (gateway.isPresent() && via.isEmpty()) {
        throw new CniException("invalid IP address: " + gateway.get());
      }
      Map<String, String> more = new LinkedHashMap<>();
      for (String name : List.of("mtu", "advmss", "priority", "table", "scope")) {
        if (row.has(name)) {
          more.put(name, "" + row.number(name));
        }
      }
      return new Route(to, via, more);
    }
  }

  /** The bits of a prefix's mask in hexadecimal digits. */
  static String mask(IpPrefix prefix) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < prefix.address().width(); i += 4) {
      int ones = Math.clamp(prefix.length() - i, 0, 4);
      digits.append(Character.forDigit(0xf0 >> ones & 0xf, 16));
    }
    return digits.toString();
  }

  /** The routes of a list. */
  static List<Route> routes(NetConf of) throws CniException {
    List<Route> routes = new ArrayList<>();
    for (NetConf row : of.objects("routes")) {
      routes.add(Route.of(row));
    }
    return routes;
  }

  /** Reads {@code prevResult} of a configuration; empty where there is none. */
  static Optional<CniResult> before(NetConf conf) throws CniException {
    if (!conf.has("prevResult")) {
      return Optional.empty();
    }
    NetConf result = conf.object("prevResult");
    List<Interface> interfaces = new ArrayList<>();
    for (NetConf each : result.objects("interfaces")) {
      interfaces.add(new Interface(each.text("name").orElse(""), each.text("mac").orElse(""), each.text("sandbox")
          .orElse("")));
    }
    List<Ip> ips = new ArrayList<>();
    for (NetConf each : result.objects("ips")) {
      String typed = each.text("address").orElse("");
      InterfaceAddress address = InterfaceAddress.parse(typed).orElseThrow(() -> new CniException(
          "could not parse prevResult: invalid CIDR address: " + typed));
      ips.add(new Ip(each.has("interface") ? each.number("interface") : -1, address,
          each.text("gateway").flatMap(IpAddress::parse)));
    }
    return Optional.of(new CniResult(interfaces, ips, routes(result), result.object("dns").fields()));
  }

  /** With other devices. */
  CniResult withInterfaces(List<Interface> others) {
    return new CniResult(others, ips, routes, dns);
  }

  /** With other addresses. */
  CniResult withIps(List<Ip> others) {
    return new CniResult(interfaces, others, routes, dns);
  }

  /** With other routes. */
  CniResult withRoutes(List<Route> others) {
    return new CniResult(interfaces, ips, others, dns);
  }

  /** With a resolver's settings. */
  CniResult withDns(JsonValue.Fields other) {
    return new CniResult(interfaces, ips, routes, other);
  }

  /** All addresses given to the device with this place. */
  CniResult on(int device) {
    return withIps(ips.stream().map(i -> new Ip(device, i.address(), i.gateway())).toList());
  }

  /** With the hardware addresses that the devices wear now. */
  CniResult refreshed(CniDeeds deeds) {
    return withInterfaces(interfaces.stream().map(i -> {
      Optional<Device> there = i.sandbox().isEmpty() ? deeds.onHost(i.name()) : deeds.within(i.name());
      return new Interface(i.name(), there.map(deeds::mac).orElse(i.mac()), i.sandbox());
    }).toList());
  }

  /**
   * As a version of the specification has it.
   *
   * @param listed whether devices and addresses are lists, as since 0.3.0
   * @param familyTold whether each address says its family, as before 1.0.0
   */
  JsonValue.Fields json(NetConf conf, boolean listed, boolean familyTold) throws CniException {
    Map<String, JsonValue> all = new LinkedHashMap<>();
    all.put("cniVersion", new JsonValue.Text(conf.version()));
    if (!listed) {
      return old(all);
    }
    put(all, "interfaces", interfaces.stream().map(CniResult::json).toList());
    put(all, "ips", ips.stream().map(i -> json(i, familyTold)).toList());
    put(all, "routes", routes.stream().map(CniResult::json).toList());
    all.put("dns", dns);
    return new JsonValue.Fields(all);
  }

  /** Before 0.3.0: one address of each family, each with its routes. */
  private JsonValue.Fields old(Map<String, JsonValue> all) throws CniException {
    if (ips.isEmpty()) {
      throw new CniException("cannot convert: no valid IP addresses");
    }
    for (Ip ip : ips) {
      Map<String, JsonValue> one = new LinkedHashMap<>();
      one.put("ip", text(ip.address()));
      ip.gateway().ifPresent(g -> one.put("gateway", text(g)));
      put(one, "routes", routes.stream().filter(r -> r.to().address().family() == ip.family()).map(CniResult::json)
          .toList());
      all.putIfAbsent(ip.family() == IpFamily.INET ? "ip4" : "ip6", new JsonValue.Fields(one));
    }
    all.put("dns", dns);
    return new JsonValue.Fields(all);
  }

  private static void put(Map<String, JsonValue> all, String name, List<JsonValue> items) {
    if (!items.isEmpty()) {
      all.put(name, new JsonValue.Array(items));
    }
  }

  private static JsonValue text(Object value) {
    return new JsonValue.Text(value.toString());
  }

  private static JsonValue json(Interface device) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(Map.of("name", text(device.name())));
    if (!device.mac().isEmpty()) {
      fields.put("mac", text(device.mac()));
    }
    if (!device.sandbox().isEmpty()) {
      fields.put("sandbox", text(device.sandbox()));
    }
    return new JsonValue.Fields(fields);
  }

  private static JsonValue json(Ip ip, boolean familyTold) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    if (familyTold) {
      fields.put("version", text(ip.family() == IpFamily.INET ? "4" : "6"));
    }
    if (ip.device() >= 0) {
      fields.put("interface", new JsonValue.Number("" + ip.device()));
    }
    fields.put("address", text(ip.address()));
    ip.gateway().ifPresent(g -> fields.put("gateway", text(g)));
    return new JsonValue.Fields(fields);
  }

  private static JsonValue json(Route route) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(Map.of("dst", text(route.to())));
    route.via().ifPresent(v -> fields.put("gw", text(v)));
    route.more().forEach((name, value) -> fields.put(name, new JsonValue.Number(value)));
    return new JsonValue.Fields(fields);
  }
}
