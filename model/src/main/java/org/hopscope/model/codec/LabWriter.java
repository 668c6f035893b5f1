package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.hopscope.model.lab.ItemKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.RoutingTable;
import org.hopscope.model.net.RoutingTables;
import org.hopscope.model.net.Server;
import org.hopscope.model.probe.SavedProbe;
import org.pcollections.TreePMap;

/** Writes labs, whole or in canonical form: see {@link LabCodec}. What has its usual value is left out. */
final class LabWriter {
  private final boolean canonical;

  LabWriter(boolean canonical) {
    this.canonical = canonical;
  }

  JsonObject lab(LabState lab) {
    JsonObject document = new JsonObject();
    document.addProperty("format", LabCodec.FORMAT);
    if (!canonical) {
      document.addProperty("seed", lab.basis().seed());
      document.addProperty("clock", lab.now().nanos());
      if (!lab.learned().tree().isEmpty()) {
        document.addProperty("treeClock", lab.learned().tree().at().nanos());
      }
      document.addProperty("nextDevice", lab.nextDevice());
    }
    addTexts(document, "environment", lab.basis().environment());
    JsonArray hosts = new JsonArray();
    Comparator<Host> order = canonical ? Comparator.comparing(Host::name) : Comparator.comparingInt(Host::order);
    lab.hosts().values().stream().sorted(order).forEach(h -> hosts.add(host(lab, h)));
    document.add("hosts", hosts);
    addUnlessEmpty(document, "clusters", ClusterCodec.write(lab.clusters()));
    addUnlessEmpty(document, "docker", DockerCodec.write(lab.engines(), canonical));
    JsonArray probes = new JsonArray();
    for (SavedProbe probe : lab.notes().probes().values()) {
      probes.add(ProbeWriter.saved(probe));
    }
    addUnlessEmpty(document, "probes", probes);
    if (!canonical) {
      addUnlessEmpty(document, "layout", layout(lab));
      JsonArray remarks = new JsonArray();
      lab.notes().remarks().values().forEach(r -> remarks.add(RemarkCodec.write(r)));
      addUnlessEmpty(document, "remarks", remarks);
    }
    return document;
  }

  private JsonObject host(LabState lab, Host host) {
    JsonObject object = new JsonObject();
    object.addProperty("name", host.name());
    if (!canonical) {
      object.addProperty("order", host.order());
      if (host.draws() != 0) {
        object.addProperty("draws", host.draws());
      }
    }
    addTexts(object, "files", host.files());
    if (!host.ovs().bridges().isEmpty()) {
      object.add("ovs", OvsCodec.write(host.ovs(), lab.learned().ovs(host.name()), canonical));
    }
    JsonArray namespaces = new JsonArray();
    List<Netns> all = lab.netnsOf(host.name());
    Comparator<Netns> order = canonical ? Comparator.comparing(Netns::id) : Comparator.comparingInt(Netns::order);
    object.add("root", netns(lab, all.stream().filter(n -> n.id().isRoot()).findFirst().orElseThrow()));
    all.stream().filter(n -> !n.id().isRoot()).sorted(order).forEach(n -> namespaces.add(netns(lab, n)));
    addUnlessEmpty(object, "namespaces", namespaces);
    return object;
  }

  private JsonObject netns(LabState lab, Netns netns) {
    JsonObject object = new JsonObject();
    if (!netns.id().isRoot()) {
      object.addProperty("name", netns.id().name());
    }
    if (!canonical) {
      object.addProperty("order", netns.order());
      object.addProperty("nextIndex", netns.nextIfindex());
      JsonObject knows = new JsonObject();
      netns.nsids().forEach((id, number) -> knows.addProperty(Words.of(id), number));
      addUnlessEmpty(object, "knows", knows);
    }
    DeviceWriter writer = new DeviceWriter(lab, canonical);
    JsonArray devices = new JsonArray();
    Comparator<Device> order =
        canonical ? Comparator.comparing(Device::name) : Comparator.comparingInt(d -> d.place().ifindex());
    lab.devicesOf(netns.id()).stream().sorted(order).forEach(d -> devices.add(writer.device(d)));
    object.add("devices", devices);
    addTexts(object, "settings", netns.sysctls());
    addUnlessEmpty(object, "routes", tables(lab, netns.inet()));
    addUnlessEmpty(object, "routes6", tables(lab, netns.inet6()));
    RuleWriter.add(object, "rules", netns.inet().rules());
    RuleWriter.add(object, "rules6", netns.inet6().rules());
    JsonArray servers = new JsonArray();
    netns.servers().stream().map(LabWriter::server)
        .sorted(canonical ? Comparator.comparing(JsonObject::toString) : (_, _) -> 0).forEach(servers::add);
    addUnlessEmpty(object, "servers", servers);
    NetfilterWriter filter = new NetfilterWriter(canonical);
    addUnlessEmpty(object, "filter", filter.rules(netns.rulesets()));
    addUnlessEmpty(object, "nft", new NftCodec(lab, netns.id()).write(netns.nft(), canonical));
    addUnlessEmpty(object, "ipvs", IpvsCodec.rules(netns.ipvs()));
    if (!canonical && netns.nft().nextHandle() > 1) {
      object.addProperty("nftNext", netns.nft().nextHandle());
    }
    if (!canonical) {
      addUnlessEmpty(object, "filterState", filter.state(lab.learned().netfilter(netns.id())));
    }
    addLearned(object, lab, netns);
    return object;
  }

