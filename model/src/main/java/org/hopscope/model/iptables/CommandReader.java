package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.AddressMatch;
import org.hopscope.model.netfilter.IpMatch;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.NameMatch;
import org.hopscope.model.netfilter.ProtocolMatch;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;
import org.hopscope.model.netfilter.Target;

/** Reads one command of iptables (iptables/xshared.c do_parse). */
public final class CommandReader {
  private static final int CHAIN_NAME = 29;
  private static final int INTERFACE_NAME = 16;
  private static final Map<String, String> LONG = Map.ofEntries(Map.entry("append", "A"), Map.entry("delete", "D"),
      Map.entry("check", "C"), Map.entry("insert", "I"), Map.entry("replace", "R"), Map.entry("list", "L"),
      Map.entry("list-rules", "S"), Map.entry("flush", "F"), Map.entry("zero", "Z"), Map.entry("new-chain", "N"),
      Map.entry("delete-chain", "X"), Map.entry("rename-chain", "E"), Map.entry("policy", "P"),
      Map.entry("source", "s"), Map.entry("src", "s"), Map.entry("destination", "d"), Map.entry("dst", "d"),
      Map.entry("protocol", "p"), Map.entry("proto", "p"), Map.entry("in-interface", "i"),
      Map.entry("out-interface", "o"), Map.entry("jump", "j"), Map.entry("goto", "g"), Map.entry("table", "t"),
      Map.entry("match", "m"), Map.entry("numeric", "n"), Map.entry("verbose", "v"), Map.entry("wait", "w"),
      Map.entry("wait-interval", "W"), Map.entry("exact", "x"), Map.entry("fragments", "f"), Map.entry("version", "V"),
      Map.entry("help", "h"), Map.entry("line-numbers", "0"), Map.entry("set-counters", "c"), Map.entry("ipv4", "4"),
      Map.entry("ipv6", "6"), Map.entry("modprobe", "M"));
  private static final String SHORT = "ACDRILSMFZNXEPVhopsdjifbvwWntmxcg460";

  private final IpFamily family;
  private final Words words;
  private final Set<String> given = new HashSet<>();
  private Optional<TableName> table = Optional.empty();
  private String tableTyped = "filter";
  private Optional<Operation> operation = Optional.empty();
  private Optional<String> chain = Optional.empty();
  private int number;
  private String word = "";
  private boolean inverted;
  private List<AddressMatch> sources = new ArrayList<>();
  private List<AddressMatch> destinations = new ArrayList<>();
  private Optional<NameMatch> in = Optional.empty();
  private Optional<NameMatch> out = Optional.empty();
  private Optional<ProtocolMatch> protocol = Optional.empty();
  private IpMatch.Fragment fragment = IpMatch.Fragment.ANY;
  private final List<Extension<Match>> matches = new ArrayList<>();
  private Optional<Extension<Target>> target = Optional.empty();
  private String jump = "";
  private boolean isGoto;
  private boolean protocolUsed;
  private Tally counted = Tally.ZERO;
  private boolean numeric;
  private boolean verbose;
  private boolean exact;
  private boolean numbered;
  private boolean zeroToo;

  private CommandReader(IpFamily family, List<String> words) {
    this.family = family;
    this.words = new Words(words);
  }

  /** Reads the words behind the program's name. */
  public static IptablesCommand read(IpFamily family, List<String> words) throws Complaint {
    return new CommandReader(family, words).read();
  }

  /** As {@link #read}, for a line of a file: the table is known. */
  static IptablesCommand read(IpFamily family, TableName table, List<String> words) throws Complaint {
    CommandReader reader = new CommandReader(family, words);
    reader.table = Optional.of(table);
    reader.tableTyped = table.word();
    return reader.read();
  }

  /** Reads a rule as iptables-save writes it, without its chain. */
  public static List<Rule> rule(IpFamily family, String text) throws Complaint {
    List<String> words = new ArrayList<>(List.of("-A", "x"));
    words.addAll(RestoreReader.split(text));
    return read(family, words).rules();
  }

