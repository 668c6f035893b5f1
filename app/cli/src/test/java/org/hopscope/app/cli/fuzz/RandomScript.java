package org.hopscope.app.cli.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hopscope.model.net.Device;

/** A lab script made by chance: a network that works, then things done to it, looked at and sent through it. */
final class RandomScript {
  private static final String WORDS = "ip link addr route neigh add del set show list dev name type veth bridge peer "
      + "master nomaster up down mtu address via onlink src metric table scope proto default lladdr nud permanent brd + "
      + "label static local main 1 0 -1 24 1500 70000 on off 10.0.0.1 10.0.0.1/24 10.1.1.2/33 999.1.1.1 lo nope0 eth0 "
      + "all -4 -d -br to from replace append change get flush fdb help x link1 unreachable blackhole";

  private final Draft draft;
  private final Dice dice;
  private final Theme theme;

  private RandomScript(Theme theme, long seed) {
    this.theme = theme;
    dice = new Dice(seed * 31 + theme.ordinal());
    draft = new Draft(dice, theme == Theme.IPV6 ? "#!lab ipv6=on" : "");
  }

  /** The script of a theme and a seed; the same for the same model. */
  static String of(Theme theme, long seed) {
    RandomScript script = new RandomScript(theme, seed);
    Topology.build(theme, script.draft);
    int acts = script.dice.between(8, 22);
    for (int i = 0; i < acts; i++) {
      script.act();
    }
    script.draft.add("dump links routes neigh fdb");
    return script.draft.text();
  }

  private void act() {
    String pattern = Acts.any(dice, theme.sections());
    String here = place(pattern);
    for (String command : new Slots(draft, here).fill(pattern).split(" ?;; ?")) {
      if (command.matches("(probe|serve|unserve|dump|sleep|attach|detach)\\b.*")) {
        draft.add(command);
        continue;
      }
      String said = dice.percent(theme.mangled()) ? mangled(command) : command;
      if (said.startsWith("ip netns")) {
        draft.add(said);
      } else {
        draft.in(here, said);
      }
    }
  }

  /** A namespace for a command: where there is a bridge, if it speaks of one; else rather one that is wired. */
  private String place(String pattern) {
    boolean bridge = pattern.contains("<br") || pattern.contains("<port");
    List<String> fit = draft.namespaces().stream()
        .flatMap(n -> Stream.generate(() -> n).limit(weight(draft.devices(n), bridge))).toList();
    return fit.isEmpty() ? dice.one(draft.namespaces()) : dice.one(fit);
  }

  private static int weight(List<Device> devices, boolean bridge) {
    boolean bridged = devices.stream().anyMatch(Device::isBridge);
    return bridge ? bridged ? 1 : 0 : devices.size() > 1 ? 6 : 1;
  }

  /** A command with words dropped, doubled, swapped, cut short or put in place of others. */
  private String mangled(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    for (int i = dice.between(1, 2); i > 0 && words.size() > 1; i--) {
      int at = dice.between(1, words.size() - 1);
      switch (dice.between(1, 6)) {
        case 1 -> words.remove(at);
        case 2 -> words.add(at, words.get(at));
        case 3 -> words.add(at, words.remove(words.size() - 1));
        case 4 -> words.set(at, words.get(at).substring(0, dice.between(1, words.get(at).length())));
        case 5 -> words.add(at, dice.word(WORDS));
        default -> words.set(at, dice.word(WORDS));
      }
    }
    return String.join(" ", words);
  }
}
