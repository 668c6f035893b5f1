package org.hopscope.lessons;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.codec.LessonReader;
import org.hopscope.lessons.codec.LessonSource;
import org.hopscope.lessons.codec.ReportWriter;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.LessonRunner;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.lessons.lesson.TaskState;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.LabState;

/** Checks an answer to a lesson without a window: what {@code hopscope-cli.jar check} calls. */
public final class LessonCheck {
  private LessonCheck() {
  }

  /** What became of a check. */
  public sealed interface Result {
    /**
     * The answer was run and judged.
     *
     * @param lesson the lesson
     * @param tasks how far each task is
     * @param refused the answer's commands that did not end well; a ping without an answer is one too
     */
    record Checked(Lesson lesson, List<TaskState> tasks, List<Rehearsal.Refused> refused) implements Result {
      /** Whether every task holds: exit status 0, else 1. */
      public boolean passed() {
        return tasks.stream().allMatch(TaskState::holds);
      }

      /** The findings as one JSON document on one line. */
      public String json() {
        return ReportWriter.json(lesson, tasks, refused);
      }
    }

    /** The lesson or the answer cannot be read: exit status 2. The message names file, line and reason. */
    record BadInput(String message) implements Result {
    }
  }

  /**
   * Runs an answer on a lesson's start and judges what came of it.
   *
   * @param lesson a bundled lesson's id, or a lesson's folder
   * @param answer a script, or a lab whose file name ends in {@code .hop}; without one the start is judged as it is
   */
  public static Result check(String lesson, Optional<Path> answer) {
    return switch (read(lesson)) {
      case LessonRead.Malformed malformed -> new Result.BadInput(malformed.toString());
      case LessonRead.Ok(Lesson found) -> answer.map(file -> check(found, file))
          .orElseGet(() -> check(found, new Script(List.of())));
    };
  }

  /**
   * Runs an answer on a lesson's start and judges what came of it. An answer that makes predictions or answers quizzes is
   * held to all of them; one of plain commands is judged by what it makes of the lab.
   */
  public static Result.Checked check(Lesson lesson, Script answer) {
    Rehearsal done = Rehearsal.of(lesson.start(), Attempt.NONE, answer);
    boolean predicts = answer.lines().stream()
        .anyMatch(line -> line instanceof Script.Line.Predict || line instanceof Script.Line.Answer);
    List<TaskState> tasks = predicts
        ? LessonRunner.evaluate(lesson, done.lab(), done.attempt())
        : LessonRunner.evaluateFile(lesson, done.lab(), done.attempt());
    return new Result.Checked(lesson, tasks, done.refused());
  }

  /** Judges an answer to a lesson that was read already: a script, or a lab whose file name ends in {@code .hop}. */
  public static Result check(Lesson lesson, Path file) {
    try {
      String text = Files.readString(file);
      return file.toString().endsWith(".hop") ? checkLab(lesson, file, text) : checkScript(lesson, file, text);
    } catch (IOException e) {
      return new Result.BadInput(file + ": the answer cannot be read: " + e.getMessage());
    }
  }

  private static Result checkScript(Lesson lesson, Path file, String text) {
    return switch (Script.read(text)) {
      case Script.Read.Ok(Script script) -> check(lesson, script);
      case Script.Read.Malformed(int line, String reason) -> new Result.BadInput(file + ":" + line + ": " + reason);
    };
  }

  private static Result checkLab(Lesson lesson, Path file, String text) {
    return switch (LabCodec.decode(text)) {
      case LabCodec.Decoded.Ok(LabState lab) -> new Result.Checked(lesson,
          LessonRunner.evaluateFile(lesson, lab, Attempt.NONE), List.of());
      case LabCodec.Decoded.Malformed(int line, int _, String reason) -> new Result.BadInput(
          file + ":" + line + ": " + reason);
    };
  }

  private static LessonRead read(String lesson) {
    return Syllabus.bundled().read(lesson)
        .orElseGet(() -> LessonReader.read(new LessonSource.Folder(Path.of(lesson))));
  }
}
