package org.hopscope.model.net;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code ip link set} notes on any device without a change of where packets go (kernel dev_set_alias,
 * dev_change_tx_queue_len, dev_set_group, dev_change_flags).
 *
 * @param alias a text of at most 255 bytes
 * @param queueLength {@code txqueuelen}, or its driver's; 0 to 4294967295, as unsigned
 * @param group a number by which commands name several devices at once; as unsigned, 0 is {@code default}
 * @param flags the switches that are on
 */
public record LinkTraits(Optional<String> alias, Optional<Integer> queueLength, int group, Set<LinkFlag> flags) {
  /** Those of a new device. */
  public static final LinkTraits NONE = new LinkTraits(Optional.empty(), Optional.empty(), 0, Set.of());

  public LinkTraits {
    flags = flags.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(flags));
  }

  public boolean has(LinkFlag flag) {
    return flags.contains(flag);
  }

  public LinkTraits with(LinkFlag flag, boolean value) {
    EnumSet<LinkFlag> changed = EnumSet.noneOf(LinkFlag.class);
    changed.addAll(flags);
    if (value) {
      changed.add(flag);
    } else {
      changed.remove(flag);
    }
    return new LinkTraits(alias, queueLength, group, changed);
  }

  public LinkTraits withAlias(Optional<String> value) {
    return new LinkTraits(value, queueLength, group, flags);
  }

  public LinkTraits withQueueLength(int value) {
    return new LinkTraits(alias, Optional.of(value), group, flags);
  }

  public LinkTraits withGroup(int value) {
    return new LinkTraits(alias, queueLength, value, flags);
  }
}
