package org.hopscope.app.desktop.dock;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hopscope.app.desktop.canvas.scene.ObjectWords;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.Gateway;
import org.hopscope.model.kube.object.Ingress;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;

/** What is probably amiss in a cluster, read off what its API server holds. */
final class KubeProblems {
  private final Cluster cluster;
  private final List<Problem> found = new ArrayList<>();

  private KubeProblems(Cluster cluster) {
    this.cluster = cluster;
  }

  static List<Problem> of(Cluster cluster) {
    KubeProblems problems = new KubeProblems(cluster);
    cluster.nodes().forEach(problems::unheard);
    cluster.pods().forEach(problems::unplaced);
    cluster.services().forEach(problems::unanswered);
    cluster.all(Kind.INGRESS).map(Ingress.class::cast).forEach(problems::unserved);
    cluster.all(Kind.GATEWAY).map(Gateway.class::cast).forEach(problems::unserved);
    return problems.found;
  }

  private void unheard(KubeNode node) {
    if (!node.ready()) {
      found.add(new Problem(new Selection.OfHost(node.meta().name()), cluster.name(),
          Messages.text("problem.node", node.meta().name())));
    }
  }

  /** It is nowhere on the canvas, so the cluster is shown. */
  private void unplaced(KubePod pod) {
    if (pod.node().isEmpty() && !pod.status().terminating()) {
      found.add(new Problem(new Selection.OfCluster(cluster.name()), cluster.name(),
          Messages.text("problem.pod", ObjectWords.name(pod))));
    }
  }

  private void unanswered(KubeService service) {
    boolean answered = ObjectWords.endpoints(cluster, service).stream().map(EndpointSlice.Endpoint::conditions)
        .anyMatch(c -> c.ready());
    service.selector().filter(_ -> !answered).ifPresent(labels -> add(service, "problem.endpoints",
        labels.entrySet().stream().map(l -> l.getKey() + "=" + l.getValue()).collect(Collectors.joining(","))));
  }

  private void unserved(Ingress ingress) {
    if (ingress.addresses().isEmpty()) {
      ingress.className().ifPresentOrElse(name -> add(ingress, "problem.ingress", name),
          () -> add(ingress, "problem.ingress.classless"));
    }
  }

  private void unserved(Gateway gateway) {
    if (gateway.addresses().isEmpty()) {
      add(gateway, "problem.ingress", gateway.className());
    }
  }

  private void add(KubeObject about, String key, String... more) {
    String[] words = new String[more.length + 1];
    words[0] = about.kind().word() + " " + ObjectWords.name(about);
    System.arraycopy(more, 0, words, 1, more.length);
    found.add(new Problem(new Selection.OfObject(cluster.name(), about.key()), cluster.name(),
        Messages.text(key, (Object[]) words)));
  }
}
