package org.hopscope.app.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/** A large cluster from YAML: how soon it is there, what one more Service costs, and what a flow through one costs. */
final class Clusters {
  private static final int REPLICAS = 3;
  private static final int SERVICES_A_NODE = 10;
  private static final int FLOWS = 100;
  private static final int MORE = 20;
  private static final double SECOND = 1e9;

  private Clusters() {
  }

  /** So many nodes, ten Services for each of them, and three pods for each Service. */
  static List<Figure> measure(int nodes) {
    int services = nodes * SERVICES_A_NODE;
    String params = "nodes=" + nodes + ",services=" + services + ",pods=" + services * REPLICAS;
    double cold = ready(new Session(Editor.fresh(1)), nodes, services);
    double empty = Memory.live();
    Session session = new Session(Editor.fresh(1));
    double before = processor();
    double warm = ready(session, nodes, services);
    double worked = processor() - before;
    double heap = Memory.live() - empty;
    List<Double> more = new ArrayList<>();
    before = processor();
    for (int i = 0; i < MORE; i++) {
      long start = System.nanoTime();
      Labs.type(session, "kubectl apply -f - <<'EOF'\n" + service("more-" + i, "web-" + i) + "EOF");
      more.add((System.nanoTime() - start) / SECOND);
    }
    double each = (processor() - before) / MORE;
    return List.of(new Figure("cluster", params, "ready_cold_s", cold, "s"),
        new Figure("cluster", params, "ready_s", warm, "s"),
        new Figure("cluster", params, "ready_processor_s", worked, "s"),
        new Figure("cluster", params, "heap_mib", heap, "MiB"),
        new Figure("cluster", params, "one_more_service_s", Bench.medianOfLater(more), "s"),
        new Figure("cluster", params, "one_more_service_processor_s", each, "s"),
        new Figure("cluster", params, "service_flow_s", flow(session.state(), services - 1), "s"));
  }

  /** Seconds of processor time that the program took so far: what counts on a machine that has other things to do. */
  private static double processor() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / SECOND;
  }

  private static double ready(Session session, int nodes, int services) {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < services; i++) {
      yaml.append(deployment("web-" + i)).append("---\n").append(service("web-" + i, "web-" + i)).append("---\n");
    }
    session.apply(new Edit.WriteFile(LabState.FIRST_HOST, "/tmp/shop.yaml", yaml.toString().lines().toList(), false));
    long start = System.nanoTime();
    Labs.type(session, "hop cluster create big --dns none --nodes " + nodes, "kubectl apply -f /tmp/shop.yaml");
    return (System.nanoTime() - start) / SECOND;
  }

  private static String deployment(String name) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: NAME
        spec:
          replicas: 3
          selector:
            matchLabels:
              app: NAME
          template:
            metadata:
              labels:
                app: NAME
            spec:
              containers:
              - name: www
                image: nginx
                ports:
                - name: http
                  containerPort: 8080
        """.replace("NAME", name);
  }

  private static String service(String name, String app) {
    return """
        apiVersion: v1
        kind: Service
        metadata:
          name: NAME
        spec:
          selector:
            app: APP
          ports:
          - port: 80
            targetPort: http
        """.replace("NAME", name).replace("APP", app);
  }

  /** The median time of a pod's connection through a Service to a pod of another node, in a lab where nobody has met. */
  private static double flow(LabState lab, int number) {
    Cluster cluster = lab.clusters().firstEntry().getValue();
    KubeService service = (KubeService) cluster.find(new ObjectKey(Kind.SERVICE, "default", "web-" + number))
        .orElseThrow();
    IpAddress to = service.addressing().clusterIps().getFirst();
    List<KubePod> ends = cluster.pods().stream().filter(p -> p.meta().name().startsWith("web-" + number + "-"))
        .toList();
    NetnsId from = cluster.pods().stream().filter(p -> ends.stream().noneMatch(e -> e.node().equals(p.node())))
        .findFirst().flatMap(Reconciler::netns).orElseThrow();
    List<Double> times = new ArrayList<>();
    Simulator.Series series = new Simulator.Series();
    for (int i = 0; i < FLOWS; i++) {
      long start = System.nanoTime();
      Trace trace = series.run(lab, Probe.tcp(from, to, 80));
      times.add((System.nanoTime() - start) / SECOND);
      if (!trace.result().succeeded()) {
        throw new IllegalStateException("not answered: " + trace.result());
      }
    }
    return Bench.medianOfLater(times);
  }
}