  private IptablesCommand read() throws Complaint {
    while (!words.isEmpty()) {
      String typed = words.next();
      if (typed.equals("!")) {
        if (inverted) {
          throw Complaint.parameter("multiple consecutive ! not allowed");
        }
        inverted = true;
      } else if (typed.equals("--") && !words.isEmpty()) {
        throw Complaint.parameter("unknown arguments found on commandline");
      } else if (typed.startsWith("--") && typed.length() > 2) {
        longOption(typed);
        inverted = false;
      } else if (typed.startsWith("-") && typed.length() > 1) {
        cluster(typed.substring(1));
        inverted = false;
      } else {
        throw Complaint.bare("Bad argument `" + typed + "'");
      }
    }
    return finish();
  }

  private void longOption(String typed) throws Complaint {
    int equals = typed.indexOf('=');
    String name = typed.substring(2, equals < 0 ? typed.length() : equals);
    if (equals >= 0) {
      words.push(typed.substring(equals + 1));
    }
    if (exactly(name)) {
      return;
    }
    List<Known> begin = known().stream().filter(k -> k.name().startsWith(name)).toList();
    long meanings = begin.stream().map(Known::meaning).distinct().count();
    if (meanings == 1) {
      begin.getFirst().take().run();
    } else if (meanings > 1) {
      throw Complaint.parameter("option \"" + typed + "\" is ambiguous");
    } else {
      byProtocol(typed, name);
    }
  }

  /** Takes an option that was spelled out; false when there is none of that name. */
  private boolean exactly(String name) throws Complaint {
    Optional<Extension.Option> option = target.flatMap(t -> t.find(name));
    if (option.isPresent()) {
      target.get().take(option.get(), inverted, words);
      return true;
    }
    for (int i = matches.size() - 1; i >= 0; i--) {
      option = matches.get(i).find(name);
      if (option.isPresent()) {
        matches.get(i).take(option.get(), inverted, words);
        return true;
      }
    }
    String letter = LONG.get(name);
    if (letter != null) {
      option(letter, "--" + name);
    }
    return letter != null;
  }

  /** An option that may be used just now; two of one meaning are no ambiguity. */
  private record Known(String name, Object meaning, Take take) {
  }

  private interface Take {
    void run() throws Complaint;
  }

  private List<Known> known() {
    List<Known> all = new ArrayList<>();
    target.ifPresent(t -> t.options().forEach(o -> all.add(new Known(o.name(), o, () -> t.take(o, inverted, words)))));
    for (Extension<Match> match : matches.reversed()) {
      match.options().forEach(o -> all.add(new Known(o.name(), o, () -> match.take(o, inverted, words))));
    }
    LONG.forEach((name, letter) -> all.add(new Known(name, letter, () -> option(letter, "--" + name))));
    return all;
  }

  /** {@code --dport} behind {@code -p tcp} brings {@code -m tcp} along. */
  private void byProtocol(String typed, String name) throws Complaint {
    Optional<Extension<Match>> own = protocolUsed
        ? Optional.empty()
        : protocol.flatMap(p -> Extensions.ofProtocol(p.number(), family));
    Optional<Extension.Option> option = own.flatMap(e -> unique(e, name));
    if (option.isEmpty()) {
      throw Complaint.parameter("unknown option \"" + typed + "\"");
    }
    protocolUsed = true;
    matches.add(own.get());
    own.get().take(option.get(), inverted, words);
  }

  private static Optional<Extension.Option> unique(Extension<Match> extension, String name) {
    List<Extension.Option> begin = extension.options().stream().filter(o -> o.name().startsWith(name)).toList();
    return extension.find(name).or(() -> begin.size() == 1 ? Optional.of(begin.getFirst()) : Optional.empty());
  }

  private void cluster(String letters) throws Complaint {
    for (int i = 0; i < letters.length(); i++) {
      String letter = letters.substring(i, i + 1);
      if (SHORT.indexOf(letter.charAt(0)) < 0) {
        throw Complaint.parameter("unknown option \"-" + (letters.length() == 1 ? letters : letter) + "\"");
      }
      boolean takes = "ADCIRNPEpsdijogtmMcLSFZXwW".contains(letter);
      if (takes && i + 1 < letters.length()) {
        words.push(letters.substring(i + 1));
        option(letter, "-" + letter);
        return;
      }
      option(letter, "-" + letter);
    }
  }

