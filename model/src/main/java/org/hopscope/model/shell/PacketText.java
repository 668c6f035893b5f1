package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.DnsMessage;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.TcpOptions;
import org.hopscope.model.trace.Step;

/** Packets as tcpdump 4.99 prints them with {@code -n}. Sequence numbers are counted from the first one seen. */
final class PacketText {
  private final boolean link;
  private final boolean verbose;
  private final boolean quick;
  private final boolean timeless;
  private final Map<String, Long> first = new HashMap<>();

  PacketText(boolean link, boolean verbose, boolean quick, boolean timeless) {
    this.link = link;
    this.verbose = verbose;
    this.quick = quick;
    this.timeless = timeless;
  }

  /** The lines about one packet; {@code device} stands in front when several are watched. */
  List<String> lines(Step step, String device) {
    Packet packet = step.packet();
    String head = (timeless ? "" : time(step.at()) + " ") + device + link(link, packet);
    String body = body(packet);
    List<String> lines = new ArrayList<>(verbose && packet.ip().isPresent()
        ? List.of(head + about(packet), "    " + body)
        : List.of(head + body));
    Optional<Packet> inside = inside(packet);
    if (inside.isPresent()) {
      boolean more = verbose && inside.get().ip().isPresent();
      lines.add(link(link, inside.get()) + (more ? about(inside.get()) : body(inside.get())));
      lines.addAll(more ? List.of("    " + body(inside.get())) : List.of());
    }
    return lines;
  }

  private static String link(boolean wanted, Packet packet) {
    return wanted ? link(packet) : kind(packet);
  }

  /** What a vxlan carries; tcpdump knows one by its registered port alone (print-udp.c VXLAN_PORT). */
  private static Optional<Packet> inside(Packet packet) {
    return packet.find(Header.Vxlan.class)
        .filter(_ -> packet.upper() instanceof Header.Udp udp && udp.destinationPort() == Header.Vxlan.PORT)
        .flatMap(_ -> packet.carried());
  }

  private static String time(VirtualTime at) {
    long micros = at.nanos() / 1000;
    long seconds = micros / 1_000_000;
    return String.format(Locale.ROOT, "%02d:%02d:%02d.%06d", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60,
        micros % 1_000_000);
  }

  private static String kind(Packet packet) {
    return packet.vlan().map(tag -> "vlan " + tag.id() + ", p " + tag.priority() + ", ").orElse("")
        + (packet.find(Header.Arp.class).isPresent() ? "ARP, " : packet.ipv4().isPresent() ? "IP " : "IP6 ");
  }

  private static String link(Packet packet) {
    Optional<Header.Ethernet> frame = packet.ethernet();
    if (frame.isEmpty()) {
      return kind(packet);
    }
    return frame.get().source() + " > " + frame.get().destination() + ", ethertype "
        + type(frame.get().etherType()) + ", length " + packet.length() + ": "
        + packet.vlan().map(tag -> "vlan " + tag.id() + ", p " + tag.priority() + ", ethertype " + type(tag.etherType())
            + ", ").orElse("");
  }

  private static String type(int etherType) {
    String name = switch (etherType) {
      case Header.Ethernet.IPV4 -> "IPv4";
      case Header.Ethernet.ARP -> "ARP";
      case Header.Ethernet.IPV6 -> "IPv6";
      case Header.Vlan.CUSTOMER -> "802.1Q";
      case Header.Vlan.SERVICE -> "802.1Q-QinQ";
      case Header.Gre.FRAME -> "TEB";
      default -> "Unknown";
    };
    return name + String.format(Locale.ROOT, " (0x%04x)", etherType);
  }

  /** What {@code -v} tells of the network header. */
  private static String about(Packet packet) {
    Optional<Header.Ipv4> four = packet.ipv4();
    if (four.isEmpty()) {
      Header.Ip six = packet.ip().orElseThrow();
      return "(hlim " + six.hops() + ", next-header " + protocol(six.protocol()) + " payload length: "
          + (packet.networkLength() - 40) + ")";
    }
    Header.Ipv4 ip = four.get();
    String flags = ip.dontFragment() ? "DF" : ip.fragment().more() ? "+" : "none";
    return "(tos 0x0, ttl " + ip.ttl() + ", id " + ip.identification() + ", offset " + ip.fragment().offset()
        + ", flags [" + flags + "], proto " + protocol(ip.protocol()) + ", length " + packet.networkLength() + ")";
  }

  private static String protocol(int number) {
    return switch (number) {
      case Header.Ipv4.ICMP -> "ICMP (1)";
      case Header.Ip.TCP -> "TCP (6)";
      case Header.Ip.UDP -> "UDP (17)";
      case 58 -> "ICMPv6 (58)";
      case Header.Ip.IPIP -> "IPIP (4)";
      case Header.Ip.IPV6 -> "IPv6 (41)";
      case Header.Ip.GRE -> "GRE (47)";
      default -> "unknown (" + number + ")";
    };
  }

