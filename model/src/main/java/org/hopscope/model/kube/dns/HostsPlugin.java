package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.DnsNames;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.DnsRecord;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.dns.DnsServer;
import org.hopscope.model.dns.RecordData;
import org.hopscope.model.dns.RecordType;

/**
 * CoreDNS's plugin {@code hosts} with entries of its own (plugin/hosts/hosts.go, setup.go): names of its zones that it does not
 * have are left to the next plugin only with {@code fallthrough}; without, it fails for them.
 *
 * @param entries what it knows, in order
 * @param zones in which
 * @param falls the zones whose names others are asked for when it does not know them
 * @param ttl of its records, in seconds
 * @param reverse whether addresses have names
 */
record HostsPlugin(List<Entry> entries, List<String> zones, List<String> falls, int ttl, boolean reverse) {
  private static final int MOST_SECONDS = 65535;

  HostsPlugin {
    entries = List.copyOf(entries);
    zones = List.copyOf(zones);
    falls = List.copyOf(falls);
  }

  /** A name of an address. */
  record Entry(IpAddress address, String name) {
  }

  /** {@code hosts { … }}; files are not modelled. */
  static HostsPlugin read(Corefile line, List<String> around) throws CorefileException {
    if (!line.args().isEmpty()) {
      throw CorefileException.unsupported(line, "hosts with a file (" + line.args().getFirst() + ")");
    }
    List<Entry> entries = new ArrayList<>();
    int ttl = 3600;
    boolean reverse = true;
    for (Corefile option : line.body()) {
      switch (option.name()) {
        case "ttl" -> ttl = option.number(MOST_SECONDS);
        case "no_reverse" -> reverse = false;
        case "fallthrough" -> option.zones(option.args(), List.of("."));
        case "reload", "fallthrough_unsupported" -> throw CorefileException.unsupported(option, "hosts " + option
            .name());
        default -> {
          IpAddress address = IpAddress.parse(option.name()).orElseThrow(() -> option.wrong("neither an address nor a "
              + "property of hosts"));
          if (option.args().stream().anyMatch(n -> n.startsWith("*"))) {
            throw CorefileException.unsupported(option, "hosts with a wildcard");
          }
          option.args().forEach(n -> entries.add(new Entry(address, DnsNames.absolute(n))));
        }
      }
    }
    return new HostsPlugin(entries, around, line.fallthrough(), ttl, reverse);
  }

  /** It, before others. */
  DnsServer before(DnsServer next) {
    return question -> DnsNames.closest(zones, question.name()).isEmpty() ? next.ask(question) : answer(question, next);
  }

  private DnsReply answer(DnsQuestion question, DnsServer next) {
    String name = question.name();
    List<RecordData> known = entries.stream().flatMap(e -> e.name().equalsIgnoreCase(name)
        ? Optional.<RecordData>of(new RecordData.Address(e.address())).stream()
        : Optional.<RecordData>of(new RecordData.Name(RecordType.PTR, e.name())).filter(_ -> reverse && DnsNames
            .reverse(e.address()).equalsIgnoreCase(name)).stream())
        .toList();
    if (known.isEmpty()) {
      return DnsNames.closest(falls, name).isPresent() ? next.ask(question)
          : new DnsReply(DnsReply.Code.SERVFAIL, false, false, List.of(), List.of(), List.of());
    }
    return new DnsReply(DnsReply.Code.NOERROR, true, false, known.stream().filter(d -> d.type() == question.type())
        .map(d -> new DnsRecord(name, ttl, d)).toList(), List.of(), List.of());
  }
}
