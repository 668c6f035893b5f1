package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Device.LinkSettings;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.ForwardingDatabase;
import org.hopscope.model.net.Outer;
import org.hopscope.model.net.Remote;
import org.hopscope.model.net.VxlanFlag;
import org.hopscope.model.net.VxlanSettings;
import org.hopscope.model.net.VxlanSettings.Df;
import org.hopscope.model.net.VxlanSettings.Learning;
import org.hopscope.model.net.VxlanSettings.SourcePorts;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/**
 * Vxlans when they are made, changed and switched on (kernel drivers/net/vxlan/vxlan_core.c). Left out: metadata mode,
 * group policy and generic protocol extensions, checksum offload, short-circuiting of routes.
 */
final class VxlanEdits {
  private static final int LEAST_MTU = 68;
  private static final int GREATEST_MTU = 65535;
  /** What stands in front of a frame: IP, UDP and VXLAN headers, and the frame's own (vxlan_headroom). */
  private static final int BESIDES_IP = 8 + 8 + 14;

  private VxlanEdits() {
  }

  /** vxlan_validate: what is wrong whatever there is. */
  static void validate(NewLink wish, LinkInfo.Vxlan info) {
    wish.mac().filter(m -> !m.isAssignable()).ifPresent(m -> {
      throw RefusedException.kernel(Errno.EADDRNOTAVAIL, "Provided link layer address is not Ethernet.");
    });
    wish.mtu().filter(m -> m < LEAST_MTU || m > GREATEST_MTU).ifPresent(m -> {
      throw RefusedException.kernel(Errno.EINVAL, "MTU must be between 68 and 65535.");
    });
    info.id().filter(i -> i < 0 || i >= VxlanSettings.END_OF_IDS).ifPresent(i -> {
      throw RefusedException.kernel(Errno.ERANGE, "VXLAN ID must be lower than 16777216.");
    });
  }

  /** vxlan_newlink. */
  static LabState add(LabState lab, NewLink wish, LinkInfo.Vxlan info) {
    Find.netns(lab, info.outer().home());
    if (!info.outer().home().host().equals(wish.ref().netns().host())) {
      throw Moves.noSuchNetns(wish.ref().netns());
    }
    int id = info.id().orElseThrow(() -> RefusedException.kernel(Errno.EINVAL));
    Outer outer = info.outer().fresh(lab, Outer.Ttl.AUTO);
    VxlanSettings fresh = new VxlanSettings(id, info.port().filter(p -> p > 0).orElse(VxlanSettings.KERNEL_PORT),
        info.sources().orElse(SourcePorts.ANY), flags(usual(), info), learning(Learning.USUAL, info),
        info.more().df().orElse(Df.UNSET));
    DeviceKind.Vxlan kind = new DeviceKind.Vxlan(info.outer().home(), outer, fresh);
    check(lab, kind, Optional.empty());
    int most = greatestMtu(lab, kind);
    int mtu = Math.min(wish.mtu().orElse(outer.device().isPresent() ? most : kind.driver().mtu().usual()), most);
    LabState made = Creation.add(lab,
        new NewLink(wish.ref(), wish.mac(), Optional.of(mtu), wish.index(), wish.up()), kind);
    DeviceId device = made.find(wish.ref()).orElseThrow().id();
    LabState known = Moves.knows(made, wish.ref().netns(), info.outer().home());
    return outer.remote().map(r -> withDefault(known, device, usualRemote(r, outer))).orElse(known);
  }

  private static Remote usualRemote(IpAddress remote, Outer outer) {
    return new Remote(remote, Optional.empty(), Optional.empty(), outer.device());
  }

  private static PSortedSet<VxlanFlag> usual() {
    PSortedSet<VxlanFlag> usual = TreePSet.empty();
    for (VxlanFlag flag : VxlanFlag.values()) {
      usual = flag.isUsual() ? usual.plus(flag) : usual;
    }
    return usual;
  }

  private static PSortedSet<VxlanFlag> flags(PSortedSet<VxlanFlag> old, LinkInfo.Vxlan info) {
    PSortedSet<VxlanFlag> flags = old;
    for (var said : info.more().flags().entrySet()) {
      flags = said.getValue() ? flags.plus(said.getKey()) : flags.minus(said.getKey());
    }
    return flags;
  }

  private static Learning learning(Learning old, LinkInfo.Vxlan info) {
    return new Learning(info.more().ageing().map(a -> a == 0 ? Learning.USUAL.ageing() : a).orElse(old.ageing()),
        info.more().limit().orElse(old.limit()));
  }

  /** vxlan_config_validate. */
  private static void check(LabState lab, DeviceKind.Vxlan wanted, Optional<DeviceId> self) {
    Outer outer = wanted.outer();
    if (outer.local().isPresent() && outer.remote().isPresent()
        && !outer.local().map(IpAddress::family).equals(outer.remote().map(IpAddress::family))) {
      throw RefusedException.kernel(Errno.EINVAL, "Local and remote address must be from the same family.");
    }
    if (outer.local().filter(IpAddress::isMulticast).isPresent()) {
      throw RefusedException.kernel(Errno.EINVAL, "Local address cannot be multicast.");
    }
    if (outer.remote().filter(IpAddress::isMulticast).isPresent() && outer.device().isEmpty()) {
      throw RefusedException.kernel(Errno.EINVAL, "Local interface required for multicast remote destination.");
    }
    for (Device other : lab.tunnelsOf(wanted.home())) {
      boolean same = other.kind() instanceof DeviceKind.Vxlan vxlan && self.filter(other.id()::equals).isEmpty()
          && vxlan.settings().id() == wanted.settings().id() && vxlan.settings().port() == wanted.settings().port()
          && vxlan.family() == wanted.family();
      if (same) {
        throw RefusedException.kernel(Errno.EEXIST, "A VXLAN device with the specified VNI already exists.");
      }
    }
  }

