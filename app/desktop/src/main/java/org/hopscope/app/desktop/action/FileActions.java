package org.hopscope.app.desktop.action;

import java.util.List;

/** What happens to labs as files. */
public final class FileActions {
  private FileActions() {}

  public static List<Action> of(Runnable welcome, Runnable fresh, Runnable open, Runnable save, Runnable saveAs,
      Runnable picture) {
    return List.of(Action.of("welcome", welcome).on("Shortcut+N"), Action.of("new", fresh),
        Action.of("open", open).on("Shortcut+O"),
        Action.of("save", save).on("Shortcut+S"), Action.of("saveas", saveAs).on("Shortcut+Shift+S"),
        Action.of("picture", picture).on("Shortcut+Shift+P"));
  }
}
