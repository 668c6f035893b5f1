package org.hopscope.model.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.CommandReader;
import org.hopscope.model.iptables.CommandText;
import org.hopscope.model.iptables.Complaint;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.ipvs.IpvsMemory;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.ConntrackTable;
import org.hopscope.model.netfilter.Handles;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.MatchState;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Policy;
import org.hopscope.model.netfilter.RecentList;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Ruleset;
import org.hopscope.model.netfilter.Rulesets;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;
import org.hopscope.model.netfilter.Target;
import org.hopscope.model.netfilter.TcpState;
import org.hopscope.model.netfilter.Tuple;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/** Reads packet filters as {@link NetfilterWriter} writes them. */
final class NetfilterReader {
  private static final List<String> FLAGS =
      List.of("replied", "assured", "source-nat", "destination-nat", "source-done", "destination-done");
  private static final int LAST_LABEL = 127;
  private final Set<Integer> handles = new HashSet<>();

  private NetfilterReader() {
  }

  static Rulesets rules(Fields fields) throws MalformedException {
    NetfilterReader reader = new NetfilterReader();
    Rulesets rulesets = Rulesets.NONE;
    for (IpFamily family : IpFamily.values()) {
      Ruleset ruleset = Ruleset.EMPTY;
      for (Map.Entry<String, Json> entry : fields.map(CommandText.program(family)).entrySet()) {
        TableName name = TableName.named(entry.getKey()).orElseThrow(() -> new MalformedException(
            entry.getValue().place(), "there is no table \"" + entry.getKey() + "\""));
        RuleTable table = reader.table(family, name, entry.getValue());
        ruleset = ruleset.with(table.with(numbers(fields, family, table)));
      }
      rulesets = rulesets.with(family, ruleset, 1);
    }
    int least = reader.handles.stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    return new Rulesets(rulesets.ipv4(), rulesets.ipv6(), fields.number("nextHandle", least, Integer.MAX_VALUE, least),
        SetCodec.read(fields));
  }

  /** By what numbers nftables knows a table's chains and rules; a lab of an older version numbers them anew. */
  private static Handles numbers(Fields fields, IpFamily family, RuleTable table) throws MalformedException {
    Json all = fields.map("numbers").get(CommandText.program(family));
    Json row = all == null ? null : Fields.entries(all).get(table.name().word());
    if (row == null) {
      return Handles.of(Stream.concat(table.made().stream().map(Chain::handle),
          table.made().stream().flatMap(c -> c.rules().stream()).map(Rule::handle)).toList());
    }
    List<Integer> numbers = new ArrayList<>();
    for (Json number : Fields.items(row)) {
      numbers.add((int) Fields.whole(number, 0, Integer.MAX_VALUE - 1));
    }
    if (numbers.size() % 3 != 2) {
      throw new MalformedException(row.place(), "expected two numbers, and three for each run of chains and rules");
    }
    return Handles.ofRow(numbers);
  }

  private RuleTable table(IpFamily family, TableName name, Json value) throws MalformedException {
    RuleTable table = new RuleTable(name, TreePMap.empty(), Handles.NONE);
    for (Json item : Fields.items(value)) {
      Chain chain = Fields.object(item, f -> chain(family, name, f));
      if (table.chain(chain.name()).isPresent()) {
        throw new MalformedException(item.place(), "there are two chains \"" + chain.name() + "\"");
      }
      table = table.with(chain);
    }
    for (Hook hook : name.hooks()) {
      if (table.chain(hook.name()).isEmpty()) {
        throw new MalformedException(value.place(), "the built-in chain " + hook.name() + " is missing");
      }
    }
    for (Chain chain : table.chains().values()) {
      for (Rule rule : chain.rules()) {
        Optional<String> to = leads(rule.target());
        if (to.flatMap(table::chain).filter(c -> c.policy().isEmpty()).isEmpty() && to.isPresent()) {
          throw new MalformedException(value.place(), "a rule leads to \"" + to.get() + "\", which is no user's chain");
        }
      }
    }
    return table;
  }

  private static Optional<String> leads(Target target) {
    return switch (target) {
      case Target.Jump(String chain) -> Optional.of(chain);
      case Target.Goto(String chain) -> Optional.of(chain);
      default -> Optional.empty();
    };
  }

