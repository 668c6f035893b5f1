package org.hopscope.model.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.TcpOptions;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.probe.ProbeResult.FailureKind;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.PacketCopy;

/**
 * {@code traceroute} of Dmitry Butskoy: several packets at once, each with its own TTL, until one of them is answered by
 * the destination or not let further.
 */
final class TracerouteProgram implements Program {
  private final Run run;
  private final Probe probe;
  private final Probe.Traceroute options;
  private final int identifier;
  /** The port that the first packet leaves from; the others follow. */
  private final int firstPort;
  private final List<Query> queries = new ArrayList<>();
  private final Deque<Query> unsent = new ArrayDeque<>();
  private Optional<Dst> way = Optional.empty();
  private Optional<FailureKind> refused = Optional.empty();
  private int waiting;
  /** The TTL behind which nothing needs to be known. */
  private int last;
  private boolean over;

  /** One packet and what came of it. */
  private static final class Query {
    private final int number;
    private final int ttl;
    private VirtualTime sent = VirtualTime.START;
    private boolean done;
    private Optional<ProbeResult.HopAnswer> answer = Optional.empty();

    Query(int number, int ttl) {
      this.number = number;
      this.ttl = ttl;
    }
  }

  TracerouteProgram(Run run, Probe probe, Probe.Traceroute options) {
    this.run = run;
    this.probe = probe;
    this.options = options;
    identifier = run.identities.pingIdentifier(probe.from());
    last = options.maxHops();
    int number = 0;
    for (int ttl = options.firstHop(); ttl <= options.maxHops(); ttl++) {
      for (int i = 0; i < options.queries(); i++) {
        queries.add(new Query(number++, ttl));
      }
    }
    unsent.addAll(queries);
    int[] ports = run.clientPorts(probe.from());
    firstPort = run.identities.clientPort(probe.from(), ports[0], Math.max(ports[0], ports[1] - queries.size()));
  }

  @Override
  public String name() {
    return "traceroute";
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
    while (!over && waiting < options.atOnce() && !unsent.isEmpty()) {
      Query query = unsent.poll();
      if (query.ttl <= last) {
        send(query);
      }
    }
    if (!over && waiting == 0) {
      over = true;
    }
  }

  private void send(Query query) {
    query.sent = run.queue.now();
    waiting++;
    switch (output(query)) {
      case Output.Outcome.Sent sent -> {
        way = Optional.of(sent.dst());
        run.queue.after(options.waitMillis() * VirtualTime.MILLI, () -> done(query, Optional.empty()));
      }
      case Output.Outcome.Filtered _ -> {
        refused = Optional.of(FailureKind.FILTERED);
        over = true;
      }
      case Output.Outcome.Undeliverable(var _, var _, var _, Errno errno) -> {
        refused = Optional.of(IcmpKinds.ofErrno(errno));
        over = true;
      }
      case Output.Outcome.TooLong _ -> done(query, Optional.empty());
      case Output.Outcome.Refused(Errno errno, DropReason _) -> {
        refused = Optional.of(IcmpKinds.ofErrno(errno));
        over = true;
      }
    }
  }

  private Output.Outcome output(Query query) {
    boolean six = probe.to().family() == IpFamily.INET6;
    Optional<IpAddress> speaker = run.fib.speaker(netns(), probe.source());
    IpAddress from = speaker.orElse(probe.to().family().unspecified());
    Header.Ip ip = run.output.header(netns(), from, probe.to(), switch (options.method()) {
      case UDP, UDP_TO_ONE -> Header.Ip.UDP;
      case ICMP -> six ? Header.Ipv6.ICMP : Header.Ipv4.ICMP;
      case TCP -> Header.Ip.TCP;
    }).withHops(query.ttl);
    Header inner = switch (options.method()) {
      case UDP -> new Header.Udp(firstPort + query.number, options.port() + query.number);
      case UDP_TO_ONE -> new Header.Udp(firstPort + query.number, options.port());
      case ICMP -> six ? new Header.Icmpv6Echo(false, identifier, query.number + 1)
          : new Header.IcmpEcho(false, identifier, query.number + 1);
      case TCP -> new Header.Tcp(firstPort + query.number, options.port(), Header.Flags.SYN,
          run.identities.initialSequence(netns()), 0, TcpOptions.syn(
              run.routeOutput.mtu(netns(), probe.to(), speaker) - ip.length() - 20,
              new TcpOptions.Stamps(1, 0)));
    };
    int payload = options.method() == Probe.TraceMethod.TCP
        ? 0
        : Math.max(0, options.size() - ip.length() - inner.length());
    Optional<NetDev> device = probe.device().flatMap(name -> run.lab.find(new DeviceRef(netns(), name)))
        .map(d -> run.fabric.device(new DeviceId(d.id().number())));
    Output.Order order = new Output.Order(netns(), Optional.empty(), PacketCopy.Role.REQUEST, name(),
        new Output.Options(device, Output.PathMtu.DONT, false));
    return run.output.sendConnected(order, Packet.of(payload, ip, inner));
  }

