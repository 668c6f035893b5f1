package org.hopscope.lessons.lesson;

import java.util.List;
import java.util.Optional;
import org.hopscope.lessons.prose.Prose;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.probe.SavedProbe;

/**
 * A lesson: a question, a lab that almost works, and what must hold when the question is answered.
 *
 * @param card what a table of contents shows of it
 * @param prose what the learner reads before the tasks
 * @param start the lab it begins with, arranged
 * @param queued the probe that lies ready to be sent when it begins; one of the start's saved probes
 * @param tasks what to do, in order; at least one
 * @param questions what to predict and to answer
 * @param answers the worked solution and the answers it is proved with
 * @param goals what must be true of the finished lab, said apart from the checks
 * @param sources what it covers
 * @param draw which drill it is, for a lesson that is drawn anew again and again
 * @param withheld what of the start is locked or hidden on the canvas
 */
public record Lesson(Card card, Prose prose, LabState start, Optional<SavedProbe> queued, List<Task> tasks,
    Questions questions, Answers answers, List<Goal> goals, Sources sources, Optional<Draw> draw,
    List<Withheld> withheld) {
  public Lesson {
    tasks = List.copyOf(tasks);
    withheld = List.copyOf(withheld);
    goals = List.copyOf(goals);
  }

  /**
   * What a table of contents shows.
   *
   * @param id such as {@code A2}
   * @param chapter the title of the chapter it belongs to
   * @param title its title
   * @param question the question it asks
   * @param minutes how long it takes, 5 to 15
   */
  public record Card(String id, String chapter, String title, String question, int minutes) {
  }

  /**
   * Answers that prove the checks.
   *
   * @param file the file of the worked solution
   * @param solution the worked solution, divided by task
   * @param variants other answers that must pass
   * @param wrong answers that must not, and why
   */
  public record Answers(String file, Script solution, List<Variant> variants, List<Wrong> wrong) {
    /** Not written yet. */
    public static final Answers NONE = new Answers("", new Script(List.of()), List.of(), List.of());

    public Answers {
      variants = List.copyOf(variants);
      wrong = List.copyOf(wrong);
    }
  }

  /** Another answer that must pass: its file, what is different about it, and the commands. */
  public record Variant(String file, String title, Script script) {
  }

  /**
   * An answer that must not pass.
   *
   * @param file its file
   * @param title the mistake
   * @param task the task that must not hold
   * @param reason what the first finding that fails must say
   * @param script the commands
   */
  public record Wrong(String file, String title, String task, String reason, Script script) {
  }

  /**
   * What a lesson covers.
   *
   * @param article headings of the article it follows
   * @param semantics what the model must get right for it, such as {@code sem-L8}
   * @param corrections where the article is wrong and the lesson says so, such as {@code fix-F11}
   */
  public record Sources(List<String> article, List<String> semantics, List<String> corrections) {
    public Sources {
      article = List.copyOf(article);
      semantics = List.copyOf(semantics);
      corrections = List.copyOf(corrections);
    }
  }

  public String id() {
    return card.id();
  }

  /** What to predict. */
  public List<Prediction> predictions() {
    return questions.predictions();
  }

  /** What to answer. */
  public List<Quiz> quizzes() {
    return questions.quizzes();
  }

  /** A quiz by its id. */
  public Optional<Quiz> quiz(String id) {
    return quizzes().stream().filter(q -> q.id().equals(id)).findFirst();
  }

  /** A task by its id. */
  public Optional<Task> task(String id) {
    return tasks.stream().filter(t -> t.id().equals(id)).findFirst();
  }

  /** A prediction by its id. */
  public Optional<Prediction> prediction(String id) {
    return predictions().stream().filter(p -> p.id().equals(id)).findFirst();
  }

  /** How many words a learner reads: the prose, the tasks and what is said after them; hints are not counted. */
  public int words() {
    return prose.words() + tasks.stream().mapToInt(t -> t.prose().words() + t.afterwards().words()).sum();
  }
}
