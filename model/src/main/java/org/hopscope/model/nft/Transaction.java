package org.hopscope.model.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.iptables.Filter;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Policy;
import org.hopscope.model.netfilter.Rulesets;
import org.hopscope.model.netfilter.Tally;

/** Changes of tables that are made together or not at all (kernel net/netfilter/nf_tables_api.c). */
final class Transaction {
  static final String MISSING = "No such file or directory";
  static final String EXISTS = "File exists";
  static final String NOT_SUPPORTED = "Operation not supported";
  static final String BUSY = "Device or resource busy";

  private final Devices devices;
  private NftRuleset rules;
  private Rulesets iptables;
  private NetfilterState state;
  private int nextId;
  private final boolean verbatim;
  private Optional<Token> lastLed = Optional.empty();

  Transaction(NftFilter before, Devices devices, boolean verbatim) {
    this.devices = devices;
    this.verbatim = verbatim;
    rules = before.rules();
    iptables = before.iptables();
    state = before.state();
    nextId = iptables.nextHandle();
  }

  NftFilter result() throws NftComplaint {
    if (lastLed.isPresent()) {
      for (NftTable table : rules.tables()) {
        ChainChecks.check(table, lastLed.get());
      }
    }
    return new NftFilter(rules, iptables.withNextHandle(nextId), state);
  }

  NftRuleset rules() {
    return rules;
  }

  NetfilterState state() {
    return state;
  }

  /** The tables of nft and of iptables in the order in which they were made. */
  List<Whole> all() {
    return Whole.all(rules, iptables);
  }

  /** One of them. */
  Optional<Whole> any(NftTable.Key key) {
    return all().stream().filter(t -> t.key().equals(key)).findFirst();
  }

  /** Something that is done to what iptables made of a table. */
  private interface Step {
    void run(XtEditor editor) throws NftComplaint;
  }

  private boolean isForeign(NftTable.Key key, String chain) {
    return XtTable.find(iptables, key).flatMap(t -> t.chain(chain)).isPresent();
  }

  /** Does it to a chain of iptables; says whether it is one. */
  private boolean inXt(Part part, Step step) throws NftComplaint {
    return isForeign(part.table().key(), part.text()) && inXt(part.table(), step);
  }

  /** Does it, if iptables made something of the table; says whether. */
  private boolean inXt(Named named, Step step) throws NftComplaint {
    Optional<XtTable> table = XtTable.find(iptables, named.key());
    if (table.isEmpty()) {
      return false;
    }
    XtEditor editor = new XtEditor(table.get(), new Filter(iptables.withNextHandle(nextId), state));
    step.run(editor);
    iptables = editor.filter().rules();
    state = editor.filter().state();
    nextId = iptables.nextHandle();
    return true;
  }

  /** What a rule of a table is read within. */
  Scope scope(Named table) {
    return new Scope(rules.table(table.key())
        .orElseGet(() -> NftTable.fresh(table.key(), new NftTable.About(0, false, Optional.empty()))), devices,
        verbatim);
  }

  Devices devices() {
    return devices;
  }

  /** A table by name, and where the name stands. */
  record Named(NftTable.Key key, Token place) {
  }

  /** Something of a table by name, and where the name stands. */
  record Part(Named table, Token name, Token command) {
    String text() {
      return name.text();
    }
  }

  /** What nft made of a table; of one that iptables made, nothing yet. */
  NftTable table(Named named) throws NftComplaint {
    return rules.table(named.key()).or(() -> XtTable.find(iptables, named.key()).map(XtTable::shared))
        .orElseThrow(() -> new Absent(all()).table(named));
  }

  /** As {@link #table}, where nft itself looks before it asks the kernel (nftables src/evaluate.c table_not_found). */
  NftTable lookedUp(Named named) throws NftComplaint {
    if (any(named.key()).isEmpty()) {
      throw new Absent(all()).unseen(named);
    }
    return table(named);
  }

  NftChain chain(Part part) throws NftComplaint {
    if (isForeign(part.table().key(), part.text())) {
      throw XtEditor.refused("a rule", part.text(), part.table().key());
    }
    return table(part.table()).chain(part.text()).orElseThrow(() -> new Absent(all()).chain(part));
  }

  NftSet set(Part part) throws NftComplaint {
    return table(part.table()).set(part.text()).orElseThrow(() -> NftComplaint.at(part.name(), MISSING));
  }

