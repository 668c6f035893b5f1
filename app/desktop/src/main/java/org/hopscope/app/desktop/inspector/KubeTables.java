package org.hopscope.app.desktop.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.app.desktop.canvas.scene.ObjectWords;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.inspector.Row.Mood;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.codec.ObjectText;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;

/** What Kubernetes knows of a thing, as rows: how it is, what it leads to, which rows on a node stand for it, its manifest. */
final class KubeTables {
  private final LabState lab;
  private final Cluster cluster;

  /** A page that was made: good until something it tells of changes. */
  record Page(LabState lab, Subject subject, List<Row> rows) {
    static Page of(LabState lab, Subject subject) {
      return new Page(lab, subject, KubeTables.of(lab, subject));
    }

    boolean isGood(LabState now, Subject about) {
      return lab.clusters() == now.clusters() && lab.netns() == now.netns() && subject.equals(about);
    }
  }

  private KubeTables(LabState lab, Cluster cluster) {
    this.lab = lab;
    this.cluster = cluster;
  }

  /** The page of a subject; empty for what no cluster knows of. */
  static List<Row> of(LabState lab, Subject subject) {
    return switch (subject.object().orElseGet(() -> Things.of(subject.netns()))) {
      case Selection.OfCluster(String name) -> Optional.ofNullable(lab.clusters().get(name))
          .map(c -> new KubeTables(lab, c).cluster()).orElse(List.of());
      case Selection.OfObject(String name, ObjectKey key) -> Optional.ofNullable(lab.clusters().get(name))
          .flatMap(c -> c.find(key).map(o -> new KubeTables(lab, c).page(o))).orElse(List.of());
      case Selection.OfNetns(var id) -> Pods.at(lab, id)
          .map(p -> new KubeTables(lab, p.cluster()).page(p.pod())).orElse(List.of());
      case Selection.OfHost(String host) -> lab.clusterOf(host)
          .flatMap(c -> c.node(host).map(n -> new KubeTables(lab, c).page(n))).orElse(List.of());
      case Selection.OfDevice _,Selection.OfRemark _ -> List.of();
    };
  }

  private List<Row> cluster() {
    var choices = cluster.choices();
    List<Row> rows = new ArrayList<>(List.of(
        fact("inspector.kube.plugin", choices.plugin().word() + " " + choices.plugin().backend()),
        fact("inspector.kube.proxy", choices.proxy().word()),
        fact("inspector.kube.pods.cidr", choices.blocks().pods().toString()),
        fact("inspector.kube.services.cidr", choices.blocks().services().toString()),
        fact("inspector.kube.nodes.cidr", choices.blocks().nodes().toString())));
    rows.addAll(section("inspector.kube.nodes", cluster.nodes().stream().map(this::link)));
    for (Kind kind : List.of(Kind.SERVICE, Kind.NETWORK_POLICY, Kind.INGRESS, Kind.GATEWAY, Kind.HTTP_ROUTE,
        Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET)) {
      rows.addAll(titled(kind.word(), cluster.all(kind).map(this::link)));
    }
    return rows;
  }

  private List<Row> page(KubeObject object) {
    List<Row> rows = new ArrayList<>();
    switch (object) {
      case KubePod pod -> pod(pod, rows);
      case KubeNode node -> node(node, rows);
      case KubeService service -> service(service, rows);
      case Workload workload -> rows.addAll(section("inspector.kube.pods", cluster
          .all(Kind.POD, workload.meta().namespace()).filter(p -> workload.selector().matches(p.meta().labels()))
          .map(this::link)));
      case NetworkPolicy policy -> rows.addAll(section("inspector.kube.selected", cluster
          .all(Kind.POD, policy.meta().namespace()).filter(p -> policy.selector().matches(p.meta().labels()))
          .map(this::link)));
      case KubeObject _ -> {
      }
    }
    rows.addAll(section("inspector.kube.manifest",
        Stream.of(Row.plain(String.join("\n", ObjectText.yaml(object)), ""))));
    return rows;
  }

  private void pod(KubePod pod, List<Row> rows) {
    boolean ready = pod.isRunning() && pod.status().ready();
    rows.add(new Row(pod.status().addresses().stream().map(Object::toString).collect(Collectors.joining("  ")),
        pod.node().map(n -> Messages.text("inspector.kube.on", n)).orElse(Messages.text("inspector.kube.nowhere")),
        Messages.text(pod.status().terminating() ? "inspector.kube.terminating"
            : ready ? "inspector.kube.ready" : "inspector.kube.unready"),
        ready ? Mood.GOOD : Mood.CAREFUL, Optional.empty(), pod.node().map(Selection.OfHost::new)));
    rows.addAll(section("inspector.kube.containers", pod.spec().containers().stream().map(KubeTables::container)));
    List<KubeObject> about = Stream.concat(
        cluster.all(Kind.SERVICE, pod.meta().namespace()).filter(s -> s instanceof KubeService service
            && ObjectWords.endpoints(cluster, service).stream()
                .anyMatch(e -> e.target().equals(Optional.of(pod.key())))),
        cluster.all(Kind.NETWORK_POLICY, pod.meta().namespace()).filter(
            p -> p instanceof NetworkPolicy policy && policy.selector().matches(pod.meta().labels())))
        .toList();
    rows.addAll(section("inspector.kube.about", about.stream().map(this::link)));
  }

