package org.hopscope.lessons.lesson;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.lessons.check.Check;
import org.hopscope.lessons.check.Evidence;
import org.hopscope.lessons.check.Judge;
import org.hopscope.lessons.check.ProbeOutcome;
import org.hopscope.lessons.check.ProbeSpec;
import org.hopscope.lessons.check.Sharing;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.sim.Simulator;

/** Something that must be true of a lesson's finished lab, said apart from the checks. */
public sealed interface Goal {
  /** Whether a lab meets it. */
  boolean isMet(LabState lab);

  /** What it sends in a lab; nothing when it only reads. */
  List<Probe> probes(LabState lab);

  /**
   * A probe and how it must end.
   *
   * @param probe what is sent; a target that is a place stands for any address it has
   * @param outcome the ways in which it may end; at least one
   * @param answeredBy the label of the server that must answer
   * @param sourceSeen the client address that the server must see
   * @param among the labels of the servers that must answer when it is sent again and again, each of them and nobody
   *        else; it is sent once when empty
   */
  record Ends(ProbeSpec probe, Set<ProbeOutcome> outcome, Optional<String> answeredBy, Optional<IpAddress> sourceSeen,
      Set<String> among) implements Goal {
    public Ends {
      outcome = Set.copyOf(outcome);
      among = Set.copyOf(among);
    }

    @Override
    public List<Probe> probes(LabState lab) {
      return probe.probes(lab);
    }

    @Override
    public boolean isMet(LabState lab) {
      return probes(lab).stream()
          .map(p -> Simulator.run(lab, among.isEmpty() ? p : Sharing.often(p, among.size())).result())
          .anyMatch(r -> isMet(r) && (among.isEmpty() || Sharing.answering(r).equals(among)));
    }

    private boolean isMet(ProbeResult result) {
      return outcome.contains(ProbeOutcome.of(result)) && switch (result) {
        case ProbeResult.Exchanged exchanged -> exchanged.tries().stream().flatMap(t -> t.answer().stream())
            .allMatch(a -> answeredBy.map(a.label()::equals).orElse(true)
                && sourceSeen.map(a.client()::equals).orElse(true));
        case ProbeResult.Pinged _,ProbeResult.Traced _,ProbeResult.Paced _,ProbeResult.Arped _ -> true;
      };
    }
  }

  /** What a command must show. */
  record Shows(Check.Shows line) implements Goal {
    @Override
    public List<Probe> probes(LabState lab) {
      return List.of();
    }

    @Override
    public boolean isMet(LabState lab) {
      return Judge.judge(line, new Evidence(lab, Map.of(), Set.of())).holds();
    }
  }
}
