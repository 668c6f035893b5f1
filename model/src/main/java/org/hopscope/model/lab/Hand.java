package org.hopscope.model.lab;

/** Whose hand an edit came from. */
public enum Hand {
  /** A command typed at a prompt or read from a script. */
  TYPED,
  /** A gesture in the window. */
  GESTURE,
  /** A lesson did it for the learner. */
  LESSON
}
