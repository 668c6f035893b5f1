package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.docker.Chains;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.Container.Attachment;
import org.hopscope.model.docker.Container.Published;
import org.hopscope.model.docker.Container.State;
import org.hopscope.model.docker.Container.Wiring;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.DockerNetwork.GatewayMode;
import org.hopscope.model.docker.DockerNetwork.Overlay;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.Swarm;
import org.hopscope.model.net.IpvlanFlag;
import org.hopscope.model.net.IpvlanMode;
import org.hopscope.model.net.MacvlanMode;
import org.hopscope.model.net.Transport;
import org.hopscope.model.net.VirtualTime;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** What Docker daemons keep, in lab files. */
final class DockerCodec {
  private static final int LAST_VNI = (1 << 24) - 1;
  private static final int LEAST_MTU = 118;
  private static final int GREATEST_MTU = 65535;

  private DockerCodec() {
  }

  static JsonArray write(PSortedMap<String, Engine> engines, boolean canonical) {
    JsonArray json = new JsonArray();
    engines.forEach((host, engine) -> {
      JsonObject object = new JsonObject();
      object.addProperty("host", host);
      object.addProperty("chains", engine.chains().word());
      object.addProperty("forwards", engine.forwards());
      object.addProperty("serial", engine.serial());
      JsonArray networks = new JsonArray();
      engine.networks().forEach(n -> networks.add(network(n)));
      object.add("networks", networks);
      JsonArray containers = new JsonArray();
      engine.containers().forEach(c -> containers.add(container(c, canonical)));
      object.add("containers", containers);
      engine.swarm().ifPresent(s -> object.add("swarm", swarm(s)));
      json.add(object);
    });
    return json;
  }

  private static JsonObject swarm(Swarm swarm) {
    JsonObject json = new JsonObject();
    json.addProperty("id", swarm.id());
    json.addProperty("node", swarm.node());
    json.addProperty("role", swarm.role().word());
    json.addProperty("joined", swarm.joined());
    json.addProperty("address", swarm.address().toString());
    json.addProperty("lastVni", swarm.lastVni());
    return json;
  }

  private static Swarm swarm(Fields fields) throws MalformedException {
    return new Swarm(code(fields, "id"), code(fields, "node"), fields.word("role", Swarm.Role.class, Swarm.Role.WORKER),
        fields.number("joined", 1, Integer.MAX_VALUE), fields.parsed("address", "an address", Ipv4Address::parse),
        fields.number("lastVni", 0, LAST_VNI));
  }

  private static String code(Fields fields, String key) throws MalformedException {
    return fields.parsed(key, "25 digits and letters", t -> Optional.of(t).filter(i -> i.matches("[0-9a-z]{25}")));
  }

  private static JsonObject network(DockerNetwork network) {
    JsonObject json = new JsonObject();
    json.addProperty("name", network.name());
    json.addProperty("id", network.id());
    json.addProperty("driver", network.driver().word());
    switch (network.driver()) {
      case DockerNetwork.Bridge bridge -> {
        json.addProperty("device", bridge.device());
        json.addProperty("icc", bridge.icc());
        json.addProperty("masquerade", bridge.masquerade());
        json.addProperty("internal", bridge.isInternal());
        json.addProperty("gatewayMode", bridge.gateway().word());
      }
      case DockerNetwork.Macvlan(String parent, var mode, boolean internal) -> {
        json.addProperty("parent", parent);
        json.addProperty("mode", mode.word());
        json.addProperty("internal", internal);
      }
      case DockerNetwork.Ipvlan(String parent, var mode, var flag, boolean internal) -> {
        json.addProperty("parent", parent);
        json.addProperty("mode", mode.word());
        json.addProperty("flag", flag.word());
        json.addProperty("internal", internal);
      }
      case Overlay(int vni, var use, int mtu, boolean internal) -> {
        json.addProperty("vni", vni);
        json.addProperty("use", use.word());
        json.addProperty("mtu", mtu);
        json.addProperty("internal", internal);
      }
      case DockerNetwork.HostNetwork() -> {
      }
      case DockerNetwork.NoNetwork() -> {
      }
    }
    network.pool().ifPresent(p -> {
      json.addProperty("subnet", p.subnet().toString());
      json.addProperty("gateway", p.gateway().toString());
      json.addProperty("chosen", p.chosen());
    });
    network.pool6().ifPresent(p -> {
      JsonObject pool = new JsonObject();
      pool.addProperty("subnet", p.subnet().toString());
      pool.addProperty("gateway", p.gateway().toString());
      pool.addProperty("chosen", p.chosen());
      pool.addProperty("gatewayMode", p.mode().word());
      pool.addProperty("forwards", p.forwards());
      json.add("ipv6", pool);
    });
    return json;
  }

