package org.hopscope.app.desktop.kit;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** A card that floats over the window until something is chosen, Esc is pressed, or the pointer goes elsewhere. */
public final class Floating extends StackPane {
  private final Optional<Node> before;

  private Floating(Region card, Optional<Node> before) {
    this.before = before;
    getStyleClass().add("veil");
    setAlignment(Pos.TOP_CENTER);
    card.getStyleClass().add("floating-card");
    card.setMaxHeight(Region.USE_PREF_SIZE);
    getChildren().add(card);
    addEventHandler(KeyEvent.KEY_PRESSED, event -> {
      if (event.getCode() == KeyCode.ESCAPE) {
        close();
        event.consume();
      }
    });
    addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
      if (event.getTarget() == this) {
        close();
      }
    });
  }

  /** Floats a card over everything in a pane, in place of one that floats already. */
  public static void open(Pane over, Region card) {
    close(over);
    Floating floating = new Floating(card, Optional.ofNullable(over.getScene().getFocusOwner()));
    over.getChildren().add(floating);
    card.requestFocus();
  }

  /** Takes away what floats over a pane, if anything does. */
  public static void close(Pane over) {
    over.getChildren().stream().filter(Floating.class::isInstance).map(Floating.class::cast).findFirst()
        .ifPresent(floating -> floating.close());
  }

  /** A key that was on its way may still find it when it is gone already. */
  private void close() {
    if (getParent() instanceof Pane over) {
      over.getChildren().remove(this);
      before.ifPresent(Node::requestFocus);
    }
  }
}
