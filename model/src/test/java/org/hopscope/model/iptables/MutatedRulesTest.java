package org.hopscope.model.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Rulesets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Throws files at iptables-restore that were made from good ones by small accidents; {@code -Dlines=1000000} for many. */
@DisplayName("Whatever stands in a file of rules")
class MutatedRulesTest {
  private static final int LINES = Integer.getInteger("lines", 40_000);
  private static final int IN_A_FILE = 12;
  private static final String CHARACTERS = " !-:/,.+\"'\\0159afxz*[]\t\u00e9";
  private static final RestoreFile.Options TAKEN = new RestoreFile.Options(false, true, false, Optional.empty());

  private final Random random = new Random(7);

  @Test
  @DisplayName("nothing breaks, a section is loaded whole or not at all, and what was loaded is saved as it can be loaded")
  void mutated() throws IOException {
    List<String> rules = Files.readAllLines(Path.of("src/test/oracle/rules/lines.txt")).stream()
        .filter(l -> !l.startsWith(":")).toList();
    Filter before = loaded(new Filter(Rulesets.NONE, NetfilterState.EMPTY),
        List.of("*filter", ":INPUT DROP [0:0]", ":old - [0:0]", "-A INPUT -j old", "COMMIT")).filter();
    int accepted = 0;
    for (int done = 0; done < LINES; done += IN_A_FILE) {
      List<String> file = file(rules);
      RestoreEditor.Loaded loaded = loaded(before, file);
      assertThat(loaded.done() == 0).isEqualTo(loaded.filter().equals(before));
      if (loaded.done() > 0) {
        accepted++;
        List<String> saved = saved(loaded.filter());
        assertThat(saved(loaded(new Filter(Rulesets.NONE, NetfilterState.EMPTY), saved).filter())).as(file.toString())
            .isEqualTo(saved);
      }
    }
    assertThat(accepted).isPositive();
  }

  private static RestoreEditor.Loaded loaded(Filter before, List<String> lines) {
    RestoreFile file = RestoreFile.read(IpFamily.INET, lines, TAKEN, "iptables-restore");
    return RestoreEditor.load(before, IpFamily.INET, file.sections(), false, "iptables-restore");
  }

  private static List<String> saved(Filter filter) {
    return filter.rules().ipv4().tables().values().stream()
        .flatMap(t -> SaveFile.of(t, filter.state(), true).stream()).filter(l -> !l.startsWith("#")).toList();
  }

  /** One good section; now and then one of its lines has met an accident. */
  private List<String> file(List<String> rules) {
    List<String> lines = new ArrayList<>(List.of("*" + any(List.of("filter", "nat", "mangle", "raw")),
        ":PREROUTING ACCEPT [1:2]", ":user - [0:0]", ":OUTPUT ACCEPT [0:0]"));
    while (lines.size() < IN_A_FILE - 1) {
      lines.add("-A " + any(List.of("user", "OUTPUT")) + " " + any(rules));
    }
    lines.add("COMMIT");
    boolean many = random.nextInt(3) == 0;
    for (int i = 0; i < lines.size(); i++) {
      if (many ? random.nextInt(4) == 0 : random.nextInt(30) == 0) {
        lines.set(i, mutated(lines.get(i), rules));
      }
    }
    if (random.nextBoolean()) {
      lines.removeIf(l -> l.startsWith("-A") && RestoreFile.read(IpFamily.INET,
          List.of(lines.getFirst(), l, "COMMIT"), TAKEN, "").stopped().isPresent());
      lines.removeIf(l -> l.startsWith(":PRE"));
    }
    return lines;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String mutated(String line, List<String> rules) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    int at = random.nextInt(words.size());
    int place = random.nextInt(line.length() + 1);
    return switch (random.nextInt(7)) {
      case 0 -> line.substring(0, place);
      case 1 -> line.substring(0, place) + CHARACTERS.charAt(random.nextInt(CHARACTERS.length()))
          + line.substring(place);
      case 2 -> line.substring(0, place) + line.substring(Math.min(line.length(), place + 1));
      case 3 -> {
        words.remove(at);
        yield String.join(" ", words);
      }
      case 4 -> {
        words.add(at, words.get(random.nextInt(words.size())));
        yield String.join(" ", words);
      }
      case 5 -> line + " " + any(rules);
      default -> line.replace("1", "99999999999999999999");
    };
  }
}