  private void option(String letter, String typed) throws Complaint {
    switch (letter) {
      case "A" -> withChain(Operation.APPEND, typed);
      case "C" -> withChain(Operation.CHECK, typed);
      case "N" -> withChain(Operation.NEW_CHAIN, typed);
      case "D" -> {
        withChain(Operation.DELETE, typed);
        if (words.hasArgument()) {
          number = ruleNumber(words.next());
          operation = Optional.of(Operation.DELETE_NUMBER);
        }
      }
      case "R" -> {
        withChain(Operation.REPLACE, typed);
        if (!words.hasArgument()) {
          throw Complaint.parameter("-R requires a rule number");
        }
        number = ruleNumber(words.next());
      }
      case "I" -> {
        withChain(Operation.INSERT, typed);
        number = words.hasArgument() ? ruleNumber(words.next()) : 1;
      }
      case "L" -> listing(Operation.LIST);
      case "S" -> listing(Operation.LIST_RULES);
      case "F" -> perhapsChain(Operation.FLUSH);
      case "X" -> perhapsChain(Operation.DELETE_CHAIN);
      case "Z" -> zero();
      case "E" -> {
        withChain(Operation.RENAME_CHAIN, typed);
        if (!words.hasArgument()) {
          throw Complaint.parameter("-E requires old-chain-name and new-chain-name");
        }
        word = words.next();
      }
      case "P" -> {
        withChain(Operation.POLICY, typed);
        if (!words.hasArgument()) {
          throw Complaint.parameter("-P requires a chain and a policy");
        }
        word = words.next();
      }
      case "V" -> operation(Operation.VERSION);
      case "h" -> operation(Operation.HELP);
      default -> detail(letter, typed);
    }
  }

  private void detail(String letter, String typed) throws Complaint {
    if ("nvx0".contains(letter)) {
      given.add(letter);
    }
    switch (letter) {
      case "p" -> {
        once(letter);
        int value = Values.protocol(words.argument(typed));
        if (value == 0 && inverted) {
          throw Complaint.parameter("rule would never match protocol");
        }
        protocol = value == 0 ? Optional.empty() : Optional.of(new ProtocolMatch(value, inverted));
      }
      case "s" -> {
        once(letter);
        sources = addresses(words.argument(typed));
      }
      case "d" -> {
        once(letter);
        destinations = addresses(words.argument(typed));
      }
      case "i" -> {
        once(letter);
        in = device(words.argument(typed));
      }
      case "o" -> {
        once(letter);
        out = device(words.argument(typed));
      }
      case "f" -> {
        once(letter);
        if (family == IpFamily.INET6) {
          throw Complaint.parameter("unknown option \"" + typed + "\"");
        }
        fragment = inverted ? IpMatch.Fragment.FIRST_OR_WHOLE : IpMatch.Fragment.LATER;
      }
      case "j", "g" -> {
        once("j");
        if (inverted) {
          throw Complaint.parameter("cannot have ! before -" + letter);
        }
        jump(words.argument(typed), letter.equals("g"));
      }
      case "m" -> {
        if (inverted) {
          throw Complaint.parameter("unexpected ! flag before --match");
        }
        Extension<Match> match = Extensions.match(words.argument(typed), family, protocolNumber());
        protocolUsed |= Extensions.isOf(match.name(), protocolNumber(), family);
        matches.add(match);
      }
      case "t" -> {
        tableTyped = words.argument(typed);
        table = TableName.named(tableTyped);
      }
      case "n" -> numeric = true;
      case "v" -> verbose = true;
      case "x" -> exact = true;
      case "0" -> numbered = true;
      case "w", "W" -> {
        if (words.hasArgument()) {
          words.next();
        }
      }
      case "c" -> {
        once(letter);
        counters(words.argument(typed));
      }
      case "4", "6" -> {
        boolean other = letter.equals("4") != (family == IpFamily.INET);
        if (other) {
          throw Complaint.unsupported(typed);
        }
      }
      default -> throw Complaint.unsupported(typed);
    }
  }

