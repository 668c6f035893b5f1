package org.hopscope.app.desktop.action;

import java.util.List;

/** Going from pane to pane by key. */
public final class FocusActions {
  private FocusActions() {}

  /**
   * The actions.
   *
   * @param panes each puts the focus into a pane, by the last part of its name in the bundle
   */
  public static List<Action> of(List<Pane> panes) {
    return panes.stream().map(pane -> Action.of("focus." + pane.name(), pane.focus()).on(pane.keys())).toList();
  }

  /**
   * A pane that can have the focus.
   *
   * @param name such as {@code terminal}
   * @param keys as {@link javafx.scene.input.KeyCombination#valueOf} reads them
   * @param focus puts the focus there
   */
  public record Pane(String name, String keys, Runnable focus) {
  }
}
