package org.hopscope.app.desktop.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Interpreter;
import org.hopscope.model.shell.Reply;

/**
 * What pasted lines would do, found by doing it to a lab of its own.
 *
 * @param lines the lines
 * @param commands how many commands were run
 * @param changes how many of them changed the lab
 * @param probes how many packets were sent
 * @param trouble the first command that failed, with what it said
 */
record PastePlan(List<String> lines, int commands, int changes, int probes, Optional<String> trouble) {
  /** More lines than this are not tried beforehand. */
  static final int MOST_TRIED = 300;
  private static final int MALFORMED = 255;

  static PastePlan of(LabState lab, NetnsId at, List<String> lines) {
    if (lines.size() > MOST_TRIED) {
      return new PastePlan(lines, 0, 0, 0, Optional.empty());
    }
    Session scratch = new Session(lab);
    Interpreter shell = new Interpreter(scratch);
    List<Reply> replies = new ArrayList<>();
    Optional<String> trouble = Optional.empty();
    StringBuilder begun = new StringBuilder();
    for (String line : lines) {
      begun.append(line.strip());
      if (Interpreter.isUnfinished(begun.toString())) {
        begun.append('\n');
      } else {
        String text = begun.toString();
        begun.setLength(0);
        if (!text.isBlank()) {
          int exit = shell.run(at, text, executed -> replies.add(executed.reply()));
          if (exit != 0 && trouble.isEmpty()) {
            List<String> said = replies.isEmpty() ? List.of() : replies.getLast().err();
            trouble = Optional.of(text.lines().findFirst().orElse("") + "  →  "
                + said.stream().findFirst().orElse(Messages.text("terminal.paste.exit", exit)));
          }
          if (exit == MALFORMED || exit == Reply.UNSUPPORTED) {
            break;
          }
        }
      }
    }
    return new PastePlan(List.copyOf(lines), replies.size(),
        (int) replies.stream().filter(r -> !r.edits().isEmpty()).count(),
        replies.stream().mapToInt(r -> r.traces().size()).sum(), trouble);
  }

  boolean isTried() {
    return lines.size() <= MOST_TRIED;
  }
}
