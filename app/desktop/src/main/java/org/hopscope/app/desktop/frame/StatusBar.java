package org.hopscope.app.desktop.frame;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Clock;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.lab.LabState;

/** The line at the bottom: whether the work is safe, the virtual clock, and how much there is. */
final class StatusBar extends HBox {
  private final Label clock = Kit.label("");
  private final Label counts = Kit.label("");

  private final Button checked = Kit.button("", () -> {
  }, "status-button");

  /**
   * A status bar.
   *
   * @param saved what became of the work, in words
   */
  StatusBar(Workbench workbench, ObservableValue<String> saved) {
    getStyleClass().add("status");
    setAlignment(Pos.CENTER_LEFT);
    Region dot = new Region();
    dot.getStyleClass().add("saved-dot");
    Label words = Kit.label("");
    words.textProperty().bind(saved);
    HBox safe = new HBox(6, dot, words);
    safe.setAlignment(Pos.CENTER_LEFT);
    checked.setId("checked");
    Kit.show(checked, false);
    getChildren().addAll(safe, clock, checked, Kit.spring(), counts);
    workbench.shownProperty().addListener((_, _, lab) -> show(lab));
    show(workbench.shownProperty().get());
  }

  /** Says how far the model was held against a kernel; choosing it tells more. */
  void checked(Checked figure, Runnable more) {
    checked.setText(Messages.text("status.checked", figure.kernel(), figure.casesAgree(), figure.cases()));
    checked.setOnAction(_ -> more.run());
    Kit.show(checked, true);
  }

  private void show(LabState lab) {
    clock.setText(Messages.text("status.clock", Clock.read(lab.now())));
    long named = lab.netns().keySet().stream().filter(id -> !id.isRoot()).count();
    String hosts = lab.hosts().size() == 1 ? lab.firstHost().name() : Messages.text("status.hosts", lab.hosts().size());
    counts.setText(Messages.text("status.counts", hosts, named, lab.devices().size()));
  }
}
