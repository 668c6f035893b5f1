package org.hopscope.model.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Rulesets;
import org.hopscope.model.netfilter.TableName;

/**
 * A table that iptables made, as nft sees it: iptables-nft keeps its tables in nftables.
 *
 * @param family of iptables or of ip6tables
 * @param table its chains and rules
 */
record XtTable(IpFamily family, RuleTable table) {
  /** Those of a namespace. */
  static List<XtTable> all(Rulesets rulesets) {
    List<XtTable> all = new ArrayList<>();
    for (IpFamily family : IpFamily.values()) {
      rulesets.of(family).tables().values().forEach(t -> all.add(new XtTable(family, t)));
    }
    return all;
  }

  /** The one that nft calls by a family and name. */
  static Optional<XtTable> find(Rulesets rulesets, NftTable.Key key) {
    Optional<IpFamily> family = switch (key.family()) {
      case IP -> Optional.of(IpFamily.INET);
      case IP6 -> Optional.of(IpFamily.INET6);
      case INET -> Optional.empty();
    };
    return family.flatMap(f -> TableName.named(key.name()).flatMap(rulesets.of(f)::table).map(t -> new XtTable(f, t)));
  }

  /** Its family and name. */
  NftTable.Key key() {
    return new NftTable.Key(NftFamily.of(family), table.name().word());
  }

  /** The part of it that nft may fill, empty. */
  NftTable shared() {
    return NftTable.fresh(key(), new NftTable.About(table.handles().table(), false, Optional.empty()))
        .withNextHandle(table.handles().next());
  }

  /** A chain that is there. */
  Optional<Chain> chain(String name) {
    return table.chain(name).filter(Chain::isMade);
  }

  /** Whether a name is that of a chain of its own, be it there or not. */
  boolean isBuiltIn(String name) {
    return table.chain(name).filter(c -> c.policy().isPresent()).isPresent();
  }

  /** Where packets come into one of its chains; empty for a user's (iptables/nft.c xtables_ipv4). */
  Optional<NftChain.Base> base(Chain chain) {
    return chain.policy().map(policy -> {
      Hook hook = Hook.named(chain.name()).orElseThrow();
      return new NftChain.Base(type(hook), hook, table.name().priority(hook), policy);
    });
  }

  private NftChain.Type type(Hook hook) {
    return table.name() == TableName.NAT ? NftChain.Type.NAT
        : table.name() == TableName.MANGLE && hook == Hook.OUTPUT ? NftChain.Type.ROUTE : NftChain.Type.FILTER;
  }
}
