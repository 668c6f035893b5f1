package org.hopscope.app.desktop.rollout;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Icon;
import org.hopscope.app.desktop.kit.Icon.Glyph;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.app.desktop.workbench.Unrolling;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.rollout.Rollout;

/**
 * ROLLOUT: from the command to the rows, stage by stage. Choosing a stage shows the lab as of there, lights on the canvas what
 * it touched, and in the inspector the rows it wrote; behind the last stands the packet that now goes that way.
 */
public final class RolloutPane extends BorderPane {
  private static final PseudoClass AHEAD = PseudoClass.getPseudoClass("ahead");

  private final Workbench workbench;
  private final Unrolling unrolling;
  private final ListView<Integer> list = new ListView<>();
  private final Label title = Kit.label("", "event-sentence");
  private final Button back = Kit.iconButton(new Icon(Glyph.BACK, 14), Messages.text("rollout.back"), () -> go(-1));
  private final Button step = Kit.iconButton(new Icon(Glyph.STEP, 14), Messages.text("rollout.step"), () -> go(1));
  private final Button packet = Kit.button("", this::send, "small-button");
  private boolean following;

  /** The stages of a workbench's last command that had any. */
  public RolloutPane(Workbench workbench) {
    this.workbench = workbench;
    unrolling = workbench.unrolling();
    setId("rollout");
    back.setId("rollout-back");
    step.setId("rollout-step");
    packet.setId("rollout-packet");
    packet.setMinWidth(0);
    title.setMinWidth(0);
    for (Button button : new Button[] {back, step}) {
      button.getStyleClass().add("small");
    }
    HBox head = new HBox(4, back, step, title, Kit.spring(), packet);
    head.setAlignment(Pos.CENTER_LEFT);
    head.getStyleClass().add("rollout-head");
    list.getStyleClass().add("plain-list");
    list.setAccessibleText(Messages.text("rollout.name"));
    list.setCellFactory(_ -> new Cell());
    list.getSelectionModel().selectedIndexProperty().addListener((_, _, now) -> {
      if (!following && now.intValue() >= 0) {
        unrolling.goTo(now.intValue() + 1);
      }
    });
    setTop(head);
    setCenter(list);
    unrolling.offeredProperty().addListener((_, _, _) -> open());
    unrolling.rolloutProperty().addListener((_, _, _) -> fill());
    unrolling.atProperty().addListener((_, _, _) -> follow());
    sceneProperty().addListener((_, _, _) -> open());
    open();
    fill();
  }

  /** To find the stages takes time: only for eyes. */
  private void open() {
    if (getScene() != null) {
      unrolling.open();
      follow();
    }
  }

  private void go(int by) {
    unrolling.goTo(unrolling.atProperty().get() + by);
  }

  private void fill() {
    Optional<Rollout> rollout = unrolling.rolloutProperty().get();
    following = true;
    list.getItems().setAll(rollout.map(r -> IntStream.range(0, r.stages().size()).boxed().toList()).orElse(
        List.of()));
    following = false;
    Optional<Probe> probe = rollout.flatMap(r -> FirstPacket.of(r, workbench.labProperty().get()));
    Kit.show(packet, probe.isPresent());
    probe.ifPresent(p -> packet.setText(Messages.text("rollout.packet",
        PlaceNames.of(workbench.labProperty().get(), p.from()))));
    follow();
  }

  private void follow() {
    Optional<Rollout> rollout = unrolling.rolloutProperty().get();
    int at = unrolling.atProperty().get();
    int count = rollout.map(r -> r.stages().size()).orElse(0);
    title.setText(count == 0 ? unrolling.isFinding() ? Messages.text("rollout.finding") : ""
        : Messages.text("rollout.at", at, count));
    back.setDisable(at == 0);
    step.setDisable(at == count);
    following = true;
    if (at > 0) {
      list.getSelectionModel().select(at - 1);
      list.scrollTo(Math.max(0, at - 2));
    } else {
      list.getSelectionModel().clearSelection();
    }
    following = false;
    list.refresh();
    unrolling.litProperty().set(rollout.filter(_ -> at > 0 && unrolling.isPast() || at == count && list.isFocused())
        .filter(_ -> at > 0).map(r -> Touched.of(r, at - 1)).orElse(Set.of()));
  }

  private void send() {
    LabState lab = workbench.labProperty().get();
    unrolling.rolloutProperty().get().flatMap(r -> FirstPacket.of(r, lab)).ifPresent(workbench::send);
  }

  /** A stage: who acts, what was done, and the first line of what was written. */
  private final class Cell extends ListCell<Integer> {
    private final Label actor = Kit.label("", "stage-actor");
    private final Label sentence = Kit.paragraph("", "event-sentence");
    private final Label print = Kit.label("", "stage-print");
    private final VBox words = new VBox(actor, sentence, print);

    Cell() {
      getStyleClass().add("stage");
      print.setMinWidth(0);
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Integer at, boolean none) {
      super.updateItem(at, none);
      Optional<Rollout> rollout = unrolling.rolloutProperty().get();
      if (none || rollout.filter(r -> at < r.stages().size()).isEmpty()) {
        setGraphic(null);
        setAccessibleText("");
        return;
      }
      StageWords said = StageWords.of(rollout.get(), at);
      pseudoClassStateChanged(AHEAD, at >= unrolling.atProperty().get());
      actor.setText(said.actor());
      sentence.setText(said.sentence());
      Kit.show(sentence, !said.sentence().isEmpty());
      print.setText(said.print());
      Kit.show(print, !said.print().isEmpty());
      setAccessibleText(said.actor() + ": " + said.sentence());
      setGraphic(words);
    }
  }
}
