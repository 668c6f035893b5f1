package org.hopscope.app.desktop.store;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where Hopscope keeps what belongs to the learner: {@code $HOPSCOPE_HOME}, else {@code $XDG_DATA_HOME/hopscope}, else
 * where the platform puts such things.
 *
 * @param folder the folder; it may not exist yet
 */
public record Home(Path folder) {
  /** The home that an environment says. */
  public static Home of(Map<String, String> environment, Path user, String platform) {
    Optional<Path> said = path(environment, "HOPSCOPE_HOME")
        .or(() -> path(environment, "XDG_DATA_HOME").map(p -> p.resolve("hopscope")));
    String os = platform.toLowerCase(Locale.ROOT);
    return new Home(said.orElseGet(() -> os.contains("win")
        ? path(environment, "APPDATA").orElse(user.resolve("AppData").resolve("Roaming")).resolve("Hopscope")
        : os.contains("mac")
            ? user.resolve("Library").resolve("Application Support").resolve("Hopscope")
        : user.resolve(".local").resolve("share").resolve("hopscope")));
  }

  /** The home of this process. */
  public static Home here() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")), System.getProperty("os.name"));
  }

  /** What the learner has done in the lessons. */
  public Path progress() {
    return folder.resolve("progress.json");
  }

  /** Sizes of panes, the theme, and what was typed. */
  public Path view() {
    return folder.resolve("view.properties");
  }

  /** What was typed at the prompts. */
  public Path history() {
    return folder.resolve("terminal-history");
  }

  /** The labs opened last. */
  public Path recent() {
    return folder.resolve("recent");
  }

  /** Where the journal of an open lab is; further windows have further folders, counted from 0. */
  public Path journal(int number) {
    return folder.resolve(number == 0 ? "journal" : "journal-" + (number + 1));
  }

  /** What stands for a lab file that is open somewhere. */
  public Path lock(Path lab) {
    return folder.resolve("locks").resolve(Integer.toHexString(lab.toString().hashCode()) + ".lock");
  }

  /** Where a lesson's lab is left, with all that was done to it, when another lesson is opened. */
  public Path lessonJournal(String lesson) {
    String name = Path.of(lesson).isAbsolute() ? Integer.toHexString(lesson.hashCode()) : lesson;
    return folder.resolve("lessons").resolve(name + ".journal");
  }

  /** Where earlier versions left a lesson's lab. */
  public Path lessonLab(String lesson) {
    return folder.resolve("lessons").resolve(lesson + ".hop");
  }

  /** Where a lab is kept that was left without being saved. */
  public Path unsaved(String name) {
    return folder.resolve("unsaved").resolve(name);
  }

  /** Where reports of problems are written. */
  public Path reports() {
    return folder.resolve("reports");
  }

  private static Optional<Path> path(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(s -> !s.isBlank()).map(Path::of);
  }
}
