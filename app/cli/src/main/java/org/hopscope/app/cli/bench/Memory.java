package org.hopscope.app.cli.bench;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Session;

/** How much of the heap a lab takes, after a collection: as it is loaded, and with many small edits that can be undone. */
final class Memory {
  private static final int UNDO = 10_000;
  private static final double MIB = 1 << 20;

  private Memory() {
  }

  static List<Figure> of(int n) {
    String text = LabCodec.encode(Labs.star(n));
    double empty = live();
    if (!(LabCodec.decode(text) instanceof LabCodec.Decoded.Ok(var lab))) {
      throw new IllegalStateException("the lab cannot be read back");
    }
    double loaded = live();
    Session session = new Session(lab);
    for (int i = 0; i < UNDO; i++) {
      Reach.toggle(session, n, i);
    }
    double edited = live();
    if (session.history().size() != UNDO || text.isEmpty()) {
      throw new IllegalStateException("not all edits can be undone");
    }
    String params = "n=" + n;
    return List.of(new Figure("memory", params, "lab_mib", loaded - empty, "MiB"),
        new Figure("memory", params + ",undo=" + UNDO, "undo_mib", edited - loaded, "MiB"));
  }

  /** The heap in use after a collection, in MiB. */
  static double live() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      runtime.gc();
    }
    return (runtime.totalMemory() - runtime.freeMemory()) / MIB;
  }
}
