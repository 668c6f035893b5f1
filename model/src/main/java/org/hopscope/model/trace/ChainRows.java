package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.NftEdits;
import org.hopscope.model.netfilter.Policy;
import org.hopscope.model.netfilter.Verdict;
import org.hopscope.model.nft.Devices;
import org.hopscope.model.nft.NftChain;
import org.hopscope.model.nft.NftRule;
import org.hopscope.model.nft.NftTable;
import org.hopscope.model.nft.NftText;
import org.hopscope.model.nft.NftWalk;
import org.hopscope.model.nft.NftWalker;

/** The rules of nftables that a packet met on its walk, and for those it did not pass, what of them failed first. */
final class ChainRows {
  /** So many rules of a chain are shown; those that were passed always. */
  private static final int SHOWN = 200;

  private ChainRows() {
  }

  /** The place of a rule in its chain, from 1. */
  static int number(NftTable table, NftWalk.Hit hit) {
    return table.chain(hit.chain()).orElseThrow().rules().indexOf(hit.rule()) + 1;
  }

  static List<Considered> of(Lookup.ChainWalk lookup, LabState at) {
    return rows(lookup, at, false);
  }

  /** The same with the rules behind the one that decided, and the policy. */
  static List<Considered> choices(Lookup.ChainWalk lookup, LabState at) {
    return rows(lookup, at, true);
  }

  private static List<Considered> rows(Lookup.ChainWalk lookup, LabState at, boolean all) {
    List<Considered> rows = new ArrayList<>();
    Devices devices = NftEdits.devices(at, lookup.netns());
    Set<Integer> passed = new HashSet<>();
    lookup.walk().hits().forEach(h -> passed.add(h.rule().id()));
    Optional<Integer> decides = lookup.walk().hits().reversed().stream().findFirst().map(h -> h.rule().id())
        .filter(_ -> !lookup.walk().byPolicy());
    for (NftChain chain : visited(lookup)) {
      int shown = 0;
      int number = 0;
      boolean decided = false;
      for (NftRule rule : chain.rules()) {
        number++;
        boolean hit = !decided && passed.contains(rule.id());
        if (!hit && shown++ >= SHOWN) {
          continue;
        }
        boolean won = hit && decides.filter(id -> id == rule.id()).isPresent();
        rows.add(new Considered(chain.name() + " " + number + ": " + NftText.rule(rule, devices), won,
            decided ? Sentences.say("filterrule.behind")
                : hit ? Sentences.say(won ? "filterrule.win" : "filterrule.pass") : whyNot(rule, lookup, at, devices),
            Optional.of(new RowRef.FilterRow(lookup.netns(), rule.id()))));
        decided |= won;
        if (decided && !all) {
          break;
        }
      }
    }
    if (all || lookup.walk().byPolicy()) {
      NftChain start = lookup.chain();
      String policy = start.base().orElseThrow().policy() == Policy.ACCEPT ? " policy accept" : " policy drop";
      rows.add(new Considered(start.name() + policy, lookup.walk().byPolicy(),
          Sentences.say(lookup.walk().byPolicy() ? "filterrule.policy" : "filterrule.decided"),
          Optional.of(new RowRef.FilterRow(lookup.netns(), start.place().id()))));
    }
    return rows;
  }

  /** The chains that were entered, each once, in the order of the first visit. */
  private static List<NftChain> visited(Lookup.ChainWalk lookup) {
    List<String> names = new ArrayList<>(List.of(lookup.chain().name()));
    for (NftWalk.Hit hit : lookup.walk().hits()) {
      hit.verdict().leads().filter(n -> !names.contains(n)).ifPresent(names::add);
    }
    return names.stream().flatMap(n -> lookup.table().chain(n).stream()).toList();
  }

  private static String whyNot(NftRule rule, Lookup.ChainWalk lookup, LabState at, Devices devices) {
    int failed = NftWalker.firstFailure(lookup.table(), rule, lookup.view(),
        RuleRows.around(at, lookup.netns()), at.learned().netfilter(lookup.netns()));
    return failed < rule.statements().size()
        ? Sentences.say("filterrule.lose", NftText.statement(rule.statements().get(failed), devices))
        : Sentences.say("filterrule.behind");
  }

  /**
   * A walk in the words of {@code nft monitor trace}: {@code rule TABLE CHAIN RULE (verdict VERDICT)} for each rule that a
   * packet passed, {@code policy} at the end of a base chain.
   */
  static List<String> events(Lookup.ChainWalk lookup) {
    String family = lookup.table().key().toString();
    List<String> events = new ArrayList<>();
    List<NftWalk.Hit> hits = lookup.walk().hits();
    for (int i = 0; i < hits.size(); i++) {
      NftWalk.Hit hit = hits.get(i);
      boolean drops = i == hits.size() - 1 && !lookup.walk().byPolicy()
          && (lookup.walk().verdict() instanceof Verdict.Drop || lookup.walk().verdict() instanceof Verdict.Reject);
      events.add(family + " " + hit.chain() + " rule " + NftText.rule(hit.rule(), Devices.NONE) + " (verdict "
          + (drops ? "drop" : hit.verdict().text()) + ")");
    }
    if (lookup.walk().byPolicy()) {
      events.add(family + " " + lookup.chain().name() + " policy "
          + (lookup.walk().verdict() instanceof Verdict.Accept ? "accept" : "drop"));
    }
    return events;
  }
}
