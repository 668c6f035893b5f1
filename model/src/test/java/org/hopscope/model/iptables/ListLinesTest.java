package org.hopscope.model.iptables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds rules against how the real iptables lists each; see {@code src/test/oracle/rules/record_list.py}. */
@DisplayName("A rule is listed as iptables lists it, with numbers and with names")
class ListLinesTest {
  private static final Path TRUTH = Path.of("src/test/oracle/rules/list-truth.tsv");

  /** Lines with words that the model refuses by name: all of SYNPROXY (kd-25). */
  private static final int UNSUPPORTED = 15;

  /**
   * Lines that are kept otherwise: the base 0 of ports in step, counters beyond half of what a kernel's go to (kd-44), addresses of
   * connections by name, and the blanks around programs of bpf.
   */
  private static final Pattern KEPT =
      Pattern.compile(".*--to-ports 10-20/[05].*|-c -1 .*|-c .* -1 .*|.*--ctorigsrc 0.0.0.0/0.*|"
          + ".*--ctrepldst 127.1.*|.*-m bpf .*");

  private static String rules(Reply listed, String counters) {
    // The recorder hides how many milliseconds something takes.
    return listed.out().stream().skip(2)
        .map(l -> l.replaceFirst(counters, "").replaceAll("\\d+\\.\\dms", "Tms").stripTrailing())
        .collect(Collectors.joining(" ;; "));
  }

  @Test
  @DisplayName("every recorded line")
  void agrees() throws IOException {
    new RecordedRules(TRUTH, KEPT).agree(1800, UNSUPPORTED,
        (session, root, place, _) -> rules(Shell.run(session, root, place.program() + " -nvL " + place.chain()),
            "^\\s*\\S+\\s+\\S+ ") + "\t"
            + rules(Shell.run(session, root, place.program() + " -L " + place.chain()), "^$"));
  }
}
