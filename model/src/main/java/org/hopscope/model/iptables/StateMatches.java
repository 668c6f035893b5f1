package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.AddressMatch;
import org.hopscope.model.netfilter.CtCondition;
import org.hopscope.model.netfilter.CtState;
import org.hopscope.model.netfilter.Direction;
import org.hopscope.model.netfilter.Manip;
import org.hopscope.model.netfilter.Match;

/** Reads matches that look at connections and marks. */
final class StateMatches {
  private StateMatches() {
  }

  static Extension<Match> state() {
    return new Extension<>("state", "state:!*") {
      private Match match = new Match.State(Set.of(), false);

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        Set<CtState> states = EnumSet.noneOf(CtState.class);
        for (String tail : Values.tails(argument)) {
          String word = Values.first(tail);
          if (tail.isEmpty()) {
            throw Complaint.parameter(
                "\"--state\" requires a list of states with no spaces, e.g. ESTABLISHED,RELATED");
          }
          states.add(CtStates.named(word).orElseThrow(() -> Complaint.parameter("Bad state \"" + tail + "\"")));
        }
        match = new Match.State(states, inverted);
      }

      @Override
      Match done() {
        return match;
      }
    };
  }

  static Extension<Match> mark() {
    return new Extension<>("mark", "mark:!*") {
      private Match match = new Match.Mark(0, 0, false);

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        int[] mark = marked(option, argument);
        match = new Match.Mark(mark[0], mark[1], inverted);
      }

      @Override
      Match done() {
        return match;
      }
    };
  }

  static Extension<Match> connmark() {
    return new Extension<>("connmark", "mark:!*") {
      private Match match = new Match.Connmark(0, 0, false);

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        int[] mark = marked(option, argument);
        match = new Match.Connmark(mark[0], mark[1], inverted);
      }

      @Override
      Match done() {
        return match;
      }
    };
  }

  /** The conditions are kept in the order in which they are saved. */
  static Extension<Match> conntrack(IpFamily family) {
    return new Extension<>("conntrack", "ctstate:! ctproto:! ctorigsrc:! ctorigdst:! ctreplsrc:! ctrepldst:! "
        + "ctorigsrcport:! ctorigdstport:! ctreplsrcport:! ctrepldstport:! ctstatus:! ctexpire:! ctdir:") {
      private final List<CtCondition> conditions = new ArrayList<>();

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        conditions.add(switch (option) {
          case "ctstate" -> states(argument, inverted);
          case "ctproto" -> new CtCondition.Protocol(Values.protocol(argument), inverted);
          case "ctstatus" -> new CtCondition.Statuses(statuses(argument), inverted);
          case "ctexpire" -> {
            long[] range = range(option, argument, 0, 0xffff_ffffL);
            yield new CtCondition.Expire(range[0], range[1], inverted);
          }
          case "ctdir" -> new CtCondition.Way(direction(argument));
          default -> tupled(option, argument, inverted);
        });
      }

      private CtCondition tupled(String option, String argument, boolean inverted) throws Complaint {
        Direction tuple = option.startsWith("ctorig") ? Direction.ORIGINAL : Direction.REPLY;
        Manip side = option.substring(6).startsWith("src") ? Manip.SOURCE : Manip.DESTINATION;
        if (!option.endsWith("port")) {
          Values.HostMask said = Values.hostMask(family, "conntrack", option, argument);
          AddressMatch match =
              new AddressMatch(AddressMatch.masked(said.typed(), said.mask()), said.mask(), inverted);
          return new CtCondition.Address(tuple, side, match, said.typed());
        }
        return new CtCondition.Port(tuple, side, loosePorts(option, argument), inverted);
      }

      @Override
      Match done() throws Complaint {
        if (conditions.isEmpty()) {
          throw Complaint.parameter("conntrack: At least one option is required");
        }
        conditions.sort(Comparator.comparingInt(CtStates::order));
        return new Match.Conntrack(conditions);
      }
    };
  }

  private static CtCondition states(String text, boolean inverted) throws Complaint {
    Set<CtState> states = EnumSet.noneOf(CtState.class);
    Set<Manip> translated = EnumSet.noneOf(Manip.class);
    for (String tail : Values.tails(text)) {
      String word = Values.first(tail);
      switch (word.toUpperCase(Locale.ROOT)) {
        case "SNAT" -> translated.add(Manip.SOURCE);
        case "DNAT" -> translated.add(Manip.DESTINATION);
        default -> states
            .add(CtStates.named(word).orElseThrow(() -> Complaint.parameter("Bad ctstate \"" + tail + "\"")));
      }
    }
    return new CtCondition.States(states, translated, inverted);
  }

  private static Set<CtCondition.Status> statuses(String text) throws Complaint {
    Set<CtCondition.Status> statuses = EnumSet.noneOf(CtCondition.Status.class);
    for (String tail : Values.tails(text)) {
      String word = Values.first(tail);
      statuses.add(Arrays.stream(CtCondition.Status.values())
          .filter(s -> !word.isEmpty() && s.name().startsWith(word.toUpperCase(Locale.ROOT))).findFirst()
          .orElseThrow(() -> Complaint.parameter("Bad ctstatus \"" + tail + "\"")));
    }
    if (statuses.size() > 1) {
      statuses.remove(CtCondition.Status.NONE);
    }
    return statuses;
  }

  private static Direction direction(String text) throws Complaint {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "ORIGINAL" -> Direction.ORIGINAL;
      case "REPLY" -> Direction.REPLY;
      default -> throw Complaint.parameter("conntrack: Bad value for \"--ctdir\" option: \"" + text + "\"");
    };
  }
}
