package org.hopscope.model.iptables;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hopscope.model.netfilter.Match;

/** Reads matches that count and roll: {@code limit} and {@code statistic}. */
final class ChanceMatches {
  private static final int BURST = 5;
  /** The shortest time between two tokens that the kernel keeps apart (libxt_limit.c XT_LIMIT_SCALE). */
  private static final int SCALE = 10_000;

  private static final Pattern FRACTION = Pattern.compile("(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE]-?[0-9]{1,2})?");

  private ChanceMatches() {
  }

  static Extension<Match> limit() {
    return new Extension<>("limit", "limit: limit-burst:") {
      private int count = 3;
      private Match.Limit.Unit unit = Match.Limit.Unit.HOUR;
      private int burst = BURST;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (option.equals("limit-burst")) {
          burst = (int) number(option, argument, 0, 10_000);
          return;
        }
        String[] parts = argument.split("/", 2);
        Optional<Match.Limit.Unit> named = parts.length < 2 ? Optional.of(Match.Limit.Unit.SEC) : unit(parts[1]);
        int number = (int) Values.atoll(argument);
        if (named.isEmpty() || number == 0) {
          throw Complaint.parameter("bad rate \"" + argument + "\"'");
        }
        unit = named.get();
        if (number < 0 || number > (long) SCALE * unit.seconds()) {
          throw Complaint.parameter("Rate too fast \"" + argument + "\"");
        }
        rate(number);
      }

      /** What is kept is the time between two tokens, so a rate may come back as an equal one in another unit. */
      private void rate(long number) {
        long between = (long) SCALE * unit.seconds() / number;
        Match.Limit.Unit shown = Match.Limit.Unit.DAY;
        for (Match.Limit.Unit candidate : Match.Limit.Unit.values()) {
          long scaled = (long) SCALE * candidate.seconds();
          if (between <= scaled && scaled % between == 0 || between < scaled && scaled / between >= 1
              && scaled % between < scaled / between) {
            shown = candidate;
            break;
          }
        }
        unit = shown;
        count = (int) ((long) SCALE * shown.seconds() / between);
      }

      @Override
      Match done() {
        return new Match.Limit(count, unit, burst == 0 ? BURST : burst);
      }
    };
  }

  private static Optional<Match.Limit.Unit> unit(String text) {
    for (String word : new String[] {"second", "minute", "hour", "day"}) {
      if (!text.isEmpty() && word.startsWith(text.toLowerCase(Locale.ROOT))) {
        return Optional.of(switch (word) {
          case "second" -> Match.Limit.Unit.SEC;
          case "minute" -> Match.Limit.Unit.MIN;
          case "hour" -> Match.Limit.Unit.HOUR;
          default -> Match.Limit.Unit.DAY;
        });
      }
    }
    return Optional.empty();
  }

  static Extension<Match> statistic() {
    return new Extension<>("statistic", "mode:* probability:! every:! packet:") {
      private String mode = "";
      private boolean modeInverted;
      private long probability;
      private int every;
      private int packet;

      @Override
      List<Set<String>> exclusive() {
        return List.of(Set.of("probability", "every"), Set.of("probability", "packet"));
      }

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        modeInverted |= inverted;
        switch (option) {
          case "mode" -> {
            if (!argument.equals("random") && !argument.equals("nth")) {
              throw Complaint.parameter("Bad mode \"" + argument + "\"");
            }
            mode = argument;
          }
          case "probability" -> probability = probability(argument);
          case "every" -> every = (int) number(option, argument, 1, 0xffff_ffffL);
          default -> packet = (int) number(option, argument, 0, 0xffff_ffffL);
        }
      }

      private long probability(String text) throws Complaint {
        Complaint complaint = Complaint
            .parameter("statistic: bad value for option \"--probability\", or out of range (0-1).");
        if (!FRACTION.matcher(text).matches()) {
          throw complaint;
        }
        double value = new BigDecimal(text).doubleValue();
        if (value > 1) {
          throw complaint;
        }
        return Math.round(Match.Random.ONE * value);
      }

      /** What is not the mode "nth" is taken for random, even before the program finds that it was not said. */
      @Override
      void check() throws Complaint {
        if (!mode.equals("nth")) {
          if ((has("every") || has("packet")) && !has("probability")) {
            throw Complaint.parameter("--every and --packet may not be used with random mode");
          }
          if (!has("probability")) {
            throw Complaint.parameter("--probability must be specified when using random mode");
          }
        } else if (!has("every") && !has("packet")) {
          throw Complaint.parameter("--every and --packet must be specified when using nth mode");
        }
      }

      @Override
      Match done() throws Complaint {
        if (mode.equals("random")) {
          return new Match.Random(probability, modeInverted);
        }
        if (!has("packet")) {
          throw Complaint.parameter("statistic: option \"--every\" also requires \"--packet\".");
        }
        if (Integer.compareUnsigned(packet, every) >= 0) {
          throw Complaint.parameter("the --packet p must be 0 <= p <= n-1");
        }
        return new Match.Nth(every, packet, modeInverted);
      }
    };
  }
}
