package org.hopscope.model.netfilter;

import java.util.List;

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

  /** Whether it says the same as another. */
  public boolean saysSame(Rule other) {
    return ip.equals(other.ip) && matches.equals(other.matches) && target.equals(other.target);
  }
}
