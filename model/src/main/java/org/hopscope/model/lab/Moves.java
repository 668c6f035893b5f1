package org.hopscope.model.lab;

import java.util.BitSet;
import java.util.Optional;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/** Moves devices between namespaces (kernel __dev_change_net_namespace). */
final class Moves {
  private Moves() {
  }

  /** As {@code ip link set DEV netns NS [name NAME]} asks. */
  static LabState move(LabState lab, Device device, NetnsId target, Optional<String> name) {
    if (!target.host().equals(device.netns().host()) || lab.find(target).isEmpty()) {
      throw noSuchNetns(target);
    }
    if (target.equals(device.netns())) {
      return name.map(n -> rename(lab, device, n)).orElse(lab);
    }
    boolean stays = device.kind() instanceof DeviceKind.IpTunnel tunnel && tunnel.isFallback()
        || device.kind() instanceof DeviceKind.OvsInternal(String _, boolean own) && own;
    if (stays || device.kind().driver().isNetnsLocal()) {
      throw RefusedException.kernel(Errno.EINVAL, "The interface netns is immutable.");
    }
    name.ifPresent(n -> Names.checkDevice(n, "name"));
    if (lab.index().named(target).containsKey(name.orElse(device.name()))) {
      throw name.isPresent()
          ? RefusedException.kernel(Errno.EEXIST)
          : RefusedException.kernel(Errno.EEXIST, "An interface with the same name exists in the target netns.");
    }
    return to(lab, device, target, name.orElse(device.name()));
  }

  /** A namespace of this name is not on the host: names are one list per host. */
  static RefusedException noSuchNetns(NetnsId target) {
    return RefusedException.tool(Errno.EINVAL,
        "Error: argument \"" + target.name() + "\" is wrong: Invalid \"netns\" value");
  }

  /** Moves where the name is free. The index is kept when it is free too, else it is the next one. */
  static LabState to(LabState lab, Device device, NetnsId target, String name) {
    LabState left = Detach.fromNetns(Detach.withoutVxlansBy(lab, device), device);
    Device bare = left.device(device.id());
    int kept = bare.place().ifindex();
    boolean taken = Creation.isTaken(left, target, kept);
    int index = taken ? Creation.freeIndex(left, target) : kept;
    Netns netns = left.find(target).orElseThrow();
    LabState ready = taken ? left.with(netns.withNextIfindex(index + 1)) : left;
    Device moved =
        bare.withPlace(Creation.place(left, target, index, name)).withConf(Creation.inheritedConf(netns));
    LabState done = knows(ready.with(moved), device.netns(), target);
    Optional<NetnsId> far = device.peer().map(p -> done.device(p).netns());
    LabState met = far.map(f -> knows(knows(done, target, f), f, target)).orElse(done);
    return withStack(met, moved);
  }

  /** What stands on another device can tell where that one is (kernel rtnl_fill_link_netnsid). */
  private static LabState withStack(LabState lab, Device moved) {
    LabState next = moved.kind() instanceof DeviceKind.Tunnel tunnel
        ? knows(lab, moved.netns(), tunnel.home())
        : moved.lower().map(l -> knows(lab, moved.netns(), lab.device(l).netns())).orElse(lab);
    for (Device upper : lab.uppersOf(moved.id())) {
      next = knows(next, upper.netns(), moved.netns());
    }
    return next;
  }

  /** A namespace numbers the others as it meets them (peernet2id_alloc): {@code ip netns list} shows it (sem-L2). */
  static LabState knows(LabState lab, NetnsId who, NetnsId whom) {
    Netns netns = lab.find(who).orElseThrow();
    if (who.equals(whom) || netns.nsids().containsKey(whom) || !who.host().equals(whom.host())) {
      return lab;
    }
    BitSet taken = new BitSet();
    netns.nsids().values().forEach(taken::set);
    return lab.with(netns.withNsids(netns.nsids().plus(whom, taken.nextClearBit(0))));
  }

  /** {@code ip link set DEV name NAME}: allowed while the device is up. Labels of its addresses follow. */
  static LabState rename(LabState lab, Device device, String name) {
    if (name.equals(device.name())) {
      return lab;
    }
    Names.checkDevice(name, "name");
    if (lab.index().named(device.netns()).containsKey(name)) {
      throw RefusedException.kernel(Errno.EEXIST);
    }
    Device renamed = device.withPlace(device.place().withName(name));
    return lab.with(renamed.withAddresses(Labels.renamed(device.addresses(), name)));
  }

  /** Both ends of a new pair know each other's namespace. */
  static LabState meet(LabState lab, DeviceId one, DeviceId other) {
    NetnsId here = lab.device(one).netns();
    NetnsId there = lab.device(other).netns();
    return knows(knows(lab, here, there), there, here);
  }
}
