package org.hopscope.app.desktop.workbench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.model.kube.policy.PolicyPreview;
import org.hopscope.model.lab.Change;
import org.hopscope.model.lab.Deed;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Refusal;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.shell.Interpreter;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * What all panes of a window look at and act on: the lab's session, the trace that is open and how far it is stepped,
 * and what is selected. Panes know the workbench and not each other. Lives on the JavaFX thread.
 */
public final class Workbench {
  private static final int MOST_KEPT = 12;

  private final Session session;
  private Interpreter shell;
  private final ReadOnlyObjectWrapper<LabState> lab = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<LabState> shown = new ReadOnlyObjectWrapper<>();
  private final ObservableList<KeptTrace> kept = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Optional<KeptTrace>> overtaken = new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Trace>> trace = new ReadOnlyObjectWrapper<>(Optional.empty());
  private Optional<Trace> ready = Optional.empty();
  private final ReadOnlyBooleanWrapper scrubbing = new ReadOnlyBooleanWrapper();
  private final Unrolling unrolling = new Unrolling(this::showPast);
  private final Predictions predictions = new Predictions();
  private final ReadOnlyIntegerWrapper step = new ReadOnlyIntegerWrapper(0);
  private final ReadOnlyObjectWrapper<Set<Selection>> selection = new ReadOnlyObjectWrapper<>(Set.of());
  private final ObjectProperty<Set<Selection>> highlight = new SimpleObjectProperty<>(Set.of());
  private final ReadOnlyObjectWrapper<Optional<PolicyPreview>> foreseen =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<NetnsId> prompt = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
  private final ObservableList<CommandEntry> commands = FXCollections.observableArrayList();

  public Workbench(Session session) {
    this.session = session;
    shell = new Interpreter(session);
    lab.set(session.state());
    shown.set(session.state());
    prompt.set(session.state().firstHost().root());
    session.listen(this::changed);
  }

  /** The lab as it is now. */
  public ReadOnlyObjectProperty<LabState> labProperty() {
    return lab.getReadOnlyProperty();
  }

  /** The lab as panes show it: as of the step at which the open trace stands, else as it is now. */
  public ReadOnlyObjectProperty<LabState> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /** The trace that is open, if one is. */
  public ReadOnlyObjectProperty<Optional<Trace>> traceProperty() {
    return trace.getReadOnlyProperty();
  }

  /**
   * The trace that the last edit closed before its end: what it tells held for the lab before. Empty once another is opened.
   */
  public ReadOnlyObjectProperty<Optional<KeptTrace>> overtakenProperty() {
    return overtaken.getReadOnlyProperty();
  }

  /** The traces that were open in this lab, the latest first, as many as are kept. */
  public ObservableList<KeptTrace> kept() {
    return kept;
  }

  /** How many steps of the open trace have been taken: 0 to all of them. */
  public ReadOnlyIntegerProperty stepProperty() {
    return step.getReadOnlyProperty();
  }

  /**
   * Whether a hand pulls through the open trace: panes then show where packets are, and what takes longer to tell once the hand
   * rests.
   */
  public ReadOnlyBooleanProperty scrubbingProperty() {
    return scrubbing.getReadOnlyProperty();
  }

  /** The step taken last: what the canvas, the card and the timeline show. */
  public Optional<Step> currentStep() {
    return trace.get().filter(_ -> step.get() > 0).map(t -> t.steps().get(step.get() - 1));
  }

  /** The stages of the last command of a control plane or a container engine. */
  public Unrolling unrolling() {
    return unrolling;
  }

  /** What is asked before a step's lookup is shown. */
  public Predictions predictions() {
    return predictions;
  }

  /** What is selected, in the order of selecting. */
  public ReadOnlyObjectProperty<Set<Selection>> selectionProperty() {
    return selection.getReadOnlyProperty();
  }

  /** What is lit for as long as someone points at a word for it; no part of the selection. */
  public ObjectProperty<Set<Selection>> highlightProperty() {
    return highlight;
  }

  /** What the command that is being written would change of who reaches whom, if it is about policies. */
  public ReadOnlyObjectProperty<Optional<PolicyPreview>> foreseenProperty() {
    return foreseen.getReadOnlyProperty();
  }

  /** Looks ahead to what a command would do, without doing it; a blank one is none. */
  public void foresee(String text) {
    if (text.isBlank() || session.state().clusters().isEmpty()) {
      foreseen.set(Optional.empty());
      return;
    }
    Session then = new Session(session.state());
    shell.at(then).run(prompt.get(), text, _ -> {
    });
    foreseen.set(PolicyPreview.of(session.state(), then.state()));
  }

  /** Where the terminal's prompt stands; the first host's root namespace once that place is gone. */
  public ReadOnlyObjectProperty<NetnsId> promptProperty() {
    return prompt.getReadOnlyProperty();
  }

