package org.hopscope.model.netfilter;

/**
 * {@code -p}.
 *
 * @param number the protocol's number, 1 to 255
 * @param inverted whether it must be another one
 */
public record ProtocolMatch(int number, boolean inverted) {
  /** Whether a packet of a protocol passes. */
  public boolean holds(int protocol) {
    return (protocol == number) != inverted;
  }
}
