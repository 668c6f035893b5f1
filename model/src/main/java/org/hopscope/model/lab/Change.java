package org.hopscope.model.lab;

import org.hopscope.model.probe.Probe;

/**
 * One step of a lab's history, with both its ends.
 *
 * @param cause what made it
 * @param before the state before
 * @param after the state after
 */
public record Change(Cause cause, LabState before, LabState after) {
  /** What changes a lab. */
  public sealed interface Cause {
    /** An edit was applied. */
    record Edited(Deed deed) implements Cause {
    }

    /** A probe's traffic wrote into the learned tables and moved the clock: no entry in the history. */
    record Committed(Probe sent) implements Cause {
    }

    /** The last entry was taken back. */
    record Undone(Deed deed) implements Cause {
    }

    /** The entry taken back last was done again. */
    record Redone(Deed deed) implements Cause {
    }

    /** Another lab took its place, with a history of its own: one was opened. */
    record Replaced() implements Cause {
    }
  }
}
