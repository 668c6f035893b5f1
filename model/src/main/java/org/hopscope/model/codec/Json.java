package org.hopscope.model.codec;

import java.util.List;
import java.util.SequencedMap;

/** A JSON value that knows where it stands, so that whoever refuses it can say so. */
public sealed interface Json {
  /** Where it begins. */
  Place place();

  /** What a person calls it. */
  String kind();

  /** An object, its fields in the order written. */
  record Obj(Place place, SequencedMap<String, Json> fields) implements Json {
    @Override
    public String kind() {
      return "an object";
    }
  }

  /** A list. */
  record Arr(Place place, List<Json> items) implements Json {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A text. */
  record Str(Place place, String value) implements Json {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /** A number, as written. */
  record Num(Place place, String value) implements Json {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /** True or false. */
  record Bool(Place place, boolean value) implements Json {
    @Override
    public String kind() {
      return "true or false";
    }
  }

  /** Nothing. */
  record Null(Place place) implements Json {
    @Override
    public String kind() {
      return "null";
    }
  }
}
