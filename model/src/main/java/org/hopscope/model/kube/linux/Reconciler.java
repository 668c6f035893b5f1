package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.Differences;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.proxy.IpvsTable;
import org.hopscope.model.kube.proxy.NftRules;
import org.hopscope.model.kube.proxy.ServicePort;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Foreseen;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;

/**
 * Turns a lab in which a cluster is as it was into one in which it is as it is to be: only what differs between the two is
 * touched, so what someone broke by hand stays broken until the object it belongs to changes. What is gone already need not
 * be taken away, and what is in the way stays there, as with the programs of a real node, which try and go on.
 */
public final class Reconciler {
  /** What rows for policies follow from. */
  private static final List<Kind> ENFORCED = List.of(Kind.POD, Kind.NAMESPACE, Kind.NETWORK_POLICY, Kind.NODE);

  private final List<Edit> edits = new ArrayList<>();
  private final List<Wrote> wrote = new ArrayList<>();
  private LabState lab;

  /** One thing that a program did on a node, and why. */
  public record Wrote(Reason reason, Edit edit) {
  }

  /**
   * How a cluster is put into a lab.
   *
   * @param edit all of it
   * @param wrote what programs did on the nodes, in order
   */
  public record Put(Edit.Expanded edit, List<Wrote> wrote) {
    public Put {
      wrote = List.copyOf(wrote);
    }
  }

  private Reconciler(LabState lab) {
    this.lab = lab;
  }

  /**
   * The edit that puts {@code after} in the place of the cluster of its name, on its nodes too.
   *
   * @param command the command that does the same
   */
  public static Edit put(LabState lab, Cluster after, String command) {
    return watched(lab, after, command).edit();
  }

