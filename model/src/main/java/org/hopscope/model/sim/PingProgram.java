package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.probe.ProbeResult.FailureKind;
import org.hopscope.model.probe.ProbeResult.PingError;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.PacketCopy;

/** {@code ping} of iputils (ping/ping.c, ping/ping_common.c): when it sends, what it counts and when it ends. */
final class PingProgram implements Program {
  private final Run run;
  private final Probe probe;
  private final Probe.Ping options;
  private final Optional<NetDev> device;
  /**
   * Whether it is bound to a broadcast address or a group: it then speaks from an address that the kernel chooses, and
   * hears no answer to that one (kernel net/ipv4/raw.c raw_bind).
   */
  private final boolean deaf;
  private final int identifier;
  private final VirtualTime begin;
  private final Map<Integer, VirtualTime> sentAt = new HashMap<>();
  private final Set<Integer> answered = new HashSet<>();
  private final List<ProbeResult.Reply> replies = new ArrayList<>();
  /** What the device said while sending; ICMP says more, and is told first. */
  private final Map<Integer, PingError> refusals = new LinkedHashMap<>();
  private final List<PingError> errors = new ArrayList<>();
  private Optional<IpAddress> source = Optional.empty();
  private Optional<Dst> way = Optional.empty();
  private int transmitted;
  /** Errors that count as an end of a request: all but redirects. */
  private int failed;
  private long longest;
  private Optional<VirtualTime> end = Optional.empty();

  PingProgram(Run run, Probe probe, Probe.Ping options) {
    this.run = run;
    this.probe = probe;
    this.options = options;
    device = probe.device().flatMap(name -> run.lab.find(new DeviceRef(probe.from(), name)))
        .map(d -> run.fabric.device(d.id()));
    deaf = probe.source().filter(s -> run.fib.isForMany(probe.from(), s)).isPresent();
    identifier = run.identities.pingIdentifier(probe.from());
    begin = run.queue.now();
  }

  @Override
  public String name() {
    return "ping";
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
    if (options.deadlineMillis() > 0) {
      run.queue.after(options.deadlineMillis() * VirtualTime.MILLI, this::finish);
    }
    request(1);
  }

  private void request(int sequence) {
    if (isOver()) {
      return;
    }
    sentAt.put(sequence, run.queue.now());
    Output.Outcome outcome = send(sequence);
    switch (outcome) {
      case Output.Outcome.Sent sent -> {
        source = Optional.of(sent.source());
        way = Optional.of(sent.dst());
        transmitted++;
      }
      case Output.Outcome.Filtered filtered -> {
        source = Optional.of(filtered.source());
        transmitted++;
        errors.add(new PingError(sequence, Optional.empty(), FailureKind.PROHIBITED, 0, Optional.empty()));
      }
      case Output.Outcome.Undeliverable undeliverable -> {
        source = Optional.of(undeliverable.source());
        transmitted++;
        refusals.put(sequence, new PingError(sequence, Optional.empty(), IcmpKinds.ofErrno(undeliverable.errno()), 0,
            Optional.empty()));
      }
      case Output.Outcome.TooLong(IpAddress from, int mtu) -> {
        source = Optional.of(from);
        transmitted++;
        failed(new PingError(sequence, Optional.empty(), FailureKind.FRAG_NEEDED, mtu, Optional.empty()));
      }
      case Output.Outcome.Refused(Errno _, DropReason why) when keepsQuietAbout(why) -> transmitted++;
      case Output.Outcome.Refused(Errno errno, DropReason why) -> {
        errors.add(new PingError(0, Optional.empty(), kind(errno, why), 0, Optional.empty()));
        finish();
        return;
      }
    }
    if (sequence < options.count()) {
      run.queue.after(options.intervalMillis() * VirtualTime.MILLI, () -> request(sequence + 1));
    } else if (!isOver()) {
      run.queue.after(patience(), this::finish);
    }
  }

  /**
   * Without a source of its own it tries a connect(2) first, and gives up on its refusal; with one it finds out by
   * sending, and keeps that error to itself (iputils ping/ping.c ping4_run, ping_common.c pinger). Addresses of the link
   * it does not connect to (ping6_common.c ping6_run leaves their address family out).
   */
  private boolean keepsQuietAbout(DropReason why) {
    IpAddress to = probe.to();
    boolean ofLink = to instanceof Ipv6Address six && (six.isLinkLocal() || six.isMulticast() && six.groupScope() == 2);
    return (probe.source().isPresent() || ofLink) && why != DropReason.SOURCE_NOT_OWN
        && why != DropReason.NO_SUCH_DEVICE;
  }

