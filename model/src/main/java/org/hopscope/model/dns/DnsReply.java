package org.hopscope.model.dns;

import java.util.List;

/**
 * What a server answers.
 *
 * @param authoritative whether it is the zone's own server that speaks
 * @param recursive whether it would ask others (CoreDNS's kubernetes plugin does not say so)
 * @param answer what was asked for; empty with {@link Code#NOERROR} when the name has other records only (NODATA, RFC 2308)
 * @param authority the zone's SOA, when there is no answer
 * @param additional addresses of names in the answer
 */
public record DnsReply(Code code, boolean authoritative, boolean recursive, List<DnsRecord> answer,
    List<DnsRecord> authority, List<DnsRecord> additional) {
  public DnsReply {
    answer = List.copyOf(answer);
    authority = List.copyOf(authority);
    additional = List.copyOf(additional);
  }

  /** How it went (RFC 1035 4.1.1). */
  public enum Code {
    NOERROR, SERVFAIL, NXDOMAIN, REFUSED
  }

  /** Whether it answers the question. */
  public boolean hasAnswer() {
    return code == Code.NOERROR && !answer.isEmpty();
  }

  /** Whether the name exists, but has nothing of the type. */
  public boolean isNoData() {
    return code == Code.NOERROR && answer.isEmpty();
  }
}
