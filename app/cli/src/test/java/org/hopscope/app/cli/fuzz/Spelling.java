package org.hopscope.app.cli.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a command of iproute2 as different people write it: words cut short, left out, or in place of others that mean
 * the same. Not all of it is taken; what is refused is a question to both sides as well.
 */
final class Spelling {
  private static final Map<String, List<String>> WORDS = Stream.of("link: l li lin link link",
      "addr: a ad addr addre addres address", "address: a ad addr addre addres address lladdr",
      "route: r ro rou rout route", "neigh: n ne nei neig neigh neighbor neighbour", "rule: ru rul rule",
      "netns: netn netns", "show: s sh sho show l li lis list ls lst", "list: l li lis list lst ls show",
      "add: a ad add", "del: d de del dele delete", "delete: d de del delete", "replace: r re rep repl replac replace",
      "change: c ch cha change chg", "append: app append", "set: s se set", "dev: d de dev", "via: v vi via",
      "get: g ge get", "flush: f fl flu flush", "default: d def defa default 0/0 0.0.0.0/0 any all",
      "table: t ta tab table lookup", "lookup: l lo look lookup table", "metric: m me metric pref preference priority",
      "nomaster: n no nomaster", "broadcast: b br brd broadcast", "scope: s sc scope", "type: t ty typ type",
      "master: m ma master vrf", "peer: p pe peer remote", "name: n na name", "mtu: m mt mtu", "nud: nud",
      "lladdr: ll lladdr", "proto: p pro proto protocol", "priority: p pref prio priority order", "src: s src",
      "blackhole: bl black blackhole", "unreachable: un unreach unreachable", "prohibit: pr prohibit",
      "onlink: on onlink", "weight: w weight", "nexthop: n next nexthop", "label: l la label", "up: u up",
      "down: d do down", "global: g gl global 0", "host: h host 254", "link: l link 253", "permanent: p perm permanent",
      "reachable: r reach reachable", "stale: s stale", "main: main 254", "local: l loc local 255",
      "noprefixroute: noprefixroute nopref", "netns: n netns", "master: m master", "fdb: f fd fdb",
      "bridge: b br bridge").map(l -> l.split(": "))
      .collect(Collectors.toMap(p -> p[0], p -> List.of(p[1].split(" ")), (one, other) -> one));
  private static final List<String> OMITTED = List.of("dev", "show", "list", "name", "to", "type");
  private static final Map<String, String> OPTIONS =
      Map.of("-d", "-d -det -detail -details", "-s", "-s -stat -stats -statistics", "-o", "-o -oneline", "-br",
          "-br -brief", "-j", "-j -js -json --json", "-p", "-p -pretty");

  private final Dice dice;
  private final int freedom;

  /**
   * @param freedom of a hundred words, how many are not written in full
   */
  Spelling(Dice dice, int freedom) {
    this.dice = dice;
    this.freedom = freedom;
  }

  /** A command in this writer's spelling; only those of {@code ip} and {@code bridge} are changed. */
  String of(String command) {
    String[] words = command.split(" ");
    if (!words[0].equals("ip") && !words[0].equals("bridge")) {
      return command;
    }
    List<String> out = new ArrayList<>(List.of(words[0]));
    for (int i = 1; i < words.length; i++) {
      if (!dice.percent(freedom)) {
        out.add(words[i]);
      } else if (i < 2 || !OMITTED.contains(words[i]) || dice.percent(70)) {
        out.add(respelt(words[i]));
      }
    }
    return String.join(" ", out);
  }

  private String respelt(String word) {
    if (OPTIONS.containsKey(word)) {
      return dice.word(OPTIONS.get(word));
    }
    return WORDS.containsKey(word) ? dice.one(WORDS.get(word)) : word;
  }
}
