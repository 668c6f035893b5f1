package org.hopscope.model.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.dns.DnsMessage;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Header.Flags;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult.Exchange;
import org.hopscope.model.probe.ProbeResult.ExchangeOutcome;
import org.hopscope.model.probe.ProbeResult.FailureKind;
import org.hopscope.model.probe.Talk;
import org.hopscope.model.tls.Certificate;
import org.hopscope.model.tls.TlsText;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.PacketCopy;

/**
 * A TCP client: connects, asks, reads the answer and closes; one try after the other, each from a new port. Its
 * patience begins anew once it is connected.
 */
final class ConnectProgram extends ClientProgram {
  private static final int SYN_RETRIES = 6;
  /** In front of a message over TCP stands its length (RFC 1035 4.2.2). */
  static final int LENGTH = 2;

  private final Map<Integer, TcpSocket> sockets = new HashMap<>();
  /** The local port of the try under way. */
  private int current;
  private boolean connected;
  /** Whether the server's certificate was good enough. */
  private boolean trusted;

  ConnectProgram(Run run, Probe probe, PortNumber port, Probe.ClientOptions options) {
    super(run, probe, port, options);
  }

  @Override
  public void start() {
    if (isOver()) {
      return;
    }
    connected = false;
    trusted = false;
    begins();
    current = nextPort();
    IpAddress to = target().address();
    if (to.family() == IpFamily.INET6 && to.isMulticast()) {
      // Before it is asked which link is meant (kernel tcp_v6_connect).
      fail(ExchangeOutcome.NET_UNREACHABLE);
      return;
    }
    if (lacksDevice()) {
      fail(ExchangeOutcome.INVALID);
      return;
    }
    TcpSocket.Ends ends =
        new TcpSocket.Ends(netns(), boundTo(), current, to, target().port(), PacketCopy.Role.REQUEST, name());
    whenPatienceEnds(() -> lose(false, ExchangeOutcome.TIMEOUT));
    TcpSocket socket = new TcpSocket(run, ends, run.routeOutput.mtu(netns(), to, speaker()));
    switch (socket.sendSyn(Optional.empty(), Flags.SYN)) {
      case Output.Outcome.Sent(IpAddress source, IpAddress destination, Dst dst) ->
          sent(socket, ends.from(source, destination), dst);
      case Output.Outcome.Filtered(IpAddress source, IpAddress destination, Dst dst) ->
          sent(socket, ends.from(source, destination), dst);
      case Output.Outcome.Undeliverable(IpAddress source, IpAddress destination, Dst dst, Errno _) ->
          sent(socket, ends.from(source, destination), dst);
      case Output.Outcome.Refused(Errno _, DropReason why) when why == DropReason.BROADCAST_REFUSED ->
          // TCP connects to nobody but one, and says so in other words than UDP (kernel tcp_v4_connect).
          fail(IcmpKinds.outcome(IcmpKinds.ofErrno(Errno.ENETUNREACH)));
      case Output.Outcome.Refused(Errno errno, DropReason _) -> fail(IcmpKinds.outcome(IcmpKinds.ofErrno(errno)));
      case Output.Outcome.TooLong _ -> fail(ExchangeOutcome.FRAG_NEEDED);
    }
  }

  /** A segment that the own filter drops counts as sent: TCP sends it again (kernel tcp_transmit_skb). */
  private void sent(TcpSocket socket, TcpSocket.Ends ends, Dst dst) {
    goes(dst);
    socket.connected(ends, dst.mtu());
    sockets.put(current, socket);
    if (run.retransmits()) {
      repeatSyn(socket, current, 0);
    }
  }

  /** Kernel tcp_retransmit_timer in SYN-SENT: after 1, 3, 7 … seconds, {@code net.ipv4.tcp_syn_retries} times. */
  private void repeatSyn(TcpSocket socket, int port, int number) {
    run.queue.after(VirtualTime.SECOND << number, () -> {
      if (port == current && !connected && !isOver() && sockets.get(port) == socket) {
        if (number == SYN_RETRIES) {
          fail(ExchangeOutcome.TIMEOUT);
        } else {
          socket.sendSyn(Optional.empty(), Flags.SYN);
          repeatSyn(socket, port, number + 1);
        }
      }
    });
  }

  private void lose(boolean whileConnected, ExchangeOutcome outcome) {
    if (connected == whileConnected) {
      fail(outcome);
    }
  }

