package org.hopscope.model.docker.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.Container.Attachment;
import org.hopscope.model.docker.Container.Wiring;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.DockerNetwork.Bridge;
import org.hopscope.model.docker.DockerNetwork.Ipvlan;
import org.hopscope.model.docker.DockerNetwork.Macvlan;
import org.hopscope.model.docker.DockerNetwork.Overlay;
import org.hopscope.model.docker.DockerNetwork.Pool;
import org.hopscope.model.docker.DockerNetwork.Pool6;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.Image;
import org.hopscope.model.docker.Swarm;
import org.hopscope.model.lab.AddressOptions;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewAddress;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.RouteMode;
import org.hopscope.model.lab.RouteOptions;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.IpvlanMode;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;

/**
 * All that an engine has on its host, by names that stay, in the order in which it is made. Left out of what Docker does:
 * rules of IPv6 as long as no network has IPv6, and docker-proxy's own connection to the container: a server of the
 * container's name listens in its place, so that 127.0.0.1 and the network's own containers find the published port.
 */
final class Constructs {
  /** What every bridge of Docker's with IPv6 has (bridge/setup_ipv6_linux.go). */
  private static final Ipv6Address LINK_LOCAL = Ipv6Address.of("fe80::1");
  private final String host;
  private final NetnsId root;
  private final Map<String, Engine> engines;
  private final Engine engine;
  private final BridgeRules rules;
  private final BridgeRules rules6;
  private final SequencedMap<String, Construct> all = new LinkedHashMap<>();

  private Constructs(String host, Map<String, Engine> engines) {
    this.host = host;
    this.engines = engines;
    engine = engines.getOrDefault(host, Engine.NONE);
    root = NetnsId.root(host);
    rules = new BridgeRules(host, engine.chains(), IpFamily.INET);
    rules6 = new BridgeRules(host, engine.chains(), IpFamily.INET6);
  }

  /** Those of one host; what other hosts keep matters where its daemon is in a swarm with theirs. */
  static SequencedMap<String, Construct> of(String host, Map<String, Engine> engines) {
    Constructs constructs = new Constructs(host, engines);
    if (constructs.engine.isStarted()) {
      constructs.collect();
    }
    return constructs.all;
  }

  private void collect() {
    if (engine.forwards()) {
      all.put("forwarding", new Construct(List.of(new Edit.WriteSysctl(root, "net.ipv4.ip_forward", "1")), List.of()));
    }
    all.put("chains", rules.daemon(engine.forwards()));
    List<Pool6> pools6 =
        engine.networks().stream().filter(n -> n.driver() instanceof Bridge).flatMap(n -> n.pool6().stream()).toList();
    if (!pools6.isEmpty()) {
      boolean forwards = pools6.stream().anyMatch(Pool6::forwards);
      if (forwards) {
        all.put("forwarding6",
            new Construct(List.of(new Edit.WriteSysctl(root, "net.ipv6.conf.default.forwarding", "1"),
                new Edit.WriteSysctl(root, "net.ipv6.conf.all.forwarding", "1")), List.of()));
      }
      all.put("chains6", rules6.daemon(forwards));
    }
    engine.swarm().ifPresent(this::swarm);
    engine.networks().forEach(this::network);
    engine.containers().stream().filter(Container::isRunning).forEach(this::container);
  }

  /** What listens on a node; its answers are no more than that it does. */
  private void swarm(Swarm swarm) {
    if (swarm.isManager()) {
      served("swarm", Transport.TCP, Swarm.PORT);
    }
    served("swarm", Transport.TCP, Swarm.GOSSIP);
    served("swarm", Transport.UDP, Swarm.GOSSIP);
  }

  private void served(String name, Transport transport, int port) {
    all.put(name + "/" + port + "/" + transport.word(),
        served(root, new Server(new PortNumber(port), transport, Optional.empty(), "dockerd")));
  }

  private void network(DockerNetwork network) {
    String name = "network/" + network.id();
    switch (network.driver()) {
      case Bridge bridge -> {
        Pool pool = network.pool().orElseThrow();
        all.put(name, bridge(bridge, pool, network.pool6()));
        all.put(name + "/rules/" + engine.chains(), rules.network(bridge, pool.subnet()));
        network.pool6().ifPresent(p -> all.put(name + "/rules6/" + engine.chains(), rules6.network(p.of(bridge), p
            .subnet())));
      }
      case Macvlan(String parent, var _, var _) -> all.put(name, vlan(parent));
      case Ipvlan(String parent, var _, var _, var _) -> all.put(name, vlan(parent));
      case Overlay overlay -> overlay(name, OverlaySandbox.of(host, network, overlay));
      case DockerNetwork.HostNetwork() -> {
      }
      case DockerNetwork.NoNetwork() -> {
      }
    }
  }

