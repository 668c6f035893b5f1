package org.hopscope.app.desktop.action;

import java.util.Optional;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;
import org.hopscope.app.desktop.kit.Messages;

/**
 * Something a person can have the window do, from a key, a button, a menu or the search box.
 *
 * @param id its name in the bundle, under {@code action.}
 * @param shortcut the key, if it has one
 * @param twin another key that does it in the whole window, for hands that learned it elsewhere; it is shown nowhere
 * @param everywhere whether the key works wherever the focus is; else only in the pane whose action it is
 * @param enabled when it can be done
 * @param run does it
 */
public record Action(String id, Optional<KeyCombination> shortcut, Optional<KeyCombination> twin, boolean everywhere,
    ObservableBooleanValue enabled, Runnable run) {
  private static final ObservableBooleanValue ALWAYS = new SimpleBooleanProperty(true);

  /** Without a key, always possible. */
  public static Action of(String id, Runnable run) {
    return new Action(id, Optional.empty(), Optional.empty(), true, ALWAYS, run);
  }

  /** With a key written as {@link KeyCombination#valueOf}, such as {@code Shortcut+Z}. */
  public Action on(String keys) {
    return new Action(id, Optional.of(KeyCombination.valueOf(keys)), twin, true, enabled, run);
  }

  /** With another key besides. */
  public Action or(String keys) {
    return new Action(id, shortcut, Optional.of(KeyCombination.valueOf(keys)), everywhere, enabled, run);
  }

  /** With a key that works only in the pane whose action it is. */
  public Action inside(String keys) {
    return new Action(id, Optional.of(KeyCombination.valueOf(keys)), twin, false, enabled, run);
  }

  /** Possible only while {@code condition} holds. */
  public Action when(ObservableBooleanValue condition) {
    return new Action(id, shortcut, twin, everywhere, condition, run);
  }

  /** What it is called. */
  public String label() {
    return Messages.text("action." + id);
  }

  /** Words besides its label that people look for it by; empty when the label has them all. */
  public String also() {
    return Messages.textIfAny("action." + id + ".also");
  }

  /** The key as people read it, empty when it has none. */
  public String keys() {
    return shortcut.map(KeyCombination::getDisplayText).orElse("");
  }

  /** Does it if it can be done now. */
  public void fire() {
    if (enabled.get()) {
      run.run();
    }
  }
}
