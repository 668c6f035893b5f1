package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.PortRange;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.Wording;

/**
 * Reads matches of protocols and headers that nobody in a lab sends: IPsec, DCCP, SCTP's chunks, IPv6's options. A rule is
 * taken, kept and shown, and no packet passes it.
 */
final class ForeignMatches {
  private static final int ESP = 50;
  private static final int AH = 51;
  private static final int IPCOMP = 108;
  private static final int MOBILITY = 135;
  private static final long UNSIGNED = 0xffff_ffffL;
  private static final List<String> DCCP_TYPES = List.of("REQUEST", "RESPONSE", "DATA", "ACK", "DATAACK", "CLOSEREQ",
      "CLOSE", "RESET", "SYNC", "SYNCACK", "INVALID");
  private static final int DCCP_KINDS = 16;
  private static final Condition NEVER = new Condition.Fixed(false);

  private ForeignMatches() {
  }

  /** Security parameter indexes of ESP, AH and IPComp. */
  private static Extension<Match> indexes(String name, String shown, int protocol, boolean anyProtocol) {
    String option = name + "spi";
    boolean compressed = protocol == IPCOMP;
    boolean headers = protocol == AH && anyProtocol;
    return new Extension<>(name, option + ":!" + (compressed ? " compres" : "") + (headers ? " ahlen:! ahres" : "")) {
      private long[] range = {0, UNSIGNED};
      private boolean not;
      private final Phrases length = new Phrases();
      private String listedLength = "";

      @Override
      void read(String given, boolean inverted, String argument, Words more) throws Complaint {
        if (given.equals("ahlen")) {
          long value = number(given, argument, 0, UNSIGNED);
          length.save(inverted, given, Long.toString(value));
          listedLength = "length:" + Phrases.not(inverted) + value;
        } else if (given.equals(option)) {
          range = range(given, argument, 0, UNSIGNED);
          not = inverted;
        }
      }

      @Override
      Match done() {
        Phrases phrases = new Phrases();
        boolean all = range[0] == 0 && range[1] == UNSIGNED;
        if (!all) {
          phrases.save(not, option, Phrases.range(range));
        }
        String asked = (all && !not ? "" : Phrases.listed("spi", range, not)) + listedLength;
        phrases.list(shown, asked).save(length.words());
        if (has("ahres") && headers) {
          phrases.save("--ahres").list("reserved");
        }
        if (has("compres") && compressed) {
          phrases.save("--compres").list("reserved");
        }
        return phrases.match(name, anyProtocol ? Wording.Place.ANY : Wording.Place.ofProtocol(protocol), NEVER);
      }
    };
  }

  static Extension<Match> esp() {
    return indexes("esp", "esp", ESP, false);
  }

  static Extension<Match> ah(IpFamily family) {
    return indexes("ah", "ah", AH, family == IpFamily.INET6);
  }

  static Extension<Match> ipcomp() {
    return indexes("ipcomp", "comp", IPCOMP, false);
  }

  static Extension<Match> dccp() {
    return new PortMatches.WithPorts("dccp", PortMatches.PORTS + " dccp-types:! dccp-option:!") {
      private Set<Integer> types = Set.of();
      private boolean typesNot;
      private long number;
      private boolean numberNot;

      @Override
      void readOther(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (option.equals("dccp-option")) {
          number = number(option, argument, 1, 255);
          numberNot = inverted;
        } else {
          types = types(argument);
          typesNot = inverted;
        }
      }

      @Override
      Match done() {
        Phrases phrases = ports("dccp");
        if (has("dccp-types")) {
          phrases.save(typesNot, "dccp-types", types.stream().sorted().filter(t -> t < DCCP_TYPES.size())
              .map(DCCP_TYPES::get).collect(Collectors.joining(",")));
          phrases.either((typesNot ? "! " : "")
              + types.stream().sorted().map(Object::toString).collect(Collectors.joining(",")),
              (typesNot ? "! " : "") + types.stream().sorted().filter(t -> t < DCCP_TYPES.size())
                  .map(DCCP_TYPES::get).collect(Collectors.joining(",")));
        }
        if (number != 0) {
          phrases.save(numberNot, "dccp-option", Long.toString(number))
              .list("option=" + Phrases.not(numberNot) + number);
        }
        return phrases.match("dccp", Wording.Place.ofProtocol(Protocols.DCCP), NEVER);
      }
    };
  }

