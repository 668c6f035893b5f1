package org.hopscope.model.iptables;

import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Rulesets;

/**
 * The packet filter of a namespace, both what is configured and what packets have left in it: a rule that goes takes what
 * it counted along.
 *
 * @param rules what is configured
 * @param state what packets have left
 */
public record Filter(Rulesets rules, NetfilterState state) {
}
