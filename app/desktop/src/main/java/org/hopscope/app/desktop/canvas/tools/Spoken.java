package org.hopscope.app.desktop.canvas.tools;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;

/** What a command line would do to a lab: for gestures that stand for a command of a program that commands others. */
public sealed interface Spoken {
  /** It would be this edit. */
  record Understood(Edit edit) implements Spoken {
  }

  /** It is refused, in the program's words. */
  record Refused(String words) implements Spoken {
  }

  /** Asks the shell, at the first host, and changes nothing. */
  static Spoken of(LabState lab, String line) {
    Reply reply = Shell.run(new Session(lab), lab.firstHost().root(), line);
    List<Edit> edits = reply.edits();
    return reply.exit() == 0 && !edits.isEmpty()
        ? new Understood(Plan.together(edits))
        : new Refused(Stream.concat(reply.err().stream(), reply.out().stream()).collect(Collectors.joining("\n")));
  }
}
