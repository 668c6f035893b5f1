package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Device.LinkSettings;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.IpTunnelFlag;
import org.hopscope.model.net.IpTunnelSettings;
import org.hopscope.model.net.Outer;

/**
 * IP tunnels when they are made and changed (kernel net/ipv4/ip_tunnel.c ip_tunnel_newlink, ip_tunnel_changelink,
 * net/ipv6/sit.c ipip6_newlink, ipip6_changelink). Not checked against a kernel: the one at hand has none. Left out:
 * groups as far ends, metadata mode, checksums and sequence numbers of GRE, FOU and GUE, ISATAP, and 6rd with any
 * other prefix than 6to4's.
 */
final class IpTunnelEdits {
  private static final int LEAST_MTU = 68;
  private static final int GREATEST_MTU = 65535;
  private static final int FRAME_HEADER = 14;

  private IpTunnelEdits() {
  }

  /** ip_tunnel_newlink. The driver is there from now on, and with it the device that it makes in each namespace. */
  static LabState add(LabState lab, NewLink wish, LinkInfo.IpTunnel info) {
    Find.netns(lab, info.outer().home());
    if (!info.outer().home().host().equals(wish.ref().netns().host())) {
      throw Moves.noSuchNetns(wish.ref().netns());
    }
    LabState loaded = FallbackTunnels.load(lab, wish.ref().netns().host(), info.driver());
    Creation.refuseTaken(loaded, wish);
    Outer outer = info.outer().fresh(loaded, Outer.Ttl.INHERIT);
    DeviceKind.IpTunnel kind =
        new DeviceKind.IpTunnel(info.outer().home(), outer, info.driver(), settings(usual(info.driver()), info));
    refuseTwin(loaded, kind, Optional.empty());
    int mtu = wish.mtu().map(m -> Math.clamp(m, LEAST_MTU, greatestMtu(kind))).orElseGet(() -> boundMtu(loaded, kind));
    LabState made = Creation.add(loaded,
        new NewLink(wish.ref(), wish.mac(), Optional.of(mtu), wish.index(), wish.up()), kind);
    return Moves.knows(made, wish.ref().netns(), info.outer().home());
  }

  /** A tunnel by netlink carries any IP that its driver can (IFLA_IPTUN_PROTO of 0). */
  private static IpTunnelSettings usual(Driver driver) {
    return IpTunnelSettings.USUAL.with(IpTunnelFlag.ANY, driver == Driver.IPIP || driver == Driver.SIT);
  }

  /** ipgre_netlink_parms, ipip_netlink_parms: where DF is set anyhow there is nothing to ignore. */
  private static IpTunnelSettings settings(IpTunnelSettings old, LinkInfo.IpTunnel info) {
    boolean gre = info.driver() == Driver.GRE || info.driver() == Driver.GRETAP;
    IpTunnelSettings keyed = old.withKeys(info.more().inKey().filter(_ -> gre).or(old::inKey),
        info.more().outKey().filter(_ -> gre).or(old::outKey));
    boolean unbound = old.has(IpTunnelFlag.UNBOUND) && info.outer().device().isEmpty();
    IpTunnelSettings found =
        keyed.with(IpTunnelFlag.UNBOUND, unbound)
            .with(IpTunnelFlag.PMTUDISC, info.more().pmtudisc().orElse(old.has(IpTunnelFlag.PMTUDISC)))
            .with(IpTunnelFlag.IGNORE_DF,
                info.more().ignoreDf().filter(_ -> gre).orElse(old.has(IpTunnelFlag.IGNORE_DF)))
            .with(IpTunnelFlag.ANY, info.more().any().filter(_ -> !gre).orElse(old.has(IpTunnelFlag.ANY)));
    if (found.has(IpTunnelFlag.PMTUDISC) && found.has(IpTunnelFlag.IGNORE_DF)) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    return found;
  }

  /** Two with the same ends, device and key cannot be told apart (ip_tunnel_find, ipip6_tunnel_locate). */
  private static void refuseTwin(LabState lab, DeviceKind.IpTunnel wanted, Optional<DeviceId> self) {
    for (Device other : lab.tunnelsOf(wanted.home())) {
      boolean same = other.kind() instanceof DeviceKind.IpTunnel tunnel && self.filter(other.id()::equals).isEmpty()
          && tunnel.driver() == wanted.driver() && tunnel.outer().local().equals(wanted.outer().local())
          && tunnel.outer().remote().equals(wanted.outer().remote())
          && tunnel.outer().device().equals(wanted.outer().device())
          && tunnel.settings().inKey().equals(wanted.settings().inKey());
      if (same) {
        throw RefusedException.kernel(Errno.EEXIST);
      }
    }
  }

  /** The longest packet inside that fits the way to the far end as it is now (ip_tunnel_bind_dev). */
  static int boundMtu(LabState lab, DeviceKind.IpTunnel kind) {
    Optional<Device> by = kind.outer().remote().flatMap(r -> Ways.device(lab, kind.home(), r, kind.outer().device()))
        .or(() -> kind.outer().device().map(lab::device));
    int least = kind.driver() == Driver.SIT ? kind.driver().mtu().min() : LEAST_MTU;
    int wide = by.map(d -> Math.min(Links.mtuOf(lab, d), GREATEST_MTU)).orElse(Driver.NIC.mtu().usual());
    return Math.max(wide - headers(kind), least);
  }

  private static int headers(DeviceKind.IpTunnel kind) {
    return kind.overhead() + (kind.driver() == Driver.GRETAP ? FRAME_HEADER : 0);
  }

  private static int greatestMtu(DeviceKind.IpTunnel kind) {
    return kind.driver() == Driver.SIT ? kind.driver().mtu().max() : GREATEST_MTU - headers(kind);
  }

  /** __ip_tunnel_change_mtu: sit alone has a range of its own. */
  static void checkMtu(DeviceKind.IpTunnel kind, int mtu) {
    if (kind.driver() != Driver.SIT && (mtu < LEAST_MTU || mtu > greatestMtu(kind))) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
  }

  /**
   * ip_tunnel_changelink: a tunnel with a far end keeps one, one without stays so. The MTU follows another device and
   * another length of the header, and nothing else.
   */
  static LabState set(LabState lab, Device device, LinkInfo.IpTunnel info) {
    DeviceKind.IpTunnel old = (DeviceKind.IpTunnel) device.kind();
    if (old.isFallback()) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    DeviceKind.IpTunnel kind = old.with(info.outer().over(lab, old.outer()), settings(old.settings(), info));
    refuseTwin(lab, kind, Optional.of(device.id()));
    if (kind.driver() != Driver.GRETAP && kind.outer().remote().isPresent() != old.outer().remote().isPresent()) {
      throw RefusedException.kernel(Errno.EINVAL);
    }
    LinkSettings link = device.link();
    int bound = kind.outer().device().equals(old.outer().device())
        ? link.mtu() - (kind.overhead() - old.overhead())
        : boundMtu(lab, kind);
    return lab.with(device.withKind(kind).withLink(link.withMtu(Math.max(bound, LEAST_MTU), link.mtuByHand())));
  }
}
