package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.Event;

/**
 * Puts the pieces of packets together (RFC 791 3.2, kernel net/ipv4/ip_fragment.c). Left out: the time limit of 30 s
 * and the ICMP message that follows it.
 */
final class Reassembly {
  private final Run run;
  private final Map<Key, List<Skb>> pieces = new HashMap<>();

  Reassembly(Run run) {
    this.run = run;
  }

  private record Key(NetnsId netns, Ipv4Address source, Ipv4Address destination, int protocol, int identification) {
  }

  /** Adds a piece; the whole packet as a new copy once nothing is missing. */
  Optional<Skb> add(Skb piece, NetDev device) {
    Header.Ipv4 ip = piece.ip();
    Key key = new Key(device.netns(), ip.source(), ip.destination(), ip.protocol(), ip.identification());
    List<Skb> known = pieces.computeIfAbsent(key, _ -> new ArrayList<>());
    known.add(piece);
    known.sort(Comparator.comparingInt(p -> p.ip().fragment().offset()));
    if (!isComplete(known)) {
      return Optional.empty();
    }
    pieces.remove(key);
    Skb whole = run.recorder.fork(piece, join(known));
    run.recorder.step(whole, device, new Event.Made("reassembly"));
    return Optional.of(whole);
  }

  private static boolean isComplete(List<Skb> sorted) {
    int next = 0;
    for (Skb piece : sorted) {
      if (piece.ip().fragment().offset() > next) {
        return false;
      }
      next = piece.ip().fragment().offset() + bytes(piece.packet());
    }
    return !sorted.getLast().ip().fragment().more();
  }

  private static Packet join(List<Skb> sorted) {
    Skb last = sorted.getLast();
    int total = last.ip().fragment().offset() + bytes(last.packet());
    Packet first = sorted.getFirst().packet();
    Header.Ipv4 ip = first.ipv4().orElseThrow();
    int payload = first.payload() + total - bytes(first);
    return new Packet(first.replace(ip, ip.withFragment(Header.Fragment.WHOLE)).headers(), payload, first.text());
  }

  /** Bytes behind the IP header. */
  private static int bytes(Packet packet) {
    return packet.networkLength() - packet.ipv4().orElseThrow().length();
  }
}
