package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Failing;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.IpSet;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;

/** Carries out iptables commands on rules, whole or not at all (iptables/nft.c). */
public final class RuleEditor {
  private final Draft draft;
  private final ChainEditor chains;
  /** The rules that were put into chains, in order. */
  private final List<Validity.Put> puts = new ArrayList<>();

  RuleEditor(Draft draft) {
    this.draft = draft;
    chains = new ChainEditor(draft);
  }

  /** The filter after a command that changes it; the same after one that only looks. */
  public static Filter apply(Filter before, IpFamily family, IptablesCommand command) throws Complaint {
    Draft draft = new Draft(before, family);
    RuleEditor editor = new RuleEditor(draft);
    RuleTable table = draft.table(command.table());
    editor.run(command);
    for (Validity.Put put : editor.puts) {
      put.check(family, command.table());
    }
    Optional<Reach.Fault> fault = Validity.fault(table, draft.table(command.table()), editor.puts);
    if (fault.isPresent()) {
      throw editor.puts.getLast().refused(fault.get().error());
    }
    return draft.filter();
  }

  /** The rules that commands put into chains up to now; nothing has looked yet whether the kernel takes them there. */
  List<Validity.Put> puts() {
    return puts;
  }

  /** Carries out a command, but for the kernel's look at the rules that it puts. */
  void run(IptablesCommand command) throws Complaint {
    TableName table = command.table();
    checkNames(command);
    switch (command.operation()) {
      case APPEND -> add(command, OptionalInt.empty(), "RULE_APPEND");
      case INSERT -> insert(command);
      case REPLACE -> replace(command);
      case DELETE -> delete(command);
      case DELETE_NUMBER -> deleteNumber(command);
      case CHECK -> find(command);
      case FLUSH -> flush(command);
      case ZERO -> zero(command);
      case ZERO_NUMBER -> zeroNumber(command);
      case NEW_CHAIN -> chains.make(table, command.chain().orElseThrow());
      case DELETE_CHAIN -> deleteChains(command);
      case RENAME_CHAIN -> {
        if (draft.chain(table, command.word()).isPresent()) {
          throw Complaint.result("File exists.");
        }
        chains.rename(table, chain(command), command.word());
      }
      case POLICY -> chains.policy(table, command.chain().orElseThrow(), command.word());
      case LIST, LIST_RULES -> {
        if (command.style().zero()) {
          zeroListed(command);
        }
      }
      case VERSION, HELP -> {
      }
    }
  }

  static Complaint noChain() {
    return Complaint.result("No chain/target/match by that name.");
  }

  private static Complaint badRule() {
    return Complaint.result("Bad rule (does a matching rule exist in that chain?).");
  }

  private Chain chain(IptablesCommand command) throws Complaint {
    return draft.chain(command.table(), command.chain().orElseThrow()).orElseThrow(RuleEditor::noChain);
  }

  /** As {@link #chain}; a built-in chain that nobody has named yet is only shown. */
  private Chain madeChain(IptablesCommand command) throws Complaint {
    Chain chain = chain(command);
    if (!chain.isMade()) {
      throw noChain();
    }
    return chain;
  }

  /** The sets and chains that rules name are looked up while they are read (iptables/xshared.c, libxt_set.h). */
  private void checkNames(IptablesCommand command) throws Complaint {
    for (Rule rule : command.rules()) {
      checkSets(rule);
      Optional<String> to = Failing.leads(rule);
      if (to.isPresent() && draft.chain(command.table(), to.get()).isEmpty()) {
        throw unknown(to.get());
      }
    }
  }

  private static Complaint unknown(String chain) {
    return Complaint.parameter("Chain '" + chain + "' does not exist");
  }

