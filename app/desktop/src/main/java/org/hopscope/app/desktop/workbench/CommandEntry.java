package org.hopscope.app.desktop.workbench;

/**
 * A line of COMMANDS.
 *
 * @param line the command as typed at the first host's root prompt
 * @param origin whose hand it was
 */
public record CommandEntry(String line, Origin origin) {
  /** Whose hand an edit came from. */
  public enum Origin {
    GESTURE, TYPED, LESSON
  }
}
