package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.OuterWish;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Outer;
import org.hopscope.model.net.VxlanSettings;
import org.hopscope.model.net.WireGuardPeer;
import org.hopscope.model.net.WireGuardSettings;
import org.hopscope.model.trace.DropReason;

/** What may be wrong with VLANs and tunnels: the number of the network, the port, the ends, the peers. */
final class TunnelIdeas {
  private final Scene scene;
  private final Ideas ideas;

  private TunnelIdeas(Scene scene, Ideas ideas) {
    this.scene = scene;
    this.ideas = ideas;
  }

  static void have(Scene scene, Ideas ideas) {
    TunnelIdeas tunnels = new TunnelIdeas(scene, ideas);
    for (Device device : scene.devices()) {
      if (device.kind() instanceof DeviceKind.Vlan vlan) {
        tunnels.vlan(device, vlan);
      } else if (device.kind() instanceof DeviceKind.Vxlan vxlan) {
        tunnels.vxlan(device, vxlan);
      } else if (device.kind() instanceof DeviceKind.WireGuard wg) {
        tunnels.wireguard(device, wg);
      }
    }
  }

  private Stream<Device> others(Device device) {
    return scene.lab.devices().values().stream().filter(d -> !d.id().equals(device.id()));
  }

  private Set<IpPrefix> networks(Device device) {
    return Stream.concat(Stream.of(device), scene.segments.around(device.id()).stream()
        .filter(d -> d.netns().equals(device.netns()) || d.peer().isPresent()))
        .flatMap(d -> d.globalAddresses().stream()).map(InterfaceAddress::network).collect(Collectors.toSet());
  }

  /** The numbers that others of a kind have, with how many of them are of the same networks as this one. */
  private Map<Integer, Long> numbers(Device device, Function<Device, Optional<Integer>> number) {
    Set<IpPrefix> own = networks(device);
    Map<Integer, Long> all = new TreeMap<>();
    others(device).forEach(d -> number.apply(d).ifPresent(n -> all.merge(n,
        networks(d).stream().anyMatch(own::contains) ? 1L : 0L, Long::sum)));
    return all;
  }

  /** The VLANs that a switch at the other end of the cable puts tags on for, and that no device here is for. */
  private Stream<Integer> carried(DeviceKind.Vlan vlan) {
    Set<Integer> own = scene.lab.uppersOf(vlan.below()).stream()
        .flatMap(d -> d.kind() instanceof DeviceKind.Vlan(var _, int id, int _) ? Stream.of(id) : Stream.empty())
        .collect(Collectors.toSet());
    return scene.lab.device(vlan.below()).peer().map(scene.lab::device).flatMap(Device::port).map(BridgePort::vlans)
        .stream().flatMap(v -> v.vlans().stream().filter(id -> !v.leavesUntagged(id) && !own.contains(id)));
  }

  private void vlan(Device device, DeviceKind.Vlan vlan) {
    Map<Integer, Long> ids = numbers(device,
        d -> d.kind() instanceof DeviceKind.Vlan(var _, int id, int _) ? Optional.of(id) : Optional.empty());
    long like = ids.getOrDefault(vlan.id(), 0L);
    carried(vlan).filter(id -> id != vlan.id()).forEach(id -> ids.put(id, like + 1));
    ids.forEach((id, count) -> {
      if (id != vlan.id()) {
        Device below = scene.lab.device(vlan.below());
        LinkInfo info = new LinkInfo.Vlan(Optional.of(id), Optional.of(vlan.protocol()));
        ideas.add(
            (count > like ? 0.1 : count > 0 ? 0.3 : 1.2) + byName(device, vlan.id(), id)
                + scene.distance(device.netns()),
            Sentences.say("vlan.id", scene.name(device), vlan.id(), id),
            again(device, new Edit.AddLink(link(device, below.netns()), Optional.of(below.ref()), info)));
      }
    });
  }

  /** People call such devices by their number: a hint which one was meant. */
  private static double byName(Device device, int now, int other) {
    return device.name().matches(".*\\D0*" + other) ? -0.25 : device.name().matches(".*\\D0*" + now) ? 0.25 : 0;
  }

  private static NewLink link(Device device, NetnsId where) {
    return new NewLink(new DeviceRef(where, device.name()), Optional.empty(),
        device.link().mtuByHand() ? Optional.of(device.link().mtu()) : Optional.empty(), Optional.empty(), false);
  }

