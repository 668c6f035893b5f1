package org.hopscope.lessons.codec;

import java.util.List;
import java.util.SequencedMap;

/** A JSON value that knows its line, from 1, so that whoever refuses it can say where. */
sealed interface Json {
  int line();

  /** What a person calls it. */
  String kind();

  /** An object, its fields in the order written. */
  record Obj(int line, SequencedMap<String, Json> fields) implements Json {
    @Override
    public String kind() {
      return "an object";
    }
  }

  /** A list. */
  record Arr(int line, List<Json> items) implements Json {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A text. */
  record Str(int line, String value) implements Json {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /** A number, as written. */
  record Num(int line, String value) implements Json {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /** True or false. */
  record Bool(int line, boolean value) implements Json {
    @Override
    public String kind() {
      return "true or false";
    }
  }

  /** Nothing. */
  record Null(int line) implements Json {
    @Override
    public String kind() {
      return "null";
    }
  }
}
