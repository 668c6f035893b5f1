package org.hopscope.model.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.probe.ProbeResult.FailureKind;
import org.hopscope.model.probe.ProbeResult.PathLine;
import org.hopscope.model.trace.PacketCopy;

/**
 * {@code tracepath} of iputils 20221126 (tracepath.c): one packet at a time, each as long as the way is known to admit, from a
 * socket that may not cut it and lists the errors that it is told (ip(7) IP_RECVERR).
 */
final class TracepathProgram implements Program {
  private static final int PORTS = 64;
  private static final int REFUSALS = 10;
  private static final int SILENCES = 3;
  private static final int LARGEST_PAYLOAD = 65_535;

  private final Run run;
  private final Probe probe;
  private final Probe.Tracepath options;
  private final int port;
  private final int headers;
  private final Map<Integer, Sent> sent = new HashMap<>();
  private final Deque<Heard> heard = new ArrayDeque<>();
  private final List<PathLine> lines = new ArrayList<>();
  private Optional<Dst> way = Optional.empty();
  private Optional<ProbeResult.PathEnd> hops = Optional.empty();
  private int slot;
  private int ttl = 1;
  private int mtu;
  private int mtuBefore;
  private int silences;
  private int waits;
  private boolean waiting;
  private boolean answered;
  private boolean tooFar;
  private boolean over;

  /** A packet that was sent, by its port. */
  private record Sent(int ttl, VirtualTime at) {
  }

  /** An entry of the socket's list of errors: about the packet to which port, and the TTL it came with. */
  private record Heard(Optional<IpAddress> from, FailureKind kind, int mtu, int about, int ttl) {
  }

  /** What looking at the list of errors comes to. */
  private enum Progress {
    NONE, SOME, END
  }

  TracepathProgram(Run run, Probe probe, Probe.Tracepath options) {
    this.run = run;
    this.probe = probe;
    this.options = options;
    port = run.clientPort(probe.from());
    headers = probe.to().family() == IpFamily.INET6 ? 48 : 28;
    mtu = options.length();
  }

  @Override
  public String name() {
    return "tracepath";
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
    tooFar = options.maxHops() < ttl;
    over = tooFar;
    if (!over) {
      mtuBefore = mtu;
      send(0);
    }
  }

  /** One more try to send; what was told of earlier packets comes first (kernel sock_error). */
  private void send(int refusals) {
    int to = options.port() + slot;
    sent.put(to, new Sent(ttl, run.queue.now()));
    boolean countable = mtu >= headers && (six() || mtu - headers <= LARGEST_PAYLOAD);
    if (!heard.isEmpty() || !countable) {
      refused(refusals);
      return;
    }
    switch (output(to)) {
      case Output.Outcome.Sent gone -> {
        way = Optional.of(gone.dst());
        slot = (slot + 1) % PORTS;
        await();
      }
      case Output.Outcome.TooLong(IpAddress _, int fits) -> {
        // IPv4 does not say which packet (kernel ip_local_error takes the port that the socket is connected to).
        heard.add(new Heard(Optional.empty(), FailureKind.FRAG_NEEDED, fits, six() ? to : 0, 0));
        refused(refusals);
      }
      // An own REJECT tells more in the meantime.
      case Output.Outcome.Filtered _,Output.Outcome.Undeliverable _,Output.Outcome.Refused _ ->
          run.queue.after(VirtualTime.MILLI, () -> refused(refusals));
    }
  }

  private Output.Outcome output(int to) {
    IpAddress from = run.fib.speaker(netns(), probe.source()).orElse(probe.to().family().unspecified());
    Header.Ip ip = run.output.header(netns(), from, probe.to(), Header.Ip.UDP).withHops(ttl);
    Optional<NetDev> device = probe.device().flatMap(name -> run.lab.find(new DeviceRef(netns(), name)))
        .map(d -> run.fabric.device(new DeviceId(d.id().number())));
    Output.Order order = new Output.Order(netns(), Optional.empty(), PacketCopy.Role.REQUEST, name(),
        new Output.Options(device, Output.PathMtu.DO, false));
    return run.output.send(order, Packet.of(mtu - headers, ip, new Header.Udp(port, to)));
  }

