package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.policy.FelixIpvs;
import org.hopscope.model.kube.policy.FelixRows;
import org.hopscope.model.kube.policy.NodeRows;
import org.hopscope.model.kube.policy.Policies;
import org.hopscope.model.kube.proxy.BaseRules;
import org.hopscope.model.kube.proxy.BaseRules.ChainKey;
import org.hopscope.model.kube.proxy.ProxyRule;
import org.hopscope.model.kube.proxy.RuleReason;
import org.hopscope.model.netfilter.TableName;

/**
 * What Felix writes on a node: policies in the table filter ({@link FelixRows}), and in the table nat that what leaves the
 * pods' network gets the node's address (felix/rules/nat.go NATOutgoingChain, static.go StaticNATTableChains).
 */
final class CalicoRules {
  private static final String OUTGOING = "cali-nat-outgoing";
  private static final Set<String> IPVS = Set.of("cali-forward-check", "cali-forward-endpoint-mark",
      "cali-set-endpoint-mark", "cali-from-endpoint-mark");

  private CalicoRules() {
  }

  /**
   * All of it.
   *
   * @param ipvs the node's addresses where kube-proxy uses IPVS, which Felix knows by its device
   */
  static PolicyRules of(Policies policies, KubeNode node, Choices.Blocks blocks, Optional<List<IpAddress>> ipvs) {
    IpFamily family = blocks.family();
    String name = node.meta().name();
    NodeRows rows = FelixRows.of(policies, name, family, ipvs.map(a -> new FelixIpvs(name, family, a)));
    return PolicyRules.of(rows, CalicoRules::why, nat(family), Stream.of(pools(family, "all"), pools(family, "masq"))
        .map(s -> NodeRows.AddressSet.ofFelix(s, "hash:net", family, List.of(blocks.pods().toString()), node.key()))
        .toList());
  }

  /** The set of the blocks of all pods, or of those that are masqueraded outside. */
  private static String pools(IpFamily family, String which) {
    return (family == IpFamily.INET ? "cali40" : "cali60") + which + "-ipam-pools";
  }

  private static NodeRules nat(IpFamily family) {
    SequencedMap<ChainKey, List<ProxyRule>> chains = new LinkedHashMap<>();
    List<BaseRules.Jump> first = new ArrayList<>();
    chains.put(new ChainKey(TableName.NAT, "cali-fip-dnat"), List.of());
    chains.put(new ChainKey(TableName.NAT, "cali-fip-snat"), List.of());
    chains.put(new ChainKey(TableName.NAT, OUTGOING), List.of(rule(OUTGOING, RuleReason.CALICO_OUT, "-m", "set",
        "--match-set", pools(family, "masq"), "src", "-m", "set", "!", "--match-set", pools(family, "all"), "dst", "-j",
        "MASQUERADE", "--random-fully")));
    for (String hook : List.of("PREROUTING", "OUTPUT", "POSTROUTING")) {
      String chain = "cali-" + hook;
      chains.put(new ChainKey(TableName.NAT, chain), hook.equals("POSTROUTING")
          ? List.of(rule(chain, RuleReason.CALICO_FRAME, "-j", "cali-fip-snat"),
              rule(chain, RuleReason.CALICO_FRAME, "-j", OUTGOING))
          : List.of(rule(chain, RuleReason.CALICO_FRAME, "-j", "cali-fip-dnat")));
      first.add(new BaseRules.Jump(TableName.NAT, hook, List.of("-j", chain)));
    }
    return new NodeRules(chains, first, List.of());
  }

  private static ProxyRule rule(String chain, RuleReason why, String... words) {
    return new ProxyRule(TableName.NAT, chain, List.of(words), why);
  }

  private static RuleReason why(String chain, NodeRows.Row row) {
    if (chain.startsWith("cali-pi-") || chain.startsWith("cali-po-")) {
      return RuleReason.CALICO_POLICY;
    }
    if (chain.startsWith("cali-pri-") || chain.startsWith("cali-pro-")) {
      return RuleReason.CALICO_PROFILE;
    }
    if (IPVS.contains(chain)) {
      return RuleReason.CALICO_IPVS;
    }
    return row.rule().contains("Drop if no policies") ? RuleReason.CALICO_DROP
        : row.because().isPresent() ? RuleReason.CALICO_POD
        : RuleReason.CALICO_FRAME;
  }
}
