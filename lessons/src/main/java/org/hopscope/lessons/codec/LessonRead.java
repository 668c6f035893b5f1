package org.hopscope.lessons.codec;

import org.hopscope.lessons.lesson.Lesson;

/** What became of reading a lesson. */
public sealed interface LessonRead {
  /** It can be read, and its start can be built. */
  record Ok(Lesson lesson) implements LessonRead {
  }

  /**
   * It cannot.
   *
   * @param file the file that is at fault, with its folder
   * @param line the line, from 1
   * @param reason what is the matter with it
   */
  record Malformed(String file, int line, String reason) implements LessonRead {
    @Override
    public String toString() {
      return file + ":" + line + ": " + reason;
    }
  }
}
