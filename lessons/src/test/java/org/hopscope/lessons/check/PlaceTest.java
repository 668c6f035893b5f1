package org.hopscope.lessons.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.ItemKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcollections.TreePMap;

class PlaceTest {
  private static final LabState LAB = Editor.fresh(7);
  private static final NetnsId ROOT = LAB.firstHost().root();

  @ParameterizedTest
  @ValueSource(strings = {"netns1", "h2/netns1", "@host", "@h2"})
  void isWrittenAsItIsRead(String text) {
    assertThat(Place.of(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@", "/x", "a/", "a/b/c", "two words", "@h/x", "a:b"})
  void refusesWhatNamesNoNamespace(String text) {
    assertThat(Place.parse(text)).isEmpty();
  }

  @Test
  void standsForTheFirstHostUnlessItNamesOne() {
    assertThat(Place.of("@host").find(LAB)).contains(ROOT);
    assertThat(Place.of("@" + ROOT.host()).find(LAB)).contains(ROOT);
    assertThat(Place.of("nowhere").find(LAB)).isEmpty();
    assertThat(Place.of("@elsewhere").find(LAB)).isEmpty();
    assertThat(Place.of(LAB, ROOT)).hasToString("@host").extracting(Place::spoken).isEqualTo("host");
  }

  @Test
  void findsNothingInALabWithoutHosts() {
    LabState torn = LabState.bare(1, TreePMap.empty());
    assertThat(Place.of("@host").find(torn)).isEmpty();
    assertThat(Place.of("netns1").find(torn)).isEmpty();
  }

  @Test
  void namesThingsAsTheCanvasKnowsThem() {
    assertThat(ThingName.parse("@host").flatMap(t -> t.key(LAB))).contains(new ItemKey("host", ROOT.host()));
    int lo = LAB.devicesOf(ROOT).getFirst().id().number();
    assertThat(ThingName.parse("@host:lo").flatMap(t -> t.key(LAB)))
        .contains(new ItemKey("device", String.valueOf(lo)));
    assertThat(ThingName.parse("@host:eth9").flatMap(t -> t.key(LAB))).isEqualTo(Optional.empty());
    assertThat(ThingName.parse("netns1:a-name-of-16-chars")).isEmpty();
  }
}
