package org.hopscope.app.desktop.frame;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.hopscope.app.desktop.lesson.Shelf;
import org.hopscope.app.desktop.store.Home;
import org.hopscope.app.desktop.store.ProgressFile;
import org.hopscope.app.desktop.store.ViewSettings;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.LessonRunner;
import org.hopscope.lessons.lesson.Progress;
import org.hopscope.model.codec.JournalCodec;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Trace;

/**
 * What the window will ask for first, read and reckoned while the toolkit starts, on a thread of its own. All of it are
 * values; whoever asks before they are there waits.
 */
public final class Ahead {
  /** The lesson that a new learner begins with. */
  static final String FIRST_LESSON = "A2";

  private final Home home;
  private final Optional<Path> file;
  private final CompletableFuture<Things> things;

  /**
   * What was read.
   *
   * @param settings how the window was left
   * @param progress what the learner has done
   * @param shelf the lessons, the one that will be opened already read
   */
  record Things(ViewSettings settings, Progress progress, Shelf shelf) {
  }

  private Ahead(Home home, Optional<Path> file) {
    this.home = home;
    this.file = file;
    things = CompletableFuture.supplyAsync(this::read, task -> Thread.ofPlatform().daemon().name("ahead").start(task));
    things.thenAccept(Ahead::rehearse);
  }

  /** Begins to read. */
  public static Ahead begin(Home home, Optional<Path> file) {
    return new Ahead(home, file);
  }

  Home home() {
    return home;
  }

  /** A lab to open, if one was asked for. */
  Optional<Path> file() {
    return file;
  }

  /** What was read; waits until it is there. */
  Things things() {
    return things.join();
  }

  private Things read() {
    return new Things(ViewSettings.read(home.view()), ProgressFile.read(home.progress()),
        new Shelf(Syllabus.bundled()));
  }

  /** Opens the lesson once in thought: the same values come out of it when the window does it. */
  private static void rehearse(Things things) {
    String id = things.progress().current().orElse(FIRST_LESSON);
    if (things.shelf().read(id).orElse(null) instanceof LessonRead.Ok(Lesson lesson)) {
      LessonRunner.evaluate(lesson, lesson.start(), things.progress().attempt(id));
      JournalCodec.header("", lesson.start());
      lesson.queued().ifPresent(queued -> {
        Trace trace = Simulator.run(lesson.start(), queued.probe());
        Narrator.headline(trace, 0);
      });
    }
  }
}
