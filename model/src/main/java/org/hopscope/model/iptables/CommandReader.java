package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;

/** Reads one command of iptables (iptables/xshared.c do_parse). */
public final class CommandReader {
  private static final int CHAIN_NAME = 29;
  /** Microseconds. */
  private static final int LONGEST_INTERVAL = 999_999;
  /** What sscanf(3) takes for a number: what follows it is not looked at. */
  private static final Pattern NUMBER_FIRST = Pattern.compile("\\s*[+-]?\\d");
  private static final Map<String, Character> LONG = Map.ofEntries(Map.entry("append", 'A'), Map.entry("delete", 'D'),
      Map.entry("check", 'C'), Map.entry("insert", 'I'), Map.entry("replace", 'R'), Map.entry("list", 'L'),
      Map.entry("list-rules", 'S'), Map.entry("flush", 'F'), Map.entry("zero", 'Z'), Map.entry("new-chain", 'N'),
      Map.entry("delete-chain", 'X'), Map.entry("rename-chain", 'E'), Map.entry("policy", 'P'),
      Map.entry("source", 's'), Map.entry("src", 's'), Map.entry("destination", 'd'), Map.entry("dst", 'd'),
      Map.entry("protocol", 'p'), Map.entry("proto", 'p'), Map.entry("in-interface", 'i'),
      Map.entry("out-interface", 'o'), Map.entry("jump", 'j'), Map.entry("goto", 'g'), Map.entry("table", 't'),
      Map.entry("match", 'm'), Map.entry("numeric", 'n'), Map.entry("verbose", 'v'), Map.entry("wait", 'w'),
      Map.entry("wait-interval", 'W'), Map.entry("exact", 'x'), Map.entry("fragments", 'f'), Map.entry("version", 'V'),
      Map.entry("help", 'h'), Map.entry("line-numbers", '0'), Map.entry("set-counters", 'c'), Map.entry("ipv4", '4'),
      Map.entry("ipv6", '6'), Map.entry("modprobe", 'M'));
  /** Those that take an argument, which may stand right behind them. */
  private static final String TAKING = "ADCIRNPEpsdijogtmMcLSFZXwW";
  /** Those whose argument is the whole word when it stands in it: {@code -ptcp} asks for a protocol {@code -ptcp}. */
  private static final String WHOLE = "psdijo";
  /** Those that a command has once. */
  private static final String ONCE = "psdiofjgcnx0";

  private final IpFamily family;
  private final Words words;
  private final RuleWords rule;
  private final Letters given = new Letters();
  private Optional<TableName> table = Optional.empty();
  private String tableTyped = "filter";
  private Optional<Operation> operation = Optional.empty();
  /** What is to be told instead of anything else. */
  private Optional<IptablesCommand> told = Optional.empty();
  private Optional<String> chain = Optional.empty();
  private int number;
  private String word = "";
  private boolean inverted;
  private Tally counted = Tally.ZERO;
  private boolean zeroToo;

  /** Whether it is a line of a file. */
  private boolean restoring;

  private CommandReader(IpFamily family, List<String> words, List<String> remarks) {
    this.family = family;
    this.words = new Words(words, remarks);
    rule = new RuleWords(family, this.words);
  }

  /** Reads the words behind the program's name. */
  public static IptablesCommand read(IpFamily family, List<String> words) throws Complaint {
    return read(family, words, new ArrayList<>());
  }

  /** As {@link #read(IpFamily, List)}; what the program tells although it goes on is put into {@code remarks}. */
  public static IptablesCommand read(IpFamily family, List<String> words, List<String> remarks) throws Complaint {
    return new CommandReader(family, words, remarks).read();
  }

  /** As {@link #read(IpFamily, List, List)}, for a line of a file: the table is known. */
  static IptablesCommand read(IpFamily family, TableName table, List<String> words, List<String> remarks)
      throws Complaint {
    CommandReader reader = new CommandReader(family, words, remarks);
    reader.restoring = true;
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
    while (told.isEmpty() && !words.isEmpty()) {
      String typed = words.next();
      if (typed.equals("!")) {
        if (inverted) {
          throw Complaint.parameter("multiple consecutive ! not allowed");
        }
        inverted = true;
      } else if (typed.equals("--")) {
        if (inverted || !words.isEmpty()) {
          throw Complaint.parameter(
              inverted ? "nothing appropriate following !" : "unknown arguments found on commandline");
        }
      } else if (typed.startsWith("--") && typed.length() > 2) {
        longOption(typed);
        inverted = false;
      } else if (typed.startsWith("-") && typed.length() > 1) {
        cluster(typed);
        inverted = false;
      } else {
        throw Complaint.bare("Bad argument `" + typed + "'");
      }
    }
    return told.isPresent() ? told.get() : finish();
  }

