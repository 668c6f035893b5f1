package org.hopscope.model.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Header.Flags;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.TcpOptions;
import org.hopscope.model.trace.PacketCopy;

/**
 * One end of a TCP connection (RFC 9293), as far as a short exchange needs it: sequence numbers, segments of the size
 * that both ends and the path admit, what was cut too long is sent again shorter (RFC 1191), and what is lost is sent again
 * (RFC 6298, without measuring) unless the lab's own client talks. Left out: windows and congestion control.
 */
final class TcpSocket {
  private static final long MASK = 0xffff_ffffL;
  /** The least time before a segment is sent again (kernel TCP_RTO_MIN): round trips are shorter here. */
  private static final long RETRANSMIT = 200 * VirtualTime.MILLI;
  /** Kernel TCP_RTO_MAX. */
  private static final long LONGEST = 120 * VirtualTime.SECOND;
  /** How often it is ({@code net.ipv4.tcp_retries2}). */
  private static final int RETRIES = 15;
  /** Kernel TCP_MAX_QUICKACKS. */
  private static final int QUICK = 16;

  private final Run run;
  private Ends ends;
  private final long initial;
  /** Offset of the next byte to send; SYN and FIN count as one each. */
  private long next;
  private long theirInitial;
  /** Offset of the next byte expected. */
  private long expected;
  private int segmentSize;
  private final Deque<Segment> unacknowledged = new ArrayDeque<>();
  private final TreeMap<Long, Segment> early = new TreeMap<>();
  private boolean finished;
  /** The other end's last time stamp; empty when the two have not agreed on stamps. */
  private Optional<Long> theirStamp = Optional.empty();
  /** What the other end's SYN could; all where this end spoke first. */
  private Optional<TcpOptions> asked = Optional.empty();
  /** Segments with data that came in since this end last sent something. */
  private int unanswered;
  /** How many more of them are acknowledged at once (kernel icsk_ack.quick); unknown before the first has come. */
  private Optional<Integer> quick = Optional.empty();

  /**
   * Who talks to whom, and as what.
   *
   * @param netns where this end is
   * @param role what its packets are in the trace
   * @param by what the trace calls its program
   */
  record Ends(NetnsId netns, IpAddress local, int localPort, IpAddress remote, int remotePort,
      PacketCopy.Role role, String by) {
    Ends from(IpAddress source, IpAddress destination) {
      return new Ends(netns, source, localPort, destination, remotePort, role, by);
    }
  }

  private record Segment(long offset, int bytes, boolean fin, String text) {
    long end() {
      return offset + bytes + (fin ? 1 : 0);
    }
  }

  /** What has newly arrived in order: how many bytes, what they say, and whether the other end has finished. */
  record Arrived(int bytes, String text, boolean finished) {
  }

  TcpSocket(Run run, Ends ends, int mtu) {
    this.run = run;
    this.ends = ends;
    initial = run.identities.initialSequence(ends.netns());
    segmentSize = mtu - headers();
  }

  /** The end that a SYN was for: it has answered it already. */
  static TcpSocket answering(Run run, NetnsId netns, Skb syn, String by) {
    Header.Ip ip = syn.ip();
    Header.Tcp tcp = syn.packet().find(Header.Tcp.class).orElseThrow();
    TcpSocket socket = new TcpSocket(run, new Ends(netns, ip.destination(), tcp.destinationPort(), ip.source(),
        tcp.sourcePort(), PacketCopy.Role.REPLY, by),
        run.routeOutput.mtu(netns, ip.source(), Optional.of(ip.destination())));
    socket.synchronize(tcp);
    socket.sendSyn(Optional.of(syn), Flags.SYN_ACK);
    return socket;
  }

  /** Bytes that the network and TCP headers of a segment take. */
  private int headers() {
    return switch (ends.remote().family()) {
      case INET -> 40;
      case INET6 -> 60;
    };
  }

  Ends ends() {
    return ends;
  }

  /** The kernel has found the way, and with it the addresses and what fits. */
  void connected(Ends known, int mtu) {
    ends = known;
    segmentSize = Math.min(segmentSize, mtu - headers());
  }

