package org.hopscope.model.net;

import java.util.Locale;

/** What a vxlan does or leaves (kernel VXLAN_F_*, ip-link(8)). */
public enum VxlanFlag {
  /** Sources of packets that come in are remembered with the end they came from. */
  LEARNING(true),
  /** Questions for hardware addresses that the own neighbour table answers are not sent on. */
  PROXY(false),
  /** Programs are told of destinations without a row. The model has no such programs. */
  L2MISS(false),
  /** Programs are told of addresses without a neighbour. The model has no such programs. */
  L3MISS(false),
  /** UDP headers outside have a checksum. */
  UDPCSUM(true);

  private final boolean usual;

  VxlanFlag(boolean usual) {
    this.usual = usual;
  }

  /** The word of ip-link(8); with {@code no} in front it switches off. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a new device has it. */
  public boolean isUsual() {
    return usual;
  }
}