  private static JsonObject container(Container container, boolean canonical) {
    JsonObject json = new JsonObject();
    json.addProperty("name", container.name());
    json.addProperty("id", container.id());
    json.addProperty("image", container.program().image());
    JsonArray command = new JsonArray();
    container.program().command().forEach(command::add);
    LabWriter.addUnlessEmpty(json, "command", command);
    switch (container.wiring()) {
      case Wiring.Own(List<Attachment> attachments, List<Published> published) -> {
        JsonArray networks = new JsonArray();
        attachments.forEach(a -> networks.add(attachment(a)));
        json.add("networks", networks);
        JsonArray ports = new JsonArray();
        published.forEach(p -> ports.add(port(p)));
        LabWriter.addUnlessEmpty(json, "published", ports);
      }
      case Wiring.OfHost() -> json.addProperty("namespaceOf", "host");
      case Wiring.OfContainer(String id) -> json.addProperty("namespaceOf", id);
    }
    switch (container.state()) {
      case State.Created() -> json.addProperty("state", "created");
      case State.Running(VirtualTime since) -> state(json, "running", since, canonical);
      case State.Exited(VirtualTime at) -> state(json, "exited", at, canonical);
    }
    if (!canonical) {
      json.addProperty("created", container.program().created().nanos());
    }
    return json;
  }

  private static void state(JsonObject json, String word, VirtualTime since, boolean canonical) {
    json.addProperty("state", word);
    if (!canonical) {
      json.addProperty("since", since.nanos());
    }
  }

  private static JsonObject attachment(Attachment attachment) {
    JsonObject json = new JsonObject();
    json.addProperty("network", attachment.network());
    json.addProperty("device", attachment.device());
    attachment.asked().ip().ifPresent(a -> json.addProperty("asked", a.toString()));
    attachment.asked().ip6().ifPresent(a -> json.addProperty("asked6", a.toString()));
    attachment.address().ifPresent(a -> json.addProperty("address", a.toString()));
    attachment.address6().ifPresent(a -> json.addProperty("address6", a.toString()));
    return json;
  }

  private static JsonObject port(Published port) {
    JsonObject json = new JsonObject();
    port.on().ifPresent(a -> json.addProperty("on", a.toString()));
    json.addProperty("hostPort", port.hostPort().value());
    json.addProperty("port", port.port().value());
    json.addProperty("transport", port.transport().word());
    return json;
  }

  static PSortedMap<String, Engine> read(Fields document, Directory directory) throws MalformedException {
    PSortedMap<String, Engine> engines = TreePMap.empty();
    for (Json item : document.items("docker")) {
      PSortedMap<String, Engine> before = engines;
      engines = Fields.object(item, f -> {
        String host = f.text("host");
        if (!directory.has(host) || before.containsKey(host)) {
          throw f.malformed("host", before.containsKey(host)
              ? "there are two of host \"" + host + "\""
              : "there is no host \"" + host + "\"");
        }
        return before.plus(host, engine(f));
      });
    }
    return engines;
  }

  private static Engine engine(Fields fields) throws MalformedException {
    Engine engine = new Engine(fields.parsed("chains", "a release whose chains are known", Chains::of),
        fields.flag("forwards"), fields.number("serial", 0, Integer.MAX_VALUE),
        fields.list("networks", DockerCodec::network), fields.list("containers", DockerCodec::container),
        fields.optional("swarm", s -> Fields.object(s, DockerCodec::swarm)));
    for (Container container : engine.containers()) {
      for (Attachment attachment : container.isRunning() ? container.attachments() : List.<Attachment>of()) {
        if (engine.networks().stream().noneMatch(n -> n.name().equals(attachment.network())
            && n.pool().isPresent() == attachment.address().isPresent()
            && n.pool6().isPresent() == attachment.address6().isPresent())) {
          throw fields.malformed("containers",
              "container \"" + container.name() + "\" is in no network \"" + attachment.network() + "\"");
        }
      }
      if (container.wiring() instanceof Wiring.OfContainer(String id)
          && id.equals(container.id())) {
        throw fields.malformed("containers", "container \"" + container.name() + "\" is in its own namespace");
      }
    }
    return engine;
  }

  private static DockerNetwork network(Fields fields) throws MalformedException {
    Optional<IpPrefix> subnet = fields.optionalParsed("subnet", "a block of addresses",
        t -> IpPrefix.parse(t).filter(p -> p.address() instanceof Ipv4Address));
    Optional<DockerNetwork.Pool> pool = subnet.isEmpty() ? Optional.empty()
        : Optional.of(new DockerNetwork.Pool(subnet.get(), fields.parsed("gateway", "an address", Ipv4Address::parse),
            fields.flag("chosen")));
    DockerNetwork network = new DockerNetwork(fields.text("name"),
        fields.text("driver").equals("overlay") ? code(fields, "id") : id(fields), driver(fields), pool,
        fields.optional("ipv6", s -> Fields.object(s, DockerCodec::pool6)));
    boolean wants = !(network.driver() instanceof DockerNetwork.HostNetwork
        || network.driver() instanceof DockerNetwork.NoNetwork);
    if (wants != pool.isPresent()) {
      throw fields.malformed("name", "network \"" + network.name() + "\" has "
          + (wants ? "no addresses" : "addresses"));
    }
    boolean six = network.driver() instanceof DockerNetwork.Bridge || network.driver() instanceof DockerNetwork.Macvlan;
    if (network.pool6().isPresent() && !six) {
      throw fields.malformed("ipv6", "network \"" + network.name() + "\" is neither a bridge nor a macvlan");
    }
    return network;
  }

