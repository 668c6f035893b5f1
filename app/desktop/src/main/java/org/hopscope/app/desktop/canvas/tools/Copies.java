package org.hopscope.app.desktop.canvas.tools;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewAddress;
import org.hopscope.model.lab.NewHop;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.OuterWish;
import org.hopscope.model.lab.Remark;
import org.hopscope.model.lab.RouteMode;
import org.hopscope.model.lab.RouteOptions;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Outer;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.Server;

/**
 * Makes copies as a person would: commands that make each thing again under a free name, plug it in where the old one is
 * plugged in, give it the next free address of the same subnet, and switch it on. A cable that leaves what is copied gets a
 * far end of its own beside the old one. Packet filters and what was learned are not copied.
 */
final class Copies {
  private static final double ASIDE = 24;
  private static final int MOST_ADDRESSES = 4096;

  private final Clip clip;
  private final List<Edit> edits = new ArrayList<>();
  private final Map<String, String> hosts = new HashMap<>();
  private final Map<NetnsId, NetnsId> places = new HashMap<>();
  private final Map<DeviceId, DeviceRef> devices = new HashMap<>();
  private final Map<IpAddress, IpAddress> addresses = new HashMap<>();
  /** The target with what was made so far: names and addresses that are taken, and what the kernel says to each edit. */
  private LabState lab;

  Copies(Clip clip, LabState target) {
    this.clip = clip;
    lab = target;
  }

  Optional<Edit> edit() {
    frames();
    List<Device> copied = clip.things().stream().flatMap(t -> device(t).stream()).toList();
    copied.forEach(this::make);
    copied.forEach(this::enslave);
    copied.forEach(this::number);
    copied.stream().filter(Device::isUp).forEach(d -> switchOn(d));
    clip.lab().netns().values().stream().filter(n -> places.containsKey(n.id())).forEach(this::fill);
    return edits.isEmpty() ? Optional.empty() : Optional.of(Plan.together(edits));
  }

  /** Does an edit, unless the kernel refuses it here. */
  private boolean attempt(Edit edit) {
    return switch (Editor.apply(lab, edit)) {
      case Editor.Result.Done(LabState after) -> {
        lab = after;
        yield edits.add(edit);
      }
      case Editor.Result.Refused _ -> false;
    };
  }

  private Optional<Device> device(Selection thing) {
    return thing instanceof Selection.OfDevice(var id)
        ? Optional.ofNullable(clip.lab().devices().get(id))
        : Optional.empty();
  }

  private void frames() {
    for (Selection thing : clip.things()) {
      switch (thing) {
        case Selection.OfHost(String host) -> {
          String name = Naming.likeHost(lab, host);
          if (attempt(new Edit.AddHost(name))) {
            hosts.put(host, name);
            places.put(NetnsId.root(host), NetnsId.root(name));
          }
        }
        case Selection.OfNetns(NetnsId old) -> {
          String host = hosts.getOrDefault(old.host(), lab.hosts().containsKey(old.host())
              ? old.host()
              : lab.firstHost().name());
          NetnsId id = Naming.likeNetns(lab, host, old.name());
          if (attempt(new Edit.AddNetns(id))) {
            places.put(old, id);
          }
        }
        case Selection.OfRemark(String id) -> {
          Remark old = clip.lab().notes().remarks().get(id);
          attempt(new Edit.PutRemark(Wishes.remark(lab,
              old.kind() == Remark.Kind.GROUP ? Palette.GROUP : Palette.NOTE,
              new Box(old.corner().x() + ASIDE, old.corner().y() + ASIDE, old.width(), old.height()))
              .withText(old.text())));
        }
        case Selection.OfDevice _,Selection.OfCluster _,Selection.OfObject _ -> {
        }
      }
    }
  }

  /** Where the copy of a thing in a namespace goes: into the namespace's copy, else into the namespace, else the first. */
  private NetnsId place(NetnsId old) {
    return Optional.ofNullable(places.get(old)).or(() -> Optional.of(old).filter(lab.netns()::containsKey))
        .orElseGet(() -> NetnsId.root(lab.firstHost().name()));
  }

  /** A name for a copy: the same one in a copied namespace, else the next free one like it. */
  private DeviceRef named(Device old) {
    NetnsId there = place(old.netns());
    DeviceRef same = new DeviceRef(there, old.name());
    return places.containsKey(old.netns()) && lab.find(same).isEmpty()
        ? same
        : new DeviceRef(there, Naming.like(lab, there.host(), old.name()));
  }

