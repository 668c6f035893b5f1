package org.hopscope.model.fault;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Shell;

/** Breaks one thing of a lab. What can be broken is read from the lab; which thing it is follows from a seed. */
public final class Faults {
  private final LabState lab;
  private final Breakages ways;

  /** What can be broken in a lab. */
  public Faults(LabState lab, long seed) {
    this.lab = lab;
    ways = new Breakages(new Random(seed));
    DeviceFaults devices = new DeviceFaults(lab, ways);
    lab.devices().values().stream().filter(d -> !d.isLoopback()).forEach(devices::add);
    NetnsFaults netns = new NetnsFaults(lab, ways);
    lab.netns().values().forEach(netns::add);
    new EngineFaults(lab, ways).add();
  }

  /** The kinds of faults that can be tried here; see {@link Area}. */
  public List<String> kinds() {
    return ways.kinds();
  }

  /** A fault of a kind, another one each time; empty when there is none, or the lab refuses it. */
  public Optional<Fault> of(String kind) {
    List<Breakages.Breakage> all = ways.of(kind);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Breakages.Breakage chosen = all.get(ways.number(all.size()));
    Session session = new Session(lab);
    boolean done = chosen.lines().stream().allMatch(line -> Shell.run(session, chosen.at(), line).exit() == 0);
    return Optional.of(new Fault(kind, chosen.at(), chosen.lines(), session.state(), chosen.marks())).filter(_ -> done);
  }
}
