package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.SavedProbe;
import org.hopscope.model.shell.Places;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/** Other probes, by which it is seen what else an edit would mend or break: those saved with the lab, and who reaches whom. */
final class Others {
  private static final int MOST = 160;
  /** How many steps all of them may take: in a large lab fewer are asked. */
  private static final int STEPS = 25_000;
  /** A prime above {@link #MOST}: so that fewer are still some from everywhere. */
  private static final int SPREAD = 163;

  private final List<Other> all = new ArrayList<>();

  /**
   * A probe beside the one that failed.
   *
   * @param name what people call it
   * @param works whether it succeeds in the lab as it is
   * @param mustFail whether somebody saved it as one that has to fail
   * @param saved whether somebody saved it at all: others are moot once nobody has the address any more
   */
  private record Other(String name, Probe probe, boolean works, boolean mustFail, boolean saved) {
  }

  /** What an edit does to other probes: the names of those it breaks, how many it mends, and how many there were to mend. */
  record Effect(List<String> breaks, int repairs, int failing) {
  }

  private Others() {
  }

  static Others of(LabState lab, Probe failed, Set<NetnsId> near) {
    Others others = new Others();
    Simulator.Series series = new Simulator.Series();
    for (SavedProbe saved : lab.notes().probes().values()) {
      if (!saved.probe().equals(failed) && lab.find(saved.probe().from()).isPresent()) {
        others.all.add(new Other(saved.name(), saved.probe(), series.run(lab, saved.probe()).result().succeeded(),
            !saved.expectSuccess(), true));
      }
    }
    List<Probe> pairs = pairs(lab, failed, near);
    int spent = 0;
    for (int i = 0; i < pairs.size() && spent < STEPS; i++) {
      Probe probe = pairs.get((int) ((long) i * SPREAD % pairs.size()));
      if (!probe.equals(failed)) {
        Trace trace = series.run(lab, probe);
        spent += trace.steps().size();
        others.all.add(new Other(name(lab, probe), probe, trace.result().succeeded(), false, false));
      }
    }
    return others;
  }

  private static String name(LabState lab, Probe probe) {
    String to = switch (probe.action()) {
      case Probe.Connect(var port, var _) -> probe.to() + ":" + port + "/tcp";
      case Probe.Datagram(var port, var _) -> probe.to() + ":" + port + "/udp";
      case Probe.Ping _,Probe.Traceroute _,Probe.Tracepath _,Probe.Arping _ -> probe.to().toString();
    };
    return Places.name(lab, probe.from()) + " -> " + to;
  }

  /** Pings and questions to servers between namespaces, those near the failed probe first. */
  private static List<Probe> pairs(LabState lab, Probe failed, Set<NetnsId> near) {
    Set<Netns> places = new LinkedHashSet<>();
    near.stream().flatMap(n -> lab.find(n).stream()).forEach(places::add);
    places.addAll(lab.netns().values());
    List<Netns> some = places.stream().filter(n -> address(lab, n, failed).isPresent()).limit(20).toList();
    List<Probe> all = new ArrayList<>();
    for (Netns from : some) {
      for (Netns to : some) {
        if (!from.id().equals(to.id())) {
          IpAddress address = address(lab, to, failed).orElseThrow();
          all.add(Probe.ping(from.id(), address));
          to.servers().stream().filter(s -> s.on().isEmpty()).limit(1).map(s -> ask(from, address, s))
              .forEach(all::add);
        }
      }
    }
    int step = Math.max(1, (all.size() + MOST - 1) / MOST);
    List<Probe> chosen = new ArrayList<>();
    for (int i = 0; i < all.size(); i += step) {
      chosen.add(all.get(i));
    }
    return chosen;
  }

  private static Probe ask(Netns from, IpAddress address, Server server) {
    return server.transport() == Transport.TCP ? Probe.tcp(from.id(), address, server.port().value())
        : Probe.udp(from.id(), address, server.port().value());
  }

  private static Optional<IpAddress> address(LabState lab, Netns netns, Probe like) {
    return lab.devicesOf(netns.id()).stream().filter(d -> !d.isLoopback())
        .flatMap(d -> d.globalAddresses(like.to().family()).stream()).map(InterfaceAddress::address).findFirst();
  }

  /** What becomes of them in a lab that was changed. */
  Effect in(LabState after) {
    Simulator.Series series = new Simulator.Series();
    List<String> breaks = new ArrayList<>();
    int repairs = 0;
    int failing = 0;
    Set<IpAddress> owned = after.devices().values().stream().flatMap(d -> d.globalAddresses().stream())
        .map(InterfaceAddress::address).collect(Collectors.toSet());
    for (Other other : all) {
      if (!other.saved() && !owned.contains(other.probe().to())) {
        continue;
      }
      boolean there = after.find(other.probe().from()).isPresent();
      boolean works = there && series.outcome(after, other.probe()).succeeded();
      if (other.works() != works && (other.works() || other.mustFail()) && !(other.works() && other.mustFail())) {
        breaks.add(other.name());
      } else if (!other.works() && !other.mustFail()) {
        failing++;
        repairs += works ? 1 : 0;
      }
    }
    return new Effect(breaks, repairs, failing);
  }
}