  private void once(String letter) throws Complaint {
    if (!given.add(letter)) {
      throw Complaint.parameter("multiple -" + letter + " flags not allowed");
    }
  }

  private void operation(Operation value) throws Complaint {
    if (inverted) {
      throw Complaint.parameter("unexpected '!' flag before " + value.option());
    }
    if (operation.isPresent()) {
      throw Complaint.parameter("Cannot use " + value.option() + " with " + operation.get().option());
    }
    operation = Optional.of(value);
  }

  private void withChain(Operation value, String typed) throws Complaint {
    String name = words.argument(typed);
    operation(value);
    chain = Optional.of(name);
  }

  private void perhapsChain(Operation value) throws Complaint {
    operation(value);
    chain = words.hasArgument() ? Optional.of(words.next()) : Optional.empty();
  }

  private void listing(Operation value) throws Complaint {
    boolean zero = operation.filter(o -> o == Operation.ZERO).isPresent();
    if (zero) {
      zeroToo = true;
      operation = Optional.empty();
    }
    perhapsChain(value);
    number = chain.isPresent() && words.hasArgument() ? ruleNumber(words.next()) : 0;
  }

  /** {@code -Z} may follow a listing: then what is listed is set to zero. */
  private void zero() throws Complaint {
    if (operation.filter(o -> o == Operation.LIST || o == Operation.LIST_RULES).isPresent()) {
      zeroToo = true;
      if (words.hasArgument()) {
        chain = Optional.of(words.next());
      }
      return;
    }
    perhapsChain(Operation.ZERO);
    if (chain.isPresent() && words.hasArgument()) {
      number = ruleNumber(words.next());
      operation = Optional.of(Operation.ZERO_NUMBER);
    }
  }

  private static int ruleNumber(String text) throws Complaint {
    return Values.number(text).filter(n -> n > 0 && n <= Integer.MAX_VALUE)
        .orElseThrow(() -> Complaint.parameter("Invalid rule number `" + text + "'")).intValue();
  }

  private void counters(String packets) throws Complaint {
    boolean together = packets.contains(",");
    String bytes = together ? packets.substring(packets.indexOf(',') + 1)
        : words.hasArgument() ? words.next() : "";
    if (bytes.isEmpty()) {
      throw Complaint.parameter("-c requires packet and byte counter");
    }
    Optional<Long> first = Values.counter(together ? packets.substring(0, packets.indexOf(',')) : packets);
    Optional<Long> second = Values.counter(bytes);
    if (first.isEmpty()) {
      throw Complaint.parameter("-c packet counter not numeric");
    }
    counted = new Tally(first.get(),
        second.orElseThrow(() -> Complaint.parameter("-c byte counter not numeric")));
  }

  private List<AddressMatch> addresses(String text) throws Complaint {
    List<AddressMatch> all = new ArrayList<>();
    for (String part : text.split(",")) {
      all.add(Values.address(family, part.strip(), inverted));
    }
    if (inverted && all.size() > 1) {
      throw Complaint.parameter("! not allowed with multiple source or destination IP addresses");
    }
    return all;
  }

  private Optional<NameMatch> device(String name) throws Complaint {
    if (name.isEmpty()) {
      throw Complaint.parameter("Empty interface is likely to be undesired");
    }
    requireDeviceName(name);
    return name.equals("+") && !inverted ? Optional.empty() : Optional.of(new NameMatch(name, inverted));
  }

  static void requireDeviceName(String name) throws Complaint {
    if (name.length() >= INTERFACE_NAME) {
      throw Complaint.parameter(
          "interface name `" + name + "' must be shorter than IFNAMSIZ (" + (INTERFACE_NAME - 1) + ")");
    }
  }

  private void jump(String name, boolean goes) throws Complaint {
    jump = name;
    isGoto = goes;
    if (!goes) {
      target = Extensions.target(name, family, protocol.map(ProtocolMatch::number));
    }
    if (name.isEmpty()) {
      throw Complaint.parameter("Invalid target name (too short)");
    }
    if (target.isEmpty() && name.length() >= CHAIN_NAME) {
      throw Complaint.parameter("Invalid target name `" + name + "' (28 chars max)");
    }
  }

