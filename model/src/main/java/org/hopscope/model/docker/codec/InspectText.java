package org.hopscope.model.docker.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.internal.Streams;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.Container.Attachment;
import org.hopscope.model.docker.Container.Wiring;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.DockerNetwork.Bridge;
import org.hopscope.model.docker.DockerNetwork.Overlay;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.linux.Devices;
import org.hopscope.model.docker.linux.Networks;
import org.hopscope.model.docker.linux.Swarms;

/** Networks and containers as {@code docker inspect} shows them: the fields that say something about networks. */
public final class InspectText {
  private InspectText() {
  }

  /** The lines of all that was asked for. */
  public static List<String> of(Map<String, Engine> engines, Engine engine, List<Container> containers,
      List<DockerNetwork> networks) {
    JsonArray found = new JsonArray();
    containers.forEach(c -> found.add(container(engine, c)));
    networks.forEach(n -> found.add(network(engines, engine, n)));
    return text(found);
  }

  /**
   * What a template makes of each, one after the other.
   *
   * @throws InspectFormat.TemplateException what of it is not understood
   */
  public static List<String> formatted(Map<String, Engine> engines, Engine engine, List<Container> containers,
      List<DockerNetwork> networks, String template) throws InspectFormat.TemplateException {
    List<String> lines = new ArrayList<>();
    for (Container container : containers) {
      lines.add(InspectFormat.of(container(engine, container), template));
    }
    for (DockerNetwork network : networks) {
      lines.add(InspectFormat.of(network(engines, engine, network), template));
    }
    return lines;
  }

