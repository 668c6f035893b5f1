package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Failing;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Policy;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Ruleset;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;
import org.hopscope.model.netfilter.Target;

/** Carries out iptables commands on rules, whole or not at all (iptables/nft.c). */
public final class RuleEditor {
  private final IpFamily family;
  private Ruleset ruleset;
  private NetfilterState state;
  private int nextHandle;
  private final Set<String> sets;
  /** The rules that were put into chains, in order. */
  private final List<Validity.Put> puts = new ArrayList<>();
  /** Counted when somebody first asks. */
  private final Map<TableName, JumpCount> jumps = new EnumMap<>(TableName.class);

  RuleEditor(Filter before, IpFamily family) {
    this.family = family;
    ruleset = before.rules().of(family);
    state = before.state();
    nextHandle = before.rules().nextHandle();
    sets = before.rules().sets().keySet();
  }

  /** The filter after a command that changes it; the same after one that only looks. */
  public static Filter apply(Filter before, IpFamily family, IptablesCommand command) throws Complaint {
    RuleEditor editor = new RuleEditor(before, family);
    RuleTable table = editor.table(command.table());
    editor.run(command);
    for (Validity.Put put : editor.puts) {
      put.check(family, command.table());
    }
    Optional<Reach.Fault> fault = Validity.fault(table, editor.table(command.table()), editor.puts);
    if (fault.isPresent()) {
      throw editor.puts.getLast().refused(fault.get().error());
    }
    return editor.result(before);
  }

