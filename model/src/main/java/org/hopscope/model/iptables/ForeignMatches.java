package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hopscope.model.addr.IpFamily;
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

      @Override
      void read(String given, boolean inverted, String argument, Words more) throws Complaint {
        if (given.startsWith("ah") && !given.equals(option)) {
          throw Complaint.unsupported("--" + given);
        }
        if (given.equals(option)) {
          range = range(given, argument, 0, UNSIGNED);
          not = inverted;
        }
      }

      @Override
      Match done() {
        Phrases phrases = new Phrases().list(shown);
        if (range[0] != 0 || range[1] != UNSIGNED || not) {
          phrases.save(not, option, Phrases.range(range)).list(Phrases.listed("spi", range, not));
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
          phrases.list((typesNot ? "! " : "")
              + types.stream().sorted().map(Object::toString).collect(Collectors.joining(",")));
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
      private final Phrases phrases = new Phrases().list("rt");
      private boolean typeZero;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "rt-type" -> {
            long type = number(option, argument, 0, UNSIGNED);
            typeZero = type == 0 && !inverted;
            one(inverted, option, "type:", type);
          }
          case "rt-len" -> one(inverted, option, "length:", number(option, argument, 0, UNSIGNED));
          case "rt-segsleft" -> {
            long[] range = range(option, argument, 0, UNSIGNED);
            phrases.save(inverted, option, Phrases.range(range)).list(Phrases.listed("segsleft", range, inverted));
          }
          case "rt-0-res" -> {
            if (!typeZero) {
              throw Complaint.parameter("`--rt-type 0' required before `--rt-0-res'");
            }
            phrases.save("--rt-0-res").list("reserved");
          }
          default -> throw Complaint.unsupported("--" + option);
        }
      }

      private void one(boolean inverted, String option, String shown, long value) {
        phrases.save(inverted, option, Long.toString(value)).list(shown + Phrases.not(inverted) + value);
      }

      @Override
      Match done() {
        return phrases.match("rt", Wording.Place.ANY, NEVER);
      }
    };
  }

  static Extension<Match> mobility() {
    return new Extension<>("mh", "mh-type:!") {
      private final Phrases phrases = new Phrases().list("mh");

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (!argument.matches("[0-9:]+")) {
          throw Complaint.unsupported("--mh-type " + argument);
        }
        long[] range = range(option, argument, 0, 255);
        if (range[0] != 0 || range[1] != 255 || inverted) {
          phrases.save(inverted, option, Phrases.range(range)).list(Phrases.not(inverted) + Phrases.range(range));
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
