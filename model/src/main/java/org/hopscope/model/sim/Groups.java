package org.hopscope.model.sim;

import org.hopscope.model.addr.Ipv6Address;

/** Which groups a device listens to by itself (kernel net/ipv6/addrconf.c, RFC 4291 2.8): what programs join is not modelled. */
final class Groups {
  private static final Ipv6Address ALL_NODES_HERE = Ipv6Address.of("ff01::1");
  private final Run run;

  Groups(Run run) {
    this.run = run;
  }

  boolean isMember(NetDev device, Ipv6Address group) {
    if (group.equals(Ipv6Address.ALL_NODES) || group.equals(ALL_NODES_HERE)) {
      return true;
    }
    boolean router = run.fabric.forwards6(device);
    return router && group.low() == 2 && (group.groupScope() == 1 || group.groupScope() == 2 || group.groupScope() == 5)
        || device.device().inet6().addresses().stream().anyMatch(a -> a.address().solicitedNode().equals(group)
            || router && a.network().solicitedNode().equals(group));
  }
}
