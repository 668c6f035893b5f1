package org.hopscope.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import javafx.css.CssParser;
import javafx.scene.control.Control;
import org.junit.jupiter.api.Test;

/** The toolkit's sheet keeps what a program's controls need. */
class LeanSheetTest {
  private static String whole() throws IOException {
    try (InputStream in = Control.class.getResourceAsStream("/" + LeanSheet.WHOLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int rules(String sheet) {
    return new CssParser().parse(sheet).getRules().size();
  }

  @Test
  void dropsTheRulesOfControlsThatNobodyMakes() throws IOException {
    String lean = LeanSheet.of(whole(), Set.of("Button", "ListView")::contains);
    assertThat(lean).contains(".button", ".list-view", ".scroll-bar", ".context-menu", ".root")
        .doesNotContain(".tab-pane", ".date-picker", ".spinner", ".chart", "/*");
    assertThat(rules(lean)).isBetween(80, rules(whole()) / 2);
  }

  @Test
  void keepsTheRulesOfControlsThatAreMade() throws IOException {
    String lean = LeanSheet.of(whole(), Set.of("Button", "TabPane", "TreeTableView")::contains);
    assertThat(lean).contains(".tab-pane", ".tab-header-area", ".tree-table-view", ".column-header")
        .doesNotContain(".spinner");
  }

  @Test
  void takesASelectorOutOfARuleThatOthersShare() {
    assertThat(LeanSheet.of(".button, .spinner > .arrow, .label { -fx-padding: 1; } .spinner { -fx-padding: 2; }",
        Set.of()::contains)).isEqualTo(".button, .label { -fx-padding: 1; }");
  }
}
