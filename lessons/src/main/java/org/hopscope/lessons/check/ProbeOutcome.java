package org.hopscope.lessons.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.probe.ProbeResult.ExchangeOutcome;
import org.hopscope.model.probe.ProbeResult.FailureKind;

/** How a probe ended, in one word for every kind of probe. */
public enum ProbeOutcome {
  /** Everything that was sent was answered. */
  ANSWERED,
  /** Some of it was. */
  PARTIAL,
  /** Silence: ping's loss, a client's time-out. */
  SILENCE,
  /** No route to the network. */
  NET_UNREACHABLE,
  /** Nobody answers for the next hop. */
  HOST_UNREACHABLE,
  /** Nothing listens on the port. */
  REFUSED,
  /** It does not fit the way and may not be cut. */
  FRAG_NEEDED,
  /** It crossed as many routers as it was allowed to. */
  TTL_EXCEEDED,
  /** Somebody on the way forbids it. */
  PROHIBITED,
  /** The own kernel would not take what was asked for. */
  INVALID,
  /** A connection that was made and then broken, or never answered on. */
  BROKEN;

  /** The word in a lesson file, such as {@code net-unreachable}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The outcome of that word; empty for any other. */
  public static Optional<ProbeOutcome> parse(String word) {
    return Arrays.stream(values()).filter(o -> o.word().equals(word)).findFirst();
  }

  /** How a probe ended: by the first try or the first report that was not a success. */
  public static ProbeOutcome of(ProbeResult result) {
    if (result.succeeded()) {
      return ANSWERED;
    }
    return switch (result) {
      case ProbeResult.Pinged pinged -> ofPing(pinged);
      case ProbeResult.Traced traced -> traced.hops().stream().flatMap(h -> h.answers().stream())
          .flatMap(a -> a.flatMap(ProbeResult.HopAnswer::kind).stream()).reduce((_, last) -> last)
          .or(traced::refused).map(ProbeOutcome::of).orElse(SILENCE);
      case ProbeResult.Paced paced -> paced.lines().stream()
          .flatMap(
              l -> l instanceof ProbeResult.PathLine.Told told ? Optional.of(told.kind()).stream() : Stream.empty())
          .reduce((_, last) -> last).map(ProbeOutcome::of).orElse(SILENCE);
      case ProbeResult.Arped _ -> SILENCE;
      case ProbeResult.Exchanged exchanged -> exchanged.tries().stream().map(t -> of(t.outcome()))
          .filter(o -> o != ANSWERED).findFirst().orElse(SILENCE);
    };
  }

  private static ProbeOutcome ofPing(ProbeResult.Pinged pinged) {
    if (!pinged.replies().isEmpty()) {
      return PARTIAL;
    }
    return pinged.errors().stream().map(e -> of(e.kind())).filter(o -> o != ANSWERED).findFirst().orElse(SILENCE);
  }

  private static ProbeOutcome of(FailureKind kind) {
    return switch (kind) {
      case HOST_UNREACHABLE -> HOST_UNREACHABLE;
      case NET_UNREACHABLE -> NET_UNREACHABLE;
      case PORT_UNREACHABLE, PROTO_UNREACHABLE -> REFUSED;
      case FRAG_NEEDED -> FRAG_NEEDED;
      case TTL_EXCEEDED -> TTL_EXCEEDED;
      case PROHIBITED, NET_PROHIBITED, HOST_PROHIBITED, POLICY_FAILED, ROUTE_REJECTED, BROADCAST, FILTERED ->
          PROHIBITED;
      case INVALID, NO_SUCH_ADDRESS, NO_SUCH_DEVICE, NO_KEY, NO_ENDPOINT, NO_BUFFER -> INVALID;
      case REDIRECT -> ANSWERED;
    };
  }

  private static ProbeOutcome of(ExchangeOutcome outcome) {
    return switch (outcome) {
      case ANSWERED -> ANSWERED;
      case REFUSED, PROTO_UNREACHABLE -> REFUSED;
      case TIMEOUT -> SILENCE;
      case STALLED, CLOSED, RESET -> BROKEN;
      case HOST_UNREACHABLE -> HOST_UNREACHABLE;
      case NET_UNREACHABLE -> NET_UNREACHABLE;
      case PROHIBITED -> PROHIBITED;
      case FRAG_NEEDED -> FRAG_NEEDED;
      case INVALID, NO_SUCH_ADDRESS, NO_BUFFER -> INVALID;
    };
  }
}
