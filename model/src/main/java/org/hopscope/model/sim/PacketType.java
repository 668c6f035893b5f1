package org.hopscope.model.sim;

import org.hopscope.model.addr.MacAddress;

/** For whom a frame is, as a receiving device sees it (kernel include/uapi/linux/if_packet.h PACKET_*). */
enum PacketType {
  HOST, BROADCAST, MULTICAST, OTHERHOST;

  /** Kernel net/ethernet/eth.c eth_type_trans. */
  static PacketType of(MacAddress destination, MacAddress own) {
    if (destination.isBroadcast()) {
      return BROADCAST;
    }
    if (destination.isGroup()) {
      return MULTICAST;
    }
    return destination.equals(own) ? HOST : OTHERHOST;
  }
}
