package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void quotesAndBackslashesJoinAndEscape() {
    assertThat(words("a 'b c' \"d \\\" e\" f\\ g 'h'i\"\"")).containsExactly("a", "b c", "d \" e", "f g", "hi");
    assertThat(words("''")).containsExactly("");
    assertThat(words("  ")).isEmpty();
  }

  @Test
  void aCommentBeginsWhereAWordCould() {
    assertThat(words("ip link # show | more")).containsExactly("ip", "link");
    assertThat(words("a#b")).containsExactly("a#b");
    assertThat(Words.split("a#b", true)).isEqualTo(new Words.Split.Fine(List.of(new Words.Word("a", 1))));
    assertThat(words("#!lab ipv6=on")).isEmpty();
  }

  @Test
  void shellSyntaxIsNamedWithItsColumn() {
    assertThat(Words.split("ip link | cat", false)).isEqualTo(new Words.Split.Syntax(9, "|"));
    assertThat(Words.split("a && b", false)).isEqualTo(new Words.Split.Syntax(3, "&&"));
    assertThat(Words.split("a > f", false)).isEqualTo(new Words.Split.Syntax(3, ">"));
    assertThat(Words.split("echo $HOME", false)).isEqualTo(new Words.Split.Syntax(6, "$"));
    assertThat(words("probe a -> b '|'")).containsExactly("probe", "a", "->", "b", "|");
  }

  @Test
  void whatIsNotFinishedIsMalformed() {
    assertThat(Words.split("ping \"a", false)).isEqualTo(new Words.Split.Unfinished(6, "no closing \""));
    assertThat(Words.split("x\\", false)).isEqualTo(new Words.Split.Unfinished(2, "nothing behind the backslash"));
  }

  @Test
  void aQuotedWordIsReadAsItWas() {
    for (String text : List.of("plain", "", "two words", "it's", "a|b", "#x", "\\", "\"", "ü")) {
      assertThat(words(Words.quote(text))).containsExactly(text);
    }
  }

  private static List<String> words(String line) {
    return switch (Words.split(line, false)) {
      case Words.Split.Fine(List<Words.Word> words) -> words.stream().map(Words.Word::text).toList();
      case Words.Split.Unfinished unfinished -> throw new AssertionError(unfinished);
      case Words.Split.Syntax syntax -> throw new AssertionError(syntax);
    };
  }
}
