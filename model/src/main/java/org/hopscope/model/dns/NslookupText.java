package org.hopscope.model.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.StubResolver.Asked;
import org.hopscope.model.dns.StubResolver.Resolution;

/** What BIND's {@code nslookup} prints (bin/dig/nslookup.c). */
public final class NslookupText {
  private NslookupText() {
  }

  /** Of a name whose addresses were looked up. */
  public static Printed addresses(IpAddress server, String typed, Resolution found) {
    List<String> out = head(server);
    if (found.name().isEmpty()) {
      out.add(cannot(typed, found));
      out.add("");
      return new Printed(out, 1);
    }
    List<Asked> taken = found.asked().stream().filter(a -> found.name().equals(Optional.of(a.question().name()))
        && a.reply().hasAnswer()).toList();
    if (taken.stream().anyMatch(a -> !a.reply().authoritative())) {
      out.add("Non-authoritative answer:");
    }
    List<DnsRecord> told = new ArrayList<>();
    for (Asked asked : taken) {
      for (DnsRecord record : asked.reply().answer()) {
        if (!told.contains(record)) {
          told.add(record);
          out.addAll(lines(record));
        }
      }
    }
    out.add("");
    return new Printed(out, 0);
  }

  /** Of one question that was asked as it is, such as {@code -type=srv}, or for the name of an address. */
  public static Printed single(IpAddress server, String typed, Resolution found) {
    List<String> out = head(server);
    if (found.name().isEmpty()) {
      out.add(
          found.outcome() == StubResolver.Outcome.NO_DATA ? "*** Can't find " + typed + ": No answer" : cannot(typed,
              found));
      out.add("");
      return new Printed(out, 1);
    }
    if (found.asked().stream().anyMatch(a -> a.reply().hasAnswer() && !a.reply().authoritative())) {
      out.add("Non-authoritative answer:");
    }
    found.answers().forEach(r -> out.addAll(lines(r)));
    out.add("");
    return new Printed(out, 0);
  }

  /** When nobody answers: three times. */
  public static Printed silence(IpAddress server, String why) {
    String lost = ";; communications error to " + server + "#53: " + why;
    return new Printed(List.of(lost, lost, lost, ";; no servers could be reached", ""), 1);
  }

  private static List<String> head(IpAddress server) {
    return new ArrayList<>(List.of("Server:\t\t" + server, "Address:\t" + server + "#53", ""));
  }

  private static String cannot(String typed, Resolution found) {
    if (found.outcome() == StubResolver.Outcome.NO_DATA) {
      return "*** Can't find " + typed + ": No answer";
    }
    DnsReply.Code code = found.asked().isEmpty() ? DnsReply.Code.NXDOMAIN : found.asked().getLast().reply().code();
    return "** server can't find "
        + DnsNames.bare(found.asked().isEmpty() ? typed : found.asked().getLast().question().name())
        + ": " + code;
  }

  private static List<String> lines(DnsRecord record) {
    String name = DnsNames.bare(record.name());
    return switch (record.data()) {
      case RecordData.Address(IpAddress address) -> List.of("Name:\t" + name, "Address: " + address);
      case RecordData.Name(RecordType type, String target) -> List.of(switch (type) {
        case CNAME -> name + "\tcanonical name = " + target;
        case PTR -> name + "\tname = " + target;
        case NS -> name + "\tnameserver = " + target;
        case A, AAAA, SRV, SOA, TXT, MX -> name + "\t" + target;
      });
      case RecordData.Service service -> List.of(name + "\tservice = " + service);
      case RecordData.Mail mail -> List.of(name + "\tmail exchanger = " + mail);
      case RecordData.Text text -> List.of(name + "\ttext = " + text);
      case RecordData.Authority soa -> List.of(name, "\torigin = " + DnsNames.bare(soa.server()),
          "\tmail addr = " + DnsNames.bare(soa
              .mail()),
          "\tserial = " + soa.serial(), "\trefresh = " + soa.times().refresh(), "\tretry = " + soa.times().retry(),
          "\texpire = " + soa.times().expire(),
          "\tminimum = " + soa.negativeTtl());
    };
  }
}