  /** A device is made anew, with all that hung on it. */
  private List<Idea.Deed> again(Device device, Edit.AddLink made) {
    List<Idea.Deed> deeds = new ArrayList<>();
    NetnsId at = device.netns();
    deeds.add(new Idea.Done(new Edit.DeleteLink(device.ref())));
    deeds.add(new Idea.Done(made));
    if (!made.link().ref().netns().equals(at)) {
      deeds.add(new Idea.Done(new Edit.SetLink(made.link().ref(), LinkChange.netns(at))));
    }
    device.port().ifPresent(p -> deeds.add(typed(at,
        "ip link set dev " + device.name() + " master " + scene.lab.device(p.bridge()).name())));
    device.globalAddresses().forEach(a -> deeds.add(typed(at, "ip addr add " + a + " dev " + device.name())));
    if (device.isUp()) {
      deeds.add(typed(at, "ip link set dev " + device.name() + " up"));
    }
    deeds.addAll(scene.routesOf(device));
    if (device.kind() instanceof DeviceKind.Vxlan vxlan) {
      for (FdbEntry row : scene.lab.learned().fdb(device.id()).rows().values()) {
        row.remotes().stream().filter(r -> row.kind() != FdbEntry.Kind.LEARNED)
            .filter(r -> !vxlan.outer().remote().equals(Optional.of(r.address())))
            .forEach(r -> deeds.add(typed(at, "bridge fdb append " + row.mac() + " dev " + device.name() + " dst "
                + r.address())));
      }
    }
    return deeds;
  }

  private static Idea.Deed typed(NetnsId at, String line) {
    return new Idea.Typed(at, line);
  }

  private OuterWish wish(DeviceKind.Vxlan vxlan, Optional<IpAddress> remote) {
    Outer outer = vxlan.outer();
    return new OuterWish(vxlan.home(), outer.local(), remote,
        outer.device().map(scene.lab::device).map(Device::ref), Optional.of(outer.ttl()), Optional.empty());
  }

  private void vxlan(Device device, DeviceKind.Vxlan vxlan) {
    VxlanSettings settings = vxlan.settings();
    double far = scene.distance(device.netns());
    Map<Integer, Long> ids = numbers(device,
        d -> d.kind() instanceof DeviceKind.Vxlan(var _, var _, var s) ? Optional.of(s.id()) : Optional.empty());
    Map<Integer, Long> ports = numbers(device,
        d -> d.kind() instanceof DeviceKind.Vxlan(var _, var _, var s) && (s.id() == settings.id())
            ? Optional.of(s.port())
            : Optional.empty());
    ids.forEach((id, count) -> {
      if (id != settings.id()) {
        VxlanSettings other = new VxlanSettings(id, settings.port(), settings.sources(), settings.flags(),
            settings.learning(), settings.df());
        long like = ids.getOrDefault(settings.id(), 0L);
        ideas.add((count > like ? 0.05 : count > 0 ? 0.3 : 0.9) + byName(device, settings.id(), id) + far,
            Sentences.say("vxlan.id", scene.name(device), settings.id(), id),
            again(device, new Edit.AddLink(link(device, vxlan.home()), Optional.empty(),
                LinkInfo.Vxlan.like(other, wish(vxlan, vxlan.outer().remote())))));
      }
    });
    ports.forEach((port, count) -> {
      if (port != settings.port()) {
        VxlanSettings other = new VxlanSettings(settings.id(), port, settings.sources(), settings.flags(),
            settings.learning(), settings.df());
        ideas.add((ports.getOrDefault(settings.port(), 0L) == 0 ? 0.2 : 0.5) + far,
            Sentences.say("vxlan.port", scene.name(device), settings.port(), port),
            again(device, new Edit.AddLink(link(device, vxlan.home()), Optional.empty(),
                LinkInfo.Vxlan.like(other, wish(vxlan, vxlan.outer().remote())))));
      }
    });
    ends(device, vxlan, far);
  }

  private void ends(Device device, DeviceKind.Vxlan vxlan, double far) {
    Optional<IpAddress> remote = vxlan.outer().remote();
    List<IpAddress> ends = ends(scene, device).stream().map(InterfaceAddress::address).toList();
    for (IpAddress end : ends) {
      if (remote.isPresent() && !remote.get().equals(end)) {
        ideas.add((ends.contains(remote.get()) ? 0.7 : 0.05) + far,
            Sentences.say("vxlan.remote", scene.name(device), remote.get(), end),
            List.of(new Idea.Done(new Edit.SetLinkInfo(device.ref(), new LinkInfo.Vxlan(
                new OuterWish(vxlan.home(), Optional.empty(), Optional.of(end), Optional.empty(), Optional.empty(),
                    Optional.empty()),
                Optional.of(vxlan.settings().id()), Optional.empty(), Optional.empty(), LinkInfo.VxlanWish.NONE)))));
        ideas.add((ends.contains(remote.get()) ? 0.8 : 0.15) + far,
            Sentences.say("vxlan.remote", scene.name(device), remote.get(), end),
            again(device, new Edit.AddLink(link(device, vxlan.home()), Optional.empty(),
                LinkInfo.Vxlan.like(vxlan.settings(), wish(vxlan, Optional.of(end))))));
      }
    }
    Optional<IpAddress> local = vxlan.outer().local();
    boolean own = local.isEmpty() || scene.owners(local.get()).stream().anyMatch(d -> d.netns().equals(vxlan.home()));
    if (!own) {
      for (InterfaceAddress address : home(scene, vxlan)) {
        OuterWish wish = new OuterWish(vxlan.home(), Optional.of(address.address()), vxlan.outer().remote(),
            vxlan.outer().device().map(scene.lab::device).map(Device::ref), Optional.of(vxlan.outer().ttl()),
            Optional.empty());
        ideas.add(0.1 + far, Sentences.say("vxlan.local", scene.name(device), local.orElseThrow(), address.address()),
            again(device, new Edit.AddLink(link(device, vxlan.home()), Optional.empty(),
                LinkInfo.Vxlan.like(vxlan.settings(), wish))));
      }
    }
  }

