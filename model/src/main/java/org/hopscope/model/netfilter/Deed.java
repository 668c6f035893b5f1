package org.hopscope.model.netfilter;

/** What a target that is kept in the program's own words does. */
public sealed interface Deed {
  /**
   * Nothing that a lab could see: whom it would tell is not there (a program behind NFLOG, the audit log), or what it
   * changes nobody reads (the class of a queueing discipline, a checksum). The rule counts, and the walk goes on.
   */
  record Unseen() implements Deed {
  }

  /** {@code TOS} and {@code DSCP}: {@code field = (field & ~mask) ^ value} (kernel net/netfilter/xt_DSCP.c). */
  record Reclassify(int value, int mask) implements Deed {
  }

  /**
   * {@code NFQUEUE}: to a program that decides. A lab has none that listens, so the packet is thrown away; with
   * {@code --queue-bypass} the table is done with it (kernel net/netfilter/nf_queue.c nf_queue).
   */
  record Queue(boolean bypass) implements Deed {
  }
}
