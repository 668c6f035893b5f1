package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.BridgeOption;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.LinkTraits;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;

/** Writes devices with what hangs on them, and rows that name devices. */
final class DeviceWriter {
  private final LabState lab;
  private final boolean canonical;

  DeviceWriter(LabState lab, boolean canonical) {
    this.lab = lab;
    this.canonical = canonical;
  }

  JsonObject device(Device device) {
    JsonObject object = new JsonObject();
    object.addProperty("name", device.name());
    if (!canonical) {
      object.addProperty("number", device.id().number());
      object.addProperty("index", device.place().ifindex());
      if (device.place().arrival() != device.place().ifindex()) {
        object.addProperty("arrival", device.place().arrival());
      }
    }
    object.addProperty("kind", KindCodec.name(device.kind()));
    device.peer().ifPresent(p -> object.addProperty("peer", Words.of(lab.device(p).ref())));
    if (!canonical || device.link().macByHand()) {
      object.addProperty("mac", device.link().mac().toString());
    }
    addFlag(object, "macChosen", device.link().macByHand());
    object.addProperty("mtu", device.link().mtu());
    addFlag(object, "mtuChosen", device.link().mtuByHand());
    device.link().arp().ifPresent(arp -> object.addProperty("arp", arp));
    addFlag(object, "up", device.isUp());
    addFlag(object, "wasUp", !canonical && device.link().power() == Device.Power.DOWN);
    traits(object, device.link().traits());
    JsonArray addresses = new JsonArray();
    device.addresses().forEach(a -> addresses.add(address(device, a)));
    LabWriter.addUnlessEmpty(object, "addresses", addresses);
    Inet6Codec.write(lab, device, canonical).ifPresent(inet6 -> object.add("inet6", inet6));
    device.port().ifPresent(p -> object.add("port", port(p)));
    if (device.kind() instanceof DeviceKind.Bridge(BridgeSettings settings, boolean touched)) {
      object.add("bridge", bridge(device, settings, touched));
    }
    KindCodec.write(lab, device.kind()).ifPresent(own -> object.add(KindCodec.name(device.kind()), own));
    LabWriter.addTexts(object, "settings", device.conf());
    if (device.kind() instanceof DeviceKind.Vxlan) {
      LabWriter.addUnlessEmpty(object, "farEnds", TunnelCodec.entries(lab, device, canonical));
    } else if (!device.isBridge()) {
      JsonArray more = new JsonArray();
      lab.learned().fdb(device.id()).rows().keySet().forEach(k -> more.add(k.mac().toString()));
      LabWriter.addUnlessEmpty(object, "filters", more);
    }
    if (!canonical && lab.learned().wireguard().containsKey(device.id())) {
      object.add("sessions", WireGuardCodec.sessions(lab.learned().wireguard().get(device.id())));
    }
    if (!canonical) {
      TreeWriter.add(object, lab.learned().tree(), device.id());
    }
    lab.learned().counters().get(device.id()).filter(_ -> !canonical)
        .ifPresent(counters -> object.add("counters", counters(counters)));
    return object;
  }

  private JsonObject address(Device device, AssignedAddress address) {
    JsonObject object = new JsonObject();
    object.addProperty("address", address.local().toString());
    address.peer().ifPresent(p -> object.addProperty("peer", p.toString()));
    address.broadcast().ifPresent(b -> object.addProperty("broadcast", b.toString()));
    if (address.scope() != Scope.GLOBAL) {
      object.addProperty("scope", Words.of(address.scope()));
    }
    addFlag(object, "secondary", address.secondary());
    if (!address.label().equals(device.name())) {
      object.addProperty("label", address.label());
    }
    addFlag(object, "noprefixroute", address.noprefixroute());
    addNumber(object, "metric", address.traits().metric());
    Inet6Codec.addLifetime(object, address.traits().lifetime(), canonical);
    return object;
  }

  private static void traits(JsonObject object, LinkTraits traits) {
    traits.alias().ifPresent(a -> object.addProperty("alias", a));
    traits.queueLength().ifPresent(q -> object.addProperty("queueLength", q));
    addNumber(object, "group", traits.group());
    traits.flags().forEach(f -> object.addProperty(f.flagName(), true));
  }

  private JsonObject port(BridgePort port) {
    JsonObject object = new JsonObject();
    object.addProperty("bridge", lab.device(port.bridge()).name());
    if (!canonical) {
      object.addProperty("number", port.number());
      if (port.joined() != port.number()) {
        object.addProperty("joined", port.joined());
      }
    }
    for (PortFlag flag : PortFlag.values()) {
      if (flag.usual() || port.has(flag)) {
        object.addProperty(flag.word(), port.has(flag));
      }
    }
    if (port.path().priority() != BridgePort.Path.DEFAULT.priority()) {
      object.addProperty("priority", port.path().priority());
    }
    port.path().cost().ifPresent(c -> object.addProperty("cost", c));
    VlanCodec.write(object, port.vlans());
    return object;
  }

