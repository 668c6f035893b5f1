package org.hopscope.app.desktop.kit;

import java.util.Locale;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;

/** The small parts that every pane is made of, in the window's style. */
public final class Kit {
  private Kit() {}

  /** A label with style classes. */
  public static Label label(String text, String... classes) {
    Label label = new Label(text);
    label.getStyleClass().addAll(classes);
    return label;
  }

  /** How a small heading is written. */
  public static String capitals(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /** A label that takes as many lines as its text needs. */
  public static Label paragraph(String text, String... classes) {
    Label label = label(text, classes);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  /** A button with words on it. */
  public static Button button(String text, Runnable run, String... classes) {
    Button button = new Button(text);
    button.getStyleClass().addAll(classes);
    button.setOnAction(_ -> run.run());
    button.setMinWidth(Region.USE_PREF_SIZE);
    return button;
  }

  /** A button with only an icon; its name is told by a tooltip and to screen readers. */
  public static Button iconButton(Icon icon, String name, Runnable run) {
    Button button = button("", run, "icon-button");
    button.setGraphic(icon);
    button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    named(button, name);
    return button;
  }

  /** Makes a node do something when it is clicked, and from the keyboard, with Enter or Space. */
  public static void pressable(Node node, Runnable run) {
    node.setFocusTraversable(true);
    node.setAccessibleRole(AccessibleRole.BUTTON);
    node.setOnMouseClicked(_ -> run.run());
    node.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
      if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
        run.run();
        event.consume();
      }
    });
  }

  /** Gives a control without words its name, as a tooltip that is made when the pointer first comes. */
  public static void named(Labeled control, String name) {
    control.setAccessibleText(name);
    control.addEventHandler(MouseEvent.MOUSE_ENTERED, _ -> {
      if (control.getTooltip() == null) {
        Tooltip tooltip = new Tooltip(name);
        tooltip.setShowDelay(Duration.millis(400));
        control.setTooltip(tooltip);
      }
    });
  }

  /** Empty room that grows. */
  public static Region spring() {
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    return spring;
  }

  /** Shows a node, or hides it and gives its room away. */
  public static void show(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
