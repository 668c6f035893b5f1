package org.hopscope.model.sim;

import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;

/**
 * A packet copy in the hands of a kernel (kernel struct sk_buff).
 *
 * @param copy its number in the trace
 * @param packet what it is just now
 * @param meta what the kernel notes on it
 */
record Skb(int copy, Packet packet, SkbMeta meta) {
  /** Nothing is noted on it. */
  Skb(int copy, Packet packet) {
    this(copy, packet, SkbMeta.NONE);
  }

  Skb with(Packet changed) {
    return changed == packet ? this : new Skb(copy, changed, meta);
  }

  Skb with(SkbMeta changed) {
    return changed == meta ? this : new Skb(copy, packet, changed);
  }

  /** Its network header, which it must have. */
  Header.Ip ip() {
    return packet.ip().orElseThrow();
  }

  /** Its IPv4 header, which it must have. */
  Header.Ipv4 ipv4() {
    return packet.ipv4().orElseThrow();
  }

  /** Its IPv6 header, which it must have. */
  Header.Ipv6 ipv6() {
    return packet.find(Header.Ipv6.class).orElseThrow();
  }

  /** Its link header, which it must have. */
  Header.Ethernet ethernet() {
    return packet.ethernet().orElseThrow();
  }
}
