package org.hopscope.model.netfilter;

/** Which way a packet of a connection goes (kernel enum ip_conntrack_dir). */
public enum Direction {
  /** As the packet that began it. */
  ORIGINAL,
  /** Back. */
  REPLY;

  public Direction opposite() {
    return this == ORIGINAL ? REPLY : ORIGINAL;
  }
}
