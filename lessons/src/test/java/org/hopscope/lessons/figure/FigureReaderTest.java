package org.hopscope.lessons.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureReaderTest {
  private static Figure.Read read(String inside) {
    return FigureReader
        .read("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 296 80\">\n" + inside + "\n</svg>");
  }

  @Test
  void readsItsFewShapes() {
    Figure.Read read = read("""
        <title>A box and a word</title>
        <g><rect class="netns" x="1" y="2.5" width="30" height="20" rx="4"/></g>
        <line class="cable" x1="1" y1="2" x2="3" y2="4"/><circle class="lit" cx="5" cy="6" r="7"/>
        <path class="head" d="M 1 2 l -7 -4 v 8 z"/>
        <text class="mono" x="9" y="8" text-anchor="middle">eth0 &amp; lo</text>""");
    assertThat(read).isInstanceOfSatisfying(Figure.Read.Ok.class, ok -> {
      assertThat(ok.figure().width()).isEqualTo(296);
      assertThat(ok.figure().parts().stream().map(Figure.Part::shape)).containsExactly(
          new Figure.Shape.Box(1, 2.5, 30, 20, 4, Look.NETNS),
          new Figure.Shape.Line(1, 2, 3, 4, Look.CABLE), new Figure.Shape.Circle(5, 6, 7, Look.LIT),
          new Figure.Shape.Path("M 1 2 l -7 -4 v 8 z", Look.HEAD),
          new Figure.Shape.Words(9, 8, Figure.Anchor.MIDDLE, "eth0 & lo", Look.MONO));
    });
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"<script>x</script>|a script", "<image href='x.png'/>|a image",
      "<rect class='netns' style='fill:red'/>|\"style\" of rect", "<rect class='netns' fill='red'/>|\"fill\" of rect",
      "<rect class='crimson'/>|class \"crimson\"", "<rect/>|class \"\"", "<rect class='lit' x='1e9'/>|\"1e9\"",
      "<text class='say' text-anchor='left'>x</text>|text-anchor", "<path class='way' d='url(#x)'/>|a path",
      "<rect class='lit'|this is no XML", "<rect class='lit' at='two things:x:y:z/'/>|at \"two things:x:y:z/\"",
      "<rect class='lit' asks='fib'/>|asks \"fib\"", "<g at='a'/>|\"at\" of g"})
  void refusesEverythingElseWithItsLine(String inside, String reason) {
    assertThat(read("\n" + inside)).isInstanceOfSatisfying(Figure.Read.Malformed.class, malformed -> {
      assertThat(malformed.reason()).contains(reason);
      assertThat(malformed.line()).isGreaterThan(1);
    });
  }

  @Test
  void fetchesNothingAndExpandsNothing() {
    String bomb = "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>\n<svg viewBox=\"0 0 9 9\">"
        + "<text class=\"say\">&a;</text></svg>";
    assertThat(FigureReader.read(bomb)).isInstanceOf(Figure.Read.Malformed.class);
    assertThat(FigureReader.read("<svg/>")).isInstanceOf(Figure.Read.Malformed.class);
  }
}
