package org.hopscope.model.lab;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.Learned;

/** Devices are made, changed and deleted ({@code ip link add|set|del}). */
final class LinkEdits {
  /** The smallest MTU that IPv4 works with (RFC 791: 68 bytes). */
  private static final int MIN_MTU = 68;
  private static final int MAX_MTU = 65535;
  private static final int LONGEST_ALIAS = 255;

  private LinkEdits() {
  }

  /**
   * Both ends of a veth. The kernel makes the peer first: it has the lower index and number, and it cannot be switched on
   * yet, since there is nobody at its other end (drivers/net/veth.c veth_open).
   */
  static LabState addVeth(LabState lab, NewLink one, NewLink other) {
    if (lab.find(one.ref()).isPresent() || one.index().filter(i -> Creation.isTaken(lab, one.ref().netns(), i))
        .isPresent()) {
      Find.netns(lab, one.ref().netns());
      throw RefusedException.kernel(Errno.EEXIST);
    }
    if (!one.ref().netns().host().equals(other.ref().netns().host())) {
      throw Moves.noSuchNetns(other.ref().netns());
    }
    validateVeth(one);
    validateVeth(other);
    if (other.up()) {
      throw RefusedException.kernel(Errno.ENOTCONN);
    }
    DeviceId peer = new DeviceId(lab.nextDevice());
    DeviceId main = new DeviceId(lab.nextDevice() + 1);
    LabState half = Creation.add(lab, other, new DeviceKind.Veth(main));
    LabState both = Moves.meet(Creation.add(half, one, new DeviceKind.Veth(peer)), main, peer);
    return one.up() ? Power.set(both, main, true) : both;
  }

  /** Each end by itself, before either is made (drivers/net/veth.c veth_validate). */
  private static void validateVeth(NewLink wish) {
    wish.mac().filter(m -> !m.isAssignable()).ifPresent(m -> {
      throw RefusedException.kernel(Errno.EADDRNOTAVAIL);
    });
    wish.mtu().filter(m -> m < MIN_MTU || m > MAX_MTU).ifPresent(m -> {
      throw RefusedException.kernel(Errno.EINVAL);
    });
  }

  /** lo and cards cannot be deleted; the tunnel that came with its driver stays without a word (ip_tunnel_dellink). */
  static LabState delete(LabState lab, DeviceRef ref) {
    Device device = Find.device(lab, ref);
    if (!device.kind().driver().isVirtual()) {
      throw RefusedException.kernel(Errno.EOPNOTSUPP);
    }
    if (device.kind() instanceof DeviceKind.OvsInternal) {
      throw RefusedException.kernel(Errno.EOPNOTSUPP);
    }
    boolean stays = device.kind() instanceof DeviceKind.IpTunnel tunnel && tunnel.isFallback();
    return stays ? lab : Detach.delete(lab, device);
  }

  /** Everything that one command changes, in the kernel's order (rtnetlink.c do_setlink). */
  static LabState set(LabState lab, DeviceRef ref, LinkChange change) {
    Device device = Find.device(lab, ref);
    DeviceId id = device.id();
    Optional<DeviceId> master = change.master().filter(m -> !m.isEmpty()).map(m -> BridgeEdits.master(lab, ref, m));
    LabState next = change.netns().map(n -> Moves.move(lab, device, n, change.name())).orElse(lab);
    if (change.mac().isPresent()) {
      next = setMac(next, next.device(id), change.mac().get());
    }
    if (change.mtu().isPresent()) {
      next = setMtu(next, next.device(id), change.mtu().get());
    }
    if (change.name().isPresent() && change.netns().isEmpty()) {
      next = Moves.rename(next, next.device(id), change.name().get());
    }
    if (change.master().isPresent()) {
      next = BridgeEdits.setMaster(next, next.device(id), master);
    }
    return change.up().isPresent() ? Power.set(next, id, change.up().get()) : next;
  }

  /** An alias is 255 bytes at most (IFALIASZ). Of a new alias or group everybody hears (rtnetlink.c DO_SETLINK_NOTIFY). */
  static LabState setTraits(LabState lab, DeviceRef ref, TraitsChange change) {
    Device device = Find.device(lab, ref);
    if (change.alias().filter(a -> a.getBytes(StandardCharsets.UTF_8).length > LONGEST_ALIAS).isPresent()) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    Device changed = device.withLink(device.link().withTraits(change.on(device.link().traits())));
    boolean announced = change.alias().isPresent() || change.group().isPresent();
    return announced ? Trees.announced(lab.with(changed), changed) : lab.with(changed);
  }

