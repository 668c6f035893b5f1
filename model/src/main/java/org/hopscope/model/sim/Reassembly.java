package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.Event;

/**
 * Puts the pieces of packets together (RFC 791 3.2, RFC 8200 4.5, kernel net/ipv4/ip_fragment.c, net/ipv6/reassembly.c). Left out: the time limit of 30 s
 * and the ICMP message that follows it.
 */
final class Reassembly {
  private final Run run;
  private final Map<Key, List<Skb>> pieces = new HashMap<>();

  Reassembly(Run run) {
    this.run = run;
  }

  private record Key(NetnsId netns, IpAddress source, IpAddress destination, int protocol, int identification) {
  }

  /** A packet as connection tracking wants it: whole. A piece is kept until nothing is missing (kernel nf_ct_defrag). */
  Optional<Skb> gather(Skb skb, NetDev device) {
    if (skb.packet().fragment().equals(Header.Fragment.WHOLE)) {
      return Optional.of(skb);
    }
    run.recorder.delivered(skb, device, "reassembly");
    return add(skb, device);
  }

  /** Adds a piece; the whole packet as a new copy once nothing is missing. */
  Optional<Skb> add(Skb piece, NetDev device) {
    Header.Ip ip = piece.ip();
    Key key = new Key(device.netns(), ip.source(), ip.destination(), ip.protocol(), identification(piece.packet()));
    List<Skb> known = pieces.computeIfAbsent(key, _ -> new ArrayList<>());
    known.add(piece);
    known.sort(Comparator.comparingInt(p -> p.packet().fragment().offset()));
    if (!isComplete(known)) {
      return Optional.empty();
    }
    pieces.remove(key);
    Skb whole = run.recorder.fork(piece, join(known));
    int longest = known.stream().mapToInt(p -> p.packet().networkLength()).max().orElseThrow();
    run.recorder.step(whole, device, new Event.Made("reassembly"));
    return Optional.of(whole.with(whole.meta().withGathered(Optional.of(longest))));
  }

  private static boolean isComplete(List<Skb> sorted) {
    int next = 0;
    for (Skb piece : sorted) {
      if (piece.packet().fragment().offset() > next) {
        return false;
      }
      next = piece.packet().fragment().offset() + bytes(piece.packet());
    }
    return !sorted.getLast().packet().fragment().more();
  }

  private static Packet join(List<Skb> sorted) {
    Skb last = sorted.getLast();
    int total = last.packet().fragment().offset() + bytes(last.packet());
    Packet first = sorted.getFirst().packet();
    int payload = first.payload() + total - bytes(first);
    List<Header> whole = new ArrayList<>(first.headers());
    first.find(Header.Fragment6.class).ifPresent(whole::remove);
    first.ipv4().ifPresent(ip -> whole.set(whole.indexOf(ip), ip.withFragment(Header.Fragment.WHOLE)));
    return new Packet(whole, payload, first.text());
  }

  private static int identification(Packet piece) {
    return piece.find(Header.Fragment6.class).map(Header.Fragment6::identification)
        .or(() -> piece.ipv4().map(Header.Ipv4::identification)).orElseThrow();
  }

  /** Bytes behind the IP header, and behind the fragment header of IPv6. */
  private static int bytes(Packet packet) {
    return packet.networkLength() - packet.ip().orElseThrow().length()
        - packet.find(Header.Fragment6.class).map(Header::length).orElse(0);
  }
}
