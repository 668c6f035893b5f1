package org.hopscope.model.lab;

import java.util.Map;
import java.util.Optional;
import org.hopscope.model.net.LinkFlag;
import org.hopscope.model.net.LinkTraits;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What is changed of {@link LinkTraits}; what is not named stays.
 *
 * @param alias a new alias; an empty one takes it away
 * @param flags switches
 */
public record TraitsChange(Optional<String> alias, Optional<Integer> queueLength, Optional<Integer> group,
    PSortedMap<LinkFlag, Boolean> flags) {
  /** Changes nothing. */
  public static final TraitsChange NONE =
      new TraitsChange(Optional.empty(), Optional.empty(), Optional.empty(), TreePMap.empty());

  public TraitsChange with(LinkFlag flag, boolean value) {
    return new TraitsChange(alias, queueLength, group, flags.plus(flag, value));
  }

  public TraitsChange withAlias(String value) {
    return new TraitsChange(Optional.of(value), queueLength, group, flags);
  }

  public TraitsChange withQueueLength(int value) {
    return new TraitsChange(alias, Optional.of(value), group, flags);
  }

  public TraitsChange withGroup(int value) {
    return new TraitsChange(alias, queueLength, Optional.of(value), flags);
  }

  /** What these changes make of a device's traits. */
  public LinkTraits on(LinkTraits was) {
    LinkTraits is = alias.map(a -> was.withAlias(Optional.of(a).filter(t -> !t.isEmpty()))).orElse(was);
    is = queueLength.map(is::withQueueLength).orElse(is);
    is = group.map(is::withGroup).orElse(is);
    for (Map.Entry<LinkFlag, Boolean> flag : flags.entrySet()) {
      is = is.with(flag.getKey(), flag.getValue());
    }
    return is;
  }
}
