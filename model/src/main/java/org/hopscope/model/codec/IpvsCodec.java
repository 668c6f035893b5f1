package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.ipvs.Forwarding;
import org.hopscope.model.ipvs.Ipvs;
import org.hopscope.model.ipvs.IpvsComplaint;
import org.hopscope.model.ipvs.IpvsConnection;
import org.hopscope.model.ipvs.IpvsEditor;
import org.hopscope.model.ipvs.IpvsFlow;
import org.hopscope.model.ipvs.IpvsMemory;
import org.hopscope.model.ipvs.IpvsMeter;
import org.hopscope.model.ipvs.IpvsRates;
import org.hopscope.model.ipvs.IpvsReader;
import org.hopscope.model.ipvs.IpvsState;
import org.hopscope.model.ipvs.IpvsStats;
import org.hopscope.model.ipvs.IpvsText;
import org.hopscope.model.ipvs.RealServer;
import org.hopscope.model.ipvs.ServiceKey;
import org.hopscope.model.ipvs.ServiceMemory;
import org.hopscope.model.lab.IpvsEdits;

/** Virtual services on disk, as the commands that make them, and what packets have left in them. */
final class IpvsCodec {
  private IpvsCodec() {
  }

  static JsonArray rules(Ipvs ipvs) {
    JsonArray lines = new JsonArray();
    IpvsText.commands(ipvs).forEach(lines::add);
    return lines;
  }

  static Ipvs rules(Fields fields) throws MalformedException {
    IpvsEditor.State state = new IpvsEditor.State(Ipvs.NONE, IpvsMemory.EMPTY);
    for (Json line : fields.items("ipvs")) {
      String text = Fields.text(line);
      try {
        IpvsEditor.State next = IpvsEditor.apply(state,
            IpvsReader.read(List.of(text.split(" ")), IpvsEdits.NAMES), _ -> true);
        if (next.rules().equals(state.rules())) {
          throw new MalformedException(line.place(), "\"" + text + "\" makes nothing");
        }
        state = next;
      } catch (IpvsComplaint complaint) {
        throw new MalformedException(line.place(),
            "\"" + text + "\" is no command of ipvsadm: " + complaint.getMessage());
      }
    }
    return state.rules();
  }

  static JsonObject memory(IpvsMemory memory) {
    JsonObject object = new JsonObject();
    JsonArray connections = new JsonArray();
    memory.connections().values().forEach(c -> connections.add(connection(c)));
    LabWriter.addUnlessEmpty(object, "connections", connections);
    JsonArray services = new JsonArray();
    memory.services().forEach((key, value) -> services.add(service(key, value)));
    LabWriter.addUnlessEmpty(object, "services", services);
    return object;
  }

  static IpvsMemory memory(Fields fields) throws MalformedException {
    IpvsMemory memory = IpvsMemory.EMPTY;
    for (IpvsConnection connection : fields.list("connections", IpvsCodec::connection)) {
      memory = memory.with(connection);
    }
    for (Json item : fields.items("services")) {
      IpvsMemory before = memory;
      memory = Fields.object(item, f -> before.with(key(f), service(f)));
    }
    return memory;
  }

  private static JsonObject connection(IpvsConnection connection) {
    JsonObject object = new JsonObject();
    object.add("flow", flow(connection.flow()));
    key(object, connection.service());
    server(object, connection.server());
    object.addProperty("forwarding", Words.of(connection.forwarding()));
    object.addProperty("state", Words.of(connection.state()));
    if (connection.flags().noOutput()) {
      object.addProperty("noOutput", true);
    }
    if (connection.flags().tracked()) {
      object.addProperty("tracked", true);
    }
    connection.flags().template().ifPresent(t -> object.add("template", flow(t)));
    object.addProperty("expires", connection.expires());
    return object;
  }

  private static IpvsConnection connection(Fields fields) throws MalformedException {
    Optional<IpvsFlow> template = fields.has("template")
        ? Optional.of(Fields.object(fields.required("template"), IpvsCodec::flow)) : Optional.empty();
    return new IpvsConnection(Fields.object(fields.required("flow"), IpvsCodec::flow), key(fields), server(fields),
        fields.word("forwarding", Forwarding.class, Forwarding.MASQUERADE),
        fields.word("state", IpvsState.class, IpvsState.NONE),
        new IpvsConnection.Flags(fields.flag("noOutput"), fields.flag("tracked"), template),
        fields.longNumber("expires", 0));
  }

  private static JsonObject flow(IpvsFlow flow) {
    JsonObject object = new JsonObject();
    object.addProperty("protocol", flow.protocol());
    object.addProperty("client", flow.client().toString());
    object.addProperty("clientPort", flow.clientPort());
    object.addProperty("virtual", flow.virtual().toString());
    object.addProperty("virtualPort", flow.virtualPort());
    return object;
  }

