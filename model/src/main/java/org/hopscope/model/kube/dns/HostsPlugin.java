package org.hopscope.model.kube.dns;

import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.DnsNames;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.DnsRecord;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.dns.DnsServer;
import org.hopscope.model.dns.RecordData;
import org.hopscope.model.dns.RecordType;

/**
 * CoreDNS's plugin {@code hosts} with entries of its own (plugin/hosts/hosts.go): names it does not have are left to the next
 * plugin only with {@code fallthrough}; without, it fails for all of them.
 *
 * @param entries what it knows, in order
 * @param falls whether others are asked for what it does not know
 * @param ttl of its records, in seconds
 * @param next the plugins behind it
 */
record HostsPlugin(List<Entry> entries, boolean falls, int ttl, DnsServer next) implements DnsServer {
  /** A name of an address. */
  record Entry(IpAddress address, String name) {
  }

  /** The plugin of a Corefile before the others. */
  static DnsServer of(Corefile plugin, DnsServer next) {
    List<Entry> entries = plugin.body().stream().flatMap(d -> IpAddress.parse(d.name()).stream().flatMap(a -> d.args()
        .stream().map(n -> new Entry(a, DnsNames.absolute(n))))).toList();
    return new HostsPlugin(entries, plugin.has("fallthrough"), 3600, next);
  }

  @Override
  public DnsReply ask(DnsQuestion question) {
    List<Entry> known = entries.stream().filter(e -> e.name().equalsIgnoreCase(question.name())
        || DnsNames.reverse(e.address()).equalsIgnoreCase(question.name())).toList();
    if (known.isEmpty()) {
      return falls ? next.ask(question)
          : new DnsReply(DnsReply.Code.SERVFAIL, false, false, List.of(), List.of(), List.of());
    }
    List<DnsRecord> answer = known.stream().map(e -> e.name().equalsIgnoreCase(question.name())
        ? new RecordData.Address(e.address())
        : new RecordData.Name(RecordType.PTR, e.name())).filter(d -> d.type() == question.type())
        .map(d -> new DnsRecord(question.name(), ttl, d)).toList();
    return new DnsReply(DnsReply.Code.NOERROR, true, false, answer, List.of(), List.of());
  }
}
