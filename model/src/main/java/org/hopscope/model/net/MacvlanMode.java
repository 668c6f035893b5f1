package org.hopscope.model.net;

import java.util.Locale;

/** Whom a macvlan can talk to besides the world outside (ip-link(8), kernel include/uapi/linux/if_link.h). */
public enum MacvlanMode {
  /** None of those that share its device, not even when a switch outside sends the frame back. */
  PRIVATE,
  /** Those that share its device, but only over a switch outside that sends frames back; the kernel's default. */
  VEPA,
  /** Those of the same mode that share its device, at once. */
  BRIDGE,
  /** Nobody shares its device: it wears the device's own address and takes everything that comes in. */
  PASSTHRU;

  /** The word iproute2 uses. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
