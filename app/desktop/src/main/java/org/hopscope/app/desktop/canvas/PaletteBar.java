package org.hopscope.app.desktop.canvas;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.canvas.tools.Palette;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;

/** The tools at the upper left: a click takes one up, a drag out of it makes the thing where it is let go. */
final class PaletteBar extends VBox {
  private static final PseudoClass ON = PseudoClass.getPseudoClass("on");

  private final Map<Palette, Button> buttons = new EnumMap<>(Palette.class);

  /** What happens with the tools. */
  interface Hands {
    /** A tool was taken up. */
    void take(Palette tool);

    /** It is carried over the canvas; the event's place is in the scene. */
    void carry(MouseEvent event);

    /** It was let go there. */
    void drop(MouseEvent event);
  }

  PaletteBar(CanvasTexts texts, Hands hands) {
    getStyleClass().add("canvas-palette");
    for (Palette tool : Palette.values()) {
      Button button = button(tool, texts, hands);
      buttons.put(tool, button);
      getChildren().add(button);
    }
    show(Palette.SELECT);
  }

  /** Marks the tool that is in the hand. */
  void show(Palette tool) {
    buttons.forEach((t, b) -> b.pseudoClassStateChanged(ON, t == tool));
  }

  private Button button(Palette tool, CanvasTexts texts, Hands hands) {
    Node icon = Icons.of(tool);
    StackPane square = new StackPane(icon);
    square.setPrefSize(20, 20);
    Button button = new Button(texts.get("palette." + tool), square);
    button.setId("palette-" + tool.name().toLowerCase(java.util.Locale.ROOT));
    button.getStyleClass().setAll("canvas-tool");
    button.setContentDisplay(ContentDisplay.TOP);
    button.setTooltip(new Tooltip(texts.get("palette." + tool + ".tip")));
    button.setOnAction(_ -> hands.take(tool));
    whenPrimary(button, MouseEvent.MOUSE_PRESSED, _ -> hands.take(tool));
    whenPrimary(button, MouseEvent.MOUSE_DRAGGED, hands::carry);
    whenPrimary(button, MouseEvent.MOUSE_RELEASED, event -> {
      if (!contains(sceneToLocal(event.getSceneX(), event.getSceneY()))) {
        hands.drop(event);
        event.consume();
      }
    });
    return button;
  }

  private static void whenPrimary(Button button, javafx.event.EventType<MouseEvent> type,
      Consumer<MouseEvent> then) {
    button.addEventFilter(type, event -> {
      if (event.getButton() == MouseButton.PRIMARY) {
        then.accept(event);
      }
    });
  }
}
