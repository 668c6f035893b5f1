package org.hopscope.model.net;

import java.util.Locale;

/** At which layer ipvlans share a device (kernel Documentation/networking/ipvlan.rst, sem-D8). */
public enum IpvlanMode {
  /** As a switch does: ARP and broadcasts reach everybody. */
  L2,
  /** As a router does: the host of the device below routes, nobody asks for hardware addresses. */
  L3,
  /** As l3, with what comes in shown to the netfilter of the host first; the model has no difference yet. */
  L3S;

  /** The word iproute2 uses. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
