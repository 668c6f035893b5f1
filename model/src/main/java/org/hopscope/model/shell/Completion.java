package org.hopscope.model.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.kube.linux.Reconciler;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.NetnsId;

/**
 * How a word that is being typed can go on: programs, the words of their grammars, and the names that the lab has. It
 * proposes; what a command accepts is decided by the programs alone.
 */
public final class Completion {
  private static final List<String> OBJECTS = List.of("link", "addr", "route", "rule", "neigh", "netns");
  private static final Map<String, List<String>> VERBS = Map.of("link", List.of("add", "del", "set", "show"), "addr",
      List.of("add", "del", "flush", "replace", "show"), "route",
      List.of("add", "append", "change", "del", "flush", "get", "replace", "show"), "neigh",
      List.of("add", "change", "del", "flush", "replace", "show"), "netns", List.of("add", "delete", "exec", "list"),
      "fdb", List.of("add", "del", "replace", "show"));
  private static final Map<String, List<String>> WORDS =
      Map.of("link add", List.of("address", "mtu", "name", "peer", "type", "up"), "link set",
          List.of("address", "dev", "down", "master", "mtu", "name", "netns", "nomaster", "type", "up"), "link show",
          List.of("dev", "master", "type", "up"), "addr",
          List.of("broadcast", "dev", "label", "noprefixroute", "peer", "scope"), "route",
          List.of("dev", "metric", "mtu", "onlink", "proto", "scope", "src", "table", "via"), "neigh",
          List.of("dev", "lladdr", "nud"), "fdb", List.of("br", "dev", "dynamic", "master", "static"), "type bridge",
          List.of("ageing_time", "forward_delay", "hello_time", "stp_state", "vlan_filtering"));
  private static final Map<String, List<String>> OPTIONS =
      Map.of("ip", List.of("-4", "-br", "-d", "-j", "-n", "-o", "-s"), "bridge", List.of("-d", "-j", "-n", "-s"),
          "ping",
          List.of("-I", "-M", "-W", "-b", "-c", "-i", "-q", "-s", "-t"), "sysctl", List.of("-a", "-n", "-w"), "nc",
          List.of("-k", "-l", "-n", "-p", "-s", "-u", "-v", "-w", "-z"), "curl",
          List.of("--connect-timeout", "--interface", "-H", "-I", "-i", "-m", "-o", "-s", "-v", "-w"), "tcpdump",
          List.of("-c", "-e", "-i", "-n", "-q", "-t", "-v"), "ss", List.of("-a", "-l", "-n", "-p", "-t", "-u"), "arp",
          List.of("-a", "-d", "-i", "-n", "-s"), "grep", List.of("-E", "-c", "-i", "-n", "-o", "-q", "-v", "-w"));
  private static final List<String> SETTINGS = List.of("net.ipv4.icmp_echo_ignore_all",
      "net.ipv4.icmp_echo_ignore_broadcasts", "net.ipv4.ip_default_ttl", "net.ipv4.ip_forward");

  private static final String SIGNS = ";|&(\n";
  private static final Set<String> LEADING = Set.of("sudo", "do", "then", "else", "if", "elif", "while", "until", "!",
      "{");

  private final LabState lab;
  private final NetnsId at;

  private Completion(LabState lab, NetnsId at) {
    this.lab = lab;
    this.at = at;
  }

  /**
   * What was found.
   *
   * @param from where the word begins that is completed, in characters from the line's beginning
   * @param common how the word goes on in any case: all that was typed of it, and what the ways on have in common; with
   *     a blank behind it when there is one way only
   * @param words the ways on, in alphabetical order
   */
  public record Result(int from, String common, List<String> words) {
  }

  /**
   * Completes the word that ends at the caret.
   *
   * @param at the namespace whose prompt it is
   * @param line the line as it stands
   * @param caret how many characters of it lie in front of the caret
   */
  public static Result of(LabState lab, NetnsId at, String line, int caret) {
    String typed = line.substring(0, caret);
    int from = typed.lastIndexOf(' ') + 1;
    String begun = typed.substring(from);
    List<String> before = command(typed.substring(0, from));
    List<String> words = new Completion(lab, at).next(before, begun.startsWith("-")).filter(w -> w.startsWith(begun))
        .distinct().sorted().toList();
    String common = words.stream().reduce(Completion::common).orElse(begun);
    return new Result(from, words.size() == 1 ? common + " " : common, words);
  }

