package org.hopscope.model.iptables;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.Wording;

/** Reads matches that count: {@code quota} and {@code connlimit}. */
final class RateMatches {
  private static final long UNSIGNED = 0xffff_ffffL;

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
}
