package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.packet.Packet;

/** What of finding neighbours is different in each family (kernel struct neigh_ops). */
sealed interface Solicitor permits ArpOutput, NdiscOutput {
  /**
   * A question for the hardware address of a neighbour (kernel neigh_ops.solicit).
   *
   * @param target whose
   * @param waiting the source of the packet that waits for the answer, if one does
   * @param known the address to be checked; without one, all who could be meant are asked
   * @return empty where the host has no address to ask from
   */
  Optional<Packet> solicitation(NetDev device, IpAddress target, Optional<IpAddress> waiting,
      Optional<MacAddress> known);

  /** Sends a question that was made (kernel arp_xmit, ndisc_send_skb). */
  void ask(Skb request, NetDev device);

  /** Nobody answered: the sender of a packet that waited is told (kernel neigh_ops.error_report). */
  void failed(Skb waited, NetDev device);
}
