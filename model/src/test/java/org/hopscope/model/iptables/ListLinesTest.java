package org.hopscope.model.iptables;

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

  /** As {@code record.py} makes them. */
  private static final List<String> SETS =
      List.of("blue hash:ip", "green hash:net timeout 60", "red hash:ip,port", "blue6 hash:ip family inet6");

  private static String rules(Reply listed, String counters) {
    // The recorder hides how many milliseconds something takes.
    return listed.out().stream().skip(2)
        .map(l -> l.replaceFirst(counters, "").replaceAll("\\d+\\.\\dms", "Tms").stripTrailing())
        .collect(Collectors.joining(" ;; "));
  }

  /** What both ways of listing say; empty when the model refuses the rule by name. */
  private static String answer(String place, String rule) {
    String[] words = place.substring(1).split(" ");
    Session session = new Session(Editor.fresh(1));
    NetnsId root = session.state().firstHost().root();
    SETS.forEach(s -> Shell.run(session, root, "ipset create " + s));
    String program = (words[0].equals("4") ? "iptables" : "ip6tables") + " -t " + words[1];
    Shell.run(session, root, program + " -N user");
    if (Shell.run(session, root, program + " -A " + words[2] + " " + rule).exit() == 127) {
      return "";
    }
    return rules(Shell.run(session, root, program + " -nvL " + words[2]), "^\\s*\\S+\\s+\\S+ ") + "\t"
        + rules(Shell.run(session, root, program + " -L " + words[2]), "^$");
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
        different.add(place + " " + parts[0] + "\n    iptables: " + parts[1] + "\n    model:    " + said);
      }
    }
    assertThat(lines).isGreaterThan(1800);
    assertThat(different).isEmpty();
    assertThat(unsupported).hasSizeLessThanOrEqualTo(UNSUPPORTED);
  }
}
