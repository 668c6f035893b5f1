package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.CommandReader;
import org.hopscope.model.iptables.CommandText;
import org.hopscope.model.iptables.Complaint;
import org.hopscope.model.iptables.Filter;
import org.hopscope.model.iptables.IptablesCommand;
import org.hopscope.model.iptables.ListText;
import org.hopscope.model.iptables.RestoreEditor;
import org.hopscope.model.iptables.RestoreFile;
import org.hopscope.model.iptables.RuleEditor;
import org.hopscope.model.iptables.SaveFile;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.NetfilterEdits;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.RuleTable;
import org.hopscope.model.netfilter.Ruleset;
import org.hopscope.model.netfilter.TableName;

/** {@code iptables}, {@code iptables-save} and {@code iptables-restore} of version 1.8.9 (nf_tables). */
final class IptablesProgram {
  private static final List<String> HELP = List.of("iptables v1.8.9", "",
      "Usage: iptables -[ACD] chain rule-specification [options]",
      "       iptables -I chain [rulenum] rule-specification [options]",
      "       iptables -R chain rulenum rule-specification [options]",
      "       iptables -D chain rulenum [options]", "       iptables -[LS] [chain [rulenum]] [options]",
      "       iptables -[FZ] [chain] [options]", "       iptables -[NX] chain",
      "       iptables -E old-chain-name new-chain-name", "       iptables -P chain target [options]");

  /** What iptables-save has besides, and what iptables-restore has. */
  private static final Set<String> SAVE_OPTIONS =
      Set.of("-d", "--dump", "-M", "--modprobe", "-f", "--file", "-4", "--ipv4", "-6", "--ipv6", "-V", "--version");
  private static final Set<String> RESTORE_OPTIONS = Set.of("-V", "--version", "-h", "--help", "-M", "--modprobe",
      "-W", "--wait-interval", "-4", "--ipv4", "-6", "--ipv6");

  private final Prompt prompt;
  private final IpFamily family;

  private IptablesProgram(Prompt prompt, IpFamily family) {
    this.prompt = prompt;
    this.family = family;
  }

  static Program command(IpFamily family) {
    return (prompt, args) -> new IptablesProgram(prompt, family).command(args.rest());
  }

  static Program save(IpFamily family) {
    return (prompt, args) -> new IptablesProgram(prompt, family).save(args);
  }

  static Program restore(IpFamily family) {
    return (prompt, args) -> new IptablesProgram(prompt, family).restore(args);
  }

  private Filter filter() {
    return NetfilterEdits.filter(prompt.lab(), prompt.at());
  }

  private Command command(List<String> words) {
    try {
      IptablesCommand command = CommandReader.read(family, words);
      Filter before = filter();
      Filter after = RuleEditor.apply(before, family, command);
      Command.Said said = said(before, command);
      return after.equals(before)
          ? said
          : new Command.Change(new Edit.Iptables(prompt.at(), family, command), 1, said);
    } catch (Complaint complaint) {
      return Command.Said.failed(complaint.status(), complaint.lines(CommandText.program(family)));
    }
  }

  private Command.Said said(Filter filter, IptablesCommand command) throws Complaint {
    return switch (command.operation()) {
      case LIST, LIST_RULES -> list(filter, command);
      case VERSION ->
          Command.Said.answered(List.of(CommandText.program(family) + " v1.8.9 (nf_tables)"), new Answer.Nothing());
      case HELP -> Command.Said.answered(HELP, new Answer.Nothing());
      case APPEND, INSERT, DELETE, REPLACE, CHECK ->
          told(command, command.rules().stream().map(r -> ListText.told(family, r)).toList());
      case FLUSH -> told(command, chains(filter, command, "Flushing", false));
      case ZERO -> told(command, chains(filter, command, "Zeroing", false));
      case DELETE_CHAIN -> told(command, chains(filter, command, "Deleting", true));
      case DELETE_NUMBER, ZERO_NUMBER, NEW_CHAIN, RENAME_CHAIN, POLICY -> Command.Said.NOTHING;
    };
  }

  /** With {@code -v}, what is being done is told. */
  private static Command.Said told(IptablesCommand command, List<String> lines) {
    return command.style().verbose() ? Command.Said.answered(lines, new Answer.Nothing()) : Command.Said.NOTHING;
  }

  private List<String> chains(Filter filter, IptablesCommand command, String doing, boolean own) {
    RuleTable table =
        filter.rules().of(family).table(command.table()).orElseGet(() -> RuleTable.fresh(command.table()));
    return table.listed().stream()
        .filter(c -> command.chain().map(c.name()::equals).orElse(!own || c.policy().isEmpty()))
        .map(c -> doing + " chain `" + c.name() + "'").toList();
  }

