package org.hopscope.model.lab;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.IpTunnelFlag;
import org.hopscope.model.net.IpTunnelSettings;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Outer;
import org.pcollections.TreePSet;

/**
 * The tunnels without ends that come with a driver: tunl0, sit0, gre0 and gretap0. A kernel makes them in every
 * namespace of its host when the module is loaded, that is when somebody first asks for such a tunnel, and from then on
 * in every new one (ip_tunnel_init_net, sit_init_net; net.core.fb_tunnels_only_for_init_net=0). They can be neither
 * deleted nor moved. They are what is left of a loaded module, so that the root namespace's says whether it is. Left out:
 * erspan0, which comes with gre0.
 */
final class FallbackTunnels {
  private static final int SIT_TTL = 64;

  private FallbackTunnels() {
  }

  /** One of them. */
  private record Fallback(String name, Driver driver) {
  }

  /** What a module makes, in its order. */
  private static List<Fallback> of(Driver driver) {
    return switch (driver) {
      case GRE, GRETAP -> List.of(new Fallback("gre0", Driver.GRE), new Fallback("gretap0", Driver.GRETAP));
      case IPIP -> List.of(new Fallback("tunl0", Driver.IPIP));
      case SIT -> List.of(new Fallback("sit0", Driver.SIT));
      case LOOPBACK, NIC, VETH, BRIDGE, DUMMY, TUN, TAP, VLAN, IPVLAN, BOND, MACVLAN, VXLAN, GENEVE, OPENVSWITCH,
          WIREGUARD ->
          List.of();
    };
  }

  /** With the module of a driver loaded. Where a name is taken the module cannot be loaded. */
  static LabState load(LabState lab, String host, Driver driver) {
    if (isLoaded(lab, host, driver)) {
      return lab;
    }
    LabState next = lab;
    for (Netns netns : lab.netnsOf(host)) {
      next = make(next, netns.id(), driver);
    }
    return next;
  }

  private static boolean isLoaded(LabState lab, String host, Driver driver) {
    return lab.tunnelsOf(NetnsId.root(host)).stream()
        .anyMatch(d -> d.netns().isRoot() && d.kind() instanceof DeviceKind.IpTunnel t && t.isFallback()
            && t.driver() == driver);
  }

  /** A new namespace gets those of all modules that are loaded. */
  static LabState inherit(LabState lab, NetnsId fresh) {
    LabState next = lab;
    for (Driver driver : List.of(Driver.IPIP, Driver.GRE, Driver.SIT)) {
      next = isLoaded(lab, fresh.host(), driver) ? make(next, fresh, driver) : next;
    }
    return next;
  }

  private static LabState make(LabState lab, NetnsId netns, Driver driver) {
    LabState next = lab;
    for (Fallback fallback : of(driver)) {
      DeviceRef ref = new DeviceRef(netns, fallback.name());
      if (next.find(ref).isPresent()) {
        throw RefusedException.kernel(Errno.EOPNOTSUPP, "Unknown device type.");
      }
      next = Creation.add(next, NewLink.named(ref), kind(netns, fallback.driver()));
      var made = next.find(ref).orElseThrow();
      next = next.with(made.withLink(made.link().withMac(MacAddress.ZERO, false)));
    }
    return next;
  }

  private static DeviceKind.IpTunnel kind(NetnsId home, Driver driver) {
    Outer.Ttl ttl = driver == Driver.SIT ? new Outer.Ttl.Fixed(SIT_TTL) : Outer.Ttl.INHERIT;
    TreePSet<IpTunnelFlag> flags = TreePSet.singleton(IpTunnelFlag.FALLBACK);
    return new DeviceKind.IpTunnel(home,
        new Outer(Optional.empty(), Optional.empty(), Optional.empty(), ttl, false), driver,
        new IpTunnelSettings(Optional.empty(), Optional.empty(),
            driver == Driver.IPIP ? flags.plus(IpTunnelFlag.ANY) : flags));
  }
}
