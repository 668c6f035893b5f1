package org.hopscope.app.desktop.kit;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;

/** A small card beside the thing it is about. It goes on Esc, and on a press anywhere else. */
public final class Bubble extends Pane {
  private static final double GAP = 8;
  private static final double WIDTH = 320;

  private final Node about;
  private final VBox card;

  private Bubble(Node about, VBox card) {
    this.about = about;
    this.card = card;
    card.getStyleClass().add("bubble");
    getChildren().add(card);
    addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
      if (event.getTarget() == this) {
        close();
      }
    });
    addEventHandler(KeyEvent.KEY_PRESSED, event -> {
      if (event.getCode() == KeyCode.ESCAPE) {
        close();
        event.consume();
      }
    });
  }

  /** Shows a card below a node that is on screen, or above where there is no room. What is returned takes it away. */
  public static Runnable show(Node about, VBox card) {
    Bubble bubble = new Bubble(about, card);
    ((Pane) about.getScene().getRoot()).getChildren().add(bubble);
    card.setFocusTraversable(true);
    card.requestFocus();
    return bubble::close;
  }

  @Override
  protected void layoutChildren() {
    double width = Math.min(WIDTH, getWidth());
    double height = card.prefHeight(width);
    Bounds there = sceneToLocal(about.localToScene(about.getBoundsInLocal()));
    double x = Math.clamp(there.getMinX(), GAP, Math.max(GAP, getWidth() - width - GAP));
    boolean fits = there.getMaxY() + GAP + height < getHeight();
    card.resizeRelocate(Math.round(x), Math.round(fits ? there.getMaxY() + GAP : there.getMinY() - GAP - height), width,
        height);
  }

  private void close() {
    if (getParent() instanceof Pane over) {
      over.getChildren().remove(this);
      about.requestFocus();
    }
  }
}
