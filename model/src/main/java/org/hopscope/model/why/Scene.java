package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.shell.Places;
import org.hopscope.model.shell.RouteText;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Failure;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** What a failed probe has to do with: where it went and should have gone, and what it asked there. */
final class Scene {
  /** In a namespace with more devices only those that the packets met count. */
  private static final int FEW = 16;
  /** Steps looked at: the beginning of a storm tells as much as all of it. */
  private static final int STEPS = 5_000;

  final LabState lab;
  final Trace trace;
  final Segments segments;
  final Optional<Step> death;
  /** The namespaces that its packets went through, those hit by a flood left out; the one where it died first. */
  final Set<NetnsId> path = new LinkedHashSet<>();
  final Set<DeviceId> devices = new LinkedHashSet<>();
  /** What was looked up, in the order of the steps. */
  final List<Lookup> lookups = new ArrayList<>();
  /** For which addresses each namespace of the path looked for a way. */
  final Map<NetnsId, Set<IpAddress>> sought = new LinkedHashMap<>();
  private final Set<IpAddress> wanted = new LinkedHashSet<>();
  private final Map<IpAddress, List<Device>> owners = new HashMap<>();

  Scene(Trace trace) {
    this.trace = trace;
    lab = trace.start();
    segments = new Segments(lab);
    death = new Failure(trace).decisive();
    for (Device device : lab.devices().values()) {
      device.globalAddresses().forEach(a -> owners.computeIfAbsent(a.address(), _ -> new ArrayList<>()).add(device));
    }
    death.ifPresent(d -> path.add(d.where()));
    path.add(trace.probe().from());
    wanted.add(trace.probe().to());
    List<Step> steps = trace.steps().subList(0, Math.min(STEPS, trace.steps().size()));
    Set<Integer> bystanders = bystanders(steps);
    steps.stream().filter(s -> !bystanders.contains(s.copy())).forEach(this::met);
    wanted.stream().flatMap(a -> owners(a).stream()).forEach(d -> {
      path.add(d.netns());
      devices.add(d.id());
    });
    for (NetnsId netns : path) {
      List<Device> here = lab.devicesOf(netns);
      here.stream().filter(d -> here.size() <= FEW || d.isBridge() || d.isLoopback()).forEach(d -> devices.add(d.id()));
    }
    widen();
    widen();
  }

  private Set<Integer> bystanders(List<Step> steps) {
    Set<Integer> found = new HashSet<>();
    for (Step step : steps) {
      if (step.event() instanceof Event.Ended(Fate.Died(DropReason why)) && isStray(why)
          && death.filter(d -> d.copy() == step.copy()).isEmpty()) {
        found.add(step.copy());
      }
    }
    return found;
  }

  private void met(Step step) {
    path.add(step.where());
    step.device().ifPresent(devices::add);
    if (step.event() instanceof Event.Looked(Lookup lookup)) {
      lookups.add(lookup);
      if (lookup instanceof Lookup.RouteLookup route) {
        sought.computeIfAbsent(route.netns(), _ -> new LinkedHashSet<>()).add(route.destination());
        wanted.add(route.destination());
        route.hop().ifPresent(h -> {
          devices.add(h.device());
          h.via().ifPresent(wanted::add);
        });
      } else if (lookup instanceof Lookup.NeighbourLookup neighbour) {
        wanted.add(neighbour.nextHop());
      }
    }
  }

  /** With what each device hangs on: its far end, its bridge, what it stands on or is made of. */
  private void widen() {
    for (DeviceId id : List.copyOf(devices)) {
      Device device = lab.device(id);
      device.peer().ifPresent(devices::add);
      device.lower().ifPresent(devices::add);
      device.port().map(BridgePort::bridge).ifPresent(devices::add);
      devices.addAll(device.kind().slaves());
      List<Device> ports = device.isBridge() ? lab.portsOf(id) : List.of();
      ports.stream().filter(p -> ports.size() <= FEW || p.kind() instanceof DeviceKind.Tunnel)
          .forEach(p -> devices.add(p.id()));
      if (device.kind() instanceof DeviceKind.Tunnel) {
        segments.around(id).stream().filter(d -> d.kind() instanceof DeviceKind.Tunnel)
            .forEach(d -> devices.add(d.id()));
      }
    }
  }

  /** Whether a copy died of having been flooded to another station. */
  static boolean isStray(DropReason why) {
    return Failure.isBystander(why) && why != DropReason.NO_OTHER_PORT && why != DropReason.SAME_PORT;
  }