  private void make(Device old) {
    if (devices.containsKey(old.id())) {
      return;
    }
    Optional<Device> far = old.peer().map(clip.lab()::device);
    DeviceRef ref = named(old);
    switch (old.kind()) {
      case DeviceKind.Loopback _ -> places.computeIfPresent(old.netns(), (_, there) -> {
        devices.put(old.id(), new DeviceRef(there, old.name()));
        return there;
      });
      case DeviceKind.Veth _ -> far.ifPresent(f -> joined(old, ref, f));
      case DeviceKind.Nic _ -> far.ifPresent(f -> joined(old, ref, f));
      case DeviceKind.Bridge _ -> made(old, ref, new Edit.AddBridge(link(old, ref), BridgeChange.NONE));
      case DeviceKind.Dummy _ -> made(old, ref, new Edit.AddLink(link(old, ref), Optional.empty(),
          new LinkInfo.Dummy()));
      case DeviceKind.Macvlan(var below, var mode) ->
          stacked(old, ref, below, new LinkInfo.Macvlan(Optional.of(mode)));
      case DeviceKind.Ipvlan(var below, var mode, var flag) ->
          stacked(old, ref, below, new LinkInfo.Ipvlan(Optional.of(mode), Optional.of(flag)));
      case DeviceKind.Vlan(var below, int id, int protocol) ->
          stacked(old, ref, below, new LinkInfo.Vlan(Optional.of(id), Optional.of(protocol)));
      case DeviceKind.WireGuard _ -> made(old, ref, new Edit.AddLink(link(old, ref), Optional.empty(),
          new LinkInfo.WireGuard()));
      case DeviceKind.Vxlan vxlan -> made(old, ref, new Edit.AddLink(link(old, ref), Optional.empty(),
          LinkInfo.Vxlan.like(vxlan.settings(), outer(vxlan))));
      case DeviceKind.Geneve geneve -> made(old, ref, new Edit.AddLink(link(old, ref), Optional.empty(),
          LinkInfo.Geneve.like(geneve.settings(), outer(geneve))));
      case DeviceKind.IpTunnel tunnel when !tunnel.isFallback() -> made(old, ref, new Edit.AddLink(link(old, ref),
          Optional.empty(), LinkInfo.IpTunnel.like(tunnel.driver(), tunnel.settings(), outer(tunnel))));
      case DeviceKind.OvsInternal _,DeviceKind.IpTunnel _,DeviceKind.Bond _,DeviceKind.Tun _ -> {
      }
    }
  }

  /** The header outside of a tunnel's copy, which leaves by the copy of its device where there is one. */
  private OuterWish outer(DeviceKind.Tunnel tunnel) {
    Outer old = tunnel.outer();
    old.device().map(clip.lab()::device).ifPresent(this::make);
    NetnsId home = place(tunnel.home());
    Optional<DeviceRef> by = old.device()
        .map(d -> devices.getOrDefault(d, new DeviceRef(home, clip.lab().device(d).name())));
    return new OuterWish(home, old.local(), old.remote(), by, Optional.of(old.ttl()), Optional.of(old.inheritTos()));
  }

  private static NewLink link(Device old, DeviceRef ref) {
    return new NewLink(ref, Optional.empty(),
        old.link().mtuByHand() ? Optional.of(old.link().mtu()) : Optional.empty(), Optional.empty(), false);
  }

  private void made(Device old, DeviceRef ref, Edit edit) {
    if (attempt(edit)) {
      devices.put(old.id(), ref);
    }
  }

  private void joined(Device old, DeviceRef ref, Device far) {
    DeviceRef other = named(far);
    if (other.equals(ref)) {
      other = new DeviceRef(ref.netns(), Naming.like(lab, ref.netns().host(), ref.name()));
    }
    Edit edit = old.kind() instanceof DeviceKind.Veth
        ? new Edit.AddVeth(link(old, ref), link(far, other))
        : new Edit.AddCable(ref, other);
    if (attempt(edit)) {
      devices.put(old.id(), ref);
      devices.put(far.id(), other);
      if (!clip.things().contains(new Selection.OfDevice(far.id()))) {
        enslave(far);
        if (far.isUp()) {
          switchOn(far);
        }
      }
    }
  }

