package org.hopscope.model.net;

import java.util.Optional;

/**
 * How long an address counts, on the lab's clock (kernel ifa_valid_lft and ifa_preferred_lft; RFC 4862 5.5.4).
 *
 * @param valid when the device loses it; empty for never
 * @param preferred from when on it is deprecated: IPv6 begins nothing new with it then; empty for never
 */
public record Lifetime(Optional<VirtualTime> valid, Optional<VirtualTime> preferred) {
  /** An address that stays as it is. */
  public static final Lifetime FOREVER = new Lifetime(Optional.empty(), Optional.empty());

  public boolean isOverAt(VirtualTime now) {
    return valid.filter(v -> now.compareTo(v) >= 0).isPresent();
  }

  public boolean isDeprecatedAt(VirtualTime now) {
    return preferred.filter(p -> now.compareTo(p) >= 0).isPresent();
  }

  /** Whole seconds that are left of a limit, begun ones included; 0 when it is passed. */
  public static long left(VirtualTime limit, VirtualTime now) {
    return Math.max(0, Math.ceilDiv(limit.since(now), VirtualTime.SECOND));
  }
}