  /** The longest packet inside that still fits the device that the packets leave by (vxlan_change_mtu). */
  static int greatestMtu(LabState lab, DeviceKind.Vxlan vxlan) {
    int headers = BESIDES_IP + switch (vxlan.family()) {
      case INET -> 20;
      case INET6 -> 40;
    };
    return vxlan.outer().device().map(d -> Math.max(Links.mtuOf(lab, lab.device(d)) - headers, LEAST_MTU))
        .orElse(GREATEST_MTU);
  }

  /** vxlan_changelink: the network and its port stay, and the MTU follows no other change than that of the device. */
  static LabState set(LabState lab, Device device, LinkInfo.Vxlan info) {
    DeviceKind.Vxlan old = (DeviceKind.Vxlan) device.kind();
    VxlanSettings had = old.settings();
    info.id().filter(i -> i != had.id()).ifPresent(i -> {
      throw RefusedException.kernel(Errno.EOPNOTSUPP, "Cannot change VNI.");
    });
    info.outer().local().filter(a -> a.family() != old.family()).ifPresent(a -> {
      throw RefusedException.kernel(Errno.EOPNOTSUPP, "New local address family does not match old.");
    });
    info.outer().remote().filter(a -> a.family() != old.family()).ifPresent(a -> {
      throw RefusedException.kernel(Errno.EOPNOTSUPP, "New group address family does not match old group.");
    });
    info.port().filter(p -> p != 0).ifPresent(p -> {
      throw RefusedException.kernel(Errno.EOPNOTSUPP, "Cannot change port.");
    });
    refuseChange(info);
    Outer outer = keptTtl(old.outer(), info.outer().over(lab, old.outer()));
    VxlanSettings settings = had.with(flags(had.flags(), info), info.sources().orElse(had.sources()),
        learning(had.learning(), info), info.more().df().orElse(had.df()));
    DeviceKind.Vxlan kind = new DeviceKind.Vxlan(old.home(), outer, settings);
    check(lab, kind, Optional.of(device.id()));
    LinkSettings link = device.link();
    boolean sameDevice = outer.device().equals(old.outer().device());
    int mtu = sameDevice ? link.mtu() : Math.min(link.mtu(), greatestMtu(lab, kind));
    LabState changed = lab.with(device.withKind(kind).withLink(link.withMtu(mtu, link.mtuByHand())));
    return outer.remote().equals(old.outer().remote()) ? changed
        : moveDefault(changed, device.id(), old.outer(), outer);
  }

  /** Of the switches only learning can be changed: to name another is refused (vxlan_nl2conf). */
  private static void refuseChange(LinkInfo.Vxlan info) {
    for (VxlanFlag flag : info.more().flags().keySet()) {
      switch (flag) {
        case LEARNING -> {
        }
        case PROXY, L2MISS, L3MISS -> throw cannotChange("vxlan: cannot change " + flag.name() + " flag.");
        case UDPCSUM -> throw cannotChange("Cannot change UDP_CSUM flag.");
      }
    }
    info.more().limit().ifPresent(l -> {
      throw cannotChange("Cannot change limit.");
    });
    info.sources().filter(s -> !s.equals(SourcePorts.ANY)).ifPresent(s -> {
      throw cannotChange("Cannot change port range.");
    });
    if (info.outer().ttl().filter(Outer.Ttl.INHERIT::equals).isPresent()) {
      throw cannotChange("vxlan: cannot change TTL_INHERIT flag.");
    }
  }

  private static RefusedException cannotChange(String words) {
    return RefusedException.kernel(Errno.EOPNOTSUPP, words);
  }

  /** A TTL that is inherited stays so, whatever number is set beside. */
  private static Outer keptTtl(Outer old, Outer fresh) {
    return old.ttl().equals(Outer.Ttl.INHERIT)
        ? new Outer(fresh.local(), fresh.remote(), fresh.device(), old.ttl(), fresh.inheritTos())
        : fresh;
  }

  private static LabState moveDefault(LabState lab, DeviceId device, Outer old, Outer fresh) {
    LabState more = fresh.remote().map(r -> withDefault(lab, device, usualRemote(r, fresh))).orElse(lab);
    return old.remote().map(r -> VxlanFdbEdits.withoutRemote(more, device, MacAddress.ZERO, usualRemote(r, old)))
        .orElse(more);
  }

  /** With one more end that frames go to which no other row is about. */
  private static LabState withDefault(LabState lab, DeviceId device, Remote remote) {
    ForwardingDatabase table = lab.learned().fdb(device);
    FdbEntry row = table.find(MacAddress.ZERO).map(r -> VxlanFdbEdits.appended(r, remote))
        .orElseGet(() -> VxlanFdbEdits.row(MacAddress.ZERO, device, FdbEntry.Kind.LOCAL, lab.now(), remote));
    return lab.withLearned(lab.learned().withFdb(device, table.with(row)));
  }
}