  /** The words of the command that is being typed: what stands behind the last sign or key word of the shell. */
  private static List<String> command(String typed) {
    int begin = 0;
    char quote = 0;
    for (int i = 0; i < typed.length(); i++) {
      char c = typed.charAt(i);
      quote = quote == 0 && (c == '"' || c == '\'') ? c : c == quote ? 0 : quote;
      begin = quote == 0 && SIGNS.indexOf(c) >= 0 ? i + 1 : begin;
    }
    List<String> words = Stream.of(typed.substring(begin).strip().split("\\s+")).filter(w -> !w.isEmpty()).toList();
    int first = 0;
    while (first < words.size() && LEADING.contains(words.get(first))) {
      first++;
    }
    return words.subList(first, words.size());
  }

  private static String common(String one, String other) {
    int same = 0;
    while (same < Math.min(one.length(), other.length()) && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return one.substring(0, same);
  }

  private Stream<String> next(List<String> before, boolean option) {
    if (before.isEmpty()) {
      return Programs.names().stream();
    }
    String program = before.getFirst();
    if (option && program.equals("kubectl")) {
      return Stream.of("--context", "-n", "-o");
    }
    if (option) {
      return OPTIONS.getOrDefault(program, List.of()).stream();
    }
    List<String> rest = before.subList(1, before.size());
    return switch (program) {
      case "ip" -> ip(rest);
      case "bridge" -> bridge(rest);
      case "ping" -> before.getLast().equals("-I") ? devices() : addresses();
      case "sysctl" -> settings();
      case "cat", "tee" -> settings().map(s -> "/proc/sys/" + s.replace('.', '/'));
      case "nc", "curl" -> addresses();
      case "ifconfig", "ethtool" -> before.size() == 1 || before.getLast().startsWith("-")
          ? devices()
          : Stream.of("broadcast", "down", "hw", "mtu", "netmask", "up");
      case "tcpdump" -> before.getLast().equals("-i")
          ? devices()
          : Stream.of("and", "arp", "host", "icmp", "net", "not", "or", "port", "tcp", "udp");
      case "route" -> before.size() == 1 ? Stream.of("add", "del")
          : before.getLast().equals("gw") ? addresses()
          : before.getLast().equals("dev") ? devices()
          : Stream.of("default", "dev", "gw", "metric", "netmask");
      case "arp" -> before.getLast().equals("-i") ? devices() : addresses();
      case "hop" -> hop(rest);
      case "kubectl" -> kubectl(rest);
      case "probe" -> places();
      default -> Stream.empty();
    };
  }

  private Stream<String> ip(List<String> words) {
    if (words.size() == 1 && words.getFirst().equals("-n")) {
      return netns();
    }
    if (words.size() > 1 && words.getFirst().equals("-n")) {
      return in(words.get(1)).ip(words.subList(2, words.size()));
    }
    if (!words.isEmpty() && words.getFirst().startsWith("-")) {
      return ip(words.subList(1, words.size()));
    }
    if (words.isEmpty()) {
      return OBJECTS.stream();
    }
    String object = OBJECTS.stream().filter(o -> o.startsWith(words.getFirst()) || words.getFirst().startsWith(o))
        .findFirst().orElse("");
    return object.equals("netns") ? namespaces(words) : about(object, words);
  }

  private Stream<String> namespaces(List<String> words) {
    return switch (words.size()) {
      case 1 -> VERBS.get("netns").stream();
      case 2 -> words.get(1).equals("add") ? Stream.empty() : netns();
      default -> words.get(1).equals("exec")
          ? in(words.get(2)).next(words.subList(3, words.size()), false)
          : Stream.empty();
    };
  }

  /** The words behind an object of {@code ip} or {@code bridge}. */
  private Stream<String> about(String object, List<String> words) {
    if (words.size() == 1) {
      return VERBS.getOrDefault(object, List.of()).stream();
    }
    Stream<String> keywords = WORDS.getOrDefault(object, WORDS.getOrDefault(object + " " + words.get(1), List.of()))
        .stream();
    boolean namesDevice = object.equals("link") && words.size() == 2 && !words.get(1).equals("add");
    return switch (words.getLast()) {
      case "dev" -> devices();
      case "netns" -> netns();
      case "master", "br" -> bridges();
      case "type" -> words.contains("set") ? Stream.of("bridge", "bridge_slave") : Stream.of("bridge", "veth");
      case "veth" -> Stream.of("peer");
      case "peer" -> Stream.of("name");
      case "bridge" -> WORDS.get("type bridge").stream();
      case "scope" -> Stream.of("global", "host", "link");
      case "via", "src" -> addresses();
      case "nud" -> Stream.of("permanent", "reachable", "stale");
      case "get" -> addresses();
      case "del" -> object.equals("addr")
          ? own().map(a -> a.local().toString())
          : Stream.concat(namesDevice ? devices() : Stream.of("default"), keywords);
      default -> Stream.concat(namesDevice ? devices() : Stream.empty(), keywords);
    };
  }

  private Stream<String> bridge(List<String> words) {
    List<String> plain = words.stream().filter(w -> !w.startsWith("-")).toList();
    return plain.isEmpty() ? Stream.of("fdb", "link") : about(plain.getFirst(), plain);
  }

  private Stream<String> hop(List<String> words) {
    if (words.isEmpty()) {
      return Stream.of("cable", "cluster", "host", "on");
    }
    if (words.getFirst().equals("cluster")) {
      return words.size() == 1 ? Stream.of("create", "delete", "list")
          : words.get(1).equals("delete") ? lab.clusters().keySet().stream() : Stream.empty();
    }
    Stream<String> hosts = lab.hosts().values().stream().map(Host::name);
    if (words.getFirst().equals("on")) {
      return words.size() == 1
          ? hosts
          : new Completion(lab, NetnsId.root(words.get(1))).next(words.subList(2, words.size()), false);
    }
    return words.size() == 1 ? Stream.of("add", "del") : hosts;
  }

  /** Behind {@code kubectl exec POD --} stands a command of the pod. */
  private Stream<String> kubectl(List<String> words) {
    int cut = words.indexOf("--");
    Optional<NetnsId> pod = cut < 0 || !words.contains("exec") ? Optional.empty()
        : Reconciler.podsByNetns(lab).entrySet().stream().filter(e -> words.contains(e.getValue().meta().name()))
            .map(Map.Entry::getKey).findFirst();
    return pod.isPresent()
        ? new Completion(lab, pod.get()).next(words.subList(cut + 1, words.size()), false)
        : KubectlCompletion.next(lab, at.host(), words);
  }

  private Completion in(String netns) {
    return new Completion(lab, NetnsFiles.named(lab, at.host(), netns).orElse(at));
  }

  private Stream<String> netns() {
    return Stream.concat(lab.netns().keySet().stream().filter(id -> id.host().equals(at.host()) && !id.isRoot())
        .map(NetnsId::name), NetnsFiles.given(lab, at.host()).stream());
  }

  private Stream<String> places() {
    return Stream.concat(lab.netns().keySet().stream().map(id -> Places.name(lab, id)),
        Reconciler.podsByNetns(lab).values().stream().map(p -> "pod:" + p.key().path()));
  }

  private Stream<String> devices() {
    return lab.devicesOf(at).stream().map(Device::name);
  }

  private Stream<String> bridges() {
    return lab.devicesOf(at).stream().filter(Device::isBridge).map(Device::name);
  }

  private Stream<String> addresses() {
    return lab.devices().values().stream().flatMap(d -> d.addresses().stream()).map(a -> a.address().toString());
  }

  private Stream<AssignedAddress> own() {
    return lab.devicesOf(at).stream().flatMap(d -> d.addresses().stream());
  }

  private Stream<String> settings() {
    return Stream.concat(SETTINGS.stream(),
        Stream.concat(Stream.of("all", "default"), devices())
            .flatMap(d -> Stream.of("arp_ignore", "forwarding", "proxy_arp", "rp_filter")
                .map(name -> "net.ipv4.conf." + d + "." + name)));
  }
}
