package org.hopscope.app.desktop.timeline;

import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Player;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Trace;

/** "Why?" on a probe that failed: the decisive reason in one sentence, and a way to the step where it was decided. */
final class WhyButton extends Button {
  private final Workbench workbench;
  private final Player player;

  WhyButton(Workbench workbench, Player player) {
    super(Messages.text("timeline.why"));
    this.workbench = workbench;
    this.player = player;
    getStyleClass().add("small-button");
    setId("why");
    setMinWidth(USE_PREF_SIZE);
    setOnAction(_ -> workbench.traceProperty().get().ifPresent(this::explain));
    workbench.traceProperty().addListener((_, _, now) -> offer(now.isPresent() && !now.get().result().succeeded()));
    offer(workbench.traceProperty().get().map(t -> !t.result().succeeded()).orElse(false));
  }

  private void offer(boolean failed) {
    Kit.show(this, failed);
  }

  private void explain(Trace trace) {
    Label reason = Kit.paragraph(Narrator.whyFailed(trace).orElse(""), "why-reason");
    reason.setPrefWidth(300);
    ContextMenu menu = new ContextMenu();
    menu.getStyleClass().add("card-menu");
    Button jump = Kit.button(Messages.text("timeline.why.jump"), () -> {
      menu.hide();
      player.pause();
      workbench.goTo(Decisive.step(trace) + 1);
    }, "small-button");
    VBox card = new VBox(10, Kit.label(Messages.text("timeline.why.title"), "card-title"), reason, jump);
    CustomMenuItem item = new CustomMenuItem(card, false);
    item.getStyleClass().add("card-item");
    menu.getItems().add(item);
    menu.show(this, Side.TOP, 0, -4);
  }
}
