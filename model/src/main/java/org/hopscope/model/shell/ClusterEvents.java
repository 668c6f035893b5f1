package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.Clockwork;
import org.hopscope.model.kube.control.ControlStep;
import org.hopscope.model.kube.control.Controllers;
import org.hopscope.model.kube.linux.PodStart;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.VirtualTime;

/**
 * What happens to clusters without anybody typing it at kubectl: nodes fail and come back, pods stop being ready, and time
 * passes, which lets the control plane do what is due then.
 */
final class ClusterEvents {
  private final Prompt prompt;

  private ClusterEvents(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, String verb, Args args) throws Stop {
    ClusterEvents events = new ClusterEvents(prompt);
    if (args.isEmpty()) {
      throw Stop.exit(2, ClusterProgram.USAGE);
    }
    return switch (verb) {
      case "node-down", "node-up" -> events.node(args.next(), verb.equals("node-up"));
      case "pod-start" -> events.start(args.next());
      case "pod-ready", "pod-unready" -> events.pod(args.next(), verb.equals("pod-ready"));
      case "watch" -> events.watch(args);
      default -> events.pass(args.next());
    };
  }

  private LabState lab() {
    return prompt.lab();
  }

  /** The cable of a node is pulled at the switch, and its kubelet is heard no more; or it is back. */
  private Command node(String name, boolean up) throws Stop {
    Cluster cluster = lab().clusterOf(name)
        .orElseThrow(() -> Stop.exit(1, "hop: no cluster has a node \"" + name + "\""));
    KubeNode node = cluster.node(name).orElseThrow();
    if (Clockwork.isStopped(node) != up) {
      throw Stop.exit(1, "hop: node \"" + name + "\" is " + (up ? "up" : "down") + " already");
    }
    DeviceRef plug = Reconciler.plug(cluster, name);
    String line = "hop cluster node-" + (up ? "up " : "down ") + name;
    Edit cable = new Edit.SetLink(plug, LinkChange.up(up));
    Controllers.Settled settled = up ? Clockwork.start(cluster, node, lab().now())
        : Clockwork.stop(cluster, node, lab().now());
    Editor.Result pulled = Editor.apply(lab(), cable);
    if (!(pulled instanceof Editor.Result.Done(LabState after))) {
      throw Stop.exit(1, "hop: " + plug + " is not there any more");
    }
    Reconciler.Put put = Reconciler.watched(after, settled.cluster(), line);
    return done(line, List.of(cable, put.edit()), put, settled.steps());
  }

  private Command done(String line, List<Edit> edits, Reconciler.Put put, List<ControlStep> steps) {
    return new Command.Change(new Edit.Expanded(line, edits), 1, new Command.Said(0,
        steps.stream().map(ControlStep::line).toList(), List.of(), new Answer.Controlled(steps, put.wrote())));
  }

  /** {@code NAMESPACE/POD}, or a pod of namespace default. */
  private Command pod(String path, boolean ready) throws Stop {
    int slash = path.indexOf('/');
    String namespace = slash < 0 ? "default" : path.substring(0, slash);
    for (Cluster cluster : lab().clusters().values()) {
      Optional<KubePod> pod = cluster.pod(namespace, path.substring(slash + 1));
      if (pod.isPresent()) {
        Controllers.Settled settled = Clockwork.ready(cluster, pod.get(), ready, lab().now());
        String line = "hop cluster pod-" + (ready ? "ready " : "unready ") + namespace + "/" + pod.get().meta().name();
        Reconciler.Put put = Reconciler.watched(lab(), settled.cluster(), line);
        return done(line, List.of(put.edit()), put, settled.steps());
      }
    }
    throw Stop.exit(1, "hop: there is no pod \"" + path + "\"");
  }

  /** How a pod came to run: each step with what it did on the node. */
  private Command start(String path) throws Stop {
    int slash = path.indexOf('/');
    String namespace = slash < 0 ? "default" : path.substring(0, slash);
    String name = path.substring(slash + 1);
    for (Cluster cluster : lab().clusters().values()) {
      Optional<KubePod> pod = cluster.pod(namespace, name);
      if (pod.isPresent()) {
        List<String> out = new ArrayList<>();
        for (PodStart.Step step : PodStart.of(cluster, pod.get())) {
          out.add((step.stage() == PodStart.Stage.SCHEDULED ? 1 : 1 + (int) out.stream().filter(l -> !l.startsWith(
              "    ")).count()) + " " + step.actor() + ": " + step.sentence());
          step.edits().forEach(e -> Commands.of(lab(), e).forEach(l -> out.add("    " + l)));
        }
        if (out.isEmpty()) {
          out.add("Pod " + namespace + "/" + name + " has no node or no address yet");
        }
        return Command.Said.answered(out, new Answer.Nothing());
      }
    }
    throw Stop.exit(1, "hop: there is no pod \"" + path + "\"");
  }

  /** Time passes, with a stop at each instant at which something is due. */
  private Command pass(String text) throws Stop {
    int seconds = Numbers.whole(text, 0, 1_000_000)
        .orElseThrow(() -> Stop.exit(2, "hop: a number of seconds is wanted, not " + text));
    ClusterClock clock = new ClusterClock(lab());
    clock.pass(seconds * VirtualTime.SECOND, _ -> false);
    return clock.change("hop cluster wait " + seconds, 0, clock.told(), List.of());
  }

  /** Does a command, and says what it sets going: the control plane's steps, then what is written on the nodes. */
  private Command watch(Args args) throws Stop {
    Command command = Programs.read(prompt, args.rest());
    if (!(command instanceof Command.Change change)
        || !(change.said().answer() instanceof Answer.Controlled(var steps, var wrote))) {
      return command;
    }
    List<String> out = new ArrayList<>(change.said().out());
    steps.forEach(s -> out.add(s.line()));
    for (Reconciler.Wrote row : wrote) {
      String head = row.reason().actor().word() + ", for " + row.reason().object() + ": ";
      Commands.of(lab(), row.edit()).stream().flatMap(String::lines).forEach(l -> out.add(head + l));
    }
    return new Command.Change(change.edit(), change.refusedExit(),
        new Command.Said(change.said().exit(), out, change.said().err(), change.said().answer()));
  }
}
