package org.hopscope.model.iptables;

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

/** Reads {@code hashlimit} (iptables/extensions/libxt_hashlimit.c). */
final class HashLimit extends Extension<Match> {
  private static final long UNSIGNED = 0xffff_ffffL;
  /** So many letters of the name of a table are kept. */
  private static final int NAME = 254;
  private static final int GC_INTERVAL = 1000;
  private static final long MILLISECOND = 1_000_000L;
  /** The parts of a key in the order in which they are told. */
  private static final List<Condition.RateKey.Part> PARTS = List.of(Condition.RateKey.Part.SRCIP,
      Condition.RateKey.Part.SRCPORT, Condition.RateKey.Part.DSTIP, Condition.RateKey.Part.DSTPORT);

  private final IpFamily family;
  private HashRate rate = HashRate.NONE;
  private String burst = "";
  private boolean above;
  private final Set<Condition.RateKey.Part> mode = EnumSet.noneOf(Condition.RateKey.Part.class);
  private String table = "";
  private int sourceLength;
  private int destinationLength;
  private Optional<Long> expire = Optional.empty();
  private long size;
  private long most;
  private long collect = GC_INTERVAL;
  private long interval;

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
        rate = rate("hashlimit-upto", argument);
        above = inverted;
      }
      case "-above" -> {
        rate = rate(option, argument);
        above = !inverted;
      }
      case "-burst" -> {
        burst = argument;
        HashRate.burst(argument);
      }
      case "-mode" -> mode(argument);
      case "-name" -> {
        if (argument.isEmpty()) {
          throw Complaint.parameter("Argument must have a minimum length of 1 characters");
        }
        table = Values.cut(argument, NAME);
      }
      case "-srcmask" -> sourceLength = (int) number(option, argument, 0, family.width());
      case "-dstmask" -> destinationLength = (int) number(option, argument, 0, family.width());
      case "-htable-size" -> size = number(option, argument, 0, UNSIGNED);
      case "-htable-max" -> most = number(option, argument, 0, UNSIGNED);
      case "-htable-gcinterval" -> collect = number(option, argument, 0, UNSIGNED);
      case "-htable-expire" -> expire = Optional.of(number(option, argument, 0, UNSIGNED));
      case "-rate-interval" -> interval = Values.number(argument).filter(n -> n >= 1 && n <= UNSIGNED)
          .orElseThrow(() -> badValue(option, argument));
      default -> {
        // --hashlimit-rate-match: that it was given is all
      }
    }
  }

  private Complaint badValue(String option, String value) {
    return Complaint.parameter("hashlimit: Bad value for \"--" + option + "\" option: \"" + value + "\"");
  }

  private HashRate rate(String option, String text) throws Complaint {
    return HashRate.read(text).orElseThrow(() -> badValue(option, text));
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
    rate = rate.with(burst, has("hashlimit-rate-match"), interval);
  }

  @Override
  Match done() {
    Phrases phrases = new Phrases()
        .save(above ? "--hashlimit-above" : "--hashlimit-upto", rate.saved())
        .list("limit:", above ? "above" : "up to", rate.listed());
    if (rate.burst() > 0) {
      phrases.save("--hashlimit-burst", rate.saidBurst()).list("burst", rate.saidBurst());
    }
    if (!mode.isEmpty()) {
      phrases.save("--hashlimit-mode", modes(",")).list("mode", modes("-"));
    }
    phrases.save("--hashlimit-name", Values.quoted(table));
    long forgotten = expire.orElse(rate.seconds() * 1000L);
    say(phrases, "htable-size", size, 0);
    say(phrases, "htable-max", most, 0);
    say(phrases, "htable-gcinterval", collect, GC_INTERVAL);
    if (forgotten != rate.savedSeconds() * 1000L) {
      phrases.save("--hashlimit-htable-expire", Long.toString(forgotten));
    }
    if (forgotten != rate.listedSeconds() * 1000L) {
      phrases.list("htable-expire", Long.toString(forgotten));
    }
    say(phrases, "srcmask", sourceLength, family.width());
    say(phrases, "dstmask", destinationLength, family.width());
    if (rate.windows()) {
      phrases.save("--hashlimit-rate-match").list("rate-match");
      say(phrases, "rate-interval", rate.interval(), 1);
    }
    boolean taken = Validity.isFile(table) && forgotten != 0 && collect != 0;
    return phrases.match("hashlimit", taken ? rate.place() : Wording.Place.NOWHERE,
        new Condition.Rate(rate.pace(), above, new Condition.RateKey(mode,
            Values.mask(family, sourceLength), Values.mask(family, destinationLength), forgotten * MILLISECOND)));
  }

  private static void say(Phrases phrases, String option, long value, long usual) {
    if (value != usual) {
      phrases.save("--hashlimit-" + option, Long.toString(value)).list(option, Long.toString(value));
    }
  }
}
