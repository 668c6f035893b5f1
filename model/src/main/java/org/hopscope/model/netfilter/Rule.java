package org.hopscope.model.netfilter;

import java.util.List;
import java.util.stream.Stream;

/**
 * One rule of a chain.
 *
 * @param handle its number in its namespace: stays when rules in front of it come and go
 * @param ip what it asks for by itself
 * @param matches what it asks for by {@code -m}, in order
 * @param target what it does
 */
public record Rule(int handle, IpMatch ip, List<Match> matches, Target target) {
  public Rule {
    matches = List.copyOf(matches);
  }

  public Rule withHandle(int value) {
    return new Rule(value, ip, matches, target);
  }

  public Rule withTarget(Target value) {
    return new Rule(handle, ip, matches, value);
  }

  /** The names of the sets that it needs. */
  public List<String> sets() {
    Stream<String> asked =
        matches.stream().flatMap(m -> m instanceof Match.InSet in ? Stream.of(in.set()) : Stream.empty());
    return target instanceof Target.Other(var _, Deed.Sets sets) ? Stream.concat(asked, sets.names().stream()).toList()
        : asked.toList();
  }

  /** Whether it says the same as another. */
  public boolean saysSame(Rule other) {
    return ip.equals(other.ip) && matches.equals(other.matches) && target.equals(other.target);
  }
}