  private void longOption(String typed) throws Complaint {
    int equals = typed.indexOf('=');
    String name = typed.substring(2, equals < 0 ? typed.length() : equals);
    words.typed("--" + name);
    if (equals >= 0) {
      boolean whole = LONG.containsKey(name) && WHOLE.indexOf(LONG.get(name)) >= 0;
      words.push(whole ? typed : typed.substring(equals + 1));
    }
    if (exactly(name)) {
      return;
    }
    List<RuleWords.Known> begin = known().stream().filter(k -> k.name().startsWith(name)).toList();
    long meanings = begin.stream().map(RuleWords.Known::meaning).distinct().count();
    if (meanings == 1) {
      begin.getFirst().take().run();
    } else {
      rule.takeByProtocol(typed, name, inverted);
    }
  }

  /** Takes an option that was spelled out; false when there is none of that name. */
  private boolean exactly(String name) throws Complaint {
    if (rule.takeNamed(name, inverted)) {
      return true;
    }
    Character letter = LONG.get(name);
    if (letter != null) {
      option(letter, "--" + name);
    }
    return letter != null;
  }

  private List<RuleWords.Known> known() {
    List<RuleWords.Known> all = new ArrayList<>();
    rule.eachKnown(inverted, all::add);
    LONG.forEach((name, letter) -> all.add(new RuleWords.Known(name, letter, () -> option(letter, "--" + name))));
    return all;
  }

  private void cluster(String typed) throws Complaint {
    words.typed("");
    String before = words.before();
    for (int i = 1; i < typed.length(); i++) {
      char letter = typed.charAt(i);
      if (!Letters.has(letter)) {
        throw Complaint.parameter("unknown option \"" + (i + 1 < typed.length() ? before : typed) + "\"");
      }
      String alone = typed.length() == 2 ? typed : "-" + letter;
      boolean takes = TAKING.indexOf(letter) >= 0;
      if (takes && i + 1 < typed.length()) {
        words.push(WHOLE.indexOf(letter) >= 0 ? typed : typed.substring(i + 1));
        option(letter, alone);
        return;
      }
      option(letter, alone);
      if (told.isPresent()) {
        return;
      }
    }
  }

  /** The program tells what it is asked at once, whatever else was said. */
  private void tell(Operation value) throws Complaint {
    if (restoring) {
      operation(value);
    } else {
      told =
          Optional.of(new IptablesCommand(value, TableName.FILTER, Optional.empty(), 0, inverted ? "!" : "", List.of(),
              counted, style()));
    }
  }

  private void option(char letter, String typed) throws Complaint {
    switch (letter) {
      case 'A' -> withChain(Operation.APPEND, typed);
      case 'C' -> withChain(Operation.CHECK, typed);
      case 'N' -> {
        String name = words.argument(typed);
        checkNewName(name);
        operation(Operation.NEW_CHAIN);
        chain = Optional.of(name);
      }
      case 'D' -> {
        withChain(Operation.DELETE, typed);
        if (words.hasArgument()) {
          number = ruleNumber(words.next());
          operation = Optional.of(Operation.DELETE_NUMBER);
        }
      }
      case 'R' -> {
        withChain(Operation.REPLACE, typed);
        if (!words.hasArgument()) {
          throw Complaint.parameter("-R requires a rule number");
        }
        number = ruleNumber(words.next());
      }
      case 'I' -> {
        withChain(Operation.INSERT, typed);
        number = words.hasArgument() ? ruleNumber(words.next()) : 1;
      }
      case 'L' -> listing(Operation.LIST);
      case 'S' -> listing(Operation.LIST_RULES);
      case 'F' -> perhapsChain(Operation.FLUSH);
      case 'X' -> perhapsChain(Operation.DELETE_CHAIN);
      case 'Z' -> zero();
      case 'E' -> {
        withChain(Operation.RENAME_CHAIN, typed);
        if (!words.hasArgument()) {
          throw Complaint.parameter("-E requires old-chain-name and new-chain-name");
        }
        word = words.next();
      }
      case 'P' -> {
        withChain(Operation.POLICY, typed);
        if (!words.hasArgument()) {
          throw Complaint.parameter("-P requires a chain and a policy");
        }
        word = words.next();
      }
      case 'V' -> tell(Operation.VERSION);
      case 'h' -> tell(Operation.HELP);
      default -> detail(letter, typed);
    }
  }

