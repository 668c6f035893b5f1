package org.hopscope.model.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A packet: headers from the outermost in, and the bytes behind them. Immutable; a changed packet is another one. */
public final class Packet {
  private final List<Header> headers;
  private final int payload;
  private final String text;
  private final Layout layout;

  /**
   * A packet.
   *
   * @param headers outermost first; none where only the question matters, not the packet
   * @param payload bytes behind the last header
   * @param text what the payload says, for a server's answer; empty when it says nothing of interest
   */
  public Packet(List<Header> headers, int payload, String text) {
    this.headers = List.copyOf(headers);
    this.payload = payload;
    this.text = text;
    layout = Layout.of(this.headers, payload);
  }

  private Packet(Header[] headers, Packet like, Layout layout) {
    this.headers = List.of(headers);
    payload = like.payload;
    text = like.text;
    this.layout = layout;
  }

  /** Its headers, outermost first; at least one. */
  public List<Header> headers() {
    return headers;
  }

  /** The bytes behind the last header. */
  public int payload() {
    return payload;
  }

  /** What the payload says, for a server's answer; empty when it says nothing of interest. */
  public String text() {
    return text;
  }

  /** A packet whose payload says nothing. */
  public static Packet of(int payload, Header... headers) {
    return new Packet(List.of(headers), payload, "");
  }

  /** All bytes, link header included. */
  public int length() {
    return layout.length();
  }

  /** The bytes that count against an MTU: all but a leading Ethernet header with its VLAN tags. */
  public int networkLength() {
    return layout.networkLength();
  }

  /**
   * What the outermost network header carries: TCP, UDP, ICMP; the last header where there is no such thing. In it there may
   * be more headers, where it carries another packet.
   */
  public Header upper() {
    return headers.get(uppermost());
  }

  private int uppermost() {
    boolean network = false;
    for (int i = 0; i < headers.size(); i++) {
      Header header = headers.get(i);
      boolean inside = header instanceof Header.Fragment6;
      if (network && !inside) {
        return i;
      }
      network |= header instanceof Header.Ip;
    }
    return headers.size() - 1;
  }

  /** The header of a kind, in front of what a tunnel's packet carries. */
  public <H extends Header> Optional<H> find(Class<H> kind) {
    for (int i = 0; i < layout.inside(); i++) {
      if (kind.isInstance(headers.get(i))) {
        return Optional.of(kind.cast(headers.get(i)));
      }
    }
    return Optional.empty();
  }

  /** The packet inside, when this one is a tunnel's. */
  public Optional<Packet> carried() {
    return layout.inside() == headers.size() ? Optional.empty() : Optional.of(from(layout.inside()));
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
    return layout.linkHeaders() > 1 && headers.get(1) instanceof Header.Vlan tag ? Optional.of(tag) : Optional.empty();
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
    return layout.network() >= 0 && headers.get(layout.network()) instanceof Header.Ipv4 v4
        ? Optional.of(v4)
        : find(Header.Ipv4.class);
  }

  /** The outermost network header, of either family. */
  public Optional<Header.Ip> ip() {
    return layout.network() < 0 ? Optional.empty() : Optional.of((Header.Ip) headers.get(layout.network()));
  }

  /** Where a piece of a packet belongs, of either family; {@link Header.Fragment#WHOLE} for all of it. */
  public Header.Fragment fragment() {
    return find(Header.Fragment6.class).map(Header.Fragment6::fragment)
        .or(() -> ipv4().map(Header.Ipv4::fragment)).orElse(Header.Fragment.WHOLE);
  }

  /** Without the link header, from the network header on. */
  public Packet network() {
    return from(layout.linkHeaders());
  }

  /** Without the first headers. */
  Packet from(int first) {
    if (first == 0) {
      return this;
    }
    Header[] fewer = new Header[headers.size() - first];
    for (int i = 0; i < fewer.length; i++) {
      fewer[i] = headers.get(first + i);
    }
    return first == layout.linkHeaders()
        ? new Packet(fewer, this, layout.unframed())
        : new Packet(List.of(fewer), payload, text);
  }

  /** With one more header outside. */
  public Packet wrap(Header outer) {
    Header[] more = new Header[headers.size() + 1];
    more[0] = outer;
    for (int i = 1; i < more.length; i++) {
      more[i] = headers.get(i - 1);
    }
    return outer instanceof Header.Ethernet frame && layout.linkHeaders() == 0
        && layout.network() == 0
            ? new Packet(more, this, layout.framed(frame))
            : new Packet(List.of(more), payload, text);
  }

  /** Without the outermost header. */
  public Packet unwrap() {
    return from(1);
  }

  /** With the first header that equals {@code old} replaced. */
  public Packet replace(Header old, Header fresh) {
    if (old == fresh) {
      return this;
    }
    Header[] changed = headers.toArray(new Header[0]);
    changed[place(old)] = fresh;
    return old.getClass() == fresh.getClass() && old.length() == fresh.length()
        ? new Packet(changed, this, layout)
        : new Packet(List.of(changed), payload, text);
  }

  /** Mostly it is the very same object. */
  private int place(Header header) {
    for (int i = 0; i < headers.size(); i++) {
      if (headers.get(i) == header) {
        return i;
      }
    }
    return headers.indexOf(header);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Packet that && payload == that.payload && headers.equals(that.headers)
        && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(headers, payload, text);
  }

  @Override
  public String toString() {
    return "Packet" + headers + " + " + payload + " " + text;
  }
}
