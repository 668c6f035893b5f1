package org.hopscope.model.iptables;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Failing;
import org.hopscope.model.netfilter.Handles;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Ruleset;
import org.hopscope.model.netfilter.TableName;
import org.pcollections.PSortedMap;

/**
 * One {@code iptables-restore --noflush} for many namespaces. It comes to the same wherever the chains that it names, or leads
 * to, are the same and nothing that differs leads to them or is led to by them: then what it came to the first time is taken over, and chains and rules are
 * the same objects. Everywhere else it is done from the beginning.
 */
public final class AlikeRestore {
  private final IpFamily family;
  private final List<RestoreFile.Section> sections;
  private Optional<First> first = Optional.empty();

  /**
   * The first time.
   *
   * @param before what was there
   * @param after what came of it
   * @param concerned of each section the chains that it names, with all that they lead to
   */
  private record First(Filter before, Filter after, List<Concerned> concerned) {
  }

  /** Chains that a section names, and those that packets come to from there. */
  private record Concerned(Set<String> named, Set<String> reached) {
    boolean isApart(Chain chain) {
      return !reached.contains(chain.name())
          && chain.rules().stream().flatMap(r -> Failing.leads(r).stream()).noneMatch(named::contains);
    }
  }

  public AlikeRestore(IpFamily family, List<RestoreFile.Section> sections) {
    this.family = family;
    this.sections = List.copyOf(sections);
  }

  /** The rules that it names. */
  public Stream<Rule> rules() {
    return sections.stream().flatMap(RestoreFile.Section::rules);
  }

  /** What {@link RestoreEditor#load} says. */
  public RestoreEditor.Loaded load(Filter before, String program) {
    Optional<Filter> taken = first.flatMap(f -> take(f, before));
    if (taken.isPresent()) {
      return new RestoreEditor.Loaded(taken.get(), sections.size(), Optional.empty());
    }
    RestoreEditor.Loaded loaded = RestoreEditor.load(before, family, sections, true, program);
    if (loaded.stopped().isEmpty() && sections.stream().allMatch(AlikeRestore::isPlain)) {
      Ruleset after = loaded.filter().rules().of(family);
      first = Optional.of(new First(before, loaded.filter(), sections.stream()
          .map(s -> concerned(s, after.table(s.table()).orElseThrow())).toList()));
    }
    return loaded;
  }

  /** Whether a section changes nothing but chains that it names and that users made. */
  private static boolean isPlain(RestoreFile.Section section) {
    return section.lines().stream().allMatch(line -> switch (line) {
      case RestoreFile.Line.Declared(int _, String _, String policy, var tally) ->
          policy.equals("-") && tally.packets() == 0 && tally.bytes() == 0;
      case RestoreFile.Line.Ordered(int _, IptablesCommand command) -> command.chain().isPresent()
          && switch (command.operation()) {
            case APPEND, INSERT, DELETE, DELETE_NUMBER, REPLACE, NEW_CHAIN, DELETE_CHAIN, FLUSH -> true;
            case CHECK, ZERO, ZERO_NUMBER, RENAME_CHAIN, POLICY, LIST, LIST_RULES, VERSION, HELP -> false;
          };
    });
  }

  private Optional<Filter> take(First known, Filter before) {
    boolean numbered = before.rules().nextHandle() == known.before().rules().nextHandle()
        && before.rules().sets().equals(known.before().rules().sets());
    if (!numbered) {
      return Optional.empty();
    }
    Ruleset ruleset = before.rules().of(family);
    NetfilterState state = before.state();
    for (int i = 0; i < sections.size(); i++) {
      TableName name = sections.get(i).table();
      Concerned concerned = known.concerned().get(i);
      Optional<RuleTable> was = known.before().rules().of(family).table(name);
      RuleTable is = known.after().rules().of(family).table(name).orElseThrow();
      Optional<RuleTable> table = take(concerned, was, is, before.rules().of(family).table(name))
          .map(t -> t.with(before.rules().of(family).table(name).map(RuleTable::handles).orElse(Handles.NONE)
              .takenFrom(is.handles(), before.rules().nextHandle())));
      if (table.isEmpty()) {
        return Optional.empty();
      }
      ruleset = ruleset.with(table.get());
      for (String chain : was.isPresent() && state != NetfilterState.EMPTY ? concerned.named() : Set.<String>of()) {
        state = forget(state, was.get().chain(chain), is.chain(chain));
      }
    }
    return Optional.of(new Filter(before.rules().with(family, ruleset, known.after().rules().nextHandle()), state));
  }

