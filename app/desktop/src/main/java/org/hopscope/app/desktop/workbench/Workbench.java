package org.hopscope.app.desktop.workbench;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
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
import org.hopscope.model.lab.Errno;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Refusal;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
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
  private final Session session;
  private final Typist typist;
  private final ReadOnlyObjectWrapper<LabState> lab = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<LabState> shown = new ReadOnlyObjectWrapper<>();
  private final KeptTraces kept = new KeptTraces();
  private final ReadOnlyObjectWrapper<Optional<Trace>> trace = new ReadOnlyObjectWrapper<>(Optional.empty());
  private Optional<Trace> ready = Optional.empty();
  private final ReadOnlyBooleanWrapper scrubbing = new ReadOnlyBooleanWrapper();
  private final Unrolling unrolling = new Unrolling(this::showPast);
  private final Predictions predictions = new Predictions();
  private final ReadOnlyIntegerWrapper step = new ReadOnlyIntegerWrapper(0);
  private final ReadOnlyObjectWrapper<Set<Selection>> selection = new ReadOnlyObjectWrapper<>(Set.of());
  private final ObjectProperty<Set<Selection>> highlight = new SimpleObjectProperty<>(Set.of());
  private final Foresight foresight = new Foresight();
  private final ObjectProperty<Guards> guards = new SimpleObjectProperty<>(Guards.NONE);
  private final ReadOnlyObjectWrapper<NetnsId> prompt = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
  private final ObservableList<CommandEntry> commands = FXCollections.observableArrayList();

  public Workbench(Session session) {
    this.session = session;
    typist = new Typist(session, new Ground());
    lab.set(session.state());
    shown.set(session.state());
    prompt.set(session.state().firstHost().root());
    session.listen(this::changed);
    typist.runningProperty().addListener((_, _, _) -> tellWhatCanBeUndone());
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

  /** The traces that were open in this lab. */
  public KeptTraces kept() {
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

  /** What the open lesson locks and hides on the canvas at the moment. */
  public ObjectProperty<Guards> guardsProperty() {
    return guards;
  }

  /** What the command that is being written would change of who reaches whom, if it is about policies. */
  public ReadOnlyObjectProperty<Optional<PolicyPreview>> foreseenProperty() {
    return foresight.foreseenProperty();
  }

  /** Looks ahead to what a command would do, without doing it; a blank one is none. */
  public void foresee(String text) {
    if (text.isBlank() || session.state().clusters().isEmpty()) {
      foresight.forget();
    } else {
      foresight.look(session.state(), prompt.get(), text, typist.shellAt(session));
    }
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
    if (typist.runningProperty().get().isPresent()) {
      return new Outcome.Refused(new Refusal.Tool(Errno.EBUSY, Messages.text("running.busy")));
    }
    Optional<Typist.Standing> past = standing().filter(p -> p.step() > 0 && !(edit instanceof Edit.Restore));
    return past.isEmpty() ? session.by(hand).apply(edit) : switch (Editor.apply(past.get().lab(), edit)) {
      case Editor.Result.Refused(Refusal why) -> new Outcome.Refused(why);
      case Editor.Result.Done(LabState after) -> {
        LabState then = past.get().lab();
        if (!then.withNotes(after.notes()).equals(after)) {
          goBackTo(past.get(), hand);
        }
        yield session.by(hand).apply(edit);
      }
    };
  }

  private Optional<Typist.Standing> standing() {
    int at = step.get();
    return trace.get().filter(t -> at < t.steps().size())
        .map(t -> new Typist.Standing(t, at, t.stateAt(at).withNotes(session.state().notes())));
  }

  private void goBackTo(Typist.Standing past, Hand hand) {
    typist.forget(past.trace());
    session.by(hand).apply(new Edit.Restore(Messages.text("fork.point", past.step()), past.lab()));
  }

  /** Runs a command line as typed at a namespace's prompt; opens the last trace it made, at its end. */
  public Reply type(NetnsId at, String line) {
    return type(at, line, Hand.TYPED);
  }

  /**
   * Runs what stands in the terminal, in a shell that keeps its variables, and waits for it; opens the last trace it made, at its
   * end. Where the open trace stands before its end, what only asks is answered as of there; an edit makes the lab go on from
   * there where {@link #apply} does; what only sends is sent now.
   *
   * @param text a command or several, whole
   * @param each is told of each command's answer, in order
   */
  public Ran run(NetnsId at, String text, Consumer<Reply> each) {
    return typist.run(at, text, each);
  }

  /**
   * As {@link #run}, but what takes longer than an eye notices goes on beside the window, and what it did so far can be seen.
   * Until it ends gestures change nothing and nothing is taken back; a lab that is opened, or anything else that is run or sent,
   * stops it.
   *
   * @param done is told how it ended, once
   */
  public void begin(NetnsId at, String text, Consumer<Reply> each, Consumer<Ran> done) {
    typist.begin(at, text, each, done);
  }

  /** What is running for longer than an eye notices. */
  public ReadOnlyObjectProperty<Optional<Running>> runningProperty() {
    return typist.runningProperty();
  }

  /** Stops what is running: what its commands did so far stays, the one it is at is not done. */
  public void interrupt() {
    typist.interrupt();
  }

  /** As {@link #type(NetnsId, String)}, by another hand. */
  public Reply type(NetnsId at, String line, Hand hand) {
    typist.drop();
    Reply reply = Shell.run(session.by(hand), at, line);
    if (!reply.traces().isEmpty()) {
      open(reply.traces().getLast(), reply.traces().getLast().steps().size());
    }
    return reply;
  }

  /** Sends a probe: its trace is taken over into the lab and opened at its beginning. */
  public Trace send(Probe probe) {
    typist.drop();
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
    typist.saw(sent);
  }

  /** Opens a trace at a step. */
  public void open(Trace opened, int at) {
    rest();
    unrolling.leave();
    ready = Optional.empty();
    step.set(0);
    predictions.open(opened);
    kept.opened(opened);
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

  /** Takes the last edit back, whoever made it; not while something is running. */
  public void undo() {
    if (canUndo.get()) {
      session.undo();
    }
  }

  /** Does it once more. */
  public void redo() {
    if (canRedo.get()) {
      session.redo();
    }
  }

  private void tellWhatCanBeUndone() {
    boolean still = typist.runningProperty().get().isEmpty();
    canUndo.set(still && session.canUndo());
    canRedo.set(still && session.canRedo());
  }

  private void changed(Change change) {
    typist.changed();
    switch (change.cause()) {
      case Change.Cause.Edited(Deed deed) -> commands.addAll(CommandEntry.of(deed));
      case Change.Cause.Redone(Deed deed) -> commands.addAll(CommandEntry.of(deed));
      case Change.Cause.Undone(Deed deed) ->
          commands.remove(commands.size() - CommandEntry.of(deed).size(), commands.size());
      case Change.Cause.Replaced() -> {
        commands.setAll(session.history().stream().flatMap(deed -> CommandEntry.of(deed).stream()).toList());
        select(Set.of());
        kept.forget();
      }
      case Change.Cause.Committed _ -> {
      }
    }
    if (change.after().find(prompt.get()).isEmpty()) {
      prompt.set(change.after().firstHost().root());
    }
    lab.set(change.after());
    foresight.forget();
    unrolling.tell(change, session.history());
    tellWhatCanBeUndone();
    if (trace.get().isPresent() && isBesides(change)) {
      goTo(step.get());
    } else if (!(change.cause() instanceof Change.Cause.Committed)) {
      Optional<Trace> unfinished = trace.get().filter(t -> step.get() > 0 && step.get() < t.steps().size())
          .filter(_ -> !(change.cause() instanceof Change.Cause.Replaced));
      int left = step.get();
      closeTrace();
      unfinished.ifPresent(t -> kept.overtaken(t, left));
    } else if (trace.get().isEmpty()) {
      shown.set(change.after());
    }
  }

  /** Whether a change touched nothing that a packet ever sees, such as places on the canvas: a trace outlives it. */
  private static boolean isBesides(Change change) {
    return !(change.cause() instanceof Change.Cause.Replaced)
        && change.before().withNotes(change.after().notes()).equals(change.after());
  }

  /** What the typist finds here. */
  private final class Ground implements Typist.Ground {
    @Override
    public Optional<Typist.Standing> standing() {
      return Workbench.this.standing();
    }

    @Override
    public void goBack(Typist.Standing to) {
      goBackTo(to, Hand.TYPED);
    }

    @Override
    public void open(Trace made) {
      Workbench.this.open(made, made.steps().size());
    }
  }
}