  /** Kernel tcp_connect: announces what its own link admits. */
  Output.Outcome sendSyn(Optional<Skb> cause, Flags flags) {
    next = 1;
    int announced = run.routeOutput.advmss(ends.netns(), ends.remote(), Optional.of(ends.local())
        .filter(a -> !a.isUnspecified())).orElse(segmentSize);
    TcpOptions can = TcpOptions.syn(Math.min(segmentSize, announced), stamps(theirStamp.orElse(0L)));
    return transmit(cause, flags, new Segment(0, 0, false, ""), asked.map(can::agreed).orElse(can));
  }

  /** The clock of a connection begins anywhere (kernel secure_tcp_ts_off). */
  private TcpOptions.Stamps stamps(long echo) {
    return new TcpOptions.Stamps(initial + run.queue.now().nanos() / VirtualTime.MILLI & MASK, echo);
  }

  /** What a segment of the established connection carries. */
  private TcpOptions established() {
    return TcpOptions.of(theirStamp.map(this::stamps));
  }

  /** Takes the other end's SYN. */
  void synchronize(Header.Tcp tcp) {
    theirInitial = tcp.sequence();
    expected = 1;
    segmentSize = tcp.options().maxSegment().map(m -> Math.min(segmentSize, m)).orElse(segmentSize);
    theirStamp = tcp.options().stamps().map(TcpOptions.Stamps::value);
    asked = Optional.of(tcp.options());
  }

  void sendAck(Skb cause) {
    unanswered = 0;
    quick = quick.map(n -> Math.max(0, n - 1));
    transmit(Optional.of(cause), Flags.ACK, new Segment(next, 0, false, ""), established());
  }

  /**
   * Sends bytes in as many segments as it takes; the first carries the text. Who answers data will do so again: from now
   * on the acknowledgment waits for it (kernel tcp_event_data_sent, inet_csk_inc_pingpong_cnt).
   */
  void sendData(Skb cause, int bytes, String text) {
    quick = quick.map(_ -> 0);
    int left = bytes;
    String said = text;
    int most = segmentSize - established().length();
    while (left > 0) {
      int now = Math.min(left, most);
      left -= now;
      push(cause, new Segment(next, now, false, said), left == 0);
      said = "";
    }
  }

  /** Finishes; when that was done before, says only that what came has come. */
  void sendFin(Skb cause) {
    if (finished) {
      sendAck(cause);
    } else {
      finished = true;
      push(cause, new Segment(next, 0, true, ""), false);
    }
  }

  private void push(Skb cause, Segment segment, boolean last) {
    unanswered = 0;
    next = segment.end();
    unacknowledged.add(segment);
    Flags flags = segment.fin() ? Flags.FIN_ACK : last ? Flags.PSH_ACK : Flags.ACK;
    transmit(Optional.of(cause), flags, segment, established());
    if (run.retransmits()) {
      run.queue.after(RETRANSMIT, () -> again(cause, segment, 1));
    }
  }

  /** Kernel tcp_retransmit_timer: what is not acknowledged goes again, each time after twice as long. */
  private void again(Skb cause, Segment segment, int number) {
    if (unacknowledged.contains(segment) && number <= RETRIES) {
      transmit(Optional.of(cause), segment.fin() ? Flags.FIN_ACK : Flags.PSH_ACK, segment,
          established());
      run.queue.after(Math.min(RETRANSMIT << number, LONGEST), () -> again(cause, segment, number + 1));
    }
  }

  private Output.Outcome transmit(Optional<Skb> cause, Flags flags, Segment segment, TcpOptions carried) {
    long acknowledgment = flags.ack() ? (theirInitial + expected) & MASK : 0;
    Header.Tcp tcp = new Header.Tcp(ends.localPort(), ends.remotePort(), flags, (initial + segment.offset()) & MASK,
        acknowledgment, carried);
    Header.Ip ip = run.output.header(ends.netns(), ends.local(), ends.remote(), Header.Ip.TCP);
    Output.Options options = new Output.Options(Optional.empty(), Output.PathMtu.WANT, false);
    return run.output.sendConnected(new Output.Order(ends.netns(), cause, ends.role(), ends.by(), options),
        new Packet(List.of(ip, tcp), segment.bytes(), segment.text()));
  }

