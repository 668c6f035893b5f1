package org.hopscope.app.desktop.workbench;

import java.util.List;
import org.hopscope.model.lab.Deed;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.shell.Commands;

/**
 * A line of COMMANDS.
 *
 * @param line the command as typed at the first host's root prompt
 * @param hand whose hand it was
 */
public record CommandEntry(String line, Hand hand) {
  /** The lines that an entry of the history stands for; none for what no command does. */
  static List<CommandEntry> of(Deed deed) {
    return Commands.of(deed.before(), deed.edit()).stream().map(line -> new CommandEntry(line, deed.hand())).toList();
  }
}