  void addTable(Named named, NftTable.About about, boolean create) throws NftComplaint {
    boolean theirs = inXt(named, e -> e.add(named, about, create));
    if (theirs && rules.table(named.key()).isEmpty()) {
      return;
    }
    Optional<NftTable> old = rules.table(named.key());
    if (old.isPresent()) {
      if (create) {
        throw NftComplaint.kernel(named.place(), EXISTS);
      }
      NftTable.About was = old.get().about();
      rules = rules.with(old.get().with(new NftTable.About(was.handle(), about.dormant(), was.comment())));
      return;
    }
    int handle = rules.nextHandle();
    rules = rules.withNextHandle(handle + 1)
        .with(NftTable.fresh(named.key(), new NftTable.About(handle, about.dormant(), about.comment())));
  }

  /** A chain that is there is no base chain, or at another place, or one of another type (kernel nf_tables_updchain). */
  static NftComplaint elsewhere(Part part, Optional<NftChain.Base> was, NftChain.Base wanted) {
    return was.filter(b -> b.hook() != wanted.hook() || b.priority() != wanted.priority()).isPresent()
        ? NftComplaint.kernel(part.command(), NOT_SUPPORTED)
        : NftComplaint.kernel(part.name(), EXISTS);
  }

  private NftSet.Place place(NftTable table) {
    return new NftSet.Place(nextId++, table.nextHandle());
  }

  void addChain(Part part, Optional<NftChain.Base> base, Optional<Policy> policy, Optional<String> comment,
      boolean create) throws NftComplaint {
    boolean own = rules.table(part.table().key()).flatMap(t -> t.chain(part.text())).isPresent();
    boolean theirs = XtTable.find(iptables, part.table().key())
        .filter(t -> t.isBuiltIn(part.text()) || t.chain(part.text()).isPresent()).isPresent();
    if (theirs && !own && inXt(part.table(), e -> e.addChain(part, base, policy, create))) {
      return;
    }
    NftTable table = table(part.table());
    Optional<NftChain> old = table.chain(part.text());
    if (base.isPresent()) {
      ChainChecks.base(base.get(), part.command());
    }
    if (old.isEmpty()) {
      NftSet.Place place = place(table);
      rules = rules.with(table.with(new NftChain(part.text(), place, base, List.of(), comment))
          .withNextHandle(table.nextHandle() + 1));
      return;
    }
    if (create) {
      throw NftComplaint.kernel(part.name(), EXISTS);
    }
    Optional<NftChain.Base> was = old.get().base();
    if (base.isPresent() && was.filter(b -> b.isAt(base.get())).isEmpty()) {
      throw elsewhere(part, was, base.get());
    }
    if (policy.isPresent() && was.isPresent()) {
      rules = rules.with(table.with(old.get().with(new NftChain.Base(was.get().type(), was.get().hook(),
          was.get().priority(), policy.get()))));
    } else if (policy.isPresent()) {
      throw NftComplaint.kernel(part.command(), NOT_SUPPORTED);
    }
  }

  void addSet(Part part, NftSet.Spec spec, boolean create) throws NftComplaint {
    NftTable table = table(part.table());
    Optional<NftSet> old = table.set(part.text());
    if (old.isPresent()) {
      boolean same = old.get().spec().keys().equals(spec.keys()) && old.get().spec().data().equals(spec.data())
          && old.get().spec().flags().equals(spec.flags());
      if (create || !same) {
        throw NftComplaint.kernel(part.name(), EXISTS);
      }
      return;
    }
    NftSet.Place place = place(table);
    rules = rules.with(table.with(new NftSet(part.text(), place, spec, List.of()))
        .withNextHandle(table.nextHandle() + 1));
  }

  void addCounter(Part part, RuleReader.Counted counted, Optional<String> comment, boolean create)
      throws NftComplaint {
    NftTable table = table(part.table());
    if (table.counter(part.text()).isPresent()) {
      if (create) {
        throw NftComplaint.kernel(part.name(), EXISTS);
      }
      return;
    }
    NftSet.Place place = place(table);
    rules = rules.with(table.with(new NftCounter(part.text(), place, comment))
        .withNextHandle(table.nextHandle() + 1));
    state = state.withTally(place.id(), new Tally(counted.packets(), counted.bytes()));
  }