  @Override
  public boolean expects(Packet packet, NetDev device) {
    return packet.find(Header.Tcp.class).map(tcp -> sockets.get(tcp.destinationPort()))
        .map(TcpSocket::ends).filter(ends -> packet.ip().filter(ip -> ip.destination().equals(ends.local())
            && ip.source().equals(ends.remote())).isPresent())
        .filter(ends -> packet.find(Header.Tcp.class).orElseThrow().sourcePort() == ends.remotePort()).isPresent();
  }

  @Override
  public void receive(Skb skb) {
    Header.Tcp tcp = skb.packet().find(Header.Tcp.class).orElseThrow();
    TcpSocket socket = sockets.get(tcp.destinationPort());
    boolean underWay = tcp.destinationPort() == current && !isOver();
    if (tcp.flags().rst()) {
      sockets.remove(tcp.destinationPort());
      if (underWay) {
        fail(connected ? ExchangeOutcome.RESET : ExchangeOutcome.REFUSED);
      }
    } else if (tcp.flags().syn()) {
      if (underWay && !connected) {
        established(skb, tcp, socket);
      } else {
        socket.sendAck(skb);
      }
    } else {
      TcpSocket.Arrived arrived = socket.take(skb, tcp);
      socket.acknowledge(skb);
      if (underWay) {
        hears(arrived.text());
      }
      if (arrived.finished()) {
        socket.sendFin(skb);
      }
      if (underWay) {
        concluded(skb, socket, arrived);
      }
    }
  }

  /** Whether the try has come to its end by what arrived. */
  private void concluded(Skb skb, TcpSocket socket, TcpSocket.Arrived arrived) {
    switch (options.talk()) {
      case Talk.Question _ -> Banner.parse(arrived.text()).ifPresent(answer -> answered(Optional.of(answer)));
      case Talk.Silence _ -> {
      }
      case Talk.Secure secure when !trusted -> greeted(skb, socket, secure, arrived);
      case Talk.Asks _ -> {
        if (hasHeard()) {
          answered(Optional.empty());
        } else if (arrived.finished()) {
          fail(ExchangeOutcome.CLOSED);
        }
      }
      case Talk.Says _,Talk.Secure _ -> {
        if (arrived.finished() && hasHeard()) {
          answered(Optional.empty());
        } else if (arrived.finished()) {
          fail(ExchangeOutcome.CLOSED);
        }
      }
    }
  }

  /** The server has shown its certificate, or said something else. */
  private void greeted(Skb skb, TcpSocket socket, Talk.Secure secure, TcpSocket.Arrived arrived) {
    Optional<Certificate> shown = TlsText.certificate(arrived.text());
    if (shown.filter(c -> secure.trust().takes(c, secure.host())).isPresent()) {
      trusted = true;
      String text = TlsText.data(secure.text());
      socket.sendData(skb, text.length(), text);
    } else if (hasHeard()) {
      socket.sendFin(skb);
      answered(Optional.empty());
    } else if (arrived.finished()) {
      fail(ExchangeOutcome.CLOSED);
    }
  }

  private void established(Skb skb, Header.Tcp tcp, TcpSocket socket) {
    connected = true;
    socket.synchronize(tcp);
    socket.sendAck(skb);
    switch (options.talk()) {
      case Talk.Question _ -> socket.sendData(skb, Banner.QUESTION + options.size(), Banner.question(options.size()));
      case Talk.Asks(DnsMessage message) -> socket.sendData(skb, LENGTH + message.size(), message.toString());
      case Talk.Says(String text) -> socket.sendData(skb, text.length(), text);
      case Talk.Secure secure -> {
        String hello = TlsText.clientHello(secure.serverName());
        socket.sendData(skb, hello.length(), hello);
      }
      case Talk.Silence _ -> {
        socket.sendFin(skb);
        answered(Optional.empty());
        return;
      }
    }
    whenPatienceEnds(() -> lose(true, ExchangeOutcome.STALLED));
  }

  @Override
  public boolean sent(Packet about, NetDev device) {
    return about.find(Header.Tcp.class).map(tcp -> sockets.containsKey(tcp.sourcePort())
        && tcp.destinationPort() == target().port()).orElse(false);
  }

  @Override
  public void told(Skb skb, Header.Complaint error) {
    FailureKind kind = IcmpKinds.of(error);
    int local = error.about().find(Header.Tcp.class).orElseThrow().sourcePort();
    if (kind == FailureKind.FRAG_NEEDED) {
      sockets.get(local).narrower(skb, error.mtu());
    } else if (kind != FailureKind.REDIRECT && local == current && !isOver()) {
      failedBy(skb, kind);
    }
  }

  @Override
  void end(Exchange exchange) {
    if (exchange.outcome() != ExchangeOutcome.ANSWERED) {
      sockets.remove(current);
    }
    super.end(exchange);
  }
}
