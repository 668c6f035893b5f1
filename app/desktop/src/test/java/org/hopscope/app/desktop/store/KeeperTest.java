package org.hopscope.app.desktop.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.codec.Report;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeeperTest {
  @TempDir
  Path folder;

  private final List<String> said = new ArrayList<>();
  private final Session session = new Session(Editor.fresh(3));
  private Home home;
  private Keeper keeper;

  @BeforeEach
  void begin() {
    home = new Home(folder.resolve("home"));
    keeper = keeper(session);
    open(keeper, session, new Origin.Untitled(), session.state());
  }

  @Test
  void whatAKilledProcessDidLastIsThereAgain() throws IOException {
    open(keeper, session, new Origin.OfLesson("A2"), session.state());
    add("red");
    add("blue");
    session.undo();
    add("green");
    Home copy = new Home(copyOf(home.folder()));
    Keeper next = new Keeper(new Session(Editor.fresh(1)), copy, "test", said::add);
    assertThat(next.left()).hasValueSatisfying(left -> {
      assertThat(left.origin()).isEqualTo(new Origin.OfLesson("A2"));
      assertThat(left.lab().session().state()).isEqualTo(session.state());
      assertThat(left.lab().session().history()).isEqualTo(session.history());
    });
  }

  @Test
  void whatWasDoneBeforeSavingCanStillBeUndoneAfterACrash() throws IOException {
    add("red");
    assertThat(keeper.saveAs(folder.resolve("mine.hop"))).isTrue();
    add("blue");
    Keeper next = new Keeper(new Session(Editor.fresh(1)), new Home(copyOf(home.folder())), "test", said::add);
    assertThat(next.left()).hasValueSatisfying(left -> {
      assertThat(left.origin()).isEqualTo(new Origin.OfFile(folder.resolve("mine.hop")));
      assertThat(left.lab().session().history()).isEqualTo(session.history()).hasSize(2);
    });
  }

  @Test
  void aLabThatAnEarlierVersionLeftInALessonIsOpened() throws IOException {
    LabFile.write(home.lessonLab("A4"), Editor.fresh(8));
    assertThat(keeper.leftIn("A4").map(Kept::session).map(Session::state)).hasValue(Editor.fresh(8));
  }

  @Test
  void anotherLabOnTheScreenBeginsAnotherJournal() throws IOException {
    add("red");
    LabState other = Editor.fresh(9);
    open(keeper, session, new Origin.OfLesson("A5"), other);
    Keeper next = new Keeper(new Session(Editor.fresh(1)), new Home(copyOf(home.folder())), "test", said::add);
    assertThat(next.left()).hasValueSatisfying(left -> {
      assertThat(left.origin()).isEqualTo(new Origin.OfLesson("A5"));
      assertThat(left.lab().session().state()).isEqualTo(other);
      assertThat(left.lab().session().canUndo()).isFalse();
    });
  }

  @Test
  void aSavedLabIsTheSameWhenItIsReadAgain() {
    add("red");
    assertThat(keeper.editedProperty().get()).isTrue();
    Path file = folder.resolve("labs").resolve("mine.hop");
    assertThat(keeper.saveAs(file)).isTrue();
    assertThat(keeper.editedProperty().get()).isFalse();
    assertThat(LabFile.read(file)).isEqualTo(new LabFile.Read.Ok(session.state()));
    assertThat(RecentLabs.read(home)).containsExactly(file.toAbsolutePath());
  }

  @Test
  void whatWasNotSavedIsKeptAsideAndTheLearnerIsToldWhere() {
    add("red");
    keeper.leave();
    assertThat(said).singleElement().asString().contains("unsaved");
    Path kept = RecentLabs.read(home).getFirst();
    assertThat(LabFile.read(kept)).isEqualTo(new LabFile.Read.Ok(session.state()));
  }

  @Test
  void aLessonsLabIsThereWhenTheLessonIsOpenedAgain() {
    open(keeper, session, new Origin.OfLesson("A4"), session.state());
    add("red");
    keeper.leave();
    assertThat(keeper.leftIn("A4").map(Kept::session)).hasValueSatisfying(left -> {
      assertThat(left.state()).isEqualTo(session.state());
      assertThat(left.history()).isEqualTo(session.history());
    });
    assertThat(keeper.leftIn("A5")).isEmpty();
  }

  @Test
  void aFileOpenInASecondWindowIsReadOnlyThere() {
    Path file = folder.resolve("shared.hop");
    assertThat(keeper.saveAs(file)).isTrue();
    Session elsewhere = new Session(Editor.fresh(1));
    Keeper second = keeper(elsewhere);
    open(second, elsewhere, new Origin.OfFile(file.toAbsolutePath()), session.state());
    assertThat(second.readOnlyProperty().get()).isTrue();
    assertThat(second.saveAs(file)).isFalse();
    assertThat(said).isNotEmpty().allMatch(sentence -> sentence.contains("read only"));
    assertThat(second.saveAs(folder.resolve("own.hop"))).isTrue();
    assertThat(second.readOnlyProperty().get()).isFalse();
  }

  @Test
  void twoWindowsDoNotWriteIntoOneJournal() {
    Session elsewhere = new Session(Editor.fresh(1));
    Keeper second = keeper(elsewhere);
    open(second, elsewhere, new Origin.Untitled(), Editor.fresh(5));
    add("red");
    assertThat(keeper.left().map(KeeperTest::state)).hasValue(session.state());
    assertThat(second.left().map(KeeperTest::state)).hasValue(Editor.fresh(5));
  }

  @Test
  void aReportReplaysTheRun() throws IOException {
    add("red");
    add("blue");
    Path report = keeper.report().orElseThrow();
    assertThat(ReportFile.read(report)).isInstanceOfSatisfying(ReportFile.Read.Ok.class, read -> {
      assertThat(read.report().rerun().verdict()).isEqualTo(new Report.Verdict.Identical());
      assertThat(read.report().rerun().replay().session().state()).isEqualTo(session.state());
    });
    Files.writeString(report, "{\"report\": 2,\n \"system\": 1}");
    assertThat(ReportFile.read(report)).isInstanceOfSatisfying(ReportFile.Read.Failed.class,
        failed -> assertThat(failed.message()).contains(".report.json", "line 2"));
  }

  @Test
  void aFileThatIsNoLabIsNamedWithItsPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("broken.hop"), "{\n  \"format\": 1,\n  oops\n}\n");
    assertThat(LabFile.read(file)).isInstanceOfSatisfying(LabFile.Read.Failed.class,
        failed -> assertThat(failed.message()).contains("broken.hop", "line 3"));
    assertThat(LabFile.read(folder.resolve("none.hop"))).isInstanceOfSatisfying(LabFile.Read.Failed.class,
        failed -> assertThat(failed.message()).contains("none.hop", "no such file"));
  }

  private Keeper keeper(Session of) {
    return new Keeper(of, home, "test", said::add);
  }

  private static void open(Keeper keeper, Session session, Origin origin, LabState lab) {
    keeper.open(origin, false, Optional.empty(), () -> {
      session.replace(lab);
      return true;
    });
  }

  private static LabState state(Trail.Left left) {
    return left.lab().session().state();
  }

  private void add(String netns) {
    assertThat(session.apply(new Edit.AddNetns(new NetnsId("host", netns)))).isNotNull();
  }

  private Path copyOf(Path from) throws IOException {
    Path to = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }
}
