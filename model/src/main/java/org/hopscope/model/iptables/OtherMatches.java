package org.hopscope.model.iptables;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.netfilter.AddressRange;
import org.hopscope.model.netfilter.AddressType;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.NameMatch;
import org.hopscope.model.netfilter.PacketView;

/** Reads matches that look at addresses, devices, lengths and comments. */
final class OtherMatches {
  private static final int COMMENT = 255;
  private static final int RECENT_NAME = 199;

  private OtherMatches() {
  }

  /** A match of one option. */
  private interface One {
    Match read(Extension<Match> self, boolean inverted, String argument) throws Complaint;
  }

  private static Extension<Match> one(String name, String option, One one) {
    return new Extension<>(name, option) {
      private Match match = new Match.Comment("");

      @Override
      void read(String given, boolean inverted, String argument, Words more) throws Complaint {
        match = one.read(this, inverted, argument);
      }

      @Override
      Match done() {
        return match;
      }
    };
  }

  static Extension<Match> comment() {
    return one("comment", "comment:*", (_, _, text) -> {
      return new Match.Comment(text.length() > COMMENT ? text.substring(0, COMMENT) : text);
    });
  }

  static Extension<Match> length() {
    return one("length", "length:!*", (self, inverted, text) -> {
      long[] range = self.range("length", text, 0, 0xffff);
      return new Match.Length((int) range[0], (int) range[1], inverted);
    });
  }

  static Extension<Match> mac() {
    return one("mac", "mac-source:!*", (_, inverted, text) -> {
      Optional<MacAddress> mac = MacAddress.parse(text);
      return new Match.Mac(mac.orElseThrow(() -> Complaint.parameter("Invalid MAC address specified.")), inverted);
    });
  }

  static Extension<Match> pkttype() {
    return one("pkttype", "pkt-type:!*",
        (_, inverted, text) -> new Match.PacketKind(switch (text.toLowerCase(Locale.ROOT)) {
          case "unicast", "host" -> PacketView.Path.Kind.UNICAST;
          case "broadcast", "bcast" -> PacketView.Path.Kind.BROADCAST;
          case "multicast", "mcast" -> PacketView.Path.Kind.MULTICAST;
          case "otherhost" -> PacketView.Path.Kind.OTHERHOST;
          default -> throw Complaint.parameter("Bad packet type '" + text + "'");
        }, inverted));
  }

  static Extension<Match> ttl(IpFamily family) {
    String prefix = family == IpFamily.INET ? "ttl" : "hl";
    return new Extension<>(prefix,
        String.format(Locale.ROOT, "%s-lt: %s-gt: %s-eq:! %s:!", prefix, prefix, prefix, prefix)) {
      private Optional<Match> match = Optional.empty();

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of(prefix + "-eq", prefix + "-lt", prefix + "-gt", prefix));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        int value = (int) number(option, argument, 0, 255);
        Match.Ttl.Comparison comparison = switch (option.substring(Math.min(option.length(), prefix.length() + 1))) {
          case "lt" -> Match.Ttl.Comparison.LT;
          case "gt" -> Match.Ttl.Comparison.GT;
          default -> inverted ? Match.Ttl.Comparison.NE : Match.Ttl.Comparison.EQ;
        };
        match = Optional.of(new Match.Ttl(family, comparison, value));
      }

