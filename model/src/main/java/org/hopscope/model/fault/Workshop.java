package org.hopscope.model.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.shell.Interpreter;
import org.hopscope.model.shell.Places;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;

/** A lab in the making, and the probes that are to succeed in it. */
class Workshop {
  private static final List<String> NAMES =
      List.of("ada", "bob", "cleo", "dan", "eva", "finn", "gus", "hana", "ivo", "jo");

  final Session session;
  final List<Probe> probes = new ArrayList<>();
  final Random random;
  /** A number that stands in its addresses, from 1 to 200. */
  final int net;

  Workshop(GeneratedLab.Shape shape, long seed) {
    random = new Random(seed * 31 + shape.ordinal());
    session = new Session(Editor.fresh(seed));
    net = 1 + random.nextInt(200);
  }

  LabState lab() {
    return session.state();
  }

  /** Itself, when something was done in it. */
  final Workshop made(Runnable work) {
    work.run();
    return this;
  }

  /** What a cluster is told by a file. */
  final void manifest(String text) {
    int exit = new Interpreter(session).run(lab().firstHost().root(), "kubectl apply -f - <<EOF\n" + text + "EOF\n",
        _ -> {
        });
    if (exit != 0) {
      throw new IllegalStateException("not applied: " + text);
    }
  }

  final String name(int i) {
    return NAMES.get((i + net) % NAMES.size());
  }

  final void run(String... lines) {
    for (String line : lines) {
      Reply reply = Shell.run(session, lab().firstHost().root(), line);
      if (reply.exit() != 0) {
        throw new IllegalStateException(line + ": " + reply.err());
      }
    }
  }

  final NetnsId at(String name) {
    return Places.find(lab(), "host", name).orElseThrow();
  }

  final void ping(String from, String to) {
    probes.add(Probe.ping(at(from), IpAddress.of(to)));
  }

  final void tcp(String from, String to, int port) {
    probes.add(Probe.tcp(at(from), IpAddress.of(to), port));
  }

  /** A probe that needs the whole MTU of its way. */
  final void big(String from, String to, int size) {
    probes.add(new Probe(at(from), IpAddress.of(to), Optional.empty(), Optional.empty(),
        new Probe.Ping(1, size - 28, true, 1000, 1000, Optional.empty(), false)));
  }

  final void netns(String... names) {
    for (String name : names) {
      run("ip netns add " + name, "ip -n " + name + " link set lo up");
    }
  }

  final void wire(String a, String deviceA, String addressA, String b, String deviceB, String addressB) {
    run("ip -n " + a + " link add name " + deviceA + " type veth peer name " + deviceB + " netns " + b);
    run("ip -n " + a + " addr add " + addressA + " dev " + deviceA,
        "ip -n " + b + " addr add " + addressB + " dev " + deviceB,
        "ip -n " + a + " link set dev " + deviceA + " up", "ip -n " + b + " link set dev " + deviceB + " up");
  }

  final void plug(String station, String bridge, String in, String address) {
    String on = in.isEmpty() ? "ip " : "ip -n " + in + " ";
    run(on + "link add p-" + station + " type veth peer name eth0 netns " + station,
        on + "link set p-" + station + " master " + bridge + " up",
        "ip -n " + station + " addr add " + address + " dev eth0", "ip -n " + station + " link set eth0 up");
  }

  final void forward(String netns) {
    run("ip netns exec " + netns + " sysctl -w net.ipv4.ip_forward=1");
  }
}
