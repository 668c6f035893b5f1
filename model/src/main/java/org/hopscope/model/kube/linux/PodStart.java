package org.hopscope.model.kube.linux;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.ContainerRuntime;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.DeviceRef;

/**
 * How a pod came to run, step by step (sem-V10; les-B4): scheduler, kubelet, runtime, sandbox, plugins of CNI, containers. The
 * steps follow from the pod and its node; what was done on the node is said in the very edits that made the pod.
 */
public final class PodStart {
  private static final ResourceBundle WORDS = ResourceBundle.getBundle(PodStart.class.getName(), Locale.ROOT);

  private final KubePod pod;
  private final KubeNode node;
  private final ContainerRuntime runtime;
  private final List<Step> steps = new ArrayList<>();

  private PodStart(KubePod pod, KubeNode node) {
    this.pod = pod;
    this.node = node;
    runtime = ContainerRuntime.of(node);
  }

  /** Where on the way from a manifest to a running pod a step is. */
  public enum Stage {
    SCHEDULED, SYNCED, ADAPTED, SANDBOX, CNI_ADD, ADDRESS, STARTED
  }

  /**
   * One step.
   *
   * @param stage where on the way
   * @param actor the program that acts
   * @param sentence what it does
   * @param edits what it does on the node, in order
   */
  public record Step(Stage stage, String actor, String sentence, List<Edit> edits) {
    public Step {
      edits = List.copyOf(edits);
    }
  }

  /** The steps of a pod; none before it has a node and addresses. */
  public static List<Step> of(Cluster cluster, KubePod pod) {
    Optional<KubeNode> node = pod.node().filter(_ -> pod.isRunning()).flatMap(cluster::node);
    if (node.isEmpty()) {
      return List.of();
    }
    PodStart start = new PodStart(pod, node.get());
    start.ask();
    List<Edit> made = Optional.ofNullable(Units.of(cluster).get("pod/" + pod.key().path())).stream()
        .flatMap(u -> u.constructs().stream()).flatMap(c -> c.make().stream()).toList();
    if (pod.spec().hostNetwork()) {
      start.step(Stage.SANDBOX, start.runtime.called(), "sandbox.host", List.of(), node.get().meta().name());
    } else {
      start.sandbox(made, cluster.choices().plugin().word());
    }
    start.containers(made);
    return List.copyOf(start.steps);
  }

  private void step(Stage stage, String actor, String key, List<Edit> edits, Object... places) {
    steps.add(new Step(stage, actor, new MessageFormat(WORDS.getString(key), Locale.ROOT).format(Arrays.stream(places)
        .map(String::valueOf).toArray()), edits));
  }

  private void ask() {
    String on = node.meta().name();
    step(Stage.SCHEDULED, "kube-scheduler", "scheduled", List.of(), pod.key(), on);
    step(Stage.SYNCED, "kubelet", "synced", List.of(), on, runtime.socket());
    if (runtime == ContainerRuntime.DOCKER) {
      step(Stage.ADAPTED, "cri-dockerd", "adapted", List.of());
    }
  }

  private void sandbox(List<Edit> made, String plugin) {
    String netns = Units.netns(pod).orElseThrow().name();
    step(Stage.SANDBOX, runtime.called(), "sandbox", made.stream().filter(e -> e instanceof Edit.AddNetns).toList(),
        netns);
    List<Edit> loopback = made.stream().filter(PodStart::isLoopback).toList();
    String caller = runtime == ContainerRuntime.DOCKER ? "cri-dockerd" : runtime.called();
    step(Stage.CNI_ADD, caller, "add.loopback", loopback);
    List<Edit> wired = made.stream().filter(e -> !(e instanceof Edit.AddNetns) && !(e instanceof Edit.Serve)
        && !isLoopback(e)).toList();
    String key = WORDS.containsKey("add." + plugin) ? "add." + plugin : "add.other";
    step(Stage.CNI_ADD, caller, key, wired, plugin);
    step(Stage.ADDRESS, caller, "address", List.of(), pod.status().addresses().stream().map(Object::toString).collect(
        Collectors.joining(", ")));
  }

  private static boolean isLoopback(Edit edit) {
    return edit instanceof Edit.SetLink(DeviceRef link, var _) && link.name().equals("lo");
  }

  private void containers(List<Edit> made) {
    List<Edit> serves = made.stream().filter(e -> e instanceof Edit.Serve).toList();
    for (PodSpec.Container container : pod.spec().containers()) {
      List<Edit> own = serves.stream().filter(e -> e instanceof Edit.Serve(var _, var server) && container.listens()
          .stream().anyMatch(p -> p.port() == server.port().value())).toList();
      step(Stage.STARTED, runtime.called(), "started", own, container.name(), container.image());
    }
  }
}