  /**
   * Adds many rules, which have their numbers, to the end of their chain at once; chains that are led to are looked for when all are
   * there.
   */
  void append(TableName name, String chain, List<Rule> rules, List<Tally> counted) throws Complaint {
    Chain old = draft.chain(name, chain).orElseThrow(RuleEditor::noChain);
    List<Rule> fresh = new ArrayList<>(old.rules().size() + rules.size());
    fresh.addAll(old.rules());
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      fresh.add(rule);
      puts.add(new Validity.Put(chain, rule, "RULE_APPEND"));
      if (!counted.get(i).equals(Tally.ZERO)) {
        draft.count(rule.handle(), counted.get(i));
      }
    }
    draft.put(name, old.withRules(fresh));
  }

  /** Behind the last, or each at the same place, so that the first of several ends up behind the others. */
  private void add(IptablesCommand command, OptionalInt index, String what) throws Complaint {
    draft.make(command.table(), command.chain().orElseThrow());
    Chain chain = chain(command);
    List<Rule> rules = new ArrayList<>(chain.rules());
    for (Rule rule : command.rules()) {
      Rule fresh = rule.withHandle(draft.takeHandle(command.table()));
      checkJump(command.table(), chain.name(), fresh, what);
      rules.add(index.orElse(rules.size()), fresh);
      puts.add(new Validity.Put(chain.name(), fresh, what));
      if (!command.counted().equals(Tally.ZERO)) {
        draft.count(fresh.handle(), command.counted());
      }
    }
    draft.put(command.table(), chain.withRules(rules));
  }

  /** The chain that a rule leads to must be there, and be a user's. */
  void checkJump(TableName table, String chain, Rule rule, String what) throws Complaint {
    Optional<String> to = Failing.leads(rule);
    if (to.isEmpty()) {
      return;
    }
    Chain led = draft.chain(table, to.get()).orElseThrow(() -> unknown(to.get()));
    if (led.policy().isPresent()) {
      throw Complaint.kernel(what + " failed (Operation not supported): rule in chain " + chain);
    }
  }

  /** The sets that a rule looks into must be there. */
  void checkSets(Rule rule) throws Complaint {
    for (String name : rule.sets()) {
      IpSet set = draft.sets().get(name);
      if (set == null) {
        throw Complaint.parameter("Set " + name + " doesn't exist.\n");
      }
      if (set.type().hasFamily() && set.options().family() != draft.family()) {
        throw Complaint.parameter("The protocol family of set " + name + " is "
            + (set.options().family() == IpFamily.INET ? "IPv4" : "IPv6") + ", which is not applicable.\n");
      }
    }
  }

  private void insert(IptablesCommand command) throws Complaint {
    if (command.number() > chain(command).rules().size() + 1) {
      throw Complaint.result("Index of insertion too big.");
    }
    add(command, OptionalInt.of(command.number() - 1), "RULE_INSERT");
  }

  private void replace(IptablesCommand command) throws Complaint {
    if (command.rules().size() != 1) {
      throw Complaint.parameter("Replacement rule does not specify a unique address");
    }
    Chain chain = madeChain(command);
    if (command.number() > chain.rules().size()) {
      throw Complaint.result("Index of replacement too big.");
    }
    int old = chain.rules().get(command.number() - 1).handle();
    Rule fresh = command.rules().getFirst().withHandle(draft.replaceHandle(command.table(), old));
    checkJump(command.table(), chain.name(), fresh, "RULE_REPLACE");
    draft.forget(old);
    if (!command.counted().equals(Tally.ZERO)) {
      draft.count(fresh.handle(), command.counted());
    }
    List<Rule> rules = new ArrayList<>(chain.rules());
    rules.set(command.number() - 1, fresh);
    draft.put(command.table(), chain.withRules(rules));
    puts.add(new Validity.Put(chain.name(), fresh, "RULE_REPLACE"));
  }

  /** Where the rules that a command names stand. */
  private List<Integer> find(IptablesCommand command) throws Complaint {
    Chain chain = draft.chain(command.table(), command.chain().orElseThrow()).orElseThrow(RuleEditor::badRule);
    List<Integer> found = new ArrayList<>();
    for (Rule wanted : command.rules()) {
      int index = -1;
      for (int i = 0; i < chain.rules().size() && index < 0; i++) {
        index = chain.rules().get(i).saysSame(wanted) ? i : -1;
      }
      if (index < 0) {
        throw badRule();
      }
      found.add(index);
    }
    return found;
  }

  private void delete(IptablesCommand command) throws Complaint {
    for (Rule wanted : command.rules()) {
      IptablesCommand one = new IptablesCommand(command.operation(), command.table(), command.chain(), 0, "",
          List.of(wanted), Tally.ZERO, command.style());
      int index = find(one).getFirst();
      remove(command.table(), chain(command), index);
    }
  }

  private void deleteNumber(IptablesCommand command) throws Complaint {
    Chain chain = madeChain(command);
    if (command.number() > chain.rules().size()) {
      throw Complaint.result("Index of deletion too big.");
    }
    remove(command.table(), chain, command.number() - 1);
  }

  private void remove(TableName table, Chain chain, int index) {
    draft.forget(chain.rules().get(index).handle());
    List<Rule> left = new ArrayList<>(chain.rules());
    left.remove(index);
    draft.put(table, chain.withRules(left));
  }

  private List<Chain> chosen(IptablesCommand command) throws Complaint {
    if (command.chain().isPresent()) {
      return List.of(chain(command));
    }
    return draft.isMade(command.table()) ? draft.table(command.table()).listed() : List.of();
  }

  /** With {@code -v} it asks for the chains by name, and makes those that are missing (iptables/nft.c nft_rule_flush). */
  private void flush(IptablesCommand command) throws Complaint {
    command.chain().ifPresent(c -> draft.make(command.table(), c));
    if (command.chain().isEmpty() && command.style().verbose()) {
      command.table().hooks().forEach(h -> draft.make(command.table(), h.name()));
    }
    for (Chain chain : chosen(command)) {
      chains.empty(command.table(), chain);
    }
  }

  private void zero(IptablesCommand command) throws Complaint {
    if (command.chain().isPresent()) {
      madeChain(command);
    }
    for (Chain chain : chosen(command)) {
      if (chain.isMade()) {
        draft.count(chain.handle(), Tally.ZERO);
      }
      chain.rules().forEach(r -> draft.count(r.handle(), Tally.ZERO));
    }
  }

  /** What was listed is zeroed, and with it comes into being; nothing does in a table that is not there. */
  private void zeroListed(IptablesCommand command) throws Complaint {
    TableName table = command.table();
    List<String> builtIn = table.hooks().stream().map(Hook::name)
        .filter(h -> command.chain().filter(c -> !c.equals(h)).isEmpty()).toList();
    if (!draft.isMade(table) && !builtIn.isEmpty()) {
      throw Complaint.kernel("CHAIN_ZERO failed (No such file or directory): chain " + builtIn.getFirst());
    }
    builtIn.forEach(c -> draft.make(table, c));
    zero(command);
  }

  /** A number that is too great is no mistake (iptables/nft.c nft_rule_zero_counters returns 1 for it). */
  private void zeroNumber(IptablesCommand command) throws Complaint {
    Chain chain = draft.chain(command.table(), command.chain().orElseThrow()).filter(Chain::isMade)
        .orElseThrow(RuleEditor::badRule);
    if (command.number() <= chain.rules().size()) {
      draft.count(chain.rules().get(command.number() - 1).handle(), Tally.ZERO);
    }
  }

  /** Built-in chains go too where they say nothing (iptables/nft.c __nft_chain_del). */
  private void deleteChains(IptablesCommand command) throws Complaint {
    if (command.chain().isPresent()) {
      chains.delete(command.table(), madeChain(command));
      return;
    }
    for (Chain chain : chosen(command)) {
      if (chain.policy().isPresent()) {
        chains.retire(command.table(), chain);
      } else {
        chains.delete(command.table(), chain);
      }
    }
  }
}
