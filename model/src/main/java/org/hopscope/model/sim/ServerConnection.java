package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Header.Flags;
import org.hopscope.model.trace.PacketCopy;

/** A server's end of a connection: it waits for the whole question, answers, and closes. */
final class ServerConnection {
  private final String label;
  private final TcpSocket socket;
  private int received;
  /** How long the question is; unknown before its first bytes have come. */
  private Optional<Integer> awaited = Optional.empty();
  private boolean answered;
  private boolean finished;

  ServerConnection(Run run, NetnsId netns, String label, Skb syn) {
    this.label = label;
    Header.Ip ip = syn.ip();
    Header.Tcp tcp = syn.packet().find(Header.Tcp.class).orElseThrow();
    int mtu = run.routeOutput.mtu(netns, ip.source(), Optional.of(ip.destination()));
    socket = new TcpSocket(run, new TcpSocket.Ends(netns, ip.destination(), tcp.destinationPort(), ip.source(),
        tcp.sourcePort(), PacketCopy.Role.REPLY, label), mtu);
    socket.synchronize(tcp);
    socket.sendSyn(Optional.of(syn), Flags.SYN_ACK);
  }

  String label() {
    return label;
  }

  /** Whether both ends have closed, so that a new connection may take its place. */
  boolean isClosed() {
    return finished;
  }

  void receive(Skb skb, Header.Tcp tcp) {
    if (tcp.flags().rst()) {
      finished = true;
      return;
    }
    TcpSocket.Arrived arrived = socket.take(skb, tcp);
    received += arrived.bytes();
    if (awaited.isEmpty() && !arrived.text().isEmpty()) {
      awaited = Optional.of(Banner.questionBytes(arrived.text()));
    }
    if (!answered && awaited.filter(n -> received >= n).isPresent()) {
      answered = true;
      TcpSocket.Ends ends = socket.ends();
      String text = Banner.text(label, ends.remote(), ends.remotePort(), ends.local(), ends.localPort());
      socket.sendData(skb, text.length(), text);
      socket.sendFin(skb);
    } else if (arrived.finished()) {
      finished = true;
      socket.sendAck(skb);
    } else if (socket.owesAck()) {
      socket.sendAck(skb);
    }
  }

  /** A router towards the client cannot take segments this long. */
  void narrower(Skb cause, int mtu) {
    socket.narrower(cause, mtu);
  }
}
