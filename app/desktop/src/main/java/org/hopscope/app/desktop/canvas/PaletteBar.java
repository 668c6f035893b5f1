package org.hopscope.app.desktop.canvas;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.canvas.tools.Palette;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.kit.Kit;

/**
 * The tools at the upper left: a click takes one up, a drag out of it makes the thing where it is let go. The common ones
 * stand in a column, the others on a shelf beside it that "more" opens. Where room is short they go by their icons.
 */
final class PaletteBar extends HBox {
  private static final PseudoClass ON = PseudoClass.getPseudoClass("on");
  private static final PseudoClass SMALL = PseudoClass.getPseudoClass("small");

  private final Map<Palette, Button> buttons = new EnumMap<>(Palette.class);
  private final CanvasTexts texts;
  private final Hands hands;
  private final VBox column = new VBox();
  private final TilePane shelf = new TilePane();
  private final Button more;
  private Palette shown = Palette.SELECT;
  private boolean small;
  /**
   * Whether a tool was pulled out of its button: then the shelf is out of the way, and letting go over the column puts it back.
   * A press begins anew: where the canvas got the letting go, the button never heard of it.
   */
  private boolean carried;

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
    this.texts = texts;
    this.hands = hands;
    column.getStyleClass().add("canvas-palette");
    shelf.getStyleClass().add("canvas-palette");
    shelf.setPrefColumns(3);
    shelf.setMaxHeight(Region.USE_PREF_SIZE);
    setSpacing(6);
    setFillHeight(false);
    setPickOnBounds(false);
    for (Palette tool : Palette.values()) {
      Button button = button(tool);
      buttons.put(tool, button);
      (tool.isCommon() ? column : shelf).getChildren().add(button);
    }
    more = shaped("more", Icons.more());
    more.setOnAction(_ -> openShelf(!shelf.isVisible()));
    column.getChildren().add(more);
    getChildren().addAll(column, shelf);
    openShelf(false);
    addEventHandler(KeyEvent.KEY_PRESSED, event -> {
      if (event.getCode() == KeyCode.ESCAPE && shelf.isVisible()) {
        openShelf(false);
        more.requestFocus();
        event.consume();
      }
    });
    show(Palette.SELECT);
  }

  /** Marks the tool that is in the hand; once one from the shelf was used, the shelf closes. */
  void show(Palette tool) {
    buttons.forEach((t, b) -> b.pseudoClassStateChanged(ON, t == tool));
    more.pseudoClassStateChanged(ON, !tool.isCommon());
    if (!shown.isCommon() && tool.isCommon()) {
      openShelf(false);
    }
    shown = tool;
  }

  /** Goes by icons alone, or with words. */
  void small(boolean wanted) {
    if (wanted != small) {
      small = wanted;
      buttons.values().forEach(this::shape);
      shape(more);
    }
  }

  private void openShelf(boolean open) {
    Kit.show(shelf, open);
    more.setAccessibleText(texts.get(open ? "palette.more.close" : "palette.more.tip"));
  }

  private void shape(Button button) {
    button.setContentDisplay(small ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.TOP);
    button.pseudoClassStateChanged(SMALL, small);
  }

  private Button button(Palette tool) {
    Button button = shaped(tool.name(), Icons.of(tool));
    button.setOnAction(_ -> hands.take(tool));
    whenPrimary(button, MouseEvent.MOUSE_PRESSED, _ -> {
      carry(false);
      hands.take(tool);
    });
    whenPrimary(button, MouseEvent.MOUSE_DRAGGED, event -> {
      if (!isOver(button, event)) {
        carry(true);
      }
      hands.carry(event);
    });
    whenPrimary(button, MouseEvent.MOUSE_RELEASED, event -> {
      if (carried) {
        carry(false);
        event.consume();
        if (isOver(column, event)) {
          hands.take(Palette.SELECT);
        } else {
          hands.drop(event);
        }
      }
    });
    return button;
  }

  private void carry(boolean now) {
    carried = now;
    shelf.setOpacity(now ? 0 : 1);
  }

  private static boolean isOver(Node node, MouseEvent event) {
    return node.contains(node.sceneToLocal(event.getSceneX(), event.getSceneY()));
  }

  private Button shaped(String name, Node icon) {
    StackPane square = new StackPane(icon);
    square.setPrefSize(20, 20);
    Button button = new Button(texts.get("palette." + name), square);
    button.setId("palette-" + name.toLowerCase(Locale.ROOT));
    button.getStyleClass().setAll("canvas-tool");
    button.setTooltip(new Tooltip(texts.get("palette." + name + ".tip")));
    button.setAccessibleText(texts.get("palette." + name));
    shape(button);
    return button;
  }

  private static void whenPrimary(Button button, EventType<MouseEvent> type, Consumer<MouseEvent> then) {
    button.addEventFilter(type, event -> {
      if (event.getButton() == MouseButton.PRIMARY) {
        then.accept(event);
      }
    });
  }
}