  private void done(Query query, Optional<ProbeResult.HopAnswer> answer) {
    if (over || query.done) {
      return;
    }
    query.done = true;
    query.answer = answer;
    waiting--;
    if (answer.filter(ProbeResult.HopAnswer::isFinal).isPresent()) {
      last = Math.min(last, query.ttl);
    }
    if (queries.stream().allMatch(q -> q.done || q.ttl > last)) {
      over = true;
    } else {
      run.queue.after(0, this::start);
    }
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public void giveUp() {
    over = true;
  }

  /** An answer of the destination's own: an echo reply, a segment, a datagram. */
  @Override
  public boolean expects(Packet packet, NetDev device) {
    boolean fromTarget = packet.ip().filter(ip -> ip.source().equals(probe.to())).isPresent();
    return !over && fromTarget && hearsFrom(device) && answered(packet).filter(q -> !q.done).isPresent();
  }

  private Optional<Query> answered(Packet packet) {
    return packet.find(Header.Echo.class).filter(e -> e.reply() && e.identifier() == identifier)
        .flatMap(e -> query(e.sequence() - 1))
        .or(() -> packet.find(Header.Tcp.class).flatMap(t -> query(t.destinationPort() - firstPort)))
        .or(() -> packet.find(Header.Udp.class).flatMap(u -> query(u.destinationPort() - firstPort)));
  }

  private Optional<Query> query(int number) {
    return number >= 0 && number < queries.size() ? Optional.of(queries.get(number)) : Optional.empty();
  }

  @Override
  public void receive(Skb skb) {
    answered(skb.packet()).ifPresent(query -> answer(query, skb, Optional.empty()));
  }

  private void answer(Query query, Skb skb, Optional<FailureKind> kind) {
    done(query, Optional.of(new ProbeResult.HopAnswer(skb.ip().source(), run.queue.now().since(query.sent), kind)));
  }

  private Optional<Query> asked(Packet about) {
    return about.find(Header.Echo.class).filter(e -> !e.reply() && e.identifier() == identifier)
        .flatMap(e -> query(e.sequence() - 1))
        .or(() -> about.find(Header.Tcp.class).flatMap(t -> query(t.sourcePort() - firstPort)))
        .or(() -> about.find(Header.Udp.class).flatMap(u -> query(u.sourcePort() - firstPort)));
  }

  /** A socket bound to a device hears nothing that came in by another (traceroute -i): not what lo brings of the own host. */
  private boolean hearsFrom(NetDev device) {
    return probe.device().map(device.device().name()::equals).orElse(true);
  }

  @Override
  public boolean sent(Packet about, NetDev device) {
    return !over && hearsFrom(device) && asked(about).filter(q -> !q.done).isPresent();
  }

  /** The destination's "port unreachable" is the answer hoped for; a redirect is no answer. */
  @Override
  public void told(Skb skb, Header.Complaint error) {
    FailureKind kind = IcmpKinds.of(error);
    boolean hoped = kind == FailureKind.PORT_UNREACHABLE && skb.ip().source().equals(probe.to());
    if (kind != FailureKind.REDIRECT) {
      asked(error.about()).ifPresent(q -> answer(q, skb, Optional.of(kind).filter(_ -> !hoped)));
    }
  }

  @Override
  public ProbeResult result() {
    List<ProbeResult.Hop> hops = new ArrayList<>();
    for (int ttl = options.firstHop(); ttl <= last; ttl++) {
      int hop = ttl;
      hops.add(new ProbeResult.Hop(hop, queries.stream().filter(q -> q.ttl == hop).map(q -> q.answer).toList()));
    }
    boolean reached = queries.stream().flatMap(q -> q.answer.stream()).anyMatch(a -> a.kind().isEmpty());
    return new ProbeResult.Traced(refused.isPresent() ? List.of() : hops, refused, reached);
  }
}
