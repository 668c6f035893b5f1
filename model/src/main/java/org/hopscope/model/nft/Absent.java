package org.hopscope.model.nft;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.nft.Transaction.Named;
import org.hopscope.model.nft.Transaction.Part;

/**
 * What nft says of a table or chain that is not there, with what of all that is there may have been meant (nftables
 * src/cmd.c, src/evaluate.c table_not_found).
 *
 * @param all the tables of nft and of iptables in the order in which they were made
 */
record Absent(List<Whole> all) {
  private static String told(Whole table) {
    return "table \u2018" + table.key().name() + "\u2019 in family " + table.key().family().word();
  }

  private static String told(String chain, Whole table) {
    return "chain \u2018" + chain + "\u2019 in table " + table.key().family().word() + " \u2018" + table.key().name()
        + "\u2019";
  }

  private static NftComplaint meaning(Token place, String meant) {
    return NftComplaint.at(place, Transaction.MISSING + "; did you mean " + meant + "?");
  }

  private static NftComplaint meaning(Token place, Optional<String> meant) {
    return meant.map(m -> meaning(place, m)).orElseGet(() -> NftComplaint.kernel(place, Transaction.MISSING));
  }

  /** A table that nft looks for itself before it asks the kernel. */
  NftComplaint unseen(Named named) {
    Misspelt meant = new Misspelt(named.key().name());
    all.forEach(t -> meant.look(t.key().name(), told(t)));
    return meant.best().map(m -> meaning(named.place(), m))
        .orElseGet(() -> NftComplaint.at(named.place(), Transaction.MISSING));
  }

  /** A table that the kernel does not find: one of another family is meant before one of another name. */
  NftComplaint table(Named named) {
    Misspelt meant = new Misspelt(named.key().name());
    for (Whole table : all) {
      if (table.key().name().equals(named.key().name())) {
        return meaning(named.place(), told(table));
      }
      meant.look(table.key().name(), told(table));
    }
    return meaning(named.place(), meant.best());
  }

  /** A chain that the kernel does not find: one of another table is meant before one of another name. */
  NftComplaint chain(Part part) {
    Misspelt meant = new Misspelt(part.text());
    for (Whole table : all) {
      for (String chain : table.chains()) {
        if (chain.equals(part.text())) {
          return meaning(part.name(), told(chain, table));
        }
        meant.look(chain, told(chain, table));
      }
    }
    return meaning(part.name(), meant.best());
  }

  /** Something that a rule names; nft thinks of the rule's own chain then. */
  NftComplaint inRule(Part part, Token place) {
    Misspelt meant = new Misspelt(part.text());
    for (Whole table : all) {
      table.chains().stream().filter(c -> !c.equals(part.text())).forEach(c -> meant.look(c, told(c, table)));
    }
    return meaning(place, meant.best());
  }
}
