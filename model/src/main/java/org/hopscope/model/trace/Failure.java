package org.hopscope.model.trace;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the step at which a failed probe was decided. */
public final class Failure {
  /** What happens to copies that were flooded to those whom they did not concern, and to advice that is not given. */
  private static final Set<DropReason> BYSTANDERS = EnumSet.of(DropReason.NOT_FOR_THIS_MAC, DropReason.ARP_NOT_FOR_US,
      DropReason.SOLICITATION_NOT_FOR_US, DropReason.NOT_LOCAL,
      DropReason.NO_OTHER_PORT, DropReason.SAME_PORT, DropReason.PROGRAM_GONE, DropReason.NAT_REDIRECT);

  private final Trace trace;

  public Failure(Trace trace) {
    this.trace = trace;
  }

  /**
   * The death that explains the failure. The first packet that died on the way there or back; if it died for want of a
   * neighbour's address, the death of the ARP packet behind it.
   */
  public Optional<Step> decisive() {
    Optional<Step> storm = deaths().stream().filter(s -> reason(s) == DropReason.STORM).findFirst();
    if (storm.isPresent()) {
      return storm;
    }
    Optional<Step> death = worst(PacketCopy.Role.REQUEST).or(() -> worst(PacketCopy.Role.REPLY))
        .or(() -> worst(PacketCopy.Role.ICMP_ERROR));
    return death.flatMap(step -> reason(step) == DropReason.NEIGHBOUR_FAILED ? Optional.of(behind(step)) : death);
  }

  /** Whether a copy died of having been flooded to somebody whom it did not concern. */
  public static boolean isBystander(DropReason reason) {
    return BYSTANDERS.contains(reason);
  }

  private Step behind(Step starved) {
    List<Step> asked = deaths().stream().filter(s -> isArp(s) && lane(s) != lane(starved)).toList();
    return asked.stream().filter(s -> !BYSTANDERS.contains(reason(s))).findFirst().orElse(starved);
  }

  /** The first death of a lane none of whose copies arrived; bystanders only when nobody else died there. */
  private Optional<Step> worst(PacketCopy.Role role) {
    return deaths().stream().filter(s -> copy(s).role() == role && !arrived(lane(s)))
        .min(Comparator.comparing((Step s) -> BYSTANDERS.contains(reason(s))).thenComparing(Step::index));
  }

  private boolean arrived(int lane) {
    return trace.steps().stream().anyMatch(s -> lane(s) == lane
        && (s.event() instanceof Event.Ended(Fate.Delivered(String to)) && !to.equals("reassembly")
            || s.event() instanceof Event.Ended(Fate.Read _)));
  }

  private List<Step> deaths() {
    return trace.steps().stream().filter(s -> s.event() instanceof Event.Ended(Fate.Died _)).toList();
  }

  private boolean isArp(Step step) {
    PacketCopy.Role role = copy(step).role();
    return role == PacketCopy.Role.ARP_REQUEST || role == PacketCopy.Role.ARP_REPLY;
  }

  private static DropReason reason(Step step) {
    return step.event() instanceof Event.Ended(Fate.Died(DropReason why)) ? why : DropReason.PROGRAM_GONE;
  }

  private PacketCopy copy(Step step) {
    return trace.copies().get(step.copy());
  }

  private int lane(Step step) {
    return copy(step).lane();
  }
}
