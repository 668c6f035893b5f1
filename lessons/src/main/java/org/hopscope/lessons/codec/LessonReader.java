package org.hopscope.lessons.codec;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hopscope.lessons.check.ProbeOutcome;
import org.hopscope.lessons.check.ProbeSpec;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Prediction;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.lessons.lesson.Task;
import org.hopscope.lessons.prose.Document;
import org.hopscope.lessons.prose.DocumentReader;

/**
 * Reads a lesson's folder: {@code lesson.json} (what a machine needs), {@code lesson.md} (what a learner reads) and the
 * scripts they name. Strict: what is not known, of the wrong type or missing is refused with file, line and reason.
 */
public final class LessonReader {
  /** The format that this reader knows. */
  public static final int FORMAT = 1;
  private static final String MANIFEST = "lesson.json";
  private static final String SENTENCES = "lesson.md";
  private final LessonSource source;

  private LessonReader(LessonSource source) {
    this.source = source;
  }

  /** Reads a lesson. */
  public static LessonRead read(LessonSource source) {
    try {
      return new LessonRead.Ok(new LessonReader(source).lesson());
    } catch (MalformedException e) {
      return new LessonRead.Malformed(source.name() + "/" + e.file(), e.line(), e.getMessage());
    }
  }

  private Lesson lesson() throws MalformedException {
    Fields fields = Fields.of(MANIFEST, JsonFile.read(MANIFEST, text(MANIFEST, MANIFEST, 1)));
    int format = fields.number("format", 1, Integer.MAX_VALUE / 10);
    if (format != FORMAT) {
      throw fields.malformed("format " + format + " is not known here; this version reads format " + FORMAT);
    }
    Lesson.Card card = new Lesson.Card(fields.text("id"), fields.text("chapter"), fields.text("title"),
        fields.text("question"), fields.number("minutes", 1, 60));
    Sentences sentences = new Sentences(document(), SENTENCES);
    List<Task> tasks = fields.list("tasks", value -> task(value, sentences));
    sentences.close();
    List<Prediction> predictions = fields.list("predictions", value -> PredictionReader.read(MANIFEST, value));
    StartReader.Start start = new StartReader(MANIFEST, this::script).read(fields.required("start"));
    Lesson.Answers answers = answers(fields.required("answers"));
    List<Lesson.Goal> goals = fields.list("goals", LessonReader::goal);
    Lesson lesson = new Lesson(card, sentences.intro(), start.lab(), start.queued(), tasks, predictions, answers,
        goals, sources(fields.required("sources")));
    fields.close();
    Optional<String> fault = Consistency.fault(lesson);
    if (fault.isPresent()) {
      throw fields.malformed(fault.get());
    }
    return lesson;
  }

  private Task task(Json value, Sentences sentences) throws MalformedException {
    Fields fields = Fields.of(MANIFEST, value);
    String id = fields.text("id");
    CheckReader checks = new CheckReader(MANIFEST);
    Task task = new Task(id, fields.text("title"), sentences.task(id), sentences.afterwards(id),
        fields.list("checks", checks::read), sentences.hints(id));
    fields.close();
    return task;
  }

  private Lesson.Answers answers(Json value) throws MalformedException {
    Fields fields = Fields.of(MANIFEST, value);
    Script solution = script(fields.text("solution"), fields.line());
    List<Lesson.Variant> variants = fields.list("variants", item -> {
      Fields f = Fields.of(MANIFEST, item);
      String file = f.text("file");
      Lesson.Variant variant = new Lesson.Variant(file, f.text("title"), script(file, f.line()));
      f.close();
      return variant;
    });
    List<Lesson.Wrong> wrong = fields.list("wrong", item -> {
      Fields f = Fields.of(MANIFEST, item);
      String file = f.text("file");
      Lesson.Wrong answer = new Lesson.Wrong(file, f.text("title"), f.text("task"), f.text("reason"),
          script(file, f.line()));
      f.close();
      return answer;
    });
    fields.close();
    return new Lesson.Answers(solution, variants, wrong);
  }

  private static Lesson.Goal goal(Json value) throws MalformedException {
    Fields fields = Fields.of(MANIFEST, value);
    Lesson.Goal goal = new Lesson.Goal(fields.parsed("probe", "a probe", ProbeSpec::parse),
        fields.parsed("outcome", "an outcome", ProbeOutcome::parse));
    fields.close();
    return goal;
  }

  private static Lesson.Sources sources(Json value) throws MalformedException {
    Fields fields = Fields.of(MANIFEST, value);
    Lesson.Sources sources = new Lesson.Sources(fields.texts("article"), fields.texts("semantics"),
        fields.texts("corrections"));
    fields.close();
    return sources;
  }

  private Document document() throws MalformedException {
    return switch (DocumentReader.read(text(SENTENCES, MANIFEST, 1))) {
      case Document.Read.Ok(Document document) -> document;
      case Document.Read.Malformed(int line, String reason) -> throw new MalformedException(SENTENCES, line, reason);
    };
  }

  private Script script(String file, int namedAt) throws MalformedException {
    return switch (Script.read(text(file, MANIFEST, namedAt))) {
      case Script.Read.Ok(Script script) -> script;
      case Script.Read.Malformed(int line, String reason) -> throw new MalformedException(file, line, reason);
    };
  }

  private String text(String file, String namedIn, int namedAt) throws MalformedException {
    try {
      return source.text(file)
          .orElseThrow(() -> new MalformedException(namedIn, namedAt, "there is no file \"" + file + "\""));
    } catch (IOException e) {
      throw new MalformedException(file, 1, "it cannot be read: " + e.getMessage());
    }
  }
}
