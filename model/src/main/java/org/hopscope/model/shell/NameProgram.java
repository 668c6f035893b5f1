package org.hopscope.model.shell;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.dns.DigText;
import org.hopscope.model.dns.DnsNames;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.dns.HostText;
import org.hopscope.model.dns.NslookupText;
import org.hopscope.model.dns.Printed;
import org.hopscope.model.dns.RecordType;
import org.hopscope.model.dns.ResolvConf;
import org.hopscope.model.dns.StubResolver;
import org.hopscope.model.dns.StubResolver.Asked;
import org.hopscope.model.dns.StubResolver.Resolution;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.ProbeResult.ExchangeOutcome;

/**
 * Programs that ask name servers: {@code dig}, {@code nslookup} and {@code host} of BIND 9.18, and {@code getent hosts|ahosts}
 * of glibc. Each question is a packet.
 */
final class NameProgram {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String DIG = "dig [@SERVER] [-x ADDR] [-t TYPE] [+short] [+search] NAME [TYPE]";

  private NameProgram() {
  }

  private static ResolvConf conf(Prompt prompt, Optional<IpAddress> server) {
    ResolvConf file = new NameFiles(prompt.lab(), prompt.at()).resolver()
        .orElse(new ResolvConf(List.of(), List.of(), List.of()));
    List<IpAddress> servers = server.map(List::of).orElse(file.servers());
    return new ResolvConf(file.search(), servers.isEmpty() ? List.of(IpAddress.of("127.0.0.1")) : servers,
        file.options());
  }

  private static IpAddress server(String text) throws Stop {
    return HostNames.presented(text).orElseThrow(() -> Stop.unsupported("a name server by its name: " + text));
  }

  private static RecordType type(String text) throws Stop {
    return RecordType.of(text).orElseThrow(() -> Stop.unsupported("records of type " + text));
  }

  private static Command.Said said(int status, List<String> lines) {
    return new Command.Said(status, lines, List.of(), new Answer.Nothing());
  }

  /** {@code dig}. */
  static Command dig(Prompt prompt, Args args) throws Stop {
    List<String> typed = List.copyOf(args.rest());
    Args words = new Args(typed);
    Optional<IpAddress> server = Optional.empty();
    Optional<String> name = Optional.empty();
    Optional<RecordType> type = Optional.empty();
    boolean brief = false;
    boolean search = false;
    while (!words.isEmpty()) {
      String word = words.next();
      if (word.startsWith("@")) {
        server = Optional.of(server(word.substring(1)));
      } else if (word.equals("-x") && !words.isEmpty()) {
        name = Optional.of(DnsNames.reverse(server(words.next())));
        type = Optional.of(RecordType.PTR);
      } else if (word.equals("-t") && !words.isEmpty()) {
        type = Optional.of(type(words.next()));
      } else if (word.equals("+short")) {
        brief = true;
      } else if (word.equals("+search") || word.equals("+nosearch")) {
        search = word.equals("+search");
      } else if (word.startsWith("+") || word.startsWith("-")) {
        throw Stop.unsupported("dig " + word);
      } else if (type.isEmpty() && RecordType.of(word).isPresent()) {
        type = RecordType.of(word);
      } else if (name.isEmpty()) {
        name = Optional.of(word);
      } else if (!word.equalsIgnoreCase("IN")) {
        throw Stop.unsupported("dig " + word + " (" + DIG + ")");
      }
    }
    String asked = name.orElseThrow(() -> Stop.exit(1, "Usage: " + DIG));
    RecordType wanted = type.orElse(RecordType.A);
    boolean shortly = brief;
    ResolvConf conf = conf(prompt, server);
    Inquiry.Order order = new Inquiry.Order(conf, search ? asked : DnsNames.absolute(asked), List.of(wanted), true);
    return Inquiry.of(prompt, order, heard -> dug(prompt, typed, heard, shortly));
  }

  private static Command dug(Prompt prompt, List<String> typed, Inquiry.Heard heard, boolean brief) {
    if (heard.failure().isPresent()) {
      return said(9, DigText.silence(typed, heard.server(), why(heard.failure().get())));
    }
    Asked last = heard.resolution().asked().getLast();
    DnsQuestion question = last.question();
    int id = Inquiry.id(prompt, question, heard.resolution().asked().size() - 1);
    String when = WHEN.format(Instant.ofEpochSecond(prompt.lab().now().nanos() / VirtualTime.SECOND));
    return said(0, brief ? DigText.brief(last.reply())
        : DigText.full(typed, question, last.reply(),
            new DigText.Sent(heard.server(), id, 0x9e3779b97f4a7c15L * (id + 1),
                heard.nanos() / VirtualTime.MILLI, when)));
  }

