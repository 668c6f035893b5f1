package org.hopscope.model.kube.dns;

/** Something that answers questions. */
public interface DnsServer {
  DnsReply ask(DnsQuestion question);
}
