package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.ovs.Flow;
import org.hopscope.model.ovs.FlowParser;
import org.hopscope.model.ovs.FlowText;
import org.hopscope.model.ovs.OpenVswitch;
import org.hopscope.model.ovs.OvsBridge;
import org.hopscope.model.ovs.OvsComplaint;
import org.hopscope.model.ovs.OvsLearned;
import org.hopscope.model.ovs.OvsLearned.Address;
import org.hopscope.model.ovs.OvsLearned.Heard;
import org.hopscope.model.ovs.OvsLearned.Hits;
import org.hopscope.model.ovs.OvsLearned.Row;
import org.hopscope.model.ovs.OvsPort;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/** Writes and reads a host's Open vSwitch: flows are texts as {@code ovs-ofctl} takes them. */
final class OvsCodec {
  private OvsCodec() {
  }

  static JsonObject write(OpenVswitch ovs, OvsLearned learned, boolean canonical) {
    JsonObject object = new JsonObject();
    JsonArray bridges = new JsonArray();
    for (OvsBridge bridge : ovs.bridges()) {
      JsonObject one = new JsonObject();
      one.addProperty("name", bridge.name());
      JsonArray ports = new JsonArray();
      bridge.ports().forEach(p -> ports.add(port(p)));
      one.add("ports", ports);
      JsonArray flows = new JsonArray();
      for (Flow flow : bridge.flows()) {
        JsonObject row = new JsonObject();
        row.addProperty("flow", FlowText.typed(flow));
        if (!canonical) {
          row.addProperty("born", flow.born());
        }
        flows.add(row);
      }
      one.add("flows", flows);
      bridges.add(one);
    }
    object.add("bridges", bridges);
    if (!canonical) {
      learned(object, learned);
    }
    return object;
  }

  private static void learned(JsonObject object, OvsLearned learned) {
    JsonArray heard = new JsonArray();
    learned.addresses().forEach((address, where) -> {
      JsonObject row = new JsonObject();
      row.addProperty("bridge", address.bridge());
      row.addProperty("vlan", address.vlan());
      row.addProperty("mac", address.mac().toString());
      row.addProperty("port", where.port());
      row.addProperty("when", where.when());
      heard.add(row);
    });
    LabWriter.addUnlessEmpty(object, "heard", heard);
    JsonArray hits = new JsonArray();
    learned.hits().forEach((key, count) -> {
      JsonObject row = new JsonObject();
      row.addProperty("bridge", key.bridge());
      row.addProperty("table", key.table());
      row.addProperty("row", key.row());
      row.addProperty("born", key.born());
      row.addProperty("packets", count.packets());
      row.addProperty("bytes", count.bytes());
      row.addProperty("last", count.last());
      hits.add(row);
    });
    LabWriter.addUnlessEmpty(object, "hits", hits);
  }

  private static JsonObject port(OvsPort port) {
    JsonObject object = new JsonObject();
    object.addProperty("name", port.name());
    object.addProperty("number", port.number());
    port.tag().ifPresent(t -> object.addProperty("tag", t));
    JsonArray trunks = new JsonArray();
    port.trunks().forEach(trunks::add);
    LabWriter.addUnlessEmpty(object, "trunks", trunks);
    switch (port.type()) {
      case OvsPort.Type.System() -> object.addProperty("type", "system");
      case OvsPort.Type.Internal() -> object.addProperty("type", "internal");
      case OvsPort.Type.Patch(var peer) -> {
        object.addProperty("type", "patch");
        peer.ifPresent(p -> object.addProperty("peer", p));
      }
      case OvsPort.Type.Tunnel tunnel -> {
        object.addProperty("type", Words.of(tunnel.kind()));
        tunnel.remote().ifPresent(r -> object.addProperty("remote", r.toString()));
        tunnel.key().ifPresent(k -> object.addProperty("key", k));
        object.addProperty("flowKey", tunnel.flowKey());
      }
    }
    return object;
  }

