package org.hopscope.lessons.prose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.lessons.prose.Prose.Block;
import org.hopscope.lessons.prose.Prose.Inline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentReaderTest {
  @Test
  void dividesSentencesByTheirHeadings() {
    Document document = read("Before.\n\n## one\n\nFirst.\n\n### Hint\n\nTry.\n\n## two\n");
    assertThat(document.intro().plain()).isEqualTo("Before.");
    assertThat(document.sections()).extracting(Document.Section::title).containsExactly("one", "Hint", "two");
    assertThat(document.sections()).extracting(Document.Section::line).containsExactly(3, 7, 11);
    assertThat(document.sections()).extracting(s -> s.prose().plain()).containsExactly("First.", "Try.", "");
  }

  @Test
  void joinsLinesOfAParagraphAndReadsWhatRunsAlong() {
    Prose prose = read("A *soft* **hard** `ip link`\n[plug](thing:netns1:veth1), [next](lesson:A3).").intro();
    assertThat(prose.blocks()).containsExactly(new Block.Paragraph(List.of(new Inline.Text("A "),
        new Inline.Emphasis(List.of(new Inline.Text("soft"))), new Inline.Text(" "),
        new Inline.Strong(List.of(new Inline.Text("hard"))), new Inline.Text(" "), new Inline.Code("ip link"),
        new Inline.Text(" "), new Inline.Thing(ThingName.OfDevice.of("netns1:veth1"), "plug"), new Inline.Text(", "),
        new Inline.LessonLink("A3", "next"), new Inline.Text("."))));
    assertThat(prose.words()).isEqualTo(7);
  }

  @Test
  void readsAQuoteAsABoxHeadedByItsStrongWords() {
    Prose prose = read("> **What you may have read**\n> It is so.\n>\n> It is not.").intro();
    assertThat(prose.blocks()).singleElement().isInstanceOfSatisfying(Block.Aside.class, aside -> {
      assertThat(aside.title()).isEqualTo(Optional.of("What you may have read"));
      assertThat(aside.body().plain()).isEqualTo("It is so.\nIt is not.");
    });
  }

  @Test
  void keepsListsAndCodeBlocks() {
    Prose prose = read("1. one\n2. two\n\n```sh\nip link\n```\n").intro();
    assertThat(prose.blocks().getFirst()).isInstanceOfSatisfying(Block.Items.class, items -> {
      assertThat(items.ordered()).isTrue();
      assertThat(items.items()).extracting(Prose::plain).containsExactly("one", "two");
    });
    assertThat(prose.blocks().getLast()).isEqualTo(new Block.CodeBlock("sh", "ip link"));
    assertThat(prose.words()).as("code is not counted").isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"![a](b.png)|b.png, line 1: there are no figures here",
      "See ![a](b.png)|a Image", "![](b.svg)|without words", "# top|a heading of level 1",
      "<b>x</b>|a HtmlInline", "[x](https://example.org)|links begin with thing: or lesson:",
      "[x](thing:a/b/c)|names no thing", "***|a ThematicBreak"})
  void refusesWhatLessonsDoNotUseWithItsLine(String markdown, String reason) {
    Document.Read read = DocumentReader.read("Fine.\n\n" + markdown + "\n");
    assertThat(read).isInstanceOfSatisfying(Document.Read.Malformed.class, malformed -> {
      assertThat(malformed.reason()).contains(reason);
      assertThat(malformed.line()).isEqualTo(3);
    });
  }

  private static Document read(String markdown) {
    return ((Document.Read.Ok) DocumentReader.read(markdown)).document();
  }
}
