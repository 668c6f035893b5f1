package org.hopscope.lessons.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hopscope.lessons.check.Finding;
import org.hopscope.lessons.check.ProbeSpec;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.LessonRunner;
import org.hopscope.lessons.lesson.Prediction;
import org.hopscope.lessons.lesson.Quiz;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;

/** Answers to a drill: its repair, the same with what does no harm, and what must not pass. */
final class DrillAnswers {
  private static final int MANY = 40;
  private final Drill drill;
  private final LabState lab;
  private final String call;

  DrillAnswers(Drill drill, ProbeSpec shown) {
    this.drill = drill;
    lab = drill.fault().after();
    call = DrillWords.command(lab, drill.why().trace().probe(), shown);
  }

  /** The lesson with its answers. */
  Lesson of(Lesson plain) {
    NetnsId from = drill.why().trace().probe().from();
    List<String> mend = drill.mend().commands();
    Quiz quiz = plain.quizzes().getFirst();
    String right = quiz.solution().getFirst();
    String other = ((Quiz.Form.Choice) quiz.form()).items().stream().map(Quiz.Item::id).filter(i -> !i.equals(right))
        .findFirst().orElseThrow();
    List<String> spare = List.of("ip netns add drill-spare", "ip -n drill-spare link set lo up");
    List<String> rows = IntStream.range(0, MANY)
        .mapToObj(i -> DrillWords.at(lab, from, "ip route add blackhole 198.18.7." + i)).toList();
    Script solution = script(plain, right, mend);
    Lesson.Answers answers = new Lesson.Answers("solution.script", solution,
        List.of(new Lesson.Variant("extras.script", Sentences.say("variant.extras"), script(plain, right,
            plus(spare, mend))),
            new Lesson.Variant("asked.script", Sentences.say("variant.asked"), script(plain, right,
                plus(List.of(call, "ip netns list"), mend)))),
        List.of(wrong("lookup.script", "wrong.lookup", DrillLesson.FIND, "The answer is not right yet",
            script(plain, other, mend)),
            wrong("nothing.script", "wrong.nothing", DrillLesson.MEND, trouble(plain), script(plain, right,
                List.of())),
            wrong("setting.script", "wrong.setting", DrillLesson.MEND, "ip_default_ttl",
                script(plain, right, plus(mend, List.of(
                    DrillWords.at(lab, from, "sysctl -w net.ipv4.ip_default_ttl=77"))))),
            wrong("rows.script", "wrong.rows", DrillLesson.MEND, "new rows and things",
                script(plain, right, plus(mend, rows)))));
    return new Lesson(plain.card(), plain.prose(), plain.start(), plain.queued(), plain.tasks(), plain.questions(),
        answers, plain.goals(), plain.sources(), plain.draw(), List.of());
  }

  private static Lesson.Wrong wrong(String file, String title, String task, String reason, Script script) {
    return new Lesson.Wrong(file, Sentences.say(title), task, reason, script);
  }

  /** What stands in the way as long as nothing is done. */
  private static String trouble(Lesson plain) {
    return LessonRunner.evaluate(plain, plain.start(), Attempt.NONE).getLast().failures().stream().map(Finding::seen)
        .findFirst().orElse("");
  }

  private Script script(Lesson plain, String lookup, List<String> mend) {
    Prediction where = plain.predictions().getFirst();
    String option = where.options().stream().filter(Prediction.Option::right).findFirst().orElseThrow().id();
    List<String> lines =
        new ArrayList<>(List.of("#!task " + DrillLesson.WATCH, "#!predict " + where.id() + " " + option,
            call, "#!task " + DrillLesson.FIND, "#!answer " + DrillLesson.LOOKUP + " " + lookup,
            "#!task " + DrillLesson.MEND));
    lines.addAll(mend);
    return switch (Script.read(String.join("\n", lines))) {
      case Script.Read.Ok(Script script) -> script;
      case Script.Read.Malformed(int line, String reason) -> throw new IllegalStateException(lines.get(line - 1) + ": "
          + reason);
    };
  }

  private static List<String> plus(List<String> first, List<String> then) {
    List<String> both = new ArrayList<>(first);
    both.addAll(then);
    return both;
  }
}
