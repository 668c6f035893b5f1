package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.netfilter.Deed;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Target;
import org.hopscope.model.netfilter.Wording;

/** Reads what names sets of {@code ipset}: the match {@code set} and the target {@code SET} (extensions/libxt_set.c, libxt_SET.c). */
final class SetWords {
  /** Kernel IPSET_DIM_MAX. */
  private static final int DIMENSIONS = 6;
  /** UINT32_MAX - 1: the last one stands for "nothing said". */
  private static final long LONGEST = 0xffff_fffeL;

  private SetWords() {
  }

  private static Deed.Sets.Named named(String option, String set, Words more) throws Complaint {
    if (!more.hasArgument()) {
      throw Complaint.parameter("--" + option + " requires two args.");
    }
    return new Deed.Sets.Named(set, sides(more.next()));
  }

  private static List<Match.Side> sides(String text) throws Complaint {
    List<Match.Side> sides = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      if (sides.size() == DIMENSIONS) {
        throw Complaint.parameter("Can't be more src/dst options than " + DIMENSIONS + ".");
      }
      sides.add(switch (word) {
        case "src" -> Match.Side.SOURCE;
        case "dst" -> Match.Side.DESTINATION;
        default ->
            throw Complaint.parameter("You must spefify (the comma separated list of) 'src' or 'dst'.");
      });
    }
    return sides;
  }

  static String sides(List<Match.Side> sides) {
    return sides.stream().map(s -> s == Match.Side.SOURCE ? "src" : "dst").collect(Collectors.joining(","));
  }

  static Extension<Match> match() {
    return new Extension<>("set", "match-set:!+ set:!+ return-nomatch!+ update-counters!+ update-subcounters!+ "
        + "packets-eq:!+ packets-lt:!+ packets-gt:!+ bytes-eq:!+ bytes-lt:!+ bytes-gt:!+") {
      private Optional<Deed.Sets.Named> named = Optional.empty();
      private boolean not;
      private boolean holes;
      private boolean counts = true;
      private boolean innerCounts = true;
      private Optional<Match.InSet.Count> packets = Optional.empty();
      private Optional<Match.InSet.Count> bytes = Optional.empty();

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "match-set", "set" -> {
            if (option.equals("set")) {
              more.remark("--set option deprecated, please use --match-set");
            }
            if (named.isPresent()) {
              throw Complaint.parameter("--match-set can be specified only once");
            }
            named = Optional.of(named(option, argument, more));
            not = inverted;
          }
          case "return-nomatch" -> {
            if (inverted) {
              throw Complaint.parameter("--return-nomatch flag cannot be inverted");
            }
            holes = true;
          }
          case "update-counters" -> counts &= !inverted;
          case "update-subcounters" -> innerCounts &= !inverted;
          case "packets-eq", "packets-lt", "packets-gt" -> packets = counter(packets, option, inverted, argument);
          default -> bytes = counter(bytes, option, inverted, argument);
        }
      }

      private static Optional<Match.InSet.Count> counter(Optional<Match.InSet.Count> before, String option,
          boolean inverted, String argument) throws Complaint {
        if (before.isPresent()) {
          throw Complaint.parameter(
              "only one of the --" + option.substring(0, option.indexOf('-')) + "-[eq|lt|gt] is allowed");
        }
        if (inverted && !option.endsWith("-eq")) {
          throw Complaint.parameter("--" + option + " option cannot be inverted");
        }
        String value = Values.unsigned(argument)
            .orElseThrow(() -> Complaint.parameter("Cannot parse " + argument + " as a counter value"));
        Match.InSet.Comparison how = inverted ? Match.InSet.Comparison.NE : Match.InSet.Comparison
            .valueOf(option.substring(option.indexOf('-') + 1).toUpperCase(Locale.ROOT));
        return Optional.of(new Match.InSet.Count(how, Long.parseUnsignedLong(value)));
      }

      @Override
      Match done() throws Complaint {
        Deed.Sets.Named set = named
            .orElseThrow(() -> Complaint.parameter("You must specify `--match-set' with proper arguments"));
        return new Match.InSet(set.set(), set.sides(), not,
            new Match.InSet.Asks(holes, counts, innerCounts, packets, bytes));
      }
    };
  }

  /** What more is asked of a member, as it is saved. */
  static String asks(Match.InSet.Asks asks) {
    return (asks.holes() ? " --return-nomatch" : "") + (asks.counts() ? "" : " ! --update-counters")
        + (asks.innerCounts() ? "" : " ! --update-subcounters")
        + asks.packets().map(c -> count("packets", c)).orElse("") + asks.bytes().map(c -> count("bytes", c)).orElse("");
  }

  private static String count(String what, Match.InSet.Count count) {
    boolean not = count.how() == Match.InSet.Comparison.NE;
    return (not ? " ! --" : " --") + what + "-" + (not ? "eq" : count.how().name().toLowerCase(Locale.ROOT)) + " "
        + Long.toUnsignedString(count.value());
  }

  static Extension<Target> target() {
    return new Extension<>("SET", "add-set:!+ del-set:!+ map-set:!+ exist+ timeout:+ map-mark+ map-prio+ map-queue+") {
      private Optional<Deed.Sets.Named> add = Optional.empty();
      private Optional<Deed.Sets.Named> delete = Optional.empty();
      private Optional<Deed.Sets.Named> map = Optional.empty();
      private Optional<Long> timeout = Optional.empty();

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "add-set" -> add = once(add, option, argument, more);
          case "del-set" -> delete = once(delete, option, argument, more);
          case "map-set" -> map = once(map, option, argument, more);
          case "timeout" -> timeout = Optional.of(Values.number(argument).filter(n -> n >= 0 && n <= LONGEST)
              .orElseThrow(() -> Complaint
                  .parameter("Invalid value for option --timeout or out of range 0-" + LONGEST)));
          default -> {
          }
        }
      }

      private static Optional<Deed.Sets.Named> once(Optional<Deed.Sets.Named> before, String option, String set,
          Words more) throws Complaint {
        if (before.isPresent()) {
          throw Complaint.parameter("--" + option + " can be specified only once");
        }
        return Optional.of(named(option, set, more));
      }

      @Override
      void check() throws Complaint {
        if (add.isEmpty() && delete.isEmpty() && map.isEmpty()) {
          throw Complaint.parameter("You must specify either `--add-set' or `--del-set' or `--map-set'");
        }
        if (add.isEmpty() && has("exist")) {
          throw Complaint.parameter("Flag `--exist' can be used with `--add-set' only");
        }
        if (add.isEmpty() && timeout.isPresent()) {
          throw Complaint.parameter("Option `--timeout' can be used with `--add-set' only");
        }
        for (String flag : mapped()) {
          if (map.isEmpty()) {
            throw Complaint.parameter("Flag `--" + flag + "' can be used with `--map-set' only");
          }
        }
        if (map.isPresent() && mapped().isEmpty()) {
          throw Complaint.parameter("You must specify flags `--map-mark' or '--map-prio` or `--map-queue'");
        }
      }

      private List<String> mapped() {
        return Stream.of("map-mark", "map-prio", "map-queue").filter(this::has).toList();
      }

      @Override
      Target done() {
        Phrases phrases = new Phrases();
        add.ifPresent(s -> say(phrases, "add-set", s));
        if (has("exist")) {
          phrases.save("--exist").list("exist");
        }
        timeout.ifPresent(t -> phrases.save("--timeout", t.toString()).list("timeout", t.toString()));
        delete.ifPresent(s -> say(phrases, "del-set", s));
        map.ifPresent(s -> say(phrases, "map-set", s));
        mapped().forEach(f -> phrases.save("--" + f).list(f));
        return phrases.target("SET", place(), new Deed.Sets(add, delete, map, has("map-mark"), has("exist"), timeout));
      }

      /** Kernel net/netfilter/xt_set.c set_target_v3_checkentry. */
      private Wording.Place place() {
        boolean leaving = has("map-prio") || has("map-queue");
        return map.isEmpty() ? Wording.Place.ANY : new Wording.Place(Set.of(),
            leaving ? Set.of(Hook.FORWARD, Hook.OUTPUT, Hook.POSTROUTING) : Set.of(), Set.of(TableName.MANGLE));
      }

      private static void say(Phrases phrases, String option, Deed.Sets.Named set) {
        String sides = sides(set.sides());
        phrases.save("--" + option, set.set(), sides).list(option, set.set(), sides);
      }
    };
  }
}