  private String body(Packet packet) {
    Optional<Header.Arp> arp = packet.find(Header.Arp.class);
    if (arp.isPresent()) {
      return arp(arp.get());
    }
    if (packet.ip().isEmpty()) {
      return "length " + packet.length();
    }
    Header.Ip ip = packet.ip().get();
    int length = packet.networkLength() - ip.length();
    if (packet.fragment().offset() > 0) {
      return ip.source() + " > " + ip.destination() + ": " + (ip.protocol() == Header.Ip.TCP ? "tcp"
          : ip.protocol() == Header.Ip.UDP ? "udp" : "icmp");
    }
    Optional<Header.Tcp> tcp = packet.find(Header.Tcp.class);
    if (tcp.isPresent()) {
      return tcp(packet, ip, tcp.get(), length - tcp.get().length());
    }
    Optional<Header.Udp> udp = packet.find(Header.Udp.class);
    if (udp.isPresent()) {
      return ip.source() + "." + udp.get().sourcePort() + " > " + ip.destination() + "."
          + udp.get().destinationPort() + ": " + (inside(packet).isPresent()
              ? "VXLAN, flags [I] (0x08), vni " + packet.find(Header.Vxlan.class).orElseThrow().vni()
              : geneve(packet, udp.get()).or(() -> DnsMessage.parse(packet.text()).map(PacketText::names))
                  .orElseGet(() -> "UDP, length " + (length - udp.get().length())));
    }
    return ip.source() + " > " + ip.destination() + ": "
        + packet.carried().map(inner -> carried(packet, inner, length)).orElseGet(() -> icmp(packet, length));
  }

  /** What a GENEVE packet carries; tcpdump knows one by its registered port alone (print-udp.c GENEVE_PORT, print-geneve.c). */
  private Optional<String> geneve(Packet packet, Header.Udp udp) {
    return packet.find(Header.Geneve.class).filter(_ -> udp.destinationPort() == Header.Geneve.PORT)
        .flatMap(geneve -> packet.carried().map(inner -> "Geneve, Flags [none], vni 0x"
            + Integer.toHexString(geneve.vni()) + (link ? ", proto TEB (0x6558)" : "") + ": " + whole(inner)));
  }

  /** What stands behind IP in a tunnel's packet (print-ip-demux.c, print-gre.c). */
  private String carried(Packet packet, Packet inner, int length) {
    Optional<Header.Gre> gre = packet.find(Header.Gre.class);
    if (gre.isPresent()) {
      return "GREv0" + gre.get().key().map(key -> ", key=0x" + Integer.toHexString(key)).orElse("")
          + (link ? ", proto " + type(gre.get().protocol()) : "") + ", length " + length + ": " + whole(inner);
    }
    boolean four = packet.ip().orElseThrow().protocol() == Header.Ip.IPIP;
    return (link ? "" : kind(inner)) + body(inner) + (four && !verbose ? " (ipip-proto-4)" : "");
  }

  private String whole(Packet inner) {
    return (inner.ethernet().isPresent() || !link ? link(link, inner) : "") + body(inner);
  }

  /** Questions and answers of name servers (print-domain.c); of an answer only what was found is told. */
  private static String names(DnsMessage message) {
    if (message.reply().isEmpty()) {
      return message.id() + "+ " + (message.extended() ? "[1au] " : "") + message.question().type() + "? "
          + message.question().name() + " (" + message.size() + ")";
    }
    DnsReply reply = message.reply().get();
    String code = switch (reply.code()) {
      case NOERROR -> "";
      case SERVFAIL -> " ServFail";
      case NXDOMAIN -> " NXDomain";
      case REFUSED -> " Refused";
    };
    String found = reply.answer().stream().map(r -> r.data().type() + " " + r.data()).collect(Collectors.joining(", "));
    return message.id() + code + (reply.authoritative() ? "*" : "") + (reply.recursive() ? "" : "-") + " "
        + reply.answer().size() + "/" + reply.authority().size() + "/"
        + (reply.additional().size() + (message.extended() ? 1 : 0)) + " " + (found.isEmpty() ? "" : found + " ") + "("
        + message.size() + ")";
  }

  private static String arp(Header.Arp arp) {
    return switch (arp.operation()) {
      case REQUEST -> "Request who-has " + arp.targetIp() + " tell " + arp.senderIp() + ", length 28";
      case REPLY -> "Reply " + arp.senderIp() + " is-at " + arp.senderMac() + ", length 28";
    };
  }

