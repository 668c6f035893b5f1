package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.ovs.OvsPort;
import org.hopscope.model.ovs.WalkText;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the model against a real Open vSwitch: {@code model/src/test/oracle/ovs/record.py} says how it was asked. */
@DisplayName("Open vSwitch says the same as Debian's, command by command")
class OvsTruthsTest {
  private static final Path TRUTH = Path.of("src/test/oracle/ovs/truth");

  private final Session session = new Session(Editor.fresh(3));

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(TRUTH)) {
      return files.filter(f -> f.toString().endsWith(".txt")).sorted().toList().stream();
    }
  }

  private Reply run(String line) {
    return Shell.run(session, session.state().firstHost().root(), line);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith("$ ")) {
        continue;
      }
      String command = lines.get(i).substring(2);
      int status = Integer.parseInt(lines.get(i + 1).substring(2));
      List<String> wanted = new ArrayList<>();
      for (int j = i + 2; j < lines.size() && !lines.get(j).startsWith("$ "); j++) {
        wanted.add(lines.get(j).substring(2));
      }
      if (command.contains("add-port") && !command.contains("type=")) {
        run("ip link add " + command.split("add-port \\S+ ")[1].split(" ")[0] + " type dummy");
      }
      Reply reply = run(command);
      assertThat(reply.exit() == 0).as(command + " " + reply.err()).isEqualTo(status == 0);
      assertThat(normal(command, Stream.concat(reply.out().stream(), reply.err().stream()).toList())).as(command)
          .isEqualTo(normal(command, wanted));
    }
  }

  /** What differs from run to run is left out; rows of equal priority have no order. */
  private String normal(String command, List<String> lines) {
    Stream<String> plain = lines.stream()
        .map(l -> l
            .replaceAll("duration=[0-9.]+s, |, idle_age=[0-9]+|, hard_age=[0-9]+| ?\\(xid=0x[0-9a-f]+\\)| (?=:$)", ""))
        .map(l -> l.replaceAll("ovs-appctl: .*server returned", "ovs-appctl: server returned"))
        .map(l -> l.replaceAll("^( +\\S+ +[0-9]+  [0-9a-f:]{17}) +[0-9]+$", "$1"))
        .map(l -> l.startsWith("Datapath actions: ") ? datapath(l) : l).map(String::stripTrailing);
    if (command.equals("ovs-vsctl show")) {
      return plain.filter(l -> l.startsWith(" ") && !l.contains("type: dummy") && !l.contains("ovs_version")).sorted()
          .collect(Collectors.joining("\n"));
    }
    boolean unordered = command.contains("dump-flows") || command.contains("fdb/show");
    return (unordered ? plain.sorted() : plain).collect(Collectors.joining("\n"));
  }

  private String datapath(String line) {
    List<OvsPort> ports =
        session.state().firstHost().ovs().bridges().stream().flatMap(b -> b.ports().stream()).toList();
    return "Datapath actions: " + Arrays.stream(line.substring(18).split(",")).map(token -> ports.stream()
        .filter(p -> Integer.toString(WalkText.number(session.state().firstHost().ovs(), p)).equals(token)
            && WalkText.number(session.state().firstHost().ovs(), p) > 0)
        .map(OvsPort::name).findFirst().orElse(token)).sorted().collect(Collectors.joining(","));
  }
}
