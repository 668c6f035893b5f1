package org.hopscope.lessons.lesson;

import java.util.Optional;
import org.hopscope.lessons.check.ThingName;

/**
 * Something of the start that a lesson withholds on the canvas: what is locked is shown, but hands leave it as it is; what is
 * hidden is not drawn. Commands do not ask: they do and show what they do and show.
 *
 * @param thing what it is, with all that lies in it
 * @param how in which way it is withheld
 * @param until the task that gives it free as long as it holds; without one it stays so throughout
 */
public record Withheld(ThingName thing, How how, Optional<String> until) {
  /** In which way. */
  public enum How {
    LOCKED, HIDDEN
  }
}
