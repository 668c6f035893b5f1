package org.hopscope.model.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A packet: headers from the outermost in, and the bytes behind them. Immutable; a changed packet is another one.
 *
 * @param headers outermost first; at least one
 * @param payload bytes behind the last header
 * @param text what the payload says, for a server's answer; empty when it says nothing of interest
 */
public record Packet(List<Header> headers, int payload, String text) {
  public Packet {
    headers = List.copyOf(headers);
  }

  /** A packet whose payload says nothing. */
  public static Packet of(int payload, Header... headers) {
    return new Packet(List.of(headers), payload, "");
  }

  /** All bytes, link header included. */
  public int length() {
    int sum = payload;
    for (Header header : headers) {
      sum += header.length();
    }
    return sum;
  }

  /** The bytes that count against an MTU: all but a leading Ethernet header with its VLAN tags. */
  public int networkLength() {
    int sum = payload;
    for (int i = linkHeaders(); i < headers.size(); i++) {
      sum += headers.get(i).length();
    }
    return sum;
  }

  /** How many headers in front belong to the link. */
  private int linkHeaders() {
    int count = headers.getFirst() instanceof Header.Ethernet ? 1 : 0;
    while (count > 0 && count < headers.size() && headers.get(count) instanceof Header.Vlan) {
      count++;
    }
    return count;
  }

  /** The outermost header of a kind; headers of a packet inside a tunnel are none of this one's. */
  public <H extends Header> Optional<H> find(Class<H> kind) {
    int end = inside();
    for (int i = 0; i < end; i++) {
      if (kind.isInstance(headers.get(i))) {
        return Optional.of(kind.cast(headers.get(i)));
      }
    }
    return Optional.empty();
  }

  /** Where the headers of the packet inside begin; behind the last header when there is none. */
  private int inside() {
    boolean network = false;
    for (int i = 0; i < headers.size(); i++) {
      Header header = headers.get(i);
      if (header instanceof Header.Carrier) {
        return i + 1;
      }
      if (header instanceof Header.Ip) {
        if (network) {
          return i;
        }
        network = true;
      }
    }
    return headers.size();
  }

  /** The packet inside, when this one is a tunnel's. */
  public Optional<Packet> carried() {
    int at = inside();
    return at == headers.size() ? Optional.empty()
        : Optional.of(new Packet(headers.subList(at, headers.size()), payload, text));
  }

  /** The header of this packet that is closest to what it carries: UDP's, where that is a tunnel of UDP. */
  public Header last() {
    int at = inside() - 1;
    Header last = headers.get(at);
    return last instanceof Header.Vxlan ? headers.get(at - 1) : last;
  }

  /** How many packets are inside each other here: 0 where no tunnel plays a role. */
  public int depth() {
    return carried().map(inner -> 1 + inner.depth()).orElse(0);
  }

  /** With headers in front, outermost first. */
  public Packet wrap(List<Header> outer) {
    List<Header> more = new ArrayList<>(outer);
    more.addAll(headers);
    return new Packet(more, payload, text);
  }

  public Optional<Header.Ethernet> ethernet() {
    return headers.getFirst() instanceof Header.Ethernet e ? Optional.of(e) : Optional.empty();
  }

  /** The VLAN tag behind the Ethernet header, the outer one when there are two. */
  public Optional<Header.Vlan> vlan() {
    return linkHeaders() > 1 && headers.get(1) instanceof Header.Vlan tag ? Optional.of(tag) : Optional.empty();
  }

  /**
   * With a VLAN tag put behind the Ethernet header, in front of one that is there already.
   *
   * @param protocol the type that announces it: {@link Header.Vlan#CUSTOMER} or {@link Header.Vlan#SERVICE}
   */
  public Packet tag(int protocol, int priority, int id) {
    Header.Ethernet outer = ethernet().orElseThrow();
    List<Header> more = new ArrayList<>(headers);
    more.set(0, new Header.Ethernet(outer.destination(), outer.source(), protocol));
    more.add(1, new Header.Vlan(priority, false, id, outer.etherType()));
    return new Packet(more, payload, text);
  }

  /** Without the VLAN tag behind the Ethernet header, which must be there. */
  public Packet untag() {
    Header.Ethernet outer = ethernet().orElseThrow();
    List<Header> fewer = new ArrayList<>(headers);
    fewer.remove(1);
    fewer.set(0, new Header.Ethernet(outer.destination(), outer.source(), vlan().orElseThrow().etherType()));
    return new Packet(fewer, payload, text);
  }

  public Optional<Header.Ipv4> ipv4() {
    return find(Header.Ipv4.class);
  }

  /** The outermost network header, of either family. */
  public Optional<Header.Ip> ip() {
    return find(Header.Ip.class);
  }

  /** Where a piece of a packet belongs, of either family; {@link Header.Fragment#WHOLE} for all of it. */
  public Header.Fragment fragment() {
    return find(Header.Fragment6.class).map(Header.Fragment6::fragment)
        .or(() -> ipv4().map(Header.Ipv4::fragment)).orElse(Header.Fragment.WHOLE);
  }

  /** Without the link header, from the network header on. */
  public Packet network() {
    int link = linkHeaders();
    return link == 0 ? this : new Packet(headers.subList(link, headers.size()), payload, text);
  }

  /** With one more header outside. */
  public Packet wrap(Header outer) {
    List<Header> more = new ArrayList<>(headers.size() + 1);
    more.add(outer);
    more.addAll(headers);
    return new Packet(more, payload, text);
  }

  /** Without the first {@code count} headers. */
  Packet behind(int count) {
    return new Packet(headers.subList(count, headers.size()), payload, text);
  }

  /** Without the outermost header. */
  public Packet unwrap() {
    return new Packet(headers.subList(1, headers.size()), payload, text);
  }

  /** With the first header that equals {@code old} replaced. */
  public Packet replace(Header old, Header fresh) {
    List<Header> changed = new ArrayList<>(headers);
    changed.set(changed.indexOf(old), fresh);
    return new Packet(changed, payload, text);
  }
}
