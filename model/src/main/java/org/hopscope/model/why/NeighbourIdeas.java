package org.hopscope.model.why;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.RouteMode;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Remote;
import org.hopscope.model.trace.DropReason;

/** What may be wrong in the tables of hardware addresses: neighbours, and forwarding databases of bridges and vxlans. */
final class NeighbourIdeas {
  private static final MacAddress ANYBODY = MacAddress.ZERO;

  private final Scene scene;
  private final Ideas ideas;

  private NeighbourIdeas(Scene scene, Ideas ideas) {
    this.scene = scene;
    this.ideas = ideas;
  }

  static void have(Scene scene, Ideas ideas) {
    NeighbourIdeas tables = new NeighbourIdeas(scene, ideas);
    for (NetnsId netns : scene.path) {
      scene.lab.learned().neighbours(netns).rows().values().forEach(row -> tables.neighbour(netns, row));
    }
    for (Device device : scene.devices()) {
      tables.rows(device);
    }
  }

  private Set<MacAddress> macs(Device near, IpAddress address) {
    List<Device> owners = scene.owners(address);
    List<Device> around = scene.segments.around(near.id());
    return owners.stream().filter(around::contains).map(d -> Links.macOf(scene.lab, d)).collect(Collectors.toSet());
  }

  private void neighbour(NetnsId netns, Neighbour row) {
    if (!scene.lab.devices().containsKey(row.key().device())) {
      return;
    }
    if (row.isUnasked()) {
      unasked(netns, row);
    }
    if (row.mac().isEmpty()) {
      return;
    }
    Device device = scene.lab.device(row.key().device());
    IpAddress address = row.key().address();
    Set<MacAddress> right = macs(device, address);
    if (right.contains(row.mac().get()) && right.size() == 1) {
      return;
    }
    boolean used = scene.wanted().contains(address) || scene.sought.getOrDefault(netns, Set.of()).contains(address);
    double cost = (used ? 0.1 : 0.9) + scene.distance(netns);
    String reason = Sentences.say("neighbour.row", scene.name(netns), address, row.mac().get(), device.name());
    ideas.add(cost, reason, netns, "ip neigh del " + address + " dev " + device.name());
    right.forEach(mac -> ideas.add(cost + 0.1, reason, netns,
        "ip neigh replace " + address + " lladdr " + mac + " dev " + device.name() + " nud permanent"));
  }

  private void unasked(NetnsId netns, Neighbour row) {
    boolean sought = scene.died(DropReason.NEIGHBOUR_UNASKED);
    Device device = scene.lab.device(row.key().device());
    IpAddress address = row.key().address();
    ideas.add((sought ? 0.1 : 0.9) + scene.distance(netns),
        Sentences.say("neighbour.unasked", scene.name(netns), address, device.name()), netns,
        "ip neigh del " + address + " dev " + device.name());
  }

  private void rows(Device device) {
    if (!device.isBridge() && !(device.kind() instanceof DeviceKind.Vxlan)) {
      return;
    }
    for (FdbEntry row : scene.lab.learned().fdb(device.id()).rows().values()) {
      if (device.isBridge()) {
        bridge(device, row);
      } else {
        vxlan(device, row);
      }
    }
    if (device.kind() instanceof DeviceKind.Vxlan) {
      unlisted(device);
    }
  }

  private void bridge(Device bridge, FdbEntry row) {
    Optional<Device> port = Optional.ofNullable(scene.lab.devices().get(row.device()));
    if (port.isEmpty()) {
      return;
    }
    boolean stays = row.kind() != FdbEntry.Kind.LEARNED;
    double cost = (stays ? 0.1 : 0.8) + scene.distance(bridge.netns());
    String side =
        port.get().port().map(BridgePort::bridge).filter(bridge.id()::equals).isPresent() ? " master" : " self";
    if (row.kind() == FdbEntry.Kind.REMOVED) {
      ideas.add(cost, Sentences.say("fdb.gone", bridge.name(), row.mac()), bridge.netns(),
          "bridge fdb add " + row.mac() + " dev " + port.get().name() + side + in(row) + " permanent");
    } else {
      ideas.add(cost, Sentences.say("fdb.row", bridge.name(), row.mac(), port.get().name()), bridge.netns(),
          "bridge fdb del " + row.mac() + " dev " + port.get().name() + side + in(row));
    }
  }