  /** It is there while a container of this host is in it, and knows those of the others. */
  private void overlay(String name, OverlaySandbox sandbox) {
    List<Swarms.Member> members = Swarms.members(engines, sandbox.network());
    if (members.stream().noneMatch(m -> m.host().equals(host))) {
      return;
    }
    all.put(name, sandbox.itself());
    for (Swarms.Member member : members) {
      if (!member.host().equals(host)) {
        engines.get(member.host()).swarm().ifPresent(s -> all.put(name + "/peer/" + member.container().id(),
            sandbox.peer(member.address(), s.address())));
      }
    }
  }

  private Construct bridge(Bridge bridge, Pool pool, Optional<Pool6> pool6) {
    DeviceRef device = new DeviceRef(root, bridge.device());
    List<Edit> make = new ArrayList<>(List.of(
        new Edit.AddBridge(new NewLink(device, Optional.of(Devices.mac(device.name() + host)), Optional.empty(),
            Optional.empty(), false), BridgeChange.NONE),
        address(device, pool.gateway(), pool.subnet()), up(device)));
    pool6.ifPresent(p -> {
      make.add(address6(device, p.gateway(), p.subnet().length()));
      make.add(address6(device, LINK_LOCAL, 64));
    });
    if (!bridge.icc()) {
      make.add(new Edit.WriteSysctl(root, "net.bridge.bridge-nf-call-iptables", "1"));
      pool6.ifPresent(_ -> make.add(new Edit.WriteSysctl(root, "net.bridge.bridge-nf-call-ip6tables", "1")));
    }
    return new Construct(make, List.of(new Edit.DeleteLink(device)));
  }

  /** A parent {@code eth0.10} is made where it is missing: VLAN 10 on eth0 (moby drivers/macvlan/macvlan_setup.go). */
  private Construct vlan(String parent) {
    int dot = parent.lastIndexOf('.');
    if (dot < 0 || !parent.substring(dot + 1).matches("[0-9]{1,4}")) {
      return new Construct(List.of(), List.of());
    }
    DeviceRef device = new DeviceRef(root, parent);
    int id = Integer.parseInt(parent.substring(dot + 1));
    return new Construct(List.of(new Edit.AddLink(NewLink.named(device),
        Optional.of(new DeviceRef(root, parent.substring(0, dot))),
        new LinkInfo.Vlan(Optional.of(id), Optional.empty())),
        up(device)), List.of());
  }

