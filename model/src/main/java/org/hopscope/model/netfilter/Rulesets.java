package org.hopscope.model.netfilter;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The packet filter of a namespace as it is configured.
 *
 * @param ipv4 what {@code iptables} wrote
 * @param ipv6 what {@code ip6tables} wrote
 * @param nextHandle the number that the next chain or rule gets
 * @param sets what {@code ipset} made, by name
 */
public record Rulesets(Ruleset ipv4, Ruleset ipv6, int nextHandle, PSortedMap<String, IpSet> sets) {
  public static final Rulesets NONE = new Rulesets(Ruleset.EMPTY, Ruleset.EMPTY, 1, TreePMap.empty());

  public Rulesets withSets(PSortedMap<String, IpSet> value) {
    return new Rulesets(ipv4, ipv6, nextHandle, value);
  }

  /** The names of the sets that rules look into. */
  public Set<String> usedSets() {
    return Stream.of(ipv4, ipv6).flatMap(r -> r.tables().values().stream()).flatMap(t -> t.chains().values().stream())
        .flatMap(c -> c.rules().stream()).flatMap(r -> r.sets().stream()).collect(Collectors.toSet());
  }

  public Ruleset of(IpFamily family) {
    return switch (family) {
      case INET -> ipv4;
      case INET6 -> ipv6;
    };
  }

  public Rulesets withNextHandle(int value) {
    return new Rulesets(ipv4, ipv6, value, sets);
  }

  public Rulesets with(IpFamily family, Ruleset value, int next) {
    return switch (family) {
      case INET -> new Rulesets(value, ipv6, next, sets);
      case INET6 -> new Rulesets(ipv4, value, next, sets);
    };
  }
}
