package org.hopscope.app.desktop.terminal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Cursor;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.hopscope.app.desktop.kit.DropButton;
import org.hopscope.app.desktop.kit.Floating;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.terminal.Transcript.Line;
import org.hopscope.app.desktop.terminal.Transcript.Tone;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.lab.Change;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Completion;
import org.hopscope.model.shell.Interpreter;

/** The terminal: a prompt in one of the lab's places, and what was typed and answered above it. */
public final class TerminalPane extends BorderPane {
  /** The most lines that one paste may run. */
  static final int PASTE_CAP = 1000;
  /** Commands that may change policies. */
  private static final Pattern AHEAD = Pattern.compile("kubectl\\b.*\\b(apply|create|delete|label)\\b", Pattern.DOTALL);

  private final Workbench workbench;
  private final Transcript transcript = new Transcript();
  private final History history;
  private final Console console;
  private final DropButton place = new DropButton(this::places);
  private final TextField input = new TextField();
  private final Screen screen;
  private final Label mark = Kit.label("#", "term-mark-live");
  private final Label recalled = Kit.label("", "term-recalled");
  private final Label foreseen = Kit.label("", "term-recalled");
  private final RunningBar running;
  private final PauseTransition pause = new PauseTransition(Duration.millis(250));
  private final StackPane over;
  private Optional<Recall> recall = Optional.empty();

