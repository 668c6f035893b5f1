package org.hopscope.model.sim;

import org.hopscope.model.packet.Header;

/** One end of a TCP connection that a program of the lab has, other than the probe's own. */
sealed interface TcpEnd permits ServerConnection, GoBetween, Upstream {
  /** What the trace calls its program. */
  String label();

  /** Whether both ends have closed, so that a new connection may take its place. */
  boolean isClosed();

  /** A segment has come in: the program reads it, and asks its tables what follows. It does nothing yet. */
  default void read(Skb skb, NetDev device, Header.Tcp tcp) {
  }

  /** The segment is delivered, and the program does what follows from it. */
  void receive(Skb skb, Header.Tcp tcp);

  /** A router on the way cannot take segments this long. */
  void narrower(Skb cause, int mtu);

  /** An ICMP message says that what was sent cannot get there. */
  default void told(Skb cause) {
  }
}
