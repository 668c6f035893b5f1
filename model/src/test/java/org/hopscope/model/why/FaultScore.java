package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.hopscope.model.fault.Fault;
import org.hopscope.model.fault.Faults;
import org.hopscope.model.fault.GeneratedLab;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/**
 * Labs with one fault each, from seeds. The system property {@code faults} says how many, {@code seed} from where on,
 * {@code fault} and {@code shape} of which kind alone.
 */
final class FaultScore {
  final Map<String, Score> scores = new TreeMap<>();
  final List<String> misses = new ArrayList<>();
  private long slowest;

  /** How often a kind of fault was tried, named first, and mended without breaking anything. */
  record Score(int tried, int named, int mended) {
    Score plus(boolean name, boolean mend) {
      return new Score(tried + 1, named + (name ? 1 : 0), mended + (mend ? 1 : 0));
    }
  }

  /** Prints the score of {@code faults} labs. */
  static void main() {
    System.out.println(of(Integer.getInteger("faults", 200)).table());
  }

  static FaultScore of(int wanted) {
    FaultScore score = new FaultScore();
    int done = 0;
    for (long seed = Long.getLong("seed", 1); done < wanted; seed++) {
      done += score.one(seed) ? 1 : 0;
    }
    return score;
  }

  Score sum() {
    return scores.values().stream().reduce(new Score(0, 0, 0),
        (a, b) -> new Score(a.tried() + b.tried(), a.named() + b.named(), a.mended() + b.mended()));
  }

  private boolean one(long seed) {
    Random random = new Random(seed * 7919);
    GeneratedLab.Shape[] shapes = GeneratedLab.Shape.values();
    String only = System.getProperty("shape", "");
    GeneratedLab.Shape shape =
        only.isEmpty() ? shapes[random.nextInt(shapes.length)] : GeneratedLab.Shape.valueOf(only);
    GeneratedLab made = new GeneratedLab(shape, seed);
    Faults faults = new Faults(made.lab(), seed);
    List<String> kinds = faults.kinds();
    String kind = System.getProperty("fault", kinds.get(random.nextInt(kinds.size())));
    Optional<Fault> fault = faults.of(kind);
    Optional<Probe> flipped = fault.flatMap(f -> made.probes().stream()
        .filter(p -> f.after().find(p.from()).isPresent() && !Simulator.run(f.after(), p).result().succeeded())
        .findFirst());
    if (flipped.isEmpty()) {
      return false;
    }
    judge(shape + " " + seed, made, fault.get(), flipped.get());
    return true;
  }

  private void judge(String which, GeneratedLab made, Fault fault, Probe probe) {
    List<Probe> working =
        made.probes().stream().filter(p -> fault.after().find(p.from()).isPresent())
            .filter(p -> Simulator.run(fault.after(), p).result().succeeded()).toList();
    long start = System.nanoTime();
    Explanation why = WhyNot.ask(fault.after(), probe);
    long millis = (System.nanoTime() - start) / 1_000_000;
    slowest = Math.max(slowest, millis);
    Optional<Suggestion> first = why.suggestions().stream().findFirst();
    boolean named = first.filter(fault::isNamedBy).isPresent();
    boolean mended = first.map(s -> mends(fault.after(), s, probe, working)).orElse(false);
    scores.merge(fault.kind(), new Score(0, 0, 0).plus(named, mended), (a, b) -> a.plus(named, mended));
    if (!named || !mended) {
      misses.add(which + " " + fault.kind() + " " + fault.lines() + " PROBE " + probe.from() + " -> "
          + probe.to()
          + " " + probe.action().getClass().getSimpleName() + (mended ? "" : " NOT MENDED") + " " + millis
          + " ms; FACTS "
          + why.facts().stream().skip(Math.max(0, why.facts().size() - 2)).map(Fact::sentence).toList() + "; GOT "
          + why.suggestions().stream().limit(3).map(s -> s.commands() + " breaks " + s.breaks()).toList());
    }
  }

  private static boolean mends(LabState lab, Suggestion suggestion, Probe probe, List<Probe> working) {
    return Editor.apply(lab, suggestion.edit()) instanceof Editor.Result.Done(LabState after)
        && Simulator.run(after, probe).result().succeeded()
        && working.stream().allMatch(p -> after.find(p.from()).isPresent())
        && working.stream().map(p -> Simulator.run(after, p)).map(Trace::result).allMatch(r -> r.succeeded());
  }

  String table() {
    StringBuilder out = new StringBuilder("kind\ttried\tnamed\tmended\n");
    scores.forEach(
        (kind, s) -> out.append(kind).append('\t').append(s.tried()).append('\t').append(s.named()).append('\t')
            .append(s.mended()).append('\n'));
    Score sum = sum();
    out.append("all\t").append(sum.tried()).append('\t').append(sum.named()).append('\t').append(sum.mended())
        .append("\tslowest ").append(slowest).append(" ms\n");
    misses.forEach(m -> out.append("  ").append(m).append('\n'));
    return out.toString();
  }
}
