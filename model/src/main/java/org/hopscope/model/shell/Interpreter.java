package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.syntax.Node;
import org.hopscope.model.shell.syntax.Parser;
import org.hopscope.model.shell.syntax.Position;
import org.hopscope.model.trace.Trace;

/**
 * A shell at work: runs texts of the product's shell language on a session and keeps their variables from one to the
 * next. One text does no more than {@link Budget} allows; then it is stopped and says so.
 */
public final class Interpreter {
  /** Where bash puts the first {@code <(…)}. */
  private static final int FIRST_PIPE = 63;

  private final Session session;
  private final Variables variables;
  private final Memory memory;
  private final Folder folder;

  public Interpreter(Session session) {
    this(session, Folder.EMPTY);
  }

  /** One whose programs find the files of a folder too, such as that of the script it runs. */
  public Interpreter(Session session, Folder folder) {
    this(session, folder, new Variables(), new Memory());
  }

  private Interpreter(Session session, Folder folder, Variables variables, Memory memory) {
    this.session = session;
    this.folder = folder;
    this.variables = variables;
    this.memory = memory;
  }

  /** A shell like this one at work on another session: what it remembers from now on, this one does not. */
  public Interpreter at(Session other) {
    return new Interpreter(other, folder, variables.copy(), memory.copy());
  }

  /** Forgets a trace, as what did not come to be. */
  public void forget(Trace trace) {
    memory.forget(trace);
  }

  /** Remembers another trace in the place of one: of what is not over yet, its beginning. */
  public void replace(Trace trace, Trace by) {
    memory.replace(trace, by);
  }

  /** Remembers a trace that was made elsewhere in the lab: {@code tcpdump} shows it too. */
  public void saw(Trace trace) {
    memory.saw(trace);
  }

  /**
   * Whether a text ends in the middle of a command, so that a terminal waits for more lines.
   *
   * @param text the lines typed so far
   */
  public static boolean isUnfinished(String text) {
    return Parser.parse(text) instanceof Parser.Parsed.Wrong(Position _, String _, boolean unfinished) && unfinished;
  }

  /**
   * Runs a text.
   *
   * @param at the namespace whose prompt it was typed at; the first host's own when that goes meanwhile
   * @param text one command or many
   * @param seen is told of each command after it ran, in order
   * @return the exit status of the last command
   */
  public int run(NetnsId at, String text, Consumer<Executed> seen) {
    return run(at, text, Streams.TERMINAL, new Budget(), seen);
  }

  private int run(NetnsId at, String text, Streams streams, Budget budget, Consumer<Executed> seen) {
    return switch (Parser.parse(text)) {
      case Parser.Parsed.Wrong(Position where, String reason, boolean _) -> {
        Reply reply = Shell.reply(Command.Said.failed(2, List.of("hopscope: " + where + ": " + reason)));
        seen.accept(new Executed(where.line(), text.strip(), List.of(), session.state(), reply));
        variables.setStatus(2);
        yield 2;
      }
      case Parser.Parsed.Fine(Node program) -> {
        new Run(at, budget, seen).text(program, streams);
        yield variables.status();
      }
    };
  }

  /** One text on its way. */
  private final class Run {
    private final NetnsId at;
    private final Budget budget;
    private final Consumer<Executed> seen;
    private final Expansion expansion;
    /** What {@code <(…)} of the command at hand printed, by the names of the files. */
    private final Map<String, List<String>> pipes = new TreeMap<>();
    /** How many conditions the command at hand stands in: there {@code set -e} has no say. */
    private int conditions;
    /** The exit status of the {@code $(…)} expanded last. */
    private int outputStatus;

    Run(NetnsId at, Budget budget, Consumer<Executed> seen) {
      this.at = at;
      this.budget = budget;
      this.seen = seen;
      expansion = new Expansion(variables, new Expansion.Commands() {
        @Override
        public String output(Node commands) throws Leave {
          return Run.this.output(commands);
        }

        @Override
        public String file(Node commands) throws Leave {
          String name = "/dev/fd/" + (FIRST_PIPE - pipes.size());
          pipes.put(name, Run.this.output(commands).lines().toList());
          return name;
        }
      });
    }

