package org.hopscope.model.kube.codec;

import java.util.List;
import java.util.SequencedMap;

/** A document as it was written, with the place of every part. */
public sealed interface Tree {
  /** Where it begins. */
  Mark mark();

  /** What it is, for messages. */
  default String what() {
    return switch (this) {
      case Mapping _ -> "an object";
      case Sequence _ -> "a list";
      case Text _ -> "a text";
      case Number _ -> "a number";
      case Flag _ -> "true or false";
      case Nothing _ -> "nothing";
    };
  }

  /** Fields in the order in which they were written; each with the place of its name. */
  record Mapping(Mark mark, SequencedMap<String, Entry> entries) implements Tree {
  }

  /** A field: where its name stands, and its value. */
  record Entry(Mark mark, Tree value) {
  }

  /** A list. */
  record Sequence(Mark mark, List<Tree> items) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** A text. */
  record Text(Mark mark, String value) implements Tree {
  }

  /** A number as it was written. */
  record Number(Mark mark, String value) implements Tree {
  }

  /** True or false. */
  record Flag(Mark mark, boolean value) implements Tree {
  }

  /** A null: as if it were not there. */
  record Nothing(Mark mark) implements Tree {
  }
}
