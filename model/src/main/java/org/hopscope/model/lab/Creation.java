package org.hopscope.model.lab;

import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Device.LinkSettings;
import org.hopscope.model.net.Device.Placement;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Inet6;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/** Makes devices (kernel register_netdevice). */
final class Creation {
  private Creation() {
  }

  /** Makes a device, switched off; its number is the lab's next one, as {@code kind} of a pair may have to know. */
  static LabState add(LabState lab, NewLink wish, DeviceKind kind) {
    Netns netns = Find.netns(lab, wish.ref().netns());
    Names.checkDevice(wish.ref().name(), "dev");
    if (lab.find(wish.ref()).isPresent()) {
      throw RefusedException.kernel(Errno.EEXIST);
    }
    wish.mac().filter(m -> !m.isAssignable()).ifPresent(m -> {
      throw RefusedException.kernel(Errno.EADDRNOTAVAIL);
    });
    DeviceId id = new DeviceId(lab.nextDevice());
    int index = wish.index().orElseGet(() -> freeIndex(lab, netns.id()));
    if (index < 1) {
      throw RefusedException.tool(Errno.EINVAL, "Error: argument \"" + index + "\" is wrong: Invalid \"index\" value");
    }
    if (isTaken(lab, netns.id(), index)) {
      throw RefusedException.kernel(Errno.EBUSY);
    }
    LinkSettings link = new LinkSettings(wish.mac().orElseGet(() -> macFor(lab, id, kind)),
        wish.mac().isPresent(), wish.mtu().orElse(kind.driver().mtu().usual()), false);
    Device device = new Device(id, place(lab, netns.id(), index, wish.ref().name()), link, Optional.empty(),
        TreePVector.empty(), Inet6.IDLE, inheritedConf(netns), kind);
    return (wish.index().isPresent() ? lab : lab.with(netns.withNextIfindex(index + 1))).with(device);
  }

  /** Gives a namespace its lo: index 1, switched off (sem-L1). */
  static LabState addLoopback(LabState lab, NetnsId netns) {
    return add(lab, NewLink.named(new DeviceRef(netns, "lo")), new DeviceKind.Loopback());
  }

  private static MacAddress macFor(LabState lab, DeviceId id, DeviceKind kind) {
    return switch (kind.driver().hardware()) {
      case ETHER -> Macs.of(lab.basis().seed(), id);
      case LOOPBACK, NONE, IPIP, GRE, SIT -> MacAddress.ZERO;
    };
  }

  /** Refuses a name or a number that is taken (rtnetlink.c __rtnl_newlink with NLM_F_EXCL). */
  static void refuseTaken(LabState lab, NewLink wish) {
    boolean index = wish.index().filter(i -> isTaken(lab, wish.ref().netns(), i)).isPresent();
    if (index || lab.find(wish.ref()).isPresent()) {
      throw RefusedException.kernel(Errno.EEXIST);
    }
  }

  /** The number that the next device of a namespace gets: the first free one from where the last stopped. */
  static int freeIndex(LabState lab, NetnsId netns) {
    int index = lab.find(netns).orElseThrow().nextIfindex();
    while (isTaken(lab, netns, index)) {
      index++;
    }
    return index;
  }

  /** Where a device comes to stand: behind all that are in the namespace (kernel list_netdevice). */
  static Placement place(LabState lab, NetnsId netns, int index, String name) {
    return new Placement(netns, index, name, Math.max(index, lab.index().lastArrival(lab, netns) + 1));
  }

  static boolean isTaken(LabState lab, NetnsId netns, int index) {
    return lab.index().indexed(netns).containsKey(index);
  }

  /**
   * What a new device has from what was written for {@code default} (kernel inetdev_init): later changes of the defaults
   * do not reach it any more.
   */
  static PSortedMap<String, String> inheritedConf(Netns netns) {
    PSortedMap<String, String> conf = TreePMap.empty();
    for (Map.Entry<String, String> entry : netns.sysctls().entrySet()) {
      Optional<Sysctls.DeviceKey> key = !entry.getKey().contains(".default.") ? Optional.empty()
          : Sysctls.DeviceKey.parse(entry.getKey()).filter(k -> k.device().equals("default"));
      if (key.isPresent()) {
        conf = conf.plus(key.get().group().onDevice(key.get().name()), entry.getValue());
      }
    }
    return conf;
  }
}