  /** Moves the terminal's prompt to a namespace of the lab. */
  public void promptAt(NetnsId place) {
    prompt.set(place);
  }

  /** COMMANDS: the edits that made this lab, as commands, oldest first; undo takes them away and redo brings them back. */
  public ObservableList<CommandEntry> commands() {
    return commands;
  }

  public ReadOnlyBooleanProperty canUndoProperty() {
    return canUndo.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty canRedoProperty() {
    return canRedo.getReadOnlyProperty();
  }

  /** The session, for listeners such as the journal. */
  public Session session() {
    return session;
  }

  /**
   * Does an edit; the commands it stands for stand in COMMANDS afterwards. Where the open trace stands in its midst, the
   * lab goes on from there: what came after that step is taken back first, as an entry of its own, and the trace is kept. A
   * trace that nobody has stepped into yet is no such place.
   */
  public Outcome apply(Edit edit, Hand hand) {
    Optional<LabState> past = past().filter(_ -> step.get() > 0 && !(edit instanceof Edit.Restore));
    return past.isEmpty() ? session.by(hand).apply(edit) : switch (Editor.apply(past.get(), edit)) {
      case Editor.Result.Refused(Refusal why) -> new Outcome.Refused(why);
      case Editor.Result.Done(LabState after) -> {
        if (!past.get().withNotes(after.notes()).equals(after)) {
          goBackTo(past.get(), hand);
        }
        yield session.by(hand).apply(edit);
      }
    };
  }

  /** The lab as of the step at which the open trace stands, if that is not its end. */
  private Optional<LabState> past() {
    return trace.get().filter(t -> step.get() < t.steps().size())
        .map(t -> t.stateAt(step.get()).withNotes(session.state().notes()));
  }

  private void goBackTo(LabState past, Hand hand) {
    trace.get().ifPresent(shell::forget);
    session.by(hand).apply(new Edit.Restore(Messages.text("fork.point", step.get()), past));
  }

  /** Runs a command line as typed at a namespace's prompt; opens the last trace it made, at its end. */
  public Reply type(NetnsId at, String line) {
    return type(at, line, Hand.TYPED);
  }

  /**
   * Runs what stands in the terminal, in a shell that keeps its variables; opens the last trace it made, at its end. Where the
   * open trace stands before its end, what only asks is answered as of there; an edit makes the lab go on from there where
   * {@link #apply} does; what only sends is sent now.
   *
   * @param text a command or several, whole
   * @param each is told of each command's answer, in order
   */
  public Ran run(NetnsId at, String text, Consumer<Reply> each) {
    Optional<LabState> past = past();
    if (past.isEmpty()) {
      return Ran.now(runNow(at, text, each));
    }
    Session then = new Session(past.get());
    Interpreter there = shell.at(then);
    Trace whole = trace.get().orElseThrow();
    Trace sofar = whole.until(step.get());
    there.replace(whole, sofar);
    List<Reply> replies = new ArrayList<>();
    int exit = there.run(at, text, executed -> replies.add(executed.reply()));
    boolean edits = !then.history().isEmpty();
    boolean sends = replies.stream().anyMatch(r -> !r.traces().isEmpty());
    if (edits ? step.get() == 0 : sends) {
      return Ran.now(runNow(at, text, each));
    }
    OptionalInt asOf = OptionalInt.of(step.get());
    if (edits) {
      goBackTo(past.get(), Hand.TYPED);
      replies.forEach(this::doAgain);
    }
    shell = there.at(session);
    if (!edits) {
      shell.replace(sofar, whole);
    }
    replies.forEach(each);
    replies.stream().flatMap(r -> r.traces().stream()).reduce((_, last) -> last).filter(_ -> edits)
        .ifPresent(last -> open(last, last.steps().size()));
    return new Ran(exit, asOf, edits);
  }

  /** Does to the lab what a command did to one like it. */
  private void doAgain(Reply reply) {
    reply.edits().forEach(session.by(Hand.TYPED)::apply);
    reply.traces().forEach(t -> session.commit(t.probe(), t.finish().learned(), t.end()));
  }

  private int runNow(NetnsId at, String text, Consumer<Reply> each) {
    List<Trace> made = new ArrayList<>();
    session.by(Hand.TYPED);
    int exit = shell.run(at, text, executed -> {
      executed.reply().traces().stream().reduce((_, last) -> last).ifPresent(last -> {
        made.clear();
        made.add(last);
      });
      each.accept(executed.reply());
    });
    made.forEach(trace -> open(trace, trace.steps().size()));
    return exit;
  }

  /** As {@link #type(NetnsId, String)}, by another hand. */
  public Reply type(NetnsId at, String line, Hand hand) {
    Reply reply = Shell.run(session.by(hand), at, line);
    if (!reply.traces().isEmpty()) {
      open(reply.traces().getLast(), reply.traces().getLast().steps().size());
    }
    return reply;
  }

  /** Sends a probe: its trace is taken over into the lab and opened at its beginning. */
  public Trace send(Probe probe) {
    Trace sent = Simulator.run(session.state(), probe);
    takeOver(sent);
    open(sent, 0);
    return sent;
  }

  /** Lays a probe ready: its trace is opened at its beginning, and the lab learns nothing of it before its first step is taken. */
  public void layReady(Probe probe) {
    Trace laid = Simulator.run(session.state(), probe);
    open(laid, 0);
    ready = Optional.of(laid);
  }

  private void takeOver(Trace sent) {
    session.commit(sent.probe(), sent.finish().learned(), sent.end());
    shell.saw(sent);
  }

  /** Opens a trace at a step. */
  public void open(Trace opened, int at) {
    rest();
    unrolling.leave();
    ready = Optional.empty();
    step.set(0);
    predictions.open(opened);
    overtaken.set(Optional.empty());
    KeptTrace known = kept.stream().filter(k -> k.isOf(opened)).findFirst().orElseGet(() -> KeptTrace.whole(opened));
    kept.removeIf(k -> k.isOf(opened));
    kept.addFirst(known);
    kept.remove(Math.min(kept.size(), MOST_KEPT), kept.size());
    trace.set(Optional.of(opened));
    goTo(at);
  }

  /** Closes the trace: panes show the lab as it is now. */
  public void closeTrace() {
    rest();
    ready = Optional.empty();
    predictions.close();
    trace.set(Optional.empty());
    step.set(0);
    predictions.tell();
    shown.set(session.state());
  }

  private void showPast(Optional<LabState> past) {
    if (trace.get().isPresent()) {
      closeTrace();
    }
    shown.set(past.map(p -> p.withNotes(session.state().notes())).orElseGet(session::state));
  }

  /** As {@link #goTo}, in a pull through the trace; it lasts until {@link #rest}. */
  public void scrub(int wanted) {
    scrubbing.set(trace.get().isPresent());
    goTo(wanted);
  }

  /** The hand that pulled through the trace rests. */
  public void rest() {
    scrubbing.set(false);
  }

  /** Goes to a step of the open trace; what lies outside is cut to the nearest. */
  public void goTo(int wanted) {
    trace.get().ifPresent(t -> {
      int at = Math.clamp(wanted, 0, t.steps().size());
      if (at > 0 && ready.isPresent()) {
        ready = Optional.empty();
        takeOver(t);
      }
      predictions.stand(at);
      shown.set(t.stateAt(at).withNotes(session.state().notes()));
      step.set(at);
      predictions.tell();
    });
  }

  public void select(Set<Selection> things) {
    selection.set(Collections.unmodifiableSet(new LinkedHashSet<>(things)));
  }

  /** Takes the last edit back, whoever made it. */
  public void undo() {
    session.undo();
  }

  /** Does it once more. */
  public void redo() {
    session.redo();
  }

  private void changed(Change change) {
    switch (change.cause()) {
      case Change.Cause.Edited(Deed deed) -> commands.addAll(CommandEntry.of(deed));
      case Change.Cause.Redone(Deed deed) -> commands.addAll(CommandEntry.of(deed));
      case Change.Cause.Undone(Deed deed) ->
          commands.remove(commands.size() - CommandEntry.of(deed).size(), commands.size());
      case Change.Cause.Replaced() -> {
        commands.setAll(session.history().stream().flatMap(deed -> CommandEntry.of(deed).stream()).toList());
        select(Set.of());
        kept.clear();
      }
      case Change.Cause.Committed _ -> {
      }
    }
    if (change.after().find(prompt.get()).isEmpty()) {
      prompt.set(change.after().firstHost().root());
    }
    lab.set(change.after());
    foreseen.set(Optional.empty());
    unrolling.tell(change, session.history());
    canUndo.set(session.canUndo());
    canRedo.set(session.canRedo());
    if (trace.get().isPresent() && isBesides(change)) {
      goTo(step.get());
    } else if (!(change.cause() instanceof Change.Cause.Committed)) {
      Optional<KeptTrace> unfinished = trace.get().filter(t -> step.get() > 0 && step.get() < t.steps().size())
          .map(t -> new KeptTrace(t, OptionalInt.of(step.get())));
      unfinished.ifPresent(k -> kept.replaceAll(old -> old.isOf(k.trace()) ? k : old));
      closeTrace();
      overtaken.set(change.cause() instanceof Change.Cause.Replaced
          ? Optional.empty()
          : unfinished.or(() -> overtaken.get()));
    } else if (trace.get().isEmpty()) {
      shown.set(change.after());
    }
  }

  /** Whether a change touched nothing that a packet ever sees, such as places on the canvas: a trace outlives it. */
  private static boolean isBesides(Change change) {
    return !(change.cause() instanceof Change.Cause.Replaced)
        && change.before().withNotes(change.after().notes()).equals(change.after());
  }
}
