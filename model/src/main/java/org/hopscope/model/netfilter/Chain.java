package org.hopscope.model.netfilter;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A chain: rules in order, and for a built-in one what happens at its end. Immutable. */
public final class Chain {
  private final String name;
  private final int handle;
  private final Optional<Policy> policy;
  private final List<Rule> rules;
  /** Made when a packet first comes by; always the same for the same rules. */
  private Optional<FlatChain> flat = Optional.empty();

  private Chain(String name, int handle, Optional<Policy> policy, List<Rule> rules) {
    this.name = name;
    this.handle = handle;
    this.policy = policy;
    this.rules = rules;
  }

  /** A built-in chain without rules; of handle 0 while no command has named it. */
  public static Chain builtIn(Hook hook, int handle) {
    return new Chain(hook.name(), handle, Optional.of(Policy.ACCEPT), List.of());
  }

  /** A user's chain without rules. */
  public static Chain named(String name, int handle) {
    return new Chain(name, handle, Optional.empty(), List.of());
  }

  public String name() {
    return name;
  }

  /** Its number in its namespace, under which its policy counts. */
  public int handle() {
    return handle;
  }

  /**
   * Whether it is there. A built-in chain comes into being with the first command that names it; until then it is only
   * shown, and accepts (iptables/nft.c nft_xt_builtin_init, nft_xt_fake_builtin_chains).
   */
  public boolean isMade() {
    return handle != 0;
  }

  public Chain withHandle(int value) {
    return new Chain(name, value, policy, rules);
  }

  /** The policy of a built-in chain; empty for a user's. */
  public Optional<Policy> policy() {
    return policy;
  }

  /** Its rules; the first is number 1 in commands. */
  public List<Rule> rules() {
    return rules;
  }

  public Chain withName(String value) {
    return new Chain(value, handle, policy, rules);
  }

  public Chain withPolicy(Policy value) {
    return new Chain(name, handle, Optional.of(value), rules);
  }

  public Chain withRules(List<Rule> value) {
    return new Chain(name, handle, policy, List.copyOf(value));
  }

  /** Its rules as arrays to walk over. */
  FlatChain flat() {
    if (flat.isEmpty()) {
      flat = Optional.of(FlatChain.of(rules));
    }
    return flat.get();
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Chain that && handle == that.handle && name.equals(that.name)
        && policy.equals(that.policy) && (rules == that.rules || rules.equals(that.rules));
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, handle, policy, rules);
  }

  @Override
  public String toString() {
    return name + policy.map(p -> " " + p).orElse("") + " " + rules.size();
  }
}