  private Optional<Integer> protocolNumber() {
    return protocol.filter(p -> !p.inverted()).map(ProtocolMatch::number);
  }

  private IptablesCommand finish() throws Complaint {
    if (operation.isEmpty()) {
      throw Complaint.parameter("no command specified");
    }
    if (inverted) {
      throw Complaint.parameter("nothing appropriate following !");
    }
    Operation what = operation.get();
    List<Match> read = new ArrayList<>();
    for (Extension<Match> match : matches) {
      Match found = match.finish();
      requireProtocol(found);
      read.add(found);
    }
    read = MergedMatches.of(read);
    Target does = target.isPresent() ? target.get().finish() : isGoto ? new Target.Goto(jump)
        : jump.isEmpty() ? new Target.Nothing() : new Target.Jump(jump);
    Legality.check(what, given);
    checkChain(what);
    TableName where = table.isPresent() || !given.contains("t") && tableTyped.equals("filter")
        ? table.orElse(TableName.FILTER)
        : table.orElseThrow(() -> Complaint.noTable(tableTyped));
    boolean drop = what == Operation.POLICY && word.equals("DROP") || does instanceof Target.Drop;
    if (where == TableName.NAT && drop) {
      throw Complaint.parameter(
          "\nThe \"nat\" table is not intended for filtering, the use of DROP is therefore inhibited.");
    }
    return new IptablesCommand(what, where, chain, number, word, what.hasRule() ? rules(read, does) : List.of(),
        counted, new IptablesCommand.Style(numeric, verbose, exact, numbered, zeroToo));
  }

  /** {@code -m tcp} and {@code -m udp} are translated by the program itself, which asks for their protocol. */
  private void requireProtocol(Match match) throws Complaint {
    int wanted = match instanceof Match.Tcp ? Protocols.TCP : match instanceof Match.Udp ? Protocols.UDP : 0;
    if (wanted != 0 && protocolNumber().filter(n -> n == wanted).isEmpty()) {
      String name = wanted == Protocols.TCP ? "tcp" : "udp";
      throw Complaint.parameter(name.toUpperCase(Locale.ROOT) + " match requires '-p " + name + "'");
    }
  }

  private void checkChain(Operation what) throws Complaint {
    String name = what == Operation.RENAME_CHAIN ? word : chain.orElse("");
    if (name.length() >= CHAIN_NAME) {
      throw Complaint.parameter("chain name `" + name + "' too long (must be under " + CHAIN_NAME + " chars)");
    }
    if (what == Operation.NEW_CHAIN || what == Operation.RENAME_CHAIN) {
      if (name.startsWith("-") || name.startsWith("!")) {
        throw Complaint.parameter("chain name not allowed to start with `" + name.charAt(0) + "'");
      }
      if (Extensions.isTarget(name)) {
        throw Complaint.parameter("chain name may not clash with target name");
      }
      if (name.chars().anyMatch(Character::isWhitespace)) {
        throw Complaint.parameter("Invalid chain name `" + name + "'");
      }
    }
    if (what.hasRule()) {
      String called = chain.orElse("");
      boolean incoming = called.equals("PREROUTING") || called.equals("INPUT");
      boolean outgoing = called.equals("POSTROUTING") || called.equals("OUTPUT");
      if (given.contains("o") && incoming || given.contains("i") && outgoing) {
        throw Complaint.parameter("Can't use -" + (incoming ? "o" : "i") + " with " + called);
      }
    }
  }

  private List<Rule> rules(List<Match> read, Target does) {
    List<Rule> rules = new ArrayList<>();
    for (Optional<AddressMatch> source : choices(sources)) {
      for (Optional<AddressMatch> destination : choices(destinations)) {
        rules.add(new Rule(0, new IpMatch(source, destination, in, out, protocol, fragment), read, does));
      }
    }
    return rules;
  }

  private static List<Optional<AddressMatch>> choices(List<AddressMatch> said) {
    return said.isEmpty()
        ? List.of(Optional.empty())
        : said.stream().map(a -> Optional.of(a).filter(m -> m.inverted() || !m.mask().isUnspecified())).toList();
  }
}