  private static List<String> text(JsonElement json) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      writer.setIndent("    ");
      writer.setHtmlSafe(false);
      Streams.write(json, writer);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString().lines().toList();
  }

  private static JsonObject network(Map<String, Engine> engines, Engine engine, DockerNetwork network) {
    JsonObject json = new JsonObject();
    json.addProperty("Name", network.name());
    json.addProperty("Id", network.id());
    json.addProperty("Scope", network.scope());
    json.addProperty("Driver", network.driver().word());
    json.addProperty("EnableIPv4", true);
    json.addProperty("EnableIPv6", network.pool6().isPresent());
    JsonArray config = new JsonArray();
    network.pool().ifPresent(p -> {
      JsonObject block = new JsonObject();
      block.addProperty("Subnet", p.subnet().toString());
      block.addProperty("Gateway", p.gateway().toString());
      config.add(block);
    });
    network.pool6().ifPresent(p -> {
      JsonObject block = new JsonObject();
      block.addProperty("Subnet", p.subnet().toString());
      block.addProperty("Gateway", p.gateway().toString());
      config.add(block);
    });
    JsonObject ipam = new JsonObject();
    ipam.addProperty("Driver", "default");
    ipam.add("Config", config);
    json.add("IPAM", ipam);
    json.addProperty("Internal", network.driver().isInternal());
    Optional<Overlay.Use> use =
        network.driver() instanceof Overlay overlay ? Optional.of(overlay.use()) : Optional.empty();
    json.addProperty("Attachable", use.equals(Optional.of(Overlay.Use.ATTACHABLE)));
    json.addProperty("Ingress", use.equals(Optional.of(Overlay.Use.INGRESS)));
    JsonObject members = new JsonObject();
    engine.membersOf(network).stream().filter(Container::isRunning).forEach(c -> {
      Attachment attachment = c.attachment(network.name()).orElseThrow();
      JsonObject member = new JsonObject();
      member.addProperty("Name", Networks.endpoint(c, network));
      attachment.address().ifPresent(a -> {
        member.addProperty("MacAddress", Devices.mac(a).toString());
        member.addProperty("IPv4Address", a + "/" + network.pool().orElseThrow().subnet().length());
      });
      member.addProperty("IPv6Address", attachment.address6().map(a -> a + "/" + network.pool6().orElseThrow().subnet()
          .length()).orElse(""));
      members.add(c.id(), member);
    });
    json.add("Containers", members);
    json.add("Options", options(network.driver()));
    json.add("Labels", new JsonObject());
    if (network.isShared() && !members.isEmpty()) {
      json.add("Peers", peers(engines, network));
    }
    return json;
  }

  /** The nodes that have a container in an overlay network, as one of them shows it. */
  private static JsonArray peers(Map<String, Engine> engines, DockerNetwork network) {
    JsonArray peers = new JsonArray();
    Swarms.members(engines, network).stream().map(m -> engines.get(m.host())).distinct()
        .flatMap(e -> e.swarm().stream()).forEach(s -> {
          JsonObject peer = new JsonObject();
          peer.addProperty("Name", s.node().substring(0, 12));
          peer.addProperty("IP", s.address().toString());
          peers.add(peer);
        });
    return peers;
  }

  private static JsonObject options(DockerNetwork.Driver driver) {
    JsonObject options = new JsonObject();
    String begin = "com.docker.network.bridge.";
    switch (driver) {
      case Bridge bridge -> {
        options.addProperty(begin + "name", bridge.device());
        options.addProperty(begin + "enable_icc", Boolean.toString(bridge.icc()));
        options.addProperty(begin + "enable_ip_masquerade", Boolean.toString(bridge.masquerade()));
        options.addProperty(begin + "gateway_mode_ipv4", bridge.gateway().word());
      }
      case DockerNetwork.Macvlan(String parent, var mode, var _) -> {
        options.addProperty("parent", parent);
        options.addProperty("macvlan_mode", mode.word());
      }
      case DockerNetwork.Ipvlan(String parent, var mode, var flag, var _) -> {
        options.addProperty("parent", parent);
        options.addProperty("ipvlan_mode", mode.word());
        options.addProperty("ipvlan_flag", flag.word());
      }
      case Overlay overlay -> {
        if (overlay.mtu() != Overlay.USUAL_MTU) {
          options.addProperty("com.docker.network.driver.mtu", Integer.toString(overlay.mtu()));
        }
        options.addProperty("com.docker.network.driver.overlay.vxlanid_list", Integer.toString(overlay.vni()));
      }
      case DockerNetwork.HostNetwork() -> {
      }
      case DockerNetwork.NoNetwork() -> {
      }
    }
    return options;
  }

  private static JsonObject container(Engine engine, Container container) {
    JsonObject json = new JsonObject();
    json.addProperty("Id", container.id());
    JsonObject state = new JsonObject();
    state.addProperty("Status", switch (container.state()) {
      case Container.State.Created() -> "created";
      case Container.State.Running _ -> "running";
      case Container.State.Exited _ -> "exited";
    });
    state.addProperty("Running", container.isRunning());
    state.addProperty("Pid", engine.process(container));
    json.add("State", state);
    json.addProperty("Name", "/" + container.name());
    JsonObject config = new JsonObject();
    config.addProperty("Hostname", container.id().substring(0, 12));
    config.addProperty("Image", container.program().image());
    json.add("Config", config);
    JsonObject hostConfig = new JsonObject();
    hostConfig.addProperty("NetworkMode", mode(container));
    json.add("HostConfig", hostConfig);
    JsonObject settings = new JsonObject();
    settings.add("Ports", ports(engine, container));
    JsonObject networks = new JsonObject();
    container.attachments().stream().filter(a -> !a.network().equals(DockerNetwork.GATEWAY))
        .forEach(a -> networks.add(a.network(), endpoint(engine, container, a)));
    settings.add("Networks", networks);
    json.add("NetworkSettings", settings);
    return json;
  }

  private static String mode(Container container) {
    return switch (container.wiring()) {
      case Wiring.Own(List<Attachment> attachments, var _) ->
          attachments.isEmpty() ? "none" : attachments.getFirst().network();
      case Wiring.OfHost() -> "host";
      case Wiring.OfContainer(String id) -> "container:" + id;
    };
  }

  private static JsonObject ports(Engine engine, Container container) {
    JsonObject ports = new JsonObject();
    if (container.isRunning() && container.gateway(engine).isPresent()) {
      boolean ipv6 = container.gateway(engine).get().address6().isPresent();
      for (Container.Published port : container.published()) {
        String key = port.port() + "/" + port.transport().word();
        JsonArray all = ports.has(key) ? ports.getAsJsonArray(key) : new JsonArray();
        all.add(bound(port, port.on().map(Object::toString).orElse("0.0.0.0")));
        if (ipv6 && port.on().isEmpty()) {
          all.add(bound(port, "::"));
        }
        ports.add(key, all);
      }
    }
    return ports;
  }

  private static JsonObject bound(Container.Published port, String on) {
    JsonObject bound = new JsonObject();
    bound.addProperty("HostIp", on);
    bound.addProperty("HostPort", port.hostPort().toString());
    return bound;
  }

  private static JsonObject endpoint(Engine engine, Container container, Attachment attachment) {
    Optional<DockerNetwork> network = engine.network(attachment.network());
    Optional<DockerNetwork.Pool> pool = network.flatMap(DockerNetwork::pool).filter(_ -> container.isRunning());
    JsonObject json = new JsonObject();
    json.addProperty("MacAddress", attachment.address().map(a -> Devices.mac(a).toString()).orElse(""));
    json.addProperty("NetworkID", network.map(DockerNetwork::id).orElse(""));
    json.addProperty("Gateway", pool.filter(_ -> network.filter(DockerNetwork::leadsOut).isPresent())
        .map(p -> p.gateway().toString()).orElse(""));
    json.addProperty("IPAddress", attachment.address().map(Object::toString).orElse(""));
    json.addProperty("IPPrefixLen", pool.map(p -> p.subnet().length()).orElse(0));
    Optional<DockerNetwork.Pool6> pool6 = network.flatMap(DockerNetwork::pool6).filter(_ -> container.isRunning());
    json.addProperty("IPv6Gateway", pool6.filter(_ -> network.filter(DockerNetwork::leadsOut).isPresent())
        .map(p -> p.gateway().toString()).orElse(""));
    json.addProperty("GlobalIPv6Address", attachment.address6().map(Object::toString).orElse(""));
    json.addProperty("GlobalIPv6PrefixLen", pool6.map(p -> p.subnet().length()).orElse(0));
    return json;
  }
}