    void text(Node program, Streams streams) {
      try {
        run(program, streams);
      } catch (Leave leave) {
        variables.setStatus(leave.status());
        if (leave.where() == Leave.Where.LIMIT) {
          Reply reply = Shell.reply(Command.Said.failed(leave.status(), List.of("hopscope: " + leave.getMessage())));
          seen.accept(new Executed(1, leave.getMessage(), List.of(), session.state(), reply));
        }
      }
    }

    private Optional<List<String>> file(String name) {
      return Optional.ofNullable(pipes.get(name)).or(() -> folder.lines(name));
    }

    private NetnsId place() {
      return session.state().find(at).isPresent() ? at : session.state().firstHost().root();
    }

    private int run(Node node, Streams streams) throws Leave {
      int ended = switch (node) {
        case Node.Sequence(List<Node> commands) -> {
          int status = 0;
          for (Node command : commands) {
            status = run(command, streams);
          }
          yield status;
        }
        case Node.Chain(Node first, List<Node.Next> rest) -> chain(first, rest, streams);
        case Node.Not(Node command) -> condition(command, streams) == 0 ? 1 : 0;
        case Node.Pipeline(List<Node> stages) -> checked(pipeline(stages, streams));
        case Node.Simple simple -> checked(new SimpleRun(simple, streams).run());
        case Node.For each -> each(each, streams);
        case Node.Loop loop -> loop(loop, streams);
        case Node.If choice -> choice(choice, streams);
        case Node.Refused(Node.Source source, String what) -> {
          Stop stop = Stop.unsupported(what + " (" + source.at() + ")");
          seen.accept(new Executed(source.at().line(), source.text(), List.of(), session.state(),
              Shell.reply(stop.said())));
          yield Reply.UNSUPPORTED;
        }
      };
      variables.setStatus(ended);
      return ended;
    }

    private int condition(Node node, Streams streams) throws Leave {
      conditions++;
      try {
        return run(node, streams);
      } finally {
        conditions--;
      }
    }

    private int checked(int status) throws Leave {
      if (status != 0 && variables.is(Variables.Option.ERREXIT) && conditions == 0) {
        throw Leave.to(Leave.Where.TEXT, status);
      }
      return status;
    }

    private int chain(Node first, List<Node.Next> rest, Streams streams) throws Leave {
      int status = condition(first, streams);
      for (int i = 0; i < rest.size(); i++) {
        Node.Next next = rest.get(i);
        if (next.ifSucceeded() == (status == 0)) {
          status = i + 1 == rest.size() ? run(next.command(), streams) : condition(next.command(), streams);
        }
      }
      return status;
    }

    private int pipeline(List<Node> stages, Streams streams) throws Leave {
      List<String> lines = streams.in();
      int failed = 0;
      for (Node stage : stages.subList(0, stages.size() - 1)) {
        Streams.Sink.Kept kept = new Streams.Sink.Kept();
        int status = condition(stage, streams.withIn(lines).withOut(kept));
        failed = status == 0 ? failed : status;
        lines = kept.lines;
      }
      int status = condition(stages.getLast(), streams.withIn(lines));
      return status == 0 && variables.is(Variables.Option.PIPEFAIL) ? failed : status;
    }

    private int each(Node.For each, Streams streams) throws Leave {
      List<String> values;
      try {
        values = expansion.fields(each.values());
      } catch (NoValueException reason) {
        return say(each.at(), "for " + each.name(), reason.getMessage());
      }
      int status = 0;
      for (String value : values) {
        variables.set(each.name(), value);
        try {
          budget.command();
          status = run(each.body(), streams);
        } catch (Leave leave) {
          if (endsLoop(leave)) {
            return 0;
          }
        }
      }
      return status;
    }

