package org.hopscope.app.desktop.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.hopscope.model.lab.Change;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Interpreter;
import org.hopscope.model.shell.Reply;

/**
 * A text that was typed, worked out on a lab of its own: it can be on its way on any thread, and what it did is handed over
 * command by command.
 */
final class Errand {
  private final Interpreter shell;
  private final LabState start;
  private final NetnsId at;
  private final String text;
  private volatile boolean stopped;

  /**
   * One to be run.
   *
   * @param shell a shell that nobody else uses meanwhile
   * @param start the lab it begins with
   * @param at the namespace whose prompt it was typed at
   */
  Errand(Interpreter shell, LabState start, NetnsId at, String text) {
    this.shell = shell;
    this.start = start;
    this.at = at;
    this.text = text;
  }

  /** What an errand tells on its way. */
  sealed interface Word {
    /**
     * A command was run.
     *
     * @param changes what it did to the lab, in order
     * @param shell the shell after it
     */
    record Did(Reply reply, List<Change> changes, Interpreter shell) implements Word {
    }

    /**
     * All of it was run.
     *
     * @param exit the exit status of the last command
     * @param shell the shell after it
     */
    record Ended(int exit, Interpreter shell) implements Word {
    }

    /** It broke off by a fault of the program. */
    record Broke(RuntimeException fault) implements Word {
    }
  }

  /** Runs it on the thread at hand; tells of each command, and at last that it ended, unless it was stopped. */
  void run(Consumer<Word> tell) {
    Session session = new Session(start);
    List<Change> changes = new ArrayList<>();
    session.listen(changes::add);
    Interpreter there = shell.at(session);
    try {
      int exit = there.run(at, text, executed -> {
        if (stopped) {
          throw new CancellationException();
        }
        tell.accept(new Word.Did(executed.reply(), List.copyOf(changes), there.at(session)));
        changes.clear();
      });
      tell.accept(new Word.Ended(exit, there));
    } catch (CancellationException _) {
      // whoever stopped it waits for nothing
    } catch (RuntimeException fault) {
      tell.accept(new Word.Broke(fault));
    }
  }

  /** Stops it before its next command, from any thread; what it is at is worked out in vain. */
  void stop() {
    stopped = true;
  }
}
