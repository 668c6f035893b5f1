package org.hopscope.app.desktop.terminal;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.util.Duration;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Running;
import org.hopscope.app.desktop.workbench.Workbench;

/** Behind the terminal's line: how far a command is that takes longer than an eye notices, and the button that stops it. */
final class RunningBar extends HBox {
  private static final Duration BEAT = Duration.millis(200);

  private final Workbench workbench;
  private final Label words = Kit.label("", "term-recalled");
  private final Timeline beats = new Timeline(new KeyFrame(BEAT, _ -> tell()));
  private long since;

  RunningBar(Workbench workbench, Runnable stop) {
    this.workbench = workbench;
    setId("terminal-running");
    setSpacing(8);
    setAlignment(Pos.CENTER_RIGHT);
    setMinWidth(USE_PREF_SIZE);
    Button button = Kit.button(Messages.text("running.stop"), stop, "small-button");
    button.setId("terminal-stop");
    getChildren().addAll(words, button);
    beats.setCycleCount(Animation.INDEFINITE);
    Kit.show(this, false);
    workbench.runningProperty().addListener((_, before, now) -> {
      if (before.isEmpty() && now.isPresent()) {
        since = System.nanoTime();
        tell();
        beats.playFromStart();
      } else if (now.isEmpty()) {
        beats.stop();
      }
      Kit.show(this, now.isPresent());
    });
  }

  private void tell() {
    int commands = workbench.runningProperty().get().map(Running::commands).orElse(0);
    words.setText(Messages.text("running.word", commands, (System.nanoTime() - since) / 1_000_000_000));
  }
}