  private Output.Outcome send(int sequence) {
    IpAddress from = probe.source().filter(_ -> !deaf).orElse(probe.to().family().unspecified());
    Header.Ip header = run.output.header(probe.from(), from, probe.to(), protocol());
    Header.Ip ip = options.ttl().<Header.Ip>map(header::withHops).orElse(header)
        .withTrafficClass(options.stamp().tos());
    Packet packet = Packet.of(options.size(), ip, echo(sequence));
    Output.PathMtu pathMtu = Output.PathMtu.valueOf(options.pathMtu().name());
    Output.Order order = new Output.Order(probe.from(), Optional.empty(), PacketCopy.Role.REQUEST, name(),
        new Output.Options(device, pathMtu, options.broadcast()));
    if (probe.source().filter(s -> s.family() == IpFamily.INET6 && s.isLinkLocal()).isPresent()) {
      return run.output.refuse(order, packet, Errno.EINVAL, DropReason.SOURCE_NOT_OWN);
    }
    Optional<RouteOutput.Answer.Failed> unconnected =
        sequence > 1 ? Optional.empty() : run.output.connectFails(order, packet);
    if (unconnected.isPresent()) {
      return run.output.refuse(order, packet, unconnected.get().errno(), unconnected.get().why());
    }
    return probe.device().isPresent() && device.isEmpty()
        ? run.output.refuse(order, packet, Errno.ENODEV, DropReason.NO_SUCH_DEVICE)
        : run.output.send(order, packet, options.stamp().mark());
  }

  private int protocol() {
    return switch (probe.to().family()) {
      case INET -> Header.Ipv4.ICMP;
      case INET6 -> Header.Ipv6.ICMP;
    };
  }

  private Header.Echo echo(int sequence) {
    return switch (probe.to().family()) {
      case INET -> new Header.IcmpEcho(false, identifier, sequence);
      case INET6 -> new Header.Icmpv6Echo(false, identifier, sequence);
    };
  }

  /** How long it waits after the last request: {@code -W} while nothing came back, else twice the longest round trip. */
  private long patience() {
    return replies.isEmpty()
        ? options.waitMillis() * VirtualTime.MILLI
        : Math.max(2 * longest, options.intervalMillis() * VirtualTime.MILLI);
  }

  @Override
  public boolean expects(Packet packet, NetDev in) {
    return !isOver() && !deaf && hears(cameFor(packet, in))
        && packet.find(Header.Echo.class).filter(e -> e.reply() && e.identifier() == identifier).isPresent();
  }

  @Override
  public void receive(Skb skb) {
    Header.Echo echo = skb.packet().find(Header.Echo.class).orElseThrow();
    Header.Ip ip = skb.ip();
    long nanos = run.queue.now().since(sentAt.getOrDefault(echo.sequence(), run.queue.now()));
    longest = Math.max(longest, nanos);
    int bytes = skb.packet().networkLength() - ip.length();
    replies.add(new ProbeResult.Reply(echo.sequence(), ip.source(), ip.hops(), bytes, nanos));
    answered.add(echo.sequence());
    endWhenDone();
  }

  @Override
  public boolean sent(Packet about, NetDev in) {
    return !isOver() && !deaf && hears(in)
        && about.find(Header.Echo.class).filter(e -> !e.reply() && e.identifier() == identifier).isPresent();
  }

  @Override
  public void told(Skb skb, Header.Complaint error) {
    int sequence = error.about().find(Header.Echo.class).orElseThrow().sequence();
    PingError said = new PingError(sequence, Optional.of(skb.ip().source()), IcmpKinds.of(error), error.mtu(),
        error.gateway());
    if (said.kind() == FailureKind.REDIRECT) {
      errors.add(said);
    } else {
      Optional<PingError> local = Optional.ofNullable(refusals.remove(sequence));
      errors.add(said);
      local.ifPresent(errors::add);
      failed++;
      endSoon();
    }
  }

  /** What comes by lo counts as come by the device that holds the address (kernel inet_iif). */
  private NetDev cameFor(Packet packet, NetDev in) {
    return in.isLoopback()
        ? run.fib.lookup(netns(), RouteKey.to(packet.ip().orElseThrow().destination())).route().flatMap(Route::device)
            .map(run.fabric::device).orElse(in)
        : in;
  }

  /**
   * A socket bound to a device hears nothing that comes by another: not even errors that the own kernel sends by lo, but for
   * IPv6, which knows them by the device they are about (kernel icmp6_dev).
   */
  private boolean hears(NetDev in) {
    boolean own = probe.to().family() == IpFamily.INET6 && in.isLoopback();
    return own || device.map(in::is).orElse(true);
  }

  private void failed(PingError error) {
    errors.add(error);
    failed++;
    endSoon();
  }

  private void endSoon() {
    if (options.deadlineMillis() > 0) {
      run.queue.after(0, this::finish);
    }
    endWhenDone();
  }

  private void endWhenDone() {
    if (answered.size() + failed >= options.count()) {
      finish();
    }
  }

  private static FailureKind kind(Errno errno, DropReason why) {
    return why == DropReason.BROADCAST_REFUSED ? FailureKind.BROADCAST : IcmpKinds.ofErrno(errno);
  }

  private void finish() {
    if (!isOver()) {
      errors.addAll(refusals.values());
      refusals.clear();
      end = Optional.of(run.queue.now());
    }
  }

  @Override
  public void giveUp() {
    finish();
  }

  @Override
  public boolean isOver() {
    return end.isPresent();
  }

  @Override
  public ProbeResult result() {
    return new ProbeResult.Pinged(source,
        way.map(d -> d.route().flatMap(Route::device).map(run.fabric::device).orElse(d.device()).device().name()),
        transmitted, List.copyOf(replies), List.copyOf(errors),
        end.orElseThrow().since(begin));
  }
}
