package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;

/** Cuts packets that are too long for their way. */
final class Fragments {
  private static final int UNIT = 8;

  private Fragments() {
  }

  /** The pieces of an IPv4 packet for an MTU (RFC 791 3.2, kernel ip_do_fragment): all but the last a multiple of 8 bytes. */
  static List<Packet> cut(Packet whole, int mtu) {
    Header.Ipv4 ip = whole.ipv4().orElseThrow();
    int room = (mtu - ip.length()) / UNIT * UNIT;
    int total = whole.length() - ip.length();
    int headers = total - whole.payload();
    int all = Math.max(total, ip.fragment().whole());
    List<Packet> pieces = new ArrayList<>();
    for (int at = 0; at < total; at += room) {
      boolean more = at + room < total || ip.fragment().more();
      Header.Ipv4 own = ip.withFragment(new Header.Fragment(ip.fragment().offset() + at, more, all, shift(whole)));
      int bytes = Math.min(room, total - at);
      pieces.add(at == 0
          ? new Packet(whole.replace(ip, own).headers(), bytes - headers, whole.text())
          : Packet.of(bytes, own));
    }
    return pieces;
  }

  /** The pieces of an IPv6 packet, which only its sender may cut (RFC 8200 4.5, kernel ip6_fragment). */
  static List<Packet> cut6(Packet whole, int mtu, int identification) {
    Header ip = whole.headers().getFirst();
    int total = whole.length() - ip.length();
    int headers = total - whole.payload();
    int room = (mtu - ip.length() - UNIT) / UNIT * UNIT;
    List<Packet> pieces = new ArrayList<>();
    for (int at = 0; at < total; at += room) {
      Header.Fragment6 own =
          new Header.Fragment6(new Header.Fragment(at, at + room < total, total, shift(whole)), identification);
      int bytes = Math.min(room, total - at);
      pieces.add(at == 0
          ? new Packet(whole.unwrap().wrap(own).wrap(ip).headers(), bytes - headers, whole.text())
          : Packet.of(bytes, ip, own));
    }
    return pieces;
  }

  /** How far behind the header that is cut the innermost packet's own payload begins. */
  private static int shift(Packet whole) {
    Header.Fragment known = whole.fragment();
    int shift = known.shift();
    for (Packet inner = whole; inner.carried().isPresent(); inner = inner.carried().get()) {
      Packet next = inner.carried().get();
      int network = next.ip().map(Header::length).orElse(0);
      shift += inner.length() - next.length() - inner.ip().map(Header::length).orElse(0)
          + next.length() - next.networkLength() + network - next.fragment().offset();
    }
    return shift;
  }
}