  /** The devices it has to do with. */
  List<Device> devices() {
    return devices.stream().map(lab::device).toList();
  }

  /** The addresses that packets were for, and those of the routers they were sent to. */
  Set<IpAddress> wanted() {
    return wanted;
  }

  /** How many count on an address: by routes, or as the far end of a tunnel. */
  long users(IpAddress address) {
    long routes = lab.netns().values().stream().filter(n -> n.tables(address.family()).byNumber().values().stream()
        .flatMap(t -> t.rows().stream()).flatMap(r -> r.hops().stream())
        .anyMatch(h -> h.via().filter(address::equals).isPresent())).count();
    long tunnels = lab.devices().values().stream().filter(d -> d.kind() instanceof DeviceKind.Tunnel t
        && t.outer().remote().filter(address::equals).isPresent()
        || lab.learned().fdbs().containsKey(d.id()) && lab.learned().fdb(d.id()).rows().values().stream()
            .anyMatch(row -> row.remotes().stream().anyMatch(r -> r.address().equals(address))))
        .count();
    return routes + tunnels;
  }

  /** The commands that put routes back which go with a device or its address. */
  List<Idea.Deed> routesOf(Device device) {
    List<Idea.Deed> all = new ArrayList<>();
    Netns netns = lab.find(device.netns()).orElseThrow();
    for (IpFamily family : IpFamily.values()) {
      netns.tables(family).byNumber().forEach((number, table) -> table.rows().stream()
          .filter(r -> number != Netns.LOCAL && r.leavesBy(device.id())
              && !r.origin().protocol().equals(RouteProtocol.KERNEL))
          .forEach(
              r -> all.add(new Idea.Typed(device.netns(), (family == IpFamily.INET6 ? "ip -6" : "ip") + " route add "
                  + words(r) + (number == Netns.MAIN ? "" : " table " + number)))));
    }
    return all;
  }

  /** A route as it can be typed. */
  String words(Route route) {
    return RouteText.line(lab, route).replace(" linkdown", "").replace(" dead", "").replace(" pref medium", "");
  }

  /** Addresses that nobody has though somebody counts on them: routes lead by them, a tunnel's peer is said to have them. */
  Set<IpAddress> orphans() {
    Set<IpAddress> all = new LinkedHashSet<>();
    lab.netns().values().stream().flatMap(n -> Stream.of(n.inet(), n.inet6()))
        .flatMap(t -> t.byNumber().values().stream())
        .flatMap(t -> t.rows().stream()).flatMap(r -> r.hops().stream()).flatMap(h -> h.via().stream())
        .forEach(all::add);
    for (Device device : lab.devices().values()) {
      if (device.kind() instanceof DeviceKind.WireGuard(var _, var settings)) {
        settings.peers().stream().flatMap(p -> p.allowedIps().stream()).filter(IpPrefix::isHost)
            .forEach(a -> all.add(a.address()));
      } else if (device.kind() instanceof DeviceKind.Tunnel tunnel) {
        tunnel.outer().remote().ifPresent(all::add);
        lab.learned().fdb(device.id()).rows().values()
            .forEach(row -> row.remotes().forEach(r -> all.add(r.address())));
      }
    }
    all.removeIf(a -> !owners(a).isEmpty() || a.isLinkLocal());
    return all;
  }

  /** The devices that have an address. */
  List<Device> owners(IpAddress address) {
    return owners.getOrDefault(address, List.of());
  }

  /** The reason of the decisive death. */
  Optional<DropReason> reason() {
    return death.flatMap(
        s -> s.event() instanceof Event.Ended(Fate.Died(DropReason why)) ? Optional.of(why) : Optional.empty());
  }

  boolean died(DropReason... reasons) {
    return reason().filter(List.of(reasons)::contains).isPresent();
  }

  /** How far a namespace is from where it was decided: something to add to an idea's cost. */
  double distance(NetnsId netns) {
    if (death.filter(d -> d.where().equals(netns)).isPresent()) {
      return 0;
    }
    return path.contains(netns) ? 0.2 : 0.4;
  }

  /** As people say it: a machine by its name alone, without the mark it has where a namespace is asked for. */
  String name(NetnsId netns) {
    return netns.isRoot() ? netns.host() : Places.name(lab, netns);
  }

  /** {@code web:eth0}. */
  String name(Device device) {
    return name(device.netns()) + ":" + device.name();
  }
}
