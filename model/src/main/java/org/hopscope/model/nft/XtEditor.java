package org.hopscope.model.nft;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.iptables.Complaint;
import org.hopscope.model.iptables.Filter;
import org.hopscope.model.iptables.IptablesCommand;
import org.hopscope.model.iptables.Operation;
import org.hopscope.model.iptables.RuleEditor;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Failing;
import org.hopscope.model.netfilter.Policy;
import org.hopscope.model.netfilter.Tally;

/**
 * What nft does to what iptables made of a table, as commands of iptables. What the model keeps in the words of iptables cannot take
 * in rules of nft's own: those are refused by name.
 */
final class XtEditor {
  private static final IptablesCommand.Style QUIET = new IptablesCommand.Style(false, false, false, false, false);

  private final XtTable table;
  private Filter filter;

  XtEditor(XtTable table, Filter filter) {
    this.table = table;
    this.filter = filter;
  }

  /** The filter after all that was done. */
  Filter filter() {
    return filter;
  }

  /** What cannot be done to a chain of iptables. */
  static NftComplaint refused(String what, String chain, NftTable.Key key) {
    return NftComplaint.unsupported(what + " of nft to chain " + chain + " of table " + key
        + ", which iptables made: a chain of nft's own takes rules");
  }

  private void run(Operation operation, Optional<String> chain, int number, String word) throws NftComplaint {
    try {
      filter = RuleEditor.apply(filter, table.family(),
          new IptablesCommand(operation, table.table().name(), chain, number, word, List.of(), Tally.ZERO, QUIET));
    } catch (Complaint complaint) {
      throw NftComplaint.unsupported(complaint.getMessage().strip());
    }
  }

  private Chain chain(Transaction.Part part) throws NftComplaint {
    return table.chain(part.text()).orElseThrow(() -> NftComplaint.kernel(part.name(), Transaction.MISSING));
  }

  void add(Transaction.Named named, NftTable.About about, boolean create) throws NftComplaint {
    if (create) {
      throw NftComplaint.kernel(named.place(), Transaction.EXISTS);
    }
    if (about.dormant()) {
      throw NftComplaint.unsupported("flags of table " + table.key() + ", which iptables made");
    }
  }

  /** Takes the whole table away. */
  void drop() throws NftComplaint {
    flush();
    for (Chain chain : table.table().made()) {
      filter = new Filter(filter.rules(), filter.state().forget(chain.handle()));
    }
    filter = new Filter(filter.rules().with(table.family(),
        filter.rules().of(table.family()).without(table.table().name()), filter.rules().nextHandle()), filter.state());
  }

  void flush() throws NftComplaint {
    run(Operation.FLUSH, Optional.empty(), 0, "");
  }

  void flushChain(Transaction.Part part) throws NftComplaint {
    run(Operation.FLUSH, Optional.of(chain(part).name()), 0, "");
  }

  /** A chain that is there, which may get another policy, or one of iptables' own that comes into being. */
  void addChain(Transaction.Part part, Optional<NftChain.Base> base, Optional<Policy> policy, boolean create)
      throws NftComplaint {
    boolean there = table.chain(part.text()).isPresent();
    if (there && create) {
      throw NftComplaint.kernel(part.name(), Transaction.EXISTS);
    }
    Optional<NftChain.Base> own = table.table().chain(part.text()).flatMap(table::base);
    boolean here = base.isPresent() && own.filter(b -> base.get().isAt(b)).isPresent();
    if (!there && !here) {
      throw refused("another place", part.text(), table.key());
    }
    if (base.isPresent() && !here) {
      throw Transaction.elsewhere(part, own, base.get());
    }
    if (own.isPresent() && (policy.isPresent() || !there)) {
      run(Operation.POLICY, Optional.of(part.text()), 0, policy.orElse(Policy.ACCEPT).name());
    } else if (policy.isPresent()) {
      throw NftComplaint.kernel(part.command(), Transaction.NOT_SUPPORTED);
    }
  }

  /** With its rules, whatever its policy; not while something leads to it. */
  void deleteChain(Transaction.Part part) throws NftComplaint {
    Chain chain = chain(part);
    boolean led = table.table().made().stream().filter(c -> !c.name().equals(chain.name()))
        .flatMap(c -> c.rules().stream()).anyMatch(r -> Failing.leads(r).equals(Optional.of(chain.name())));
    if (led) {
      throw NftComplaint.kernel(part.name(), Transaction.BUSY);
    }
    flushChain(part);
    if (chain.policy().isPresent()) {
      run(Operation.POLICY, Optional.of(chain.name()), 0, Policy.ACCEPT.name());
    }
    run(Operation.DELETE_CHAIN, Optional.of(chain.name()), 0, "");
  }

  void deleteRule(Transaction.Part part, Token place, int handle) throws NftComplaint {
    Chain chain = chain(part);
    for (int i = 0; i < chain.rules().size(); i++) {
      if (table.table().handles().of(chain.rules().get(i).handle()) == handle) {
        run(Operation.DELETE_NUMBER, Optional.of(chain.name()), i + 1, "");
        return;
      }
    }
    throw NftComplaint.kernel(place, Transaction.MISSING);
  }

  void rename(Transaction.Part part, Token to) throws NftComplaint {
    Chain chain = chain(part);
    if (table.chain(to.text()).isPresent()) {
      throw NftComplaint.kernel(part.name(), Transaction.EXISTS);
    }
    if (chain.policy().isPresent() || table.table().chain(to.text()).isPresent()) {
      throw refused("the name " + to.text(), chain.name(), table.key());
    }
    run(Operation.RENAME_CHAIN, Optional.of(chain.name()), 0, to.text());
  }
}
