package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.dns.DnsMessage;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult.ExchangeOutcome;
import org.hopscope.model.probe.ProbeResult.FailureKind;
import org.hopscope.model.probe.Talk;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.PacketCopy;

/** A UDP client on a connected socket that listens for errors (ip(7) IP_RECVERR): asks and waits for the answer. */
non-sealed class DatagramProgram extends ClientProgram {
  private int localPort;
  /** Whether the own filter took what was sent. */
  private boolean filtered;
  private IpAddress remote = Ipv4Address.ANY;

  private final String text;

  DatagramProgram(Run run, Probe probe, PortNumber port, Probe.ClientOptions options) {
    super(run, probe, port, options);
    text = text();
  }

  @Override
  public void start() {
    if (isOver()) {
      return;
    }
    filtered = false;
    begins();
    localPort = nextPort();
    if (lacksDevice()) {
      fail(ExchangeOutcome.INVALID);
      return;
    }
    Header.Ip ip = run.output.header(netns(), boundTo(), target().address(), Header.Ip.UDP);
    Packet packet = new Packet(List.of(ip, new Header.Udp(localPort, target().port())), bytes(), text);
    Output.PathMtu pathMtu = options.dontFragment() ? Output.PathMtu.DO
        : options.talk() instanceof Talk.Question ? Output.PathMtu.DONT : Output.PathMtu.WANT;
    Output.Order order = new Output.Order(netns(), Optional.empty(), PacketCopy.Role.REQUEST, name(),
        new Output.Options(Optional.empty(), pathMtu, false));
    switch (run.output.sendConnected(order, packet)) {
      case Output.Outcome.Sent sent -> {
        goes(sent.dst());
        remote = sent.destination();
        waits(order, packet);
      }
      case Output.Outcome.Filtered _ -> {
        filtered = true;
        whenFiltered();
      }
      case Output.Outcome.Undeliverable(IpAddress _, IpAddress to, Dst way, Errno errno) when errno == Errno.ENOBUFS
          && !listensForErrors() -> {
        goes(way);
        remote = to;
        waits(order, packet);
      }
      case Output.Outcome.Undeliverable(IpAddress _, IpAddress _, Dst _, Errno errno) ->
          fail(IcmpKinds.outcome(IcmpKinds.ofErrno(errno)));
      case Output.Outcome.Refused(Errno errno, DropReason _) -> fail(IcmpKinds.outcome(IcmpKinds.ofErrno(errno)));
      case Output.Outcome.TooLong _ -> fail(ExchangeOutcome.FRAG_NEEDED);
    }
  }

  /** The question is on its way: {@code packet}, sent so. */
  void waits(Output.Order order, Packet packet) {
    whenPatienceEnds(() -> fail(ExchangeOutcome.TIMEOUT));
  }

  /** Only who listens for errors is told that a device was given more than it takes (kernel udp_send_skb). */
  private boolean listensForErrors() {
    return options.talk() instanceof Talk.Question;
  }

  private int bytes() {
    return switch (options.talk()) {
      case Talk.Question _ -> Banner.QUESTION + options.size();
      case Talk.Says(String text) -> text.length();
      case Talk.Secure secure -> secure.text().length();
      case Talk.Asks(DnsMessage message) -> message.size();
      case Talk.Silence _ -> 1;
    };
  }

  private String text() {
    return switch (options.talk()) {
      case Talk.Question _ -> Banner.question(options.size());
      case Talk.Says(String text) -> text;
      case Talk.Secure secure -> secure.text();
      case Talk.Asks(DnsMessage message) -> message.toString();
      case Talk.Silence _ -> "X";
    };
  }

  /** Bound to an address that no answer goes to, it hears none (kernel __ip4_datagram_connect keeps inet_rcv_saddr). */
  private boolean isDeaf() {
    return isOver() || probe.source().isPresent() && speaker().isEmpty();
  }

  @Override
  public boolean expects(Packet packet, NetDev device) {
    return !isDeaf() && packet.find(Header.Udp.class)
        .filter(udp -> udp.destinationPort() == localPort && udp.sourcePort() == target().port()).isPresent()
        && packet.ip().filter(ip -> ip.source().equals(remote)).isPresent();
  }

  @Override
  public void receive(Skb skb) {
    hears(skb.packet().text());
    answered(read(skb.packet().text()));
  }

  @Override
  public boolean sent(Packet about, NetDev device) {
    return !isDeaf() && about.find(Header.Udp.class)
        .filter(udp -> udp.sourcePort() == localPort && udp.destinationPort() == target().port()).isPresent();
  }

  /** A program that was told EPERM looks a moment for the error behind it. */
  private void whenFiltered() {
    int number = tryNumber();
    run.queue.after(VirtualTime.MILLI, () -> {
      if (tryNumber() == number) {
        fail(ExchangeOutcome.PROHIBITED);
      }
    });
  }

  /** Somebody sent an error about what was sent. */
  void complained(Skb error, FailureKind kind) {
    failedBy(error, kind);
  }

  /** Behind an own REJECT the error comes at once, while the program is told EPERM. */
  private void toldWhileFiltered(Skb skb, FailureKind kind) {
    end(ExchangeOutcome.PROHIBITED, Optional.empty(), Optional.of(skb.ip().source()), Optional.of(kind));
  }

  /**
   * Without DF a path that is too narrow is no error: the kernel cuts what follows (kernel __udp4_lib_err). Over IPv6 the
   * program is told all the same (udpv6_err).
   */
  @Override
  public void told(Skb skb, Header.Complaint error) {
    FailureKind kind = IcmpKinds.of(error);
    boolean harmless = kind == FailureKind.REDIRECT || kind == FailureKind.FRAG_NEEDED
        && !options.dontFragment() && probe.to().family() == IpFamily.INET;
    if (filtered) {
      toldWhileFiltered(skb, kind);
    } else if (!harmless) {
      complained(skb, kind);
    }
  }
}
