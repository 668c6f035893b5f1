package org.hopscope.model.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;

/**
 * Rules with what real programs said of each, one in a line behind the place that it was appended to; see
 * {@code src/test/oracle/rules}.
 *
 * @param truth the file
 * @param kept rules that are kept otherwise
 */
public record RecordedRules(Path truth, Pattern kept) {
  private static final int REFUSED_BY_NAME = 127;

  /** As {@code record.py} makes them. */
  private static final List<String> SETS =
      List.of("blue hash:ip", "green hash:net timeout 60", "red hash:ip,port", "blue6 hash:ip family inet6");

  /**
   * Where a rule was appended to.
   *
   * @param family 4 or 6
   */
  public record Place(String family, String table, String chain) {
    /** {@code iptables -t TABLE}, of its family. */
    public String program() {
      return (family.equals("4") ? "iptables" : "ip6tables") + " -t " + table;
    }
  }

  /** A lab in which a rule was just appended. */
  public interface Appended {
    /** What is held against the record. */
    String told(Session session, NetnsId root, Place place, Reply done);
  }

  /**
   * Holds each rule against its record.
   *
   * @param least how many there are at least
   * @param unsupported how many may hold words that are refused by name
   */
  public void agree(int least, int unsupported, Appended appended) throws IOException {
    List<String> different = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    Place place = new Place("", "", "");
    int lines = 0;
    for (String line : Files.readAllLines(truth)) {
      if (line.startsWith(":")) {
        String[] words = line.substring(1).split(" ");
        place = new Place(words[0], words[1], words[2]);
        continue;
      }
      String[] parts = line.split("\t", 2);
      Session session = new Session(Editor.fresh(1));
      NetnsId root = session.state().firstHost().root();
      SETS.forEach(s -> Shell.run(session, root, "ipset create " + s));
      Shell.run(session, root, place.program() + " -N user");
      Reply done = Shell.run(session, root, place.program() + " -A " + place.chain() + " " + parts[0]);
      lines++;
      if (done.exit() == REFUSED_BY_NAME) {
        refused.add(line);
        continue;
      }
      String said = appended.told(session, root, place, done);
      if (!said.equals(parts[1]) && !kept.matcher(parts[0]).matches()) {
        different.add(place + " " + parts[0] + "\n    real:  " + parts[1] + "\n    model: " + said);
      }
    }
    assertThat(lines).isGreaterThan(least);
    assertThat(different).isEmpty();
    assertThat(refused).hasSizeLessThanOrEqualTo(unsupported);
  }
}
