package org.hopscope.model.netfilter;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;

/** A packet as rules see it: what they ask for is worked out once, so that a long chain costs nothing more. */
public final class PacketView {
  private final Packet packet;
  private final Path path;
  private final int mark;
  private final CtView tracking;
  private final Header.Ip ip;
  private final int sourcePort;
  private final int destinationPort;
  private final int length;

  /**
   * By which devices a packet goes.
   *
   * @param hook where it is just now
   * @param in the name of the device it came in by, empty when it is the own host's
   * @param out the name of the device it is to leave by, empty where that is not known
   * @param bridgeIn the port of a bridge that it came in by, empty when none
   * @param bridgeOut the port of a bridge that it is to leave by, empty when none
   * @param kind for whom its frame is
   * @param pathMtu the least MTU of the ways there and back, in bytes; 0 where no way is known yet
   * @param own whether this host sends it itself
   */
  public record Path(Hook hook, String in, String out, String bridgeIn, String bridgeOut, Kind kind, int pathMtu,
      boolean own) {
    /** Kernel skb->pkt_type. */
    public enum Kind {
      UNICAST, BROADCAST, MULTICAST, OTHERHOST
    }
  }

  /**
   * A packet at a hook.
   *
   * @param packet with or without its link header
   */
  public PacketView(Packet packet, Path path, int mark, CtView tracking) {
    this.packet = packet;
    this.path = path;
    this.mark = mark;
    this.tracking = tracking;
    ip = packet.ip().orElseThrow();
    Header inner = packet.upper();
    sourcePort = inner instanceof Header.Tcp tcp ? tcp.sourcePort()
        : inner instanceof Header.Udp udp ? udp.sourcePort() : -1;
    destinationPort = inner instanceof Header.Tcp tcp ? tcp.destinationPort()
        : inner instanceof Header.Udp udp ? udp.destinationPort() : -1;
    length = packet.networkLength();
  }

  /** The same packet with another mark. */
  public PacketView withMark(int value) {
    return new PacketView(packet, path, value, tracking);
  }

  /** The same packet of a changed connection. */
  public PacketView with(CtView value) {
    return new PacketView(packet, path, mark, value);
  }

  /** The same place with a changed packet. */
  public PacketView with(Packet value) {
    return new PacketView(value, path, mark, tracking);
  }

  public Packet packet() {
    return packet;
  }

  public Path path() {
    return path;
  }

  public int mark() {
    return mark;
  }

  public CtView tracking() {
    return tracking;
  }

  public IpAddress source() {
    return ip.source();
  }

  public IpAddress destination() {
    return ip.destination();
  }

  public int protocol() {
    return ip.protocol();
  }

  /** How many routers it may still cross. */
  public int ttl() {
    return ip.hops();
  }

  /** Where this piece begins in the whole; 0 for a whole packet. */
  public int fragmentOffset() {
    return packet.fragment().offset();
  }

  /** The source port; -1 when the packet has none, as a later piece. */
  public int sourcePort() {
    return sourcePort;
  }

  /** The destination port; -1 when the packet has none. */
  public int destinationPort() {
    return destinationPort;
  }

  /** Its bytes from the IP header on. */
  public int length() {
    return length;
  }

  /** Whom the frame was for that brought it. */
  public Optional<MacAddress> destinationMac() {
    return packet.ethernet().map(Header.Ethernet::destination);
  }

  /** Who sent the frame that brought it. */
  public Optional<MacAddress> sourceMac() {
    return packet.ethernet().map(Header.Ethernet::source);
  }
}
