package org.hopscope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hopscope.model.codec.Report;
import org.hopscope.model.codec.ReportCodec;
import org.hopscope.model.journal.Entry;
import org.hopscope.model.journal.Journal;
import org.hopscope.model.journal.Recorder;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private static final String PAIR = """
      ip netns add web
      ip netns add db
      ip link add v0 netns web type veth peer name v1 netns db
      ip -n web addr add 10.0.0.1/24 dev v0
      ip -n db addr add 10.0.0.2/24 dev v1
      ip -n web link set v0 up
      ip -n db link set v1 up
      serve db 80/tcp as shop
      """;

  @TempDir
  Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path pair;

  @BeforeEach
  void writeAScript() throws IOException {
    pair = Files.writeString(folder.resolve("pair.script"), PAIR);
  }

  private int run(String... args) {
    return typing("", args);
  }

  private int typing(String typed, String... args) {
    out.reset();
    err.reset();
    Terminal terminal = Terminal.to(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), out, err);
    int status = Main.run(List.of(args), terminal);
    terminal.flush();
    return status;
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aScriptIsRunWhateverItsLinesDo() throws IOException {
    Path script =
        Files.writeString(folder.resolve("mixed.script"), "ip link show lo\nip link del nosuch\nvirsh list\n");
    assertThat(run("run", script.toString())).isZero();
    assertThat(out()).contains("1: lo: <LOOPBACK,UP,LOWER_UP>", "[1 error:ENODEV]", "[127 unsupported]",
        "hopscope: not supported: virsh");
  }

  @Test
  void aDocumentPerScriptHasTheOraclesSchema() throws IOException {
    Path other = Files.writeString(folder.resolve("two.lab"), "ip netns add a\nip netns exec a ping 127.0.0.1\n");
    Path to = folder.resolve("out/deep");
    assertThat(run("run", pair.toString(), other.toString(), "--json", "--out", to.toString())).isZero();
    JsonObject document = JsonParser.parseString(Files.readString(to.resolve("two.json"))).getAsJsonObject();
    assertThat(document.get("schema").getAsString()).isEqualTo("netlab-oracle/1");
    assertThat(document.get("name").getAsString()).isEqualTo("two");
    JsonObject second = document.getAsJsonArray("results").get(1).getAsJsonObject();
    assertThat(second.get("line").getAsInt()).isEqualTo(2);
    assertThat(second.get("ns").getAsString()).isEqualTo("a");
    assertThat(second.get("class").getAsString()).isEqualTo("net-unreachable");
    assertThat(to.resolve("pair.json")).exists();

    assertThat(run("run", pair.toString(), other.toString(), "--json")).isZero();
    assertThat(out().lines()).hasSize(2);
  }

  @Test
  void malformedInputIsNamedWithFileAndLineAndNothingIsRun() throws IOException {
    Path lab = Files.writeString(folder.resolve("bad.lab"), "ip netns add a\nip link | cat\n");
    Path to = folder.resolve("none");
    assertThat(run("run", pair.toString(), lab.toString(), "--json", "--out", to.toString())).isEqualTo(2);
    assertThat(err()).contains(lab + ":2: column 9: no shell syntax: |");
    assertThat(to).doesNotExist();

    Path binary = Files.write(folder.resolve("binary.lab"), new byte[] {(byte) 0xff, 0, 7});
    assertThat(run("run", binary.toString())).isEqualTo(2);
    assertThat(err()).contains("binary.lab: is not UTF-8 text");
    Path zero = Files.writeString(folder.resolve("zero.lab"), "ip link\n\0\n");
    assertThat(run("run", zero.toString())).isEqualTo(2);
    assertThat(err()).contains("zero.lab:2: holds a zero byte");
    assertThat(run("run", folder.toString())).isEqualTo(2);
    assertThat(err()).contains("is a folder");
    assertThat(run("run", folder.resolve("missing.lab").toString())).isEqualTo(2);
    assertThat(err()).contains("there is no such file");
  }

  @Test
  void aTraceTellsTheStepsOfOneProbe() throws IOException {
    assertThat(run("trace", pair.toString(), "--probe", "web -> 10.0.0.2:80/tcp")).isZero();
    assertThat(out()).contains("10.0.0.0/24 dev v0", "answered by shop");
    assertThat(run("trace", pair.toString(), "--probe", "web -> db:81/tcp")).isEqualTo(1);
    assertThat(run("trace", pair.toString(), "--probe", "web -> 10.0.0.2", "--json")).isZero();
    assertThat(JsonParser.parseString(out()).getAsJsonObject().getAsJsonArray("steps")).isNotEmpty();
    Path capture = folder.resolve("x.pcapng");
    assertThat(run("trace", pair.toString(), "--probe", "web -> 10.0.0.2", "--pcapng", capture.toString())).isZero();
    assertThat(Files.size(capture)).isGreaterThan(100);
    assertThat(
        run("trace", pair.toString(), "--probe", "web -> 10.0.0.2:81/tcp", "--against", "web -> 10.0.0.2:80/tcp"))
        .isEqualTo(1);
    assertThat(out()).contains("-- here they part:");
    assertThat(run("trace", pair.toString(), "--probe", "web -> 10.0.0.2", "--against", "web -> 10.0.0.2", "--json"))
        .isZero();
    assertThat(out()).contains("hopscope-comparison/1");
    assertThat(run("matrix", pair.toString())).isEqualTo(1);
    assertThat(out()).contains("web (10.0.0.1)");
    assertThat(run("matrix", pair.toString(), "--json")).isEqualTo(1);
    assertThat(out()).contains("hopscope-matrix/1");
    assertThat(run("trace", pair.toString(), "--probe", "web => 10.0.0.2")).isEqualTo(2);
    assertThat(run("trace", pair.toString(), "--probe", "web -> 10.0.0.2", "--why")).isZero();
    assertThat(out()).contains("It works.");
    assertThat(run("trace", pair.toString(), "--probe", "web -> 10.0.0.2:81/tcp", "--why")).isEqualTo(1);
    assertThat(out()).contains("Why not:", "serve db 81/tcp");
    assertThat(run("trace", pair.toString(), "--probe", "web -> 10.0.0.2:81/tcp", "--why", "--json")).isEqualTo(1);
    assertThat(out()).contains("hopscope-why/1", "\"suggestions\"");
    assertThat(run("trace", pair.toString(), "--probe", "nobody -> 10.0.0.2")).isEqualTo(2);
  }

  @Test
  void aLessonIsCheckedByItsIdAndProvesItself() {
    assertThat(run("check", "A2")).isEqualTo(1);
    assertThat(run("check", "A2", "--json")).isEqualTo(1);
    assertThat(JsonParser.parseString(out()).getAsJsonObject().get("passed").getAsBoolean()).isFalse();
    assertThat(run("check", "no-such-lesson")).isEqualTo(2);
    assertThat(run("lesson", "test", "A2")).isZero();
    assertThat(out()).endsWith("1 lessons passed, 0 failed\n");
    assertThat(run("lesson", "lint", "--all")).isZero();
    assertThat(run("lesson", "test", "A2", "--mutants")).isZero();
    assertThat(out()).startsWith("A2: ").contains("harmful mutants caught (100.0 %)");
  }

  @Test
  void anAnswerMayBeAScriptOrASavedLab() throws IOException {
    run("convert", pair.toString(), "--to", "hop");
    Path lab = Files.writeString(folder.resolve("pair.hop"), out());
    assertThat(run("check", "A2", "--answer", lab.toString())).isEqualTo(1);
    assertThat(run("check", "A2", "--answer", pair.toString())).isEqualTo(1);
    Path damaged = Files.writeString(folder.resolve("damaged.hop"), "{{");
    assertThat(run("check", "A2", "--answer", damaged.toString())).isEqualTo(2);
  }

  @Test
  void theCommandsThatAnAheadOfTimeCacheIsMadeOfSucceed() throws IOException {
    Training.main(new String[0]);
  }

  @Test
  void aNewLessonIsOneThatProvesItself(@TempDir Path parent) {
    String folder = parent.resolve("first").toString();
    assertThat(run("lesson", "new", folder)).isZero();
    assertThat(run("lesson", "test", folder)).isZero();
    assertThat(run("lesson", "lint", folder)).isZero();
    assertThat(run("lesson", "new", folder)).isEqualTo(2);
    assertThat(err()).contains("there is something already");
  }

  @Test
  void aTourTakesTypedLinesAndTellsWhatHolds() {
    int status = typing("predict 3\nip netns exec netns1 ping -c 1 10.1.1.2\nsteps\nhint\nhelp ping\nquit\n", "tour");
    assertThat(status).isZero();
    assertThat(out()).contains("Task 1 of ", "ping: connect: Network is unreachable", "Done: ", "Task 2 of ",
        "ping [-c COUNT]", "Goodbye.");
    assertThat(typing("", "tour", "A1")).isZero();
  }

  @Test
  void aReportIsDoneAgainAndComparedLabByLab() throws IOException {
    Session session = new Session(Editor.fresh(3));
    LabState base = session.state();
    List<Entry> entries = new ArrayList<>();
    new Recorder(session, entries::add);
    PAIR.lines().forEach(line -> Shell.run(session, NetnsId.root("host"), line));
    Shell.run(session, NetnsId.root("host"), "ip netns exec web ping -c 1 10.0.0.2");
    session.undo();
    String text =
        ReportCodec.encode(Report.of(new Journal("0.9", base, entries), session.state(), Map.of("os.name", "Linux")));
    Path file = Files.writeString(folder.resolve("x.report.json"), text);
    assertThat(run("report", file.toString())).isZero();
    assertThat(out()).contains("Hopscope 0.9", "os.name Linux", "ip netns add web", "probe web -> 10.0.0.2", "undo",
        "10 of 10 entries", "identical");
    assertThat(run("report", file.toString(), "--json")).isZero();
    assertThat(JsonParser.parseString(out()).getAsJsonObject().get("identical").getAsBoolean()).isTrue();

    Path other = Files.writeString(folder.resolve("other.json"), text.replace("10.0.0.1/24 dev", "10.0.0.3/24 dev"));
    assertThat(run("report", other.toString())).isEqualTo(1);
    assertThat(out()).contains("another from entry 4 on");
    Path refused = Files.writeString(folder.resolve("refused.json"), text.replace("netns add db", "netns add web"));
    assertThat(run("report", refused.toString(), "--json")).isEqualTo(1);
    assertThat(JsonParser.parseString(out()).getAsJsonObject().get("stopped_at").getAsInt()).isEqualTo(2);
  }

  @Test
  void aReportThatIsDamagedIsNamedWithItsPlace() throws IOException {
    Path torn = Files.writeString(folder.resolve("torn.json"), "{\n  \"report\": 2,\n  \"system\": {");
    assertThat(run("report", torn.toString())).isEqualTo(2);
    assertThat(err()).contains("torn.json:3:");
    Path lab = Files.writeString(folder.resolve("lab.json"), "{\"format\": 1}");
    assertThat(run("report", lab.toString())).isEqualTo(2);
    assertThat(err()).contains("no report of a problem");
    Path newer = Files.writeString(folder.resolve("newer.json"), "{\"report\": 99}");
    assertThat(run("report", newer.toString())).isEqualTo(2);
    assertThat(err()).contains("newer version");
    assertThat(run("report")).isEqualTo(2);
    assertThat(run("report", folder.resolve("missing.json").toString())).isEqualTo(2);
  }

  @Test
  void wordsOfLaterAndFalseOptionsAreRefusedByName() {
    assertThat(run("frob")).isEqualTo(2);
    assertThat(err()).contains("not supported: frob");
    assertThat(run("run", pair.toString(), "--loud")).isEqualTo(2);
    assertThat(err()).contains("--loud");
    assertThat(run("run")).isEqualTo(2);
    assertThat(run("lesson", "new")).isEqualTo(2);
    assertThat(run("--version")).isZero();
    assertThat(run("--help")).isZero();
    assertThat(out()).contains("run SCRIPT...", "trace LAB|SCRIPT", "check LESSON|FOLDER", "report FILE");
    assertThat(run("convert", "--help")).isZero();
    assertThat(run("convert", "--helpless")).isEqualTo(2);
  }

  @Test
  void measuresAndPrintsOneLineAFigure() {
    assertThat(run("bench", "first", "--n", "3")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.split("\t")[3]))
        .containsExactly("first_s", "first_steps");
    assertThat(run("bench", "load", "--n", "2")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("R\tload\tn=2\tload_s\t");
    assertThat(run("bench", "cluster", "--nodes", "5")).isZero();
    assertThat(run("bench", "moon")).isEqualTo(2);
    assertThat(run("bench", "star", "--n", "none")).isEqualTo(2);
  }
}
