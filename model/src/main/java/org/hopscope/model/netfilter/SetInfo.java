package org.hopscope.model.netfilter;

/**
 * What packets get that a member with {@code skbinfo} is found for, where a rule says so ({@code SET --map-set}).
 *
 * @param mark the mark, where the mask has ones
 * @param priority a class of queueing, {@code MAJOR << 16 | MINOR}
 * @param queue a queue of a device
 */
public record SetInfo(int mark, int mask, int priority, int queue) {
  /** Nothing. */
  public static final SetInfo NONE = new SetInfo(0, 0, 0, 0);

  /** A mark as it leaves it. */
  int marked(int before) {
    return before & ~mask ^ mark;
  }
}
