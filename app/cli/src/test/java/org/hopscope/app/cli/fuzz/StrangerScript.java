package org.hopscope.app.cli.fuzz;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;

/**
 * A lab script by somebody who has read the manuals and knows nothing of this project: a small network, commands about one
 * subject in every spelling that the manuals give them, and each time something that shows. Its words are those of a
 * grammar, {@code stranger.txt} or {@code guards.txt}, and no other script's.
 */
final class StrangerScript {
  private static final List<String> SCHEMES = List.of("ns1 ns2 ns3 rt", "red blue green gw", "h1 h2 h3 r1",
      "client server db router", "A B C R", "one two three mid");
  private static final Pattern PLACE = Pattern.compile("(?<![\\w-])[ABCR](?!\\w)");
  private static final Pattern PLACED = Pattern.compile("(\\S+): (.*)");

  private final Map<String, List<String>> grammar;
  private final Dice dice;
  private final Draft draft;
  private final String subject;
  private final List<String> names;
  private String here = Draft.HOST;

  private StrangerScript(Map<String, List<String>> grammar, Dice dice) {
    this.grammar = grammar;
    this.dice = dice;
    subject = dice.one(subjects());
    names = List.of(dice.one(SCHEMES).split(" "));
    draft = new Draft(dice, new Phrase(dice, this::value).fill(dice.one(own("pragma", subject))));
  }

  /** The script of a seed in the words of a grammar beside this class; the same for the same model. */
  static String of(String grammar, long seed) {
    StrangerScript script = new StrangerScript(Sections.read(grammar), new Dice(seed * 41 + 11));
    script.say(script.dice.one(script.grammar.get("plan " + script.subject)));
    for (int i = script.dice.between(6, 16); i > 0; i--) {
      script.turn();
    }
    script.draft.add("dump links routes neigh fdb");
    return script.draft.text();
  }

  private List<String> subjects() {
    return grammar.keySet().stream().filter(s -> s.startsWith("plan ")).map(s -> s.substring(5)).toList();
  }

  /** The lines of a kind for a subject, or those for any. */
  private List<String> own(String kind, String about) {
    return grammar.getOrDefault(kind + " " + about, grammar.getOrDefault(kind + " any", List.of()));
  }

  private void turn() {
    here = dice.one(draft.namespaces());
    String kind = dice.word(dice.one(grammar.get("turns")));
    say(dice.one(own(kind, dice.percent(88) ? subject : dice.one(subjects()))));
    if (kind.equals("act") && dice.percent(60)) {
      say(dice.one(own("show", subject)));
    }
  }

  /** Writes out a pattern; a command acts where the last "PLACE: " before it says. */
  private void say(String pattern) {
    for (String command : new Phrase(dice, this::value).fill(placed(pattern)).split(" ?;; ?")) {
      String bound = bound(placed(command));
      if (bound.matches("(probe|serve|unserve|dump|sleep|attach|detach)\\b.*")) {
        draft.add(bound.replaceAll("(?<!@)\\bhost\\b", Draft.HOST));
      } else {
        draft.in(here, bound);
      }
    }
  }

  /** What is behind "PLACE: ", having gone there. */
  private String placed(String text) {
    Matcher placed = PLACED.matcher(text);
    if (!placed.matches()) {
      return text;
    }
    String place = bound(new Phrase(dice, this::value).fill(placed.group(1)));
    here = switch (place) {
      case "host" -> Draft.HOST;
      case "here" -> here;
      default -> place;
    };
    return placed.group(2);
  }

  private String bound(String command) {
    return PLACE.matcher(command).replaceAll(m -> names.get("ABCR".indexOf(m.group())));
  }

  private String value(String slot) {
    return switch (slot) {
      case "dev" -> device(_ -> true);
      case "link" -> device(d -> !d.isLoopback());
      case "port" -> device(d -> d.port().isPresent());
      case "place" -> dice.one(draft.namespaces());
      case "lead" -> draft.namespaces().stream().max(Comparator.comparing(n -> draft.devices(n).size())).orElseThrow();
      case "own" -> address(draft.devices(here).stream(), true, "10.0.0.1");
      case "ownlen" -> address(draft.devices(here).stream(), true, "10.0.0.1") + "/24";
      case "any4" -> address(draft.wired().stream(), true, "10.0.0.2");
      case "any6" -> address(draft.wired().stream(), false, "fd00:1::2");
      default -> new Phrase(dice, this::value).fill(dice.one(grammar.get(slot)));
    };
  }

  private String device(Predicate<Device> which) {
    List<String> there = draft.devices(here).stream().filter(which).map(Device::name).toList();
    return there.isEmpty() || dice.percent(6) ? dice.word("eth0 v0 br0 lo p1 tap0 nodev m1") : dice.one(there);
  }

  private String address(Stream<Device> devices, boolean four, String otherwise) {
    List<String> there = devices.flatMap(d -> d.addresses().stream()).map(AssignedAddress::local)
        .map(InterfaceAddress::address).filter(a -> a instanceof Ipv4Address == four).map(Object::toString)
        .filter(a -> !a.startsWith("fe80")).toList();
    return there.isEmpty() ? otherwise : dice.one(there);
  }
}
