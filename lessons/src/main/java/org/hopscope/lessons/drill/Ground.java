package org.hopscope.lessons.drill;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.fault.GeneratedLab;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.reach.Place;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/**
 * A lab that works, before anything is broken in it.
 *
 * @param lesson the lesson whose solved lab it is; empty for one made from a seed
 * @param lab the lab, an hour after the last packet
 * @param probes what is sent to see that it works, with what came of each
 */
record Ground(Optional<Lesson.Card> lesson, LabState lab, List<Sent> probes) {
  private static final long HOUR = 3_600_000_000_000L;
  /** So many pairs are asked besides the lab's own probes. */
  private static final int PAIRS = 24;

  Ground {
    probes = List.copyOf(probes);
  }

  /** A probe, its trace where all is well, and whether it is answered. */
  record Sent(Probe probe, Trace trace, boolean answered) {
  }

  static Ground of(GeneratedLab made) {
    return of(Optional.empty(), made.lab(), made.probes());
  }

  /** The solved lab of a lesson. */
  static Ground of(Lesson lesson) {
    LabState lab = Rehearsal.of(lesson.start(), Attempt.NONE, lesson.answers().solution()).lab();
    return of(Optional.of(lesson.card()), lab,
        lesson.goals().stream().flatMap(g -> g.probes(lab).stream()).toList());
  }

  private static Ground of(Optional<Lesson.Card> lesson, LabState worked, List<Probe> own) {
    Session session = new Session(worked);
    session.apply(new Edit.Sleep(HOUR));
    LabState lab = session.state().withNotes(withoutProbes(worked.notes()));
    Set<Probe> all = new LinkedHashSet<>(own);
    all.addAll(pairs(lab));
    Simulator.Series series = new Simulator.Series();
    return new Ground(lesson, lab, all.stream().filter(p -> lab.find(p.from()).isPresent()).map(p -> {
      Trace trace = series.run(lab, p);
      return new Sent(p, trace, trace.result().succeeded());
    }).toList());
  }

  private static Notes withoutProbes(Notes notes) {
    return notes.withProbes(Notes.NONE.probes());
  }

  /** Some of the pairs of namespaces, spread evenly: a ping, or a question to a server. */
  private static List<Probe> pairs(LabState lab) {
    List<Probe> all = new ArrayList<>();
    for (IpFamily family : IpFamily.values()) {
      List<Place> places = Place.all(lab, family);
      for (Place from : places) {
        for (Place to : places) {
          if (!from.netns().equals(to.netns())) {
            all.add(Probe.ping(from.netns(), to.address()));
            server(lab, to.netns()).map(s -> ask(from.netns(), to, s)).ifPresent(all::add);
          }
        }
      }
    }
    int step = Math.max(1, (all.size() + PAIRS - 1) / PAIRS);
    List<Probe> some = new ArrayList<>();
    for (int i = 0; i < all.size(); i += step) {
      some.add(all.get(i));
    }
    return some;
  }

  private static Optional<Server> server(LabState lab, NetnsId netns) {
    return lab.find(netns).orElseThrow().servers().stream().filter(s -> s.on().isEmpty()).findFirst();
  }

  private static Probe ask(NetnsId from, Place to, Server server) {
    return server.transport() == Transport.TCP ? Probe.tcp(from, to.address(), server.port().value())
        : Probe.udp(from, to.address(), server.port().value());
  }
}
