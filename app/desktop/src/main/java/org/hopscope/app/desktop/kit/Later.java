package org.hopscope.app.desktop.kit;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/**
 * The place of a pane that the first frame can do without. The pane is made when someone asks for it, at the latest when
 * the place is filled.
 *
 * @param <T> the pane
 */
public final class Later<T extends Node> extends StackPane {
  private final Supplier<T> making;
  private Optional<T> made = Optional.empty();

  /**
   * An empty place.
   *
   * @param style a style class that gives the empty place the look of the full one
   * @param making makes the pane
   */
  public Later(String style, Supplier<T> making) {
    this.making = making;
    getStyleClass().add(style);
    setMinSize(0, 0);
  }

  /** The pane, if it was made. */
  public Optional<T> made() {
    return made;
  }

  /** The pane, in its place. */
  public T get() {
    T pane = made.orElseGet(making);
    if (made.isEmpty()) {
      made = Optional.of(pane);
      getChildren().add(pane);
    }
    return pane;
  }
}
