package org.hopscope.app.cli.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.shell.Script;

/**
 * A lab script in the making. It runs each line on the model as it is added, so that the next one can speak of what is
 * there by then; lines that a kernel would answer by chance, or would never end to answer, are not taken.
 */
final class Draft {
  /** How a script calls the namespace it starts in. */
  static final String HOST = "@host";
  /** What a kernel answers by chance, or late, or outside of the mount namespace where {@code ip netns} keeps its names. */
  private static final Pattern UNFIT = Pattern.compile(String.join("|", ".*\\bnetns (?!1\\b)\\d+\\b.*",
      "sleep(?! [0-2](\\.\\d)?$).*", "ip netns (exec|attach) .*\\bnetns (add|del)\\w*\\b.*",
      "ip -n \\S+ netns (a|d)\\w*\\b.*",
      ".* -[A-Za-z]*[ciwWfl] ?(\\d{2}|[4-9]).*", ".*\\bping .*-[A-Za-z]*[Afa].*",
      ".*\\bping .*-[A-Za-z]*[iW] ?(?![0-9.]+( |$)).*"));

  private final Dice dice;
  private final String pragmas;
  private final List<String> lines = new ArrayList<>();
  private Session session;

  /**
   * @param dice what is chosen by
   * @param pragmas the script's first line, or nothing
   */
  Draft(Dice dice, String pragmas) {
    this.dice = dice;
    this.pragmas = pragmas;
    session = new Session(read("").orElseThrow().start(1));
  }

  private Optional<Script> read(String line) {
    return switch (Script.parse(pragmas + "\n" + line, Script.Kind.LAB)) {
      case Script.Read.Ok(Script script) -> Optional.of(script);
      case Script.Read.Malformed _ -> Optional.empty();
    };
  }

  Dice dice() {
    return dice;
  }

  /** The lab as the model has it by now. */
  LabState lab() {
    return session.state();
  }

  /** The script so far. */
  String text() {
    return (pragmas.isEmpty() ? "" : pragmas + "\n") + String.join("\n", lines) + "\n";
  }

  /** Adds a line, unless it is not fit for a comparison; says whether it was taken. */
  boolean add(String line) {
    Optional<Script> script = read(line);
    if (script.isEmpty() || UNFIT.matcher(line).matches()) {
      return false;
    }
    Session tried = new Session(session.state());
    script.get().run(tried, _ -> {
    });
    if (storms(tried.state())) {
      return false;
    }
    session = tried;
    lines.add(line);
    return true;
  }

  /** Adds a command that acts in a namespace, in one of the ways to say so. */
  boolean in(String netns, String command) {
    return add(prefixed(netns, command));
  }

  /** A command with what makes it act in a namespace. */
  String prefixed(String netns, String command) {
    if (netns.equals(HOST)) {
      return command;
    }
    boolean option = command.startsWith("ip ") || command.startsWith("bridge ");
    return option && dice.percent(45)
        ? command.replaceFirst(" ", " -n " + netns + " ")
        : "ip netns exec " + netns + " " + command;
  }

  /** The namespaces there are, by the names scripts have for them. */
  List<String> namespaces() {
    return lab().netnsOf(LabState.FIRST_HOST).stream().map(Netns::id).map(Draft::name).toList();
  }

  private static String name(NetnsId id) {
    return id.isRoot() ? HOST : id.name();
  }

  /** The devices of a namespace. */
  List<Device> devices(String netns) {
    return lab().devicesOf(new NetnsId(LabState.FIRST_HOST, netns.equals(HOST) ? "" : netns));
  }

  /** All devices but the loopbacks, as {@code NETNS:DEV} would name them. */
  List<Device> wired() {
    return lab().devices().values().stream().filter(d -> !d.isLoopback()).toList();
  }

  /** A name that no namespace has yet. */
  String freshNetns() {
    Set<String> taken = new HashSet<>(namespaces());
    String name = dice.word("web db left right red blue srv client alpha beta n1 n2 n3 gw2 pod1 pod2 box");
    return taken.add(name) ? name : freshNetns();
  }

  /** A device name that no namespace has yet. */
  String freshDevice(String stems) {
    String name = dice.word(stems) + dice.between(0, 9);
    return lab().devices().values().stream().anyMatch(d -> d.name().equals(name)) ? freshDevice(stems) : name;
  }

  /** Whether bridges are wired into a ring, or a wire between two bridges reflects at its ends: frames never end then. */
  private static boolean storms(LabState lab) {
    Map<DeviceId, DeviceId> parents = new HashMap<>();
    for (Device port : lab.devices().values()) {
      Optional<Device> far = port.peer().map(lab::device).filter(d -> d.port().isPresent());
      if (port.port().isEmpty() || far.isEmpty()) {
        continue;
      }
      if (port.port().get().has(PortFlag.HAIRPIN)) {
        return true;
      }
      if (port.id().compareTo(far.get().id()) < 0) {
        DeviceId one = root(parents, port.port().get().bridge());
        DeviceId other = root(parents, far.get().port().orElseThrow().bridge());
        if (one.equals(other)) {
          return true;
        }
        parents.put(one, other);
      }
    }
    return false;
  }

  private static DeviceId root(Map<DeviceId, DeviceId> parents, DeviceId of) {
    DeviceId at = of;
    while (parents.containsKey(at)) {
      at = parents.get(at);
    }
    return at;
  }
}