  private static Row container(PodSpec.Container container) {
    return Row.plain(container.name(), container.image() + container.ports().stream()
        .map(p -> "  " + p.port() + "/" + p.protocol().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining()));
  }

  private void node(KubeNode node, List<Row> rows) {
    rows.add(new Row(node.addresses().stream().map(Object::toString).collect(Collectors.joining("  ")),
        node.podCidrs().stream().map(Object::toString).collect(Collectors.joining("  ")),
        Messages.text(node.ready() ? "inspector.kube.ready" : "inspector.kube.unready"),
        node.ready() ? Mood.GOOD : Mood.BAD, Optional.empty(), Optional.empty()));
    rows.addAll(section("inspector.kube.pods",
        cluster.pods().stream().filter(p -> p.node().equals(Optional.of(node.meta().name()))).map(this::link)));
  }

  private void service(KubeService service, List<Row> rows) {
    rows.add(new Row(ObjectWords.line(cluster, service), service.selector()
        .map(s -> s.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(",")))
        .orElse(Messages.text("inspector.kube.noselector")), service.addressing().type().word(), Mood.PLAIN,
        Optional.empty(), Optional.empty()));
    rows.addAll(section("inspector.kube.endpoints",
        cluster.all(Kind.ENDPOINT_SLICE, service.meta().namespace()).map(EndpointSlice.class::cast)
            .filter(s -> s.service().equals(Optional.of(service.meta().name())))
            .flatMap(s -> s.endpoints().stream().map(e -> endpoint(s, e)))));
    cluster.nodes().stream().findFirst().filter(_ -> service.isProxied()).ifPresent(node -> rows.addAll(titled(
        Messages.text("inspector.kube.rules", node.meta().name()),
        ServiceRules.of(lab, NetnsId.root(node.meta().name()), service.key()).stream())));
  }

  private Row endpoint(EndpointSlice slice, EndpointSlice.Endpoint endpoint) {
    var conditions = endpoint.conditions();
    String ports = slice.ports().stream().map(p -> Integer.toString(p.port())).collect(Collectors.joining(","));
    return new Row(endpoint.addresses().getFirst() + (ports.isEmpty() ? "" : ":" + ports),
        endpoint.target().map(ObjectKey::name).orElse("") + endpoint.node().map(n -> "  " + n).orElse(""),
        Messages.text(conditions.ready() ? "inspector.kube.ready"
            : conditions.terminating()
                ? conditions.serving() ? "inspector.kube.serving" : "inspector.kube.terminating"
            : "inspector.kube.unready"),
        conditions.ready() ? Mood.GOOD : Mood.CAREFUL, Optional.empty(),
        endpoint.target().flatMap(cluster::find).flatMap(this::selection));
  }

  private Row link(KubeObject object) {
    String line = object instanceof KubePod pod
        ? pod.status().addresses().stream().map(Object::toString).collect(Collectors.joining("  "))
            + pod.node().map(n -> "  " + n).orElse("")
        : object instanceof KubeNode node
            ? node.addresses().stream().map(Object::toString).collect(Collectors.joining("  "))
        : ObjectWords.line(cluster, object);
    return new Row(ObjectWords.name(object), line, ObjectWords.badge(object.kind()), Mood.PLAIN, Optional.empty(),
        selection(object));
  }

  /** What stands for an object on the canvas. */
  private Optional<Selection> selection(KubeObject object) {
    return switch (object) {
      case KubePod pod -> Reconciler.netns(pod).<Selection>map(Selection.OfNetns::new);
      case KubeNode node -> Optional.of(new Selection.OfHost(node.meta().name()));
      case KubeObject other -> Optional.of(new Selection.OfObject(cluster.name(), other.key()));
    };
  }

  private static Row fact(String key, String value) {
    return new Row(Messages.text(key), "", value, Mood.PLAIN, Optional.empty(), Optional.empty());
  }

  private static List<Row> section(String key, Stream<Row> rows) {
    return titled(Messages.text(key), rows);
  }

  private static List<Row> titled(String title, Stream<Row> rows) {
    List<Row> all = rows.toList();
    return all.isEmpty() ? List.of()
        : Stream.concat(Stream.of(Row.plain(title, "").set(Row.Form.TITLE)), all.stream()).toList();
  }
}
