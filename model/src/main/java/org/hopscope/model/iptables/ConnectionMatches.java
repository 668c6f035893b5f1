package org.hopscope.model.iptables;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.Wording;

/**
 * Reads matches that look at a packet's connection or its socket: {@code connbytes}, {@code connlabel} and {@code socket}
 * (extensions/libxt_connbytes.c, libxt_connlabel.c, libxt_socket.c).
 */
final class ConnectionMatches {
  /** XT_CONNLABEL_MAXBIT. */
  private static final int LAST_LABEL = 127;
  private static final long SHORT = 0xffff;
  private static final String MOST = "18446744073709551615";

  private ConnectionMatches() {
  }

  static Extension<Match> connbytes() {
    return new Extension<>("connbytes", "connbytes:!* connbytes-dir:* connbytes-mode:*") {
      private long from;
      private long to;
      private boolean not;
      private Optional<Condition.Traffic.Way> way = Optional.empty();
      private Optional<Condition.Traffic.Unit> unit = Optional.empty();

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        switch (option) {
          case "connbytes" -> range(argument, inverted);
          case "connbytes-dir" -> way = Optional.of(Condition.Traffic.Way.named(argument)
              .orElseThrow(() -> Complaint.parameter("Unknown --connbytes-dir `" + argument + "'")));
          default -> unit = Optional.of(Condition.Traffic.Unit.named(argument)
              .orElseThrow(() -> Complaint.parameter("Unknown --connbytes-mode `" + argument + "'")));
        }
      }

      private void range(String text, boolean inverted) throws Complaint {
        String[] ends = text.split(":", -1);
        if (ends.length > 2) {
          throw Complaint.parameter("connbytes: Too many components for option \"--connbytes\" (max: 2)");
        }
        long[] read = {0, -1};
        for (int i = 0; i < ends.length; i++) {
          String near = i == 0 ? text : ends[1];
          Optional<String> number = Values.unsigned(ends[i]);
          if (!ends[i].isEmpty() && number.isEmpty()) {
            throw Complaint.parameter("connbytes: bad value for option \"--connbytes\" near \"" + near
                + "\", or out of range (0-" + MOST + ").");
          }
          read[i] = number.map(Long::parseUnsignedLong).orElse(read[i]);
        }
        from = read[0];
        to = read[1];
        not = inverted;
        if (Long.compareUnsigned(to, from) < 0) {
          throw Complaint.parameter(Long.toUnsignedString(from) + " should be less than " + Long.toUnsignedString(to));
        }
      }

      @Override
      Match done() {
        String range = Long.toUnsignedString(from) + (to == -1 ? "" : ":" + Long.toUnsignedString(to));
        String mode = unit.orElseThrow().word();
        String direction = way.orElseThrow().word();
        return new Phrases().save(not, "connbytes", range).save("--connbytes-mode", mode, "--connbytes-dir", direction)
            .list((not ? "! " : "") + "connbytes", range, "connbytes mode", mode, "connbytes direction", direction)
            .match("connbytes", Wording.Place.ANY,
                new Condition.Traffic(unit.orElseThrow(), way.orElseThrow(), from, to, not));
      }
    };
  }

  /** Labels have numbers only: names would stand in a file that a lab has not. */
  static Extension<Match> connlabel() {
    return new Extension<>("connlabel", "label:!* set") {
      private int label;
      private boolean not;

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (option.equals("label")) {
          Optional<Long> number = Values.number(argument).filter(n -> n >= 0);
          if (number.isEmpty()) {
            more.remark("Warning: cannot open /etc/xtables/connlabel.conf: No such file or directory");
            throw Complaint.parameter("label '" + argument + "' not found or invalid value");
          }
          label = (int) (number.get() & SHORT);
          not = inverted;
        }
      }

      @Override
      Match done() {
        String number = Integer.toString(label);
        Phrases phrases = new Phrases().save(not, "label", "\"" + number + "\"")
            .list("connlabel" + (not ? " !" : ""), number);
        if (has("set")) {
          phrases.save("--set").list("set");
        }
        return phrases.match("connlabel", label > LAST_LABEL ? Wording.Place.TOO_GREAT : Wording.Place.ANY,
            new Condition.Label(label, has("set"), not));
      }
    };
  }

  static Extension<Match> socket() {
    return new Extension<>("socket", "transparent nowildcard restore-skmark") {
      @Override
      void read(String option, boolean inverted, String argument, Words more) {
      }

      @Override
      Match done() {
        Phrases phrases = new Phrases().list("socket");
        for (String flag : List.of("transparent", "nowildcard", "restore-skmark")) {
          if (has(flag)) {
            phrases.save("--" + flag).list("--" + flag);
          }
        }
        return phrases.match("socket",
            new Wording.Place(Set.of(), Set.of(Hook.PREROUTING, Hook.INPUT), Set.of()),
            new Condition.Socket(has("transparent"), has("nowildcard"), has("restore-skmark")));
      }
    };
  }
}
