package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.PortRange;
import org.hopscope.model.netfilter.ProtocolMatch;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.Wording;

/** Reads matches that look at ports, TCP flags and ICMP types. */
final class PortMatches {
  static final String PORTS = "sport:!+ source-port:!+ dport:!+ destination-port:!+";
  private static final List<String> FLAGS = List.of("FIN", "SYN", "RST", "PSH", "ACK", "URG");
  private static final int LONGEST = 15;

  private PortMatches() {
  }

  /** What {@code -m tcp}, {@code udp} and {@code sctp} have in common. */
  abstract static class WithPorts extends Extension<Match> {
    private Optional<PortRange> source = Optional.empty();
    private boolean sourceInverted;
    private Optional<PortRange> destination = Optional.empty();
    private boolean destinationInverted;

    WithPorts(String name, String options) {
      super(name, options);
    }

    /** What {@code -m udp} reads: numbers may be too great, and the first greater than the last. */
    PortRange range(String option, String text) throws Complaint {
      return loosePorts(option, text);
    }

    @Override
    void read(String option, boolean inverted, String argument, Words more) throws Complaint {
      switch (option) {
        case "sport", "source-port" -> {
          once(source, "source-port");
          source = Optional.of(range(option, argument));
          sourceInverted = inverted;
        }
        case "dport", "destination-port" -> {
          once(destination, "destination-port");
          destination = Optional.of(range(option, argument));
          destinationInverted = inverted;
        }
        default -> readOther(option, inverted, argument, more);
      }
    }

    /** Takes an option that says nothing of ports. */
    void readOther(String option, boolean inverted, String argument, Words more) throws Complaint {
      throw Complaint.unsupported("--" + option);
    }

    /** The ports of a protocol that nobody in a lab speaks, in words. */
    final Phrases ports(String protocol) {
      Phrases phrases = new Phrases().list(protocol);
      source.ifPresent(r -> ForeignMatches.ports(phrases, "sport", "spt", r, sourceInverted));
      destination.ifPresent(r -> ForeignMatches.ports(phrases, "dport", "dpt", r, destinationInverted));
      return phrases;
    }

    private void once(Optional<PortRange> before, String option) throws Complaint {
      if (before.isPresent()) {
        throw Complaint.parameter(ofOld() ? "Only one `--" + option + "' allowed"
            : name() + ": option \"--" + option + "\" can only be used once.");
      }
    }

    /** Whether its words are read by a function of its own, not by a table (libxtables xtables_option_parse). */
    private boolean ofOld() {
      return name().equals("tcp") || name().equals("sctp");
    }

    final Match.Ports ports() {
      return new Match.Ports(source, sourceInverted, destination, destinationInverted);
    }
  }

  static Extension<Match> udp() {
    return new WithPorts("udp", PORTS) {
      @Override
      Match done() {
        return new Match.Udp(ports());
      }
    };
  }

  static Extension<Match> sctp() {
    return new WithPorts("sctp", PORTS + " chunk-types:!") {
      private Optional<SctpChunks> chunks = Optional.empty();
      private boolean not;

      @Override
      PortRange range(String option, String text) throws Complaint {
        return Values.ports(text, Protocols.SCTP);
      }

      @Override
      void readOther(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (!more.hasArgument()) {
          throw Complaint.parameter("--chunk-types requires two args");
        }
        chunks = Optional.of(new SctpChunks(argument, more.next()));
        not = inverted;
      }

      @Override
      Match done() {
        return chunks.isEmpty() ? new Match.Sctp(ports())
            : ports("sctp").save(not, "chunk-types", chunks.get().saved())
                .either((not ? "! " : "") + chunks.get().listed(), (not ? "! " : "") + chunks.get().saved())
                .match("sctp", Wording.Place.ofProtocol(Protocols.SCTP), new Condition.Fixed(false));
      }
    };
  }

