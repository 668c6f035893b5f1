package org.hopscope.model.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds walks through rules against the kernel's own TRACE, event by event; see {@code src/test/oracle/walks/record.py}. */
@DisplayName("A packet walks through rules as the kernel's TRACE tells it (sem-N11)")
class KernelWalksTest {
  private static final Path TRUTH = Path.of("src/test/oracle/walks");
  private static final NetnsId ROOT = NetnsId.root(LabState.FIRST_HOST);

  private record Lab(String name, List<String> lines) {
  }

  private static List<Lab> labs() throws IOException {
    List<Lab> labs = new ArrayList<>();
    for (String line : Files.readAllLines(TRUTH.resolve("truth.txt"))) {
      if (line.startsWith("= ")) {
        labs.add(new Lab(line.substring(2), new ArrayList<>()));
      } else {
        labs.getLast().lines().add(line);
      }
    }
    assertThat(labs).hasSizeGreaterThan(75);
    return labs;
  }

  @TestFactory
  Stream<DynamicTest> walks() throws IOException {
    return labs().stream().map(lab -> DynamicTest.dynamicTest(lab.name(), () -> check(lab)));
  }

  private static Reply type(Session session, String line) {
    Reply reply = Shell.run(session, ROOT, line);
    if (!line.startsWith("probe")) {
      assertThat(reply.err()).as(line).isEmpty();
    }
    return reply;
  }

  private static void check(Lab lab) throws IOException {
    Session session = new Session(Editor.fresh(1));
    Files.readAllLines(TRUTH.resolve("setup.txt")).forEach(l -> type(session, l));
    Set<String> registered = new TreeSet<>(Set.of("raw:PREROUTING", "raw:OUTPUT"));
    for (int i = 0; i < lab.lines().size(); i++) {
      String line = lab.lines().get(i);
      if (line.startsWith("ipset")) {
        type(session, "ip netns exec r " + line);
      } else if (line.startsWith("iptables")) {
        type(session, "ip netns exec r " + line);
        registered.addAll(named(line));
      } else if (!line.startsWith("  ")) {
        List<String> truth =
            lab.lines().subList(i + 1, lab.lines().size()).stream().takeWhile(l -> l.startsWith("  "))
                .map(String::strip)
                .toList();
        assertThat(events(session, line, registered, lab.name().contains("tee"))).as(line).isEqualTo(truth);
      }
    }
  }

  /** The built-in chain that a command brings into being: the kernel knows only these. */
  private static Set<String> named(String line) {
    String[] words = line.split(" ");
    List<String> list = List.of(words);
    String table = list.contains("-t") ? list.get(list.indexOf("-t") + 1) : "filter";
    String chain = list.get(Math.max(list.indexOf("-A"), list.indexOf("-P")) + 1);
    return list.contains("-N") ? Set.of() : Set.of(table + ":" + chain);
  }

  /** What the rules of r have to say of everything that follows from a line; {@code together} packet by packet. */
  private static List<String> events(Session session, String line, Set<String> registered, boolean together) {
    String[] words = line.split(" ");
    String probe = "probe " + words[1] + " -> " + words[2]
        + (words[0].equals("ping") ? "" : ":" + words[3] + "/" + words[0]);
    Reply reply = type(session, probe);
    Map<Integer, List<String>> events = new LinkedHashMap<>();
    for (Trace trace : reply.traces()) {
      for (Step step : trace.steps()) {
        if (step.event() instanceof Event.Looked(Lookup.RuleWalk walk) && walk.netns().name().equals("r")
            && registered.contains(walk.table().name().word() + ":" + walk.view().path().hook())) {
          events.computeIfAbsent(together ? step.copy() : 0, _ -> new ArrayList<>()).addAll(RuleEvents.of(walk));
        }
      }
    }
    return events.values().stream().flatMap(List::stream).toList();
  }
}
