package org.hopscope.model.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;

/**
 * What came of doing something to a lab.
 *
 * @param after the lab then
 * @param edits what was done
 */
record Trial(LabState after, List<Edit> edits) {
  /** Does what an idea says; empty when part of it is refused, or nothing comes of it. */
  static Optional<Trial> of(LabState lab, Idea idea) {
    LabState now = lab;
    List<Edit> edits = new ArrayList<>();
    for (Idea.Deed deed : idea.deeds()) {
      Optional<Trial> next = one(now, deed);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      now = next.get().after();
      edits.addAll(next.get().edits());
    }
    return now.equals(lab) ? Optional.empty() : Optional.of(new Trial(now, List.copyOf(edits)));
  }

  private static Optional<Trial> one(LabState lab, Idea.Deed deed) {
    return switch (deed) {
      case Idea.Done(Edit edit) -> switch (Editor.apply(lab, edit)) {
        case Editor.Result.Done(LabState after) -> Optional.of(new Trial(after, List.of(edit)));
        case Editor.Result.Refused _ -> Optional.empty();
      };
      case Idea.Typed(var at, String line) -> {
        Session session = new Session(lab);
        Reply reply = Shell.run(session, at, List.of(line.split(" ")));
        yield reply.exit() == 0 && !reply.edits().isEmpty()
            ? Optional.of(new Trial(session.state(), reply.edits()))
            : Optional.empty();
      }
    };
  }
}
