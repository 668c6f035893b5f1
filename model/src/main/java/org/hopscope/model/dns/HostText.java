package org.hopscope.model.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.dns.StubResolver.Asked;
import org.hopscope.model.dns.StubResolver.Resolution;

/** What BIND's {@code host} prints (bin/dig/host.c). */
public final class HostText {
  private HostText() {
  }

  /**
   * What was found.
   *
   * @param server the server, when one was named
   * @param typed the name as it was typed
   */
  public static Printed of(Optional<IpAddress> server, String typed, Resolution found) {
    List<String> out = new ArrayList<>();
    server.ifPresent(s -> out.addAll(List.of("Using domain server:", "Name: " + s, "Address: " + s + "#53", "Aliases: ",
        "")));
    if (found.name().isEmpty()) {
      Asked last = found.asked().getLast();
      boolean there = found.asked().stream().anyMatch(a -> a.reply().isNoData());
      out.add(there ? DnsNames.bare(last.question().name()) + " has no " + last.question().type() + " record"
          : "Host " + (last.question().type() == RecordType.PTR ? last.question().name() : typed) + " not found: "
              + number(last.reply().code()));
      return new Printed(out, there ? 0 : 1);
    }
    List<DnsRecord> told = new ArrayList<>();
    found.asked().stream().filter(a -> a.reply().hasAnswer()).flatMap(a -> a.reply().answer().stream())
        .filter(r -> !told.contains(r)).forEach(r -> {
          told.add(r);
          out.add(line(r));
        });
    return new Printed(out, 0);
  }

  /** When nobody answers. */
  public static Printed silence(IpAddress server, String why) {
    String lost = ";; communications error to " + server + "#53: " + why;
    return new Printed(List.of(lost, lost, ";; no servers could be reached"), 1);
  }

  private static String number(DnsReply.Code code) {
    return switch (code) {
      case NOERROR -> "0(NOERROR)";
      case SERVFAIL -> "2(SERVFAIL)";
      case NXDOMAIN -> "3(NXDOMAIN)";
      case REFUSED -> "5(REFUSED)";
    };
  }

  private static String line(DnsRecord record) {
    String name = DnsNames.bare(record.name());
    return switch (record.data()) {
      case RecordData.Address(IpAddress address) ->
          name + (address.family() == IpFamily.INET ? " has address " : " has IPv6 address ") + address;
      case RecordData.Name(RecordType type, String target) -> switch (type) {
        case CNAME -> name + " is an alias for " + target;
        case PTR -> name + " domain name pointer " + target;
        case NS -> name + " name server " + target;
        case A, AAAA, SRV, SOA, TXT, MX -> name + " has " + type + " record " + target;
      };
      case RecordData.Service service -> name + " has SRV record " + service;
      case RecordData.Mail mail -> name + " mail is handled by " + mail;
      case RecordData.Text text -> name + " descriptive text " + text;
      case RecordData.Authority authority -> name + " has SOA record " + authority;
    };
  }
}
