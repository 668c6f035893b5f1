package org.hopscope.lessons.drill;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.lessons.check.Check;
import org.hopscope.lessons.check.LookupName;
import org.hopscope.lessons.check.Place;
import org.hopscope.lessons.check.ProbeOutcome;
import org.hopscope.lessons.check.ProbeSpec;
import org.hopscope.lessons.lesson.Goal;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Prediction;
import org.hopscope.lessons.lesson.Questions;
import org.hopscope.lessons.lesson.Quiz;
import org.hopscope.lessons.lesson.Task;
import org.hopscope.lessons.prose.Prose;
import org.hopscope.model.codec.LabFacts;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.SavedProbe;
import org.hopscope.model.trace.Step;
import org.hopscope.model.why.Fact;

/** Makes a lesson of a drill: watch the call fail, say which lookup goes wrong, mend that and nothing else. */
final class DrillLesson {
  /** The tasks, as the words of the lesson name them. */
  static final String WATCH = "watch";
  static final String FIND = "find";
  static final String MEND = "mend";
  static final String WHERE = "where";
  static final String LOOKUP = "lookup";
  private static final int PLACES = 4;
  private final Drill drill;
  private final LabState lab;
  private final ProbeSpec shown;

  DrillLesson(Drill drill) {
    this.drill = drill;
    lab = drill.fault().after();
    shown = ProbeSpec.of(lab, drill.why().trace().probe());
  }

  /** The lesson, with the words of another one that has the same tasks. */
  Lesson of(Lesson words) {
    SavedProbe queued = new SavedProbe(Sentences.say("probe"), drill.why().trace().probe(), true);
    Notes notes = lab.notes();
    LabState start = lab.withNotes(notes.withProbes(notes.probes().plus(queued.name(), queued)));
    List<Task> tasks = words.tasks().stream().map(this::task).toList();
    List<Quiz> quizzes = List.of(quiz());
    Lesson plain = new Lesson(words.card(), words.prose(), start, Optional.of(queued), tasks,
        new Questions(List.of(prediction()), quizzes), words.answers(), goals(), words.sources(),
        Optional.of(drill.draw()), List.of());
    return new DrillAnswers(drill, shown).of(plain);
  }

  private Task task(Task words) {
    Prose told = words.id().equals(WATCH) ? ground() : Prose.EMPTY;
    Prose afterwards = words.id().equals(MEND) ? broken() : Prose.EMPTY;
    List<Prose> hints = switch (words.id()) {
      case FIND -> List.of(words.hints().getFirst(), prose(Sentences.say("find.ends", end())),
          prose(Sentences.say("find.it", culprit())));
      case MEND -> List.of(prose(Sentences.say("mend.facts", facts())),
          prose(Sentences.say("mend.reason", String.join(" ", drill.mend().reasons()))), commands());
      default -> words.hints();
    };
    return new Task(words.id(), words.title(), DrillWords.both(words.prose(), told),
        DrillWords.both(words.afterwards(), afterwards), checks(words.id()), hints);
  }

  private List<Check> checks(String task) {
    return switch (task) {
      case WATCH -> List.of(new Check.Predicted(WHERE, false),
          new Check.Watched(shown, EnumSet.complementOf(EnumSet.of(ProbeOutcome.ANSWERED)), Set.of()));
      case FIND -> List.of(new Check.Answered(LOOKUP));
      default -> Stream.concat(drill.ground().probes().stream().map(this::asBefore),
          Stream.of(new Check.Kept(texts(drill.brought()), texts(drill.taken()),
              Check.Kept.USUAL + drill.taken().size())))
          .toList();
    };
  }

  private Check asBefore(Ground.Sent sent) {
    ProbeSpec spec = ProbeSpec.of(lab, sent.probe());
    return sent.answered()
        ? new Check.Reach(spec, Optional.empty(), Optional.empty())
        : new Check.NoReach(spec, Set.of());
  }

  private static List<String> texts(List<LabFacts.Fact> facts) {
    return facts.stream().map(LabFacts.Fact::toString).toList();
  }

  private List<Goal> goals() {
    return drill.ground().probes().stream().map(sent -> (Goal) new Goal.Ends(ProbeSpec.of(lab, sent.probe()),
        sent.answered() ? Set.of(ProbeOutcome.ANSWERED) : EnumSet.complementOf(EnumSet.of(ProbeOutcome.ANSWERED)),
        Optional.empty(), Optional.empty(), Set.of())).toList();
  }

  private LookupName culprit() {
    return drill.culprit().orElseThrow();
  }

  private Quiz quiz() {
    return new Quiz(LOOKUP, FIND, "bisecting", Sentences.say("lookup.question"),
        new Quiz.Form.Choice(drill.choices().stream().map(c -> new Quiz.Item(c.id(), c.toString())).toList(),
            Set.of(culprit().id())),
        Sentences.say("lookup.why"));
  }

  /** In whose kernel is it? Those that the call comes through when all is well, the right one among them. */
  private Prediction prediction() {
    Set<NetnsId> places = new LinkedHashSet<>(Set.of(drill.fault().at()));
    Stream.concat(drill.good().steps().stream(), drill.why().trace().steps().stream()).map(Step::where)
        .forEach(places::add);
    lab.netns().keySet().forEach(places::add);
    List<NetnsId> some = places.stream().limit(PLACES).sorted().toList();
    String right = Place.of(lab, drill.fault().at()).spoken();
    return new Prediction(WHERE, WATCH, "bisecting", Sentences.say("where.question", shown.from().spoken(), shown.to()),
        some.stream().map(id -> {
          boolean so = id.equals(drill.fault().at());
          return new Prediction.Option(DrillWords.id(Place.of(lab, id).toString()), Place.of(lab, id).spoken(), so,
              so ? Sentences.say("where.right") : Sentences.say("where.wrong", right));
        }).toList());
  }

  private Prose ground() {
    String from = drill.ground().lesson().map(card -> Sentences.say("ground.lesson", card.id(), card.title()))
        .orElseGet(() -> Sentences.say("ground.made"));
    String number = Sentences.say("drill", drill.draw().level(), drill.draw().seed());
    return new Prose(List.of(DrillWords.paragraph(number + " " + from + " " + Sentences.say("broken")),
        DrillWords.commands(List.of(DrillWords.command(lab, drill.why().trace().probe(), shown)))));
  }

  private Prose broken() {
    return new Prose(List.of(
        DrillWords.paragraph(Sentences.say("mend.was", Place.of(lab, drill.fault().at()).spoken())),
        DrillWords.commands(drill.fault().lines())));
  }

  private Prose commands() {
    return new Prose(List.of(DrillWords.paragraph(Sentences.say("mend.commands")),
        DrillWords.commands(drill.mend().commands())));
  }

  private String end() {
    List<Fact> facts = drill.why().facts();
    return facts.get(Math.max(0, facts.size() - 2)).sentence();
  }

  private String facts() {
    return drill.why().facts().stream().map(Fact::sentence).collect(Collectors.joining(" "));
  }

  private static Prose prose(String text) {
    return new Prose(List.of(DrillWords.paragraph(text)));
  }
}
