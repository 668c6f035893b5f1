package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.DeviceKind;

/** Which groups a device listens to by itself (kernel net/ipv6/addrconf.c, RFC 4291 2.8): and what vxlans join there; what programs join is not modelled. */
final class Groups {
  private static final Ipv6Address ALL_NODES_HERE = Ipv6Address.of("ff01::1");
  private final Run run;

  Groups(Run run) {
    this.run = run;
  }

  /** Whether a vxlan of the namespace has joined a group on the device (kernel vxlan_multicast_join). */
  boolean isMember(NetDev device, IpAddress group) {
    return run.lab.tunnelsOf(device.netns()).stream().anyMatch(t -> t.isUp()
        && t.kind() instanceof DeviceKind.Vxlan vxlan && vxlan.outer().remote().equals(Optional.of(group))
        && vxlan.outer().device().equals(Optional.of(device.id())));
  }

  boolean isMember(NetDev device, Ipv6Address group) {
    if (isMember(device, (IpAddress) group)) {
      return true;
    }
    if (group.equals(Ipv6Address.ALL_NODES) || group.equals(ALL_NODES_HERE)) {
      return true;
    }
    boolean router = run.fabric.forwards6(device);
    return router && group.low() == 2 && (group.groupScope() == 1 || group.groupScope() == 2 || group.groupScope() == 5)
        || device.device().inet6().addresses().stream().anyMatch(a -> a.address().solicitedNode().equals(group)
            || router && a.network().solicitedNode().equals(group))
        // For each address that is answered for its group is joined (kernel ndisc.c pndisc_constructor).
        || run.lab.learned().neighbours(device.netns()).proxies().stream().anyMatch(k -> k.device().equals(device.id())
            && k.address() instanceof Ipv6Address a && a.solicitedNode().equals(group));
  }
}