  /** What rules that are no longer there counted goes with them. */
  private static NetfilterState forget(NetfilterState state, Optional<Chain> was, Optional<Chain> is) {
    Set<Integer> left = new HashSet<>();
    is.ifPresent(c -> c.rules().forEach(r -> left.add(r.handle())));
    NetfilterState kept = state;
    for (Rule rule : was.map(Chain::rules).orElse(List.of())) {
      kept = left.contains(rule.handle()) ? kept : kept.forget(rule.handle());
    }
    return was.isPresent() && is.isEmpty() ? kept.forget(was.get().handle()) : kept;
  }

  private static Optional<RuleTable> take(Concerned concerned, Optional<RuleTable> was, RuleTable is,
      Optional<RuleTable> table) {
    if (was.isEmpty() || table.isEmpty()) {
      return was.isEmpty() && table.isEmpty() ? Optional.of(is) : Optional.empty();
    }
    RuleTable.Kin kin = table.get().kin().filter(k -> k.base() == was.get().chains())
        .orElseGet(() -> differences(was.get(), table.get()));
    boolean apart = kin.others().stream().allMatch(concerned::isApart)
        && kin.missing().stream().allMatch(c -> concerned.isApart(was.get().chain(c).orElseThrow()));
    if (!apart) {
      return Optional.empty();
    }
    PSortedMap<String, Chain> chains = is.chains().minusAll(kin.missing());
    for (Chain other : kin.others()) {
      chains = chains.plus(other.name(), other);
    }
    return Optional.of(new RuleTable(is.name(), chains,
        Optional.of(new RuleTable.Kin(is.chains(), kin.others(), kin.missing())), is.handles()));
  }

  private static RuleTable.Kin differences(RuleTable was, RuleTable table) {
    List<Chain> others = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    if (was.chains() == table.chains()) {
      return new RuleTable.Kin(was.chains(), others, missing);
    }
    Iterator<Chain> left = was.chains().values().iterator();
    Optional<Chain> known = next(left);
    for (Chain chain : table.chains().values()) {
      while (known.isPresent() && known.get().name().compareTo(chain.name()) < 0) {
        missing.add(known.get().name());
        known = next(left);
      }
      boolean there = known.isPresent() && known.get().name().equals(chain.name());
      if (!there || !known.get().equals(chain)) {
        others.add(chain);
      }
      known = there ? next(left) : known;
    }
    for (; known.isPresent(); known = next(left)) {
      missing.add(known.get().name());
    }
    return new RuleTable.Kin(was.chains(), others, missing);
  }

  private static Optional<Chain> next(Iterator<Chain> chains) {
    return chains.hasNext() ? Optional.of(chains.next()) : Optional.empty();
  }

  private static Concerned concerned(RestoreFile.Section section, RuleTable after) {
    Set<String> named = named(section);
    Map<String, Chain> chains = new HashMap<>(after.chains());
    Set<String> reached = new HashSet<>(named);
    Deque<String> left = new ArrayDeque<>(named);
    while (!left.isEmpty()) {
      Optional.ofNullable(chains.get(left.pop())).map(Chain::rules).orElse(List.of()).stream()
          .flatMap(r -> Failing.leads(r).stream()).filter(reached::add).forEach(left::push);
    }
    return new Concerned(named, reached);
  }

  /** The chains that a section declares, changes, or leads to. */
  private static Set<String> named(RestoreFile.Section section) {
    Set<String> named = new HashSet<>();
    for (RestoreFile.Line line : section.lines()) {
      switch (line) {
        case RestoreFile.Line.Declared declared -> named.add(declared.chain());
        case RestoreFile.Line.Ordered(int _, IptablesCommand command) -> Stream.concat(command.chain().stream(),
            command.rules().stream().flatMap(r -> Failing.leads(r).stream())).forEach(named::add);
      }
    }
    return named;
  }
}
