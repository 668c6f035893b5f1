package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Header.Flags;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.probe.ProbeResult.Exchange;
import org.hopscope.model.probe.ProbeResult.ExchangeOutcome;
import org.hopscope.model.probe.ProbeResult.FailureKind;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.PacketCopy;

/**
 * A TCP client: connects, asks, reads the answer and closes; one try after the other, each from a new port. Its
 * patience begins anew once it is connected.
 */
final class ConnectProgram implements Program {
  private final Run run;
  private final Probe probe;
  private final int port;
  private final Probe.ClientOptions options;
  private final Map<Integer, TcpSocket> sockets = new HashMap<>();
  private final List<Exchange> tries = new ArrayList<>();
  /** The local port of the try under way. */
  private int current;
  private boolean connected;
  private Optional<Dst> way = Optional.empty();

  ConnectProgram(Run run, Probe probe, PortNumber port, Probe.ClientOptions options) {
    this.run = run;
    this.probe = probe;
    this.port = port.value();
    this.options = options;
  }

  @Override
  public String name() {
    return "client";
  }

  @Override
  public NetnsId netns() {
    return probe.from();
  }

  @Override
  public Optional<Dst> way() {
    return way;
  }

  @Override
  public void start() {
    if (isOver()) {
      return;
    }
    connected = false;
    current = options.sourcePort().map(PortNumber::value).filter(p -> p > 0).orElseGet(() -> run.clientPort(netns()));
    Ipv4Address from = probe.source().map(Addresses::v4).orElse(Ipv4Address.ANY);
    Ipv4Address to = Addresses.v4(probe.to());
    TcpSocket.Ends ends = new TcpSocket.Ends(netns(), from, current, to, port, PacketCopy.Role.REQUEST, name());
    int number = tries.size();
    TcpSocket socket = new TcpSocket(run, ends, run.routeOutput.mtu(netns(), to, probe.source().map(Addresses::v4)));
    switch (socket.sendSyn(Optional.empty(), Flags.SYN)) {
      case Output.Outcome.Sent sent -> {
        way = Optional.of(sent.dst());
        socket.connected(ends.from(sent.source(), sent.destination()), sent.dst().mtu());
        sockets.put(current, socket);
      }
      case Output.Outcome.Refused(Errno errno, DropReason _) -> fail(IcmpKinds.outcome(IcmpKinds.ofErrno(errno)));
      case Output.Outcome.TooLong _ -> fail(ExchangeOutcome.FRAG_NEEDED);
    }
    impatient(number, false, ExchangeOutcome.TIMEOUT);
  }

  private void impatient(int number, boolean whileConnected, ExchangeOutcome outcome) {
    run.queue.after(options.waitMillis() * VirtualTime.MILLI, () -> {
      if (tries.size() == number && connected == whileConnected) {
        fail(outcome);
      }
    });
  }

  @Override
  public boolean expects(Packet packet, NetDev device) {
    return packet.find(Header.Tcp.class).map(tcp -> sockets.get(tcp.destinationPort()))
        .map(TcpSocket::ends).filter(ends -> packet.ipv4().filter(ip -> ip.destination().equals(ends.local())
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
      established(skb, tcp, socket);
    } else {
      TcpSocket.Arrived arrived = socket.take(skb, tcp);
      if (arrived.finished()) {
        socket.sendFin(skb);
      } else if (socket.owesAck()) {
        socket.sendAck(skb);
      }
      Banner.parse(arrived.text()).filter(_ -> underWay).ifPresent(this::answered);
    }
  }

  private void established(Skb skb, Header.Tcp tcp, TcpSocket socket) {
    connected = true;
    socket.synchronize(tcp);
    socket.sendAck(skb);
    socket.sendData(skb, Banner.QUESTION + options.size(), Banner.question(options.size()));
    impatient(tries.size(), true, ExchangeOutcome.STALLED);
  }

  private void answered(ProbeResult.Answer answer) {
    end(new Exchange(ExchangeOutcome.ANSWERED, Optional.of(answer), Optional.empty(), Optional.empty()));
  }

  @Override
  public boolean sent(Packet about, NetDev device) {
    return about.find(Header.Tcp.class).map(tcp -> sockets.containsKey(tcp.sourcePort())
        && tcp.destinationPort() == port).orElse(false);
  }

  @Override
  public void told(Skb skb, Header.IcmpError error) {
    FailureKind kind = IcmpKinds.of(error);
    int local = error.about().find(Header.Tcp.class).orElseThrow().sourcePort();
    if (kind == FailureKind.FRAG_NEEDED) {
      sockets.get(local).narrower(skb, error.mtu());
    } else if (kind != FailureKind.REDIRECT && local == current && !isOver()) {
      Optional<IpAddress> teller = Optional.of(skb.ip().source());
      end(new Exchange(IcmpKinds.outcomeOfIcmp(kind), Optional.empty(), teller, Optional.of(kind)));
    }
  }

  private void fail(ExchangeOutcome outcome) {
    end(new Exchange(outcome, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private void end(Exchange exchange) {
    if (exchange.outcome() != ExchangeOutcome.ANSWERED) {
      sockets.remove(current);
    }
    tries.add(exchange);
    run.queue.after(0, this::start);
  }

  @Override
  public boolean isOver() {
    return tries.size() >= options.count();
  }

  @Override
  public void giveUp() {
    while (!isOver()) {
      tries.add(new Exchange(ExchangeOutcome.TIMEOUT, Optional.empty(), Optional.empty(), Optional.empty()));
    }
  }

  @Override
  public ProbeResult result() {
    return new ProbeResult.Exchanged(List.copyOf(tries));
  }
}