  /** INVALID stands for all types that have no name. */
  private static Set<Integer> types(String text) throws Complaint {
    List<Integer> types = new ArrayList<>();
    for (String word : text.split(",")) {
      int type = DCCP_TYPES.indexOf(word.toUpperCase(Locale.ROOT));
      if (type < 0) {
        throw Complaint.parameter("Unknown DCCP type `" + word + "'");
      }
      IntStream.range(type, type == DCCP_TYPES.size() - 1 ? DCCP_KINDS : type + 1).forEach(types::add);
    }
    return Set.copyOf(types);
  }

  /** Options for each hop or for the destination. */
  static Extension<Match> options(String name) {
    return new Extension<>(name, name + "-len:! " + name + "-opts:") {
      private Optional<Long> length = Optional.empty();
      private boolean not;
      private String opts = "";

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (option.endsWith("len")) {
          length = Optional.of(number(option, argument, 0, UNSIGNED));
          not = inverted;
          return;
        }
        for (String number : argument.split("[,:]", -1)) {
          if (Values.number(number).filter(n -> n <= 255).isEmpty()) {
            throw Complaint.parameter("invalid opt `" + number + "' specified");
          }
        }
        opts = argument;
      }

      @Override
      Match done() {
        Phrases phrases = new Phrases().list(name);
        length.ifPresent(
            l -> phrases.save(not, name + "-len", l.toString()).list("length:" + Phrases.not(not) + l));
        if (!opts.isEmpty()) {
          phrases.save("--" + name + "-opts", opts).list("opts", opts);
        }
        return phrases.match(name, Wording.Place.ANY, NEVER);
      }
    };
  }

  static Extension<Match> routing() {
    return new Extension<>("rt", "rt-type:! rt-segsleft:! rt-len:! rt-0-res rt-0-addrs: rt-0-not-strict") {
      /** What is said and shown of each option, which is done in the order of the options. */
      private final Map<String, Phrases> said = new HashMap<>();
      private boolean typeZero;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        Phrases phrases = new Phrases();
        said.put(option, phrases);
        switch (option) {
          case "rt-type" -> {
            long type = number(option, argument, 0, UNSIGNED);
            typeZero = type == 0 && !inverted;
            phrases.save(inverted, option, Long.toString(type)).list("type:" + Phrases.not(inverted) + type);
          }
          case "rt-len" -> {
            long length = number(option, argument, 0, UNSIGNED);
            phrases.save(inverted, option, Long.toString(length)).list("length:" + Phrases.not(inverted) + length);
          }
          case "rt-segsleft" -> {
            long[] range = range(option, argument, 0, UNSIGNED);
            if (range[0] != 0 || range[1] != UNSIGNED) {
              phrases.save(inverted, option, Phrases.range(range));
            }
            if (range[0] != 0 || range[1] != UNSIGNED || inverted) {
              phrases.list(Phrases.listed("segsleft", range, inverted));
            }
          }
          case "rt-0-res" -> {
            needs(typeZero, "rt-type 0", option);
            phrases.save("--rt-0-res").list("reserved");
          }
          case "rt-0-addrs" -> {
            needs(typeZero, "rt-type 0", option);
            String addresses = addresses(argument);
            phrases.save("--rt-0-addrs", addresses).list("0-addrs", addresses);
          }
          default -> {
            needs(has("rt-0-addrs"), "rt-0-addr ...", option);
            phrases.save("--rt-0-not-strict").list("0-not-strict");
          }
        }
      }

      private static void needs(boolean there, String other, String option) throws Complaint {
        if (!there) {
          throw Complaint.parameter("`--" + other + "' required before `--" + option + "'");
        }
      }

      private static String addresses(String text) throws Complaint {
        List<String> addresses = new ArrayList<>();
        for (String address : text.split(",", -1)) {
          addresses.add(
              Ipv6Address.parse(address).orElseThrow(() -> Complaint.parameter("bad address: " + address)).toString());
        }
        return String.join(",", addresses);
      }

      @Override
      Match done() {
        Phrases all = new Phrases().list("rt");
        options().forEach(o -> Optional.ofNullable(said.get(o.name())).ifPresent(all::with));
        return all.match("rt", Wording.Place.ANY, NEVER);
      }
    };
  }

  /** Types of mobility headers by their numbers: the long name, and the short one. */
  private static final List<String> MOBILITY_TYPES = List.of("binding-refresh-request", "brr", "home-test-init", "hoti",
      "careof-test-init", "coti", "home-test", "hot", "careof-test", "cot", "binding-update", "bu",
      "binding-acknowledgement", "ba", "binding-error", "be");

  /** The first name that begins so, unless one is just that (libip6t_mh.c name_to_type). */
  private static long mobilityType(String text) throws Complaint {
    String word = text.toLowerCase(Locale.ROOT);
    int whole = MOBILITY_TYPES.indexOf(word);
    int found = whole >= 0 ? whole : IntStream.range(0, MOBILITY_TYPES.size())
        .filter(i -> MOBILITY_TYPES.get(i).startsWith(word)).findFirst().orElse(-1);
    return found >= 0 ? found / 2 : Values.number(text).filter(n -> n <= 255)
        .orElseThrow(() -> Complaint.parameter("Invalid MH type `" + text + "'"));
  }

  private static String mobilityName(long type) {
    return 2 * type < MOBILITY_TYPES.size() ? MOBILITY_TYPES.get((int) (2 * type)) : Long.toString(type);
  }

  static Extension<Match> mobility() {
    return new Extension<>("mh", "mh-type:!") {
      private final Phrases phrases = new Phrases().list("mh");

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        String[] ends = argument.split(":", 2);
        long least = ends.length == 2 && ends[0].isEmpty() ? 0 : mobilityType(ends[0]);
        long most = ends.length == 1 ? least : ends[1].isEmpty() ? 255 : mobilityType(ends[1]);
        if (least > most) {
          throw Complaint.parameter("Invalid MH type range (min > max)");
        }
        long[] range = {least, most};
        if (range[0] != 0 || range[1] != 255) {
          phrases.save(inverted, option, Phrases.range(range));
        }
        if (range[0] != 0 || range[1] != 255 || inverted) {
          phrases.either(Phrases.not(inverted) + Phrases.range(range), Phrases.not(inverted) + mobilityName(least)
              + (least == most ? "" : ":" + mobilityName(most)));
        }
      }

      @Override
      Match done() {
        return phrases.match("mh", Wording.Place.ofProtocol(MOBILITY), NEVER);
      }
    };
  }

  /** Pieces of IPv6 packets, which a lab has. */
  static Extension<Match> frag() {
    return new Extension<>("frag", "fragid:! fraglen:! fragres fragfirst fragmore fraglast") {
      private long[] ids = {0, UNSIGNED};
      private boolean not;
      private final Phrases rest = new Phrases();
      private final StringBuilder listed = new StringBuilder();

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of("fragmore", "fraglast"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (option.equals("fragid")) {
          ids = range(option, argument, 0, UNSIGNED);
          not = inverted;
        } else if (option.equals("fraglen")) {
          long length = number(option, argument, 0, UNSIGNED);
          rest.save(inverted, option, Long.toString(length));
          listed.append(" length:").append(Phrases.not(inverted)).append(length);
        }
      }

      @Override
      Match done() {
        Phrases phrases = new Phrases();
        boolean asks = ids[0] != 0 || ids[1] != UNSIGNED || not;
        if (asks) {
          phrases.save(not, "fragid", Phrases.range(ids));
        }
        phrases.save(rest.words());
        List<Condition.Piece.Where> where = new ArrayList<>();
        Map<String, Optional<Condition.Piece.Where>> flags = Map.of("fragres", Optional.empty(), "fragfirst",
            Optional.of(Condition.Piece.Where.FIRST), "fragmore", Optional.of(Condition.Piece.Where.MORE), "fraglast",
            Optional.of(Condition.Piece.Where.LAST));
        for (String flag : List.of("fragres", "fragfirst", "fragmore", "fraglast")) {
          if (has(flag)) {
            phrases.save("--" + flag);
            flags.get(flag).ifPresent(where::add);
            listed.append(' ').append(flag.equals("fragres") ? "reserved" : flag.substring("frag".length()));
          }
        }
        phrases.list("frag " + (asks ? Phrases.listed("id", ids, not) : "") + listed);
        return phrases.match("frag", Wording.Place.ANY,
            new Condition.Piece(ids[0], ids[1], not, Set.copyOf(where)));
      }
    };
  }

  /** A sender's address that follows from its hardware address (RFC 4291 2.5.1). */
  static Extension<Match> eui64() {
    return new Extension<>("eui64", "") {
      @Override
      void read(String option, boolean inverted, String argument, Words more) {
      }

      @Override
      Match done() {
        return new Phrases().match("eui64", Wording.Place.at(Hook.PREROUTING, Hook.INPUT, Hook.FORWARD),
            new Condition.FromMac());
      }
    };
  }

  /** As {@link #indexes} says of ports: where they were asked for, how they are saved and listed. */
  static void ports(Phrases phrases, String option, String shown, PortRange range, boolean inverted) {
    long[] ends = {range.first(), range.last()};
    phrases.save(inverted, option, Phrases.range(ends)).list(Phrases.listed(shown, ends, inverted));
  }
}