  private static List<InterfaceAddress> home(Scene scene, DeviceKind.Vxlan vxlan) {
    return scene.lab.devicesOf(vxlan.home()).stream()
        .filter(d -> !d.isLoopback() && !(d.kind() instanceof DeviceKind.Tunnel) && d.port().isEmpty())
        .filter(d -> scene.segments.around(d.id()).stream().noneMatch(s -> s.kind() instanceof DeviceKind.Tunnel))
        .flatMap(d -> d.globalAddresses(vxlan.family()).stream()).toList();
  }

  /** Where the packets outside of a vxlan's other ends come from. */
  static List<InterfaceAddress> ends(Scene scene, Device device) {
    Set<InterfaceAddress> all = new LinkedHashSet<>();
    scene.segments.around(device.id()).stream().filter(d -> !d.id().equals(device.id()))
        .flatMap(d -> d.kind() instanceof DeviceKind.Vxlan v ? Stream.of(v) : Stream.empty())
        .forEach(v -> all.addAll(home(scene, v)));
    return List.copyOf(all);
  }

  private void wireguard(Device device, DeviceKind.WireGuard wg) {
    double far = scene.distance(device.netns());
    boolean died = scene.died(DropReason.NO_PEER, DropReason.SOURCE_NOT_ALLOWED, DropReason.NO_ENDPOINT,
        DropReason.HANDSHAKE_UNANSWERED, DropReason.UNKNOWN_PEER, DropReason.WRONG_KEY, DropReason.NO_PRIVATE_KEY);
    double base = (died ? 0.1 : 0.8) + far;
    for (Device other : others(device).toList()) {
      if (!(other.kind() instanceof DeviceKind.WireGuard(var home, WireGuardSettings there))
          || there.publicKey().isEmpty()) {
        continue;
      }
      String key = there.publicKey().get().toString();
      Optional<WireGuardPeer> peer = wg.settings().peer(there.publicKey().get());
      List<String> behind = other.globalAddresses().stream().map(a -> a.address() + "/" + a.address().width()).toList();
      String set = "wg set " + device.name() + " peer " + key + " ";
      if (!behind.isEmpty()) {
        Set<String> allowed = new LinkedHashSet<>();
        peer.ifPresent(p -> p.allowedIps().forEach(a -> allowed.add(a.toString())));
        allowed.addAll(behind);
        ideas.add(base + (peer.isPresent() ? 0 : 0.3),
            Sentences.say("wireguard.allowed", scene.name(device), behind.getFirst()),
            device.netns(), set + "allowed-ips " + String.join(",", allowed));
      }
      home.ifPresent(h -> scene.lab.devicesOf(h).stream().filter(d -> !d.isLoopback() && !d.id().equals(other.id()))
          .flatMap(d -> d.globalAddresses().stream()).limit(4).forEach(a -> {
            String end =
                (a.address().width() > 32 ? "[" + a.address() + "]" : a.address().toString()) + ":" + there.port();
            boolean now = peer.flatMap(WireGuardPeer::endpoint).filter(e -> e.toString().equals(end)).isPresent();
            if (!now && there.port() > 0) {
              ideas.add(base + 0.05, Sentences.say("wireguard.endpoint", scene.name(device), end), device.netns(),
                  set + "endpoint " + end
                      + (peer.isPresent() || behind.isEmpty() ? "" : " allowed-ips " + String.join(",", behind)));
            }
          }));
      for (WireGuardPeer stranger : wg.settings().peers()) {
        boolean known = others(device).anyMatch(d -> d.kind() instanceof DeviceKind.WireGuard(var _, var s)
            && s.publicKey().equals(Optional.of(stranger.key())));
        if (!known) {
          String rest = (stranger.endpoint().map(e -> "endpoint " + e + " ").orElse("")) + "allowed-ips "
              + stranger.allowedIps().stream().map(Object::toString).collect(Collectors.joining(","));
          ideas.add(base, Sentences.say("wireguard.key", scene.name(device), stranger.key()), device.netns(),
              "wg set " + device.name() + " peer " + stranger.key() + " remove", set + rest);
        }
      }
    }
  }
}