  void addRule(Part part, RulePlace at, RuleReader.Read read) throws NftComplaint {
    NftChain chain = chain(part);
    NftTable table = table(part.table());
    if (read.counter().isPresent()) {
      throw new Absent(all()).inRule(part, read.counter().get());
    }
    for (Statement statement : read.statements()) {
      for (String to : statement.leads()) {
        if (isForeign(table.key(), to)) {
          throw XtEditor.refused("a jump", to, table.key());
        }
        NftChain led =
            table.chain(to).orElseThrow(() -> new Absent(all()).inRule(part, read.led().orElse(part.command())));
        if (led.base().isPresent()) {
          throw NftComplaint.kernel(part.command(), NOT_SUPPORTED);
        }
        lastLed = Optional.of(part.command());
      }
    }
    ChainChecks.rule(chain, read.statements(), part.command());
    lastLed = read.statements().stream().anyMatch(ChainChecks::matters) ? Optional.of(part.command()) : lastLed;
    int handle = table.nextHandle() + read.statements().stream().mapToInt(Statement::anonymousSets).sum();
    NftRule rule = new NftRule(nextId++, handle, read.statements(), read.comment());
    List<NftRule> all = new ArrayList<>(chain.rules());
    switch (at) {
      case RulePlace.End() -> all.add(rule);
      case RulePlace.Start() -> all.addFirst(rule);
      case RulePlace.Beside(Token place, int number, boolean behind) ->
          all.add(find(chain, place, number) + (behind ? 1 : 0), rule);
      case RulePlace.Index(Token place, int number, boolean behind) -> {
        if (number >= all.size()) {
          throw NftComplaint.kernel(place, MISSING);
        }
        all.add(number + (behind ? 1 : 0), rule);
      }
      case RulePlace.Instead(Token place, int number) -> {
        int index = find(chain, place, number);
        NftRule old = all.get(index);
        state = state.forget(old.id());
        all.set(index, rule.at(rule.id(), old.handle()));
      }
    }
    rules = rules.with(table.with(chain.with(all)).withNextHandle(handle + 1));
    read.counted().filter(c -> c.packets() > 0 || c.bytes() > 0)
        .ifPresent(c -> state = state.withTally(rule.id(), new Tally(c.packets(), c.bytes())));
  }

  /** The table must be there. */
  void known(Named named) throws NftComplaint {
    if (any(named.key()).isEmpty()) {
      throw NftComplaint.kernel(named.place(), MISSING);
    }
  }

  /** The table and the chain must be there. */
  void known(Part part) throws NftComplaint {
    known(part.table());
    if (!any(part.table().key()).orElseThrow().chains().contains(part.text())) {
      throw NftComplaint.kernel(part.name(), MISSING);
    }
  }

  private static int find(NftChain chain, Token place, int handle) throws NftComplaint {
    for (int i = 0; i < chain.rules().size(); i++) {
      if (chain.rules().get(i).handle() == handle) {
        return i;
      }
    }
    throw NftComplaint.kernel(place, MISSING);
  }

  void deleteRule(Part part, Token place, int handle) throws NftComplaint {
    if (inXt(part, e -> e.deleteRule(part, place, handle))) {
      return;
    }
    NftChain chain = chain(part);
    List<NftRule> all = new ArrayList<>(chain.rules());
    NftRule gone = all.remove(find(chain, place, handle));
    state = state.forget(gone.id());
    put(part, chain.with(all));
  }

  private void put(Part part, NftChain chain) throws NftComplaint {
    rules = rules.with(table(part.table()).with(chain));
  }

  void deleteTable(Named named) throws NftComplaint {
    boolean shared = inXt(named, XtEditor::drop);
    if (shared && rules.table(named.key()).isEmpty()) {
      return;
    }
    NftTable table = table(named);
    forget(table);
    rules = rules.without(table);
  }

  private void forget(NftTable table) {
    table.chains().forEach(c -> c.rules().forEach(r -> state = state.forget(r.id())));
    table.counters().forEach(c -> state = state.forget(c.place().id()));
    table.sets().forEach(s -> state = state.forget(s.place().id()));
  }

  /** A chain goes with its rules, unless something leads to it (kernel nf_tables_delchain). */
  void deleteChain(Part part) throws NftComplaint {
    if (inXt(part, e -> e.deleteChain(part))) {
      return;
    }
    NftChain chain = chain(part);
    NftTable table = table(part.table());
    chain.rules().forEach(r -> state = state.forget(r.id()));
    NftTable without = table.withoutChain(chain);
    if (without.led().contains(chain.name())) {
      throw NftComplaint.kernel(part.name(), BUSY);
    }
    rules = rules.with(without);
  }

