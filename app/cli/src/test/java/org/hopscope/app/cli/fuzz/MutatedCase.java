package org.hopscope.app.cli.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lab scripts that people wrote, spoilt by chance: lines dropped, doubled, swapped, moved, undone and taken over from
 * another case; names, addresses and prefixes changed; something shown in between. Such a script speaks the words that
 * scripts speak, in an order nobody thought of.
 */
final class MutatedCase {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+(/\\d+)?|[0-9a-f:]*::[0-9a-f:]*(/\\d+)?");
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  /** What undoes or redoes a command, as pairs of what is replaced and by what. */
  private static final List<String> TURNS = List.of(" add >> del ", " add >> replace ", " add >> change ",
      " add >> append ", " del >> add ", " replace >> del ", " -A >> -D ", " -A >> -I ", " -A >> -C ", " up>> down",
      " down>> up", " on>> off", " off>> on", "=1>>=0", "=0>>=1", " master \\S+>> nomaster", " add (\\S+) >> del $1 ",
      " set (\\S+) .*>> del $1", " set (\\S+) .*>> set $1 down", " add name >> add ", " delete >> add ",
      " via \\S+>>", " dev \\S+>>", " type \\S+>>", " -c 1>> -c 2", "/tcp>>/udp", "/udp>>/tcp", "^ping >>ping -c 2 ",
      "^ping >>traceroute ", "^ping >>ip route get ", " mtu \\d+>> mtu 1300",
      " -n (\\S+) link set (\\S+) up>> -n $1 addr flush $2");
  private static final List<String> SHOWS = List.of("ip addr", "ip link", "ip -d link", "ip -s link", "ip -br addr",
      "ip -br link", "ip -j addr", "ip route", "ip route show table all", "ip route show table local", "ip neigh",
      "ip -d addr", "ip -o addr", "ip -j route", "ip -j neigh", "ip rule", "ip -6 addr", "ip -6 route", "ip -6 neigh",
      "ip -j -d link", "bridge link", "bridge -d link", "bridge fdb", "bridge fdb show", "bridge -j fdb", "ip netns",
      "ip -j rule", "ip -br -4 addr", "brctl show", "iptables -S", "iptables -L -n", "iptables-save", "ip -d route",
      "ip -s neigh", "ip -j link", "iptables -t nat -nvL", "ip -4 route show scope link", "ip route show proto kernel",
      "ip link show up", "ip link show type veth", "ip addr show up", "ip addr show scope global",
      "ip neigh show nud all");

  private final List<List<String>> cases;

