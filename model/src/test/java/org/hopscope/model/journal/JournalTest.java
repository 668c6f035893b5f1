package org.hopscope.model.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.codec.JournalCodec;
import org.hopscope.model.codec.JournalFile;
import org.hopscope.model.codec.Report;
import org.hopscope.model.codec.ReportCodec;
import org.hopscope.model.lab.Deed;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.EditWalk;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalTest {
  private static final int STEPS = 60;
  @TempDir
  private Path folder;

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  /** A session in which edits, probes, undos and redos happen as they come. */
  private static final class Player {
    private final EditWalk walk;
    private final Session session;

    Player(long seed) {
      walk = new EditWalk(seed);
      session = new Session(Editor.fresh(seed));
    }

    void step() {
      if (walk.chance(8)) {
        session.undo();
      } else if (walk.chance(8)) {
        session.redo();
      } else if (walk.chance(8)) {
        send();
      } else if (walk.chance(60)) {
        session.replace(Editor.fresh(5));
      } else if (walk.chance(20)) {
        session.by(Hand.LESSON).apply(new Edit.Restore("where it began", Editor.fresh(6)));
      } else {
        session.by(walk.one(List.of(Hand.values()))).apply(walk.next(session.state()));
      }
    }

    private void send() {
      NetnsId from = walk.one(List.copyOf(session.state().netns().keySet()));
      Probe probe = Probe.ping(from, IpAddress.of(walk.one(List.of("10.0.0.1", "10.0.0.2", "10.0.1.1", "127.0.0.1"))));
      Trace trace = Simulator.run(session.state(), probe);
      session.commit(probe, trace.finish().learned(), trace.end());
    }
  }

  private static Journal read(String text) {
    assertThat(JournalCodec.read(text)).isInstanceOf(JournalCodec.Read.Ok.class);
    JournalCodec.Read.Ok ok = (JournalCodec.Read.Ok) JournalCodec.read(text);
    assertThat(ok.problem()).isEmpty();
    return ok.journal();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void killedAtAnyByteEverythingBeforeComesBack(long seed) {
    Player player = new Player(seed);
    List<LabState> states = new ArrayList<>(List.of(player.session.state()));
    StringBuilder text = new StringBuilder(JournalCodec.header("1.2.3", player.session.state()));
    new Recorder(player.session, e -> {
      text.append(JournalCodec.line(e));
      states.add(player.session.state());
    });
    for (int i = 0; i < STEPS; i++) {
      player.step();
    }
    Replay whole = Replay.of(read(text.toString()));
    assertThat(whole.problem()).isEmpty();
    assertThat(whole.session().state()).isEqualTo(player.session.state());

    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    int header = JournalCodec.header("1.2.3", states.getFirst()).getBytes(StandardCharsets.UTF_8).length;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 3; i++) {
      int end = random.nextInt(header, bytes.length + 1);
      String torn = new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8);
      Journal journal = read(torn);
      Replay replay = Replay.of(journal);
      assertThat(replay.problem()).isEmpty();
      assertThat(replay.session().state()).isEqualTo(states.get(journal.entries().size()));
      assertThat(journal.entries().size())
          .isGreaterThanOrEqualTo((int) torn.chars().filter(c -> c == '\n').count() - 1);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theHistoryComesBackWithTheLab(long seed) {
    Player player = new Player(seed);
    LabState base = player.session.state();
    List<Entry> entries = new ArrayList<>();
    new Recorder(player.session, entries::add);
    for (int i = 0; i < STEPS; i++) {
      player.step();
    }
    Session again = Replay.of(new Journal("1.2.3", base, entries)).session();
    assertThat(again.history().stream().map(Deed::hand)).containsExactlyElementsOf(
        player.session.history().stream().map(Deed::hand).toList());
    do {
      assertThat(again.state()).isEqualTo(player.session.state());
      assertThat(again.undone()).isEqualTo(player.session.undone());
    } while (again.undo().isPresent() & player.session.undo().isPresent());
    do {
      assertThat(again.state()).isEqualTo(player.session.state());
      assertThat(again.history().size()).isEqualTo(player.session.history().size());
    } while (again.redo().isPresent() & player.session.redo().isPresent());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nearlyEverythingIsWrittenAsCommands(long seed) {
    Player player = new Player(seed);
    List<String> labs = new ArrayList<>();
    new Recorder(player.session, e -> {
      if (e instanceof Entry.Edited(var parts, var _) && parts.getFirst() instanceof Entry.Part.Restored) {
        labs.add(e.toString());
      }
    });
    EditWalk walk = new EditWalk(seed);
    for (int i = 0; i < STEPS; i++) {
      player.session.apply(walk.next(player.session.state()));
    }
    assertThat(labs).hasSizeLessThan(3);
  }

  @Test
  void undoBeyondTheBeginningOfAJournalIsWrittenAsTheLabItself() {
    Session session = new Session(Editor.fresh(1));
    session.apply(new Edit.AddNetns(new NetnsId("host", "a")));
    List<Entry> entries = new ArrayList<>();
    Recorder recorder = new Recorder(session, entries::add);
    recorder.begin();
    LabState base = session.state();
    session.undo();
    assertThat(Replay.of(new Journal("1", base, entries)).session().state()).isEqualTo(session.state());
  }

  @Test
  void aJournalOnDiskIsReadBackWhileItIsWritten() throws IOException {
    Player player = new Player(3);
    Path file = folder.resolve("journal").resolve("open.journal");
    try (JournalFile journal = JournalFile.begin(file, "1.2.3", player.session.state())) {
      new Recorder(player.session, e -> add(journal, e));
      for (int i = 0; i < STEPS; i++) {
        player.step();
      }
      Replay replay = Replay.of(((JournalCodec.Read.Ok) JournalFile.read(file)).journal());
      assertThat(replay.session().state()).isEqualTo(player.session.state());
      assertThat(replay.session().canUndo()).isEqualTo(player.session.canUndo());
    }
    Files.writeString(file, "{\"edit\": [{\"comm", StandardOpenOption.APPEND);
    assertThat(((JournalCodec.Read.Ok) JournalFile.read(file)).problem()).isEmpty();
  }

  private static void add(JournalFile journal, Entry entry) {
    try {
      journal.add(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLineInTheMiddleThatCannotBeReadStopsThereAndSaysSo() {
    String text = JournalCodec.header("1", Editor.fresh(1)) + JournalCodec.line(new Entry.Undone()) + "{\"what\": 1}\n"
        + JournalCodec.line(new Entry.Redone());
    assertThat(JournalCodec.read(text)).isInstanceOfSatisfying(JournalCodec.Read.Ok.class, ok -> {
      assertThat(ok.journal().entries()).containsExactly(new Entry.Undone());
      assertThat(ok.problem()).map(JournalCodec.Read.Malformed::line).contains(3);
    });
    assertThat(JournalCodec.read("")).isInstanceOf(JournalCodec.Read.Malformed.class);
    assertThat(JournalCodec.read("{\"journal\": 9}")).isInstanceOfSatisfying(JournalCodec.Read.Malformed.class,
        m -> assertThat(m.reason()).contains("newer version"));
  }

  @Test
  void aCommandThatIsRefusedStopsTheReplayWithItsWords() {
    Journal journal = new Journal("1", Editor.fresh(1),
        List.of(new Entry.Edited(List.of(new Entry.Part.Command("ip link del nope")), Hand.TYPED), new Entry.Undone()));
    Replay replay = Replay.of(journal);
    assertThat(replay.done()).isZero();
    assertThat(replay.problem()).hasValueSatisfying(p -> assertThat(p).contains("ip link del nope"));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aReportReplaysTheRunAndNamesNobody(long seed) {
    Player player = new Player(seed);
    LabState base = player.session.state();
    List<Entry> entries = new ArrayList<>();
    new Recorder(player.session, entries::add);
    for (int i = 0; i < STEPS; i++) {
      player.step();
    }
    Map<String, String> properties = new HashMap<>(Map.of("user.home", "/people/somebody", "user.name", "somebody",
        "java.version", "25", "os.name", "Linux", "java.class.path", "/people/somebody/x.jar"));
    Report report = Report.of(new Journal("1.2.3", base, entries), player.session.state(), properties);
    String text = ReportCodec.encode(report);
    assertThat(text).doesNotContain("somebody");
    assertThat(report.system()).containsOnlyKeys("java.version", "os.name");
    assertThat(ReportCodec.decode(text)).isEqualTo(new ReportCodec.Read.Ok(report));
    assertThat(report.rerun().verdict()).isEqualTo(new Report.Verdict.Identical());
    assertThat(report.rerun().replay().session().state()).isEqualTo(player.session.state());
    assertThat(ReportCodec.decode(text.substring(5))).isInstanceOf(ReportCodec.Read.Malformed.class);
  }

  @Test
  void aRunThatGoesElsewhereIsToldWithTheEntryWhereItDoes() {
    Session session = new Session(Editor.fresh(1));
    LabState base = session.state();
    List<Entry> entries = new ArrayList<>();
    new Recorder(session, entries::add);
    for (String name : List.of("a", "b", "c")) {
      session.apply(new Edit.AddNetns(new NetnsId("host", name)));
    }
    Report report = Report.of(new Journal("1", base, entries), session.state(), Map.of());
    List<Entry> others = new ArrayList<>(entries);
    others.set(1, new Entry.Edited(List.of(new Entry.Part.Command("ip netns add other")), Hand.TYPED));
    assertThat(new Report(new Journal("1", base, others), report.marks(), report.system()).rerun().verdict())
        .isEqualTo(new Report.Verdict.Differs(2));
    others.set(1, entries.getFirst());
    assertThat(new Report(new Journal("1", base, others), report.marks(), report.system()).rerun().verdict())
        .isInstanceOfSatisfying(Report.Verdict.Stopped.class, stopped -> assertThat(stopped.entry()).isEqualTo(2));
    String old = ReportCodec.encode(report).replace("\"report\": 2", "\"report\": 1")
        .replaceAll("(?s),\\s*\"marks\": \\[.*?\\]", "");
    assertThat(ReportCodec.decode(old)).isInstanceOfSatisfying(ReportCodec.Read.Ok.class,
        ok -> assertThat(ok.report().rerun().verdict()).isEqualTo(new Report.Verdict.Unmarked()));
    assertThat(Report.of(new Journal("1", base, entries), base, Map.of()).rerun().verdict())
        .isEqualTo(new Report.Verdict.Differs(3));
  }
}
