package org.hopscope.model.iptables;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.Wording;

/** Reads matches that count: {@code quota}, {@code connlimit}, {@code hashlimit}. */
final class RateMatches {
  private static final long UNSIGNED = 0xffff_ffffL;
  /** XT_HASHLIMIT_SCALE_v2: in how many parts a second is cut. */
  private static final long SCALE = 1_000_000;
  private static final long MOST_BURST = 1_000_000;
  private static final int GC_INTERVAL = 1000;
  private static final long MILLISECOND = 1_000_000L;

  private RateMatches() {
  }

  static Extension<Match> quota() {
    return new Extension<>("quota", "quota:!*") {
      private BigInteger bytes = BigInteger.ZERO;
      private boolean not;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (!argument.matches("[0-9]{1,20}") || new BigInteger(argument).bitLength() > 64) {
          throw Complaint.parameter(
              "quota: bad value for option \"--quota\", or out of range (0-18446744073709551615).");
        }
        bytes = new BigInteger(argument);
        not = inverted;
      }

      @Override
      Match done() {
        return new Phrases().save(not, "quota", bytes.toString()).list("quota:", bytes.toString(), "bytes")
            .match("quota", Wording.Place.ANY, new Condition.Quota(bytes.longValue(), not));
      }
    };
  }

  static Extension<Match> connlimit(IpFamily family) {
    return new Extension<>("connlimit",
        "connlimit-upto:! connlimit-above:! connlimit-mask: connlimit-saddr connlimit-daddr") {
      private long limit;
      private boolean above;
      private int length = family.width();

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of("connlimit-upto", "connlimit-above"), Set.of("connlimit-saddr", "connlimit-daddr"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "connlimit-upto", "connlimit-above" -> {
            limit = number(option, argument, 0, UNSIGNED);
            above = option.endsWith("above") != inverted;
          }
          case "connlimit-mask" -> length = (int) Math.min(family.width(), number(option, argument, 0, 255));
          default -> {
          }
        }
      }

      @Override
      void check() throws Complaint {
        if (!has("connlimit-upto") && !has("connlimit-above")) {
          throw Complaint.parameter("You must specify \"--connlimit-above\" or \"--connlimit-upto\".");
        }
      }

      @Override
      Match done() {
        boolean source = !has("connlimit-daddr");
        return new Phrases()
            .save(above ? "--connlimit-above" : "--connlimit-upto", Long.toString(limit), "--connlimit-mask",
                Integer.toString(length), source ? "--connlimit-saddr" : "--connlimit-daddr")
            .list("#conn", (source ? "src/" : "dst/") + length, above ? ">" : "<=", Long.toString(limit))
            .match("connlimit", Wording.Place.ANY, new Condition.Connections(limit, above,
                Values.mask(family, length), source ? Match.Side.SOURCE : Match.Side.DESTINATION));
      }
    };
  }

  /** A unit of time as the program lists it. */
  private enum Unit {
    DAY("day", "day", 86_400), HOUR("hour", "hour", 3600), MIN("minute", "min", 60), SEC("second", "sec", 1);

    private final String word;
    private final String shown;
    private final int seconds;

    Unit(String word, String shown, int seconds) {
      this.word = word;
      this.shown = shown;
      this.seconds = seconds;
    }

    private long parts() {
      return SCALE * seconds;
    }

    /** The unit in which the time between two tokens is told (libxt_hashlimit.c print_rate). */
    private static Unit of(long period) {
      Unit found = DAY;
      for (Unit unit : List.of(HOUR, MIN, SEC)) {
        if (period > unit.parts() || unit.parts() / period < unit.parts() % period) {
          break;
        }
        found = unit;
      }
      return found;
    }
  }

  /** The parts of a key in the order in which they are told. */
  private static final List<Condition.RateKey.Part> PARTS = List.of(Condition.RateKey.Part.SRCIP,
      Condition.RateKey.Part.SRCPORT, Condition.RateKey.Part.DSTIP, Condition.RateKey.Part.DSTPORT);

  static Extension<Match> hashlimit(IpFamily family) {
    return new HashLimit(family);
  }

  private static final class HashLimit extends Extension<Match> {
    private final IpFamily family;
    private long period = SCALE;
    private Unit typed = Unit.SEC;
    private boolean above;
    private long burst = 5;
    private final Set<Condition.RateKey.Part> mode = EnumSet.noneOf(Condition.RateKey.Part.class);
    private String table = "";
    private int sourceLength;
    private int destinationLength;
    private Optional<Long> expire = Optional.empty();
    private long size;
    private long most;
    private long collect = GC_INTERVAL;

    HashLimit(IpFamily family) {
      super("hashlimit",
          "hashlimit-upto:! hashlimit-above:! hashlimit:! hashlimit-srcmask: hashlimit-dstmask: hashlimit-burst: "
              + "hashlimit-htable-size: hashlimit-htable-max: hashlimit-htable-gcinterval: hashlimit-htable-expire: "
              + "hashlimit-mode: hashlimit-name:* hashlimit-rate-match hashlimit-rate-interval:");
      this.family = family;
      sourceLength = family.width();
      destinationLength = family.width();
    }

    @Override
    List<Set<String>> exclusive() {
      return List.of(Set.of("hashlimit-upto", "hashlimit-above"));
    }

    @Override
    void read(String option, boolean inverted, String argument, Words more) throws Complaint {
      switch (option.substring("hashlimit".length())) {
        case "", "-upto" -> {
          rate("hashlimit-upto", argument);
          above = inverted;
        }
        case "-above" -> {
          rate(option, argument);
          above = !inverted;
        }
        case "-burst" -> burst = burst(argument);
        case "-mode" -> mode(argument);
        case "-name" -> table = argument;
        case "-srcmask" -> sourceLength = (int) number(option, argument, 0, family.width());
        case "-dstmask" -> destinationLength = (int) number(option, argument, 0, family.width());
        case "-htable-size" -> size = number(option, argument, 0, UNSIGNED);
        case "-htable-max" -> most = number(option, argument, 0, UNSIGNED);
        case "-htable-gcinterval" -> collect = number(option, argument, 0, UNSIGNED);
        case "-htable-expire" -> expire = Optional.of(number(option, argument, 0, UNSIGNED));
        default -> throw Complaint.unsupported("--" + option);
      }
    }

    private Complaint badValue(String option, String value) {
      return Complaint.parameter("hashlimit: Bad value for \"--" + option + "\" option: \"" + value + "\"");
    }

    private void rate(String option, String text) throws Complaint {
      if (text.endsWith("b/s")) {
        throw Complaint.unsupported("--" + option + " " + text);
      }
      String[] parts = text.split("/", 2);
      typed = parts.length == 1 ? Unit.SEC : Arrays.stream(Unit.values())
          .filter(u -> !parts[1].isEmpty() && u.word.startsWith(parts[1].toLowerCase(Locale.ROOT))).findFirst()
          .orElseThrow(() -> badValue(option, text));
      long count = Values.number(parts[0]).filter(n -> n > 0).orElseThrow(() -> badValue(option, text));
      period = typed.parts() / count;
      if (period == 0) {
        throw Complaint.parameter("Rate too fast \"" + text + "\"");
      }
    }

    private static long burst(String text) throws Complaint {
      return Values.number(text).filter(n -> n >= 1 && n <= MOST_BURST).orElseThrow(() -> Complaint
          .parameter("bad value for option \"--hashlimit-burst\", or out of range (1-" + MOST_BURST + ")."));
    }

    private void mode(String text) throws Complaint {
      for (String word : text.split(",")) {
        mode.add(Arrays.stream(Condition.RateKey.Part.values()).filter(p -> word(p).equals(word)).findFirst()
            .orElseThrow(() -> badValue("hashlimit-mode", text)));
      }
    }

    private static String word(Condition.RateKey.Part part) {
      return part.name().toLowerCase(Locale.ROOT);
    }

    private String modes(String between) {
      return PARTS.stream().filter(mode::contains).map(HashLimit::word).collect(Collectors.joining(between));
    }

    @Override
    void check() throws Complaint {
      if (!has("hashlimit") && !has("hashlimit-upto") && !has("hashlimit-above")) {
        throw Complaint.parameter("You have to specify --hashlimit");
      }
    }

    @Override
    Match done() {
      Unit unit = Unit.of(period);
      String rate = unit.parts() / period + "/" + unit.shown;
      Phrases phrases = new Phrases()
          .save(above ? "--hashlimit-above" : "--hashlimit-upto", rate, "--hashlimit-burst", Long.toString(burst))
          .list("limit:", above ? "above" : "up to", rate, "burst", Long.toString(burst));
      if (!mode.isEmpty()) {
        phrases.save("--hashlimit-mode", modes(",")).list("mode", modes("-"));
      }
      phrases.save("--hashlimit-name", table);
      long forgotten = expire.orElse(typed.seconds * 1000L);
      say(phrases, "htable-size", size, 0);
      say(phrases, "htable-max", most, 0);
      say(phrases, "htable-gcinterval", collect, GC_INTERVAL);
      say(phrases, "htable-expire", forgotten, unit.seconds * 1000L);
      say(phrases, "srcmask", sourceLength, family.width());
      say(phrases, "dstmask", destinationLength, family.width());
      return phrases.match("hashlimit", Wording.Place.ANY,
          new Condition.Rate(period * 1000, burst, above, new Condition.RateKey(mode, Values.mask(family, sourceLength),
              Values.mask(family, destinationLength), forgotten * MILLISECOND)));
    }

    private static void say(Phrases phrases, String option, long value, long usual) {
      if (value != usual) {
        phrases.save("--hashlimit-" + option, Long.toString(value)).list(option, Long.toString(value));
      }
    }
  }
}
