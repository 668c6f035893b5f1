package org.hopscope.app.cli.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A lab script with a plot: one of the scenarios of {@code lessons.txt}, with names, numbers, order, spelling and mishaps
 * chosen by chance. It shares no words with {@link RandomScript}, so that each finds what the other never says.
 */
final class TaughtScript {
  private static final Map<String, List<String>> SECTIONS = Sections.read("lessons.txt");
  private static final List<String> SCENARIOS =
      SECTIONS.keySet().stream().filter(s -> !s.matches("(look|try|trouble)6?")).toList();
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z]\\d?)");

  private final Dice dice;
  private final Draft draft;
  private final Spelling spelling;
  private final Map<String, String> names = new HashMap<>(Map.of("host", Draft.HOST));

  private TaughtScript(Dice dice, boolean six) {
    this.dice = dice;
    draft = new Draft(dice, six || dice.percent(15) ? "#!lab ipv6=on" : "");
    spelling = new Spelling(dice, dice.one(List.of(0, 0, 5, 20, 50)));
  }

  /** The script of a seed; the same for the same model. */
  static String of(long seed) {
    Dice dice = new Dice(seed * 37 + 5);
    List<String> plot = SECTIONS.get(dice.one(SCENARIOS));
    TaughtScript script = new TaughtScript(dice, plot.contains("six"));
    script.play(plot);
    script.draft.add("dump links routes neigh fdb");
    return script.draft.text();
  }

  private void play(List<String> plot) {
    List<String> loose = new ArrayList<>();
    for (String line : plot) {
      boolean perhaps = line.startsWith("? ");
      String rest = perhaps ? line.substring(2) : line;
      boolean isLoose = rest.startsWith("~ ");
      if (!isLoose) {
        shuffled(loose);
      }
      if (perhaps && dice.percent(50) || dice.percent(2)) {
        continue;
      }
      if (isLoose) {
        loose.add(rest.substring(2));
      } else {
        act(rest);
      }
    }
    shuffled(loose);
  }

  private void shuffled(List<String> loose) {
    boolean inOrder = dice.percent(50);
    while (!loose.isEmpty()) {
      act(loose.remove(inOrder ? 0 : dice.between(0, loose.size() - 1)));
    }
  }

  private void act(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "six" -> {
      }
      case "make" -> List.of(words).subList(1, words.length).forEach(this::make);
      case "look", "look6" -> {
        for (int i = dice.between(0, 3); i > 0; i--) {
          say(place(words[1]), dice.one(SECTIONS.get(words[0])));
        }
      }
      case "try", "try6", "traceroute" -> {
        String place = place(words[1]);
        String pattern = words[0].startsWith("try") ? dice.one(SECTIONS.get(words[0])) : "traceroute ADDR";
        say(place, pattern.replace("ADDR", words[2]).replace("NS", place));
      }
      case "trouble", "trouble6" -> {
        String place = dice.one(draft.namespaces());
        for (String one : dice.one(SECTIONS.get(words[0])).split(" ;; ")) {
          say(place, one);
        }
        say(place, dice.one(SECTIONS.get(words[0].replace("trouble", "look"))));
      }
      default -> {
        int colon = line.indexOf(": ");
        boolean placed = colon > 0 && words[0].length() == colon + 1;
        say(placed ? place(line.substring(0, colon)) : Draft.HOST, placed ? line.substring(colon + 2) : line);
      }
    }
  }

  private void make(String variable) {
    String name = place(variable);
    draft.add(spelling.of("ip netns add " + name));
    if (dice.percent(85)) {
      say(name, "ip link set " + dice.one(List.of("", "dev ")) + "lo up");
    }
  }

  private String place(String variable) {
    return named(variable.replace("$", ""));
  }

  private String named(String variable) {
    return names.computeIfAbsent(variable, v -> {
      char first = v.charAt(0);
      if (v.length() == 2 && first == 'N') {
        return dice.word("10.0. 10.1. 192.168. 172.16. 10.244.") + (v.charAt(1) - '0' + 10 * dice.between(0, 9));
      }
      if (v.length() == 2 && first == 'S') {
        return dice.word("fd00: 2001:db8: fd12:3456:") + v.charAt(1);
      }
      return Character.isUpperCase(first) ? draft.freshNetns() : draft.freshDevice("eth veth v- br- p- vm lan");
    });
  }

  private void say(String place, String pattern) {
    String bound = VARIABLE.matcher(pattern).replaceAll(m -> Matcher.quoteReplacement(named(m.group(1))));
    for (String command : new Slots(draft, place).fill(bound).split(" ?;; ?")) {
      if (command.matches("(probe|serve|unserve|dump|sleep|attach|detach)\\b.*")) {
        draft.add(command.replace("host", Draft.HOST).replace("@@", "@"));
      } else if (command.startsWith("ip netns")) {
        draft.add(spelling.of(command));
      } else {
        draft.in(place, spelling.of(command));
      }
    }
  }
}