  static LabState setArp(LabState lab, DeviceRef ref, boolean value) {
    Device device = Find.device(lab, ref);
    return device.usesArp() == value
        ? lab
        : Detach.withoutNeighbours(lab.with(device.withLink(device.link().withArp(value))), device);
  }

  private static LabState setMac(LabState lab, Device device, MacAddress mac) {
    if (!device.kind().driver().hardware().hasHeader() || device.kind() instanceof DeviceKind.Ipvlan) {
      throw RefusedException.kernel(Errno.EOPNOTSUPP);
    }
    if (mac.equals(Links.macOf(lab, device))) {
      return toldAgain(lab, device, mac);
    }
    if (!mac.isAssignable()) {
      throw RefusedException.kernel(Errno.EADDRNOTAVAIL);
    }
    if (device.kind() instanceof DeviceKind.Macvlan(var below, var _)) {
      return MacvlanEdits.setMac(lab, device, lab.device(below), mac);
    }
    if (device.kind() instanceof DeviceKind.Bond) {
      return BondEdits.spread(lab.with(device.withLink(device.link().withMac(mac))), device.id());
    }
    return lab.with(chosen(device, mac));
  }

  private static Device chosen(Device device, MacAddress mac) {
    Device changed = device.withLink(device.link().withMac(mac));
    return changed.kind() instanceof DeviceKind.Bridge(var settings, boolean _)
        ? changed.withKind(new DeviceKind.Bridge(settings, true))
        : changed;
  }

  /** All who care hear of an address that was set, though it be the former one (kernel NETDEV_CHANGEADDR). */
  private static LabState toldAgain(LabState lab, Device device, MacAddress mac) {
    LabState next = Detach.withoutNeighbours(lab.with(chosen(device, mac)), device);
    if (device.port().isEmpty()) {
      return next;
    }
    DeviceId bridge = device.port().get().bridge();
    Learned learned = next.learned();
    return next.withLearned(learned.withFdb(bridge, Aftermath.ownAgain(learned.fdb(bridge), mac)));
  }

  /** One that the device has already is not looked at, nor does a bridge take it for a wish (kernel netif_set_mtu_ext). */
  private static LabState setMtu(LabState lab, Device device, int mtu) {
    if (mtu == Links.mtuOf(lab, device)) {
      return lab;
    }
    checkMtu(Links.mtuRange(lab, device), mtu);
    if (device.kind() instanceof DeviceKind.IpTunnel tunnel) {
      IpTunnelEdits.checkMtu(tunnel, mtu);
    }
    if (device.kind() instanceof DeviceKind.Geneve geneve) {
      return lab.with(device.withLink(device.link().withMtu(GeneveEdits.fitting(geneve, mtu))));
    }
    if (device.kind() instanceof DeviceKind.Vxlan vxlan && mtu > VxlanEdits.greatestMtu(lab, vxlan)) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    boolean free = device.kind() instanceof DeviceKind.Ipvlan;
    device.lower().filter(_ -> !free).map(lab::device).filter(below -> mtu > Links.mtuOf(lab, below))
        .ifPresent(below -> {
          throw RefusedException.kernel(device.kind() instanceof DeviceKind.Vlan ? Errno.ERANGE : Errno.EINVAL);
        });
    return BondEdits.spread(lab.with(device.withLink(device.link().withMtu(mtu))), device.id());
  }

  /**
   * Refuses an MTU outside a driver's range (kernel dev_validate_mtu). Where there is no lower limit the model does not
   * follow it below IPv4's own minimum.
   */
  static void checkMtu(Driver.Mtu range, int mtu) {
    if (mtu < range.min()) {
      throw RefusedException.kernel(Errno.EINVAL, "mtu less than device minimum.");
    }
    if (range.max() > 0 && mtu > range.max()) {
      throw RefusedException.kernel(Errno.EINVAL, "mtu greater than device maximum.");
    }
    if (mtu < MIN_MTU) {
      throw RefusedException.unsupported("mtu " + mtu + " here, which would end IPv4 on the device");
    }
  }
}