  private static DockerNetwork.Pool6 pool6(Fields fields) throws MalformedException {
    return new DockerNetwork.Pool6(fields.parsed("subnet", "a block of addresses", t -> IpPrefix.parse(t).filter(p -> p
        .address() instanceof Ipv6Address)), fields.parsed("gateway", "an address", Ipv6Address::parse),
        fields.flag("chosen"), mode(fields), fields.flag("forwards"));
  }

  private static GatewayMode mode(Fields fields) throws MalformedException {
    return fields.parsed("gatewayMode", "a mode of a gateway",
        t -> Stream.of(GatewayMode.values()).filter(m -> m.word().equals(t)).findFirst());
  }

  private static DockerNetwork.Driver driver(Fields fields) throws MalformedException {
    String word = fields.text("driver");
    return switch (word) {
      case "bridge" -> new DockerNetwork.Bridge(fields.text("device"), fields.flag("icc"), fields.flag("masquerade"),
          fields.flag("internal"), mode(fields));
      case "macvlan" -> new DockerNetwork.Macvlan(fields.text("parent"),
          fields.word("mode", MacvlanMode.class, MacvlanMode.BRIDGE), fields.flag("internal"));
      case "ipvlan" -> new DockerNetwork.Ipvlan(fields.text("parent"),
          fields.word("mode", IpvlanMode.class, IpvlanMode.L2),
          fields.word("flag", IpvlanFlag.class, IpvlanFlag.BRIDGE),
          fields.flag("internal"));
      case "overlay" -> new Overlay(fields.number("vni", 0, LAST_VNI), fields.word("use", Overlay.Use.class,
          Overlay.Use.SERVICES), fields.number("mtu", LEAST_MTU, GREATEST_MTU), fields.flag("internal"));
      case "host" -> new DockerNetwork.HostNetwork();
      case "null" -> new DockerNetwork.NoNetwork();
      default -> throw fields.malformed("driver", "\"" + word + "\" is no driver of a network");
    };
  }

  private static String id(Fields fields) throws MalformedException {
    return fields.parsed("id", "64 hexadecimal digits", t -> Optional.of(t).filter(i -> i.matches("[0-9a-f]{64}")));
  }

  private static Container container(Fields fields) throws MalformedException {
    List<String> command = new ArrayList<>();
    for (Json word : fields.items("command")) {
      command.add(Fields.text(word));
    }
    Container.Program program = new Container.Program(fields.text("image"), command,
        new VirtualTime(fields.longNumber("created", 0, 0)));
    return new Container(fields.text("name"), id(fields), program, wiring(fields), state(fields));
  }

  private static Wiring wiring(Fields fields) throws MalformedException {
    if (!fields.has("namespaceOf")) {
      return new Wiring.Own(fields.list("networks", DockerCodec::attachment),
          fields.list("published", DockerCodec::port));
    }
    String other = fields.text("namespaceOf");
    return other.equals("host") ? new Wiring.OfHost() : new Wiring.OfContainer(other);
  }

  private static State state(Fields fields) throws MalformedException {
    String word = fields.text("state");
    VirtualTime since = new VirtualTime(fields.longNumber("since", 0, 0));
    return switch (word) {
      case "created" -> new State.Created();
      case "running" -> new State.Running(since);
      case "exited" -> new State.Exited(since);
      default -> throw fields.malformed("state", "\"" + word + "\" is no state of a container");
    };
  }

  private static Attachment attachment(Fields fields) throws MalformedException {
    return new Attachment(fields.text("network"), fields.text("device"),
        new Container.Asked(fields.optionalParsed("asked", "an address", Ipv4Address::parse), fields.optionalParsed(
            "asked6", "an address", Ipv6Address::parse)),
        fields.optionalParsed("address", "an address", Ipv4Address::parse),
        fields.optionalParsed("address6", "an address", Ipv6Address::parse));
  }

  private static Published port(Fields fields) throws MalformedException {
    return new Published(fields.optionalParsed("on", "an address", IpAddress::parse),
        new PortNumber(fields.number("hostPort", 1, 65535)), new PortNumber(fields.number("port", 1, 65535)),
        fields.word("transport", Transport.class, Transport.TCP));
  }
}
