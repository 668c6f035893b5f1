package org.hopscope.model.dns;

/** Something that answers questions. */
public interface DnsServer {
  DnsReply ask(DnsQuestion question);
}
