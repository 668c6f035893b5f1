package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.dns.DnsNames;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.DnsRecord;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.dns.DnsServer;
import org.hopscope.model.dns.RecordData;
import org.hopscope.model.dns.RecordType;

/**
 * CoreDNS's plugin {@code autopath} (plugin/autopath/autopath.go, cname.go): who asks for a name in the first of its search
 * domains gets the answer of the first domain that has one, with an alias before it. When none has, the first answer is given
 * and the client goes on by itself.
 *
 * @param zones in which it does so
 * @param search the search domains of who asks; the root for the name as it was typed
 * @param next the plugins behind it
 */
record AutoPath(List<String> zones, List<String> search, DnsServer next) implements DnsServer {
  AutoPath {
    zones = List.copyOf(zones);
    search = List.copyOf(search);
  }

  @Override
  public DnsReply ask(DnsQuestion question) {
    String name = question.name();
    boolean first = DnsNames.closest(zones, name).isPresent() && !search.isEmpty() && !name.equalsIgnoreCase(search
        .getFirst()) && DnsNames.isWithin(name, search.getFirst());
    if (!first) {
      return next.ask(question);
    }
    String base = name.substring(0, name.length() - search.getFirst().length());
    Optional<DnsReply> told = Optional.empty();
    for (String domain : search) {
      DnsReply reply = next.ask(new DnsQuestion(domain.equals(".") ? base : base + domain, question.type()));
      told = told.or(() -> Optional.of(reply));
      if (reply.code() == DnsReply.Code.NOERROR) {
        return aliased(reply, name);
      }
    }
    return told.orElseThrow();
  }

  private static DnsReply aliased(DnsReply reply, String name) {
    List<DnsRecord> answer = new ArrayList<>(reply.answer());
    reply.answer().stream().filter(r -> !r.name().equalsIgnoreCase(name)).findFirst().ifPresent(r -> answer.addFirst(
        new DnsRecord(name, r.ttl(), new RecordData.Name(RecordType.CNAME, r.name()))));
    return new DnsReply(reply.code(), reply.authoritative(), reply.recursive(), answer, reply.authority(), reply
        .additional());
  }
}
