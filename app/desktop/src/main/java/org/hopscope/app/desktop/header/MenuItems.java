package org.hopscope.app.desktop.header;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.hopscope.app.desktop.action.Action;
import org.hopscope.app.desktop.action.Actions;

/** The main menu, read off the table of actions. */
final class MenuItems {
  private static final List<List<String>> GROUPS =
      List.of(List.of("lessons", "lesson.own", "glossary", "counterparts", "article", "review"),
          List.of("welcome", "new", "open", "save", "saveas", "picture"),
          List.of("toggle.lesson", "toggle.inspector", "toggle.dock"),
          List.of("report", "report.open"), List.of("keys", "about", "quit"));

  private MenuItems() {}

  static List<MenuItem> of(Actions actions) {
    List<MenuItem> items = new ArrayList<>();
    for (List<String> group : GROUPS) {
      if (!items.isEmpty()) {
        items.add(new SeparatorMenuItem());
      }
      group.forEach(id -> items.add(Header.item(actions.get(id))));
    }
    return items;
  }

  /** An action's label with its key, for a tooltip. */
  static String title(Action action) {
    return action.keys().isEmpty() ? action.label() : action.label() + "  " + action.keys();
  }
}
