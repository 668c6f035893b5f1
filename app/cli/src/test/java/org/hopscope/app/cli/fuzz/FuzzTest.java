package org.hopscope.app.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hopscope.model.shell.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random labs: the same from the same seed, fit for both sides, and compared so that a wrong answer cannot pass. */
class FuzzTest {
  private static final Path ORACLE = Path.of("..", "..", "model", "src", "test", "oracle");
  private static final String CASE = "veth-carrier-follows-peer";

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource
  void aSeedGivesOneScriptThatBothSidesCanRead(Theme theme) {
    String script = RandomScript.of(theme, 7);
    assertThat(RandomScript.of(theme, 7)).isEqualTo(script);
    assertThat(RandomScript.of(theme, 8)).isNotEqualTo(script);
    assertThat(Script.parse(script, Script.Kind.LAB)).isInstanceOf(Script.Read.Ok.class);
    assertThat(script.lines()).hasSizeGreaterThan(10).last().isEqualTo("dump links routes neigh fdb");
  }

  @Test
  void aSeedTellsOneScenarioThatBothSidesCanRead() {
    for (long seed = 1; seed <= 20; seed++) {
      String script = TaughtScript.of(seed);
      assertThat(TaughtScript.of(seed)).isEqualTo(script);
      assertThat(Script.parse(script, Script.Kind.LAB)).isInstanceOf(Script.Read.Ok.class);
      assertThat(script.lines()).hasSizeGreaterThan(8).last().isEqualTo("dump links routes neigh fdb");
    }
  }

  @Test
  void aSeedMakesOneLabOfAStrangersThatBothSidesCanRead() {
    for (String grammar : List.of("stranger.txt", "guards.txt")) {
      for (long seed = 1; seed <= 20; seed++) {
        String script = StrangerScript.of(grammar, seed);
        assertThat(StrangerScript.of(grammar, seed)).isEqualTo(script);
        assertThat(Script.parse(script, Script.Kind.LAB)).isInstanceOf(Script.Read.Ok.class);
        assertThat(script.lines()).hasSizeGreaterThan(8).last().isEqualTo("dump links routes neigh fdb");
      }
    }
  }

  @Test
  void aSeedSpoilsACaseInOneWayThatBothSidesCanRead() {
    MutatedCase cases = new MutatedCase(ORACLE.resolve("cases"));
    for (long seed = 1; seed <= 5; seed++) {
      String script = cases.script(seed);
      assertThat(cases.script(seed)).isEqualTo(script);
      assertThat(cases.script(seed + 10)).isNotEqualTo(script);
      assertThat(Script.parse(script, Script.Kind.LAB)).isInstanceOf(Script.Read.Ok.class);
    }
  }

  private static JsonArray truth() throws IOException {
    return JsonParser.parseString(Files.readString(ORACLE.resolve("truth").resolve(CASE + ".json"))).getAsJsonObject()
        .getAsJsonArray("results");
  }

  private static JsonArray model() throws IOException {
    return Contest.model(Files.readString(ORACLE.resolve("cases").resolve(CASE + ".lab"))).orElseThrow();
  }

  @Test
  void theModelAsItIsAgreesWithATruth() throws IOException {
    Verdict verdict = Verdict.of(truth(), model());
    assertThat(verdict.first()).isEmpty();
    assertThat(verdict.lines()).isEqualTo(truth().size());
  }

  /** The negative control: each kind of planted fault is found, at its line. */
  @Test
  void aPlantedFaultIsFound() throws IOException {
    List<Consumer<JsonObject>> faults =
        List.of(r -> r.addProperty("rc", 1), r -> r.addProperty("class", "error:EINVAL"),
            r -> r.getAsJsonObject("facts").getAsJsonArray("links").remove(0),
            r -> r.getAsJsonObject("facts").getAsJsonArray("links").get(0).getAsJsonObject().addProperty("mtu", 1499),
            r -> r.add("facts", null));
    for (Consumer<JsonObject> fault : faults) {
      JsonArray model = model();
      int at = shows(model);
      fault.accept(model.get(at).getAsJsonObject());
      assertThat(Verdict.of(truth(), model).first().map(Verdict.Difference::line))
          .contains(model.get(at).getAsJsonObject().get("line").getAsInt());
      assertThat(Verdict.of(model, truth()).first()).as("the other way round").isPresent();
    }
  }

  private static int shows(JsonArray results) {
    for (int i = 0; i < results.size(); i++) {
      JsonObject result = results.get(i).getAsJsonObject();
      if (result.get("facts") instanceof JsonObject facts && facts.has("links")) {
        return i;
      }
    }
    throw new AssertionError("no line that shows links");
  }

  /** A quick round against this machine's kernel; {@code -Dfuzz.labs=0} leaves it out. */
  @Test
  void aQuickRoundAgreesWithTheKernel() throws Exception {
    int labs = Integer.getInteger("fuzz.labs", 0);
    assumeTrue(labs > 0, "quick round against the kernel left out: fuzz.labs is 0 (-Pfast)");
    Optional<String> missing = new Kernel(ORACLE, folder).missing();
    assumeTrue(missing.isEmpty(), () -> "quick round against the kernel left out: " + missing.orElseThrow());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int status = new Fuzz(new PrintStream(said, true, StandardCharsets.UTF_8)).run("--seed", "22", "--labs",
        Integer.toString(labs), "--jobs", "4", "--oracle", ORACLE.toString(), "--out", folder.toString());
    assertThat(status).as(said.toString(StandardCharsets.UTF_8)).isZero();
  }
}
