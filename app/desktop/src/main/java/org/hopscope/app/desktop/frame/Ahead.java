package org.hopscope.app.desktop.frame;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.hopscope.app.desktop.lesson.DressRehearsal;
import org.hopscope.app.desktop.lesson.Judgement;
import org.hopscope.app.desktop.lesson.Shelf;
import org.hopscope.app.desktop.store.Home;
import org.hopscope.app.desktop.store.ProgressFile;
import org.hopscope.app.desktop.store.ViewSettings;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Progress;

/**
 * What the window will ask for first, read on threads of their own while the toolkit starts. Whoever asks before it is
 * there waits.
 */
public final class Ahead {
  /** The lesson that a new learner begins with. */
  static final String FIRST_LESSON = "A2";

  private final Home home;
  private final Optional<Path> file;
  private final CompletableFuture<Things> things;
  private final CompletableFuture<ViewSettings> settings;
  private final CompletableFuture<Boolean> dressed;

  /**
   * What was read.
   *
   * @param settings how the window was left
   * @param found what the learner has done, and whether that could be read
   * @param shelf the lessons, the one that will be opened already read
   * @param judged what that lesson says of its own beginning
   */
  record Things(ViewSettings settings, ProgressFile.Found found, Shelf shelf, Optional<Judgement> judged) {
  }

  private Ahead(Home home, Optional<Path> file) {
    this.home = home;
    this.file = file;
    dressed = aside("dress", () -> {
      Appearance.loadFonts();
      Appearance.wake();
      return true;
    });
    settings = aside("settings", () -> ViewSettings.read(home.view()));
    things = aside("read", this::read);
    dressed.thenAcceptBothAsync(settings, (_, how) -> DressRehearsal.play(Theme.named(how.text("theme"))),
        Ahead::apart);
  }

  private static <T> CompletableFuture<T> aside(String name, Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofPlatform().daemon().name(name).start(task));
  }

  private static void apart(Runnable work) {
    Thread.ofPlatform().daemon().name("rehearse").start(work);
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

  /** Waits until the fonts and the usual stylesheet are there: no window must be made before. */
  public void dressed() {
    dressed.join();
  }

  private Things read() {
    ProgressFile.Found found = ProgressFile.read(home.progress());
    Progress progress = found.progress();
    Shelf shelf = new Shelf(Syllabus.bundled());
    aside("glossary", shelf::glossary);
    String id = progress.current().orElse(FIRST_LESSON);
    Optional<Judgement> judged = shelf.read(id).orElse(null) instanceof LessonRead.Ok(Lesson lesson)
        ? Optional.of(Judgement.of(lesson, lesson.start(), progress.attempt(id)))
        : Optional.empty();
    return new Things(settings.join(), found, shelf, judged);
  }
}
