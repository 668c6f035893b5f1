package org.hopscope.model.fault;

import java.util.List;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Policy;
import org.hopscope.model.nft.Devices;
import org.hopscope.model.nft.NftChain;
import org.hopscope.model.nft.NftRule;
import org.hopscope.model.nft.NftRuleset;
import org.hopscope.model.nft.NftTable;
import org.hopscope.model.nft.NftText;

/** What can be broken about nftables: a rule in the way, one that is gone or about something else, a policy. */
final class NftFaults {
  private final Breakages ways;

  NftFaults(Breakages ways) {
    this.ways = ways;
  }

  void add(NetnsId at, NftRuleset rules) {
    for (NftTable table : rules.tables()) {
      for (NftChain chain : table.chains()) {
        String where = table.key() + " " + chain.name();
        boolean filters = chain.base().filter(b -> b.type() == NftChain.Type.FILTER).isPresent();
        if (filters) {
          ways.can("nft-drop", at, List.of(List.of("delete rule " + where)), "nft insert rule " + where + " drop");
          ways.can("nft-drop-tcp", at, List.of(List.of("delete rule " + where)),
              "nft insert rule " + where + " meta l4proto tcp drop");
          if (chain.base().orElseThrow().policy() == Policy.ACCEPT) {
            ways.can("nft-policy", at, List.of(List.of("chain " + where), List.of("add rule " + where)),
                "nft chain " + where + " '{ policy drop ; }'");
          }
        }
        chain.rules().forEach(rule -> rule(at, where, rule, filters));
      }
    }
  }

  private void rule(NetnsId at, String where, NftRule rule, boolean filters) {
    String words = NftText.rule(rule, Devices.NONE);
    String delete = "nft delete rule " + where + " handle " + rule.handle();
    List<List<String>> marks = filters
        ? List.of(List.of("nft", where), List.of("nft", where.substring(0, where.lastIndexOf(' '))))
        : List.of(List.of("nft", where));
    ways.can(filters ? "nft-accept-missing" : words.contains("masquerade") ? "nft-masquerade-missing"
        : "nft-dnat-missing", at, marks, delete);
    if (words.contains("dnat to")) {
      ways.can("nft-dnat-target", at, marks, "nft replace rule " + where + " handle " + rule.handle() + " "
          + words.replaceAll("dnat to \\S+", "dnat to 172.18.251.9:80"));
      ways.can("nft-dnat-port", at, marks, "nft replace rule " + where + " handle " + rule.handle() + " "
          + words.replaceAll("dport \\S+", "dport 9999"));
    }
  }
}
