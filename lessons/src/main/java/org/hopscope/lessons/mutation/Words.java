package org.hopscope.lessons.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;

/**
 * What a learner could have written in a word's place: another mask, address, number, port or name, or a word's opposite.
 *
 * @param devices the names of devices there are at some time
 * @param places the names of namespaces there are at some time
 * @param objects the names of Kubernetes objects of each kind there are at some time, and the values of their labels
 */
record Words(Set<String> devices, Set<String> places, List<Set<String>> objects) {
  private static final Map<String, String> OPPOSITES = Map.ofEntries(Map.entry("up", "down"), Map.entry("down", "up"),
      Map.entry("on", "off"), Map.entry("off", "on"), Map.entry("tcp", "udp"), Map.entry("udp", "tcp"),
      Map.entry("ACCEPT", "DROP"), Map.entry("DROP", "ACCEPT"), Map.entry("REJECT", "ACCEPT"),
      Map.entry("INPUT", "FORWARD"), Map.entry("FORWARD", "INPUT"), Map.entry("OUTPUT", "INPUT"),
      Map.entry("PREROUTING", "POSTROUTING"), Map.entry("POSTROUTING", "PREROUTING"), Map.entry("-s", "-d"),
      Map.entry("-d", "-s"), Map.entry("-i", "-o"), Map.entry("-o", "-i"), Map.entry("-A", "-I"),
      Map.entry("--dport", "--sport"), Map.entry("MASQUERADE", "ACCEPT"), Map.entry("local", "remote"),
      Map.entry("remote", "local"), Map.entry("tp_dst", "tp_src"), Map.entry("tp_src", "tp_dst"),
      Map.entry("nw_dst", "nw_src"), Map.entry("nw_src", "nw_dst"), Map.entry("normal", "drop"),
      Map.entry("drop", "normal"), Map.entry("Local", "Cluster"), Map.entry("Cluster", "Local"),
      Map.entry("ClusterIP", "NodePort"), Map.entry("NodePort", "ClusterIP"), Map.entry("LoadBalancer", "ClusterIP"),
      Map.entry("Ingress", "Egress"), Map.entry("Egress", "Ingress"), Map.entry("ingress:", "egress:"),
      Map.entry("egress:", "ingress:"), Map.entry("from:", "to:"), Map.entry("to:", "from:"), Map.entry("TCP", "UDP"),
      Map.entry("UDP", "TCP"), Map.entry("podSelector:", "namespaceSelector:"),
      Map.entry("namespaceSelector:", "podSelector:"), Map.entry("Prefix", "Exact"), Map.entry("Exact", "Prefix"));

  /** The names in some labs. */
  static Words of(List<LabState> labs) {
    Set<String> devices = new TreeSet<>();
    Set<String> places = new TreeSet<>();
    for (LabState lab : labs) {
      lab.devices().values().stream().map(Device::name).filter(n -> !n.equals("lo")).forEach(devices::add);
      lab.hosts().keySet().stream().flatMap(h -> lab.netnsOf(h).stream()).map(n -> n.id()).map(NetnsId::name)
          .filter(n -> !n.isEmpty()).forEach(places::add);
    }
    return new Words(devices, places, objects(labs));
  }

  private static List<Set<String>> objects(List<LabState> labs) {
    Map<Kind, Set<String>> names = new TreeMap<>();
    Set<String> labels = new TreeSet<>();
    labs.stream().flatMap(l -> l.clusters().values().stream()).flatMap(c -> c.objects().values().stream())
        .forEach(o -> {
          names.computeIfAbsent(o.kind(), _ -> new TreeSet<>()).add(o.meta().name());
          labels.addAll(o.meta().labels().values());
        });
    return Stream.concat(names.values().stream(), Stream.of(labels)).map(n -> (Set<String>) new TreeSet<>(n)).toList();
  }

  /** Other words in a word's place, each a plausible mistake. */
  Stream<String> instead(String word) {
    return word.indexOf('=') > 0 ? parts(word) : whole(word);
  }

  /** Of a word that is made of several, such as a flow of Open vSwitch, one is another. */
  private Stream<String> parts(String word) {
    List<String> parts = List.of(word.split("(?<=[=,])|(?=[=,])"));
    return IntStream.range(0, parts.size()).boxed().flatMap(i -> whole(parts.get(i)).map(other -> {
      List<String> now = new ArrayList<>(parts);
      now.set(i, other);
      return String.join("", now);
    }));
  }

  private Stream<String> whole(String word) {
    int slash = word.indexOf('/');
    if (slash > 0 && IpAddress.parse(word.substring(0, slash)).isPresent()) {
      return prefix(word.substring(0, slash), word.substring(slash + 1));
    }
    int colon = word.indexOf(':');
    if (colon > 0 && word.indexOf('.') > 0 && PortNumber.parse(word.substring(colon + 1)).isPresent()) {
      return Stream.of(next(word.substring(0, colon)) + word.substring(colon), next(word));
    }
    boolean counted = IpAddress.parse(word).isPresent() || MacAddress.parse(word).isPresent() || word.matches("\\d+");
    if (counted) {
      return Stream.of(next(word));
    }
    if (word.matches("\\d+/(tcp|udp)")) {
      return Stream.of(next(word.substring(0, slash)) + word.substring(slash));
    }
    return Stream.concat(Stream.of(Optional.ofNullable(OPPOSITES.get(word)), other(devices, word),
        other(places, word)), objects.stream().map(n -> other(n, word))).flatMap(Optional::stream).distinct();
  }

  private static Stream<String> prefix(String address, String length) {
    int bits = length.matches("\\d{1,2}") ? Integer.parseInt(length) : 0;
    int shorter = Math.max(0, bits - 8);
    int longer = Math.min(32, bits + 8);
    return Stream.of(address + "/" + shorter, address + "/" + longer, third(address) + "/" + length,
        bits == 32 || !address.endsWith(".0") ? next(address) + "/" + length : address + "/" + shorter).distinct()
        .filter(w -> !w.equals(address + "/" + length));
  }

  private static String third(String address) {
    String[] parts = address.split("\\.");
    if (parts.length == 4) {
      parts[2] = next(parts[2]);
    }
    return String.join(".", parts);
  }

  /** The last number in it is one more, or one less where there is no more. */
  private static String next(String word) {
    int from = word.length();
    while (from > 0 && Character.isDigit(word.charAt(from - 1)) && word.length() - from < 9) {
      from--;
    }
    if (from == word.length()) {
      return word.substring(0, from - 1) + (word.endsWith("a") ? "b" : "a");
    }
    int number = Integer.parseInt(word.substring(from));
    return word.substring(0, from) + (number == 255 || number == 65535 ? number - 1 : number + 1);
  }

  /** Another of the names, if the word is one of them: the one behind it in the alphabet. */
  private static Optional<String> other(Set<String> names, String word) {
    List<String> sorted = List.copyOf(new TreeSet<>(names));
    int at = sorted.indexOf(word);
    return at < 0 || sorted.size() < 2 ? Optional.empty() : Optional.of(sorted.get((at + 1) % sorted.size()));
  }
}
