package org.hopscope.model.lab;

import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.ConntrackTable;
import org.hopscope.model.netfilter.NetfilterState;

/**
 * Connections that MASQUERADE translated go with what they took their address from (kernel
 * net/netfilter/nf_nat_masquerade.c); those of SNAT stay.
 */
final class Masquerades {
  private Masquerades() {
  }

  /** The device is switched off or leaves its namespace (masq_device_event). */
  static LabState withoutDevice(LabState lab, Device device) {
    return without(lab, device, _ -> true);
  }

  /** The device loses an address (masq_inet_event). */
  static LabState withoutAddress(LabState lab, Device device, IpAddress address) {
    return without(lab, device, c -> c.reply().destination().equals(address));
  }

  private static LabState without(LabState lab, Device device, Predicate<Connection> which) {
    NetnsId netns = device.netns();
    NetfilterState state = lab.learned().netfilter(netns);
    ConntrackTable left = state.conntrack();
    for (Connection connection : state.conntrack().connections().values()) {
      if (connection.flags().masquerade() == device.place().ifindex() && which.test(connection)) {
        left = left.without(connection.original());
      }
    }
    return left == state.conntrack() ? lab
        : lab.withLearned(lab.learned().withNetfilter(netns, state.withConntrack(left)));
  }
}