    private int loop(Node.Loop loop, Streams streams) throws Leave {
      int status = 0;
      while (condition(loop.condition(), streams) == 0 != loop.until()) {
        try {
          budget.command();
          status = run(loop.body(), streams);
        } catch (Leave leave) {
          if (endsLoop(leave)) {
            return 0;
          }
        }
      }
      return status;
    }

    /** Whether the loop is left; otherwise its next round begins. */
    private boolean endsLoop(Leave leave) throws Leave {
      return switch (leave.where()) {
        case LOOP -> true;
        case ROUND -> false;
        case TEXT, LIMIT -> throw leave;
      };
    }

    private int choice(Node.If choice, Streams streams) throws Leave {
      for (Node.Branch branch : choice.branches()) {
        if (condition(branch.condition(), streams) == 0) {
          return run(branch.body(), streams);
        }
      }
      return choice.otherwise().isPresent() ? run(choice.otherwise().get(), streams) : 0;
    }

    private String output(Node commands) throws Leave {
      Streams.Sink.Kept kept = new Streams.Sink.Kept();
      Interpreter inner = new Interpreter(session, folder, variables.copy(), memory);
      Run run = inner.new Run(at, budget, seen);
      try {
        outputStatus = run.run(commands, Streams.TERMINAL.withOut(kept));
      } catch (Leave leave) {
        if (leave.where() == Leave.Where.LIMIT) {
          throw leave;
        }
        outputStatus = leave.status();
      }
      return String.join("\n", kept.lines).replaceFirst("\n+$", "");
    }

    private int say(Position where, String text, String reason) {
      Reply reply = Shell.reply(Command.Said.failed(1, List.of("hopscope: " + where + ": " + reason)));
      seen.accept(new Executed(where.line(), text, List.of(), session.state(), reply));
      return 1;
    }

    /** One simple command on its way. */
    private final class SimpleRun {
      private final Node.Simple simple;
      private final Streams given;
      private LabState before = session.state();
      private List<String> words = List.of();

      SimpleRun(Node.Simple simple, Streams given) {
        this.simple = simple;
        this.given = given;
      }

      int run() throws Leave {
        budget.command();
        Streams streams = given;
        outputStatus = 0;
        pipes.clear();
        try {
          words = expansion.fields(simple.words());
          before = session.state();
          for (Node.Redirection redirection : simple.redirections()) {
            streams = redirected(streams, redirection, expansion.text(redirection.target()));
          }
          if (words.isEmpty()) {
            assign();
            return outputStatus;
          }
          if (!simple.assignments().isEmpty()) {
            words = EnvProgram.words(simple, assigned(), words);
          }
          return Builtins.has(words.getFirst())
              ? tell(Shell.reply(Builtins.run(variables, words)), streams)
              : program(streams);
        } catch (NoValueException reason) {
          return tell(Shell.reply(Command.Said.failed(1, List.of("hopscope: " + simple.source().at() + ": "
              + reason.getMessage()))), streams);
        } catch (Stop stop) {
          return tell(Shell.reply(stop.said()), streams);
        } catch (Leave leave) {
          if (leave.where() != Leave.Where.LIMIT) {
            tell(Shell.reply(Command.Said.failed(leave.status(), List.of())), streams);
          }
          throw leave;
        }
      }

      /** A file is read where its host is: at the prompt. */
      private Streams redirected(Streams streams, Node.Redirection redirection, String target) throws Stop {
        if (!redirection.sign().equals("<") && !redirection.sign().equals("0<")) {
          return streams.with(redirection, target);
        }
        Prompt prompt = new Prompt(session.state(), place(), streams.in(), List.of(), Run.this::file);
        return streams.withIn(ProcSys.key(target).isPresent()
            ? List.of(ProcSys.read(prompt, "hopscope", target))
            : HostFiles.open(prompt, target,
                Stop.exit(1, "hopscope: " + target + ": No such file or directory")));
      }

