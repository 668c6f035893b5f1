package org.hopscope.model.lab;

/** What became of an edit. */
public sealed interface Outcome {
  /** It was done. The state may equal the one before: then it made no entry in the history. */
  record Applied(Change change) implements Outcome {
  }

  /** It was not done, and nothing changed. */
  record Refused(Refusal why) implements Outcome {
  }
}
