package org.hopscope.model.shell;

import java.util.List;
import java.util.function.ToIntFunction;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Session;

/** What {@code ip -s} tells of a flush (iproute2 6.1 ipaddr_flush, iproute_list_flush_or_save, do_show_or_flush of ipneigh.c). */
final class FlushText {
  private static final String NOTHING = "Nothing to flush.";

  private FlushText() {
  }

  /**
   * A flush, which says with {@code -s} how much it took away.
   *
   * @param things what it takes away, as the program calls it
   * @param present how many of them a lab has
   */
  static Command of(Prompt prompt, IpProgram.Options options, Edit edit, String things,
      ToIntFunction<LabState> present) {
    Session tried = new Session(prompt.lab());
    if (!options.stats() || !(tried.apply(edit) instanceof Outcome.Applied)) {
      return Command.Change.of(edit);
    }
    int gone = present.applyAsInt(prompt.lab()) - present.applyAsInt(tried.state());
    return said(edit, gone == 0 ? List.of(NOTHING)
        : List.of("", "*** Round 1, deleting " + gone + " " + things + " ***",
            "*** Flush is complete after 1 round ***"));
  }

  /** A flush for which nothing is there. */
  static Command none(IpProgram.Options options) {
    return options.stats() ? Command.Said.answered(List.of(NOTHING), new Answer.Nothing()) : Command.Said.NOTHING;
  }

  /** A flush, with what is said of it. */
  static Command said(Edit edit, List<String> lines) {
    return new Command.Change(edit, 2, Command.Said.answered(lines, new Answer.Nothing()));
  }
}
