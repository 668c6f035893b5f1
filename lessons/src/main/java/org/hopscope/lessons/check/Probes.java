package org.hopscope.lessons.check;

import java.util.List;
import java.util.stream.Stream;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.probe.Probe;

/** What a check sends that is to be answered. */
public final class Probes {
  private Probes() {
  }

  /** Those probes in a lab, in the order in which they are tried; none of a check that sends nothing, or wants no answer. */
  public static List<Probe> toBeAnswered(Check check, LabState lab) {
    return all(check, lab).toList();
  }

  private static Stream<Probe> all(Check check, LabState lab) {
    return switch (check) {
      case Check.Reach reach -> reach.probe().probes(lab).stream();
      case Check.SharedAmong shared -> shared.probe().probes(lab).stream();
      case Check.RuleHit hit -> hit.probe().probes(lab).stream();
      case Check.Carries carries -> carries.probe().probes(lab).stream();
      case Check.AnyOf(List<Check> checks) -> checks.stream().flatMap(c -> all(c, lab));
      case Check.AllOf(List<Check> checks) -> checks.stream().flatMap(c -> all(c, lab));
      case Check.NoReach _,Check.Kept _,Check.Not _,Check.After _,Check.Answered _,Check.Predicted _,Check.Watched _,Check.NetnsExists _,Check.DeviceIs _,Check.Joined _,Check.HasAddress _,Check.HasRoute _,Check.HasNeighbour _,Check.HasLearned _,Check.SysctlIs _,Check.Listens _,Check.Count _,Check.Shows _ ->
          Stream.empty();
    };
  }
}
