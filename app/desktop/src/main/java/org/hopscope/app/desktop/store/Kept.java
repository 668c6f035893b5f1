package org.hopscope.app.desktop.store;

import org.hopscope.model.journal.Journal;
import org.hopscope.model.journal.Replay;
import org.hopscope.model.lab.Session;

/**
 * A lab that was written down with all that was done to it.
 *
 * @param journal what was done, as far as it can be done again
 * @param session the lab it leads to, with its history
 */
public record Kept(Journal journal, Session session) {
  /** More entries than this are not gone on with: the lab stays, its history ends with the process. */
  private static final int MOST = 5_000;

  /** Does everything again. What another version wrote and this one cannot do ends it before its end. */
  static Kept of(Journal journal) {
    return of(journal, Replay.of(journal));
  }

  /** What was done again already. */
  public static Kept of(Journal journal, Replay replay) {
    return new Kept(new Journal(journal.program(), journal.base(), journal.entries().subList(0, replay.done())),
        replay.session());
  }

  /** Whether the journal is gone on with, rather than a new one begun. */
  boolean goesOn() {
    return journal.entries().size() <= MOST;
  }
}
