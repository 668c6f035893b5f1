package org.hopscope.model.docker.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.pcollections.PSortedMap;

/**
 * Turns a host on which Docker keeps one thing into one on which it keeps another: only what differs between the two is
 * touched, so what someone broke by hand stays broken until the container or network it belongs to changes. What is gone
 * already, or goes with its namespace, need not be taken away, and what is in the way stays there. The other hosts follow
 * where their daemons are in one swarm with it.
 */
public final class Daemon {
  private final List<Edit> edits = new ArrayList<>();
  private LabState lab;

  private Daemon(LabState lab) {
    this.lab = lab;
  }

  /** The edits that put {@code after} in the place of what the daemon of a host keeps, on the host too. */
  public static List<Edit> put(LabState lab, String host, Engine after) {
    return put(lab, host, List.of(after));
  }

  /** The edits that lead through what the daemon of a host keeps at one time after another. */
  public static List<Edit> put(LabState lab, String host, List<Engine> stages) {
    Daemon daemon = new Daemon(lab);
    stages.forEach(stage -> daemon.put(host, stage));
    return daemon.edits;
  }

  private void put(String host, Engine after) {
    PSortedMap<String, Engine> before = lab.engines();
    PSortedMap<String, Engine> wanted = Swarms.agreed(before, host, after);
    put(host, before, wanted);
    before.keySet().stream().filter(other -> !other.equals(host) && isConcerned(other, before, wanted))
        .forEach(other -> put(other, before, wanted));
  }

  /** Whether another host's daemon keeps something else, or is in a network with containers that came or went. */
  private static boolean isConcerned(String other, PSortedMap<String, Engine> before,
      PSortedMap<String, Engine> wanted) {
    Engine engine = before.get(other);
    return !engine.equals(wanted.get(other)) || engine.shared().stream()
        .anyMatch(n -> !Swarms.members(before, n).equals(Swarms.members(wanted, n)));
  }

  private void put(String host, PSortedMap<String, Engine> enginesBefore, PSortedMap<String, Engine> enginesAfter) {
    SequencedMap<String, Construct> before = Constructs.of(host, enginesBefore);
    SequencedMap<String, Construct> wanted = Constructs.of(host, enginesAfter);
    List<Edit> unmade = new LinkedHashMap<>(before).reversed().entrySet().stream()
        .filter(old -> !old.getValue().equals(wanted.get(old.getKey())))
        .flatMap(old -> old.getValue().unmake().stream())
        .toList();
    Set<NetnsId> going =
        unmade.stream().flatMap(e -> e instanceof Edit.DeleteNetns(NetnsId id) ? Stream.of(id) : Stream.empty())
            .collect(Collectors.toSet());
    unmade.stream().filter(e -> !liesIn(e, going)).forEach(this::apply);
    for (Map.Entry<String, Construct> next : wanted.entrySet()) {
      if (!next.getValue().equals(before.get(next.getKey()))) {
        next.getValue().make().forEach(this::apply);
      }
    }
    apply(new Edit.PutEngine(host, enginesAfter.get(host)));
  }

  private static boolean liesIn(Edit edit, Set<NetnsId> going) {
    return switch (edit) {
      case Edit.Iptables rules -> going.contains(rules.netns());
      case Edit.Unserve server -> going.contains(server.netns());
      case Edit.DeleteNeighbour row -> going.contains(row.link().netns());
      case Edit.DeleteFdb row -> going.contains(row.device().netns());
      case Edit _ -> false;
    };
  }

  private void apply(Edit edit) {
    if (Editor.apply(lab, edit) instanceof Editor.Result.Done(LabState done) && done != lab) {
      lab = done;
      edits.add(edit);
    }
  }
}
