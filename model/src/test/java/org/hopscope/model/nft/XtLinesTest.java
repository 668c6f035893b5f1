package org.hopscope.model.nft;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hopscope.model.iptables.RecordedRules;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds rules of iptables against what the real nft shows of each; see {@code src/test/oracle/rules/record_xt.py}. */
@DisplayName("A rule of iptables is listed by nft as nft lists it (sem-K15)")
class XtLinesTest {
  private static final Path TRUTH = Path.of("src/test/oracle/rules/xt-truth.tsv");

  /** Lines with words that the model refuses by name (kd-25). */
  private static final int UNSUPPORTED = 20;

  /**
   * Lines that are kept otherwise (kd-37): iptables reads a port's range that is inverted from 0 on as the ranges behind it, and two
   * {@code -m tcp} as one; counters do not go beyond half of what a kernel's go to.
   */
  private static final Pattern KEPT = Pattern.compile("(.* )?! --[ds]port 0?:\\d+.*|.*-m tcp .*-m tcp .*|-c -1 .*");

  private static final String WARNING = "managed by iptables-nft";

  /** Whether nft warns, and the rules that it lists. */
  private static String listed(Session session, NetnsId root, RecordedRules.Place place, Reply done) {
    if (done.exit() != 0) {
      return "refused: " + done.err();
    }
    Reply listed = Shell.run(session, root,
        "nft list chain " + (place.family().equals("4") ? "ip " : "ip6 ") + place.table() + " " + place.chain());
    return (listed.err().stream().anyMatch(l -> l.contains(WARNING)) ? "1\t" : "0\t") + listed.out().stream()
        .filter(l -> l.startsWith("\t\t") && !l.startsWith("\t\ttype ")).map(l -> l.substring(2))
        .collect(Collectors.joining(" ;; "));
  }

  @Test
  @DisplayName("every recorded line")
  void agrees() throws IOException {
    new RecordedRules(TRUTH, KEPT).agree(1500, UNSUPPORTED, XtLinesTest::listed);
  }
}
