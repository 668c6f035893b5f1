package org.hopscope.app.desktop.action;

import java.util.List;

/** Lessons, reports, and what the program is. */
public final class HelpActions {
  private HelpActions() {}

  public static List<Action> of(Runnable lessons, Runnable report, Runnable openReport, Runnable keys, Runnable about,
      Runnable quit) {
    return List.of(Action.of("lessons", lessons).on("Shortcut+Shift+L"), Action.of("report", report),
        Action.of("report.open", openReport), Action.of("keys", keys).on("F1"), Action.of("about", about),
        Action.of("quit", quit).on("Shortcut+Q"));
  }
}