  /**
   * A terminal.
   *
   * @param workbench what commands act on
   * @param remembered the command lines of earlier days, oldest first
   */
  public TerminalPane(Workbench workbench, List<String> remembered) {
    this.workbench = workbench;
    history = new History(remembered);
    console = new Console(workbench, this::print, this::clear);
    running = new RunningBar(workbench, () -> console.interrupt(""));
    getStyleClass().add("terminal");
    setAccessibleText(Messages.text("terminal.name"));
    place.getStyleClass().add("term-place");
    Kit.named(place, Messages.text("terminal.place"));
    input.getStyleClass().add("term-input");
    input.setId("terminal-input");
    input.setAccessibleText(Messages.text("terminal.name"));
    input.setContextMenu(menu());
    mark.setMinWidth(USE_PREF_SIZE);
    recalled.setMinWidth(0);
    Kit.show(recalled, false);
    foreseen.setMinWidth(USE_PREF_SIZE);
    foreseen.setId("terminal-foreseen");
    Kit.show(foreseen, false);
    HBox line = new HBox(7, place, mark, input, recalled, foreseen, running);
    line.setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(input, Priority.ALWAYS);
    screen = new Screen(transcript, line);
    screen.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
      if (event.isStillSincePress()) {
        screen.about(event).ifPresent(thing -> workbench.select(Set.of(thing)));
        input.requestFocus();
      }
    });
    screen.addEventHandler(MouseEvent.MOUSE_MOVED, event -> point(screen.about(event)));
    screen.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> point(Optional.empty()));
    over = new StackPane(screen);
    setCenter(over);
    input.textProperty().addListener((_, _, text) -> recall.ifPresent(r -> show(Optional.of(r.typing(text)))));
    input.addEventFilter(KeyEvent.KEY_PRESSED, new TerminalKeys(this)::handle);
    pause.setOnFinished(_ -> lookAhead());
    input.textProperty().addListener((_, _, text) -> {
      if (AHEAD.matcher(begun() + text).lookingAt()) {
        pause.playFromStart();
      } else if (workbench.foreseenProperty().get().isPresent()) {
        workbench.foresee("");
      }
    });
    workbench.foreseenProperty().addListener((_, _, now) -> {
      Kit.show(foreseen, now.isPresent());
      foreseen.setText(now.map(p -> Messages.text("terminal.foreseen", p.count(false), p.count(true))).orElse(""));
    });
    console.begunProperty().addListener((_, _, now) -> mark.setText(now.isEmpty() ? "#" : ">"));
    workbench.promptProperty().addListener((_, _, _) -> showPlace());
    workbench.session().listen(change -> {
      if (change.cause() instanceof Change.Cause.Replaced) {
        clear();
      }
    });
    workbench.labProperty().addListener((_, _, _) -> showPlace());
    showPlace();
  }

  /** Tries what stands on the line, once it is whole, on a lab that is thrown away. */
  private void lookAhead() {
    String text = begun() + input.getText();
    boolean whole = AHEAD.matcher(text).lookingAt() && !Interpreter.isUnfinished(text);
    workbench.foresee(whole ? text : "");
  }

  /** What has been typed, for the next day. */
  public List<String> history() {
    return history.lines();
  }

  /** Puts the caret into the line being typed. */
  public void focusInput() {
    input.requestFocus();
  }

  /** Puts a command on the line being typed, for the person to run. */
  public void propose(String command) {
    input.setText(command);
    input.end();
  }

  /** What the terminal has printed, as text. */
  public String printed() {
    return String.join("\n", transcript.lines().stream().map(Line::text).toList());
  }

  TextField input() {
    return input;
  }

  Screen screen() {
    return screen;
  }

  /** Lights on the canvas what the pointer is on. */
  private void point(Optional<Selection> thing) {
    Set<Selection> lit = thing.map(Set::of).orElse(Set.of());
    if (!lit.equals(workbench.highlightProperty().get())) {
      workbench.highlightProperty().set(lit);
      screen.setCursor(lit.isEmpty() ? Cursor.DEFAULT : Cursor.HAND);
    }
  }

  /** Begins to search the history, or goes further back in it. */
  void recall() {
    show(Optional.of(recall.map(Recall::older).orElseGet(() -> new Recall(history.lines(), input.getText(), 0))));
  }

  /** Leaves the search with what it found on the line. Returns whether there was one. */
  boolean takeRecall() {
    Optional<String> found = recall.flatMap(Recall::found);
    boolean searching = leaveRecall();
    found.ifPresent(this::propose);
    return searching;
  }

  /** Leaves the search. Returns whether there was one. */
  boolean leaveRecall() {
    boolean searching = recall.isPresent();
    show(Optional.empty());
    return searching;
  }

  private void show(Optional<Recall> now) {
    recall = now;
    mark.setText(now.isPresent() ? Messages.text("terminal.recall") : begun().isEmpty() ? "#" : ">");
    Kit.show(recalled, now.isPresent());
    recalled.setText(now.map(r -> r.found().orElse(r.wanted().isEmpty() ? "" : Messages.text("terminal.recall.none")))
        .orElse(""));
  }

  /** Opens the bar that finds text in what was printed. */
  void find() {
    over.getChildren().removeIf(FindBar.class::isInstance);
    FindBar bar = new FindBar(transcript, screen, () -> {
      over.getChildren().removeIf(FindBar.class::isInstance);
      focusInput();
    });
    StackPane.setAlignment(bar, Pos.TOP_RIGHT);
    over.getChildren().add(bar);
    bar.open();
  }

  /** Runs the line being typed. */
  void enter() {
    takeRecall();
    String line = input.getText();
    input.clear();
    history.add(line);
    console.enter(line);
  }

  /** Takes the lab's last change back; the line has a history of its own while something stands in it. */
  void undo() {
    workbench.undo();
  }

  void redo() {
    workbench.redo();
  }

  void older() {
    propose(history.older(input.getText()));
  }

  void newer() {
    propose(history.newer(input.getText()));
  }

  /** Copies what is marked; without a mark gives the line up, as a terminal does on Ctrl+C. */
  void interruptOrCopy() {
    if (!input.getSelectedText().isEmpty()) {
      input.copy();
    } else if (screen.marked().isEmpty()) {
      console.interrupt(input.getText());
      input.clear();
    } else {
      copy();
    }
  }

  void clear() {
    transcript.clear();
    screen.grown(true);
  }

  /** Completes the word at the caret as far as it is certain, and lists the ways on when it is not. */
  void complete() {
    Completion.Result found =
        Completion.of(workbench.labProperty().get(), at(), input.getText(), input.getCaretPosition());
    String text = input.getText();
    input.setText(text.substring(0, found.from()) + found.common() + text.substring(input.getCaretPosition()));
    input.positionCaret(found.from() + found.common().length());
    if (found.words().size() > 1) {
      print(List.of(console.prompted(text), Line.of(String.join("  ", found.words()), Tone.NOTE)));
    }
  }

  /** Pastes: several lines are shown with what they will do, and run when the person says so. */
  void paste() {
    String text = Optional.ofNullable(Clipboard.getSystemClipboard().getString()).orElse("");
    List<String> lines = text.lines().toList();
    if (lines.size() <= 1 && !text.endsWith("\n")) {
      input.replaceSelection(text);
    } else if (lines.size() > PASTE_CAP) {
      print(List.of(Line.of(Messages.text("terminal.paste.long", lines.size(), PASTE_CAP), Tone.NOTE)));
    } else {
      propose(lines);
    }
  }

  private void propose(List<String> lines) {
    Pane window = (Pane) getScene().getRoot();
    Runnable close = () -> {
      Floating.close(window);
      focusInput();
    };
    PasteCard card = new PasteCard(PastePlan.of(workbench.labProperty().get(), at(), lines), () -> {
      close.run();
      runAll(lines);
    }, close);
    Floating.open(window, card);
    card.focus();
  }

  /** Runs lines one by one, a command over several of them whole, up to the first that is none. */
  void runAll(List<String> lines) {
    List<String> stripped = lines.stream().map(String::strip).toList();
    stripped.forEach(history::add);
    console.enterPasted(stripped);
  }

  /** Runs a line at the prompt, and prints what it says; what takes long goes on after this returns. */
  public void run(String line) {
    console.enter(line);
  }

  private String begun() {
    return console.begunProperty().get();
  }

  private void print(List<Line> lines) {
    screen.grown(transcript.add(lines));
    screen.unmark();
  }

  private NetnsId at() {
    return workbench.promptProperty().get();
  }

  private void showPlace() {
    place.setText(PlaceNames.of(workbench.labProperty().get(), at()));
  }

  private List<MenuItem> places() {
    return PlaceNames.all(workbench.labProperty().get()).stream().map(this::choice).toList();
  }

  private MenuItem choice(NetnsId id) {
    RadioMenuItem item = new RadioMenuItem(PlaceNames.of(workbench.labProperty().get(), id));
    item.getStyleClass().add("mono");
    item.setSelected(id.equals(at()));
    item.setOnAction(_ -> {
      console.leaveShells();
      workbench.promptAt(id);
      Platform.runLater(this::focusInput);
    });
    return item;
  }

  private void copy() {
    ClipboardContent content = new ClipboardContent();
    content.putString(screen.marked());
    Clipboard.getSystemClipboard().setContent(content);
  }

  private ContextMenu menu() {
    MenuItem copy = new MenuItem(Messages.text("terminal.copy"));
    copy.setOnAction(_ -> copy());
    MenuItem paste = new MenuItem(Messages.text("terminal.paste"));
    paste.setOnAction(_ -> paste());
    MenuItem find = new MenuItem(Messages.text("terminal.find"));
    find.setOnAction(_ -> find());
    MenuItem clear = new MenuItem(Messages.text("terminal.clear"));
    clear.setOnAction(_ -> clear());
    ContextMenu menu = new ContextMenu(copy, paste, find, clear);
    setOnContextMenuRequested(event -> menu.show(this, event.getScreenX(), event.getScreenY()));
    menu.setOnShowing(_ -> copy.setDisable(screen.marked().isEmpty()));
    return menu;
  }
}
