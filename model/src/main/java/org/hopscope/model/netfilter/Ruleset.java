package org.hopscope.model.netfilter;

import java.util.Optional;
import java.util.Set;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The tables of one family in one namespace. A table comes into being when it is first written to, or listed with
 * {@code -t}; until then no packet is shown to it.
 *
 * @param tables by name
 */
public record Ruleset(PSortedMap<TableName, RuleTable> tables) {
  /** Matches beyond the core that ask for connections (kernel nf_ct_netns_get in their checkentry). */
  private static final Set<String> TRACKING = Set.of("connlimit", "helper", "cluster", "connbytes", "connlabel");

  public static final Ruleset EMPTY = new Ruleset(TreePMap.empty());

  public Optional<RuleTable> table(TableName name) {
    return Optional.ofNullable(tables.get(name));
  }

  public Ruleset with(RuleTable value) {
    return new Ruleset(tables.plus(value.name(), value));
  }

  public Ruleset without(TableName name) {
    return new Ruleset(tables.minus(name));
  }

  /**
   * Whether a rule needs connections to be tracked: then the namespace tracks them (sem-N14). What says
   * that nothing is to be tracked needs it not (kernel xt_CT.c xt_ct_tg_check).
   */
  public boolean needsTracking() {
    return tables.values().stream().flatMap(t -> t.chains().values().stream()).flatMap(c -> c.rules().stream())
        .anyMatch(Ruleset::needsTracking);
  }

  private static boolean needsTracking(Rule rule) {
    boolean asked = rule.matches().stream()
        .anyMatch(m -> m instanceof Match.State || m instanceof Match.Conntrack || m instanceof Match.Connmark
            || m instanceof Match.Other(var wording, var _) && TRACKING.contains(wording.name()));
    return asked || switch (rule.target()) {
      case Target.Dnat _,Target.Snat _,Target.Masquerade _,Target.Redirect _,Target.Netmap _,Target.Connmark _ ->
          true;
      case Target.Track(CtTemplate template) -> !template.notrack();
      case Target.Nothing _,Target.Accept _,Target.Drop _,Target.Return _,Target.Jump _,Target.Goto _,Target.Reject _,Target.Log _,Target.Mark _,Target.Trace _,Target.Ttl _,Target.Tcpmss _,Target.Notrack _,Target.Other _ ->
          false;
    };
  }
}
