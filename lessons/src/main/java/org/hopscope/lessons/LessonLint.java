package org.hopscope.lessons;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.lessons.lesson.Task;
import org.hopscope.lessons.prose.Prose;
import org.hopscope.lessons.prose.Prose.Block;
import org.hopscope.lessons.prose.Prose.Inline;
import org.hopscope.model.lab.LabState;

/** What a lesson of ours owes its reader beyond being readable by the machine. */
public final class LessonLint {
  /** The most words a learner has to read in one lesson. */
  public static final int MOST_WORDS = 700;

  private LessonLint() {
  }

  /** What is amiss, in words; nothing when all is well. */
  public static List<String> faults(Lesson lesson) {
    List<String> faults = new ArrayList<>();
    within(faults, "words to read", lesson.words(), 100, MOST_WORDS);
    within(faults, "minutes", lesson.card().minutes(), 5, 15);
    within(faults, "tasks", lesson.tasks().size(), 3, 5);
    within(faults, "predictions", lesson.predictions().size(), 1, 6);
    within(faults, "accepted variants", lesson.answers().variants().size(), 2, 20);
    within(faults, "wrong answers", lesson.answers().wrong().size(), 3, 20);
    within(faults, "goals", lesson.goals().size(), 1, 50);
    if (!lesson.sources().corrections().isEmpty() && prose(lesson).allMatch(p -> asides(p).isEmpty())) {
      faults.add("the article is corrected, yet no box says what the reader may have read");
    }
    lesson.tasks().stream().filter(t -> t.prose().isEmpty())
        .forEach(t -> faults.add("task " + t.id() + " says nothing"));
    faults.addAll(strangers(lesson));
    return List.copyOf(faults);
  }

  private static void within(List<String> faults, String what, int count, int least, int most) {
    if (count < least || count > most) {
      faults.add(count + " " + what + ", not " + least + " to " + most);
    }
  }

  private static List<Block.Aside> asides(Prose prose) {
    return prose.blocks().stream().filter(Block.Aside.class::isInstance).map(Block.Aside.class::cast).toList();
  }

  /** Words that name a thing which is there at no time, or a lesson there is not. */
  private static List<String> strangers(Lesson lesson) {
    List<LabState> labs = new ArrayList<>(List.of(lesson.start()));
    for (Task task : lesson.tasks()) {
      Script part = lesson.answers().solution().part(task.id());
      labs.add(Rehearsal.of(labs.getLast(), Attempt.NONE, part).lab());
    }
    Set<String> lessons =
        Syllabus.bundled().entries().stream().map(e -> e.card().id()).collect(Collectors.toSet());
    return inlines(lesson).<String>mapMulti((inline, out) -> {
      if (inline instanceof Inline.Thing(ThingName name, String text)
          && labs.stream().allMatch(lab -> name.key(lab).isEmpty())) {
        out.accept("\"" + text + "\" points at " + name + ", which is never there");
      } else if (inline instanceof Inline.LessonLink(String id, String _) && !lessons.contains(id)) {
        out.accept("there is no lesson " + id);
      }
    }).toList();
  }

  private static Stream<Inline> inlines(Lesson lesson) {
    return prose(lesson).flatMap(LessonLint::inlines);
  }

  private static Stream<Prose> prose(Lesson lesson) {
    return Stream.concat(Stream.of(lesson.prose()), lesson.tasks().stream()
        .flatMap(t -> Stream.concat(Stream.of(t.prose(), t.afterwards()), t.hints().stream())));
  }

  private static Stream<Inline> inlines(Prose prose) {
    return prose.blocks().stream().flatMap(block -> switch (block) {
      case Block.Paragraph(List<Inline> content) -> content.stream();
      case Block.CodeBlock _,Block.Picture _ -> Stream.empty();
      case Block.Items(boolean _, List<Prose> items) -> items.stream().flatMap(LessonLint::inlines);
      case Block.Aside(var _, Prose body) -> inlines(body);
    });
  }
}
