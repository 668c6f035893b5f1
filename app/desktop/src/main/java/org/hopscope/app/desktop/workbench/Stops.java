package org.hopscope.app.desktop.workbench;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.PacketCopy;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * Where one can go from a place in a trace. Places are numbers of steps taken: at place {@code k} the {@code k}-th step is the
 * one that is shown, at 0 none is.
 */
public final class Stops {
  private Stops() {}

  /** Behind the next lookup. */
  public static Optional<Integer> into(Trace trace, int at) {
    return next(trace, at, step -> step.event() instanceof Event.Looked);
  }

  /** Behind the lookup before. */
  public static Optional<Integer> intoBack(Trace trace, int at) {
    return IntStream.range(0, Math.max(0, at - 1)).map(i -> at - 1 - i)
        .filter(k -> trace.steps().get(k - 1).event() instanceof Event.Looked).boxed().findFirst();
  }

  /** Behind the next lookup of a table. */
  public static Optional<Integer> table(Trace trace, int at, Asked table) {
    return next(trace, at, step -> Asked.of(step).equals(Optional.of(table)));
  }

  /** Where the packet, or what comes of it, comes in at the next device over a wire. */
  public static Optional<Integer> over(Trace trace, int at) {
    int lane = lane(trace, at);
    return next(trace, at, step -> laneOf(trace, step) == lane && step.event() instanceof Event.Received);
  }

  /**
   * Where what is going on here is over: from a question for an address behind its answer, to the packet that waited for it;
   * from a packet to its end.
   */
  public static Optional<Integer> out(Trace trace, int at) {
    if (at == 0 || trace.steps().isEmpty()) {
      return Optional.empty();
    }
    int lane = lane(trace, at);
    Optional<Integer> waiting = waitsFor(trace, at);
    return waiting.flatMap(outer -> next(trace, at, step -> laneOf(trace, step) == outer))
        .or(() -> IntStream.range(at, trace.steps().size()).filter(i -> laneOf(trace, trace.steps().get(i)) == lane)
            .map(i -> i + 1).boxed().reduce((_, last) -> last));
  }

  /** The lane of what waits for this packet, when it asks for an address or answers such a question. */
  private static Optional<Integer> waitsFor(Trace trace, int at) {
    PacketCopy copy = trace.copies().get(trace.steps().get(at - 1).copy());
    Optional<PacketCopy> asks = Optional.of(copy);
    while (asks.isPresent() && isAboutAddresses(asks.get())) {
      asks = asks.get().cause().map(trace.copies()::get);
    }
    return isAboutAddresses(copy) ? asks.map(PacketCopy::lane) : Optional.empty();
  }

  private static boolean isAboutAddresses(PacketCopy copy) {
    return switch (copy.role()) {
      case ARP_REQUEST, ARP_REPLY -> true;
      case REQUEST, REPLY, ICMP_ERROR, COPY -> false;
    };
  }

  /** Where a packet of the program died first, else where any died first. */
  public static Optional<Integer> death(Trace trace) {
    List<Step> deaths = trace.steps().stream().filter(s -> s.event() instanceof Event.Ended(Fate.Died _)).toList();
    return deaths.stream().filter(s -> !isAboutAddresses(trace.copies().get(s.copy()))).findFirst()
        .or(() -> deaths.stream().findFirst()).map(s -> s.index() + 1);
  }

  /** For a step at which a packet dies, the lookup of that packet before it; empty for any other. */
  public static Optional<Step> deciding(Trace trace, Step step) {
    return step.event() instanceof Event.Ended(Fate.Died _)
        ? IntStream.range(0, step.index()).map(i -> step.index() - 1 - i).mapToObj(trace.steps()::get)
            .filter(s -> s.copy() == step.copy() && s.event() instanceof Event.Looked).findFirst()
        : Optional.empty();
  }

  /** The next place at which one of the breakpoints holds. */
  public static Optional<Integer> stop(Trace trace, int at, Collection<Breakpoint> breakpoints) {
    return next(trace, at, step -> breakpoints.stream().anyMatch(b -> b.holds(trace, step)));
  }

  private static Optional<Integer> next(Trace trace, int at, Predicate<Step> wanted) {
    return trace.steps().subList(Math.min(at, trace.steps().size()), trace.steps().size()).stream().filter(wanted)
        .findFirst().map(step -> step.index() + 1);
  }

  private static int lane(Trace trace, int at) {
    return laneOf(trace, trace.steps().get(Math.clamp(at - 1, 0, trace.steps().size() - 1)));
  }

  private static int laneOf(Trace trace, Step step) {
    return trace.copies().get(step.copy()).lane();
  }
}
