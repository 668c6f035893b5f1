package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.probe.ProbeResult;

/** The program that a probe runs, with its socket. */
sealed interface Program permits PingProgram, ClientProgram, TracerouteProgram, TracepathProgram,
    ArpingProgram {
  /** What the trace calls it. */
  String name();

  void start();

  /** Whether it has its result. Its socket may live on for the end of a connection. */
  boolean isOver();

  /** What it has seen; asked when it is over. */
  ProbeResult result();

  /** Ends it with what it has seen so far. */
  void giveUp();

  /** Whether a packet that came in by a device is for its socket. */
  boolean expects(Packet packet, NetDev device);

  /** Takes such a packet, which the trace already has as delivered. */
  void receive(Skb skb);

  /** Whether its socket sent the packet that an ICMP message is about. */
  boolean sent(Packet about, NetDev device);

  /** Takes an ICMP message about a packet it sent. */
  void told(Skb skb, Header.Complaint error);

  /**
   * Hears an ARP packet that a device takes up (packet(7)); true when it was what the program waits for.
   */
  default boolean hears(Header.Arp arp, NetDev device) {
    return false;
  }

  /** The way its last packet took. */
  Optional<Dst> way();

  /** Where it runs. */
  NetnsId netns();
}