      private void assign() throws Leave, NoValueException {
        for (Node.Assignment assignment : simple.assignments()) {
          variables.set(assignment.name(), expansion.text(assignment.value()));
        }
      }

      /** The assignments in front of the command, as {@code env} takes them. */
      private List<String> assigned() throws Leave, NoValueException {
        List<String> assigned = new ArrayList<>();
        for (Node.Assignment assignment : simple.assignments()) {
          assigned.add(assignment.name() + "=" + expansion.text(assignment.value()));
        }
        return assigned;
      }

      private static boolean isServing(Edit edit) {
        return edit instanceof Edit.Serve || edit instanceof Edit.Together(List<Edit> all)
            && all.stream().allMatch(Edit.Serve.class::isInstance);
      }

      private int program(Streams streams) throws Leave, Stop {
        Command command = Shell.read(new Prompt(session.state(), place(), streams.in(), memory.traffic(),
            memory.past(), Run.this::file, variables.environment()), words);
        if (command instanceof Command.Interpret(NetnsId there, String text)) {
          Interpreter inner = new Interpreter(session, folder, variables.child(), memory);
          return inner.run(there, text, streams, budget, seen);
        }
        boolean listens = command instanceof Command.Change change && isServing(change.edit());
        if (simple.background() && !listens) {
          throw Stop.unsupported("& behind " + words.getFirst() + " (nothing runs in the background but servers)");
        }
        Reply reply = Shell.execute(session, command);
        if (session.state() != before) {
          memory.leaves(before);
        }
        reply.traces().forEach(Interpreter.this::saw);
        return tell(streams.out() instanceof Streams.Sink.File file ? written(reply, file) : reply, streams);
      }

      /** A command whose output goes into a file of the host, or of {@code /proc/sys}. */
      private Reply written(Reply reply, Streams.Sink.File file) throws Stop {
        boolean setting = ProcSys.key(file.path()).isPresent();
        if (setting && reply.exit() != 0 && reply.out().isEmpty()) {
          return reply;
        }
        Prompt prompt = new Prompt(session.state(), place(), List.of(), List.of());
        Edit edit = setting ? ProcSys.write(prompt, "hopscope", file.path(), reply.out())
            : HostFiles.write(prompt, file.path(), reply.out(), file.append());
        Reply wrote = Shell.execute(session, new Command.Change(edit, 1, Command.Said.NOTHING));
        List<String> err = new ArrayList<>(reply.err());
        wrote.err().forEach(e -> err.add(words.getFirst() + ": write error: " + e.replaceFirst("^.*: ", "")));
        List<Edit> edits = new ArrayList<>(reply.edits());
        edits.addAll(wrote.edits());
        return new Reply(Math.max(reply.exit(), wrote.exit()), List.of(), err, edits, reply.traces(), reply.answer());
      }

      /** Hands the output on and tells of the command. */
      private int tell(Reply reply, Streams streams) throws Leave {
        List<String> out = new ArrayList<>();
        List<String> err = new ArrayList<>();
        if (variables.is(Variables.Option.XTRACE)) {
          err.add("+ " + Expansion.shown(words.stream()));
        }
        put(reply.out(), streams.out(), out, err);
        put(reply.err(), streams.err(), out, err);
        boolean asWritten = simple.words().stream().allMatch(w -> w.isLiteral());
        String text = asWritten ? simple.source().text() : Expansion.shown(words.stream());
        seen.accept(new Executed(simple.source().at().line(), text, words, before, new Reply(reply.exit(), out, err,
            reply.edits(), reply.traces(), reply.answer())));
        budget.printed(reply);
        return reply.exit();
      }

      private void put(List<String> lines, Streams.Sink sink, List<String> out, List<String> err) {
        switch (sink) {
          case Streams.Sink.Screen(boolean asErr) -> (asErr ? err : out).addAll(lines);
          case Streams.Sink.Kept kept -> kept.lines.addAll(lines);
          case Streams.Sink.Nowhere _,Streams.Sink.File _ -> {
          }
        }
      }
    }
  }
}
