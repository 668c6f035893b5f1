package org.hopscope.model.nft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds single rules against what the real nft said to each; see {@code src/test/oracle/rules/record_nft.py}. */
@DisplayName("A rule is taken or refused as nft does, and listed as it lists it (sem-K15)")
class NftLinesTest {
  private static final Path TRUTH = Path.of("src/test/oracle/rules/nft-truth.tsv");

  private static String answer(String[] parts) {
    Session session = new Session(Editor.fresh(1));
    NetnsId root = session.state().firstHost().root();
    String family = parts[0];
    String priority = parts[1].equals("prerouting") ? "-100" : parts[1].equals("postrouting") ? "100" : "0";
    Shell.run(session, root, "ip link set lo up; nft 'add table " + family + " t; add chain " + family
        + " t c { type " + parts[2] + " hook " + parts[1] + " priority " + priority + "; }'");
    Reply done = Shell.run(session, root, "nft 'add rule " + family + " t c " + parts[4] + "'");
    String listed = Shell.run(session, root, "nft list chain " + family + " t c").out().stream()
        .filter(l -> l.startsWith("\t\t")).skip(1).map(String::strip).collect(Collectors.joining(" ;; "));
    return done.exit() + "\t" + (done.exit() == 0 ? listed : done.err().getFirst());
  }

  @Test
  @DisplayName("every recorded line")
  void agrees() throws IOException {
    List<String> different = new ArrayList<>();
    List<String> lines = Files.readAllLines(TRUTH);
    for (String line : lines) {
      String[] parts = line.split("\t", -1);
      String wanted = parts[3] + "\t" + (parts[3].equals("0") ? parts[5] : parts[6]);
      String said = answer(parts);
      boolean refusedByBoth = !parts[3].equals("0") && !said.startsWith("0\t");
      if (!refusedByBoth && !said.equals(wanted)) {
        different.add(line + "\n    model: " + said);
      }
    }
    assertThat(lines).hasSizeGreaterThan(350);
    assertThat(different).isEmpty();
  }
}
