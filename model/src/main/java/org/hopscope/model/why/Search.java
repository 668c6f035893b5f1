package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.shell.Commands;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.PacketCopy;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** Tries ideas on a lab: singles first, then on top of those that brought the probe further. */
final class Search {
  /** How much may be simulated in all: steps, and for each lab tried as many again as making it takes the time of. */
  private static final long BUDGET = 1_500_000;
  private static final long LAB = 1_500;
  private static final int DEEPEST = 3;
  private static final int BEAM = 8;
  private static final int MOST = 5;
  /** Ideas that are so much less likely than one that helped are not tried. */
  private static final double BEYOND = 0.7;
  private static final double SURE = 0.9;
  private static final Simulator.Limits LIMITS = new Simulator.Limits(4_000, 40_000);

  private final LabState lab;
  private final Probe probe;
  private final Scene scene;
  private final List<Tried> solutions = new ArrayList<>();
  private long spent;

  /**
   * Ideas that were tried together.
   *
   * @param cost theirs
   * @param reasons theirs
   * @param edits what was done
   * @param after the lab then
   * @param trace the probe in it
   */
  private record Tried(double cost, List<String> reasons, List<Edit> edits, LabState after, Trace trace) {
  }

  Search(Trace failed) {
    lab = failed.start();
    probe = failed.probe();
    scene = new Scene(failed);
  }

  /** What helps, the likeliest fault first. */
  List<Suggestion> suggestions() {
    Tried start = new Tried(0, List.of(), List.of(), lab, scene.trace);
    List<Tried> level = List.of(start);
    long before = progress(scene.trace);
    for (int depth = 1; depth <= DEEPEST && !level.isEmpty() && !satisfied(); depth++) {
      List<Tried> next = new ArrayList<>();
      for (Tried from : level) {
        next.addAll(extend(from, depth == 1 ? scene : new Scene(from.trace())));
      }
      level = next.stream().filter(t -> progress(t.trace()) > before || t.cost() < 0.55).sorted(Comparator
          .comparingDouble((Tried t) -> t.cost() - (progress(t.trace()) > before ? 0.5 : 0))).limit(BEAM).toList();
    }
    return ranked();
  }

  private boolean satisfied() {
    return spent > BUDGET || solutions.stream().anyMatch(s -> s.cost() < SURE);
  }

  private double best() {
    return solutions.stream().mapToDouble(Tried::cost).min().orElse(Double.MAX_VALUE / 2);
  }

  /** Tries every idea on top of what was done; gives those that were done and did not yet help. */
  private List<Tried> extend(Tried from, Scene there) {
    List<Tried> partial = new ArrayList<>();
    for (Idea idea : ideas(there)) {
      double cost = from.cost() + idea.cost() + (from.edits().isEmpty() ? 0 : 0.2);
      if (spent > BUDGET || cost > best() + BEYOND) {
        break;
      }
      spent += LAB;
      Trial.of(from.after(), idea).ifPresent(trial -> {
        Trace trace = Simulator.run(trial.after(), probe, LIMITS);
        spent += trace.steps().size();
        List<Edit> edits = Stream.concat(from.edits().stream(), trial.edits().stream()).toList();
        List<String> reasons = Stream.concat(from.reasons().stream(), Stream.of(idea.reason())).distinct().toList();
        Tried tried = new Tried(cost, reasons, edits, trial.after(), trace);
        (trace.result().succeeded() ? solutions : partial).add(tried);
      });
    }
    return partial;
  }

  private static List<Idea> ideas(Scene scene) {
    Ideas ideas = new Ideas();
    LinkIdeas.have(scene, ideas);
    AddressIdeas.have(scene, ideas);
    NeighbourIdeas.have(scene, ideas);
    RouteIdeas.have(scene, ideas);
    SysctlIdeas.have(scene, ideas);
    FilterIdeas.have(scene, ideas);
    ServerIdeas.have(scene, ideas);
    TunnelIdeas.have(scene, ideas);
    IpTunnelIdeas.have(scene, ideas);
    NftIdeas.have(scene, ideas);
    NftNatIdeas.have(scene, ideas);
    BalanceIdeas.have(scene, ideas);
    DockerIdeas.have(scene, ideas);
    ClusterIdeas.have(scene, ideas);
    OvsIdeas.have(scene, ideas);
    VlanIdeas.have(scene, ideas);
    MoveIdeas.have(scene, ideas);
    return ideas.sorted();
  }

  /** How far a probe came: by which devices its packets went, those coming back counting for more. */
  private static long progress(Trace trace) {
    Set<Integer> lost = new HashSet<>();
    for (Step step : trace.steps()) {
      if (step.event() instanceof Event.Ended(Fate.Died(DropReason why)) && Scene.isStray(why)) {
        lost.add(step.copy());
      }
    }
    Set<List<Object>> seen = new HashSet<>();
    long sum = 0;
    for (Step step : trace.steps()) {
      boolean moved = step.event() instanceof Event.Received || step.event() instanceof Event.Transmitted
          || step.event() instanceof Event.Ended(Fate.Delivered _);
      PacketCopy.Role role = trace.copies().get(step.copy()).role();
      if (moved && !lost.contains(step.copy()) && seen.add(List.of(role, step.where(), step.device()))) {
        sum += switch (role) {
          case REPLY -> 100;
          case REQUEST -> 10;
          case ARP_REPLY -> 2;
          case ARP_REQUEST -> 1;
          case ICMP_ERROR, COPY -> 0;
        };
      }
    }
    return sum;
  }

  private List<Suggestion> ranked() {
    if (solutions.isEmpty()) {
      return List.of();
    }
    Others others = Others.of(lab, probe, scene.path);
    record Scored(double score, Suggestion suggestion) {
    }
    List<Scored> scored = new ArrayList<>();
    solutions.stream().sorted(Comparator.comparingDouble(Tried::cost)).limit(MOST + 1).forEach(tried -> {
      Others.Effect effect = others.in(tried.after());
      double mends = effect.failing() == 0 ? 0 : 0.15 * effect.repairs() / effect.failing();
      double score = tried.cost() + 0.03 * tried.edits().size() - mends + (effect.breaks().isEmpty() ? 0 : 3);
      Edit edit = tried.edits().size() == 1 ? tried.edits().getFirst() : new Edit.Together(tried.edits());
      scored.add(new Scored(score, new Suggestion(edit, Commands.of(lab, edit), tried.reasons(), effect.breaks(),
          effect.repairs())));
    });
    return scored.stream().sorted(Comparator.comparingDouble(Scored::score)).map(Scored::suggestion).limit(MOST)
        .toList();
  }
}
