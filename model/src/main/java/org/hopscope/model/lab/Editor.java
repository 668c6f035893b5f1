package org.hopscope.model.lab;

import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** Carries out edits on states: a pure function. {@link Session} is its only caller outside tests. */
public final class Editor {
  private Editor() {
  }

  /** What became of an edit on a state. */
  public sealed interface Result {
    /** It was done. */
    record Done(LabState after) implements Result {
    }

    /** It cannot be done. */
    record Refused(Refusal why) implements Result {
    }
  }

  /** A lab as it begins: one host whose root namespace has lo, which is up. */
  public static LabState fresh(long seed) {
    return fresh(seed, TreePMap.empty());
  }

  /** As {@link #fresh(long)}, with an environment. */
  public static LabState fresh(long seed, PSortedMap<String, String> environment) {
    return LabState.bare(seed, environment);
  }

  /** Carries out an edit. */
  public static Result apply(LabState before, Edit edit) {
    return new Result.Refused(new Refusal.Unsupported(edit.getClass().getSimpleName()));
  }
}
