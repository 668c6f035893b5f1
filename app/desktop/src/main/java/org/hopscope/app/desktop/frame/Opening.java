package org.hopscope.app.desktop.frame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.lesson.LessonDesk;
import org.hopscope.app.desktop.lesson.Shelf;
import org.hopscope.app.desktop.store.Home;
import org.hopscope.app.desktop.store.Keeper;
import org.hopscope.app.desktop.store.Kept;
import org.hopscope.app.desktop.store.LabFile;
import org.hopscope.app.desktop.store.Origin;
import org.hopscope.app.desktop.store.RecentLabs;
import org.hopscope.app.desktop.store.ReportFile;
import org.hopscope.app.desktop.store.Trail;
import org.hopscope.app.desktop.workbench.Player;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.lessons.LessonTemplate;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.model.codec.Report;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.SavedProbe;

/** Decides what lies on the screen: what was left behind, a lesson, a file, or a new lab. */
final class Opening {
  private final Workbench workbench;
  private final Player player;
  private final LessonDesk lessons;
  private final Keeper keeper;
  private final Home home;
  private final Consumer<String> say;
  private Consumer<Optional<Probe>> offer = _ -> {
  };
  private boolean awaited = true;

  Opening(Frame.Parts parts, Keeper keeper, Home home, Consumer<String> say) {
    workbench = parts.workbench();
    player = parts.player();
    lessons = parts.lessons();
    this.keeper = keeper;
    this.home = home;
    this.say = say;
  }

  /** What the window begins with: the file asked for, else what was left open, else the first lesson. */
  void begin(Optional<Path> file) {
    Optional<Trail.Left> left = file.isEmpty() ? keeper.left() : Optional.empty();
    if (left.isPresent()) {
      resume(left.get());
    } else if (file.filter(Files::isDirectory).isPresent()) {
      ownLesson(file.get());
    } else if (file.isEmpty() || !file(file.get())) {
      lesson(lessons.progressProperty().get().current()
          .filter(id -> Shelf.ownFolder(id).map(Files::isDirectory).orElse(true)).orElse(Ahead.FIRST_LESSON));
    }
  }

  /** Has the first lesson's probe laid ready, when the first frame of the window is there. */
  void arrived() {
    awaited = false;
    if (lessons.lessonProperty().get().isPresent()) {
      queue(isUnbegun());
    }
  }

  /** Opens a lesson as it was left, or at its beginning with its probe queued, as a new drill is. */
  void lesson(String id) {
    keeper.leave();
    lesson(id, lessons.beginsAnew(id) ? Optional.empty() : keeper.leftIn(id));
  }

  /** Opens a lesson of one's own by its folder. */
  void ownLesson(Path folder) {
    lesson(Shelf.own(folder));
  }

  /** The folder of the lesson that is open, where it is one's own. */
  Optional<Path> own() {
    return keeper.originProperty().get() instanceof Origin.OfLesson(String id) ? Shelf.ownFolder(id) : Optional.empty();
  }

  /** Writes a small lesson into a folder, for its author to change, and opens it. */
  void newLesson(Path folder) {
    try {
      LessonTemplate.write(folder);
      ownLesson(folder);
      say.accept(Messages.text("lesson.own.begun", folder));
    } catch (IOException e) {
      say.accept(Messages.text("lesson.own.taken", folder));
    }
  }

  private void lesson(String id, Optional<Kept> left) {
    keeper.open(new Origin.OfLesson(id), false, left, () -> lessons.open(id, left.map(Kept::session)));
    if (!awaited) {
      queue(isUnbegun());
    }
  }

  private boolean isUnbegun() {
    return !workbench.canUndoProperty().get()
        && lessons.statesProperty().get().stream().noneMatch(TaskState::holds);
  }

  /** Opens a lab file. False, and nothing has changed, if it holds no lab. */
  boolean file(Path file) {
    return switch (LabFile.read(file)) {
      case LabFile.Read.Ok(LabState lab) -> {
        Path whole = file.toAbsolutePath().normalize();
        show(new Origin.OfFile(whole), new Session(lab), false, Optional.empty());
        RecentLabs.remember(home, whole);
        yield true;
      }
      case LabFile.Read.Failed(String message) -> {
        say.accept(message);
        yield false;
      }
    };
  }

  /** Opens the lab that a report leads to, with all that was done to it, and says whether it went as it is written. */
  void report(Path file) {
    switch (ReportFile.read(file)) {
      case ReportFile.Read.Ok(Report report) -> {
        Report.Rerun rerun = report.rerun();
        show(new Trail.Left(new Origin.Untitled(), Kept.of(report.journal(), rerun.replay())), true);
        say.accept(words(report, rerun));
      }
      case ReportFile.Read.Failed(String message) -> say.accept(message);
    }
  }

  private static String words(Report report, Report.Rerun rerun) {
    int all = report.journal().entries().size();
    String by = report.journal().program();
    return switch (rerun.verdict()) {
      case Report.Verdict.Identical() -> Messages.text("report.identical", by, all);
      case Report.Verdict.Differs(int entry) -> Messages.text("report.differs", by, all, entry);
      case Report.Verdict.Stopped(int entry, String why) -> Messages.text("report.stopped", by, all, entry, why);
      case Report.Verdict.Unmarked() -> Messages.text("report.unmarked", by, all);
    };
  }

  /** Opens what was dropped on the window: a folder is a lesson, a file a lab by its name's ending, else a report. */
  void dropped(Path file) {
    if (Files.isDirectory(file)) {
      ownLesson(file);
    } else if (String.valueOf(file.getFileName()).endsWith("." + LabFile.EXTENSION)) {
      file(file);
    } else {
      report(file);
    }
  }

  /** Opens a lab with nothing in it but a host. */
  void fresh() {
    fresh(new Session(Editor.fresh(1)));
  }

  /** Opens a lab that was made from nothing, with its history. */
  void fresh(Session made) {
    show(new Origin.Untitled(), made, made.canUndo(), Optional.empty());
  }

  private void resume(Trail.Left left) {
    switch (left.origin()) {
      case Origin.OfLesson(String id) -> lesson(id, Optional.of(left.lab()));
      case Origin.OfFile(Path file) -> show(left, !isIn(file, left.lab().session().state()));
      case Origin.Untitled() -> show(left, true);
    }
  }

  private void show(Trail.Left left, boolean changed) {
    show(left.origin(), left.lab().session(), changed, Optional.of(left.lab()));
  }

  private static boolean isIn(Path file, LabState lab) {
    return LabFile.read(file) instanceof LabFile.Read.Ok(LabState saved) && saved.equals(lab);
  }

  private void show(Origin origin, Session lab, boolean changed, Optional<Kept> kept) {
    keeper.leave();
    lessons.close();
    keeper.open(origin, changed, kept, () -> {
      workbench.session().replace(lab);
      return true;
    });
    offer.accept(Optional.empty());
  }

  private void queue(boolean lay) {
    Optional<Probe> queued = lessons.lessonProperty().get().flatMap(Lesson::queued).map(SavedProbe::probe);
    offer.accept(queued);
    queued.ifPresent(probe -> {
      if (lay) {
        workbench.layReady(probe);
        player.invitingProperty().set(true);
      }
    });
  }

  /** Is given the probe that a lesson has ready, or nothing when there is none. */
  void onProbe(Consumer<Optional<Probe>> listener) {
    offer = listener;
  }
}