  static Extension<Match> tcp() {
    return new WithPorts("tcp", PORTS + " syn!+ tcp-flags:!+ tcp-option:!+") {
      private int shown;
      private int set;
      private boolean flagged;
      private boolean flagsInverted;
      private Optional<Integer> number = Optional.empty();
      private boolean optionInverted;

      @Override
      PortRange range(String option, String text) throws Complaint {
        return Values.ports(text, Protocols.TCP);
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        boolean syn = option.equals("syn");
        boolean again = syn || option.equals("tcp-flags") ? flagged : option.equals("tcp-option") && number.isPresent();
        flagged |= syn || option.equals("tcp-flags");
        if (again && option.equals("tcp-option")) {
          throw Complaint.parameter("Only one `--tcp-option' allowed");
        }
        if (again) {
          throw Complaint.parameter("Only one of `--syn' or `--tcp-flags'  allowed");
        }
        switch (option) {
          case "syn" -> {
            shown = flags("SYN,RST,ACK,FIN");
            set = flags("SYN");
            flagsInverted = inverted;
          }
          case "tcp-flags" -> {
            if (!more.hasArgument()) {
              throw Complaint.parameter("--tcp-flags requires two args.");
            }
            shown = flags(argument);
            set = flags(more.next());
            flagsInverted = inverted;
          }
          case "tcp-option" -> {
            number = Optional.of(Values.number(argument).filter(n -> n >= 1 && n <= 255)
                .orElseThrow(() -> Complaint.parameter("Bad TCP option \"" + argument + "\"")).intValue());
            optionInverted = inverted;
          }
          default -> super.read(option, inverted, argument, more);
        }
      }

      @Override
      Match done() {
        return new Match.Tcp(ports(), shown, set, flagsInverted, number, optionInverted);
      }
    };
  }

  private static int flags(String text) throws Complaint {
    int bits = 0;
    for (String word : text.split(",")) {
      switch (word.toUpperCase(Locale.ROOT)) {
        case "ALL" -> bits |= 0x3f;
        case "NONE" -> {
        }
        default -> {
          int index = FLAGS.indexOf(word.toUpperCase(Locale.ROOT));
          if (index < 0) {
            throw Complaint.parameter("Unknown TCP flag `" + word + "'");
          }
          bits |= 1 << index;
        }
      }
    }
    return bits;
  }

