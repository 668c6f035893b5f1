package org.hopscope.model.journal;

import java.util.Optional;
import java.util.function.Consumer;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Session;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/**
 * A session in which everything of a journal was done once more.
 *
 * @param session the session, with its history
 * @param done how many entries were done
 * @param problem why the next one was not, if one is left: that can only be when another version wrote the journal
 */
public record Replay(Session session, int done, Optional<String> problem) {
  /** Does it all again, on this thread: the same journal always gives an equal lab. */
  public static Replay of(Journal journal) {
    return of(journal, _ -> {
    });
  }

  /** As {@link #of(Journal)}; {@code each} is given the lab after each entry. */
  public static Replay of(Journal journal, Consumer<LabState> each) {
    Session session = new Session(journal.base());
    int done = 0;
    for (Entry entry : journal.entries()) {
      Optional<String> problem = step(session, entry);
      if (problem.isPresent()) {
        return new Replay(session, done, problem);
      }
      done++;
      each.accept(session.state());
    }
    return new Replay(session, done, Optional.empty());
  }

  private static Optional<String> step(Session session, Entry entry) {
    return switch (entry) {
      case Entry.Edited edited -> edit(session, edited);
      case Entry.Sent(Probe probe) -> {
        Trace trace = Simulator.run(session.state(), probe);
        session.commit(probe, trace.finish().learned(), trace.end());
        yield Optional.empty();
      }
      case Entry.Undone() -> session.undo().isPresent() ? Optional.empty() : Optional.of("there is nothing to undo");
      case Entry.Redone() -> session.redo().isPresent() ? Optional.empty() : Optional.of("there is nothing to redo");
      case Entry.Replaced(var lab) -> {
        session.replace(lab);
        yield Optional.empty();
      }
    };
  }

  private static Optional<String> edit(Session session, Entry.Edited edited) {
    Optional<Edit> edit = Parts.edit(session.state(), edited.parts());
    if (edit.isEmpty()) {
      return Optional.of("cannot be done any more: " + edited.parts());
    }
    return switch (session.by(edited.hand()).apply(edit.get())) {
      case Outcome.Applied _ -> Optional.empty();
      case Outcome.Refused(var why) -> Optional.of(why.text());
    };
  }
}
