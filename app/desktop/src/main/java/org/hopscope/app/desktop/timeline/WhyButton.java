package org.hopscope.app.desktop.timeline;

import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Bubble;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.why.WhyCard;
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
    VBox card = new VBox(10, Kit.label(Messages.text("timeline.why.title"), "card-title"),
        Kit.paragraph(Narrator.whyFailed(trace).orElse(""), "bubble-words"));
    Runnable close = Bubble.show(this, card);
    card.getChildren().add(Kit.button(Messages.text("timeline.why.jump"), () -> {
      close.run();
      player.pause();
      workbench.goTo(Decisive.step(trace) + 1);
    }, "small-button"));
    card.getChildren().add(Kit.button(Messages.text("timeline.why.help"), () -> {
      close.run();
      player.pause();
      WhyCard.open(this, workbench, trace, workbench::goTo);
    }, "small-button"));
  }
}
