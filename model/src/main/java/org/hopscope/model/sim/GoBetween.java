package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Header.Flags;

/** The end of a client's connection whose program hears a question out and asks somebody else for the answer. */
abstract sealed class GoBetween implements TcpEnd, Upstream.Client permits ForwardConnection, ProxyConnection {
  final Run run;
  final NetnsId netns;
  final TcpSocket socket;
  /** How many bytes of the question have come. */
  int received;
  /** What of it can be read. */
  String heard = "";
  boolean finished;
  /** What is done once the segment that was read last is delivered. */
  Deed deed = _ -> {
  };
  private final String label;

  /** Something to do because of a packet. */
  interface Deed {
    void because(Skb skb);
  }

  GoBetween(Run run, NetnsId netns, String label, Skb syn) {
    this.run = run;
    this.netns = netns;
    this.label = label;
    socket = TcpSocket.answering(run, netns, syn, label);
  }

  /** Whether the question is answered already, or on its way. */
  abstract boolean isDecided();

  /** The whole question has come. */
  abstract void understand(Skb skb, NetDev device);

  /** Nothing more is said to the client. */
  abstract void close(Skb skb);

  @Override
  public final String label() {
    return label;
  }

  @Override
  public final boolean isClosed() {
    return finished;
  }

  @Override
  public final void read(Skb skb, NetDev device, Header.Tcp tcp) {
    deed = _ -> {
    };
    if (tcp.flags().rst()) {
      finished = true;
    } else if (tcp.flags().syn()) {
      deed = s -> socket.sendSyn(Optional.of(s), Flags.SYN_ACK);
    } else {
      TcpSocket.Arrived arrived = socket.take(skb, tcp);
      received += arrived.bytes();
      heard += arrived.text();
      if (arrived.finished()) {
        deed = this::close;
      }
      if (!isDecided() && !heard.isEmpty() && received >= Banner.questionBytes(heard)) {
        understand(skb, device);
      }
    }
  }

  @Override
  public final void receive(Skb skb, Header.Tcp tcp) {
    socket.acknowledge(skb);
    deed.because(skb);
  }
}
