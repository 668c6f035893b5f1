package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Foreseen;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;

/**
 * Turns a lab in which a cluster is as it was into one in which it is as it is to be: only what differs between the two is
 * touched, so what someone broke by hand stays broken until the object it belongs to changes. What is gone already need not
 * be taken away, and what is in the way stays there, as with the programs of a real node, which try and go on.
 */
public final class Reconciler {
  private final List<Edit> edits = new ArrayList<>();
  private LabState lab;

  private Reconciler(LabState lab) {
    this.lab = lab;
  }

  /**
   * The edit that puts {@code after} in the place of the cluster of its name, on its nodes too.
   *
   * @param command the command that does the same
   */
  public static Edit put(LabState lab, Cluster after, String command) {
    Optional<Cluster> before = Optional.ofNullable(lab.clusters().get(after.name()));
    Reconciler reconciler = new Reconciler(lab);
    reconciler.apply(new Edit.PutCluster(after));
    reconciler.run(before.map(Units::of).orElse(new LinkedHashMap<>()), Units.of(after));
    reconciler.rules(before, after);
    return new Edit.Expanded(command, reconciler.edits, Foreseen.of(lab, reconciler.lab));
  }

  /** The edit that takes a cluster away with its nodes. */
  public static Edit drop(LabState lab, Cluster cluster, String command) {
    Reconciler reconciler = new Reconciler(lab);
    SequencedMap<String, Unit> machines = Units.of(cluster);
    machines.values().removeIf(u -> !(u instanceof NodeUnit || u instanceof UnderlayUnit || u instanceof BalancerUnit));
    reconciler.run(machines, new LinkedHashMap<>());
    reconciler.apply(new Edit.DropCluster(cluster.name()));
    return new Edit.Expanded(command, reconciler.edits, Foreseen.of(lab, reconciler.lab));
  }

  private void run(SequencedMap<String, Unit> before, SequencedMap<String, Unit> after) {
    for (Map.Entry<String, Unit> old : before.reversed().entrySet()) {
      if (!old.getValue().equals(after.get(old.getKey()))) {
        for (Construct construct : old.getValue().constructs().reversed()) {
          construct.unmake().forEach(this::apply);
        }
      }
    }
    for (Map.Entry<String, Unit> unit : after.entrySet()) {
      if (!unit.getValue().equals(before.get(unit.getKey()))) {
        for (Construct construct : unit.getValue().constructs()) {
          construct.make().forEach(this::apply);
        }
      }
    }
  }

  /** Rules are changed one by one; where that does not fit what is there, kube-proxy's way is gone: chains are written anew. */
  private void rules(Optional<Cluster> before, Cluster after) {
    Optional<ClusterRules> old = before.map(ClusterRules::of);
    ClusterRules now = old.map(o -> o.after(after)).orElseGet(() -> ClusterRules.of(after));
    RuleWriter writer = new RuleWriter();
    for (KubeNode node : after.nodes()) {
      NodeRules was = old.filter(_ -> before.flatMap(b -> b.node(node.meta().name())).isPresent())
          .map(o -> o.on(node)).orElse(NodeRules.NONE);
      NodeRules is = now.on(node);
      Optional<Edit> change = writer.edit(node.meta().name(), was, is, false);
      if (change.isPresent() && !apply(change.get())) {
        writer.edit(node.meta().name(), was, is, true).ifPresent(this::apply);
      }
    }
  }

  private boolean apply(Edit edit) {
    return switch (Editor.apply(lab, edit)) {
      case Editor.Result.Done(LabState done) -> {
        if (done != lab) {
          lab = done;
          edits.add(edit);
        }
        yield true;
      }
      case Editor.Result.Refused _ -> false;
    };
  }

  /** The network namespace that a pod lives in; empty before it has a node and addresses. */
  public static Optional<NetnsId> netns(KubePod pod) {
    return Units.netns(pod);
  }

  /** The running pods of all clusters by their network namespaces, without those that live in their node's. */
  public static Map<NetnsId, KubePod> podsByNetns(LabState lab) {
    Map<NetnsId, KubePod> pods = new TreeMap<>();
    for (Cluster cluster : lab.clusters().values()) {
      for (KubePod pod : cluster.pods()) {
        netns(pod).filter(n -> !n.isRoot()).ifPresent(n -> pods.put(n, pod));
      }
    }
    return pods;
  }
}