  private static String in(FdbEntry row) {
    return row.vlan() == 0 ? "" : " vlan " + row.vlan();
  }

  private void vxlan(Device device, FdbEntry row) {
    for (Remote remote : row.remotes()) {
      boolean right = ends(device).contains(remote.address());
      boolean stays = row.kind() != FdbEntry.Kind.LEARNED;
      String del = "bridge fdb del " + row.mac() + " dev " + device.name() + " dst " + remote.address();
      String reason = Sentences.say("fdb.far", scene.name(device), row.mac(), remote.address());
      double cost = (right ? 0.7 : scene.users(remote.address()) > 1 ? 0.5 : 0.1) + (stays ? 0 : 0.3)
          + scene.distance(device.netns());
      ideas.add(cost + 0.15, reason, device.netns(), del);
      for (IpAddress end : ends(device)) {
        if (row.remotes().stream().noneMatch(r -> r.address().equals(end))) {
          ideas.add(cost, reason, device.netns(), del,
              "bridge fdb append " + row.mac() + " dev " + device.name() + " dst " + end + " permanent");
        }
      }
    }
  }

  /** Ends that unknown frames are not sent to. */
  private void unlisted(Device device) {
    List<IpAddress> listed = scene.lab.learned().fdb(device.id()).find(ANYBODY).map(FdbEntry::remotes).orElse(List.of())
        .stream().map(Remote::address).toList();
    for (IpAddress end : ends(device)) {
      if (!listed.contains(end)) {
        ideas.add((listed.isEmpty() ? 0.2 : 0.35) + scene.distance(device.netns()),
            Sentences.say("fdb.unlisted", scene.name(device), end), device.netns(),
            "bridge fdb append " + ANYBODY + " dev " + device.name() + " dst " + end);
      }
    }
    for (Device other : scene.segments.around(device.id())) {
      if (!other.isLoopback() && !other.globalAddresses().isEmpty() && !other.netns().equals(device.netns())) {
        MacAddress mac = Links.macOf(scene.lab, other);
        boolean known = scene.lab.learned().fdb(device.id()).find(mac).isPresent();
        if (!known) {
          ends(device).forEach(end -> ideas.add(0.9 + scene.distance(device.netns()),
              Sentences.say("fdb.unknown", scene.name(device), mac, end), device.netns(),
              "bridge fdb append " + mac + " dev " + device.name() + " dst " + end + " permanent"));
        }
        for (Device overlay : scene.segments.around(device.id())) {
          neighbourByHand(device, overlay, other, mac);
        }
      }
    }
  }

  /** Where nobody is asked over a tunnel, neighbours are written by hand. */
  private void neighbourByHand(Device vxlan, Device asker, Device other, MacAddress mac) {
    boolean near = scene.path.contains(asker.netns()) && !asker.netns().equals(other.netns())
        && !asker.globalAddresses().isEmpty();
    if (near && asker.netns().equals(vxlan.netns())) {
      other.globalAddresses().stream().filter(a -> scene.wanted().contains(a.address()))
          .filter(a -> asker.globalAddresses().stream().anyMatch(o -> o.network().contains(a.address())))
          .forEach(a -> ideas.add(1 + scene.distance(asker.netns()),
              Sentences.say("neighbour.missing", scene.name(asker), a.address(), mac),
              List.of(new Idea.Done(new Edit.SetNeighbour(asker.ref(), a.address(), Optional.of(mac),
                  Neighbour.State.PERMANENT, RouteMode.REPLACE)))));
    }
  }

  /** Where the packets outside of the same network's other ends come from. */
  private List<IpAddress> ends(Device device) {
    return TunnelIdeas.ends(scene, device).stream().map(InterfaceAddress::address).toList();
  }
}
