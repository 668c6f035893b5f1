package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.net.Lifetime;
import org.hopscope.model.net.VirtualTime;

/**
 * What else {@code ip addr add} says of an address.
 *
 * @param nodad whether nobody is asked for duplicates; of IPv6 only
 * @param metric the metric of its connected route, 0 for the usual
 * @param validSeconds {@code valid_lft}: when it goes, from 1 s; empty for never
 * @param preferredSeconds {@code preferred_lft}: when it is deprecated, from 0 s; empty for never
 */
public record AddressOptions(boolean nodad, int metric, Optional<Long> validSeconds, Optional<Long> preferredSeconds) {
  /** Nothing said. */
  public static final AddressOptions NONE = new AddressOptions(false, 0, Optional.empty(), Optional.empty());

  /** The instants that are meant. */
  Lifetime lifetime(VirtualTime now) {
    return new Lifetime(validSeconds.map(s -> now.plus(s * VirtualTime.SECOND)),
        preferredSeconds.map(s -> now.plus(s * VirtualTime.SECOND)));
  }

  /** IPv4 has no address that stays and is deprecated one day (kernel devinet.c set_ifa_lifetime). */
  Lifetime lifetime4(VirtualTime now) {
    boolean counts = validSeconds.isPresent() || preferredSeconds.filter(s -> s == 0).isPresent();
    return counts ? lifetime(now) : Lifetime.FOREVER;
  }
}