  private Chain chain(IpFamily family, TableName table, Fields fields) throws MalformedException {
    String name = fields.text("chain");
    Optional<Hook> hook = Hook.named(name).filter(table.hooks()::contains);
    boolean unmade = hook.isPresent() && fields.number("handle", 0, Integer.MAX_VALUE - 1, 0) == 0;
    int handle = unmade ? 0 : handle(fields);
    List<Rule> rules = fields.list("rules", f -> rule(family, f));
    Chain chain = hook.map(h -> Chain.builtIn(h, handle)).orElseGet(() -> Chain.named(name, handle)).withRules(
        rules);
    return hook.isPresent() ? chain.withPolicy(fields.word("policy", Policy.class, Policy.ACCEPT)) : chain;
  }

  private int handle(Fields fields) throws MalformedException {
    int handle = fields.number("handle", 1, Integer.MAX_VALUE - 1);
    if (!handles.add(handle)) {
      throw fields.malformed("handle", "the handle " + handle + " stands twice");
    }
    return handle;
  }

  private Rule rule(IpFamily family, Fields fields) throws MalformedException {
    int handle = handle(fields);
    String text = fields.text("rule");
    try {
      List<Rule> rules = CommandReader.rule(family, text);
      if (rules.size() == 1 && SaveText.of(rules.getFirst()).equals(text)) {
        return rules.getFirst().withHandle(handle);
      }
    } catch (Complaint complaint) {
      throw fields.malformed("rule", "\"" + text + "\" is no rule: " + complaint.getMessage());
    }
    throw fields.malformed("rule", "\"" + text + "\" is not as iptables-save writes it");
  }

  static NetfilterState state(Fields fields) throws MalformedException {
    NetfilterState state = NetfilterState.EMPTY;
    for (Map.Entry<String, Json> entry : fields.map("counted").entrySet()) {
      state = state.withTally(number(entry), tally(entry.getValue()));
    }
    for (Json item : fields.items("matches")) {
      NetfilterState before = state;
      state = Fields.object(item, f -> match(before, f));
    }
    for (Map.Entry<String, Json> entry : fields.map("recent").entrySet()) {
      RecentList list = RecentList.EMPTY;
      for (Json item : Fields.items(entry.getValue())) {
        RecentList before = list;
        list = Fields.object(item, f -> recent(before, f));
      }
      state = state.withRecent(entry.getKey(), list);
    }
    for (Map.Entry<String, Json> entry : fields.map("remembered").entrySet()) {
      PSortedMap<String, Long> keys = TreePMap.empty();
      for (Map.Entry<String, Json> key : Fields.entries(entry.getValue()).entrySet()) {
        keys = keys.plus(key.getKey(), Fields.whole(key.getValue(), 0, Long.MAX_VALUE));
      }
      state = state.withMemory(number(entry), keys);
    }
    ConntrackTable table = ConntrackTable.EMPTY;
    for (Connection connection : fields.list("connections", NetfilterReader::connection)) {
      table = table.with(connection);
    }
    return state.withSets(SetCodec.read(fields)).withConntrack(table).withIpvs(fields.has("ipvs")
        ? Fields.object(fields.required("ipvs"), IpvsCodec::memory)
        : IpvsMemory.EMPTY);
  }

  private static int number(Map.Entry<String, Json> entry) throws MalformedException {
    if (!entry.getKey().matches("[1-9][0-9]{0,8}")) {
      throw new MalformedException(entry.getValue().place(), "\"" + entry.getKey() + "\" is no handle");
    }
    return Integer.parseInt(entry.getKey());
  }

  private static Tally tally(Json value) throws MalformedException {
    List<Json> pair = Fields.items(value);
    if (pair.size() != 2) {
      throw new MalformedException(value.place(), "packets and bytes are expected");
    }
    return new Tally(Fields.whole(pair.get(0), 0, Long.MAX_VALUE), Fields.whole(pair.get(1), 0, Long.MAX_VALUE));
  }

  private static NetfilterState match(NetfilterState before, Fields fields) throws MalformedException {
    MatchState.Key key =
        new MatchState.Key(fields.number("rule", 1, Integer.MAX_VALUE), fields.number("match", 0, 1000));
    return before.withMatch(key, memory(fields));
  }

