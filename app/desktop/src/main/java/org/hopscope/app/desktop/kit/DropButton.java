package org.hopscope.app.desktop.kit;

import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Side;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;

/** A button that drops a menu down. The menu is made when it is asked for, and so always shows things as they are. */
public final class DropButton extends Button {
  private final Supplier<List<MenuItem>> items;

  /** A button with a small arrow behind its words. */
  public DropButton(Supplier<List<MenuItem>> items) {
    this.items = items;
    Region arrow = new Region();
    arrow.getStyleClass().add("drop-arrow");
    setGraphic(arrow);
    setContentDisplay(ContentDisplay.RIGHT);
    begin();
  }

  /** A button with a picture in front of its words. */
  public DropButton(String words, Node picture, Supplier<List<MenuItem>> items) {
    super(words, picture);
    this.items = items;
    begin();
  }

  private void begin() {
    getStyleClass().add("drop-button");
    setAccessibleRole(AccessibleRole.MENU_BUTTON);
    setMinWidth(USE_PREF_SIZE);
    setOnAction(_ -> drop());
    addEventHandler(KeyEvent.KEY_PRESSED, event -> {
      if (event.getCode() == KeyCode.DOWN) {
        drop();
        event.consume();
      }
    });
  }

  private void drop() {
    ContextMenu menu = new ContextMenu();
    menu.getItems().setAll(items.get());
    menu.show(this, Side.BOTTOM, 0, 2);
  }
}
