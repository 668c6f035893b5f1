package org.hopscope.model.net;

import java.util.Locale;

/** What a bridge does with frames at a port, in the order of the kernel's numbers (if_bridge.h BR_STATE_*). */
public enum PortState {
  /** Switched off, or without carrier. */
  DISABLED,
  /** The spanning tree protocol waits whether a better bridge speaks here: nothing passes. */
  LISTENING,
  /** Source addresses are learned, and nothing passes yet. */
  LEARNING,
  /** Frames pass. */
  FORWARDING,
  /** The spanning tree protocol keeps it in reserve: nothing passes. */
  BLOCKING;

  /** The word bridge(8) prints. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether source addresses are noted from what comes in (kernel br_input.c br_handle_frame). */
  public boolean learns() {
    return this == LEARNING || this == FORWARDING;
  }
}
