package org.hopscope.model.net;

import java.util.Locale;

/** Whether ipvlans on one device reach each other (kernel Documentation/networking/ipvlan.rst 4.4). */
public enum IpvlanFlag {
  /** At once. */
  BRIDGE,
  /** Never. */
  PRIVATE,
  /** Over a switch outside that sends frames back. */
  VEPA;

  /** The word iproute2 uses. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
