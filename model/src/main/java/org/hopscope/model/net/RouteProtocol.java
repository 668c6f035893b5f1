package org.hopscope.model.net;

/** Who made a route (rt_protos of iproute2). */
public enum RouteProtocol {
  KERNEL, BOOT, STATIC;

  /** The word iproute2 prints. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
