package org.hopscope.model.journal;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hopscope.model.journal.Entry.Part;
import org.hopscope.model.lab.Change;
import org.hopscope.model.lab.Deed;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Commands;

/**
 * Writes down what happens in a session. What it writes for an edit it tries at once: if it would not give the same lab
 * again, the lab it left is written down instead, so that a replay never ends elsewhere. Lives on the session's thread.
 */
public final class Recorder {
  private int undoable;
  private int redoable;

  /**
   * Records from now on.
   *
   * @param out is given each entry right after it happened
   */
  public Recorder(Session session, Consumer<Entry> out) {
    session.listen(c -> out.accept(entry(c)));
  }

  /** A new journal begins with the lab as it is: what was done before cannot be undone in it. */
  public void begin() {
    undoable = 0;
    redoable = 0;
  }

  /** A journal is gone on with whose end is where the session stands: what can be undone there can be undone in it. */
  public void goOn(Session session) {
    undoable = session.history().size();
    redoable = session.undone();
  }

  private Entry entry(Change change) {
    return switch (change.cause()) {
      case Change.Cause.Edited(Deed deed) -> edited(change, deed);
      case Change.Cause.Committed(var sent) -> new Entry.Sent(sent);
      case Change.Cause.Undone _ -> {
        if (undoable == 0) {
          yield replaced(change.after());
        }
        undoable--;
        redoable++;
        yield new Entry.Undone();
      }
      case Change.Cause.Redone _ -> {
        if (redoable == 0) {
          yield replaced(change.after());
        }
        undoable++;
        redoable--;
        yield new Entry.Redone();
      }
      case Change.Cause.Replaced() -> replaced(change.after());
    };
  }

  private Entry edited(Change change, Deed deed) {
    undoable++;
    redoable = 0;
    List<Part> parts = Parts.of(change.before(), deed.edit());
    Optional<LabState> again = Parts.edit(change.before(), parts).flatMap(e -> after(change.before(), e));
    return again.equals(Optional.of(change.after()))
        ? new Entry.Edited(parts, deed.hand())
        : new Entry.Edited(List.of(new Part.Restored(point(change, deed), change.after())), deed.hand());
  }

  private static String point(Change change, Deed deed) {
    return String.join("; ", Commands.of(change.before(), deed.edit()));
  }

  private static Optional<LabState> after(LabState before, Edit edit) {
    return switch (Editor.apply(before, edit)) {
      case Editor.Result.Done(LabState after) -> Optional.of(after);
      case Editor.Result.Refused _ -> Optional.empty();
    };
  }

  private Entry replaced(LabState lab) {
    begin();
    return new Entry.Replaced(lab);
  }
}
