package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.CommandReader;
import org.hopscope.model.iptables.CommandText;
import org.hopscope.model.iptables.Complaint;
import org.hopscope.model.iptables.Filter;
import org.hopscope.model.iptables.IptablesCommand;
import org.hopscope.model.iptables.ListText;
import org.hopscope.model.iptables.Operation;
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
  private static final List<String> HELP = List.of("iptables v1.8.9 (nf_tables)", "",
      "Usage: iptables -[ACD] chain rule-specification [options]",
      "       iptables -I chain [rulenum] rule-specification [options]",
      "       iptables -R chain rulenum rule-specification [options]",
      "       iptables -D chain rulenum [options]", "       iptables -[LS] [chain [rulenum]] [options]",
      "       iptables -[FZ] [chain] [options]", "       iptables -[NX] chain",
      "       iptables -E old-chain-name new-chain-name", "       iptables -P chain target [options]");

  private static final String SAVE_NAMES = "counters=c version=V dump=d table=t modprobe=M file=f";
  private static final String RESTORE_NAMES =
      "counters=c verbose=v version=V test=t help=h noflush=n modprobe=M table=T "
          + "wait=w wait-interval=W";
  private static final List<String> RESTORE_HELP = List.of(
      "Usage: %s [-c] [-v] [-V] [-t] [-h] [-n] [-T table] [-M command] [-4] [-6] [file]", "\t   [ --counters ]",
      "\t   [ --verbose ]", "\t   [ --version]", "\t   [ --test ]", "\t   [ --help ]", "\t   [ --noflush ]",
      "\t   [ --table=<TABLE> ]", "\t   [ --modprobe=<command> ]", "\t   [ --ipv4 ]", "\t   [ --ipv6 ]");

  private final Prompt prompt;
  private final IpFamily family;
  private final SharedTables shared;

  private IptablesProgram(Prompt prompt, IpFamily family) {
    this.prompt = prompt;
    this.family = family;
    shared = new SharedTables(prompt, family);
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
    List<String> remarks = new ArrayList<>();
    try {
      IptablesCommand command = CommandReader.read(family, words, remarks);
      shared.check(command);
      Filter before = filter();
      Filter after = RuleEditor.apply(before, family, command);
      Command.Said said = said(before, command);
      said = said.with(said.exit(), remarks);
      boolean both = command.operation() == Operation.FLUSH && command.chain().isEmpty()
          && shared.find(command.table()).isPresent();
      return after.equals(before) && !both
          ? said
          : new Command.Change(new Edit.Iptables(prompt.at(), family, command), 1, said);
    } catch (Complaint complaint) {
      remarks.addAll(complaint.lines(CommandText.program(family)));
      return Command.Said.failed(complaint.status(), remarks);
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
      case FLUSH -> told(command, chains(filter, command, "Flushing", _ -> true));
      case ZERO -> told(command, chains(filter, command, "Zeroing", Chain::isMade));
      case DELETE_CHAIN -> told(command, chains(filter, command, "Deleting", c -> c.policy().isEmpty()));
      case DELETE_NUMBER, ZERO_NUMBER, NEW_CHAIN, RENAME_CHAIN, POLICY -> Command.Said.NOTHING;
    };
  }

  /** With {@code -v}, what is being done is told. */
  private static Command.Said told(IptablesCommand command, List<String> lines) {
    return command.style().verbose() ? Command.Said.answered(lines, new Answer.Nothing()) : Command.Said.NOTHING;
  }

  /** @param all which chains are meant when none is named */
  private List<String> chains(Filter filter, IptablesCommand command, String doing, Predicate<Chain> all) {
    RuleTable table =
        filter.rules().of(family).table(command.table()).orElseGet(() -> RuleTable.fresh(command.table()));
    return table.listed().stream()
        .filter(c -> command.chain().map(c.name()::equals).orElse(all.test(c)))
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
    List<String> out = new ArrayList<>(command.chain().isEmpty() ? shared.remark(name) : List.of());
    out.addAll(command.operation() == Operation.LIST
        ? ListText.of(family, table, chains, command.number(), command.style(), filter.state())
        : SaveFile.rules(chains, command.number(), command.style().verbose(), filter.state()));
    return Command.Said.answered(out,
        new Answer.FilterRules(List.of(table), command.chain(), command.style().verbose(), filter.state()));
  }

  /** As {@code iptables/xtables-save.c} reads them; {@code -d} says nothing there either, and {@code -M} has nothing to load. */
  private Command save(Args args) throws Stop {
    String program = CommandText.program(family) + "-save";
    GetOpt.Read read = new GetOpt(program, "bcdt:M:f:V", SAVE_NAMES,
        "Look at manual page `" + program + ".8' for more information.").read(args.rest());
    Optional<TableName> only = Optional.empty();
    Optional<String> file = Optional.empty();
    boolean counters = false;
    for (GetOpt.Given given : read.options()) {
      switch (given.letter()) {
        case 'c' -> counters = true;
        case 'f' -> file = Optional.of(given.value());
        case 't' -> only = Optional.of(TableName.named(given.value())
            .orElseThrow(() -> Stop.exit(1, "Table `" + given.value() + "' does not exist")));
        case 'V' -> {
          return version(program);
        }
        case 'd', 'M' -> {
        }
        default -> throw Stop.unsupported("-" + given.letter());
      }
    }
    if (!read.operands().isEmpty()) {
      throw unknownOperands();
    }
    Filter filter = filter();
    Ruleset rules = filter.rules().of(family);
    List<RuleTable> tables = new ArrayList<>();
    for (TableName name : only.map(List::of).orElse(List.of(TableName.values()))) {
      if (only.isPresent() || rules.table(name).isPresent() || shared.find(name).isPresent()) {
        tables.add(rules.table(name).orElse(RuleTable.fresh(name)));
      }
    }
    List<String> out = new ArrayList<>();
    for (RuleTable table : tables) {
      check(table.name());
      out.addAll(shared.remark(table.name()));
      out.addAll(SaveFile.of(table, filter.state(), counters));
    }
    if (only.isEmpty()) {
      tables.removeIf(IptablesProgram::saysNothing);
    }
    Answer answer = new Answer.FilterRules(tables, Optional.empty(), counters, filter.state());
    return file.isEmpty()
        ? Command.Said.answered(out, answer)
        : new Command.Change(HostFiles.write(prompt, file.get(), out, false), 1, Command.Said.NOTHING);
  }

  private void check(TableName name) throws Stop {
    try {
      shared.check(name);
    } catch (Complaint complaint) {
      throw Stop.unsupported(complaint.getMessage());
    }
  }

  private static boolean saysNothing(RuleTable table) {
    return table.listed().stream().allMatch(c -> c.rules().isEmpty()
        && c.policy().filter(p -> p == org.hopscope.model.netfilter.Policy.ACCEPT).isPresent());
  }

  private static Stop unknownOperands() {
    return Stop.exit(1, "Unknown arguments found on commandline");
  }

  private static Command version(String program) {
    return Command.Said.answered(List.of(program + " v1.8.9 (nf_tables)"), new Answer.Nothing());
  }

  /**
   * As {@code iptables/xtables-restore.c} does it: {@code -w} and {@code -W} wait for nothing there either, and {@code -t}
   * reads the file and asks nobody.
   */
  private Command restore(Args args) throws Stop {
    String program = CommandText.program(family) + "-restore";
    GetOpt.Read read =
        new GetOpt(program, "bcvVthnw~W~M:T:", RESTORE_NAMES, "Try `" + program + " -h' for more information.")
            .read(args.rest());
    boolean noflush = false;
    boolean counters = false;
    boolean test = false;
    Optional<String> only = Optional.empty();
    for (GetOpt.Given given : read.options()) {
      switch (given.letter()) {
        case 'n' -> noflush = true;
        case 'c' -> counters = true;
        case 't' -> test = true;
        case 'T' -> only = Optional.of(given.value());
        case 'V' -> {
          return version(program);
        }
        case 'h' -> {
          return Command.Said.NOTHING.with(0, RESTORE_HELP.stream().map(l -> l.replace("%s", program)).toList());
        }
        case 'v', 'w', 'W', 'M' -> {
        }
        default -> throw Stop.unsupported("-" + given.letter());
      }
    }
    if (read.operands().size() > 1) {
      throw unknownOperands();
    }
    String name = String.join("", read.operands());
    List<String> lines = name.isEmpty() ? prompt.input()
        : HostFiles.open(prompt, name, Stop.exit(1, "Can't open " + name + ": No such file or directory"));
    RestoreFile file =
        RestoreFile.read(family, lines, new RestoreFile.Options(noflush, counters, test, only), program);
    if (test) {
      return said(file, file.stopped());
    }
    for (RestoreFile.Section section : file.sections()) {
      check(section.table());
    }
    RestoreEditor.Loaded loaded = RestoreEditor.load(filter(), family, file.sections(), noflush, program);
    Command.Said said = said(file, loaded.stopped().or(file::stopped));
    return loaded.done() == 0 ? said : new Command.Change(new Edit.RestoreRules(prompt.at(), family,
        file.sections().subList(0, loaded.done()), noflush), 1, said);
  }

  private static Command.Said said(RestoreFile file, Optional<RestoreFile.Stopped> stopped) {
    return Command.Said.NOTHING.with(stopped.map(RestoreFile.Stopped::status).orElse(0),
        Stream.concat(file.remarks().stream(), stopped.stream().flatMap(s -> s.said().stream())).toList());
  }
}
