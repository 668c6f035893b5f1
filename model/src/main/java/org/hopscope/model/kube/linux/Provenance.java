package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.CommandReader;
import org.hopscope.model.iptables.Complaint;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.proxy.BaseRules;
import org.hopscope.model.kube.proxy.NftRules;
import org.hopscope.model.kube.proxy.ProxyRule;
import org.hopscope.model.kube.proxy.ServicePort;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.TableName;

/**
 * Why things are on the nodes of a lab's clusters: which program wrote them, for which object and by which rule. Derived from
 * the clusters when someone asks; what nobody of a cluster wrote has no reason.
 */
public final class Provenance {
  private final LabState lab;
  private final Map<Item, Reason> items = new HashMap<>();

  private Provenance(LabState lab) {
    this.lab = lab;
  }

  /** All reasons in a lab. */
  public static Provenance of(LabState lab) {
    Provenance provenance = new Provenance(lab);
    for (Cluster cluster : lab.clusters().values()) {
      for (Unit unit : Units.of(cluster).values()) {
        for (Construct construct : unit.constructs()) {
          construct.make().forEach(e -> made(e).forEach(i -> provenance.items.putIfAbsent(i, construct.reason())));
        }
      }
    }
    return provenance;
  }

  /** Why something is there. */
  public Optional<Reason> of(Item item) {
    return Optional.ofNullable(items.get(item));
  }

  /** What an edit brings into being; nothing for one that only changes something. */
  private static List<Item> made(Edit edit) {
    return switch (edit) {
      case Edit.AddHost(String name) -> List.of(new Item.OfHost(name), new Item.OfNetns(NetnsId.root(name)));
      case Edit.AddCable(var one, var other) -> List.of(new Item.OfDevice(one), new Item.OfDevice(other));
      case Edit.AddNetns(var id) -> List.of(new Item.OfNetns(id));
      case Edit.AddVeth(var one, var other) -> List.of(new Item.OfDevice(one.ref()), new Item.OfDevice(other.ref()));
      case Edit.AddBridge(var link, var _) -> List.of(new Item.OfDevice(link.ref()));
      case Edit.AddLink(var link, var _, var _) -> List.of(new Item.OfDevice(link.ref()));
      case Edit.AddAddress(var link, var address, var _) -> List.of(
          new Item.OfAddress(link, address.local().address()));
      case Edit.AddRoute(var netns, var route, var _) -> List.of(new Item.OfRoute(netns, route.destination()));
      case Edit.SetNeighbour(var link, var address, var _, var _, var _, var _) -> List.of(
          new Item.OfNeighbour(link, address));
      case Edit.AddFdb(var device, var row, var _) -> List.of(new Item.OfFdb(device, row.mac()));
      case Edit.Serve(var netns, var server) -> List.of(
          new Item.OfServer(netns, server.port().value(), server.transport()));
      default -> List.of();
    };
  }

  /**
   * A rule's reason.
   *
   * @param service the Service that it was written for; the node for rules that are there in any case
   * @param rule the words that the program wrote, and what they are for
   */
  public record RuleReason(Actor actor, ObjectKey service, ProxyRule rule) {
  }

  /** Why a rule of iptables stands in a chain of a node; empty for chains and rules that nobody of a cluster wrote. */
  public Optional<RuleReason> of(NetnsId netns, TableName table, String chain, Rule rule) {
    return of(netns, IpFamily.INET, table, chain, rule);
  }

  /** As {@link #of(NetnsId, TableName, String, Rule)}, of iptables or of ip6tables. */
  public Optional<RuleReason> of(NetnsId netns, IpFamily family, TableName table, String chain, Rule rule) {
    return reasons(netns, family, table, chain).stream().filter(r -> says(family, r.rule(), rule)).findFirst();
  }

  /** Why the rules of a chain are there, in the order in which the cluster wants them. */
  public List<RuleReason> reasons(NetnsId netns, TableName table, String chain) {
    return reasons(netns, IpFamily.INET, table, chain);
  }

  /** As {@link #reasons(NetnsId, TableName, String)}, of iptables or of ip6tables. */
  public List<RuleReason> reasons(NetnsId netns, IpFamily family, TableName table, String chain) {
    for (Cluster cluster : lab.clusters().values()) {
      Optional<KubeNode> node = cluster.node(netns.host()).filter(_ -> netns.isRoot());
      if (node.isPresent()) {
        return RuleStacks.of(cluster).of(family)
            .map(r -> reasons(r, node.get(), new BaseRules.ChainKey(table, chain))).orElse(List.of());
      }
    }
    return List.of();
  }

  private static List<RuleReason> reasons(ClusterRules rules, KubeNode node, BaseRules.ChainKey key) {
    List<ProxyRule> wanted = rules.on(node).chains().getOrDefault(key, List.of());
    Map<ProxyRule, ServicePort> ports = new IdentityHashMap<>(rules.ports(node));
    List<RuleReason> reasons = new ArrayList<>();
    for (ProxyRule rule : wanted) {
      Optional<ObjectKey> service = Optional.ofNullable(ports.get(rule)).map(ServicePort::service)
          .or(() -> rules.because(node, rule));
      reasons.add(new RuleReason(rules.plugin(node).chains().containsKey(key) ? Actor.NETWORK_PLUGIN
          : Actor.KUBE_PROXY, service.orElse(node.key()), rule));
    }
    return reasons;
  }

  /**
   * A row's reason in kube-proxy's table of nftables.
   *
   * @param service the Service that it was written for; the node for what is there in any case
   * @param line the words of a rule, and what it is for
   */
  public record TableReason(ObjectKey service, NftRules.Line line) {
  }

  /** Why the rules of a chain of kube-proxy's table of nftables are there, in the order in which the cluster wants them. */
  public List<TableReason> tableReasons(NetnsId netns, IpFamily family, String chain) {
    return node(netns).flatMap(n -> table(n, family).map(t -> t.chains().getOrDefault(chain, List.of()).stream()
        .map(l -> new TableReason(t.owners().getOrDefault(chain, n.key()), l)).toList())).orElse(List.of());
  }

  /** For which Service an element of one of the table's sets or maps is there, {@code service-ips} for one, by its key's text. */
  public Optional<ObjectKey> element(NetnsId netns, IpFamily family, String set, String key) {
    return node(netns).flatMap(n -> table(n, family)).map(t -> t.owners().get(NftRules.element(set, key)));
  }

  private Optional<KubeNode> node(NetnsId netns) {
    return lab.clusters().values().stream().flatMap(c -> c.node(netns.host()).filter(_ -> netns.isRoot()).stream())
        .findFirst();
  }

  private Optional<NftRules> table(KubeNode node, IpFamily family) {
    return lab.clusters().values().stream().filter(c -> c.node(node.meta().name()).isPresent()).findFirst()
        .flatMap(c -> RuleStacks.of(c).of(family)).map(r -> r.table(node.meta().name()));
  }

  private static boolean says(IpFamily family, ProxyRule wanted, Rule rule) {
    List<String> words = new ArrayList<>(List.of("-t", wanted.table().word(), "-A", wanted.chain()));
    words.addAll(wanted.words());
    try {
      return CommandReader.read(family, words).rules().stream().anyMatch(rule::saysSame);
    } catch (Complaint impossible) {
      return false;
    }
  }
}
