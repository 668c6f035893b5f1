package org.hopscope.model.journal;

import java.util.List;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.lab.ItemKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.lab.Remark;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.SavedProbe;

/** One thing that was done to a lab. */
public sealed interface Entry {
  /**
   * An edit.
   *
   * @param parts the words for its parts, which are done together
   * @param hand whose hand it came from
   */
  record Edited(List<Part> parts, Hand hand) implements Entry {
    public Edited {
      parts = List.copyOf(parts);
    }
  }

  /** A probe was sent and what it taught the tables was kept. */
  record Sent(Probe probe) implements Entry {
  }

  /** The last edit was taken back. */
  record Undone() implements Entry {
  }

  /** The edit taken back last was done again. */
  record Redone() implements Entry {
  }

  /** Another lab took the place of all before. */
  record Replaced(LabState lab) implements Entry {
  }

  /** A part of an edit: a command, or what no command does. */
  sealed interface Part {
    /** A command line as typed at the first host's root prompt. */
    record Command(String line) implements Part {
    }

    /** Something was put somewhere on the canvas. */
    record Arranged(ItemKey item, Notes.Place place) implements Part {
    }

    /** Everything was put where the layout puts it. */
    record Disarranged() implements Part {
    }

    /** Something was written on the canvas. */
    record Remarked(Remark remark) implements Part {
    }

    /** A remark was taken off the canvas. */
    record Erased(String id) implements Part {
    }

    /** The whole lab was put to some point. */
    record Restored(String point, LabState lab) implements Part {
    }

    /** A probe was kept. */
    record Saved(SavedProbe probe) implements Part {
    }

    /** A kept probe was let go. */
    record Forgotten(String name) implements Part {
    }
  }
}
