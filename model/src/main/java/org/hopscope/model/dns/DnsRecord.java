package org.hopscope.model.dns;

import java.util.Optional;

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

  /** Reads what {@link #toString} writes. */
  static Optional<DnsRecord> parse(String text) {
    String[] words = text.split(" ", 5);
    return words.length < 5 || !words[1].matches("[0-9]{1,9}") ? Optional.empty()
        : RecordType.of(words[3]).flatMap(t -> RecordData.parse(t, words[4]))
            .map(d -> new DnsRecord(words[0], Integer.parseInt(words[1]), d));
  }
}
