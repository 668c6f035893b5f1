package org.hopscope.model.dns;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be asked for of a name (RFC 1035 3.2.2, RFC 3596, RFC 2782). */
public enum RecordType {
  A, AAAA, CNAME, SRV, PTR, NS, SOA, TXT, MX;

  /** By its name, in any case. */
  public static Optional<RecordType> of(String word) {
    return Arrays.stream(values()).filter(t -> t.name().equals(word.toUpperCase(Locale.ROOT))).findFirst();
  }
}
