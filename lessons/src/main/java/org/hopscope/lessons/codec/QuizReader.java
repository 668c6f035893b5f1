package org.hopscope.lessons.codec;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.lessons.lesson.Quiz;
import org.hopscope.lessons.lesson.Quiz.Form;
import org.hopscope.model.codec.Fields;
import org.hopscope.model.codec.Json;
import org.hopscope.model.codec.MalformedException;

/** Reads quizzes: each has exactly one of the fields {@code choice}, {@code order}, {@code match} and {@code mark}. */
final class QuizReader {
  private QuizReader() {
  }

  static Quiz read(Fields f) throws MalformedException {
    List<String> forms = List.of("choice", "order", "match", "mark").stream().filter(f::has).toList();
    if (forms.size() != 1) {
      throw new MalformedException(f.place(), "a quiz has one of choice, order, match and mark; here there are "
          + forms.size());
    }
    return new Quiz(Parts.text(f, "id"), f.text("task"), Parts.text(f, "concept"), Parts.text(f, "question"),
        form(f, forms.getFirst()), Parts.text(f, "why"));
  }

  private static Form form(Fields f, String name) throws MalformedException {
    return switch (name) {
      case "choice" -> choice(f);
      case "order" -> new Form.Order(items(f, name));
      case "match" -> Fields.object(f.required(name), QuizReader::match);
      default -> new Form.Mark(Set.copyOf(atLeast(f, name, 1, Parts.values(f, name,
          value -> Fields.parsed(value, "a place or a device", ThingName::parse)))));
    };
  }

  /** An item, and whether it is one of those to choose. */
  private record Option(Quiz.Item item, boolean right) {
  }

  private static Form choice(Fields f) throws MalformedException {
    List<Option> options = atLeast(f, "choice", 2, Parts.objects(f, "choice",
        o -> new Option(item(o), o.has("right") && o.flag("right"))));
    Set<String> right = new HashSet<>();
    options.stream().filter(Option::right).forEach(o -> right.add(o.item().id()));
    if (right.isEmpty()) {
      throw f.malformed("choice", "none of the items is right");
    }
    return new Form.Choice(distinct(f, "choice", options.stream().map(Option::item).toList()), right);
  }

  private static Form match(Fields f) throws MalformedException {
    List<Quiz.Item> partners = items(f, "partners");
    Map<String, String> pairs = new HashMap<>();
    List<Quiz.Item> items = atLeast(f, "items", 2, Parts.objects(f, "items", o -> {
      Quiz.Item item = item(o);
      String partner = o.text("partner");
      if (partners.stream().noneMatch(p -> p.id().equals(partner))) {
        throw o.malformed("partner", "\"" + partner + "\" is none of the partners");
      }
      pairs.put(item.id(), partner);
      return item;
    }));
    return new Form.Match(distinct(f, "items", items), partners, pairs);
  }

  private static List<Quiz.Item> items(Fields f, String name) throws MalformedException {
    return distinct(f, name, atLeast(f, name, 2, Parts.objects(f, name, QuizReader::item)));
  }

  /** Names are words of scripts: letters, digits and hyphens. */
  private static Quiz.Item item(Fields f) throws MalformedException {
    String id = Parts.text(f, "id");
    if (!id.matches("[A-Za-z0-9-]+")) {
      throw f.malformed("id", "an id is letters, digits and hyphens: " + id);
    }
    return new Quiz.Item(id, Parts.text(f, "text"));
  }

  private static <T> List<T> atLeast(Fields f, String name, int least, List<T> values) throws MalformedException {
    if (values.size() < least) {
      throw f.malformed(name, "at least " + least + " are needed, here " + values.size());
    }
    return values;
  }

  private static List<Quiz.Item> distinct(Fields f, String name, List<Quiz.Item> items) throws MalformedException {
    if (items.stream().map(Quiz.Item::id).distinct().count() < items.size()) {
      throw f.malformed(name, "two have the same id");
    }
    return items;
  }
}
