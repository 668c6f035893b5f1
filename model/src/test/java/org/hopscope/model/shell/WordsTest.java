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
  void aCommentBeginsInTheMiddleOfAWordToo() {
    assertThat(words("ip link # show | more")).containsExactly("ip", "link");
    assertThat(words("a#b")).containsExactly("a");
    assertThat(words("#!lab ipv6=on")).isEmpty();
  }

  @Test
  void shellSyntaxIsNamedWithItsColumn() {
    assertThat(Words.split("ip link | cat")).isEqualTo(new Words.Split.Syntax(9, "|"));
    assertThat(Words.split("a && b")).isEqualTo(new Words.Split.Syntax(3, "&&"));
    assertThat(Words.split("a > f")).isEqualTo(new Words.Split.Syntax(3, ">"));
    assertThat(Words.split("echo $HOME")).isEqualTo(new Words.Split.Syntax(6, "$"));
    assertThat(words("probe a -> b '|'")).containsExactly("probe", "a", "->", "b", "|");
  }

  @Test
  void whatIsNotFinishedIsMalformed() {
    assertThat(Words.split("ping \"a")).isEqualTo(new Words.Split.Unfinished(6, "no closing \""));
    assertThat(Words.split("x\\")).isEqualTo(new Words.Split.Unfinished(2, "nothing behind the backslash"));
  }

  private static List<String> words(String line) {
    return switch (Words.split(line)) {
      case Words.Split.Fine(List<Words.Word> words) -> words.stream().map(Words.Word::text).toList();
      case Words.Split.Unfinished unfinished -> throw new AssertionError(unfinished);
      case Words.Split.Syntax syntax -> throw new AssertionError(syntax);
    };
  }
}
