package org.hopscope.app.desktop.terminal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.terminal.Transcript.Line;
import org.hopscope.app.desktop.terminal.Transcript.Run;
import org.hopscope.app.desktop.terminal.Transcript.Tone;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.app.desktop.workbench.Ran;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Answer;
import org.hopscope.model.shell.Interpreter;
import org.hopscope.model.shell.Reply;

/**
 * What stands behind a terminal's line: lines are run in the order of entering, each once the one before has ended, and what they
 * say is printed as it is said.
 */
final class Console {
  private static final int MALFORMED = 255;
  private static final int UNKNOWN_COMMAND = 127;
  private static final int INTERRUPTED = 130;
  /** The one command that is the terminal's own: it wipes what is seen, whatever comes behind it. */
  private static final Pattern CLEAR = Pattern.compile("\\s*clear\\s*(?:(?:;|&&)\\s*(.*))?");

  private final Workbench workbench;
  private final Consumer<List<Line>> printer;
  private final Runnable clear;
  private final Shells shells = new Shells();
  private final ReadOnlyStringWrapper begun = new ReadOnlyStringWrapper("");
  private final Deque<Entered> waiting = new ArrayDeque<>();
  private Optional<Speech> speech = Optional.empty();
  private boolean going;

  /**
   * A line that was entered.
   *
   * @param pasted whether it is one of several pasted ones, which end with the first that is no command
   */
  private record Entered(String line, boolean pasted) {
  }

  /**
   * One behind a terminal.
   *
   * @param printer prints lines
   * @param clear empties what was printed
   */
  Console(Workbench workbench, Consumer<List<Line>> printer, Runnable clear) {
    this.workbench = workbench;
    this.printer = printer;
    this.clear = clear;
  }

  /** The lines, with their ends, of a command that is not finished yet. */
  ReadOnlyStringProperty begunProperty() {
    return begun.getReadOnlyProperty();
  }

  /** Forgets where the prompt stood before shells were opened: it was put elsewhere by hand. */
  void leaveShells() {
    shells.clear();
  }

  /** Runs a line, now or when those before it have ended. */
  void enter(String line) {
    waiting.add(new Entered(line, false));
    goOn();
  }

  /** Runs lines one by one, a command over several of them whole, up to the first that is none. */
  void enterPasted(List<String> lines) {
    lines.forEach(line -> waiting.add(new Entered(line, true)));
    goOn();
  }

  /** Ctrl+C: stops what is running, and forgets what waits behind it; else gives up the command that is being written. */
  void interrupt(String line) {
    waiting.clear();
    if (speech.isPresent()) {
      workbench.interrupt();
    } else {
      printer.accept(List.of(prompted(line + "^C")));
      begun.set("");
    }
  }

  /** A line at the prompt, as it is printed. */
  Line prompted(String line) {
    return new Line(List.of(new Run(PlaceNames.of(lab(), at()), Tone.PROMPT),
        new Run(begun.get().isEmpty() ? " # " : " > ", Tone.MARK), new Run(line, Tone.TYPED)));
  }

  /** Runs what waits. A line that ends at once comes back here: the loop that is on goes on, however many lines there are. */
  private void goOn() {
    if (going) {
      return;
    }
    going = true;
    try {
      while (speech.isEmpty() && !waiting.isEmpty()) {
        run(waiting.poll());
      }
    } finally {
      going = false;
    }
  }

  private void run(Entered entered) {
    String line = entered.line();
    Line echo = prompted(line);
    String text = begun.get() + line;
    Matcher cleared = CLEAR.matcher(line);
    if (line.isBlank() && begun.get().isEmpty()) {
      printer.accept(List.of(echo));
    } else if (cleared.matches()) {
      clear.run();
      Optional.ofNullable(cleared.group(1)).ifPresent(rest -> run(new Entered(rest, entered.pasted())));
    } else if (Interpreter.isUnfinished(text)) {
      begun.set(text + "\n");
      printer.accept(List.of(echo));
    } else {
      begun.set("");
      Optional<NetnsId> moved = shells.moved(lab(), at(), text);
      if (moved.isPresent()) {
        workbench.promptAt(moved.get());
        printer.accept(List.of(echo));
      } else {
        new Speech(echo, text, entered.pasted()).begin();
      }
    }
  }

  private LabState lab() {
    return workbench.labProperty().get();
  }

  private NetnsId at() {
    return workbench.promptProperty().get();
  }

  /** A text that is being run, and what it says. */
  private final class Speech {
    private final String text;
    private final boolean pasted;
    private final NetnsId at = at();
    private final List<Line> unprinted = new ArrayList<>();
    private final int steps = workbench.traceProperty().get().map(t -> t.steps().size()).orElse(0);
    private boolean printed;
    private int commands;

    Speech(Line echo, String text, boolean pasted) {
      this.text = text;
      this.pasted = pasted;
      unprinted.add(echo);
    }

    void begin() {
      speech = Optional.of(this);
      workbench.begin(at, text, this::said, this::ended);
      if (speech.filter(s -> s == this).isPresent()) {
        printSoFar();
      }
    }

    private void said(Reply reply) {
      commands++;
      Tint tint = new Tint(lab(), at, text);
      reply.out().forEach(said -> unprinted.add(tint.of(said.replace("\t", "    "))));
      reply.err().forEach(said -> unprinted.add(Line.of(said.replace("\t", "    "), Tone.ERR)));
      if (reply.answer() instanceof Answer.Controlled && !reply.edits().isEmpty()) {
        unprinted.add(Line.of(Messages.text("terminal.rollout"), Tone.NOTE));
      }
      reply.traces().stream().reduce((_, last) -> last).ifPresent(
          t -> unprinted.add(Line.of(Messages.text("terminal.trace", t.steps().size()), Tone.NOTE)));
      if (workbench.runningProperty().get().filter(r -> !r.past()).isPresent()) {
        printSoFar();
      }
    }

    private void ended(Ran ran) {
      speech = Optional.empty();
      ran.asOf().ifPresent(step -> unprinted.add(ran.forked() ? unprinted.size() : printed ? 0 : 1, Line.of(
          Messages.text(ran.forked() ? "terminal.forked" : "terminal.asof", step, steps), Tone.NOTE)));
      if (ran.exit() == INTERRUPTED && printed) {
        unprinted.add(Line.of("^C", Tone.ERR));
        unprinted.add(Line.of(Messages.text("terminal.stopped", commands), Tone.NOTE));
      }
      int left = (int) waiting.stream().filter(Entered::pasted).count();
      if (pasted && (ran.exit() == MALFORMED || ran.exit() == UNKNOWN_COMMAND) && left > 0) {
        unprinted.add(Line.of(Messages.text("terminal.paste.stopped", left), Tone.NOTE));
        waiting.removeIf(Entered::pasted);
      }
      printSoFar();
      goOn();
    }

    private void printSoFar() {
      printer.accept(List.copyOf(unprinted));
      unprinted.clear();
      printed = true;
    }
  }
}