  private Command.Said list(Filter filter, IptablesCommand command) throws Complaint {
    TableName name = command.table();
    RuleTable table = filter.rules().of(family).table(name).orElseGet(() -> RuleTable.fresh(name));
    List<Chain> chains = table.listed();
    if (command.chain().isPresent()) {
      String called = command.chain().get();
      chains = List.of(table.chain(called).orElseThrow(() -> Complaint.incompatible(called, name.word())));
    }
    boolean listing = command.operation() == org.hopscope.model.iptables.Operation.LIST;
    List<String> out = listing
        ? ListText.of(family, table, chains, command.number(), command.style(), filter.state())
        : SaveFile.rules(chains, command.number(), command.style().verbose(), filter.state());
    return Command.Said.answered(out,
        new Answer.FilterRules(List.of(table), command.chain(), command.style().verbose(), filter.state()));
  }

  private Command save(Args args) throws Stop {
    Optional<TableName> only = Optional.empty();
    boolean counters = false;
    while (!args.isEmpty()) {
      String word = args.next();
      switch (word) {
        case "-c", "--counters" -> counters = true;
        case "-t", "--table" -> only = Optional.of(table(args));
        default -> throw unknown("save", SAVE_OPTIONS, word);
      }
    }
    Filter filter = filter();
    Ruleset rules = filter.rules().of(family);
    List<RuleTable> tables = new ArrayList<>(only.isPresent()
        ? List.of(rules.table(only.get()).orElse(RuleTable.fresh(only.get())))
        : rules.tables().values());
    List<String> out = new ArrayList<>();
    for (RuleTable table : tables) {
      out.addAll(SaveFile.of(table, filter.state(), counters));
    }
    if (only.isEmpty()) {
      tables.removeIf(IptablesProgram::saysNothing);
    }
    return Command.Said.answered(out, new Answer.FilterRules(tables, Optional.empty(), counters, filter.state()));
  }

  private static boolean saysNothing(RuleTable table) {
    return table.listed().stream().allMatch(c -> c.rules().isEmpty()
        && c.policy().filter(p -> p == org.hopscope.model.netfilter.Policy.ACCEPT).isPresent());
  }

  /** A word that a program has and the model has not, or that neither has (getopt_long). */
  private Stop unknown(String doing, Set<String> real, String word) {
    if (real.contains(word) || !word.startsWith("-") && doing.equals("restore")) {
      return Stop.unsupported(word);
    }
    if (!word.startsWith("-")) {
      return Stop.exit(1, "Unknown arguments found on commandline");
    }
    String program = CommandText.program(family) + "-" + doing;
    return Stop.exit(1, program + ": "
        + (word.startsWith("--") ? "unrecognized option '" + word + "'" : "invalid option -- '" + word.charAt(1) + "'"),
        doing.equals("save") ? "Look at manual page `" + program + ".8' for more information."
            : "Try `" + program + " -h' for more information.");
  }

  private static TableName table(Args args) throws Stop {
    String word = args.isEmpty() ? "" : args.next();
    return TableName.named(word).orElseThrow(() -> Stop.exit(1, "Table `" + word + "' does not exist"));
  }

  private Command restore(Args args) throws Stop {
    boolean noflush = false;
    boolean counters = false;
    boolean test = false;
    Optional<TableName> only = Optional.empty();
    while (!args.isEmpty()) {
      String word = args.next();
      switch (word) {
        case "-n", "--noflush" -> noflush = true;
        case "-c", "--counters" -> counters = true;
        case "-t", "--test" -> test = true;
        case "-T", "--table" -> only = Optional.of(table(args));
        case "-v", "--verbose", "-w", "--wait" -> {
        }
        default -> throw unknown("restore", RESTORE_OPTIONS, word);
      }
    }
    String program = CommandText.program(family) + "-restore";
    RestoreFile.Options options = new RestoreFile.Options(noflush, counters, test, only);
    RestoreFile file = RestoreFile.read(family, prompt.input(), options, program);
    RestoreEditor.Loaded loaded = RestoreEditor.load(filter(), family, file.sections(), noflush, program);
    Optional<RestoreFile.Stopped> stopped = loaded.stopped().or(file::stopped);
    Command.Said said = stopped.map(s -> Command.Said.failed(s.status(), s.said())).orElse(Command.Said.NOTHING);
    return test || loaded.done() == 0 ? said : new Command.Change(new Edit.RestoreRules(prompt.at(), family,
        file.sections().subList(0, loaded.done()), noflush), 1, said);
  }
}