  void deleteSet(Part part) throws NftComplaint {
    NftTable table = table(part.table());
    NftSet set = table.set(part.text()).orElseThrow(() -> NftComplaint.kernel(part.name(), MISSING));
    if (table.usedSets().contains(set.name())) {
      throw NftComplaint.kernel(part.name(), BUSY);
    }
    state = state.forget(set.place().id());
    rules = rules.with(table.withoutSet(set));
  }

  void deleteCounter(Part part) throws NftComplaint {
    NftTable table = table(part.table());
    NftCounter counter = table.counter(part.text()).orElseThrow(() -> NftComplaint.kernel(part.name(), MISSING));
    boolean used = table.chains().stream().flatMap(c -> c.rules().stream()).flatMap(r -> r.statements().stream())
        .anyMatch(s -> s instanceof Statement.CountIn(String name) && name.equals(counter.name()));
    if (used) {
      throw NftComplaint.kernel(part.name(), BUSY);
    }
    state = state.forget(counter.place().id());
    rules = rules.with(table.withoutCounter(counter));
  }

  void rename(Part part, Token to) throws NftComplaint {
    if (inXt(part, e -> e.rename(part, to))) {
      return;
    }
    NftChain chain = chain(part);
    NftTable table = table(part.table());
    if (table.chain(to.text()).isPresent()) {
      throw NftComplaint.kernel(part.name(), EXISTS);
    }
    if (table.led().contains(chain.name())) {
      throw NftComplaint.unsupported("rename of a chain that rules lead to");
    }
    rules = rules.with(table.withoutChain(chain).with(chain.named(to.text())));
  }

  void flushChain(Part part) throws NftComplaint {
    if (inXt(part, e -> e.flushChain(part))) {
      return;
    }
    NftChain chain = chain(part);
    chain.rules().forEach(r -> state = state.forget(r.id()));
    put(part, chain.with(List.of()));
  }

  void flushTable(Named named) throws NftComplaint {
    inXt(named, XtEditor::flush);
    for (NftChain chain : table(named).chains()) {
      chain.rules().forEach(r -> state = state.forget(r.id()));
      rules = rules.with(table(named).with(chain.with(List.of())));
    }
  }

  void flushSet(Part part) throws NftComplaint {
    NftSet set = set(part);
    state = state.forget(set.place().id());
    rules = rules.with(table(part.table()).with(set.with(List.of())));
  }

  /** All tables of a family, or all there are: those of iptables are tables like others. */
  void flushRuleset(Optional<NftFamily> family, Token place) throws NftComplaint {
    for (Whole table : all()) {
      if (family.isEmpty() || family.get() == table.key().family()) {
        deleteTable(new Named(table.key(), place));
      }
    }
  }

  void addElements(Part part, List<ElementReader.Placed> added, boolean create) throws NftComplaint {
    NftSet set = set(part);
    NftTable table = table(part.table());
    SetChange change = new SetChange(set);
    for (ElementReader.Placed each : added) {
      NftSet.Element element = each.element();
      if (element.data().isPresent() && element.data().get() instanceof NftSet.Data.Doing(Verdict verdict)
          && verdict.leads().isPresent()) {
        NftChain led = table.chain(verdict.leads().get())
            .orElseThrow(() -> NftComplaint.kernel(each.place(), MISSING));
        if (led.base().isPresent()) {
          throw NftComplaint.kernel(each.place(), NOT_SUPPORTED);
        }
        lastLed = Optional.of(part.command());
      }
      change.add(each, create);
    }
    rules = rules.with(table.with(change.result()));
  }

  void deleteElements(Part part, List<ElementReader.Placed> gone, long now) throws NftComplaint {
    NftSet set = set(part);
    SetChange change = new SetChange(set);
    for (ElementReader.Placed each : gone) {
      String key = NftText.key(set.spec().keys(), each.element().key(), devices);
      if (state.memory(set.place().id()).containsKey(key)) {
        state = state.withMemory(set.place().id(), state.memory(set.place().id()).minus(key));
      } else {
        change.remove(each, now);
      }
    }
    rules = rules.with(table(part.table()).with(change.result()));
  }

  /** Sets counters with names to zero; the tallies as they were. */
  void reset(NftCounter counter) {
    state = state.withTally(counter.place().id(), Tally.ZERO);
  }
}
