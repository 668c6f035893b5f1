package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.Wording;

/** Reads {@code policy}: which steps of IPsec a packet went through (libxt_policy.c). None of a lab goes through any. */
final class PolicyMatch extends Extension<Match> {
  private static final long UNSIGNED = 0xffff_ffffL;
  private static final int DEPTH = 4;
  /** How a step is told, in the program's order, and what it is called where it is listed. */
  private static final List<String> WORDS = List.of("reqid", "spi", "proto", "mode", "tunnel-dst", "tunnel-src");
  private static final Map<Integer, String> PROTOCOLS = Map.of(50, "esp", 51, "ah", 108, "ipcomp");

  private final IpFamily family;
  private String direction = "";
  private boolean none;
  private final List<Map<String, Said>> steps = new ArrayList<>(List.of(new TreeMap<>()));

  /** A value of a step, as it is saved and as it is listed. */
  private record Said(boolean inverted, String saved, String listed) {
  }

  PolicyMatch(IpFamily family) {
    super("policy",
        "dir: pol: strict reqid:!+ spi:!+ tunnel-src:!+ tunnel-dst:!+ proto:!+ mode:!+ next+");
    this.family = family;
  }

  @Override
  void read(String option, boolean inverted, String argument, Words more) throws Complaint {
    switch (option) {
      case "dir" -> {
        if (!argument.equals("in") && !argument.equals("out")) {
          throw Complaint.parameter("policy_match: invalid dir \"" + argument + "\"");
        }
        direction = argument;
      }
      case "pol" -> {
        if (!argument.equals("none") && !argument.equals("ipsec")) {
          throw Complaint.parameter("policy match: invalid policy \"" + argument + "\"");
        }
        none = argument.equals("none");
      }
      case "strict" -> {
        // that it was given is all
      }
      case "next" -> {
        if (steps.size() == DEPTH) {
          throw Complaint.parameter("policy match: maximum policy depth reached");
        }
        steps.add(new TreeMap<>());
      }
      default -> {
        if (steps.getLast().put(option, said(option, inverted, argument)) != null) {
          throw Complaint.parameter("policy match: double --" + option + " option");
        }
      }
    }
  }

  private Said said(String option, boolean inverted, String argument) throws Complaint {
    return switch (option) {
      case "reqid" -> {
        String number = Long.toString(number(option, argument, 0, UNSIGNED));
        yield new Said(inverted, number, number);
      }
      case "spi" -> {
        String number = Values.hex((int) number(option, argument, 0, UNSIGNED));
        yield new Said(inverted, number, number);
      }
      case "proto" -> {
        int number = Values.protocol(argument);
        String named = Optional.ofNullable(PROTOCOLS.get(number))
            .orElseThrow(() -> Complaint.parameter("policy match: protocol must be ah/esp/ipcomp"));
        yield new Said(inverted, named, Integer.toString(number));
      }
      case "mode" -> {
        if (!argument.equals("transport") && !argument.equals("tunnel")) {
          throw Complaint.parameter("policy match: invalid mode \"" + argument + "\"");
        }
        yield new Said(inverted, argument, argument);
      }
      default -> {
        String text = Values.hostMask(family, "policy", option, argument).text();
        yield new Said(inverted, text, text);
      }
    };
  }

  @Override
  void check() throws Complaint {
    if (direction.isEmpty()) {
      throw Complaint.parameter("policy match: neither --dir in nor --dir out specified");
    }
    if (none && has("strict")) {
      throw Complaint.parameter("policy match: policy none but --strict given");
    }
    for (int i = 0; i < steps.size() && !none; i++) {
      Map<String, Said> step = steps.get(i);
      if (has("strict") && step.isEmpty()) {
        throw Complaint
            .parameter("policy match: empty policy element " + i + ". --strict is in effect, but at least one of"
                + " reqid, spi, tunnel-src, tunnel-dst, proto or mode is required.");
      }
      Said mode = step.get("mode");
      boolean tunnel = mode != null && mode.saved().equals("tunnel") && !mode.inverted();
      if ((step.containsKey("tunnel-src") || step.containsKey("tunnel-dst")) && !tunnel) {
        throw Complaint.parameter("policy match: --tunnel-src/--tunnel-dst is only valid in tunnel mode");
      }
    }
  }

  @Override
  Match done() throws Complaint {
    boolean strict = has("strict");
    if (has("next") && !strict) {
      throw Complaint.parameter("policy: option \"--next\" also requires \"--strict\".");
    }
    String policy = none ? "none" : "ipsec";
    Phrases phrases = new Phrases().save("--dir", direction, "--pol", policy)
        .list("policy match dir", direction, "pol", policy);
    if (strict) {
      phrases.save("--strict").list("strict");
    }
    for (int i = 0; i < steps.size() && !none; i++) {
      if (i > 0) {
        phrases.save("--next");
      }
      if (steps.size() > 1) {
        phrases.list("[" + i + "]");
      }
      Map<String, Said> step = steps.get(i);
      for (String word : WORDS) {
        Optional.ofNullable(step.get(word)).ifPresent(s -> phrases.save(s.inverted(), word, s.saved())
            .list((s.inverted() ? "! " : "") + word).either(s.listed(), s.saved()));
      }
    }
    return phrases.match("policy",
        direction.equals("in") ? Wording.Place.at(Hook.PREROUTING, Hook.INPUT, Hook.FORWARD)
            : Wording.Place.at(Hook.FORWARD, Hook.OUTPUT, Hook.POSTROUTING),
        new Condition.Fixed(none));
  }
}