  private JsonObject bridge(Device bridge, BridgeSettings settings, boolean touched) {
    JsonObject object = new JsonObject();
    addFlag(object, "stp", settings.stp());
    object.addProperty("ageing", settings.ageingCentis());
    object.addProperty("forwardDelay", settings.forwardDelayCentis());
    object.addProperty("hello", settings.helloCentis());
    addFlag(object, "vlanFiltering", settings.vlanFiltering());
    for (BridgeOption option : List.of(BridgeOption.MAX_AGE, BridgeOption.PRIORITY, BridgeOption.GROUP_FWD_MASK,
        BridgeOption.MCAST_SNOOPING, BridgeOption.NO_LINKLOCAL_LEARN, BridgeOption.NF_CALL_IPTABLES,
        BridgeOption.NF_CALL_IP6TABLES, BridgeOption.VLAN_DEFAULT_PVID)) {
      if (settings.value(option) != option.usual()) {
        object.addProperty(option.word(), settings.value(option));
      }
    }
    addFlag(object, "touched", touched);
    VlanCodec.write(object, settings.vlans());
    JsonArray rows = new JsonArray();
    for (FdbEntry row : lab.learned().fdb(bridge.id()).rows().values()) {
      if (!canonical || row.kind() != FdbEntry.Kind.LEARNED) {
        rows.add(entry(row));
      }
    }
    LabWriter.addUnlessEmpty(object, "entries", rows);
    return object;
  }

  private JsonObject entry(FdbEntry row) {
    JsonObject object = new JsonObject();
    object.addProperty("mac", row.mac().toString());
    addNumber(object, "vlan", row.vlan());
    object.addProperty("device", lab.device(row.device()).name());
    object.addProperty("kind", Words.of(row.kind()));
    addFlag(object, "sticky", row.sticky());
    if (!canonical) {
      object.addProperty("updated", row.updated().nanos());
    }
    return object;
  }

  private static JsonObject counters(Counters counters) {
    JsonObject object = new JsonObject();
    object.addProperty("rxPackets", counters.rxPackets());
    object.addProperty("rxBytes", counters.rxBytes());
    object.addProperty("txPackets", counters.txPackets());
    object.addProperty("txBytes", counters.txBytes());
    object.addProperty("rxDropped", counters.rxDropped());
    object.addProperty("txDropped", counters.txDropped());
    return object;
  }

  static JsonObject route(LabState lab, Route route) {
    JsonObject object = new JsonObject();
    object.addProperty("to", route.destination().toString());
    if (route.type() != RouteType.UNICAST) {
      object.addProperty("type", Words.of(route.type()));
    }
    if (route.isMultipath()) {
      JsonArray hops = new JsonArray();
      route.hops().forEach(h -> hops.add(hop(lab, h, new JsonObject())));
      object.add("hops", hops);
    } else {
      route.hop().ifPresent(h -> hop(lab, h, object));
    }
    route.prefSrc().ifPresent(s -> object.addProperty("source", s.toString()));
    if (route.metric() != 0) {
      object.addProperty("metric", route.metric());
    }
    if (route.origin().scope() != Scope.GLOBAL) {
      object.addProperty("scope", Words.of(route.origin().scope()));
    }
    if (!route.origin().protocol().equals(RouteProtocol.BOOT)) {
      object.addProperty("protocol", route.origin().protocol().word());
    }
    Route.Metrics metrics = route.origin().metrics();
    addNumber(object, "mtu", metrics.mtu());
    addFlag(object, "mtuLocked", metrics.mtuLocked());
    addNumber(object, "advmss", metrics.advmss());
    addNumber(object, "hopLimit", metrics.hopLimit());
    if (!metrics.others().isEmpty()) {
      JsonObject path = new JsonObject();
      metrics.others().forEach((metric, value) -> path.addProperty(metric.word(), value));
      object.add("path", path);
    }
    return object;
  }

  private static JsonObject hop(LabState lab, Route.NextHop hop, JsonObject object) {
    hop.via().ifPresent(v -> object.addProperty("via", v.toString()));
    object.addProperty("device", lab.device(hop.device()).name());
    addFlag(object, "onlink", hop.onlink());
    if (hop.weight() != 1) {
      object.addProperty("weight", hop.weight());
    }
    addFlag(object, "dead", hop.dead());
    addFlag(object, "ownGateway", hop.own());
    return object;
  }

  private static void addNumber(JsonObject object, String name, int value) {
    if (value != 0) {
      object.addProperty(name, value);
    }
  }

  private static void addFlag(JsonObject object, String name, boolean value) {
    if (value) {
      object.addProperty(name, true);
    }
  }
}
