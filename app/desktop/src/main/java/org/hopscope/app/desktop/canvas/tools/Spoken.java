package org.hopscope.app.desktop.canvas.tools;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Interpreter;

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
    List<Edit> edits = new ArrayList<>();
    List<String> words = new ArrayList<>();
    int exit = new Interpreter(new Session(lab)).run(lab.firstHost().root(), line, done -> {
      edits.addAll(done.reply().edits());
      words.addAll(done.reply().err());
    });
    return exit == 0 && !edits.isEmpty()
        ? new Understood(Plan.together(edits))
        : new Refused(String.join("\n", words));
  }
}
