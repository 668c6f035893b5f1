package org.hopscope.model.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FaultsTest {
  @Test
  void everyKindOfFaultLiesInOneArea() {
    List<String> kinds = Arrays.stream(Area.values()).flatMap(a -> a.kinds().stream()).toList();
    assertThat(kinds).doesNotHaveDuplicates();
    TreeSet<String> made = new TreeSet<>();
    for (GeneratedLab.Shape shape : GeneratedLab.Shape.values()) {
      made.addAll(new Faults(new GeneratedLab(shape, 1).lab(), 1).kinds());
    }
    assertThat(kinds).containsAll(made);
    assertThat(made).hasSizeGreaterThan(60);
  }

  @Test
  void theSameSeedBreaksTheSameThing() {
    Optional<Fault> once = fault();
    assertThat(once).isPresent().isEqualTo(fault());
    assertThat(once.get().after()).isNotEqualTo(new GeneratedLab(GeneratedLab.Shape.ROUTER, 3).lab());
    assertThat(once.get().area()).isEqualTo(Area.LINKS);
  }

  private static Optional<Fault> fault() {
    return new Faults(new GeneratedLab(GeneratedLab.Shape.ROUTER, 3).lab(), 5).of("link-down");
  }
}