  private static IpvsFlow flow(Fields fields) throws MalformedException {
    return new IpvsFlow(fields.number("protocol", 0, 255), fields.parsed("client", "an address", IpAddress::parse),
        fields.number("clientPort", 0, 0xffff), fields.parsed("virtual", "an address", IpAddress::parse),
        fields.number("virtualPort", 0, 0xffff));
  }

  private static void key(JsonObject object, ServiceKey key) {
    JsonObject service = new JsonObject();
    service.addProperty("mark", Integer.toUnsignedLong(key.mark()));
    service.addProperty("protocol", key.protocol());
    service.addProperty("address", key.address().toString());
    service.addProperty("port", key.port());
    object.add("service", service);
  }

  private static ServiceKey key(Fields fields) throws MalformedException {
    return Fields.object(fields.required("service"), f -> new ServiceKey((int) f.longNumber("mark", 0),
        f.number("protocol", 0, 255), f.parsed("address", "an address", IpAddress::parse),
        f.number("port", 0, 0xffff)));
  }

  private static void server(JsonObject object, RealServer.Key server) {
    object.addProperty("server", server.address().toString());
    object.addProperty("serverPort", server.port());
  }

  private static RealServer.Key server(Fields fields) throws MalformedException {
    return new RealServer.Key(fields.parsed("server", "an address", IpAddress::parse),
        fields.number("serverPort", 0, 0xffff));
  }

  private static JsonObject service(ServiceKey key, ServiceMemory memory) {
    JsonObject object = new JsonObject();
    key(object, key);
    memory.turn().ifPresent(t -> server(object, t));
    object.addProperty("level", memory.level());
    meter(object, memory.meter());
    JsonArray servers = new JsonArray();
    memory.servers().forEach((server, meter) -> {
      JsonObject each = new JsonObject();
      server(each, server);
      meter(each, meter);
      servers.add(each);
    });
    LabWriter.addUnlessEmpty(object, "servers", servers);
    JsonArray full = new JsonArray();
    memory.full().forEach(server -> {
      JsonObject each = new JsonObject();
      server(each, server);
      full.add(each);
    });
    LabWriter.addUnlessEmpty(object, "full", full);
    return object;
  }

  private record Counted(RealServer.Key server, IpvsMeter meter) {
  }

  private static ServiceMemory service(Fields fields) throws MalformedException {
    Optional<RealServer.Key> turn = fields.has("server") ? Optional.of(server(fields)) : Optional.empty();
    ServiceMemory memory = new ServiceMemory(turn, fields.number("level", 0, 65535),
        meter(fields), ServiceMemory.EMPTY.servers(), ServiceMemory.EMPTY.full());
    List<Counted> servers = new ArrayList<>(
        fields.list("servers", f -> new Counted(server(f), meter(f))));
    for (Counted each : servers) {
      memory = new ServiceMemory(memory.turn(), memory.level(), memory.meter(),
          memory.servers().plus(each.server(), each.meter()), memory.full());
    }
    for (RealServer.Key each : fields.list("full", IpvsCodec::server)) {
      memory = memory.withFull(each, true);
    }
    return memory;
  }

  private static void meter(JsonObject object, IpvsMeter meter) {
    object.add("counted", stats(meter.stats()));
    IpvsRates rates = meter.rates();
    if (!rates.equals(IpvsRates.NONE)) {
      JsonArray numbers = new JsonArray();
      numbers.add(rates.tick());
      numbers.addAll(stats(rates.last()));
      List.of(rates.connections(), rates.inPackets(), rates.outPackets(), rates.inBytes(), rates.outBytes())
          .forEach(numbers::add);
      object.add("rates", numbers);
    }
  }

  private static IpvsMeter meter(Fields fields) throws MalformedException {
    long[] counted = numbers(fields.required("counted"), 5, "five counters are expected");
    IpvsStats stats = new IpvsStats(counted[0], counted[1], counted[2], counted[3], counted[4]);
    if (!fields.has("rates")) {
      return new IpvsMeter(stats, IpvsRates.NONE);
    }
    long[] n = numbers(fields.required("rates"), 11, "a time, five counters and five rates are expected");
    return new IpvsMeter(stats,
        new IpvsRates(n[0], new IpvsStats(n[1], n[2], n[3], n[4], n[5]), n[6], n[7], n[8], n[9], n[10]));
  }

  private static JsonArray stats(IpvsStats stats) {
    JsonArray numbers = new JsonArray();
    List.of(stats.connections(), stats.inPackets(), stats.outPackets(), stats.inBytes(), stats.outBytes())
        .forEach(numbers::add);
    return numbers;
  }

  private static long[] numbers(Json value, int count, String wanted) throws MalformedException {
    List<Json> items = Fields.items(value);
    if (items.size() != count) {
      throw new MalformedException(value.place(), wanted);
    }
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = Fields.whole(items.get(i), 0, Long.MAX_VALUE);
    }
    return numbers;
  }
}
