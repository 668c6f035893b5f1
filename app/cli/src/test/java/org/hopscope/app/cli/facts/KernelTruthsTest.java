package org.hopscope.app.cli.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hopscope.app.cli.codec.JsonText;
import org.hopscope.model.shell.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model says of every recorded case what the kernel said, line by line. */
class KernelTruthsTest {
  private static final Path ORACLE = Path.of("..", "..", "model", "src", "test", "oracle");
  private static final int AT_LEAST = 521;

  static Stream<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(ORACLE.resolve("cases"))) {
      return files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".lab"))
          .map(f -> f.substring(0, f.length() - 4)).sorted().toList().stream();
    }
  }

  @Test
  void everyCaseHasATruthAndNoneWasLost() throws IOException {
    List<String> cases = cases().toList();
    assertThat(cases).hasSizeGreaterThanOrEqualTo(AT_LEAST);
    assertThat(cases).allMatch(name -> Files.exists(ORACLE.resolve("truth").resolve(name + ".json")));
    assertThat(cases).containsAll(later().keySet());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theModelAgreesWithTheKernel(String name) throws IOException {
    JsonArray kernel = read(ORACLE.resolve("truth").resolve(name + ".json")).getAsJsonArray("results");
    JsonArray model = model(name).getAsJsonArray("results");
    Map<Integer, String> later = new TreeMap<>(later().getOrDefault(name, Map.of()));

    List<String> differences = new ArrayList<>();
    assertThat(model).as("one result a command").hasSameSizeAs(kernel);
    for (int i = 0; i < kernel.size(); i++) {
      JsonObject truth = kernel.get(i).getAsJsonObject();
      JsonObject ours = model.get(i).getAsJsonObject();
      int line = truth.get("line").getAsInt();
      List<String> found = Agreement.differences(truth, ours);
      String word = later.remove(line);
      boolean unsupported = word != null && !word.equals("-");
      if (unsupported && !ours.get("err").toString().contains("hopscope: not supported: " + word)) {
        differences.add(line + ": should be refused by the word " + word + ": " + ours);
      }
      if (word == null && !found.isEmpty()) {
        differences.add(line + ": " + truth.get("cmd").getAsString() + "\n  " + String.join("\n  ", found));
      }
      if (word != null && found.isEmpty()) {
        differences.add(line + ": agrees by now; strike it from later.tsv");
      }
    }
    assertThat(differences).isEmpty();
    assertThat(later).as("lines of later.tsv that the case does not have").isEmpty();
  }

  private static JsonObject model(String name) throws IOException {
    String text = Files.readString(ORACLE.resolve("cases").resolve(name + ".lab"));
    Script script = ((Script.Read.Ok) Script.parse(text, Script.Kind.LAB)).script();
    String json = JsonText.oneLine(ScriptRun.document(name, script, ScriptRun.of(script), "test"));
    return JsonParser.parseString(json).getAsJsonObject();
  }

  private static JsonObject read(Path file) throws IOException {
    JsonElement document = JsonParser.parseString(Files.readString(file));
    assertThat(document.getAsJsonObject().get("schema").getAsString()).isEqualTo(ScriptRun.SCHEMA);
    return document.getAsJsonObject();
  }

  /** By case and line: the word that is not supported there, or "-" for what follows from one above. */
  private static Map<String, Map<Integer, String>> later() {
    try (Stream<String> lines = Files.lines(ORACLE.resolve("later.tsv"))) {
      Map<String, Map<Integer, String>> later = new TreeMap<>();
      lines.filter(l -> !l.startsWith("#") && !l.isBlank()).map(l -> l.split("\t"))
          .forEach(f -> later.computeIfAbsent(f[0], _ -> new TreeMap<>()).put(Integer.valueOf(f[1]), f[2]));
      return later;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