  private String tcp(Packet packet, Header.Ip ip, Header.Tcp tcp, int bytes) {
    Header.Flags flags = tcp.flags();
    String letters = (flags.fin() ? "F" : "") + (flags.syn() ? "S" : "") + (flags.rst() ? "R" : "")
        + (flags.psh() ? "P" : "") + (flags.ack() ? "." : "");
    String from = ip.source() + "." + tcp.sourcePort();
    String to = ip.destination() + "." + tcp.destinationPort();
    if (quick) {
      return from + " > " + to + ": tcp " + bytes;
    }
    if (flags.syn()) {
      first.put(from + " " + to, tcp.sequence());
    }
    long sequence = relative(from + " " + to, tcp.sequence(), flags.syn());
    boolean says = bytes > 0 || flags.syn() || flags.fin() || flags.rst();
    String seq = says ? ", seq " + sequence + (bytes > 0 ? ":" + (sequence + bytes) : "") : "";
    String ack = flags.ack() ? ", ack " + relative(to + " " + from, tcp.acknowledgment(), flags.syn()) : "";
    String option = tcp.options().length() > 0 ? ", options [" + options(tcp.options()) + "]" : "";
    return from + " > " + to + ": Flags [" + letters + "]" + seq + ack + option + ", length " + bytes
        + (packet.text().startsWith("HTTP/") || packet.text().matches("(?s)(GET|HEAD) .*")
            ? ": HTTP: " + packet.text().lines().findFirst().orElse("") : "");
  }

  /** As tcpdump's print-tcp.c names them, padding included, in the order in which they stand. */
  private static String options(TcpOptions options) {
    List<String> words = new ArrayList<>();
    options.maxSegment().ifPresent(m -> words.add("mss " + m));
    boolean padded = options.sackPermitted() != options.stamps().isPresent();
    if (padded) {
      words.addAll(List.of("nop", "nop"));
    }
    if (options.sackPermitted()) {
      words.add("sackOK");
    }
    options.stamps().ifPresent(s -> words.add("TS val " + s.value() + " ecr " + s.echo()));
    options.windowScale().ifPresent(w -> words.addAll(List.of("nop", "wscale " + w)));
    return String.join(",", words);
  }

  private long relative(String flow, long number, boolean whole) {
    Long begin = whole ? null : first.get(flow);
    return begin == null ? number : number - begin & 0xffff_ffffL;
  }

  private static String icmp(Packet packet, int length) {
    Optional<Header.Echo> echo = packet.find(Header.Echo.class);
    if (echo.isPresent()) {
      boolean six = packet.ipv4().isEmpty();
      return (six ? "ICMP6, " : "ICMP ") + "echo " + (echo.get().reply() ? "reply" : "request") + ", id "
          + echo.get().identifier() + ", seq " + echo.get().sequence() + ", length " + length;
    }
    Optional<Header.NeighbourSolicitation> asks = packet.find(Header.NeighbourSolicitation.class);
    if (asks.isPresent()) {
      return "ICMP6, neighbor solicitation, who has " + asks.get().target() + ", length " + length;
    }
    Optional<Header.NeighbourAdvertisement> tells = packet.find(Header.NeighbourAdvertisement.class);
    if (tells.isPresent()) {
      return "ICMP6, neighbor advertisement, tgt is " + tells.get().target() + ", length " + length;
    }
    return packet.find(Header.IcmpError.class).map(e -> "ICMP " + error(e))
        .or(() -> packet.find(Header.Icmpv6Error.class).map(PacketText::error6))
        .orElse("ip-proto-" + packet.ip().orElseThrow().protocol()) + ", length " + length;
  }

  private static String error(Header.IcmpError error) {
    IpAddress whom = error.about().ip().orElseThrow().destination();
    if (error.type() == Header.IcmpError.TIME_EXCEEDED) {
      return error.code() == 0 ? "time exceeded in-transit" : "ip reassembly time exceeded";
    }
    if (error.type() == Header.IcmpError.REDIRECT) {
      return "redirect " + whom + " to host " + error.gateway().map(Object::toString).orElse("?");
    }
    return switch (error.code()) {
      case 0 -> "net " + whom + " unreachable";
      case 1 -> "host " + whom + " unreachable";
      case 2 -> whom + " protocol " + error.about().ip().orElseThrow().protocol() + " unreachable";
      case 3 -> whom + port(error.about()) + " unreachable";
      case 4 -> whom + " unreachable - need to frag (mtu " + error.mtu() + ")";
      case 9, 10, 13 -> "host " + whom + " unreachable - admin prohibited"
          + (error.code() == 13 ? " filter" : "");
      default -> whom + " unreachable - #" + error.code();
    };
  }

  private static String port(Packet about) {
    return about.find(Header.Udp.class).map(u -> " udp port " + u.destinationPort())
        .or(() -> about.find(Header.Tcp.class).map(t -> " tcp port " + t.destinationPort())).orElse("");
  }

  private static String error6(Header.Icmpv6Error error) {
    IpAddress whom = error.about().ip().orElseThrow().destination();
    return "ICMP6, " + switch (error.type()) {
      case Header.Icmpv6Error.TOO_BIG -> "packet too big, mtu " + error.mtu();
      case Header.Icmpv6Error.TIME_EXCEEDED -> "time exceeded in-transit for " + whom;
      default -> "destination unreachable, " + switch (error.code()) {
        case 0 -> "unreachable route " + whom;
        case 1 -> "unreachable prohibited " + whom;
        case 4 -> "unreachable port, " + whom + port(error.about());
        default -> "unreachable address " + whom;
      };
    };
  }
}
