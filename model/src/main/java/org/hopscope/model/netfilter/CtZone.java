package org.hopscope.model.netfilter;

/**
 * Connections of different zones are kept apart, however alike they look (kernel struct nf_conntrack_zone).
 *
 * @param original the zone of the packets that begin a connection, 0 to 65535
 * @param reply the zone of the answers
 * @param helper the name of the helper that is laid down with it; empty for none
 */
public record CtZone(int original, int reply, String helper) {
  /** Where no rule says otherwise. */
  public static final CtZone DEFAULT = new CtZone(0, 0);

  /** Without a helper. */
  public CtZone(int original, int reply) {
    this(original, reply, "");
  }
}