  private static MatchState memory(Fields fields) throws MalformedException {
    if (fields.has("asked")) {
      return new MatchState.Asked(fields.longNumber("asked", 0));
    }
    if (fields.has("left")) {
      return new MatchState.Left(fields.longNumber("left", Long.MIN_VALUE));
    }
    if (fields.has("buckets")) {
      PSortedMap<String, MatchState.Purse> buckets = TreePMap.empty();
      for (Json item : fields.items("buckets")) {
        Map.Entry<String, MatchState.Purse> row =
            Fields.object(item, f -> Map.entry(f.text("key"), purse(f)));
        buckets = buckets.plus(row.getKey(), row.getValue());
      }
      return new MatchState.Buckets(buckets);
    }
    if (fields.has("flows")) {
      PSortedMap<String, TreePVector<Tuple>> flows = TreePMap.empty();
      for (Json item : fields.items("flows")) {
        Map.Entry<String, TreePVector<Tuple>> row =
            Fields.object(item, f -> Map.entry(f.text("network"), tuples(f)));
        flows = flows.plus(row.getKey(), row.getValue());
      }
      return new MatchState.Flows(flows);
    }
    return bucket(fields);
  }

  private static MatchState.Purse purse(Fields fields) throws MalformedException {
    long at = fields.longNumber("at", 0);
    return new MatchState.Purse(fields.longNumber("tokens", 0), at,
        fields.has("spare") ? fields.longNumber("spare", 0) : 0,
        fields.has("seen") ? fields.longNumber("seen", 0) : at);
  }

  private static MatchState.Bucket bucket(Fields fields) throws MalformedException {
    return new MatchState.Bucket(fields.longNumber("tokens", 0), fields.longNumber("at", 0));
  }

  private static TreePVector<Tuple> tuples(Fields fields) throws MalformedException {
    TreePVector<Tuple> tuples = TreePVector.empty();
    for (Json item : fields.items("tuples")) {
      tuples = tuples.plus(Fields.object(item, NetfilterReader::tuple));
    }
    return tuples;
  }

  private static RecentList recent(RecentList before, Fields fields) throws MalformedException {
    TreePVector<Long> stamps = TreePVector.empty();
    for (Json stamp : fields.items("seen")) {
      stamps = stamps.plus(Fields.whole(stamp, 0, Long.MAX_VALUE));
    }
    if (stamps.isEmpty()) {
      throw fields.malformed("seen", "a sighting is expected");
    }
    return new RecentList(before.rows().plus(fields.parsed("address", "an address", IpAddress::parse),
        new RecentList.Seen(fields.number("ttl", 0, 255), stamps)));
  }

  private static Connection connection(Fields fields) throws MalformedException {
    Set<String> flags = new HashSet<>();
    for (Json flag : fields.items("flags")) {
      String word = Fields.text(flag);
      if (!FLAGS.contains(word)) {
        throw new MalformedException(flag.place(), "\"" + word + "\" is none of " + FLAGS);
      }
      flags.add(word);
    }
    return new Connection(Fields.object(fields.required("original"), NetfilterReader::tuple),
        Fields.object(fields.required("reply"), NetfilterReader::tuple),
        new Connection.Flags(flags.contains("replied"), flags.contains("assured"), flags.contains("source-nat"),
            flags.contains("destination-nat"), flags.contains("source-done"), flags.contains("destination-done"),
            fields.number("masqueradedBy", 0, Integer.MAX_VALUE, 0)),
        fields.word("tcp", TcpState.class, TcpState.NONE), (int) fields.longNumber("mark", 0, 0),
        new Connection.Times(fields.longNumber("created", 0), fields.longNumber("expires", 0)),
        fields.has("helper") ? fields.text("helper") : "", extras(fields));
  }

  private static Connection.Extras extras(Fields fields) throws MalformedException {
    Set<Integer> labels = new HashSet<>();
    for (Json label : fields.items("labels")) {
      labels.add((int) Fields.whole(label, 0, LAST_LABEL));
    }
    return new Connection.Extras(fields.has("carried")
        ? Optional.of(new Connection.Counted(tally(fields.required("carried")), tally(fields.required("answered"))))
        : Optional.empty(), labels);
  }

  private static Tuple tuple(Fields fields) throws MalformedException {
    return new Tuple(fields.number("protocol", 0, 255), fields.parsed("source", "an address", IpAddress::parse),
        fields.parsed("destination", "an address", IpAddress::parse), fields.number("sourcePort", 0, 0xffff),
        fields.number("destinationPort", 0, 0xffff), fields.number("zone", 0, 0xffff, 0));
  }
}
