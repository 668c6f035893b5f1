package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/** Cables that may end in the wrong namespace: one that lies idle somewhere, while another namespace has none. */
final class MoveIdeas {
  private final Scene scene;
  private final Ideas ideas;

  private MoveIdeas(Scene scene, Ideas ideas) {
    this.scene = scene;
    this.ideas = ideas;
  }

  static void have(Scene scene, Ideas ideas) {
    MoveIdeas moves = new MoveIdeas(scene, ideas);
    List<Device> idle = scene.lab.devices().values().stream().filter(moves::isIdle).toList();
    for (Netns netns : scene.lab.netns().values()) {
      if (!netns.id().isRoot() && moves.isCutOff(netns)) {
        idle.stream().filter(d -> !d.netns().equals(netns.id())).limit(6).forEach(d -> moves.move(d, netns.id()));
      }
    }
  }

  private boolean isIdle(Device device) {
    return device.kind() instanceof DeviceKind.Veth && device.port().isEmpty() && device.globalAddresses().isEmpty()
        && scene.lab.uppersOf(device.id()).isEmpty();
  }

  /** Nothing but lo, or a router with one leg. */
  private boolean isCutOff(Netns netns) {
    long legs = scene.lab.devicesOf(netns.id()).stream().filter(d -> !d.globalAddresses().isEmpty() && !d.isLoopback())
        .count();
    return legs < 2;
  }

  private void move(Device device, NetnsId to) {
    List<Device> others = scene.segments.around(device.id()).stream().filter(d -> !d.id().equals(device.id())).toList();
    boolean spare = device.netns().isRoot() || scene.lab.devicesOf(device.netns()).stream()
        .anyMatch(d -> !d.isLoopback() && !d.id().equals(device.id()) && !d.globalAddresses().isEmpty());
    double base = (spare ? 0.45 : 1.2) + scene.distance(to);
    for (IpAddress wanted : addresses(to)) {
      Optional<InterfaceAddress> near = others.stream().flatMap(d -> d.globalAddresses().stream())
          .filter(a -> a.network().contains(wanted)).findFirst();
      if (near.isPresent()) {
        List<Idea.Deed> deeds = new ArrayList<>();
        deeds.add(new Idea.Typed(device.netns(), "ip link set dev " + device.name() + " netns " + to.name()));
        deeds.add(new Idea.Typed(to, "ip addr add " + wanted + "/" + near.get().length() + " dev " + device.name()));
        deeds.add(new Idea.Typed(to, "ip link set dev " + device.name() + " up"));
        ideas.add(base, Sentences.say("move", scene.name(device), scene.name(to)), deeds);
        others.stream().flatMap(d -> d.globalAddresses(wanted.family()).stream())
            .filter(a -> near.get().network().contains(a.address())).limit(3).forEach(gateway -> {
              List<Idea.Deed> more = new ArrayList<>(deeds);
              more.add(new Idea.Typed(to, (gateway.address().width() > 32 ? "ip -6" : "ip") + " route add default via "
                  + gateway.address() + " dev " + device.name()));
              ideas.add(base + 0.05, Sentences.say("move", scene.name(device), scene.name(to)), more);
            });
      }
    }
  }

  /** Addresses that are looked for and that nobody has; for the one who asks, any that is free. */
  private List<IpAddress> addresses(NetnsId to) {
    if (to.equals(scene.trace.probe().from())) {
      return AddressIdeas.freeNear(scene);
    }
    List<IpAddress> all = new ArrayList<>(scene.wanted().stream().filter(a -> scene.owners(a).isEmpty()).toList());
    all.addAll(scene.orphans());
    return all;
  }
}
