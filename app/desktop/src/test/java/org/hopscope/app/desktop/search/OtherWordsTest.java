package org.hopscope.app.desktop.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.ResourceBundle;
import org.hopscope.app.desktop.action.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherWordsTest {
  @ParameterizedTest
  @CsvSource({"stop.here,breakpoint", "follow,camera", "list.events,pcapng", "list.reach,matrix", "picture,svg"})
  void anActionIsFoundByAWordItsLabelDoesNotHave(String id, String word) {
    Action action = Action.of(id, () -> {
    });
    assertThat(action.label()).doesNotContainIgnoringCase(word);
    assertThat(new Hit("action", action.label(), "", action.also(), () -> {
    }).rank(word)).isNotNegative();
  }

  @Test
  void otherWordsBelongToActionsThatAreThere() {
    var bundle = ResourceBundle.getBundle("org.hopscope.app.desktop.messages");
    assertThat(Collections.list(bundle.getKeys())).filteredOn(key -> key.matches("action\\..*\\.also"))
        .isNotEmpty().allSatisfy(key -> assertThat(bundle.containsKey(key.replaceFirst("\\.also$", ""))).isTrue());
  }

  @Test
  void anActionMayHaveNone() {
    assertThat(Action.of("undo", () -> {
    }).also()).isEmpty();
  }
}
