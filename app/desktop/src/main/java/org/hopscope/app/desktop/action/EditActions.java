package org.hopscope.app.desktop.action;

import java.util.List;
import org.hopscope.app.desktop.workbench.Workbench;

/** Undo and redo, for gestures and commands alike. */
public final class EditActions {
  private EditActions() {}

  public static List<Action> of(Workbench workbench) {
    return List.of(Action.of("undo", workbench::undo).on("Shortcut+Z").when(workbench.canUndoProperty()),
        Action.of("redo", workbench::redo).on("Shortcut+Shift+Z").or("Shortcut+Y").when(workbench.canRedoProperty()));
  }
}