  Filter result(Filter before) {
    return new Filter(before.rules().with(family, ruleset, nextHandle), state);
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
      case APPEND -> add(command, chain(command).rules().size(), "RULE_APPEND");
      case INSERT -> insert(command);
      case REPLACE -> replace(command);
      case DELETE -> delete(command);
      case DELETE_NUMBER -> deleteNumber(command);
      case CHECK -> find(command);
      case FLUSH -> flush(command);
      case ZERO -> zero(command);
      case ZERO_NUMBER -> zeroNumber(command);
      case NEW_CHAIN -> newChain(table, command.chain().orElseThrow());
      case DELETE_CHAIN -> deleteChains(command);
      case RENAME_CHAIN -> rename(command);
      case POLICY -> policy(table, command.chain().orElseThrow(), command.word());
      case LIST, LIST_RULES -> {
        if (command.style().zero()) {
          zero(command);
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

  /** The table as it is, or as it is made when it is written to. */
  RuleTable table(TableName name) {
    return ruleset.table(name).orElseGet(() -> RuleTable.fresh(name, nextHandle));
  }

  private Chain chain(IptablesCommand command) throws Complaint {
    return table(command.table()).chain(command.chain().orElseThrow()).orElseThrow(RuleEditor::noChain);
  }

  /** As {@link #chain}; in a table that nobody has used yet, built-in chains are only shown. */
  private Chain madeChain(IptablesCommand command) throws Complaint {
    if (ruleset.table(command.table()).isEmpty()) {
      throw noChain();
    }
    return chain(command);
  }

  /** The sets and chains that rules name are looked up while they are read (iptables/xshared.c, libxt_set.h). */
  private void checkNames(IptablesCommand command) throws Complaint {
    Map<String, Chain> chains = table(command.table()).chains();
    for (Rule rule : command.rules()) {
      checkSets(rule);
      Optional<String> to = Failing.leads(rule);
      if (to.isPresent() && !chains.containsKey(to.get())) {
        throw unknown(to.get());
      }
    }
  }

  private static Complaint unknown(String chain) {
    return Complaint.parameter("Chain '" + chain + "' does not exist");
  }

  /** Empties a table of everything: restoring begins so. */
  void clear(TableName name) {
    Optional<RuleTable> old = ruleset.table(name);
    if (old.isEmpty()) {
      return;
    }
    for (Chain chain : old.get().chains().values()) {
      state = state.forget(chain.handle());
      chain.rules().forEach(r -> state = state.forget(r.handle()));
    }
    ruleset = ruleset.without(name);
    jumps.remove(name);
  }

  /** A chain as a file declares it: empty, with its policy when it is a built-in one. */
  void declare(TableName name, String chain, String policy, Tally counted) throws Complaint {
    if (Hook.named(chain).filter(name.hooks()::contains).isPresent()) {
      policy(name, chain, policy);
      state = state.withTally(table(name).chain(chain).orElseThrow().handle(), counted);
      return;
    }
    Optional<Chain> old = table(name).chain(chain);
    if (old.isEmpty()) {
      newChain(name, chain);
    } else {
      old.get().rules().forEach(r -> state = state.forget(r.handle()));
      put(name, old.get().withRules(List.of()));
    }
  }

  /** Adds many rules to the ends of their chains at once; chains that are led to are looked for when all are there. */
  void append(TableName name, String chain, List<Rule> rules, List<Tally> counted) throws Complaint {
    RuleTable table = table(name);
    put(table);
    Chain old = table.chain(chain).orElseThrow(RuleEditor::noChain);
    List<Rule> fresh = new ArrayList<>(rules.size());
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i).withHandle(takeHandle());
      fresh.add(rule);
      puts.add(new Validity.Put(chain, rule, "RULE_APPEND"));
      if (!counted.get(i).equals(Tally.ZERO)) {
        state = state.withTally(rule.handle(), counted.get(i));
      }
    }
    fresh.addAll(0, old.rules());
    put(name, old.withRules(fresh));
  }

  Ruleset ruleset() {
    return ruleset;
  }

  /** Writes a table back; handles of built-in chains that came with it are taken. */
  void put(RuleTable table) {
    if (ruleset.table(table.name()).isEmpty()) {
      nextHandle += table.name().hooks().size();
    }
    ruleset = ruleset.with(table);
  }

  void put(TableName name, Chain chain) {
    RuleTable table = table(name);
    JumpCount count = jumps.get(name);
    if (count != null) {
      count.replaced(table.chain(chain.name()).orElse(Chain.named(chain.name(), 0)), chain);
    }
    put(table.with(chain));
  }

  int takeHandle() {
    return nextHandle++;
  }

  private void add(IptablesCommand command, int index, String what) throws Complaint {
    Chain chain = chain(command);
    RuleTable table = table(command.table());
    put(table);
    List<Rule> rules = new ArrayList<>(chain.rules());
    int at = index;
    for (Rule rule : command.rules()) {
      Rule fresh = rule.withHandle(takeHandle());
      checkJump(table, chain.name(), fresh, what);
      rules.add(at++, fresh);
      puts.add(new Validity.Put(chain.name(), fresh, what));
      if (!command.counted().equals(Tally.ZERO)) {
        state = state.withTally(fresh.handle(), command.counted());
      }
    }
    put(command.table(), chain.withRules(rules));
  }

  /** The chain that a rule leads to must be there, and be a user's. */
  static void checkJump(RuleTable table, String chain, Rule rule, String what) throws Complaint {
    Optional<String> to = Failing.leads(rule);
    if (to.isEmpty()) {
      return;
    }
    Chain led = table.chain(to.get()).orElseThrow(() -> unknown(to.get()));
    if (led.policy().isPresent()) {
      throw Complaint.kernel(what + " failed (Operation not supported): rule in chain " + chain);
    }
  }

  /** The sets that a rule looks into must be there. */
  void checkSets(Rule rule) throws Complaint {
    for (Match match : rule.matches()) {
      if (match instanceof Match.InSet in && !sets.contains(in.set())) {
        throw Complaint.parameter("Set " + in.set() + " doesn't exist.\n");
      }
    }
  }

  private void insert(IptablesCommand command) throws Complaint {
    if (command.number() > chain(command).rules().size() + 1) {
      throw Complaint.result("Index of insertion too big.");
    }
    add(command, command.number() - 1, "RULE_INSERT");
  }

  private void replace(IptablesCommand command) throws Complaint {
    Chain chain = madeChain(command);
    if (command.rules().size() != 1) {
      throw Complaint.parameter("Replacement rule does not specify a unique address");
    }
    if (command.number() > chain.rules().size()) {
      throw Complaint.result("Index of replacement too big.");
    }
    Rule fresh = command.rules().getFirst().withHandle(takeHandle());
    checkJump(table(command.table()), chain.name(), fresh, "RULE_REPLACE");
    state = state.forget(chain.rules().get(command.number() - 1).handle());
    if (!command.counted().equals(Tally.ZERO)) {
      state = state.withTally(fresh.handle(), command.counted());
    }
    List<Rule> rules = new ArrayList<>(chain.rules());
    rules.set(command.number() - 1, fresh);
    put(command.table(), chain.withRules(rules));
    puts.add(new Validity.Put(chain.name(), fresh, "RULE_REPLACE"));
  }

  /** Where the rules that a command names stand. */
  private List<Integer> find(IptablesCommand command) throws Complaint {
    Chain chain = table(command.table()).chain(command.chain().orElseThrow()).orElseThrow(RuleEditor::badRule);
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
    state = state.forget(chain.rules().get(index).handle());
    List<Rule> left = new ArrayList<>(chain.rules());
    left.remove(index);
    put(table, chain.withRules(left));
  }

  private List<Chain> chosen(IptablesCommand command) throws Complaint {
    return command.chain().isPresent()
        ? List.of(chain(command))
        : ruleset.table(command.table()).map(RuleTable::listed).orElse(List.of());
  }

  private void flush(IptablesCommand command) throws Complaint {
    for (Chain chain : chosen(command)) {
      if (!chain.rules().isEmpty()) {
        chain.rules().forEach(r -> state = state.forget(r.handle()));
        put(command.table(), chain.withRules(List.of()));
      }
    }
  }

  private void zero(IptablesCommand command) throws Complaint {
    if (command.chain().isPresent()) {
      madeChain(command);
    }
    for (Chain chain : chosen(command)) {
      state = state.withTally(chain.handle(), Tally.ZERO);
      chain.rules().forEach(r -> state = state.withTally(r.handle(), Tally.ZERO));
    }
  }

  /** A number that is too great is no mistake (iptables/nft.c nft_rule_zero_counters returns 1 for it). */
  private void zeroNumber(IptablesCommand command) throws Complaint {
    if (ruleset.table(command.table()).isEmpty()) {
      throw badRule();
    }
    Chain chain = chain(command);
    if (command.number() <= chain.rules().size()) {
      state = state.withTally(chain.rules().get(command.number() - 1).handle(), Tally.ZERO);
    }
  }

  void newChain(TableName name, String chain) throws Complaint {
    RuleTable table = table(name);
    if (table.chain(chain).isPresent()) {
      throw Complaint.result("Chain already exists.");
    }
    put(table);
    put(name, Chain.named(chain, takeHandle()));
  }

  private void deleteChains(IptablesCommand command) throws Complaint {
    TableName name = command.table();
    if (command.chain().isPresent()) {
      deleteChain(name, chain(command));
      return;
    }
    List<Chain> left = new ArrayList<>(chosen(command).stream().filter(c -> c.policy().isEmpty()).toList());
    for (Chain chain : left) {
      deleteChain(name, chain);
    }
  }

  /** A chain that something leads to, or that has rules, stays (kernel nf_tables_delchain: EBUSY). */
  private void deleteChain(TableName name, Chain chain) throws Complaint {
    RuleTable table = table(name);
    if (chain.policy().isPresent() || jumps.computeIfAbsent(name, _ -> JumpCount.of(table)).to(chain.name()) > 0
        || !chain.rules().isEmpty()) {
      throw Complaint.kernel("CHAIN_DEL failed (Device or resource busy): chain " + chain.name());
    }
    state = state.forget(chain.handle());
    put(table.without(chain.name()));
  }

  private void rename(IptablesCommand command) throws Complaint {
    TableName name = command.table();
    Chain chain = chain(command);
    if (table(name).chain(command.word()).isPresent()) {
      throw Complaint.result("File exists.");
    }
    if (chain.policy().isPresent()) {
      throw Complaint.unsupported("-E " + chain.name());
    }
    RuleTable renamed = table(name).without(chain.name()).with(chain.withName(command.word()));
    for (Chain other : renamed.listed()) {
      renamed = renamed.with(other.withRules(
          other.rules().stream().map(r -> r.withTarget(renamed(r.target(), chain.name(), command.word()))).toList()));
    }
    put(renamed);
    jumps.remove(name);
  }

  private static Target renamed(Target target, String old, String fresh) {
    return switch (target) {
      case Target.Jump(String to) when to.equals(old) -> new Target.Jump(fresh);
      case Target.Goto(String to) when to.equals(old) -> new Target.Goto(fresh);
      default -> target;
    };
  }

  void policy(TableName name, String chain, String word) throws Complaint {
    if (Hook.named(chain).filter(name.hooks()::contains).isEmpty()) {
      throw Complaint.result("Bad built-in chain name.");
    }
    Optional<Policy> policy = switch (word) {
      case "ACCEPT" -> Optional.of(Policy.ACCEPT);
      case "DROP" -> Optional.of(Policy.DROP);
      default -> Optional.empty();
    };
    Chain builtIn = table(name).chain(chain).orElseThrow();
    put(name, builtIn.withPolicy(
        policy.orElseThrow(() -> Complaint.result("Bad policy name. Run `dmesg' for more information."))));
  }
}
