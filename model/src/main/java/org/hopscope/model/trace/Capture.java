package org.hopscope.model.trace;

/** What a capture at a device sees of a trace, as a packet socket does (packet(7), kernel net/core/dev.c ptype_all). */
public final class Capture {
  private Capture() {
  }

  /**
   * Whether the step's device gives a packet away: to a wire, to the device it stands on, into a tunnel, or, of a bridge,
   * to its ports. A bridge that hands a packet to its host counts as well: see {@link #isInbound}.
   */
  public static boolean passes(Step step) {
    return switch (step.event()) {
      case Event.Transmitted _,Event.HandedDown _,Event.Tunnelled _ -> true;
      case Event.Switched(var bridge) -> step.device().filter(bridge::equals).isPresent();
      case Event.Received _,Event.HandedUp _,Event.Made _,Event.Looked _,Event.Rewritten _,Event.Forked _,Event.Parked _,Event.Resumed _,Event.Waited _,Event.Confirmed _,Event.Learned _,Event.Narrowed _,Event.Staged _,Event.Ended _ ->
          false;
    };
  }

  /** Whether the step's device takes the packet in; a bridge does when it counts it as received for its host. */
  public static boolean isInbound(Step step) {
    return step.event() instanceof Event.Received || step.event() instanceof Event.Switched
        && step.effects().stream().anyMatch(e -> e instanceof Effect.Counted(var _, var counted)
            && counted.rxPackets() > 0);
  }
}
