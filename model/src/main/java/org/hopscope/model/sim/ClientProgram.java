package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.net.Endpoint;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.probe.ProbeResult.Exchange;
import org.hopscope.model.probe.ProbeResult.ExchangeOutcome;
import org.hopscope.model.probe.ProbeResult.FailureKind;

/** What clients of TCP and UDP have in common: one try after the other, each from a port of its own, with patience. */
abstract sealed class ClientProgram implements Program permits ConnectProgram, DatagramProgram {
  /** Groups of this scope and narrower ones are on one link (RFC 7346 2). */
  private static final int LINK_SCOPE = 2;

  final Run run;
  final Probe probe;
  private final NetnsId netns;
  private final int port;
  /** Whom the try under way really talks to: what the socket was connected to, unless that was translated there. */
  private Endpoint target;
  final Probe.ClientOptions options;
  private final List<Exchange> tries = new ArrayList<>();
  private Optional<Dst> way = Optional.empty();
  private String lastText = "";
  private Optional<ProbeResult.Answer> lastAnswer = Optional.empty();
  private String heard = "";
  private VirtualTime begun = VirtualTime.START;

  ClientProgram(Run run, Probe probe, PortNumber port, Probe.ClientOptions options) {
    this.run = run;
    this.probe = probe;
    netns = run.fabric.net(probe.from()).id();
    this.port = port.value();
    target = new Endpoint(probe.to(), this.port);
    this.options = options;
  }

  @Override
  public final String name() {
    return "client";
  }

  @Override
  public final NetnsId netns() {
    return netns;
  }

  @Override
  public final Optional<Dst> way() {
    return way;
  }

  final void goes(Dst by) {
    way = Optional.of(by);
  }

  /** The address it speaks from, if its being bound to one says so. */
  final Optional<IpAddress> speaker() {
    return run.fib.speaker(netns, probe.source());
  }

  /** As {@link #speaker}; 0.0.0.0 or :: leaves the choice to the kernel. */
  final IpAddress boundTo() {
    return speaker().orElse(probe.to().family().unspecified());
  }

  /** The port of the next try: the one asked for, or the next that the kernel gives out. */
  final int nextPort() {
    return options.sourcePort().map(PortNumber::value).filter(p -> p > 0).orElseGet(() -> run.clientPort(netns()));
  }

  /** Whether the address counts on one link only, and nobody said on which (kernel tcp_v6_connect, ip6_datagram_connect). */
  final boolean lacksDevice() {
    return probe.to() instanceof Ipv6Address to
        && (to.isLinkLocal() || to.isMulticast() && to.groupScope() <= LINK_SCOPE)
        && probe.device().isEmpty();
  }

  /** Whom the try under way really talks to. */
  final Endpoint target() {
    return target;
  }

  /** The number of the try under way, from 0. */
  final int tryNumber() {
    return tries.size();
  }

  /** Calls {@code then} when its patience with the try under way is over. */
  final void whenPatienceEnds(Runnable then) {
    int number = tryNumber();
    run.queue.after(options.waitMillis() * VirtualTime.MILLI, () -> {
      if (tryNumber() == number) {
        then.run();
      }
    });
  }

  final void fail(ExchangeOutcome outcome) {
    end(outcome, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** What a server's text says; the same text need not be read twice. */
  final Optional<ProbeResult.Answer> read(String text) {
    if (!text.equals(lastText)) {
      lastText = text;
      lastAnswer = Banner.parse(text);
    }
    return lastAnswer;
  }

  final void answered(Optional<ProbeResult.Answer> answer) {
    end(ExchangeOutcome.ANSWERED, answer, Optional.empty(), Optional.empty());
  }

  /** The try ends with an ICMP error. */
  final void failedBy(Skb error, FailureKind kind) {
    Header.Ip teller = error.ip();
    end(IcmpKinds.outcomeOfIcmp(kind, teller.family()), Optional.empty(), Optional.of(teller.source()),
        Optional.of(kind));
  }

  final void end(ExchangeOutcome outcome, Optional<ProbeResult.Answer> answer, Optional<IpAddress> teller,
      Optional<FailureKind> kind) {
    end(new Exchange(outcome, answer, teller, kind, heard, run.queue.now().since(begun)));
    heard = "";
  }

  /** Keeps what the server said. */
  final void hears(String text) {
    heard = heard.isEmpty() ? text : heard + text;
  }

  /** Whether the server has said anything in the try under way. */
  final boolean hasHeard() {
    return !heard.isEmpty();
  }

  /** A try begins. */
  final void begins() {
    target = run.cilium.connect(netns, this instanceof ConnectProgram, new Endpoint(probe.to(), port));
    begun = run.queue.now();
  }

  void end(Exchange exchange) {
    tries.add(exchange);
    run.queue.after(0, this::start);
  }

  @Override
  public final boolean isOver() {
    return tries.size() >= options.count();
  }

  @Override
  public final void giveUp() {
    while (!isOver()) {
      tries.add(new Exchange(ExchangeOutcome.TIMEOUT, Optional.empty(), Optional.empty(), Optional.empty(), "", 0));
    }
  }

  @Override
  public final ProbeResult result() {
    return new ProbeResult.Exchanged(List.copyOf(tries));
  }
}
