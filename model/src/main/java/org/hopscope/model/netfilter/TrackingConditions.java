package org.hopscope.model.netfilter;

import java.util.Optional;

/** Says whether a packet's connection fulfils a condition of {@code -m conntrack} (kernel xt_conntrack.c conntrack_mt). */
final class TrackingConditions {
  private static final long SECOND = 1_000_000_000L;

  private TrackingConditions() {
  }

  static boolean holds(CtCondition condition, CtView tracking, long now) {
    Optional<Connection> known = tracking.connection();
    return switch (condition) {
      case CtCondition.States states -> {
        boolean translated = known.map(c -> states.translated().stream().anyMatch(c.flags()::isTranslated))
            .orElse(false);
        yield (states.states().contains(tracking.state()) || translated) != states.inverted();
      }
      case CtCondition.Way(Direction direction) -> known.isPresent() && tracking.direction() == direction;
      case CtCondition.Protocol(int number, boolean inverted) ->
          known.map(c -> (c.original().protocol() == number) != inverted).orElse(false);
      case CtCondition.Address(Direction tuple, Manip side, AddressMatch match, var _) -> known.map(c -> match.holds(
          side == Manip.SOURCE ? c.tuple(tuple).source() : c.tuple(tuple).destination())).orElse(false);
      case CtCondition.Port(Direction tuple, Manip side, PortRange range, boolean inverted) -> known.map(c -> range
          .contains(side == Manip.SOURCE ? c.tuple(tuple).sourcePort() : c.tuple(tuple).destinationPort()) != inverted)
          .orElse(false);
      case CtCondition.Statuses(var any, boolean inverted) ->
          known.map(c -> any.stream().anyMatch(s -> has(c, s, now)) != inverted).orElse(false);
      case CtCondition.Expire(long least, long most, boolean inverted) -> known.map(c -> {
        long left = (c.times().expires() - now) / SECOND;
        return (left >= least && left <= most) != inverted;
      }).orElse(false);
    };
  }

  private static boolean has(Connection connection, CtCondition.Status status, long now) {
    return switch (status) {
      case NONE -> connection.flags().equals(Connection.Flags.NONE);
      case EXPECTED -> false;
      case SEEN_REPLY -> connection.flags().seenReply();
      case ASSURED -> connection.flags().assured();
      case CONFIRMED -> connection.times().expires() > now;
    };
  }
}
