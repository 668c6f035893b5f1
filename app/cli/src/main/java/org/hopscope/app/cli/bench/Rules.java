package org.hopscope.app.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.iptables.RestoreFile;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/** kube-proxy's layout of rules on one node: how long it takes to load, and what a flow through it costs. */
final class Rules {
  private static final int LOADS = 11;
  private static final int FLOWS = 100;
  private static final double SECOND = 1e9;
  private static final NetnsId NODE = Labs.host("node");

  private Rules() {
  }

  static List<Figure> measure(int services) {
    String params = "services=" + services + ",endpoints=3,tool=hopscope";
    String text = text(services);
    Session session = new Session(node());
    LabState before = session.state();
    List<Double> loads = new ArrayList<>();
    for (int i = 0; i < LOADS; i++) {
      session = new Session(before);
      long start = System.nanoTime();
      restore(session, text);
      loads.add((System.nanoTime() - start) / SECOND);
    }
    LabState lab = session.state();
    double median = loads.subList(1, LOADS).stream().sorted().toList().get(LOADS / 2);
    flow(lab, service(0), 80, 1);
    flow(lab, service(services - 1), 80, 1);
    double empty = flow(before, "10.244.0.3", 8080, 1);
    double once = flow(lab, service(0), 80, 1);
    double last = flow(lab, service(services - 1), 80, 1);
    double first = Math.min(once, flow(lab, service(0), 80, 1));
    double many = flow(lab, service(services - 1), 80, 201);
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return List.of(
        new Figure("kubeproxy", params, "rules", text.lines().filter(l -> l.startsWith("-A")).count(), "rules"),
        new Figure("kubeproxy", params, "restore_s", median, "s"),
        new Figure("kubeproxy", params, "restore_cold_s", loads.getFirst(), "s"),
        new Figure("kubeproxy", params, "direct_pod_udp_us", empty / 1000, "us"),
        new Figure("kubeproxy", params, "first_svc_udp_us", first / 1000, "us"),
        new Figure("kubeproxy", params, "last_svc_udp_us", last / 1000, "us"),
        new Figure("kubeproxy", params, "walk_ns_per_rule", (last - first) / services, "ns"),
        new Figure("kubeproxy", params, "last_svc_established_us", (many - last) / 200 / 1000, "us"),
        new Figure("kubeproxy", params, "heap_bytes", runtime.totalMemory() - runtime.freeMemory(), "bytes"));
  }

  /** What {@code iptables-restore} does with its standard input. */
  private static void restore(Session session, String text) {
    RestoreFile.Options options = new RestoreFile.Options(false, false, false, Optional.empty());
    RestoreFile file = RestoreFile.read(IpFamily.INET, text.lines().toList(), options, "iptables-restore");
    Outcome outcome = session.apply(new Edit.RestoreRules(NODE, IpFamily.INET, file.sections(), false));
    if (file.stopped().isPresent() || !(outcome instanceof Outcome.Applied)) {
      throw new IllegalStateException("not loaded: " + file.stopped() + " " + outcome.getClass());
    }
  }

