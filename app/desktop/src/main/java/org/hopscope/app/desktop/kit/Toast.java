package org.hopscope.app.desktop.kit;

import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;

/** A sentence at the foot of the window that goes by itself, for what the person should know but need not answer. */
public final class Toast {
  private static final Duration STAY = Duration.seconds(8);

  private Toast() {}

  /** Shows a sentence over a pane; a press takes it away. */
  public static void show(Pane over, String text) {
    Label label = Kit.paragraph(text, "toast");
    label.setMaxSize(640, Region.USE_PREF_SIZE);
    StackPane.setAlignment(label, Pos.BOTTOM_CENTER);
    Runnable gone = () -> over.getChildren().remove(label);
    label.setOnMousePressed(_ -> gone.run());
    PauseTransition stay = new PauseTransition(STAY);
    stay.setOnFinished(_ -> gone.run());
    over.getChildren().add(label);
    stay.play();
  }
}
