package org.hopscope.model.nft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hopscope.model.lab.Editor;
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

  /** As {@code record.py} makes them. */
  private static final List<String> SETS =
      List.of("blue hash:ip", "green hash:net timeout 60", "red hash:ip,port", "blue6 hash:ip family inet6");

  private static final String WARNING = "managed by iptables-nft";

  /** Whether nft warns, and the rules that it lists; empty when the model refuses the rule by name. */
  private static String answer(String place, String rule) {
    String[] words = place.substring(1).split(" ");
    Session session = new Session(Editor.fresh(1));
    NetnsId root = session.state().firstHost().root();
    SETS.forEach(s -> Shell.run(session, root, "ipset create " + s));
    String program = (words[0].equals("4") ? "iptables" : "ip6tables") + " -t " + words[1];
    Shell.run(session, root, program + " -N user");
    Reply done = Shell.run(session, root, program + " -A " + words[2] + " " + rule);
    if (done.exit() == 127) {
      return "";
    }
    if (done.exit() != 0) {
      return "refused: " + done.err();
    }
    Reply listed = Shell.run(session, root,
        "nft list chain " + (words[0].equals("4") ? "ip " : "ip6 ") + words[1] + " " + words[2]);
    return (listed.err().stream().anyMatch(l -> l.contains(WARNING)) ? "1\t" : "0\t") + listed.out().stream()
        .filter(l -> l.startsWith("\t\t") && !l.startsWith("\t\ttype ")).map(l -> l.substring(2))
        .collect(Collectors.joining(" ;; "));
  }

  @Test
  @DisplayName("every recorded line")
  void agrees() throws IOException {
    List<String> different = new ArrayList<>();
    List<String> unsupported = new ArrayList<>();
    String place = "";
    int lines = 0;
    for (String line : Files.readAllLines(TRUTH)) {
      if (line.startsWith(":")) {
        place = line;
        continue;
      }
      String[] parts = line.split("\t", 2);
      String said = answer(place, parts[0]);
      lines++;
      if (said.isEmpty()) {
        unsupported.add(line);
      } else if (!said.equals(parts[1]) && !KEPT.matcher(parts[0]).matches()) {
        different.add(place + " " + parts[0] + "\n    nft:   " + parts[1] + "\n    model: " + said);
      }
    }
    assertThat(lines).isGreaterThan(1500);
    assertThat(different).isEmpty();
    assertThat(unsupported).hasSizeLessThanOrEqualTo(UNSUPPORTED);
  }
}
