package org.hopscope.lessons.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hopscope.lessons.check.ProbeSpec;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.lessons.drill.Drills;
import org.hopscope.lessons.figure.Figure;
import org.hopscope.lessons.figure.FigureReader;
import org.hopscope.lessons.lesson.Draw;
import org.hopscope.lessons.lesson.Goal;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Questions;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.lessons.lesson.Task;
import org.hopscope.lessons.lesson.Withheld;
import org.hopscope.lessons.prose.Document;
import org.hopscope.lessons.prose.DocumentReader;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.codec.Fields;
import org.hopscope.model.codec.Json;
import org.hopscope.model.codec.JsonText;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.codec.MalformedException;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;

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
  private final Optional<Draw> draw;

  private LessonReader(LessonSource source, Optional<Draw> draw) {
    this.source = source;
    this.draw = draw;
  }

  /** Reads a lesson. */
  public static LessonRead read(LessonSource source) {
    return read(source, Optional.empty());
  }

  /** Reads a lesson; of one that is drawn the drill that is asked for, else the one it begins with. */
  public static LessonRead read(LessonSource source, Optional<Draw> draw) {
    try {
      return new LessonRead.Ok(new LessonReader(source, draw).lesson());
    } catch (MalformedException e) {
      String file = e instanceof FileException inFile ? inFile.file() : MANIFEST;
      return new LessonRead.Malformed(source.name() + "/" + file, e.place().line(), e.getMessage());
    }
  }

  private Lesson lesson() throws MalformedException {
    String manifest = text(MANIFEST).orElseThrow(() -> new FileException(MANIFEST, 1, noFile(MANIFEST)));
    String sentences = text(SENTENCES).orElseThrow(() -> new FileException(SENTENCES, 1, noFile(SENTENCES)));
    Lesson lesson = Fields.object(JsonText.read(manifest), fields -> lesson(fields, document(sentences)));
    Optional<Consistency.Fault> fault = Consistency.fault(lesson);
    if (fault.isPresent()) {
      Consistency.Fault found = fault.get();
      throw found.file().isEmpty()
          ? new FileException(MANIFEST, found.lineOf(manifest), found.reason())
          : new FileException(found.file(), found.line(), found.reason());
    }
    return lesson;
  }

  private Lesson lesson(Fields fields, Document document) throws MalformedException {
    int format = fields.number("format", 1, Integer.MAX_VALUE);
    if (format != FORMAT) {
      throw fields.malformed("format", "format " + format + " is not known here; this version reads format " + FORMAT
          + ": take the version that the lesson was written with");
    }
    Lesson.Card card = card(fields);
    Sentences sentences = new Sentences(document, SENTENCES);
    boolean drill = fields.has("drill");
    List<Task> tasks = Parts.objects(fields, "tasks", f -> task(f, sentences, drill));
    sentences.close();
    if (drill && !tasks.stream().map(Task::id).toList().equals(Drills.TASKS)) {
      throw fields.malformed("tasks", "a drill has the tasks " + String.join(", ", Drills.TASKS));
    }
    Lesson.Sources sources = Fields.object(fields.required("sources"), LessonReader::sources);
    Lesson words = new Lesson(card, sentences.intro(), Editor.fresh(1), Optional.empty(), tasks,
        new Questions(List.of(), List.of()), Lesson.Answers.NONE, List.of(), sources, Optional.empty(),
        List.of());
    return drill ? Fields.object(fields.required("drill"), f -> drawn(f, words)) : still(fields, words);
  }

  /** A lesson whose lab, checks, questions and answers are drawn. */
  private Lesson drawn(Fields fields, Lesson words) throws MalformedException {
    Draw first = new Draw(fields.number("level", 1, Draw.LEVELS), fields.longNumber("seed", 0));
    return BundledDrills.with(Parts.values(fields, "lessons", Fields::text)).lesson(words, draw.orElse(first));
  }

  /** A lesson that is always the same. */
  private Lesson still(Fields fields, Lesson words) throws MalformedException {
    Questions questions = new Questions(Parts.objects(fields, "predictions", PredictionReader::read),
        fields.list("quizzes", QuizReader::read));
    StartReader.Start start =
        Fields.object(fields.required("start"), new StartReader(this::file, this::script, this::lab)::read);
    Lesson.Answers answers = Fields.object(fields.required("answers"), this::answers);
    List<Goal> goals = Parts.objects(fields, "goals", LessonReader::goal);
    return new Lesson(words.card(), words.prose(), start.lab(), start.queued(), words.tasks(), questions, answers,
        goals, words.sources(), Optional.empty(), withheld(fields, start.lab()));
  }

  /** What of the start is locked or hidden; it has to be there. */
  private static List<Withheld> withheld(Fields fields, LabState start) throws MalformedException {
    List<Withheld> all = new ArrayList<>();
    for (Withheld.How how : Withheld.How.values()) {
      all.addAll(fields.list(how.name().toLowerCase(Locale.ROOT), f -> {
        ThingName thing = f.parsed("thing", "a place or a device", ThingName::parse);
        if (thing.key(start).isEmpty()) {
          throw f.malformed("thing", "the start has no \"" + thing + "\"");
        }
        return new Withheld(thing, how, f.optional("until", Fields::text));
      }));
    }
    return all;
  }

  /** The part of a manifest that a table of contents repeats. */
  static Lesson.Card card(Fields fields) throws MalformedException {
    return new Lesson.Card(Parts.text(fields, "id"), Parts.text(fields, "chapter"), Parts.text(fields, "title"),
        Parts.text(fields, "question"), fields.number("minutes", 1, 60));
  }

  /** A task; what a drill checks follows from what was drawn. */
  private static Task task(Fields fields, Sentences sentences, boolean drill) throws MalformedException {
    String id = Parts.text(fields, "id");
    return new Task(id, Parts.text(fields, "title"), sentences.task(id), sentences.afterwards(id),
        drill ? List.of() : Parts.values(fields, "checks", CheckReader::read), sentences.hints(id));
  }

  private Lesson.Answers answers(Fields fields) throws MalformedException {
    return new Lesson.Answers(fields.text("solution"), script(fields, "solution"),
        Parts.objects(fields, "variants",
            f -> new Lesson.Variant(f.text("file"), Parts.text(f, "title"), script(f, "file"))),
        Parts.objects(fields, "wrong", f -> new Lesson.Wrong(f.text("file"), Parts.text(f, "title"), f.text("task"),
            Parts.text(f, "reason"), script(f, "file"))));
  }

  private static Goal goal(Fields fields) throws MalformedException {
    if (fields.has("shows")) {
      return new Goal.Shows(CheckReader.shows(fields.required("shows")));
    }
    return new Goal.Ends(fields.parsed("probe", "a probe", ProbeSpec::parse),
        CheckReader.outcomes(fields.required("outcome")), fields.optional("answered-by", Fields::text),
        fields.optionalParsed("source-seen", "an address", IpAddress::parse),
        fields.has("among") ? Set.copyOf(Parts.values(fields, "among", Fields::text)) : Set.of());
  }

  private static Lesson.Sources sources(Fields fields) throws MalformedException {
    return new Lesson.Sources(Parts.values(fields, "article", Fields::text),
        Parts.values(fields, "semantics", Fields::text), Parts.values(fields, "corrections", Fields::text));
  }

  private Document document(String sentences) throws MalformedException {
    return switch (DocumentReader.read(sentences, this::figure)) {
      case Document.Read.Ok(Document document) -> document;
      case Document.Read.Malformed(int line, String reason) -> throw new FileException(SENTENCES, line, reason);
    };
  }

  private Figure.Read figure(String file) {
    try {
      return text(file).map(FigureReader::read).orElseGet(() -> new Figure.Read.Malformed(1, noFile(file)));
    } catch (MalformedException e) {
      return new Figure.Read.Malformed(1, e.getMessage());
    }
  }

  /** The text of the file that a value names. */
  private String file(Json value) throws MalformedException {
    String file = Fields.text(value);
    return text(file).orElseThrow(() -> new MalformedException(value.place(), noFile(file)));
  }

  /** The script that a field names. */
  private Script script(Fields fields, String name) throws MalformedException {
    String file = fields.text(name);
    String text = text(file).orElseThrow(() -> fields.malformed(name, noFile(file)));
    return switch (Script.read(text)) {
      case Script.Read.Ok(Script script) -> script;
      case Script.Read.Malformed(int line, String reason) -> throw new FileException(file, line, reason);
    };
  }

  /** The lab that a field names. */
  private LabState lab(Fields fields, String name) throws MalformedException {
    String file = fields.text(name);
    String text = text(file).orElseThrow(() -> fields.malformed(name, noFile(file)));
    return switch (LabCodec.decode(text)) {
      case LabCodec.Decoded.Ok(LabState lab) -> lab;
      case LabCodec.Decoded.Malformed(int line, int _, String reason) -> throw new FileException(file, line, reason);
    };
  }

  private Optional<String> text(String file) throws MalformedException {
    try {
      return source.text(file);
    } catch (IOException e) {
      throw new FileException(file, 1, "it cannot be read: " + e.getMessage());
    }
  }

  private static String noFile(String file) {
    return "there is no file \"" + file + "\"";
  }
}