  /** Cases below a folder of {@code *.lab} files. */
  MutatedCase(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      cases =
          files.filter(f -> f.toString().endsWith(".lab")).filter(f -> !f.getFileName().toString().startsWith("absent"))
              .sorted().map(MutatedCase::commands).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A file's commands without its remarks; one with a here-document stays in one piece. */
  private static List<String> commands(Path file) {
    try {
      List<String> found = new ArrayList<>();
      boolean inside = false;
      for (String line : Files.readAllLines(file)) {
        if (inside) {
          found.add(found.removeLast() + "\n" + line);
          inside = !line.strip().equals("EOF");
        } else if (!line.isBlank() && (!line.startsWith("#") || line.startsWith("#!"))) {
          found.add(line.replaceFirst("\\s+# .*", "").strip());
          inside = line.contains("<<EOF");
        }
      }
      return found;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The script of a seed. */
  String script(long seed) {
    Dice dice = new Dice(seed * 131);
    List<String> base = dice.one(cases);
    List<String> other = dice.percent(50) ? base : dice.one(cases);
    List<String> lines = new ArrayList<>(base.stream().filter(l -> !l.startsWith("#!")).toList());
    Map<Boolean, List<String>> words = words(lines);
    for (int i = dice.between(3, 4 + lines.size() / 5); i > 0 && lines.size() > 1; i--) {
      mutate(dice, lines, other, words);
    }
    String pragma = base.stream().filter(l -> l.startsWith("#!")).findFirst().orElse("");
    Draft draft = new Draft(dice, pragma);
    lines.forEach(draft::add);
    draft.add("dump links routes neigh fdb");
    return draft.text();
  }

  /** A script's words: addresses, and the others that look like names. */
  private static Map<Boolean, List<String>> words(List<String> lines) {
    Map<Boolean, List<String>> found = new TreeMap<>(Map.of(true, new ArrayList<>(), false, new ArrayList<>()));
    for (String word : String.join(" ", lines).split("\\s+")) {
      boolean address = ADDRESS.matcher(word).matches();
      if (address || word.matches("[a-z]+[-a-z]*\\d*") && word.length() < 9) {
        found.get(address).add(word);
      }
    }
    found.values().stream().filter(List::isEmpty).forEach(l -> l.add("lo"));
    return found;
  }

  private static void mutate(Dice dice, List<String> lines, List<String> other, Map<Boolean, List<String>> words) {
    int at = dice.percent(60) ? dice.between(lines.size() / 3, lines.size() - 1) : dice.between(0, lines.size() - 1);
    int to = dice.between(at, lines.size() - 1);
    switch (dice.between(1, 14)) {
      case 1 -> lines.remove(at);
      case 2 -> lines.add(to, lines.get(at));
      case 3 -> Collections.swap(lines, at, Math.min(at + dice.between(1, 3), lines.size() - 1));
      case 4 -> lines.add(to, lines.remove(at));
      case 5, 6, 7 -> lines.add(dice.percent(50) ? to : Math.min(at + 1, lines.size()), turned(dice, lines.get(at)));
      case 8 -> lines.set(at, turned(dice, lines.get(at)));
      case 9, 10 -> lines.set(at, changed(dice, lines.get(at), words));
      case 11 -> lines.add(to, changed(dice, lines.get(at), words));
      case 12 -> lines.add(at, dice.one(other).replaceFirst("^#.*", "ip netns"));
      default -> lines.add(at, shown(dice, lines.get(at)));
    }
  }

  private static String turned(Dice dice, String line) {
    List<String> fit = TURNS.stream().filter(t -> Pattern.compile(t.split(">>", -1)[0]).matcher(line).find()).toList();
    if (fit.isEmpty() || line.contains("\n")) {
      return shown(dice, line);
    }
    String[] turn = dice.one(fit).split(">>", -1);
    return line.replaceFirst(turn[0], turn[1]);
  }

  /** A line with one of its words changed. */
  private static String changed(Dice dice, String line, Map<Boolean, List<String>> words) {
    List<String> parts = new ArrayList<>(List.of(line.split(" ")));
    int at = dice.between(0, parts.size() - 1);
    String word = parts.get(at);
    boolean address = ADDRESS.matcher(word).matches();
    if (dice.percent(10)) {
      parts.remove(at);
    } else if (address && dice.percent(50) || !address && word.matches(".*\\d.*") && dice.percent(50)) {
      parts.set(at, numbered(dice, word));
    } else {
      parts.set(at, dice.one(words.get(address)));
    }
    return String.join(" ", parts);
  }

  /** A word with one of its numbers changed. */
  private static String numbered(Dice dice, String word) {
    List<java.util.regex.MatchResult> numbers = NUMBER.matcher(word).results().toList();
    if (numbers.isEmpty()) {
      return word;
    }
    var number = dice.percent(60) ? numbers.getLast() : dice.one(numbers);
    String other = dice.word("0 1 2 3 8 16 23 24 25 30 31 32 64 254 255 256");
    return word.substring(0, number.start()) + other + word.substring(number.end());
  }

  /** Something shown where a line acts. */
  private static String shown(Dice dice, String line) {
    var inside = Pattern.compile("^(?:ip netns exec|ip -n) (\\S+)").matcher(line);
    return inside.find() ? "ip netns exec " + inside.group(1) + " " + dice.one(SHOWS) : dice.one(SHOWS);
  }
}