  /** As {@link #put}, with all that is done on the nodes. */
  public static Put watched(LabState lab, Cluster after, String command) {
    Optional<Cluster> before = Optional.ofNullable(lab.clusters().get(after.name()));
    Reconciler reconciler = new Reconciler(lab);
    reconciler.apply(new Edit.PutCluster(after));
    Differences differences = Differences.between(before.orElse(Cluster.empty(after.name(), after.choices())), after);
    reconciler.run(before.map(b -> Units.of(b, differences)).orElse(new LinkedHashMap<>()),
        Units.of(after, differences));
    reconciler.rules(before, after, differences);
    return new Put(new Edit.Expanded(command, reconciler.edits, Foreseen.of(lab, reconciler.lab)), reconciler.wrote);
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
          construct.unmake().forEach(e -> apply(construct.reason(), e));
        }
      }
    }
    for (Map.Entry<String, Unit> unit : after.entrySet()) {
      if (!unit.getValue().equals(before.get(unit.getKey()))) {
        for (Construct construct : unit.getValue().constructs()) {
          construct.make().forEach(e -> apply(construct.reason(), e));
        }
      }
    }
  }

  /** Each program writes its own rules, of each family: kube-proxy, then the network plugin. */
  private void rules(Optional<Cluster> before, Cluster after, Differences differences) {
    Optional<RuleStacks> old = before.map(RuleStacks::of);
    RuleStacks now = old.map(o -> o.after(after, differences)).orElseGet(() -> RuleStacks.of(after));
    for (ClusterRules rules : now.stacks()) {
      RuleChanges changes = new RuleChanges(rules.family());
      Optional<ClusterRules> was = old.flatMap(o -> o.of(rules.family()));
      List<ServicePort> datagrams = rules.datagrams();
      Optional<StaleFlows> stale = was.filter(o -> !o.datagrams().equals(datagrams)).map(_ -> StaleFlows.of(datagrams));
      for (KubeNode node : after.nodes()) {
        Optional<KubeNode> earlier = before.flatMap(b -> b.node(node.meta().name()));
        Optional<ClusterRules> here = earlier.flatMap(_ -> was);
        proxy(node, here, rules, changes);
        stale.flatMap(s -> s.on(lab, node.meta().name()))
            .ifPresent(e -> apply(new Reason(Actor.KUBE_PROXY, node.key(), Rule.STALE_FLOWS), e));
        plugin(node, earlier, here, rules, changes, differences);
      }
    }
  }

  private void proxy(KubeNode node, Optional<ClusterRules> was, ClusterRules is, RuleChanges changes) {
    String name = node.meta().name();
    Reason why = new Reason(Actor.KUBE_PROXY, node.key(), Rule.KUBE_PROXY);
    IpvsTable balanced = was.map(o -> o.balancers(name)).orElse(IpvsTable.NONE);
    IpvsTable balancers = is.balancers(name);
    IpvsNode.before(name, balanced, balancers, is.family()).forEach(e -> apply(why, e));
    write(why, name, changes, was.map(o -> o.ofProxy(name)).orElse(NodeRules.NONE), is.ofProxy(name));
    IpvsNode.after(name, balanced, balancers).forEach(e -> apply(why, e));
    String family = is.family() == IpFamily.INET ? "ip" : "ip6";
    List<String> lines = is.table(name).from(was.map(o -> o.table(name)).orElseGet(NftRules::none), family);
    boolean table = lines.isEmpty() || apply(why, new Edit.Nft(NetnsId.root(name), lines));
    if (!table) {
      apply(why, new Edit.Nft(NetnsId.root(name), anew(is.table(name), family)));
    }
  }

  private void plugin(KubeNode node, Optional<KubeNode> earlier, Optional<ClusterRules> was, ClusterRules is,
      RuleChanges changes, Differences differences) {
    String name = node.meta().name();
    Reason why = new Reason(Actor.NETWORK_PLUGIN, node.key(), Rule.rules(is.plugin().family()));
    if (is.enforcing(node).isPresent()) {
      boolean concerned = earlier.isEmpty() || ENFORCED.stream().anyMatch(differences::hasAny);
      (concerned ? is.enforcing(node) : Optional.<PolicyRules>empty()).ifPresent(f -> enforce(why, name, changes,
          earlier.flatMap(e -> was.flatMap(o -> o.enforcing(e))), f));
    } else if (!earlier.map(KubeNode::podCidrs).equals(Optional.of(node.podCidrs()))) {
      write(why, name, changes, earlier.flatMap(e -> was.map(o -> o.plugin(e))).orElse(NodeRules.NONE),
          is.plugin(node));
    }
  }

  /** Sets are ready before rules look into them, and are taken away when none does any more. */
  private void enforce(Reason why, String node, RuleChanges changes, Optional<PolicyRules> was, PolicyRules is) {
    is.setsAfter(node, was).forEach(e -> apply(why, e));
    write(why, node, changes, was.map(PolicyRules::rules).orElse(NodeRules.NONE), is.rules());
    is.setsGone(node, was).forEach(e -> apply(why, e));
  }

  /** Someone else changed the table: all of it is written from the beginning. */
  private static List<String> anew(NftRules table, String family) {
    return Stream.concat(Stream.of("add table " + family + " kube-proxy", "delete table " + family + " kube-proxy"),
        table.from(NftRules.none(), family).stream()).toList();
  }

  /** Rules are changed one by one; where that does not fit what is there, chains are written anew. */
  private void write(Reason why, String node, RuleChanges changes, NodeRules was, NodeRules is) {
    boolean done = changes.of(was, is, false).stream().allMatch(c -> restore(why, node, changes.family(), c));
    if (!done) {
      changes.of(was, is, true).ifPresent(c -> restore(why, node, changes.family(), c));
    }
  }

  private boolean restore(Reason why, String node, IpFamily family, RuleChanges.Change change) {
    Edit.RestoreRules edit = new Edit.RestoreRules(NetnsId.root(node), family, change.sections(), true);
    return took(edit, Editor.apply(lab, edit, change.restore())) && wrote.add(new Wrote(why, edit));
  }

  private boolean apply(Reason why, Edit edit) {
    int before = edits.size();
    boolean done = apply(edit);
    if (edits.size() > before) {
      wrote.add(new Wrote(why, edit));
    }
    return done;
  }

  private boolean apply(Edit edit) {
    return took(edit, Editor.apply(lab, edit));
  }

  private boolean took(Edit edit, Editor.Result result) {
    return switch (result) {
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

  /** The plug at the switch between the nodes where a node's cable ends. */
  public static DeviceRef plug(Cluster cluster, String node) {
    return NodeUnit.plug(UnderlayUnit.bridge(cluster.choices().underlay(), cluster.name()), node);
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