  private void container(Container container) {
    String name = "container/" + container.id();
    switch (container.wiring()) {
      case Wiring.Own own -> {
        NetnsId netns = Sandbox.own(host, container);
        all.put(name, new Construct(List.of(new Edit.AddNetns(netns), up(new DeviceRef(netns, "lo"))),
            List.of(new Edit.DeleteNetns(netns))));
        own.attachments().forEach(a -> attachment(container, netns, a));
        container.gateway(engine).ifPresent(g -> gateway(container, netns, g));
        if (EmbeddedNames.isFor(engine, container)) {
          all.put(name + "/names", EmbeddedNames.rules(netns, container));
          for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
            all.put(name + "/names/" + transport, served(netns, EmbeddedNames.server(container, transport)));
          }
        }
        serve(name, container, netns);
      }
      case Wiring.OfHost() -> serve(name, container, root);
      case Wiring.OfContainer(String id) -> engine.container(id).filter(Container::isRunning).ifPresent(
          o -> serve(name, container, o.wiring() instanceof Wiring.OfHost ? root : Sandbox.own(host, o)));
    }
  }

  private void attachment(Container container, NetnsId netns, Attachment attachment) {
    DockerNetwork network = engine.network(attachment.network()).orElseThrow();
    if (attachment.address().isEmpty() || network.pool().isEmpty()) {
      return;
    }
    Ipv4Address address = attachment.address().get();
    DeviceRef inside = new DeviceRef(netns, attachment.device());
    if (network.driver() instanceof Overlay overlay) {
      all.put("container/" + container.id() + "/" + network.id(),
          OverlaySandbox.of(host, network, overlay).container(container, inside, address));
      return;
    }
    Optional<Edit> link = link(container, network, inside, address);
    if (link.isEmpty()) {
      return;
    }
    String name = "container/" + container.id() + "/" + network.id();
    List<Edit> make = new ArrayList<>(List.of(link.get()));
    List<Edit> unmake = new ArrayList<>();
    if (network.driver() instanceof Bridge bridge) {
      DeviceRef outside = new DeviceRef(root, Devices.hostEnd(container, network));
      make.add(new Edit.SetLink(outside, LinkChange.master(bridge.device())));
      make.add(up(outside));
      unmake.add(new Edit.DeleteLink(outside));
      all.put(name + "/closed/" + engine.chains(), rules.endpoint(bridge, address));
      attachment.address6().ifPresent(a -> network.pool6().ifPresent(p -> all.put(name + "/closed6/" + engine.chains(),
          rules6.endpoint(p.of(bridge), a))));
    } else {
      unmake.add(new Edit.DeleteLink(inside));
    }
    make.add(address(inside, address, network.pool().get().subnet()));
    attachment.address6().ifPresent(a -> network.pool6().ifPresent(p -> make.add(address6(inside, a, p.subnet()
        .length()))));
    make.add(up(inside));
    all.put(name, new Construct(make, unmake));
  }

  private Optional<Edit> link(Container container, DockerNetwork network, DeviceRef inside, Ipv4Address address) {
    Optional<MacAddress> mac = Optional.of(Devices.mac(address));
    NewLink named = NewLink.named(inside);
    NewLink link = new NewLink(inside, mac, Optional.empty(), Optional.empty(), false);
    return switch (network.driver()) {
      case Bridge _ -> Optional.of(new Edit.AddVeth(
          NewLink.named(new DeviceRef(root, Devices.hostEnd(container, network))), link));
      case Macvlan(String parent, var mode, var _) -> Optional.of(new Edit.AddLink(link,
          Optional.of(new DeviceRef(root, parent)), new LinkInfo.Macvlan(Optional.of(mode))));
      case Ipvlan(String parent, var mode, var flag, var _) -> Optional.of(new Edit.AddLink(named,
          Optional.of(new DeviceRef(root, parent)), new LinkInfo.Ipvlan(Optional.of(mode), Optional.of(flag))));
      case Overlay _ -> Optional.empty();
      case DockerNetwork.HostNetwork() -> Optional.empty();
      case DockerNetwork.NoNetwork() -> Optional.empty();
    };
  }

  /** The default route, and the ports that are published there. */
  private void gateway(Container container, NetnsId netns, Attachment gateway) {
    DockerNetwork network = engine.network(gateway.network()).orElseThrow();
    if (network.pool().isEmpty() || gateway.address().isEmpty()) {
      return;
    }
    String name = "container/" + container.id();
    boolean onLink = network.driver() instanceof Ipvlan(var _, IpvlanMode mode, var _, var _) && mode != IpvlanMode.L2;
    NewRoute route = new NewRoute(new IpPrefix(Ipv4Address.ANY, 0), RouteType.UNICAST,
        onLink ? Optional.empty() : Optional.of(network.pool().get().gateway()), Optional.of(gateway.device()), false,
        RouteOptions.NONE);
    all.put(name + "/gateway", new Construct(List.of(new Edit.AddRoute(netns, route, RouteMode.ADD)),
        List.of(new Edit.DeleteRoute(netns, route, true))));
    network.pool6().filter(_ -> gateway.address6().isPresent()).ifPresent(p -> {
      NewRoute route6 = new NewRoute(new IpPrefix(Ipv6Address.ANY, 0), RouteType.UNICAST, Optional.of(p.gateway()),
          Optional.of(gateway.device()), false, RouteOptions.NONE);
      all.put(name + "/gateway6", new Construct(List.of(new Edit.AddRoute(netns, route6, RouteMode.ADD)),
          List.of(new Edit.DeleteRoute(netns, route6, true))));
    });
    if (network.driver() instanceof Bridge bridge) {
      for (Container.Published port : container.published()) {
        String where = name + "/port/" + port.bound() + "/" + port.transport().word();
        if (port.isOf(IpFamily.INET)) {
          all.put(where + "/" + engine.chains(), rules.port(bridge, gateway.address().get(), port));
        }
        gateway.address6().filter(_ -> port.isOf(IpFamily.INET6)).ifPresent(a -> network.pool6().ifPresent(p -> all.put(
            where + "/6/" + engine.chains(), rules6.port(p.of(bridge), a, port))));
        if (bridge.gateway() != DockerNetwork.GatewayMode.ROUTED) {
          all.put(where, served(root, new Server(port.hostPort(), port.transport(), port.on(),
              container.name() + " by docker-proxy")));
        }
      }
    }
  }

  private void serve(String name, Container container, NetnsId netns) {
    if (container.program().command().isEmpty()) {
      Image.of(container.program().image()).flatMap(Image::port).ifPresent(p -> all.put(name + "/server",
          served(netns, new Server(p, Transport.TCP, Optional.empty(), container.name()))));
    }
  }

  private static Construct served(NetnsId netns, Server server) {
    return new Construct(List.of(new Edit.Serve(netns, server)),
        List.of(new Edit.Unserve(netns, Optional.of(server.port()), Optional.of(server.transport()))));
  }

  static Edit up(DeviceRef device) {
    return new Edit.SetLink(device, LinkChange.up(true));
  }

  /** Nobody is asked whether an address is somebody's already: it can be used at once (libnetwork osl, nodad). */
  private static Edit address6(DeviceRef device, Ipv6Address address, int length) {
    return new Edit.AddAddress(device, new NewAddress(new InterfaceAddress(address, length), Optional.empty(),
        Optional.empty(), Optional.empty(), Optional.empty(), false, new AddressOptions(true, 0, Optional.empty(),
            Optional.empty())),
        false);
  }

  static Edit address(DeviceRef device, Ipv4Address address, IpPrefix subnet) {
    return new Edit.AddAddress(device,
        new NewAddress(new InterfaceAddress(address, subnet.length()), Optional.empty(),
            subnet.length() < 31 ? Optional.of(address.broadcast(subnet.length())) : Optional.empty(), Optional.empty(),
            Optional.empty(), false),
        false);
  }
}
