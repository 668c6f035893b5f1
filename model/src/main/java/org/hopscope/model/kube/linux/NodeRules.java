package org.hopscope.model.kube.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.hopscope.model.kube.proxy.BaseRules;
import org.hopscope.model.kube.proxy.BaseRules.ChainKey;
import org.hopscope.model.kube.proxy.ProxyRule;

/**
 * All rules of iptables that programs of the cluster write on a node.
 *
 * @param chains their own chains with the rules in them
 * @param first jumps that are put in front of a built-in chain, in the order in which they are made
 * @param last jumps that are put behind all that is in a built-in chain
 */
record NodeRules(SequencedMap<ChainKey, List<ProxyRule>> chains, List<BaseRules.Jump> first,
    List<BaseRules.Jump> last) {
  /** No rules. */
  static final NodeRules NONE = new NodeRules(new LinkedHashMap<>(), List.of(), List.of());

  /** The rules of both, those of {@code other} behind. */
  NodeRules and(NodeRules other) {
    SequencedMap<ChainKey, List<ProxyRule>> all = new LinkedHashMap<>(chains);
    all.putAll(other.chains);
    return new NodeRules(all, joined(first, other.first), joined(last, other.last));
  }

  private static <T> List<T> joined(List<T> one, List<T> other) {
    List<T> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
