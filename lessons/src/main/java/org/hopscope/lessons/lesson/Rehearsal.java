package org.hopscope.lessons.lesson;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.trace.Trace;

/**
 * What a script makes of a lab and of an attempt: its commands run one after the other at the first host's prompt, the
 * probes it sends count as watched, its predictions and answers as given.
 *
 * @param lab the lab afterwards
 * @param attempt what has been said and seen afterwards
 * @param refused the commands that ended with an exit status other than 0, in order
 */
public record Rehearsal(LabState lab, Attempt attempt, List<Refused> refused) {
  public Rehearsal {
    refused = List.copyOf(refused);
  }

  /**
   * A command that did not end well. A ping without an answer is one too: it was carried out and found nothing.
   *
   * @param number its line in the script, from 1
   * @param command the command
   * @param exit its exit status
   * @param said what it said about it
   * @param sent whether it sent a probe
   */
  public record Refused(int number, String command, int exit, String said, boolean sent) {
  }

  /** Runs a script. */
  public static Rehearsal of(LabState lab, Attempt attempt, Script script) {
    Session session = new Session(lab);
    List<Refused> refused = new ArrayList<>();
    Attempt seen = attempt;
    for (Script.Line line : script.lines()) {
      switch (line) {
        case Script.Line.Command(int number, String text) -> {
          NetnsId prompt = session.state().firstHost().root();
          Reply reply = Shell.run(session, prompt, text);
          for (Trace trace : reply.traces()) {
            seen = seen.watch(trace);
          }
          if (reply.exit() != 0) {
            String said = String.join("; ", reply.err());
            refused.add(new Refused(number, text, reply.exit(), said, !reply.traces().isEmpty()));
          }
        }
        case Script.Line.Predict(int _, String prediction, String option) -> seen = seen.predict(prediction, option);
        case Script.Line.Answer(int _, String quiz, List<String> words) -> seen = seen.answer(quiz, words);
        case Script.Line.Begin _ -> {
        }
      }
    }
    return new Rehearsal(session.state(), seen, refused);
  }

  /** A lab and an attempt as they are when a lesson's earlier tasks have been done by its worked solution. */
  public static Rehearsal upTo(Lesson lesson, String task) {
    return of(lesson.start(), Attempt.NONE, lesson.answers().solution().before(task));
  }
}
