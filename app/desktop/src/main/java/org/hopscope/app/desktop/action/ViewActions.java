package org.hopscope.app.desktop.action;

import java.util.List;
import javafx.beans.property.BooleanProperty;

/** What is shown, and how. */
public final class ViewActions {
  private ViewActions() {}

  /**
   * The actions of the view.
   *
   * @param theme puts the other theme on
   * @param search opens the search box
   * @param lesson whether the lesson is shown
   * @param inspector whether the inspector is shown
   * @param dock whether the dock is shown
   */
  public static List<Action> of(Runnable theme, Runnable search, BooleanProperty lesson, BooleanProperty inspector,
      BooleanProperty dock) {
    return List.of(Action.of("search", search).on("Shortcut+K"), Action.of("theme", theme).on("Shortcut+Shift+D"),
        toggle("toggle.lesson", lesson).on("Shortcut+1"), toggle("toggle.inspector", inspector).on("Shortcut+2"),
        toggle("toggle.dock", dock).on("Shortcut+3"));
  }

  private static Action toggle(String id, BooleanProperty shown) {
    return Action.of(id, () -> shown.set(!shown.get()));
  }
}
