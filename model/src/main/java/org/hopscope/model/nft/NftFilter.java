package org.hopscope.model.nft;

import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Rulesets;

/**
 * The tables of a namespace with what packets have left in them.
 *
 * @param rules the tables that nft made
 * @param iptables the tables that iptables made; from their next number on chains, rules, sets and counters of nft are numbered too
 * @param state what was counted and remembered
 */
public record NftFilter(NftRuleset rules, Rulesets iptables, NetfilterState state) {
}
