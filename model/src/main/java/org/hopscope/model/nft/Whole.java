package org.hopscope.model.nft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.netfilter.Rulesets;

/**
 * A table as nft sees it: what nft made in it, and what iptables made, which keeps its chains in tables of nftables.
 *
 * @param key its family and name
 * @param handle its number in its namespace: tables are listed in the order in which they were made
 * @param own what nft made
 * @param xt what iptables made
 */
record Whole(NftTable.Key key, int handle, Optional<NftTable> own, Optional<XtTable> xt) {
  /** All tables of a namespace in the order in which they were made. */
  static List<Whole> all(NftRuleset rules, Rulesets iptables) {
    List<Whole> all = new ArrayList<>();
    for (NftTable own : rules.tables()) {
      all.add(new Whole(own.key(), own.about().handle(), Optional.of(own), XtTable.find(iptables, own.key())));
    }
    for (XtTable xt : XtTable.all(iptables)) {
      if (rules.table(xt.key()).isEmpty()) {
        all.add(new Whole(xt.key(), xt.table().handles().table(), Optional.empty(), Optional.of(xt)));
      }
    }
    all.sort(Comparator.comparingInt(Whole::handle));
    return all;
  }

  /** The names of its chains in the order in which they were made. */
  List<String> chains() {
    record Made(int id, String name) {
    }
    Stream<Made> ours = own.stream().flatMap(t -> t.chains().stream()).map(c -> new Made(c.place().id(), c.name()));
    Stream<Made> theirs =
        xt.stream().flatMap(t -> t.table().made().stream()).map(c -> new Made(c.handle(), c.name()));
    return Stream.concat(ours, theirs).sorted(Comparator.comparingInt(Made::id)).map(Made::name).toList();
  }
}
