package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;

/**
 * Expressions of pcap-filter(7): {@code [src|dst] host A}, {@code net N}, {@code port P}, {@code tcp udp icmp icmp6 arp ip
 * ip6 vlan}, {@code ether host MAC}, joined by {@code and or not} and parentheses.
 */
final class PacketFilter {
  private static final Set<String> KINDS = Set.of("host", "net", "port");
  private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "icmp", "icmp6", "arp", "ip", "ip6", "vlan");
  private static final int DEEPEST = 40;

  private final List<String> words = new ArrayList<>();
  private int at;
  private int depth;

  private PacketFilter(List<String> typed) {
    String text = String.join(" ", typed).replace("(", " ( ").replace(")", " ) ").replace("!", " ! ")
        .replace("&&", " and ").replace("||", " or ");
    Stream.of(text.strip().split("\\s+")).filter(w -> !w.isEmpty()).forEach(words::add);
  }

  /** Whether a packet is wanted; every packet when nothing is said. */
  static Predicate<Packet> of(List<String> typed) throws Stop {
    PacketFilter filter = new PacketFilter(typed);
    if (filter.words.isEmpty()) {
      return _ -> true;
    }
    Predicate<Packet> wanted = filter.or();
    if (filter.at < filter.words.size()) {
      throw wrong();
    }
    return wanted;
  }

  private static Stop wrong() {
    return Stop.exit(1, "tcpdump: can't parse filter expression: syntax error");
  }

  private String peek() {
    return at < words.size() ? words.get(at) : "";
  }

  private String next() throws Stop {
    if (at == words.size()) {
      throw wrong();
    }
    return words.get(at++);
  }

  private Predicate<Packet> or() throws Stop {
    Predicate<Packet> left = and();
    while (peek().equals("or")) {
      at++;
      left = left.or(and());
    }
    return left;
  }

  private Predicate<Packet> and() throws Stop {
    Predicate<Packet> left = not();
    while (peek().equals("and")) {
      at++;
      left = left.and(not());
    }
    return left;
  }

  private Predicate<Packet> not() throws Stop {
    if (++depth > DEEPEST) {
      throw wrong();
    }
    Predicate<Packet> read;
    if (peek().equals("not") || peek().equals("!")) {
      at++;
      read = not().negate();
    } else if (peek().equals("(")) {
      at++;
      read = or();
      if (!next().equals(")")) {
        throw wrong();
      }
    } else {
      read = primitive();
    }
    depth--;
    return read;
  }

  private Predicate<Packet> primitive() throws Stop {
    String word = next();
    if (word.equals("ether")) {
      return ether();
    }
    Predicate<Packet> protocol = _ -> true;
    if (PROTOCOLS.contains(word)) {
      protocol = protocol(word);
      boolean more = Stream.of("src", "dst", "host", "net", "port").anyMatch(peek()::equals);
      if (!more) {
        return protocol;
      }
      word = next();
    }
    boolean source = !word.equals("dst");
    boolean destination = !word.equals("src");
    if (!source || !destination) {
      word = next();
    }
    String kind = KINDS.contains(word) ? word : "host";
    return protocol.and(named(kind, kind.equals(word) ? next() : word, source, destination));
  }

  private static Predicate<Packet> protocol(String word) {
    return packet -> switch (word) {
      case "tcp" -> packet.find(Header.Tcp.class).isPresent();
      case "udp" -> packet.find(Header.Udp.class).isPresent();
      case "icmp" -> packet.ipv4().filter(ip -> ip.protocol() == Header.Ipv4.ICMP).isPresent();
      case "icmp6" -> packet.ip().isPresent() && packet.ipv4().isEmpty() && packet.find(Header.Tcp.class).isEmpty()
          && packet.find(Header.Udp.class).isEmpty();
      case "arp" -> packet.find(Header.Arp.class).isPresent();
      case "ip" -> packet.ipv4().isPresent();
      case "vlan" -> packet.vlan().isPresent();
      default -> packet.ip().isPresent() && packet.ipv4().isEmpty();
    };
  }

  private Predicate<Packet> ether() throws Stop {
    String word = next();
    boolean source = !word.equals("dst");
    boolean destination = !word.equals("src");
    String text = word.equals("host") || !source || !destination ? next() : word;
    MacAddress mac = MacAddress.parse(text).orElseThrow(PacketFilter::wrong);
    return packet -> packet.ethernet().filter(e -> source && e.source().equals(mac)
        || destination && e.destination().equals(mac)).isPresent();
  }

  private static Predicate<Packet> named(String kind, String text, boolean source, boolean destination) throws Stop {
    if (kind.equals("port")) {
      int port = Numbers.whole(text, 0, 65535).orElseThrow(
          () -> Stop.exit(1, "tcpdump: can't parse filter expression: illegal port value"));
      return packet -> source && ports(packet, true) == port || destination && ports(packet, false) == port;
    }
    IpPrefix wanted = kind.equals("host")
        ? IpPrefix.host(IpAddress.parse(text)
            .orElseThrow(() -> Stop.exit(1, "tcpdump: unknown host '" + text + "'")))
        : IpPrefix.parse(text).orElseThrow(
            () -> Stop.exit(1, "tcpdump: can't parse filter expression: unknown network '" + text + "'"));
    return packet -> source && holds(wanted, packet, true) || destination && holds(wanted, packet, false);
  }

  private static int ports(Packet packet, boolean source) {
    return packet.find(Header.Tcp.class).map(t -> source ? t.sourcePort() : t.destinationPort())
        .or(() -> packet.find(Header.Udp.class).map(u -> source ? u.sourcePort() : u.destinationPort())).orElse(-1);
  }

  /** Addresses of IP and those that ARP speaks of. */
  private static boolean holds(IpPrefix wanted, Packet packet, boolean source) {
    Stream<IpAddress> ip = packet.ip().stream().map(i -> source ? i.source() : i.destination());
    Stream<IpAddress> arp = packet.find(Header.Arp.class).stream().map(a -> source ? a.senderIp() : a.targetIp());
    return Stream.concat(ip, arp).anyMatch(a -> a.width() == wanted.address().width() && wanted.contains(a));
  }
}
