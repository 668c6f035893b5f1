package org.hopscope.model.nft;

import org.hopscope.model.netfilter.NetfilterState;

/**
 * The tables of a namespace with what packets have left in them.
 *
 * @param rules the tables
 * @param state what was counted and remembered
 * @param nextId the number that the next chain, rule, set or counter gets in its namespace
 */
public record NftFilter(NftRuleset rules, NetfilterState state, int nextId) {
}
