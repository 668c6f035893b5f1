package org.hopscope.model.kube.linux;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.policy.NodeRows;
import org.hopscope.model.kube.policy.Policies;
import org.hopscope.model.kube.policy.WeaveRows;
import org.hopscope.model.kube.proxy.BaseRules;
import org.hopscope.model.kube.proxy.BaseRules.ChainKey;
import org.hopscope.model.kube.proxy.ProxyRule;
import org.hopscope.model.kube.proxy.RuleReason;
import org.hopscope.model.netfilter.TableName;

/**
 * What Weave Net writes on a node: policies in the table filter ({@link WeaveRows}), and in the table nat what gets the node's
 * address (weave net/expose.go exposeNAT, net/bridge.go NoMasqLocalTracker): all that comes into the pods' network or leaves
 * it, but for what comes to the node's own pods, so that they see who calls.
 */
final class WeaveRules {
  private static final String CHAIN = "WEAVE";
  private static final String LOCAL = "weaver-no-masq-local";

  private WeaveRules() {
  }

  /** All of it. */
  static PolicyRules of(Policies policies, KubeNode node, Choices.Blocks blocks) {
    return PolicyRules.of(WeaveRows.of(policies), WeaveRules::why, nat(blocks.pods().toString()),
        List.of(new NodeRows.AddressSet(LOCAL, "hash:net", List.of("comment"),
            node.podCidrs().stream().map(c -> List.of(c.toString())).toList(), node.key())));
  }

  private static NodeRules nat(String all) {
    SequencedMap<ChainKey, List<ProxyRule>> chains = new LinkedHashMap<>();
    chains.put(new ChainKey(TableName.NAT, CHAIN), Stream.of(
        rule(RuleReason.PLUGIN_INSIDE, "-m", "set", "--match-set", LOCAL, "dst", "-m", "comment", "--comment",
            "Prevent SNAT to locally running containers", "-j", "RETURN"),
        rule(RuleReason.PLUGIN_INSIDE, "-s", all, "-d", "224.0.0.0/4", "-j", "RETURN"),
        rule(RuleReason.PLUGIN_IN, "-d", all, "!", "-s", all, "-j", "MASQUERADE"),
        rule(RuleReason.PLUGIN_OUT, "-s", all, "!", "-d", all, "-j", "MASQUERADE")).toList());
    return new NodeRules(chains, List.of(), List.of(new BaseRules.Jump(TableName.NAT, "POSTROUTING", List.of("-j",
        CHAIN))));
  }

  private static ProxyRule rule(RuleReason why, String... words) {
    return new ProxyRule(TableName.NAT, CHAIN, List.of(words), why);
  }

  private static RuleReason why(String chain, NodeRows.Row row) {
    return switch (chain) {
      case "WEAVE-NPC-INGRESS", "WEAVE-NPC-EGRESS-CUSTOM" -> RuleReason.WEAVE_POLICY;
      case "WEAVE-NPC-DEFAULT", "WEAVE-NPC-EGRESS-DEFAULT" -> RuleReason.WEAVE_DEFAULT;
      default -> row.rule().endsWith("-j DROP") ? RuleReason.WEAVE_DROP : RuleReason.WEAVE_FRAME;
    };
  }
}