  private void detail(char letter, String typed) throws Complaint {
    if (ONCE.indexOf(letter) >= 0) {
      once(letter == 'g' ? 'j' : letter);
    }
    if (rule.take(letter, typed, inverted)) {
      return;
    }
    given.add(letter);
    switch (letter) {
      case 't' -> {
        tableTyped = words.argument(typed);
        table = TableName.named(tableTyped);
      }
      case 'n', 'v', 'x', '0' -> {
      }
      case 'w' -> {
        requireNoFile(letter);
        if (words.hasArgument() && !NUMBER_FIRST.matcher(words.next()).lookingAt()) {
          throw Complaint.parameter("wait seconds not numeric");
        }
      }
      case 'W' -> {
        requireNoFile(letter);
        waitInterval();
        words.remark("Ignoring deprecated --wait-interval option.");
      }
      case 'M' -> words.argument(typed); // what loads modules: the kernel of a lab has them all
      case 'c' -> counters(words.argument(typed));
      case '4', '6' -> {
        boolean other = letter == '4' != (family == IpFamily.INET);
        if (other) {
          throw Complaint.otherFamily();
        }
      }
      default -> throw Complaint.unsupported(typed);
    }
  }

  private void requireNoFile(char letter) throws Complaint {
    if (restoring) {
      throw Complaint.parameter("You cannot use `-" + letter + "' from iptables-restore");
    }
  }

  private void waitInterval() throws Complaint {
    if (!words.hasArgument()) {
      throw Complaint.parameter("wait interval value required");
    }
    String text = words.next();
    if (!NUMBER_FIRST.matcher(text).lookingAt()) {
      throw Complaint.parameter("wait interval not numeric");
    }
    if (Values.number(text).filter(n -> n > LONGEST_INTERVAL).isPresent()) {
      throw Complaint.parameter("too long usec wait " + text + " > " + LONGEST_INTERVAL + " usec");
    }
  }

  private void once(char letter) throws Complaint {
    if (!given.add(letter)) {
      throw Complaint.parameter("multiple -" + letter + " flags not allowed");
    }
  }

  private void operation(Operation value) throws Complaint {
    if (inverted) {
      throw Complaint.parameter("unexpected '!' flag");
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

  private IptablesCommand finish() throws Complaint {
    if (tableTyped.equals("nat") && (rule.jumpsTo("DROP") || word.equals("DROP") && isPolicy())) {
      throw Complaint.parameter(
          "\nThe \"nat\" table is not intended for filtering, the use of DROP is therefore inhibited.");
    }
    RuleWords.Said said = rule.finish();
    if (operation.isEmpty()) {
      throw Complaint.parameter("no command specified");
    }
    if (inverted) {
      throw Complaint.parameter("nothing appropriate following !");
    }
    if (given.given('W') && !given.given('w')) {
      throw Complaint.parameter("--wait-interval only makes sense with --wait");
    }
    Operation what = operation.get();
    rule.resolve();
    Legality.check(what, given);
    checkChain(what);
    TableName where = table.isPresent() || !given.given('t') && tableTyped.equals("filter")
        ? table.orElse(TableName.FILTER)
        : table.orElseThrow(() -> Complaint.noTable(tableTyped));
    return new IptablesCommand(what, where, chain, number, word, what.hasRule() ? rule.rules(said) : List.of(),
        counted, style());
  }

  private boolean isPolicy() {
    return operation.filter(o -> o == Operation.POLICY).isPresent();
  }

  private IptablesCommand.Style style() {
    return new IptablesCommand.Style(given.given('n'), given.given('v'), given.given('x'), given.given('0'), zeroToo);
  }

  private static void checkNewName(String name) throws Complaint {
    if (name.startsWith("-") || name.startsWith("!")) {
      throw Complaint.parameter("chain name not allowed to start with `" + name.charAt(0) + "'");
    }
    if (name.isEmpty() || Extensions.isTarget(name)) {
      throw Complaint.parameter("chain name may not clash with target name");
    }
  }

  private void checkChain(Operation what) throws Complaint {
    String name = chain.orElse("");
    if (name.length() >= CHAIN_NAME) {
      throw Complaint.parameter("chain name `" + name + "' too long (must be under " + CHAIN_NAME + " chars)");
    }
    if (what == Operation.NEW_CHAIN && name.chars().anyMatch(Character::isWhitespace)) {
      throw Complaint.parameter("Invalid chain name `" + name + "'");
    }
    if (what.hasRule()) {
      String called = chain.orElse("");
      boolean incoming = called.equals("PREROUTING") || called.equals("INPUT");
      boolean outgoing = called.equals("POSTROUTING") || called.equals("OUTPUT");
      if (given.given('o') && incoming || given.given('i') && outgoing) {
        throw Complaint.parameter("Can't use -" + (incoming ? "o" : "i") + " with " + called);
      }
    }
  }
}
