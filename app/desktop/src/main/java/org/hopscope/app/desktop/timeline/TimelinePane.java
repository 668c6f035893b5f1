package org.hopscope.app.desktop.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.hopscope.app.desktop.compare.CompareButton;
import org.hopscope.app.desktop.kit.DropButton;
import org.hopscope.app.desktop.kit.Icon;
import org.hopscope.app.desktop.kit.Icon.Glyph;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.workbench.Player;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.trace.Trace;

/** The time line: the player's buttons, the lanes of the open trace, the speed, and why it failed. */
public final class TimelinePane extends HBox {
  private static final PseudoClass INVITING = PseudoClass.getPseudoClass("inviting");

  /** So long does a hand that holds the scrubber still count as pulling it. */
  private static final Duration REST = Duration.millis(120);

  /** Narrower than this, times the size of texts, what the lookup menu has too gives its room to the lanes. */
  private static final double NARROW = 900;

  private final Workbench workbench;
  private final Player player;
  private final Icon playIcon = new Icon(Glyph.PLAY, 16);
  private final LanesView lanes;
  private final Label empty = Kit.label(Messages.text("timeline.empty"), "faint");
  private final Button again = Kit.button(Messages.text("timeline.again"), this::again, "small-button");
  private final Button look = Kit.button(Messages.text("timeline.look"), this::look, "small-button");
  private final List<Node> spared = new ArrayList<>();
  private final HBox none = new HBox(12, empty, again, look);

  public TimelinePane(Workbench workbench, Player player, Appearance looks) {
    this.workbench = workbench;
    this.player = player;
    getStyleClass().add("timeline");
    PauseTransition rest = new PauseTransition(REST);
    rest.setOnFinished(_ -> workbench.rest());
    lanes = new LanesView(workbench, player.breakpoints(), looks, step -> {
      player.pause();
      workbench.scrub(step);
      rest.playFromStart();
    });
    lanes.addEventHandler(MouseEvent.MOUSE_RELEASED, _ -> {
      rest.stop();
      workbench.rest();
    });
    empty.setMinWidth(0);
    again.setId("again");
    look.setId("look");
    none.setAlignment(Pos.CENTER_LEFT);
    none.setPickOnBounds(false);
    StackPane middle = new StackPane(lanes, none);
    middle.setMinWidth(0);
    HBox.setHgrow(middle, Priority.ALWAYS);
    getChildren().addAll(buttons(), middle, aside());
    widthProperty().addListener(_ -> makeRoom(looks));
    looks.sizeProperty().addListener(_ -> makeRoom(looks));
    lanes.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
      if (walk(event.getCode())) {
        event.consume();
      }
    });
    workbench.traceProperty().addListener((_, _, _) -> refresh());
    workbench.kept().overtakenProperty().addListener((_, _, _) -> refresh());
    refresh();
  }

  /** Puts the focus on the steps, which the arrow keys walk. */
  public void focusSteps() {
    lanes.requestFocus();
  }

  private void makeRoom(Appearance looks) {
    boolean wide = getWidth() >= NARROW * looks.sizeProperty().get() / 100;
    spared.forEach(node -> Kit.show(node, wide));
  }

  private boolean walk(KeyCode key) {
    switch (key) {
      case RIGHT -> player.move(1);
      case LEFT -> player.move(-1);
      case HOME -> player.first();
      case END -> player.last();
      case SPACE -> player.toggle();
      default -> {
        return false;
      }
    }
    return true;
  }

  private Node buttons() {
    Button play = Kit.iconButton(playIcon, Messages.text("action.play"), player::toggle);
    play.getStyleClass().setAll("button", "play-button");
    play.setId("play");
    player.playingProperty().addListener((_, _, on) -> playIcon.show(on ? Glyph.PAUSE : Glyph.PLAY));
    player.invitingProperty().addListener((_, _, on) -> play.pseudoClassStateChanged(INVITING, on));
    play.pseudoClassStateChanged(INVITING, player.invitingProperty().get());
    Button back = step(Glyph.BACK, "back", () -> player.move(-1));
    Button on = step(Glyph.STEP, "step", () -> player.move(1));
    var none = Bindings.createBooleanBinding(() -> workbench.traceProperty().get().isEmpty(),
        workbench.traceProperty());
    Button first = step(Glyph.FIRST, "first", player::first);
    Button last = step(Glyph.LAST, "last", player::last);
    for (Button button : List.of(play, back, on, first, last)) {
      button.disableProperty().bind(none);
    }
    spared.addAll(List.of(first, last));
    HBox row = new HBox(2, first, back, play, on, last);
    row.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
      if (event.getCode() != KeyCode.SPACE && walk(event.getCode())) {
        event.consume();
      }
    });
    row.setAlignment(Pos.CENTER_LEFT);
    row.setMinWidth(USE_PREF_SIZE);
    return row;
  }

  private static Button step(Glyph glyph, String action, Runnable run) {
    Button button = Kit.iconButton(new Icon(glyph, 17), Messages.text("action." + action), run);
    button.setId(action);
    return button;
  }

  private Node aside() {
    Button speed = Kit.button("", () -> player.speedProperty().set(player.speedProperty().get().next()), "chip-button");
    speed.textProperty().bind(Bindings.createStringBinding(
        () -> Messages.text("timeline.speed." + player.speedProperty().get().name().toLowerCase(Locale.ROOT)),
        player.speedProperty()));
    speed.setMinWidth(44);
    speed.setAccessibleText(Messages.text("timeline.speed"));
    Button close = Kit.iconButton(new Icon(Glyph.CROSS, 14), Messages.text("action.close"), () -> {
      player.pause();
      workbench.closeTrace();
    });
    ToggleButton predict = new ToggleButton(Messages.text("timeline.predict"));
    predict.getStyleClass().add("chip-button");
    predict.setId("predict");
    predict.setMinWidth(USE_PREF_SIZE);
    predict.selectedProperty().bindBidirectional(workbench.predictions().onProperty());
    Kit.named(predict, Messages.text("action.predict"));
    spared.addAll(List.of(predict, speed));
    WhyButton why = new WhyButton(workbench, player);
    DropButton compare = CompareButton.of(workbench, workbench::goTo);
    HBox row = new HBox(8, LookupMenu.button(workbench, player), predict, speed, compare, why, close);
    row.setAlignment(Pos.CENTER_RIGHT);
    row.setMinWidth(USE_PREF_SIZE);
    row.visibleProperty().bind(none.visibleProperty().not());
    row.managedProperty().bind(row.visibleProperty());
    return row;
  }

  private void refresh() {
    Optional<Trace> trace = workbench.traceProperty().get();
    none.setVisible(trace.isEmpty());
    boolean overtaken = workbench.kept().overtakenProperty().get().isPresent();
    empty.setText(Messages.text(overtaken ? "timeline.overtaken" : "timeline.empty"));
    Kit.show(again, overtaken);
    Kit.show(look, overtaken);
  }

  /** Sends the probe of the trace that an edit has overtaken once more, to see what differs now. */
  private void again() {
    workbench.kept().overtakenProperty().get().ifPresent(old -> workbench.send(old.trace().probe()));
  }

  /** Opens the trace again that the lab has left, where it was left. */
  private void look() {
    workbench.kept().overtakenProperty().get()
        .ifPresent(old -> workbench.open(old.trace(), old.left().orElse(old.trace().steps().size())));
  }
}