      @Override
      Match done() throws Complaint {
        return match.orElseThrow(() -> Complaint
            .parameter(family == IpFamily.INET ? "TTL match: You must specify one of `--ttl-eq', `--ttl-lt', `--ttl-gt"
                : "HL match: You must specify one of `--hl-eq', `--hl-lt', `--hl-gt'"));
      }
    };
  }

  static Extension<Match> iprange(IpFamily family) {
    return new Extension<>("iprange", "src-range:! dst-range:!") {
      private Optional<AddressRange> source = Optional.empty();
      private Optional<AddressRange> destination = Optional.empty();
      private boolean sourceInverted;
      private boolean destinationInverted;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        String complaint = "iprange: Bad value for \"--" + option + "\" option: \"%s\"";
        String[] ends = argument.split("-", 2);
        boolean padded = family == IpFamily.INET;
        AddressRange range = Values.range(padded ? Values.padded(ends[0]).map(Object::toString).orElse(ends[0])
            + (ends.length < 2 ? "" : "-" + Values.padded(ends[1]).map(Object::toString).orElse(ends[1])) : argument,
            complaint);
        if (range.first().family() != family || range.last().family() != family) {
          throw Complaint.parameter(String.format(Locale.ROOT, complaint, ends[0]));
        }
        if (range.first().compareTo(range.last()) > 0) {
          more.remark("xt_iprange: range " + range.first() + "-" + range.last() + " is reversed and will never match");
        }
        if (option.startsWith("src")) {
          source = Optional.of(range);
          sourceInverted = inverted;
        } else {
          destination = Optional.of(range);
          destinationInverted = inverted;
        }
      }

      @Override
      Match done() throws Complaint {
        if (source.isEmpty() && destination.isEmpty()) {
          throw Complaint.parameter("iprange match: You must specify `--src-range' or `--dst-range'");
        }
        return new Match.IpRange(source, sourceInverted, destination, destinationInverted);
      }
    };
  }

  static Extension<Match> addrtype() {
    return new Extension<>("addrtype", "src-type:! dst-type:! limit-iface-in limit-iface-out") {
      private Optional<Match.AddrType.Types> source = Optional.empty();
      private Optional<Match.AddrType.Types> destination = Optional.empty();
      private Match.AddrType.Limit limit = Match.AddrType.Limit.NONE;

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of("limit-iface-in", "limit-iface-out"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "src-type" -> source = Optional.of(new Match.AddrType.Types(types(argument), inverted));
          case "dst-type" -> destination = Optional.of(new Match.AddrType.Types(types(argument), inverted));
          case "limit-iface-in" -> limit = Match.AddrType.Limit.IN;
          default -> limit = Match.AddrType.Limit.OUT;
        }
      }

      @Override
      void check() throws Complaint {
        if (source.isEmpty() && destination.isEmpty()) {
          throw Complaint.parameter("addrtype: you must specify --src-type or --dst-type");
        }
      }

      @Override
      Match done() {
        return new Match.AddrType(source, destination, limit);
      }
    };
  }

  private static Set<AddressType> types(String text) throws Complaint {
    Set<AddressType> types = EnumSet.noneOf(AddressType.class);
    for (String tail : Values.tails(text)) {
      String word = Values.first(tail);
      types.add(Arrays.stream(AddressType.values())
          .filter(t -> !word.isEmpty() && t.name().startsWith(word.toUpperCase(Locale.ROOT)))
          .findFirst().orElseThrow(() -> Complaint.parameter("addrtype: bad type "
              + (tail.contains(",") ? "`" + tail + "'" : '"' + tail + '"'))));
    }
    return types;
  }

  static Extension<Match> physdev() {
    return new Extension<>("physdev",
        "physdev-in:! physdev-out:! physdev-is-in! physdev-is-out! physdev-is-bridged!") {
      private Optional<NameMatch> in = Optional.empty();
      private Optional<NameMatch> out = Optional.empty();
      private Match.Tri isIn = Match.Tri.ANY;
      private Match.Tri isOut = Match.Tri.ANY;
      private Match.Tri isBridged = Match.Tri.ANY;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        RuleWords.requireDeviceName(argument, more);
        Match.Tri fact = inverted ? Match.Tri.NO : Match.Tri.YES;
        switch (option) {
          case "physdev-in" -> in = Optional.of(new NameMatch(argument, inverted));
          case "physdev-out" -> out = Optional.of(new NameMatch(argument, inverted));
          case "physdev-is-in" -> isIn = fact;
          case "physdev-is-out" -> isOut = fact;
          default -> isBridged = fact;
        }
      }

      @Override
      Match done() throws Complaint {
        Match.Physdev match = new Match.Physdev(in, out, isIn, isOut, isBridged);
        if (match.equals(
            new Match.Physdev(Optional.empty(), Optional.empty(), Match.Tri.ANY, Match.Tri.ANY, Match.Tri.ANY))) {
          throw Complaint.parameter("PHYSDEV: no physdev option specified");
        }
        return match;
      }
    };
  }

  static Extension<Match> recent(IpFamily family) {
    return new Extension<>("recent",
        "rttl set! rcheck! update! remove! seconds: reap hitcount: name: rsource rdest mask:") {
      private Optional<Match.Recent.Mode> mode = Optional.empty();
      private boolean modeInverted;
      private int seconds;
      private int hits;
      private String list = "DEFAULT";
      private Match.Side side = Match.Side.SOURCE;
      private IpAddress mask = Values.mask(family, family.width());

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of("set", "rttl"), Set.of("remove", "rttl"), Set.of("set", "rcheck", "update", "remove"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "set", "rcheck", "update", "remove" -> {
            mode = Optional.of(Match.Recent.Mode.valueOf(option.toUpperCase(Locale.ROOT)));
            modeInverted = inverted;
          }
          case "seconds" -> seconds = (int) number(option, argument, 1, 0xffff_ffffL);
          case "hitcount" -> hits = (int) number(option, argument, 0, 0xffff_ffffL);
          case "name" -> list = argument.substring(0, Math.min(argument.length(), RECENT_NAME));
          case "rdest" -> side = Match.Side.DESTINATION;
          case "rsource" -> side = Match.Side.SOURCE;
          case "mask" -> mask = Values.host(family, argument);
          default -> {
          }
        }
      }

      @Override
      Match done() throws Complaint {
        if (mode.isEmpty()) {
          throw Complaint
              .parameter("recent: you must specify one of `--set', `--rcheck' `--update' or `--remove'");
        }
        if (has("reap") && !has("seconds")) {
          throw Complaint.parameter("recent: option \"--reap\" also requires \"--seconds\".");
        }
        return new Match.Recent(mode.get(), list, side, mask,
            new Match.Recent.Age(seconds, hits, has("reap"), has("rttl")), modeInverted);
      }
    };
  }
}
