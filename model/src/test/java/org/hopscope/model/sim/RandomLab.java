package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.net.Transport;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.trace.Trace;

/** A lab of two bridged segments with a router between them, some things of which are broken; all from a seed. */
final class RandomLab {
  private final Random random;
  private final Wiring wiring = new Wiring();
  private final List<String> stations = new ArrayList<>();

  RandomLab(long seed) {
    random = new Random(seed);
    wiring.netns("gw").sysctl("gw", "net.ipv4.ip_forward", chance(80) ? "1" : "0");
    for (int segment = 1; segment <= 2; segment++) {
      wiring.bridge("@host:br" + segment);
      plugRouter(segment);
      int count = 1 + random.nextInt(3);
      for (int i = 1; i <= count; i++) {
        String name = "s" + segment + i;
        wiring.station(name, "@host:br" + segment, "10.0." + segment + "." + i + "/24");
        stations.add(name);
        if (chance(85)) {
          wiring.route(name, "default", "10.0." + segment + ".254");
        }
        if (chance(50)) {
          wiring.serve(name, 80, Transport.TCP).serve(name, 53, Transport.UDP);
        }
      }
    }
    damage();
  }

  private void plugRouter(int segment) {
    wiring.veth("@host:g" + segment, "gw:e" + segment);
    wiring.edit(new Edit.SetLink(Wiring.ref("@host:g" + segment),
        LinkChange.master("br" + segment)));
    wiring.up("@host:g" + segment, "gw:e" + segment).address("gw:e" + segment, "10.0." + segment + ".254/24");
  }

  private void damage() {
    String victim = pick();
    switch (random.nextInt(9)) {
      case 0 -> wiring.down(victim + ":lo");
      case 1 -> wiring.down("@host:p-" + victim);
      case 2 -> wiring.mtu(victim + ":eth0", 700);
      case 3 -> wiring.mtu("gw:e2", 900);
      case 4 -> wiring.permanent(victim + ":eth0", "10.0.1.1", "02:00:00:00:00:77");
      case 5 -> wiring.sysctl(victim, "net.ipv4.conf.all.arp_ignore", "8");
      case 6 -> wiring.down("@host:br1");
      default -> {
      }
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String pick() {
    return stations.get(random.nextInt(stations.size()));
  }

  private Probe probe() {
    IpAddress to = IpAddress.of(chance(10)
        ? "10.9.9.9"
        : "10.0." + (1 + random.nextInt(2)) + "." + (chance(20) ? 254 : 1 + random.nextInt(4)));
    Probe.ClientOptions options =
        new Probe.ClientOptions(1 + random.nextInt(2), Optional.empty(), random.nextInt(3000), 800, chance(20));
    Probe.Action action = switch (random.nextInt(3)) {
      case 0 -> new Probe.Connect(new PortNumber(80), options);
      case 1 -> new Probe.Datagram(new PortNumber(53), options);
      default -> new Probe.Ping(1 + random.nextInt(7), random.nextInt(2500), chance(30), 1000, 1000, Optional.empty(),
          false);
    };
    return new Probe(Wiring.id(pick()), to, Optional.empty(), Optional.empty(), action);
  }

  /** The traces of some probes, one after the other. */
  List<Trace> traces(int count) {
    List<Trace> traces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      traces.add(wiring.run(probe()));
    }
    return traces;
  }
}