  /** Takes a segment of the established connection. */
  Arrived take(Skb skb, Header.Tcp tcp) {
    theirStamp = theirStamp.map(old -> tcp.options().stamps().map(TcpOptions.Stamps::value).orElse(old));
    long acknowledged = (tcp.acknowledgment() - initial) & MASK;
    while (!unacknowledged.isEmpty() && unacknowledged.peek().end() <= acknowledged) {
      unacknowledged.poll();
    }
    long offset = (tcp.sequence() - theirInitial) & MASK;
    Segment segment = new Segment(offset, skb.packet().payload(), tcp.flags().fin(), skb.packet().text());
    if (segment.end() > segment.offset()) {
      early.put(offset, segment);
    }
    if (segment.bytes() > 0) {
      unanswered++;
      quick = quick.or(() -> Optional.of(QUICK));
    }
    int bytes = 0;
    StringBuilder text = new StringBuilder();
    boolean finished = false;
    while (!early.isEmpty() && early.firstKey() <= expected) {
      Segment first = early.pollFirstEntry().getValue();
      if (first.end() > expected) {
        bytes += (int) (first.offset() + first.bytes() - expected);
        text.append(first.text());
        finished |= first.fin();
        expected = first.end();
      }
    }
    return new Arrived(bytes, text.toString(), finished);
  }

  /**
   * What the kernel says by itself to data that was taken, before the program hears of it (tcp_ack_snd_check): at first to
   * each segment, later to every second one (RFC 1122 4.2.3.2). What only finishes waits for the program's own end.
   */
  void acknowledge(Skb cause) {
    if (unanswered >= 2 || unanswered > 0 && quick.orElse(0) > 0) {
      sendAck(cause);
    }
  }

  /** A router says that segments were too long: what is not acknowledged goes again, cut for the path. */
  void narrower(Skb cause, int mtu) {
    if (mtu - headers() >= segmentSize) {
      return;
    }
    segmentSize = mtu - headers();
    List<Segment> again = List.copyOf(unacknowledged);
    if (again.isEmpty()) {
      return;
    }
    unacknowledged.clear();
    next = again.getFirst().offset();
    for (Segment segment : again) {
      if (segment.fin()) {
        push(cause, new Segment(next, 0, true, ""), false);
      } else {
        sendData(cause, segment.bytes(), segment.text());
      }
    }
  }

  /** The reset that answers a segment of so many bytes. */
  static Header.Tcp resetTo(Header.Tcp tcp, int bytes) {
    long length = (long) bytes + (tcp.flags().syn() ? 1 : 0) + (tcp.flags().fin() ? 1 : 0);
    return tcp.flags().ack()
        ? new Header.Tcp(tcp.destinationPort(), tcp.sourcePort(), Flags.RST, tcp.acknowledgment(), 0,
            TcpOptions.NONE)
        : new Header.Tcp(tcp.destinationPort(), tcp.sourcePort(), Flags.RST_ACK, 0, (tcp.sequence() + length) & MASK,
            TcpOptions.NONE);
  }

  /** Answers a segment that no socket takes (kernel tcp_v4_send_reset); a reset is never answered. */
  static void reset(Run run, Skb skb, NetnsId netns, Header.Tcp tcp) {
    if (tcp.flags().rst()) {
      return;
    }
    Header.Ip ip = skb.ip();
    Header.Tcp answer = resetTo(tcp, skb.packet().payload());
    Header.Ip back = run.output.header(netns, ip.destination(), ip.source(), Header.Ip.TCP);
    run.output.send(new Output.Order(netns, Optional.of(skb), PacketCopy.Role.REPLY, "kernel",
        new Output.Options(Optional.empty(), Output.PathMtu.WANT, false)), Packet.of(0, back, answer));
  }
}
