package org.hopscope.app.desktop.action;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import org.hopscope.app.desktop.theme.Appearance;

/** What is shown, and how. */
public final class ViewActions {
  private ViewActions() {}

  /**
   * The actions of the view.
   *
   * @param looks the theme, the contrast, how large texts are, whether things move
   * @param search opens the search box
   * @param lesson whether the lesson is shown
   * @param inspector whether the inspector is shown
   * @param dock whether the dock is shown
   */
  public static List<Action> of(Appearance looks, Runnable search, BooleanProperty lesson, BooleanProperty inspector,
      BooleanProperty dock) {
    return List.of(Action.of("search", search).on("Shortcut+K"),
        Action.of("theme", looks::toggle).on("Shortcut+Shift+D"),
        Action.of("contrast", looks::toggleContrast).on("Shortcut+Shift+H"),
        Action.of("text.larger", () -> looks.grow(1)).on("Shortcut+Alt+Plus"),
        Action.of("text.smaller", () -> looks.grow(-1)).on("Shortcut+Alt+Minus"),
        Action.of("text.usual", looks::usualSize).on("Shortcut+Alt+0"), toggle("motion", looks.stillProperty()),
        toggle("toggle.lesson", lesson).on("Shortcut+1"), toggle("toggle.inspector", inspector).on("Shortcut+2"),
        toggle("toggle.dock", dock).on("Shortcut+3"));
  }

  private static Action toggle(String id, BooleanProperty shown) {
    return Action.of(id, () -> shown.set(!shown.get()));
  }
}
