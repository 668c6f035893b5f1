package org.hopscope.app.desktop.workbench;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.lab.ItemKey;

/**
 * What somebody else than the lab's own notes withholds on the canvas at the moment: a lesson.
 *
 * @param locked what hands leave as it is, with the words that say until when
 * @param hidden what is not drawn, with all that lies in it
 */
public record Guards(Map<ItemKey, String> locked, Set<ItemKey> hidden) {
  /** Nothing is withheld. */
  public static final Guards NONE = new Guards(Map.of(), Set.of());

  public Guards {
    locked = Map.copyOf(locked);
    hidden = Set.copyOf(hidden);
  }

  /** Until when a thing is locked, in words; empty when it is not. */
  public Optional<String> lock(ItemKey thing) {
    return Optional.ofNullable(locked.get(thing));
  }
}