  private boolean six() {
    return probe.to().family() == IpFamily.INET6;
  }

  private void refused(int refusals) {
    switch (read()) {
      case SOME -> send(0);
      case END -> turn(Progress.END);
      case NONE -> {
        if (refusals + 1 < REFUSALS) {
          send(refusals + 1);
        } else {
          lines.add(new PathLine.Unsent(ttl));
          turn(Progress.END);
        }
      }
    }
  }

  private void await() {
    waiting = true;
    int number = ++waits;
    run.queue.after(VirtualTime.SECOND, () -> wake(number));
    stir();
  }

  /** Ends the wait when there is something to read. */
  private void stir() {
    int number = waits;
    if (waiting && (answered || !heard.isEmpty())) {
      run.queue.after(0, () -> wake(number));
    }
  }

  private void wake(int number) {
    if (over || !waiting || number != waits) {
      return;
    }
    waiting = false;
    if (answered) {
      lines.add(new PathLine.Answered(ttl));
    }
    turn(answered ? Progress.END : read());
  }

  /** What is next: the same TTL again when the way proved narrower or nobody answered, else the next. */
  private void turn(Progress progress) {
    if (mtu != mtuBefore) {
      silences = 0;
      start();
      return;
    }
    boolean silent = progress == Progress.NONE && ++silences == SILENCES;
    if (silent) {
      lines.add(new PathLine.Silent(ttl));
    }
    if (silent || progress == Progress.SOME) {
      ttl++;
      silences = 0;
    }
    if (progress == Progress.END) {
      over = true;
    } else {
      start();
    }
  }

  /** Reads the list of errors, up to one that ends it. */
  private Progress read() {
    Progress progress = Progress.NONE;
    while (!heard.isEmpty() && progress != Progress.END) {
      progress = read(heard.remove());
    }
    return progress;
  }

  private Progress read(Heard error) {
    Optional<Sent> about = Optional.ofNullable(sent.get(error.about));
    int hop = error.from.isPresent() ? about.map(Sent::ttl).orElse(ttl) : ttl;
    int back = back(error.ttl);
    boolean asymmetric = error.kind == FailureKind.TTL_EXCEEDED && back != hop;
    lines.add(new PathLine.Told(hop, error.from, about.map(s -> run.queue.now().since(s.at)), error.kind, error.mtu,
        asymmetric ? Optional.of(back) : Optional.empty()));
    if (error.kind == FailureKind.PORT_UNREACHABLE) {
      hops = Optional.of(new ProbeResult.PathEnd(hop, back));
    } else if (error.kind == FailureKind.FRAG_NEEDED) {
      mtu = error.mtu;
    }
    return error.kind == FailureKind.TTL_EXCEEDED || error.kind == FailureKind.FRAG_NEEDED ? Progress.SOME
        : Progress.END;
  }

  /** How far away somebody is, told by what is left of 64, 128 or 255 hops. */
  private static int back(int left) {
    return (left <= 64 ? 65 : left <= 128 ? 129 : 256) - left;
  }

  @Override
  public boolean expects(Packet packet, NetDev device) {
    return !over && packet.find(Header.Udp.class).filter(u -> u.destinationPort() == port).isPresent();
  }

  @Override
  public void receive(Skb skb) {
    answered = true;
    stir();
  }

  @Override
  public boolean sent(Packet about, NetDev device) {
    return !over && about.find(Header.Udp.class).filter(u -> u.sourcePort() == port).isPresent();
  }

  @Override
  public void told(Skb skb, Header.Complaint error) {
    FailureKind kind = IcmpKinds.of(error);
    if (kind != FailureKind.REDIRECT) {
      heard.add(new Heard(Optional.of(skb.ip().source()), kind, error.mtu(),
          error.about().find(Header.Udp.class).orElseThrow().destinationPort(), skb.ip().hops()));
      stir();
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

  @Override
  public ProbeResult result() {
    return new ProbeResult.Paced(List.copyOf(lines), mtu, hops, tooFar);
  }
}
