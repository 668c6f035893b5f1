package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts that were run with the plugins of containernetworking/plugins 1.1.1 on a kernel ({@code oracle/cni/record.py}). */
@DisplayName("plugins of CNI called by hand do and say what the real ones did")
class CniTruthsTest {
  private static final Path TRUTH = Path.of("src/test/oracle/cni/truth.txt");
  private static final Pattern MAC =
      Pattern.compile("(?<=ether )[0-9a-f]{2}(:[0-9a-f]{2}){5}|(?<!ether )(?<!brd )\\b(?!ff:ff|00:00:00:00:00:00)"
          + "[0-9a-f]{2}(:[0-9a-f]{2}){5}\\b");
  private static final Pattern VETH = Pattern.compile("\\bveth[0-9a-f]{8}\\b");

  /** One command with what came of it. */
  private record Step(String line, List<String> out, int exit) {
  }

  /** A script by its name. */
  private record Script(String name, List<Step> steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Script> scripts() throws IOException {
    List<Script> scripts = new ArrayList<>();
    String line = "";
    List<String> out = new ArrayList<>();
    for (String row : Files.readAllLines(TRUTH)) {
      switch (row.charAt(0)) {
        case '=' -> {
          if (row.startsWith("== ")) {
            scripts.add(new Script(row.substring(3), new ArrayList<>()));
          } else {
            scripts.getLast().steps().add(new Step(line, List.copyOf(out), Integer.parseInt(row.substring(2))));
          }
        }
        case '$' -> {
          line = row.substring(2);
          out.clear();
        }
        default -> out.add(row.length() > 2 ? row.substring(2).replace("00000000000000000000ffff00000000", "00000000")
            : "");
      }
    }
    return scripts.stream();
  }

  private static String numbered(String text, Pattern what, String kind, Map<String, String> seen) {
    return what.matcher(text).replaceAll(m -> seen.computeIfAbsent(kind + m.group(), _ -> kind + (1 + seen.keySet()
        .stream().filter(k -> k.startsWith(kind)).count())));
  }

  /** With what is drawn at random numbered as it appears, as in the truth. */
  private static List<String> plain(List<String> out, Map<String, String> seen) {
    String text = String.join("\n", out).replace(" \\\"1.1.0\\\"", "");
    text = numbered(text, MAC, "MAC", seen);
    text = numbered(text, VETH, "VETH", seen);
    return text.replace(" qlen 1000", "").replaceAll("(?m)^\\d+: ", "N: ").replaceAll("@if\\d+", "@if").lines()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  @DisplayName("each command: the same status, the same text")
  void same(Script script) {
    Session session = new Session(Editor.fresh(9));
    Interpreter shell = new Interpreter(session);
    shell.run(session.state().firstHost().root(), "ip link set lo up; sysctl -w net.ipv4.ip_forward=0", _ -> {
    });
    Map<String, String> seen = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    for (Step step : script.steps()) {
      List<String> out = new ArrayList<>();
      List<String> err = new ArrayList<>();
      int exit = shell.run(session.state().firstHost().root(), step.line(), e -> {
        out.addAll(e.reply().out());
        err.addAll(e.reply().err());
      });
      List<String> said = new ArrayList<>(plain(out, seen));
      said.add("= " + exit);
      List<String> truth = new ArrayList<>(step.out());
      truth.add("= " + step.exit());
      if (!said.equals(truth)) {
        wrong.add(step.line() + "\n  model: " + said + " " + err + "\n  truth: " + truth);
      }
    }
    assertThat(wrong).isEmpty();
  }
}
