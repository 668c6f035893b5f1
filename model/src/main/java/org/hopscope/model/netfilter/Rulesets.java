package org.hopscope.model.netfilter;

import org.hopscope.model.addr.IpFamily;

/**
 * The packet filter of a namespace as it is configured.
 *
 * @param ipv4 what {@code iptables} wrote
 * @param ipv6 what {@code ip6tables} wrote
 * @param nextHandle the number that the next chain or rule gets
 */
public record Rulesets(Ruleset ipv4, Ruleset ipv6, int nextHandle) {
  public static final Rulesets NONE = new Rulesets(Ruleset.EMPTY, Ruleset.EMPTY, 1);

  public Ruleset of(IpFamily family) {
    return switch (family) {
      case INET -> ipv4;
      case INET6 -> ipv6;
    };
  }

  public Rulesets with(IpFamily family, Ruleset value, int next) {
    return switch (family) {
      case INET -> new Rulesets(value, ipv6, next);
      case INET6 -> new Rulesets(ipv4, value, next);
    };
  }
}
