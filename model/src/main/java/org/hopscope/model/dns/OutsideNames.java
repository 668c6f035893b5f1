package org.hopscope.model.dns;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hopscope.model.addr.IpAddress;

/**
 * The rest of the world's names as far as a lab has any: a resolver that asks further for us, and finds each name below the
 * root. CoreDNS forwards to it what is not in the cluster's zone.
 */
public final class OutsideNames implements DnsServer {
  private static final int TTL = 300;
  private static final DnsRecord ROOT = new DnsRecord(".", 86400,
      new RecordData.Authority("a.root-servers.net.", "nstld.verisign-grs.com.", 1, 86400));

  /** What every lab has: names and addresses that are reserved for examples (RFC 2606, RFC 5737). */
  public static final OutsideNames WORLD = new OutsideNames(Map.of("example.com", List.of(IpAddress.of("203.0.113.80")),
      "www.example.com", List.of(IpAddress.of("203.0.113.80")), "example.org", List.of(IpAddress.of("203.0.113.81")),
      "example.net", List.of(IpAddress.of("203.0.113.82"), IpAddress.of("2001:db8::82"))));

  private final Map<String, List<IpAddress>> addresses = new TreeMap<>();

  public OutsideNames(Map<String, List<IpAddress>> names) {
    names.forEach((n, a) -> addresses.put(DnsNames.absolute(n).toLowerCase(Locale.ROOT), List.copyOf(a)));
  }

  @Override
  public DnsReply ask(DnsQuestion question) {
    String name = question.name().toLowerCase(Locale.ROOT);
    List<DnsRecord> found = addresses.getOrDefault(name, List.of()).stream().map(RecordData.Address::new)
        .filter(d -> d.type() == question.type()).map(d -> new DnsRecord(question.name(), TTL, d)).toList();
    boolean exists = addresses.keySet().stream().anyMatch(n -> DnsNames.isWithin(n, name));
    return new DnsReply(exists ? DnsReply.Code.NOERROR : DnsReply.Code.NXDOMAIN, false, true, found,
        found.isEmpty() ? List.of(ROOT) : List.of(), List.of());
  }
}
