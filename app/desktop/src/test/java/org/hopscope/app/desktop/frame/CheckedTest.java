package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the status bar says is what the recorded truths say; KernelTruthsTest holds the model to them line by line. */
class CheckedTest {
  private static final Path MODEL = Path.of("..", "..", "model");
  private static final Path ORACLE = MODEL.resolve("src/test/oracle");

  @Test
  void theFigureIsWhatTheTruthsSay() throws IOException {
    Map<String, Integer> waiting = new HashMap<>();
    Files.readAllLines(ORACLE.resolve("later.tsv")).stream().filter(l -> !l.startsWith("#") && !l.isBlank())
        .forEach(l -> waiting.merge(l.substring(0, l.indexOf('\t')), 1, Integer::sum));
    TreeSet<String> releases = new TreeSet<>();
    int cases = 0;
    int whole = 0;
    int lines = 0;
    int agree = 0;
    List<Path> truths;
    try (Stream<Path> files = Files.list(ORACLE.resolve("truth"))) {
      truths = files.toList();
    }
    for (Path truth : truths) {
      JsonObject document = JsonParser.parseString(Files.readString(truth)).getAsJsonObject();
      int waits = waiting.getOrDefault(document.get("name").getAsString(), 0);
      int results = document.getAsJsonArray("results").size();
      releases.add(document.getAsJsonObject("engine").get("release").getAsString());
      cases++;
      whole += waits == 0 ? 1 : 0;
      lines += results;
      agree += results - waits;
    }
    assertThat(Checked.read()).as("count anew: mvn generate-resources -pl app/desktop")
        .hasValue(new Checked(String.join(", ", releases), cases, whole, lines, agree));
    assertThat(Checked.read().orElseThrow().kernel()).matches("\\d+\\.\\d+(, \\d+\\.\\d+)*");
  }

  @Test
  void everyKnownDifferenceIsListed() throws IOException {
    long rows = Files.readAllLines(MODEL.resolve("KNOWN_DIFFERENCES.md")).stream().filter(l -> l.startsWith("| kd-"))
        .count();
    assertThat(Checked.differences()).hasSize((int) rows).allMatch(d -> !d.what().isBlank() && !d.why().isBlank());
  }
}
