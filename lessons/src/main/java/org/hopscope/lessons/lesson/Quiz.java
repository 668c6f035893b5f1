package org.hopscope.lessons.lesson;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.lessons.check.ThingName;

/**
 * A question with an answer that is right or not, and may be given again. An answer is a list of words: the chosen
 * items, the items in the order they were put into, pairs {@code ITEM=PARTNER}, or the things marked on the canvas.
 *
 * @param id its name within the lesson; no prediction has the same
 * @param task the task it is asked in
 * @param concept what it is about, the same word in every lesson
 * @param question the question
 * @param form how it is answered
 * @param why what to say once it was answered rightly
 */
public record Quiz(String id, String task, String concept, String question, Form form, String why) {
  /** Something that can be chosen, put into order or matched. */
  public record Item(String id, String text) {
  }

  /** How a quiz is answered. */
  public sealed interface Form {
    /** Some of the items are chosen: exactly the right ones, at least one. */
    record Choice(List<Item> items, Set<String> right) implements Form {
      public Choice {
        items = List.copyOf(items);
        right = Set.copyOf(right);
      }
    }

    /** The items are put into order; they stand here in the right one. */
    record Order(List<Item> items) implements Form {
      public Order {
        items = List.copyOf(items);
      }
    }

    /** Each item is given one of the partners; several may have the same. */
    record Match(List<Item> items, List<Item> partners, Map<String, String> pairs) implements Form {
      public Match {
        items = List.copyOf(items);
        partners = List.copyOf(partners);
        pairs = Map.copyOf(pairs);
      }
    }

    /** Things are marked on the canvas: exactly these, at least one. */
    record Mark(Set<ThingName> things) implements Form {
      public Mark {
        things = Set.copyOf(things);
      }
    }
  }

  /** Whether an answer is right. */
  public boolean isRight(List<String> answer) {
    return switch (form) {
      case Form.Order _ -> answer.equals(solution());
      case Form.Choice _,Form.Match _,Form.Mark _ -> new HashSet<>(answer).equals(new HashSet<>(solution()));
    };
  }

  /** How many parts of an answer are right, and how many there would have to be. */
  public Mark marked(List<String> answer) {
    List<String> solution = solution();
    int right = 0;
    for (int i = 0; i < answer.size(); i++) {
      boolean good = form instanceof Form.Order
          ? i < solution.size() && solution.get(i).equals(answer.get(i))
          : solution.contains(answer.get(i));
      right += good ? 1 : 0;
    }
    return new Mark(right, answer.size() - right, solution.size());
  }

  /**
   * How good an answer is.
   *
   * @param right how many of its parts are right
   * @param wrong how many are not
   * @param of how many parts the right answer has
   */
  public record Mark(int right, int wrong, int of) {
  }

  /** The right answer. */
  public List<String> solution() {
    return switch (form) {
      case Form.Choice(List<Item> items, Set<String> right) -> items.stream().map(Item::id).filter(right::contains)
          .toList();
      case Form.Order(List<Item> items) -> items.stream().map(Item::id).toList();
      case Form.Match(List<Item> items, var _, Map<String, String> pairs) -> items.stream().map(Item::id)
          .map(item -> pair(item, pairs.get(item))).toList();
      case Form.Mark(Set<ThingName> things) -> things.stream().map(ThingName::toString).sorted().toList();
    };
  }

  /** The items in an order that gives nothing away, the same on every machine. */
  public List<Item> shuffled(List<Item> items) {
    return items.stream().sorted(Comparator.comparing(i -> (i.id() + id).hashCode() * 0x9E3779B9))
        .collect(Collectors.toUnmodifiableList());
  }

  /** A pair as an answer writes it. */
  public static String pair(String item, String partner) {
    return item + "=" + partner;
  }
}
