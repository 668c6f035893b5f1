package org.hopscope.app.desktop.action;

import java.util.List;

/** Going from pane to pane by key. */
public final class FocusActions {
  private FocusActions() {}

  public static List<Action> of(Runnable terminal, Runnable probe, Runnable canvas) {
    return List.of(Action.of("focus.terminal", terminal).on("Shortcut+T"),
        Action.of("focus.probe", probe).on("Shortcut+P"), Action.of("focus.canvas", canvas).on("Shortcut+G"));
  }
}
