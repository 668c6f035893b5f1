package org.hopscope.lessons.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScriptTest {
  private static final String TEXT = """
      # made by hand
      ip netns add x
      #!task one
      #!predict p yes

        ip link  # trailing remarks are the shell's business
      #!task two
      ping -c 1 127.0.0.1
      """;

  @Test
  void keepsCommandsAndMarksWithTheirLines() {
    Script script = read(TEXT);
    assertThat(script.lines()).containsExactly(new Script.Line.Command(2, "ip netns add x"),
        new Script.Line.Begin(3, "one"), new Script.Line.Predict(4, "p", "yes"),
        new Script.Line.Command(6, "ip link  # trailing remarks are the shell's business"),
        new Script.Line.Begin(7, "two"), new Script.Line.Command(8, "ping -c 1 127.0.0.1"));
  }

  @Test
  void isDividedByTask() {
    Script script = read(TEXT);
    assertThat(script.before("two").commands()).hasSize(2);
    assertThat(script.part("two").commands()).containsExactly("ping -c 1 127.0.0.1");
    assertThat(script.part("one").lines()).hasSize(2);
    assertThat(script.part("three").lines()).isEmpty();
    assertThat(script.before("three").lines()).hasSameSizeAs(script.lines());
  }

  @Test
  void refusesAMarkItDoesNotKnow() {
    assertThat(Script.read("ip link\n#!predict only-one\n")).isEqualTo(new Script.Read.Malformed(2,
        "a mark is \"#!task ID\", \"#!predict ID OPTION\" or \"#!answer ID WORD...\": #!predict only-one"));
    assertThat(Script.read("#!lab ipv6=on")).isInstanceOf(Script.Read.Malformed.class);
  }

  private static Script read(String text) {
    return ((Script.Read.Ok) Script.read(text)).script();
  }
}