  private static String why(ExchangeOutcome failure) {
    return switch (failure) {
      case REFUSED -> "connection refused";
      case HOST_UNREACHABLE -> "host unreachable";
      case NET_UNREACHABLE -> "network unreachable";
      case ANSWERED, TIMEOUT, STALLED, CLOSED, RESET, PROHIBITED, FRAG_NEEDED, PROTO_UNREACHABLE, INVALID,
          NO_SUCH_ADDRESS, NO_BUFFER -> "timed out";
    };
  }

  /** {@code nslookup [-type=TYPE] NAME [SERVER]}. */
  static Command nslookup(Prompt prompt, Args args) throws Stop {
    Optional<RecordType> type = Optional.empty();
    List<String> words = new ArrayList<>();
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.matches("-(type|query|querytype|q)=.+")) {
        type = Optional.of(type(word.substring(word.indexOf('=') + 1)));
      } else if (word.startsWith("-")) {
        throw Stop.unsupported("nslookup " + word);
      } else {
        words.add(word);
      }
    }
    if (words.isEmpty() || words.size() > 2) {
      throw Stop.unsupported("nslookup as a dialogue: say nslookup [-type=TYPE] NAME [SERVER]");
    }
    String typed = words.getFirst();
    ResolvConf conf = conf(prompt, words.size() < 2 ? Optional.empty() : Optional.of(server(words.get(1))));
    Optional<IpAddress> address = HostNames.presented(typed);
    if (address.isPresent() || type.isPresent()) {
      String name = address.map(DnsNames::reverse).orElse(typed);
      Inquiry.Order order = new Inquiry.Order(conf, name, List.of(type.orElse(RecordType.PTR)), true);
      return Inquiry.of(prompt, order, heard -> printed(heard, typed, NslookupText::single));
    }
    return bothFamilies(prompt, new Inquiry.Order(conf, typed, List.of(RecordType.A), true), List.of(RecordType.AAAA),
        heard -> printed(heard, typed, NslookupText::addresses));
  }

  private interface Print {
    Printed of(IpAddress server, String typed, Resolution found);
  }

  private static Command printed(Inquiry.Heard heard, String typed, Print print) {
    Printed printed = heard.failure().isPresent()
        ? NslookupText.silence(heard.server(), why(heard.failure().get()))
        : print.of(heard.server(), typed, heard.resolution());
    return said(printed.status(), printed.lines());
  }

  /** Programs of BIND search with the first type only, and ask for more once they know the name. */
  private static Command bothFamilies(Prompt prompt, Inquiry.Order order, List<RecordType> more, Inquiry.End end)
      throws Stop {
    return Inquiry.of(prompt, order, first -> {
      Resolution found = first.resolution();
      Optional<String> name = found.name().or(() -> found.asked().stream()
          .filter(a -> a.reply().code() == DnsReply.Code.NOERROR).map(a -> a.question().name()).findFirst());
      if (name.isEmpty() || first.failure().isPresent()) {
        return end.of(first);
      }
      return Inquiry.of(prompt, new Inquiry.Order(order.conf(), name.get(), more, order.extended()), second -> {
        List<Asked> asked = new ArrayList<>(found.asked());
        asked.addAll(second.resolution().asked());
        Resolution both = found.name().isPresent()
            ? new Resolution(asked, found.outcome(), found.name(), found.answers())
            : new Resolution(asked, second.resolution().outcome(), second.resolution().name(), second.resolution()
                .answers());
        return end.of(new Inquiry.Heard(both, second.server(), Optional.empty(), second.nanos()));
      });
    });
  }

  /** {@code host [-t TYPE] NAME [SERVER]}. */
  static Command host(Prompt prompt, Args args) throws Stop {
    Optional<RecordType> type = Optional.empty();
    List<String> words = new ArrayList<>();
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.equals("-t") && !args.isEmpty()) {
        type = Optional.of(type(args.next()));
      } else if (word.startsWith("-")) {
        throw Stop.unsupported("host " + word);
      } else {
        words.add(word);
      }
    }
    if (words.isEmpty() || words.size() > 2) {
      throw Stop.exit(1, "Usage: host [-t TYPE] NAME [SERVER]");
    }
    String typed = words.getFirst();
    Optional<IpAddress> server = words.size() < 2 ? Optional.empty() : Optional.of(server(words.get(1)));
    ResolvConf conf = conf(prompt, server);
    Optional<IpAddress> address = HostNames.presented(typed);
    String name = address.map(DnsNames::reverse).orElse(typed);
    Inquiry.End end = heard -> {
      Printed printed = heard.failure().isPresent()
          ? HostText.silence(heard.server(), why(heard.failure().get()))
          : HostText.of(server, typed, heard.resolution());
      return said(printed.status(), printed.lines());
    };
    Optional<RecordType> single = address.isPresent() ? Optional.of(RecordType.PTR) : type;
    return single.isPresent()
        ? Inquiry.of(prompt, new Inquiry.Order(conf, name, List.of(single.get()), true), end)
        : bothFamilies(prompt, new Inquiry.Order(conf, name, List.of(RecordType.A), true),
            List.of(RecordType.AAAA, RecordType.MX), end);
  }

  /** {@code getent hosts|ahosts|ahostsv4|ahostsv6 NAME} (getent(1)). */
  static Command getent(Prompt prompt, Args args) throws Stop {
    List<String> words = args.rest();
    if (words.size() != 2 || !words.getFirst().matches("a?hosts|ahostsv[46]")) {
      throw Stop.unsupported("getent " + String.join(" ", words));
    }
    String base = words.getFirst();
    String name = words.get(1);
    NameFiles files = new NameFiles(prompt.lab(), prompt.at());
    List<IpAddress> known = files.known(name);
    if (!known.isEmpty()) {
      return said(0, written(base, files, known, name));
    }
    ResolvConf conf = conf(prompt, Optional.empty());
    Optional<IpAddress> literal = HostNames.presented(name);
    if (literal.isPresent() && base.equals("hosts")) {
      return Inquiry.of(prompt,
          new Inquiry.Order(conf, DnsNames.reverse(literal.get()), List.of(RecordType.PTR), false),
          heard -> heard.resolution().answers().isEmpty() ? said(2, List.of())
              : said(0,
                  heard.resolution().answers().stream().limit(1).map(r -> line(literal.get(), DnsNames.bare(r.data()
                      .toString()))).toList()));
    }
    List<RecordType> types = switch (base) {
      case "ahostsv4" -> List.of(RecordType.A);
      case "ahostsv6" -> List.of(RecordType.AAAA);
      case "hosts" -> List.of(RecordType.AAAA);
      default -> List.of(RecordType.A, RecordType.AAAA);
    };
    Inquiry.End end = heard -> found(base, name, heard);
    return Inquiry.of(prompt, new Inquiry.Order(conf, name, types, false), !base.equals("hosts") ? end
        : heard -> heard.resolution().addresses().isEmpty() && heard.failure().isEmpty()
            ? Inquiry.of(prompt, new Inquiry.Order(conf, name, List.of(RecordType.A), false), end)
            : end.of(heard));
  }

  /** What the hosts file says: of IPv6 if it has any (nss/getent.c asks for that first), with all its names. */
  private static List<String> written(String base, NameFiles files, List<IpAddress> known, String name) {
    IpFamily family = known.stream().anyMatch(a -> a.family() == IpFamily.INET6) ? IpFamily.INET6 : IpFamily.INET;
    List<String> names = files.names(name, base.equals("hosts") ? family : known.getFirst().family());
    return base.equals("hosts")
        ? getentLines(base, known.stream().filter(a -> a.family() == family).toList(), String.join(" ", names))
        : getentLines(base, known, names.getFirst());
  }

  private static Command found(String base, String name, Inquiry.Heard heard) {
    Resolution found = heard.resolution();
    if (found.outcome() != StubResolver.Outcome.FOUND || found.addresses().isEmpty()) {
      return said(2, List.of());
    }
    return said(0, getentLines(base, found.addresses(), found.answers().stream()
        .filter(r -> r.data().type() == RecordType.A || r.data().type() == RecordType.AAAA)
        .map(r -> DnsNames.bare(r.name()))
        .findFirst().orElse(name)));
  }

  private static List<String> getentLines(String base, List<IpAddress> addresses, String name) {
    List<String> lines = new ArrayList<>();
    for (IpAddress address : addresses) {
      if (base.equals("hosts")) {
        lines.add(line(address, name));
      } else if (!base.endsWith("v4") || address.family() == IpFamily.INET) {
        lines.add(pad(address) + " STREAM" + (lines.isEmpty() ? " " + name : " "));
        lines.add(pad(address) + " DGRAM  ");
        lines.add(pad(address) + " RAW    ");
      }
    }
    return lines;
  }

  private static String line(IpAddress address, String name) {
    return pad(address) + " " + name;
  }

  private static String pad(IpAddress address) {
    return String.format(Locale.ROOT, "%-15s", address);
  }
}
