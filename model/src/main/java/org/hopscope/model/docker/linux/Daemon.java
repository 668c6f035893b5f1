package org.hopscope.model.docker.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;

/**
 * Turns a host on which Docker keeps one thing into one on which it keeps another: only what differs between the two is
 * touched, so what someone broke by hand stays broken until the container or network it belongs to changes. What is gone
 * already need not be taken away, and what is in the way stays there.
 */
public final class Daemon {
  private final List<Edit> edits = new ArrayList<>();
  private LabState lab;

  private Daemon(LabState lab) {
    this.lab = lab;
  }

  /** The edits that put {@code after} in the place of what the daemon of a host keeps, on the host too. */
  public static List<Edit> put(LabState lab, String host, Engine after) {
    Daemon daemon = new Daemon(lab);
    SequencedMap<String, Construct> before = Constructs.of(host, lab.engine(host));
    SequencedMap<String, Construct> wanted = Constructs.of(host, after);
    for (Map.Entry<String, Construct> old : new LinkedHashMap<>(before).reversed().entrySet()) {
      if (!old.getValue().equals(wanted.get(old.getKey()))) {
        old.getValue().unmake().forEach(daemon::apply);
      }
    }
    for (Map.Entry<String, Construct> next : wanted.entrySet()) {
      if (!next.getValue().equals(before.get(next.getKey()))) {
        next.getValue().make().forEach(daemon::apply);
      }
    }
    daemon.apply(new Edit.PutEngine(host, after));
    return daemon.edits;
  }

  private void apply(Edit edit) {
    if (Editor.apply(lab, edit) instanceof Editor.Result.Done(LabState done) && done != lab) {
      lab = done;
      edits.add(edit);
    }
  }
}
