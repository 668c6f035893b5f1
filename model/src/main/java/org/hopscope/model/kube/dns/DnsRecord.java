package org.hopscope.model.kube.dns;

/**
 * A record of class IN.
 *
 * @param name whose it is, absolute
 * @param ttl for how many seconds it may be remembered
 */
public record DnsRecord(String name, int ttl, RecordData data) {
  /** {@code NAME TTL IN TYPE DATA}. */
  @Override
  public String toString() {
    return name + " " + ttl + " IN " + data.type() + " " + data;
  }
}
