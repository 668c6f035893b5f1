package org.hopscope.model.netfilter;

import java.util.Optional;

/** Says, when somebody asks, what of a rule a packet did not pass: the first that fails. */
public final class Failing {
  private Failing() {
  }

  /** What a rule asks for. */
  public sealed interface Part {
    /** One of {@code -s -d -i -o -p -f}. */
    record OfIp(String option) implements Part {
    }

    /** One of {@code -m}. */
    record OfMatch(Match match) implements Part {
    }
  }

  /** The first part of a rule that a packet does not pass; empty when it passes all. */
  public static Optional<Part> first(Rule rule, PacketView view, Surroundings around, NetfilterState state) {
    IpMatch ip = rule.ip();
    if (ip.protocol().filter(p -> !p.holds(view.protocol())).isPresent()) {
      return Optional.of(new Part.OfIp("-p"));
    }
    if (ip.source().filter(s -> !s.holds(view.source())).isPresent()) {
      return Optional.of(new Part.OfIp("-s"));
    }
    if (ip.destination().filter(d -> !d.holds(view.destination())).isPresent()) {
      return Optional.of(new Part.OfIp("-d"));
    }
    if (ip.in().filter(n -> !n.holds(view.path().in())).isPresent()) {
      return Optional.of(new Part.OfIp("-i"));
    }
    if (ip.out().filter(n -> !n.holds(view.path().out())).isPresent()) {
      return Optional.of(new Part.OfIp("-o"));
    }
    if (!ip.holds(view)) {
      return Optional.of(new Part.OfIp("-f"));
    }
    int failed = new Matching(around, state).firstFailure(rule, view);
    return failed < rule.matches().size() ? Optional.of(new Part.OfMatch(rule.matches().get(failed)))
        : Optional.empty();
  }

  /** The chain that a rule leads to. */
  public static Optional<String> leads(Rule rule) {
    return switch (rule.target()) {
      case Target.Jump(String chain) -> Optional.of(chain);
      case Target.Goto(String chain) -> Optional.of(chain);
      default -> Optional.empty();
    };
  }
}
