package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/**
 * The files that stand for network namespaces (namespaces(7)): {@code /proc/PID/ns/net} for a process, and those below
 * {@code /run/netns} that give a namespace a name for {@code ip netns}. Two of them stand for the same namespace when they have
 * the same number. The first namespace of a machine has the kernel's fixed one (include/uapi/linux/nsfs.h NET_NS_INIT_INO), the
 * others' are the model's own.
 *
 * <p>A name that was given to the namespace of a process later ({@code ip netns attach}, {@code ln -s}) is a file of the host
 * that says whose it is. Left out: such a name keeps no namespace alive whose container has ended.
 */
final class NetnsFiles {
  /** Where {@code ip netns} looks for names. */
  static final String NAMES = "/run/netns/";
  private static final String MOUNTED = "(/var)?" + NAMES;
  private static final String DOCKER = "(/var)?/run/docker/netns/";
  private static final String PROCESS = "/proc/([0-9]+|self)/ns/net";
  private static final long FIRST = 4_026_531_833L;
  private static final long OTHERS = 4_026_532_192L;

  private NetnsFiles() {
  }

  /** The number of a namespace. */
  static long number(LabState lab, NetnsId netns) {
    return netns.isRoot() ? FIRST : OTHERS + 70L * lab.find(netns).orElseThrow().order();
  }

  /** What {@code readlink} says of the file of a process in a namespace. */
  static String link(LabState lab, NetnsId netns) {
    return "net:[" + number(lab, netns) + "]";
  }

  /** Whether a name is that of a process's file, there or not. */
  static boolean isOfProcess(String path) {
    return path.matches(PROCESS);
  }

  /** The file of the name that {@code ip netns} would give; empty for files elsewhere. */
  static Optional<String> name(String path) {
    return Optional.of(path.replaceFirst("^" + MOUNTED, "")).filter(n -> !n.equals(path) && n.matches("[^/]+"));
  }

  /** The namespace that a file stands for; empty when there is no such file. */
  static Optional<NetnsId> open(LabState lab, NetnsId at, String path) {
    if (path.matches(PROCESS)) {
      String process = path.split("/")[2];
      return process.equals("self") ? Optional.of(at)
          : Processes.find(lab, at.host(), process).map(Processes.Process::netns);
    }
    if (path.matches(DOCKER + ".+")) {
      String wanted = path.replaceFirst("^/var", "");
      return lab.netnsOf(at.host()).stream().map(Netns::id)
          .filter(id -> Processes.file(lab, id).filter(wanted::equals).isPresent()).findFirst();
    }
    return name(path).flatMap(name -> named(lab, at.host(), name));
  }

  /** The namespace that {@code ip netns} knows by a name; a container's also by its place. */
  static Optional<NetnsId> named(LabState lab, String host, String name) {
    NetnsId made = new NetnsId(host, name);
    return name.isEmpty() ? Optional.empty()
        : lab.find(made).isPresent() ? Optional.of(made)
        : whose(lab, host, name).flatMap(file -> open(lab, made, file));
  }

  /** The file of the process to whose namespace a name was given later. */
  static Optional<String> whose(LabState lab, String host, String name) {
    return Optional.ofNullable(lab.hosts().get(host)).map(h -> h.files().get(NAMES + name)).map(String::strip)
        .filter(NetnsFiles::isOfProcess);
  }

  /** The names that were given later, in alphabetical order. */
  static List<String> given(LabState lab, String host) {
    return lab.hosts().get(host).files().keySet().stream().filter(f -> f.startsWith(NAMES))
        .map(f -> f.substring(NAMES.length())).toList();
  }

  /** All names of a machine that {@code ip netns} knows, in alphabetical order; Docker keeps its own elsewhere. */
  static List<String> names(LabState lab, String host) {
    return Stream.concat(lab.netnsOf(host).stream().map(Netns::id)
        .filter(id -> !id.isRoot() && !Sandbox.is(lab, id)).map(NetnsId::name), given(lab, host).stream()).sorted()
        .toList();
  }
}
