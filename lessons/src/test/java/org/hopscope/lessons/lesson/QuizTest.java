package org.hopscope.lessons.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.lessons.lesson.Quiz.Form;
import org.hopscope.lessons.lesson.Quiz.Item;
import org.junit.jupiter.api.Test;

class QuizTest {
  private static final List<Item> ITEMS = List.of(new Item("a", "A"), new Item("b", "B"), new Item("c", "C"));

  private static Quiz quiz(Form form) {
    return new Quiz("q", "t", "concept", "?", form, "so it is");
  }

  @Test
  void aChoiceIsRightWhenExactlyTheRightOnesAreChosen() {
    Quiz choice = quiz(new Form.Choice(ITEMS, Set.of("a", "c")));
    assertThat(choice.isRight(List.of("c", "a"))).isTrue();
    assertThat(choice.isRight(List.of("a"))).isFalse();
    assertThat(choice.isRight(List.of("a", "b", "c"))).isFalse();
    assertThat(choice.marked(List.of("a", "b"))).isEqualTo(new Quiz.Mark(1, 1, 2));
  }

  @Test
  void anOrderIsRightInOneOrderOnly() {
    Quiz order = quiz(new Form.Order(ITEMS));
    assertThat(order.isRight(List.of("a", "b", "c"))).isTrue();
    assertThat(order.isRight(List.of("a", "c", "b"))).isFalse();
    assertThat(order.marked(List.of("a", "c", "b"))).isEqualTo(new Quiz.Mark(1, 2, 3));
    assertThat(order.shuffled(ITEMS)).containsExactlyInAnyOrderElementsOf(ITEMS).isEqualTo(order.shuffled(ITEMS));
  }

  @Test
  void aMatchIsRightWhenEachHasItsPartner() {
    List<Item> partners = List.of(new Item("x", "X"), new Item("y", "Y"));
    Quiz match = quiz(new Form.Match(ITEMS, partners, Map.of("a", "x", "b", "y", "c", "x")));
    assertThat(match.isRight(List.of("c=x", "a=x", "b=y"))).isTrue();
    assertThat(match.isRight(List.of("a=x", "b=x", "c=x"))).isFalse();
  }

  @Test
  void markingIsRightWhenTheseThingsAreMarkedAndNoOthers() {
    Quiz mark =
        quiz(new Form.Mark(Set.of(ThingName.parse("a:eth0").orElseThrow(), ThingName.parse("b").orElseThrow())));
    assertThat(mark.isRight(List.of("b", "a:eth0"))).isTrue();
    assertThat(mark.isRight(List.of("b"))).isFalse();
    assertThat(mark.solution()).containsExactly("a:eth0", "b");
  }
}
