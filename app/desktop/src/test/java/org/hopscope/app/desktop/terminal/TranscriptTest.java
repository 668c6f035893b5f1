package org.hopscope.app.desktop.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.hopscope.app.desktop.terminal.Transcript.Line;
import org.hopscope.app.desktop.terminal.Transcript.Tone;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  @Test
  void theOldestLinesGoOnceThereAreTooMany() {
    Transcript transcript = new Transcript();
    boolean gone = transcript.add(lines(0, 7000));
    assertThat(gone).isTrue();
    assertThat(transcript.lines()).hasSize(Transcript.CAP);
    assertThat(transcript.letGo()).isEqualTo(2000);
    assertThat(transcript.lines().getFirst().text()).isEqualTo("line 2000");
  }

  @Test
  void aLongLineTakesAsManyRowsAsItNeeds() {
    Rows rows = new Rows();
    rows.wrap(List.of(Line.of("abcdefgh", Tone.OUT), Line.of("", Tone.OUT), Line.of("xyz", Tone.OUT)), 3);
    assertThat(IntStream.range(0, rows.size()).mapToObj(rows::get)).containsExactly(new Rows.Row(0, 0, 3),
        new Rows.Row(0, 3, 6), new Rows.Row(0, 6, 8), new Rows.Row(1, 0, 0), new Rows.Row(2, 0, 3));
  }

  @Test
  void onlyNewLinesAreWrapped() {
    Rows rows = new Rows();
    rows.wrap(lines(0, 2), 80);
    rows.wrap(lines(0, 3), 80);
    assertThat(rows.size()).isEqualTo(3);
  }

  @Test
  void markedTextRunsOverLinesWhicheverWayItWasMarked() {
    List<Line> lines = List.of(Line.of("one two", Tone.OUT), Line.of("three", Tone.OUT), Line.of("four", Tone.OUT));
    Marking marking = new Marking();
    marking.start(new Marking.Spot(2, 2));
    marking.extend(new Marking.Spot(0, 4));
    assertThat(marking.text(lines)).isEqualTo("two\nthree\nfo");
  }

  @Test
  void aDoubleClickMarksAWord() {
    List<Line> lines = List.of(Line.of("inet 10.1.1.2/24 scope", Tone.OUT));
    Marking marking = new Marking();
    marking.word(new Marking.Spot(0, 8), lines.getFirst().text());
    assertThat(marking.text(lines)).isEqualTo("10.1.1.2/24");
  }

  @Test
  void aMarkBehindTheLastLineIsNothing() {
    Marking marking = new Marking();
    marking.start(new Marking.Spot(1, 0));
    assertThat(marking.text(List.of(Line.of("only", Tone.OUT)))).isEmpty();
  }

  private static List<Line> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> Line.of("line " + i, Tone.OUT)).toList();
  }
}
