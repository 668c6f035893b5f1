package org.hopscope.model.netfilter;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;

/**
 * The rules of a chain as arrays, so that a walk over thousands costs little: a rule whose addresses or protocol cannot
 * fit is passed over after a look at a few numbers that lie side by side, without touching the rule.
 */
final class FlatChain {
  private static final int PARTS = 5;

  private final Rule[] rules;
  /** For each rule: destination's mask and bits, source's mask and bits, protocol (0 for any). */
  private final int[] keys;

  private FlatChain(Rule[] rules, int[] keys) {
    this.rules = rules;
    this.keys = keys;
  }

  static FlatChain of(List<Rule> list) {
    Rule[] rules = list.toArray(Rule[]::new);
    int[] keys = new int[rules.length * PARTS];
    for (int i = 0; i < rules.length; i++) {
      IpMatch ip = rules[i].ip();
      put(keys, i * PARTS, ip.destination());
      put(keys, i * PARTS + 2, ip.source());
      keys[i * PARTS + 4] = ip.protocol().filter(p -> !p.inverted()).map(ProtocolMatch::number).orElse(0);
    }
    return new FlatChain(rules, keys);
  }

  private static void put(int[] keys, int at, Optional<AddressMatch> match) {
    match.filter(m -> !m.inverted()).ifPresent(m -> {
      if (m.address() instanceof Ipv4Address(int bits) && m.mask() instanceof Ipv4Address(int mask)) {
        keys[at] = mask;
        keys[at + 1] = bits;
      }
    });
  }

  int size() {
    return rules.length;
  }

  Rule rule(int index) {
    return rules[index];
  }

  /** The first rule from {@code from} on that may fit; the number of rules when none does. */
  int next(int from, int source, int destination, int protocol) {
    int at = from * PARTS;
    for (int i = from; i < rules.length; i++, at += PARTS) {
      int wanted = keys[at + 4];
      if ((destination & keys[at]) == keys[at + 1] && (source & keys[at + 2]) == keys[at + 3]
          && (wanted == 0 || wanted == protocol)) {
        return i;
      }
    }
    return rules.length;
  }
}
