package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.probe.ProbeResult.Exchange;
import org.hopscope.model.probe.ProbeResult.ExchangeOutcome;
import org.hopscope.model.probe.ProbeResult.FailureKind;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.PacketCopy;

/** A UDP client on a connected socket that listens for errors (ip(7) IP_RECVERR): asks and waits for the answer. */
final class DatagramProgram implements Program {
  private final Run run;
  private final Probe probe;
  private final int port;
  private final Probe.ClientOptions options;
  private final List<Exchange> tries = new ArrayList<>();
  private int localPort;
  private Ipv4Address remote = Ipv4Address.ANY;
  private Optional<Dst> way = Optional.empty();

  DatagramProgram(Run run, Probe probe, PortNumber port, Probe.ClientOptions options) {
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
    localPort = options.sourcePort().map(PortNumber::value).filter(p -> p > 0).orElseGet(() -> run.clientPort(netns()));
    Ipv4Address from = probe.source().map(Addresses::v4).orElse(Ipv4Address.ANY);
    Header.Ipv4 ip = run.output.header(netns(), from, Addresses.v4(probe.to()), Header.Ipv4.UDP);
    Packet packet = new Packet(List.of(ip, new Header.Udp(localPort, port)), Banner.QUESTION + options.size(),
        Banner.question(options.size()));
    Output.PathMtu pathMtu = options.dontFragment() ? Output.PathMtu.DO : Output.PathMtu.DONT;
    Output.Order order = new Output.Order(netns(), Optional.empty(), PacketCopy.Role.REQUEST, name(),
        new Output.Options(Optional.empty(), pathMtu, false));
    int number = tries.size();
    switch (run.output.send(order, packet)) {
      case Output.Outcome.Sent sent -> {
        way = Optional.of(sent.dst());
        remote = sent.destination();
        run.queue.after(options.waitMillis() * VirtualTime.MILLI, () -> {
          if (tries.size() == number) {
            fail(ExchangeOutcome.TIMEOUT);
          }
        });
      }
      case Output.Outcome.Refused(Errno errno, DropReason _) -> fail(IcmpKinds.outcome(IcmpKinds.ofErrno(errno)));
      case Output.Outcome.TooLong _ -> fail(ExchangeOutcome.FRAG_NEEDED);
    }
  }

  @Override
  public boolean expects(Packet packet, NetDev device) {
    return !isOver() && packet.find(Header.Udp.class)
        .filter(udp -> udp.destinationPort() == localPort && udp.sourcePort() == port).isPresent()
        && packet.ipv4().filter(ip -> ip.source().equals(remote)).isPresent();
  }

  @Override
  public void receive(Skb skb) {
    end(new Exchange(ExchangeOutcome.ANSWERED, Banner.parse(skb.packet().text()), Optional.empty(), Optional.empty()));
  }

  @Override
  public boolean sent(Packet about, NetDev device) {
    return !isOver() && about.find(Header.Udp.class)
        .filter(udp -> udp.sourcePort() == localPort && udp.destinationPort() == port).isPresent();
  }

  /** Without DF a path that is too narrow is no error: the kernel cuts what follows (kernel __udp4_lib_err). */
  @Override
  public void told(Skb skb, Header.IcmpError error) {
    FailureKind kind = IcmpKinds.of(error);
    boolean harmless = kind == FailureKind.REDIRECT || kind == FailureKind.FRAG_NEEDED && !options.dontFragment();
    if (!harmless) {
      Optional<IpAddress> teller = Optional.of(skb.ip().source());
      end(new Exchange(IcmpKinds.outcomeOfIcmp(kind), Optional.empty(), teller, Optional.of(kind)));
    }
  }

  private void fail(ExchangeOutcome outcome) {
    end(new Exchange(outcome, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private void end(Exchange exchange) {
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