  private JsonObject tables(LabState lab, RoutingTables netns) {
    JsonObject tables = new JsonObject();
    for (Map.Entry<Integer, RoutingTable> table : netns.byNumber().entrySet()) {
      JsonArray rows = new JsonArray();
      table.getValue().rows().stream().filter(r -> !(canonical && Inet6Codec.isRandom(lab, r)))
          .forEach(r -> rows.add(DeviceWriter.route(lab, r)));
      if (!canonical || !rows.isEmpty()) {
        tables.add(Words.table(table.getKey()), rows);
      }
    }
    return tables;
  }

  private static JsonObject server(Server server) {
    JsonObject object = new JsonObject();
    object.addProperty("port", server.port().value());
    object.addProperty("transport", server.transport().word());
    server.on().ifPresent(a -> object.addProperty("on", a.toString()));
    object.addProperty("label", server.label());
    if (server.program() != Server.Program.SERVE) {
      object.addProperty("program", Words.of(server.program()));
    }
    return object;
  }

  /** Neighbours set by hand belong to a lab in canonical form too; what was learned does not. */
  private void addLearned(JsonObject object, LabState lab, Netns netns) {
    JsonArray neighbours = new JsonArray();
    for (Neighbour row : lab.learned().neighbours(netns.id()).rows().values()) {
      if (!canonical || row.state() == Neighbour.State.PERMANENT) {
        neighbours.add(neighbour(lab, row));
      }
    }
    addUnlessEmpty(object, "neighbours", neighbours);
    JsonArray proxies = new JsonArray();
    lab.learned().neighbours(netns.id()).proxies().forEach(k -> proxies.add(proxy(lab, k)));
    addUnlessEmpty(object, "proxies", proxies);
    if (canonical) {
      return;
    }
    JsonArray told = new JsonArray();
    lab.learned().exceptions().getOrDefault(netns.id(), TreePMap.empty()).values()
        .forEach(r -> told.add(told(lab, r)));
    addUnlessEmpty(object, "told", told);
    if (lab.learned().packetIds().containsKey(netns.id())) {
      object.addProperty("packetsSent", lab.learned().packetIds().get(netns.id()));
    }
  }

  private static JsonObject proxy(LabState lab, Neighbour.Key key) {
    JsonObject object = new JsonObject();
    object.addProperty("address", key.address().toString());
    object.addProperty("device", lab.device(key.device()).name());
    return object;
  }

  private JsonObject neighbour(LabState lab, Neighbour row) {
    JsonObject object = new JsonObject();
    object.addProperty("address", row.key().address().toString());
    object.addProperty("device", lab.device(row.key().device()).name());
    row.mac().ifPresent(m -> object.addProperty("mac", m.toString()));
    object.addProperty("state", Words.of(row.state()));
    row.flags().forEach(f -> object.addProperty(switch (f) {
      case ROUTER -> "router";
      case EXTERN_LEARN -> "externLearn";
    }, true));
    if (!canonical) {
      object.addProperty("confirmed", row.confirmed().nanos());
      object.addProperty("updated", row.updated().nanos());
    }
    return object;
  }

  private static JsonObject told(LabState lab, RouteException row) {
    JsonObject object = new JsonObject();
    object.addProperty("destination", row.destination().toString());
    row.gateway().ifPresent(g -> object.addProperty("gateway", g.toString()));
    object.addProperty("mtu", row.mtu().bytes());
    if (row.mtu().locked()) {
      object.addProperty("locked", true);
    }
    object.addProperty("expires", row.expires().nanos());
    row.route().ifPresent(r -> object.add("route", DeviceWriter.route(lab, r)));
    return object;
  }

  private static JsonArray layout(LabState lab) {
    JsonArray layout = new JsonArray();
    for (Map.Entry<ItemKey, Notes.Place> entry : lab.notes().places().entrySet()) {
      ItemKey item = entry.getKey();
      JsonObject object = new JsonObject();
      object.addProperty(item.kind(), item.kind().equals("device")
          ? Words.of(lab.device(new DeviceId(Integer.parseInt(item.name()))).ref())
          : item.name());
      object.addProperty("x", entry.getValue().x());
      object.addProperty("y", entry.getValue().y());
      if (entry.getValue().locked()) {
        object.addProperty("locked", true);
      }
      layout.add(object);
    }
    return layout;
  }

  static void addTexts(JsonObject object, String name, Map<String, String> texts) {
    JsonObject inner = new JsonObject();
    texts.forEach(inner::addProperty);
    addUnlessEmpty(object, name, inner);
  }

  static void addUnlessEmpty(JsonObject object, String name, JsonObject value) {
    if (!value.isEmpty()) {
      object.add(name, value);
    }
  }

  static void addUnlessEmpty(JsonObject object, String name, JsonArray value) {
    if (!value.isEmpty()) {
      object.add(name, value);
    }
  }
}
