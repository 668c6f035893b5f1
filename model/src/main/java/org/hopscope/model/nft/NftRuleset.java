package org.hopscope.model.nft;

import java.util.Comparator;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Handles;
import org.hopscope.model.netfilter.Rulesets;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * The tables that {@code nft} made in a namespace, in the order in which they were made.
 *
 * @param tables the tables
 * @param nextHandle the number that the next table gets
 */
public record NftRuleset(PVector<NftTable> tables, int nextHandle) {
  public static final NftRuleset NONE = new NftRuleset(TreePVector.empty(), 1);

  public Optional<NftTable> table(NftTable.Key key) {
    return tables.stream().filter(t -> t.key().equals(key)).findFirst();
  }

  NftRuleset with(NftTable value) {
    for (int i = 0; i < tables.size(); i++) {
      if (tables.get(i).key().equals(value.key())) {
        return new NftRuleset(tables.with(i, value), nextHandle);
      }
    }
    return new NftRuleset(tables.plus(value), nextHandle);
  }

  NftRuleset without(NftTable value) {
    return new NftRuleset(tables.minus((Object) value), nextHandle);
  }

  /**
   * With a number for each table of iptables that has none, in the order in which their first chains were made; where nft and
   * iptables share a table, they share its number and go on counting from the same one.
   */
  public Numbered number(Rulesets rulesets) {
    NftRuleset nft = this;
    Rulesets all = rulesets;
    for (XtTable each : XtTable.all(rulesets).stream()
        .sorted(Comparator.comparingInt(t -> t.table().handles().first())).toList()) {
      Handles handles = each.table().handles();
      Optional<NftTable> own = table(each.key());
      if (own.isPresent()) {
        handles = handles.table() == 0 ? handles.shifted(own.get().nextHandle() - 1) : handles;
        int next = Math.max(own.get().nextHandle(), handles.next());
        handles = handles.withTable(own.get().about().handle()).withNext(next);
        nft = nft.with(own.get().withNextHandle(next));
      } else if (handles.table() == 0) {
        handles = handles.withTable(nft.nextHandle);
        nft = nft.withNextHandle(nft.nextHandle + 1);
      }
      all = all.with(each.family(), all.of(each.family()).with(each.table().with(handles)), all.nextHandle());
    }
    return new Numbered(nft, all);
  }

  /** The tables of nft and of iptables, all with their numbers. */
  public record Numbered(NftRuleset nft, Rulesets iptables) {
  }

  NftRuleset withNextHandle(int value) {
    return new NftRuleset(tables, value);
  }

  /** Whether packets of a family are shown to any chain of it. */
  public boolean sees(IpFamily family) {
    return tables.stream().anyMatch(t -> !t.about().dormant() && t.key().family().sees(family)
        && t.chains().stream().anyMatch(c -> c.base().isPresent()));
  }

  /** Whether a rule needs connections of a family to be tracked: then the namespace tracks them (kernel nf_ct_netns_get). */
  public boolean needsTracking(IpFamily family) {
    return tables.stream().filter(t -> t.key().family().sees(family)).flatMap(t -> t.chains().stream())
        .flatMap(c -> c.rules().stream()).flatMap(r -> r.statements().stream()).anyMatch(Statement::needsTracking);
  }
}
