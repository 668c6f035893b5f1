package org.hopscope.model.lab;

/**
 * What {@code ip addr add} says of IPv6 addresses alone.
 *
 * @param nodad whether nobody is asked for duplicates
 * @param deprecated {@code preferred_lft 0}
 * @param metric the metric of its connected route, 0 for the usual
 */
public record Inet6Options(boolean nodad, boolean deprecated, int metric) {
  /** Nothing said. */
  public static final Inet6Options NONE = new Inet6Options(false, false, 0);
}