  static String flags(int bits) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < FLAGS.size(); i++) {
      if ((bits & 1 << i) != 0) {
        words.add(FLAGS.get(i));
      }
    }
    return words.isEmpty() ? "NONE" : String.join(",", words);
  }

  /** The ports' protocol may be said behind {@code -m multiport}, but before its options. */
  static Extension<Match> multiport(Supplier<Optional<ProtocolMatch>> said) {
    return new Extension<>("multiport", "sports:! source-ports:! dports:! destination-ports:! ports:!") {
      private Optional<Match> match = Optional.empty();
      /** The sides that were told of, in the order of their options. */
      private final Set<Match.Side> sides = EnumSet.noneOf(Match.Side.class);

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        int protocol = said.get()
            .orElseThrow(() -> Complaint
                .parameter("multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'"))
            .number();
        if (said.get().filter(ProtocolMatch::inverted).isPresent() || !Protocols.hasPorts(protocol)) {
          throw Complaint.parameter("multiport only works with TCP, UDP, UDPLITE, SCTP and DCCP");
        }
        Match.Side side = option.equals("ports") ? Match.Side.EITHER
            : option.startsWith("s") ? Match.Side.SOURCE : Match.Side.DESTINATION;
        sides.add(side);
        match = Optional.of(new Match.Multiport(side, list(argument, protocol), inverted));
      }

      @Override
      Match done() throws Complaint {
        List<String> said = sides.stream().map(s -> switch (s) {
          case SOURCE -> "--source-ports";
          case DESTINATION -> "--destination-ports";
          case EITHER -> "--ports";
        }).toList();
        if (said.size() > 1) {
          throw Complaint.parameter("multiport: option \"" + said.getFirst() + "\" cannot be used together with \""
              + said.get(1) + "\".");
        }
        return match.orElseThrow(() -> Complaint.parameter("multiport expection an option"));
      }
    };
  }

  /** Ports and ranges; a range takes two of the fifteen places. */
  private static List<PortRange> list(String text, int protocol) throws Complaint {
    List<PortRange> ranges = new ArrayList<>();
    int places = 0;
    for (String part : text.split(",", -1)) {
      boolean range = part.contains(":");
      places += range ? 2 : 1;
      if (places > LONGEST) {
        throw Complaint.parameter("too many ports specified");
      }
      PortRange ports = range
          ? new PortRange(Values.port(part.substring(0, part.indexOf(':')), protocol),
              Values.port(part.substring(part.indexOf(':') + 1), protocol))
          : PortRange.of(Values.port(part, protocol));
      if (range && ports.first() >= ports.last()) {
        throw Complaint.parameter("invalid portrange specified");
      }
      ranges.add(ports);
    }
    return ranges;
  }

  private static final Map<String, int[]> ICMP = inOrder(icmp("any", 255, -1), icmp("echo-reply", 0, -1),
      icmp("pong", 0, -1), icmp("destination-unreachable", 3, -1), icmp("network-unreachable", 3, 0),
      icmp("host-unreachable", 3, 1), icmp("protocol-unreachable", 3, 2), icmp("port-unreachable", 3, 3),
      icmp("fragmentation-needed", 3, 4), icmp("source-route-failed", 3, 5), icmp("network-unknown", 3, 6),
      icmp("host-unknown", 3, 7), icmp("network-prohibited", 3, 9), icmp("host-prohibited", 3, 10),
      icmp("TOS-network-unreachable", 3, 11), icmp("TOS-host-unreachable", 3, 12),
      icmp("communication-prohibited", 3, 13), icmp("host-precedence-violation", 3, 14),
      icmp("precedence-cutoff", 3, 15), icmp("source-quench", 4, -1), icmp("redirect", 5, -1),
      icmp("network-redirect", 5, 0), icmp("host-redirect", 5, 1), icmp("TOS-network-redirect", 5, 2),
      icmp("TOS-host-redirect", 5, 3), icmp("echo-request", 8, -1), icmp("ping", 8, -1),
      icmp("router-advertisement", 9, -1), icmp("router-solicitation", 10, -1), icmp("time-exceeded", 11, -1),
      icmp("ttl-exceeded", 11, -1), icmp("ttl-zero-during-transit", 11, 0), icmp("ttl-zero-during-reassembly", 11, 1),
      icmp("parameter-problem", 12, -1), icmp("ip-header-bad", 12, 0), icmp("required-option-missing", 12, 1),
      icmp("timestamp-request", 13, -1), icmp("timestamp-reply", 14, -1), icmp("address-mask-request", 17, -1),
      icmp("address-mask-reply", 18, -1));

  private static final Map<String, int[]> ICMPV6 = inOrder(icmp("destination-unreachable", 1, -1),
      icmp("no-route", 1, 0), icmp("communication-prohibited", 1, 1), icmp("beyond-scope", 1, 2),
      icmp("address-unreachable", 1, 3), icmp("port-unreachable", 1, 4), icmp("failed-policy", 1, 5),
      icmp("reject-route", 1, 6), icmp("packet-too-big", 2, -1), icmp("time-exceeded", 3, -1),
      icmp("ttl-exceeded", 3, -1), icmp("ttl-zero-during-transit", 3, 0), icmp("ttl-zero-during-reassembly", 3, 1),
      icmp("parameter-problem", 4, -1), icmp("bad-header", 4, 0), icmp("unknown-header-type", 4, 1),
      icmp("unknown-option", 4, 2), icmp("echo-request", 128, -1), icmp("ping", 128, -1),
      icmp("echo-reply", 129, -1), icmp("pong", 129, -1), icmp("router-solicitation", 133, -1),
      icmp("router-advertisement", 134, -1), icmp("neighbour-solicitation", 135, -1),
      icmp("neighbor-solicitation", 135, -1), icmp("neighbour-advertisement", 136, -1),
      icmp("neighbor-advertisement", 136, -1), icmp("redirect", 137, -1));

  /** The names of a family's types, from the tools' libxt_icmp.h. */
  private static Map<String, int[]> names(IpFamily family) {
    return switch (family) {
      case INET -> ICMP;
      case INET6 -> ICMPV6;
    };
  }

  /** The program looks them up in its own order. */
  @SafeVarargs
  private static Map<String, int[]> inOrder(Map.Entry<String, int[]>... entries) {
    Map<String, int[]> all = new LinkedHashMap<>();
    for (Map.Entry<String, int[]> entry : entries) {
      all.put(entry.getKey(), entry.getValue());
    }
    return Collections.unmodifiableMap(all);
  }

  private static Map.Entry<String, int[]> icmp(String name, int type, int code) {
    return Map.entry(name, new int[] {type, code});
  }

  /** The first name of an ICMP type; a code of -1 stands for all codes. */
  static Optional<String> icmpName(IpFamily family, int type, int code) {
    return names(family).entrySet().stream().filter(e -> e.getValue()[0] == type && e.getValue()[1] == code)
        .map(Map.Entry::getKey).filter(n -> !n.equals("ping") && !n.equals("pong") && !n.equals("ttl-exceeded")
            && !n.startsWith("neighbor-"))
        .findFirst();
  }

  static Extension<Match> icmp(IpFamily family) {
    String option = switch (family) {
      case INET -> "icmp-type";
      case INET6 -> "icmpv6-type";
    };
    return new Extension<>(family == IpFamily.INET ? "icmp" : "icmp6", option + ":!*") {
      private Match match = new Match.Icmp(family, 255, 0, 255, false);

      @Override
      void read(String name, boolean inverted, String argument, Words more) throws Complaint {
        int[] type = type(family, argument);
        match = new Match.Icmp(family, type[0], type[1] < 0 ? 0 : type[1], type[1] < 0 ? 255 : type[1], inverted);
      }

      @Override
      Match done() {
        return match;
      }
    };
  }

  /** By name, by the beginning of one name only, or as {@code TYPE} or {@code TYPE/CODE}. */
  static int[] type(IpFamily family, String text) throws Complaint {
    String word = family == IpFamily.INET ? "ICMP" : "ICMPv6";
    List<Map.Entry<String, int[]>> named = names(family).entrySet().stream()
        .filter(e -> e.getKey().regionMatches(true, 0, text, 0, text.length())).toList();
    Optional<Map.Entry<String, int[]>> exact =
        named.stream().filter(e -> e.getKey().equalsIgnoreCase(text)).findFirst();
    if (exact.isPresent()) {
      return exact.get().getValue();
    }
    if (named.size() > 1) {
      List<String> two = named.stream().map(Map.Entry::getKey).limit(2).toList();
      throw Complaint.parameter(
          "Ambiguous " + word + " type `" + text + "': `" + two.getFirst() + "' or `" + two.getLast() + "'?");
    }
    if (named.size() == 1) {
      return named.getFirst().getValue();
    }
    String[] parts = text.split("/", 2);
    Optional<Long> type = Values.number(parts[0]).filter(n -> n <= 255);
    Optional<Long> code = parts.length < 2 ? Optional.of(-1L) : Values.number(parts[1]).filter(n -> n <= 255);
    return new int[] {
        type.orElseThrow(() -> Complaint.parameter("Unknown " + word + " type `" + text + "'")).intValue(),
        code.orElseThrow(() -> Complaint.parameter("Unknown " + word + " code `" + text + "'")).intValue()};
  }
}