  /** A switch, and what frames have left in it. */
  record Read(OpenVswitch ovs, OvsLearned learned) {
    /** Nothing made. */
    static final Read NONE = new Read(OpenVswitch.NONE, OvsLearned.NONE);
  }

  static Read read(Fields fields) throws MalformedException {
    return new Read(new OpenVswitch(fields.list("bridges", OvsCodec::bridge)), readLearned(fields));
  }

  private static OvsBridge bridge(Fields fields) throws MalformedException {
    OvsBridge bridge = new OvsBridge(fields.text("name"), fields.list("ports", OvsCodec::port), List.of());
    return bridge.withFlows(fields.list("flows", f -> flow(bridge, f)));
  }

  private static Flow flow(OvsBridge bridge, Fields fields) throws MalformedException {
    long born = fields.longNumber("born", 0, 0);
    String text = fields.text("flow");
    try {
      return FlowParser.flow(bridge, text, born);
    } catch (OvsComplaint complaint) {
      throw fields.malformed("flow", "\"" + text + "\" is not a flow: " + complaint.getMessage());
    }
  }

  private static OvsPort port(Fields fields) throws MalformedException {
    List<Integer> trunks = new ArrayList<>();
    for (Json item : fields.items("trunks")) {
      trunks.add((int) Fields.whole(item, 0, 4095));
    }
    PSortedSet<Integer> all = TreePSet.from(trunks);
    return new OvsPort(fields.text("name"), fields.number("number", 1, OvsPort.LOCAL),
        fields.has("tag") ? Optional.of(fields.number("tag", 0, 4095)) : Optional.empty(), all, type(fields));
  }

  private static OvsPort.Type type(Fields fields) throws MalformedException {
    String word = fields.text("type");
    return switch (word) {
      case "system" -> new OvsPort.Type.System();
      case "internal" -> new OvsPort.Type.Internal();
      case "patch" -> new OvsPort.Type.Patch(fields.has("peer") ? Optional.of(fields.text("peer")) : Optional.empty());
      case "vxlan", "gre", "geneve" -> new OvsPort.Type.Tunnel(
          fields.word("type", OvsPort.Type.Kind.class, OvsPort.Type.Kind.VXLAN),
          fields.optionalParsed("remote", "an address", IpAddress::parse),
          fields.has("key") ? Optional.of(fields.number("key", 0, Integer.MAX_VALUE)) : Optional.empty(),
          fields.flag("flowKey"));
      default -> throw fields.malformed("type", "\"" + word + "\" is no type of port");
    };
  }

  private static OvsLearned readLearned(Fields fields) throws MalformedException {
    PSortedMap<Address, Heard> heard = TreePMap.empty();
    for (Map.Entry<Address, Heard> row : fields.list("heard", OvsCodec::heard)) {
      heard = heard.plus(row.getKey(), row.getValue());
    }
    PSortedMap<Row, Hits> hits = TreePMap.empty();
    for (Map.Entry<Row, Hits> row : fields.list("hits", OvsCodec::hits)) {
      hits = hits.plus(row.getKey(), row.getValue());
    }
    return new OvsLearned(heard, hits);
  }

  private static Map.Entry<Address, Heard> heard(Fields f) throws MalformedException {
    return Map.entry(new Address(f.text("bridge"), f.number("vlan", 0, 4095), f.parsed("mac", "a MAC address",
        MacAddress::parse)), new Heard(f.number("port", 1, OvsPort.LOCAL), f.longNumber("when", 0)));
  }

  private static Map.Entry<Row, Hits> hits(Fields f) throws MalformedException {
    return Map.entry(new Row(f.text("bridge"), f.number("table", 0, 254), f.text("row"), f.longNumber("born", 0)),
        new Hits(f.longNumber("packets", 0), f.longNumber("bytes", 0), f.longNumber("last", 0)));
  }
}
