package org.hopscope.lessons.codec;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.codec.Fields;
import org.hopscope.model.codec.Json;
import org.hopscope.model.codec.MalformedException;

/** Lists that must be there, and texts that must say something. */
final class Parts {
  private Parts() {
  }

  /** The objects of a list that must be there. */
  static <T> List<T> objects(Fields fields, String name, Fields.ObjectReader<T> reader) throws MalformedException {
    return values(fields, name, item -> Fields.object(item, reader));
  }

  /** The values of a list that must be there. */
  static <T> List<T> values(Fields fields, String name, Fields.Reader<T> reader) throws MalformedException {
    return each(fields.required(name), reader);
  }

  /** The values of what must be a list. */
  static <T> List<T> each(Json list, Fields.Reader<T> reader) throws MalformedException {
    List<T> values = new ArrayList<>();
    for (Json item : Fields.items(list)) {
      values.add(reader.read(item));
    }
    return List.copyOf(values);
  }

  /** A text that must say something. */
  static String text(Fields fields, String name) throws MalformedException {
    String text = fields.text(name);
    if (text.isBlank()) {
      throw fields.malformed(name, "\"" + name + "\" says nothing");
    }
    return text;
  }
}
