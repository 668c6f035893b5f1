package org.hopscope.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WallsTest {
  private static JavaClasses house;

  @BeforeAll
  static void importTheHouse() {
    house = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("org.hopscope");
  }

  @ParameterizedTest
  @EnumSource
  void theHouseKeepsTheWall(Walls wall) {
    wall.rule.check(house);
  }

  /** A rule nobody has seen fail proves nothing: package {@code broken.NAME_OF_THE_WALL} of some room breaks each. */
  @ParameterizedTest
  @EnumSource
  void theFixtureWhichBreaksTheWallIsCaught(Walls wall) {
    String fixture = "broken." + wall.name().toLowerCase(Locale.ROOT);
    var broken = new ClassFileImporter().importPackages(
        "org.hopscope.model." + fixture, "org.hopscope.lessons." + fixture, "org.hopscope.assets." + fixture,
        "org.hopscope.app.cli." + fixture, "org.hopscope.app.desktop." + fixture);

    var result = wall.rule.evaluate(broken);

    var culprits = broken.stream().map(JavaClass::getName)
        .filter(name -> name.contains(".Breaks") && !name.contains("$")).toList();
    assertThat(culprits).as("fixture for " + wall).isNotEmpty();
    assertThat(String.join("\n", result.getFailureReport().getDetails())).contains(culprits);
  }

  @Test
  void everyRoomIsSeen() {
    assertThat(house.stream().map(type -> type.getPackageName().split("\\.")[2])).contains("model", "lessons", "assets",
        "app");
  }
}