  /** Nanoseconds that a client's questions to a service take, each time from tables that know nothing of it. */
  private static double flow(LabState lab, String address, int port, int questions) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < FLOWS; i++) {
      Optional<PortNumber> from = questions == 1 ? Optional.empty() : Optional.of(new PortNumber(40_000));
      Probe probe = new Probe(Labs.host("p0"), IpAddress.of(address), Optional.empty(), Optional.empty(),
          new Probe.Datagram(new PortNumber(port), new Probe.ClientOptions(questions, from, 0, 800, false)));
      long start = System.nanoTime();
      Trace trace = Simulator.run(lab, probe);
      times.add(System.nanoTime() - start);
      if (!trace.result().succeeded()) {
        throw new IllegalStateException("not answered: " + trace.result());
      }
    }
    return times.stream().sorted().toList().get(FLOWS / 4);
  }

  /** A client's pod and three pods that serve, behind a bridge. */
  private static LabState node() {
    Session session = new Session(Editor.fresh(1));
    Labs.type(session, "ip netns add node", "ip -n node link set lo up", "ip -n node link add br0 type bridge",
        "ip -n node link set br0 up", "ip -n node addr add 10.244.0.1/24 dev br0",
        "ip netns exec node sysctl -w net.ipv4.ip_forward=1",
        "ip netns exec node sysctl -w net.bridge.bridge-nf-call-iptables=1");
    for (int i = 0; i < 4; i++) {
      String pod = "p" + i;
      Labs.type(session, "ip netns add " + pod,
          "ip -n node link add v" + i + " type veth peer name eth0 netns " + pod,
          "ip -n node link set v" + i + " master br0 up", "ip -n " + pod + " link set lo up",
          "ip -n " + pod + " addr add 10.244.0." + (i + 2) + "/24 dev eth0", "ip -n " + pod + " link set eth0 up",
          "ip -n " + pod + " route add default via 10.244.0.1");
    }
    for (int i = 1; i < 4; i++) {
      Labs.type(session, "serve p" + i + " 8080/udp");
    }
    return session.state();
  }

  private static String service(int i) {
    return "10.96." + (i >> 8) + "." + (i & 0xff);
  }

  private static String chain(String kind, int i, int j) {
    return String.format(Locale.ROOT, "KUBE-%s-%016X", kind, i * 7919L * 104_729L + j);
  }

  /** The text of the rules, as kube-proxy lays them out. */
  private static String text(int services) {
    StringBuilder out = new StringBuilder("""
        *nat
        :PREROUTING ACCEPT [0:0]
        :INPUT ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :POSTROUTING ACCEPT [0:0]
        :KUBE-SERVICES - [0:0]
        :KUBE-NODEPORTS - [0:0]
        :KUBE-MARK-MASQ - [0:0]
        :KUBE-POSTROUTING - [0:0]
        """);
    for (int i = 0; i < services; i++) {
      out.append(':').append(chain("SVC", i, 0)).append(" - [0:0]\n");
      for (int j = 0; j < 3; j++) {
        out.append(':').append(chain("SEP", i, j)).append(" - [0:0]\n");
      }
    }
    out.append("""
        -A PREROUTING -j KUBE-SERVICES
        -A OUTPUT -j KUBE-SERVICES
        -A POSTROUTING -j KUBE-POSTROUTING
        -A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
        -A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
        -A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0
        -A KUBE-POSTROUTING -j MASQUERADE
        """);
    for (int i = 0; i < services; i++) {
      boolean both = i == 0 || i == services - 1;
      for (String protocol : both ? List.of("tcp", "udp") : List.of("tcp")) {
        out.append(String.format(Locale.ROOT, "-A KUBE-SERVICES -d %s/32 -p %s -m comment --comment "
            + "\"lab/svc-%d:web cluster IP\" -m %s --dport 80 -j %s\n", service(i), protocol, i, protocol,
            chain("SVC", i, 0)));
      }
      for (int j = 0; j < 3; j++) {
        endpoint(out, i, j, both);
      }
    }
    return out.append("-A KUBE-SERVICES -m comment --comment \"kubernetes service nodeports\" -m addrtype "
        + "--dst-type LOCAL -j KUBE-NODEPORTS\nCOMMIT\n").toString();
  }

  private static void endpoint(StringBuilder out, int i, int j, boolean both) {
    String endpoint = chain("SEP", i, j);
    String pick =
        j == 2 ? "" : String.format(Locale.ROOT, "-m statistic --mode random --probability %.11f ", 1.0 / (3 - j));
    String address = "10.244.0." + (j + 3);
    out.append(String.format(Locale.ROOT, "-A %s -m comment --comment \"lab/svc-%d:web\" %s-j %s\n",
        chain("SVC", i, 0), i, pick, endpoint));
    out.append(String.format(Locale.ROOT, "-A %s -s %s/32 -m comment --comment \"lab/svc-%d:web\" -j KUBE-MARK-MASQ\n",
        endpoint, address, i));
    for (String protocol : both ? List.of("tcp", "udp") : List.of("tcp")) {
      out.append(String.format(Locale.ROOT, "-A %s -p %s -m comment --comment \"lab/svc-%d:web\" -m %s -j DNAT "
          + "--to-destination %s:8080\n", endpoint, protocol, i, protocol, address));
    }
  }
}
