package org.hopscope.model.trace;

import java.util.Optional;

/**
 * One packet on its way, from where it is made to its fate. A flood forks it, an answer is another one.
 *
 * @param number its index in the trace
 * @param cause the copy that made it come about: the one it was forked from, that it answers, or that waits for it
 * @param lane the copies that belong together on a time line: a question, an ARP request with its forks, a reply
 * @param role what it is
 */
public record PacketCopy(int number, Optional<Integer> cause, int lane, Role role) {
  /** The same behind so many copies on so many lanes. */
  PacketCopy after(int copies, int lanes) {
    return new PacketCopy(number + copies, cause.map(c -> c + copies), lane + lanes, role);
  }

  /** What a packet is for. */
  public enum Role {
    /** What the program sends. */
    REQUEST,
    /** What comes back to it. */
    REPLY,
    /** Asks for a hardware address. */
    ARP_REQUEST,
    /** Tells one. */
    ARP_REPLY,
    /** Reports a failure. */
    ICMP_ERROR,
    /** What a rule sends elsewhere beside the packet itself ({@code -j TEE}). */
    COPY
  }
}
