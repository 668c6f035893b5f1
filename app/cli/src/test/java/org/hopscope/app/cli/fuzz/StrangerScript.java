package org.hopscope.app.cli.fuzz;

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
 * subject in every spelling that the manuals give them, and each time something that shows. Its words are the grammar of
 * {@code stranger.txt} and no other script's.
 */
final class StrangerScript {
  private static final Map<String, List<String>> GRAMMAR = Sections.read("stranger.txt");
  private static final List<String> SUBJECTS =
      GRAMMAR.keySet().stream().filter(s -> s.startsWith("plan ")).map(s -> s.substring(5)).toList();
  private static final List<String> SCHEMES = List.of("ns1 ns2 ns3 rt", "red blue green gw", "h1 h2 h3 r1",
      "client server db router", "A B C R", "one two three mid");
  private static final Pattern PLACE = Pattern.compile("(?<![\\w-])[ABCR](?!\\w)");

  private final Dice dice;
  private final Draft draft;
  private final String subject;
  private final List<String> names;
  private String here = Draft.HOST;

  private StrangerScript(Dice dice) {
    this.dice = dice;
    subject = dice.one(SUBJECTS);
    names = List.of(dice.one(SCHEMES).split(" "));
    draft = new Draft(dice, subject.equals("v6") || dice.percent(10) ? "#!lab ipv6=on" : "");
  }

  /** The script of a seed; the same for the same model. */
  static String of(long seed) {
    StrangerScript script = new StrangerScript(new Dice(seed * 41 + 11));
    script.say("host", dicedPlan(script));
    for (int i = script.dice.between(6, 16); i > 0; i--) {
      script.turn();
    }
    script.draft.add("dump links routes neigh fdb");
    return script.draft.text();
  }

  private static String dicedPlan(StrangerScript script) {
    return script.dice.one(GRAMMAR.get("plan " + script.subject));
  }

  private void turn() {
    here = dice.one(draft.namespaces());
    int kind = dice.between(1, 10);
    String about = dice.percent(88) ? subject : dice.one(SUBJECTS);
    if (kind <= 5) {
      say(here, dice.one(GRAMMAR.get("act " + about)));
      if (dice.percent(60)) {
        say(here, dice.one(GRAMMAR.get("show any")));
      }
    } else {
      say(here, dice.one(GRAMMAR.get(kind <= 8 ? "show any" : "send any")));
    }
  }

  private void say(String place, String pattern) {
    for (String command : new Phrase(dice, this::value).fill(pattern).split(" ?;; ?")) {
      Matcher placed = Pattern.compile("(host|here|[ABCR]): (.*)").matcher(command);
      String bound = bound(placed.matches() ? placed.group(2) : command);
      if (bound.matches("(probe|serve|unserve|dump|sleep|attach|detach)\\b.*")) {
        draft.add(bound.replaceAll("\\bhost\\b", Draft.HOST));
      } else {
        draft.in(placed.matches() ? bound(placed.group(1)).replaceFirst("^host$", Draft.HOST)
            .replaceFirst("^here$", place) : at(place), bound);
      }
    }
  }

  private static String at(String place) {
    return place.equals("host") ? Draft.HOST : place;
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
      case "own" -> address(draft.devices(here).stream(), true, "10.0.0.1");
      case "ownlen" -> address(draft.devices(here).stream(), true, "10.0.0.1") + "/24";
      case "any4" -> address(draft.wired().stream(), true, "10.0.0.2");
      case "any6" -> address(draft.wired().stream(), false, "fd00:1::2");
      default -> new Phrase(dice, this::value).fill(dice.one(GRAMMAR.get(slot)));
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