  /** What stands on another device does so beside it, and is moved then. */
  private void stacked(Device old, DeviceRef ref, DeviceId below, LinkInfo info) {
    Device lower = clip.lab().device(below);
    make(lower);
    DeviceRef on = devices.getOrDefault(below, new DeviceRef(place(lower.netns()), lower.name()));
    DeviceRef beside = new DeviceRef(on.netns(), Naming.like(lab, on.netns().host(), ref.name()));
    made(old, beside, new Edit.AddLink(link(old, beside), Optional.of(on), info));
    if (!on.netns().equals(ref.netns())
        && attempt(new Edit.SetLink(beside, LinkChange.netns(ref.netns())))) {
      DeviceRef there = new DeviceRef(ref.netns(), beside.name());
      boolean same = attempt(new Edit.SetLink(there, LinkChange.name(ref.name())));
      devices.put(old.id(), same ? ref : there);
    }
  }

  private void enslave(Device old) {
    DeviceRef ref = devices.get(old.id());
    old.port().filter(_ -> ref != null).ifPresent(port -> {
      Device bridge = clip.lab().device(port.bridge());
      String master = Optional.ofNullable(devices.get(bridge.id())).map(DeviceRef::name).orElse(bridge.name());
      attempt(new Edit.SetLink(ref, LinkChange.master(master)));
    });
  }

  private void switchOn(Device old) {
    Optional.ofNullable(devices.get(old.id())).filter(r -> lab.find(r).map(d -> !d.isUp()).orElse(false))
        .ifPresent(ref -> attempt(new Edit.SetLink(ref, LinkChange.up(true))));
  }

  private void number(Device old) {
    DeviceRef ref = devices.get(old.id());
    if (ref == null || old.isLoopback()) {
      return;
    }
    for (AssignedAddress address : old.addresses()) {
      free(address.local()).ifPresent(fresh -> {
        addresses.put(address.address(), fresh.address());
        attempt(new Edit.AddAddress(ref, NewAddress.of(fresh), false));
      });
    }
  }

  /** The first address of the subnet, from this one on, that nobody in the lab has. */
  private Optional<InterfaceAddress> free(InterfaceAddress wanted) {
    InterfaceAddress next = wanted;
    for (int i = 0; i < MOST_ADDRESSES && isTaken(next.address()); i++) {
      Optional<InterfaceAddress> after = Addressing.after(next);
      if (after.isEmpty()) {
        return Optional.empty();
      }
      next = after.get();
    }
    return isTaken(next.address()) ? Optional.empty() : Optional.of(next);
  }

  private boolean isTaken(IpAddress address) {
    return lab.devices().values().stream().flatMap(d -> d.addresses().stream())
        .anyMatch(a -> a.address().equals(address));
  }

  private void fill(Netns old) {
    NetnsId there = places.get(old.id());
    old.sysctls().forEach((key, value) -> attempt(new Edit.WriteSysctl(there, key, value)));
    old.tables(IpFamily.INET).table(Netns.MAIN).rows().stream()
        .filter(r -> !r.origin().protocol().equals(RouteProtocol.KERNEL)).forEach(r -> route(there, r));
    for (Server server : old.servers()) {
      attempt(new Edit.Serve(there, new Server(server.port(), server.transport(),
          server.on().map(a -> addresses.getOrDefault(a, a)), server.label(), server.program())));
    }
  }

  private void route(NetnsId there, Route row) {
    List<NewHop> hops = row.hops().stream().map(hop -> new NewHop(
        hop.via().map(via -> addresses.getOrDefault(via, via)),
        Optional.ofNullable(devices.get(hop.device())).map(DeviceRef::name), hop.onlink(), hop.weight())).toList();
    RouteOptions options = new RouteOptions(row.prefSrc().map(a -> addresses.getOrDefault(a, a)),
        row.metric() == 0 ? Optional.empty() : Optional.of(row.metric()), Optional.empty(), Optional.empty(),
        Optional.empty(), row.origin().metrics());
    attempt(new Edit.AddRoute(there, new NewRoute(row.destination(), row.type(),
        hops.isEmpty() ? List.of(new NewHop(Optional.empty(), Optional.empty(), false, 1)) : hops, options),
        RouteMode.ADD));
  }
}
