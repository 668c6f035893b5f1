package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/** Offers words to go on with: programs, their words, and the names of what there is in the lab. */
public final class Completion {
  private static final Map<String, String> WORDS = Map.ofEntries(
      Map.entry("ip", "netns link addr route neigh -n -br -d -j -s -4"), Map.entry("ip netns", "list add del exec"),
      Map.entry("ip link", "show add set del"),
      Map.entry("ip link add", "type address mtu netns peer name veth bridge"),
      Map.entry("ip link set", "up down netns name address mtu master nomaster"),
      Map.entry("ip link show", "up master type"), Map.entry("ip addr", "show add del flush replace"),
      Map.entry("ip addr add", "dev peer broadcast scope label"), Map.entry("ip addr del", "dev"),
      Map.entry("ip addr flush", "dev"), Map.entry("ip route", "show get add del replace change append flush"),
      Map.entry("ip route add", "default via dev src metric onlink blackhole unreachable prohibit throw"),
      Map.entry("ip route replace", "default via dev src metric onlink"),
      Map.entry("ip route del", "default via dev metric"), Map.entry("ip route show", "table dev via default"),
      Map.entry("ip neigh", "show add del replace change flush"),
      Map.entry("ip neigh add", "lladdr dev nud permanent reachable stale"),
      Map.entry("ip neigh del", "dev"), Map.entry("ip neigh flush", "dev all"), Map.entry("ip neigh show", "dev nud"),
      Map.entry("bridge", "fdb link -n -d -j"), Map.entry("bridge fdb", "show add del replace"),
      Map.entry("bridge fdb show", "br dev"), Map.entry("bridge fdb add", "dev master static dynamic sticky"),
      Map.entry("bridge fdb del", "dev master"), Map.entry("bridge link", "show set"),
      Map.entry("bridge link set", "dev hairpin learning flood mcast_flood bcast_flood isolated on off"),
      Map.entry("bridge link show", "dev master"), Map.entry("ping", "-c -i -W -s -t -I -M -b -q"),
      Map.entry("sysctl", "-w -n -a"), Map.entry("hop", "host cable on"), Map.entry("hop host", "add del"),
      Map.entry("hop cable", "add"), Map.entry("dump", "links routes neigh fdb"),
      Map.entry("serve", "on as"), Map.entry("probe", "->"));

  private final LabState lab;
  private final NetnsId at;

  private Completion(LabState lab, NetnsId at) {
    this.lab = lab;
    this.at = at;
  }

  /**
   * The words that could stand where the last, perhaps empty word of a line stands, in a stable order without repeats.
   *
   * @param at the namespace whose prompt it is typed at
   * @param textBeforeCaret the line up to the caret
   */
  public static List<String> of(LabState lab, NetnsId at, String textBeforeCaret) {
    List<String> words = new ArrayList<>(List.of(textBeforeCaret.stripLeading().split("\\s+", -1)));
    String begun = words.removeLast();
    return new Completion(lab, at).after(words).distinct().filter(w -> w.startsWith(begun) && !w.equals(begun))
        .toList();
  }

  private Stream<String> after(List<String> words) {
    if (words.isEmpty()) {
      return Programs.names().stream();
    }
    if (words.size() >= 3 && words.subList(0, 2).equals(List.of("hop", "on"))) {
      return new Completion(lab, NetnsId.root(words.get(2))).after(words.subList(3, words.size()));
    }
    if (words.size() >= 4 && words.subList(0, 3).equals(List.of("ip", "netns", "exec"))) {
      return new Completion(lab, new NetnsId(at.host(), words.get(3))).after(words.subList(4, words.size()));
    }
    if (words.size() >= 3 && words.get(1).equals("-n") && List.of("ip", "bridge").contains(words.getFirst())) {
      List<String> rest = new ArrayList<>(List.of(words.getFirst()));
      rest.addAll(words.subList(3, words.size()));
      return new Completion(lab, new NetnsId(at.host(), words.get(2))).after(rest);
    }
    return byLastWord(words).orElseGet(() -> byCommand(words));
  }

  /** What must follow a word that takes a name. */
  private Optional<Stream<String>> byLastWord(List<String> words) {
    boolean netns = words.size() == 3 && words.subList(0, 2).equals(List.of("ip", "netns"));
    return switch (words.getLast()) {
      case "dev", "oif", "-I", "brport" -> Optional.of(devices(false));
      case "master", "br" -> Optional.of(devices(true));
      case "netns" -> words.size() > 2 ? Optional.of(namespaces()) : Optional.empty();
      case "-n" -> Optional.of(namespaces());
      case "exec", "del", "delete" -> netns ? Optional.of(namespaces()) : Optional.empty();
      case "type" -> Optional.of(Stream.of("veth", "bridge"));
      case "on" -> words.size() == 2 && words.getFirst().equals("hop")
          ? Optional.of(lab.hosts().keySet().stream())
          : Optional.empty();
      case "serve", "unserve", "probe", "->" -> Optional.of(places());
      default -> Optional.empty();
    };
  }

  /** The words of the longest command that the line begins with, and devices where one may stand. */
  private Stream<String> byCommand(List<String> words) {
    List<String> long3 = canonical(words);
    for (int size = Math.min(3, long3.size()); size > 0; size--) {
      String command = String.join(" ", long3.subList(0, size));
      if (WORDS.containsKey(command)) {
        boolean takesDevice = size == 3 && long3.size() == 3 && command.matches("ip (link|addr) (set|show|del)");
        Stream<String> own = Stream.of(WORDS.get(command).split(" "));
        return takesDevice ? Stream.concat(devices(false), own) : own;
      }
    }
    return long3.size() == 3 && String.join(" ", long3).matches("ip link del|ip addr show") ? devices(false)
        : Stream.empty();
  }

  private static List<String> canonical(List<String> words) {
    List<String> plain = words.stream().filter(w -> !w.startsWith("-") || words.indexOf(w) == 0).toList();
    if (plain.size() > 1 && plain.getFirst().equals("ip")) {
      List<String> full = new ArrayList<>(plain);
      full.set(1, switch (plain.get(1)) {
        case "a", "address" -> "addr";
        case "l" -> "link";
        case "r" -> "route";
        case "n", "neighbour", "neighbor" -> "neigh";
        default -> plain.get(1);
      });
      return full;
    }
    return plain;
  }

  private Stream<String> devices(boolean bridges) {
    return lab.devicesOf(at).stream().filter(d -> !bridges || d.isBridge()).map(Device::name).map(Words::quote);
  }

  private Stream<String> namespaces() {
    return lab.netnsOf(at.host()).stream().map(Netns::id).filter(id -> !id.isRoot()).map(NetnsId::name)
        .map(Words::quote);
  }

  private Stream<String> places() {
    return lab.netns().keySet().stream().map(id -> Places.name(lab, id)).map(Words::quote);
  }
}
