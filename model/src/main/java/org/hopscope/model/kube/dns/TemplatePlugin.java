package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.DnsNames;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.DnsRecord;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.dns.DnsServer;
import org.hopscope.model.dns.RecordData;
import org.hopscope.model.dns.RecordType;
import org.hopscope.model.dns.ZoneLine;

/**
 * CoreDNS's plugin {@code template} (plugin/template/template.go, setup.go): answers made from the question. A name of its zone
 * that none of its patterns is found in fails, unless it falls through.
 *
 * @param type of the questions; empty for any
 * @param zones of the questions
 * @param patterns one of them has to be found in the name
 * @param sections the records of the answer
 * @param code how the answer goes
 * @param falls the zones whose names are left to the next plugin when no pattern is found
 */
record TemplatePlugin(Optional<RecordType> type, List<String> zones, List<GoPattern> patterns, Sections sections,
    DnsReply.Code code, List<String> falls) {
  private static final DnsReply FAILURE =
      new DnsReply(DnsReply.Code.SERVFAIL, false, false, List.of(), List.of(), List.of());

  TemplatePlugin {
    zones = List.copyOf(zones);
    patterns = List.copyOf(patterns);
    falls = List.copyOf(falls);
  }

  /** The records of an answer, as texts with places. */
  record Sections(List<GoTemplate> answer, List<GoTemplate> authority, List<GoTemplate> additional) {
    Sections {
      answer = List.copyOf(answer);
      authority = List.copyOf(authority);
      additional = List.copyOf(additional);
    }
  }

  /** {@code template CLASS TYPE [ZONE…] { … }}. */
  static TemplatePlugin read(Corefile line, List<String> around) throws CorefileException {
    List<String> args = line.args();
    if (args.size() < 2) {
      throw line.wrong("CLASS and TYPE are expected");
    }
    String kind = args.get(0).toUpperCase(Locale.ROOT);
    if (!kind.equals("IN") && !kind.equals("ANY")) {
      throw CorefileException.unsupported(line, "template of class " + args.get(0));
    }
    Optional<RecordType> type = RecordType.of(args.get(1));
    if (type.isEmpty() && !args.get(1).equalsIgnoreCase("ANY")) {
      throw CorefileException.unsupported(line, "template of type " + args.get(1));
    }
    List<GoPattern> patterns = new ArrayList<>();
    DnsReply.Code code = DnsReply.Code.NOERROR;
    Map<String, List<GoTemplate>> records = new HashMap<>();
    for (Corefile option : line.body()) {
      switch (option.name()) {
        case "match" -> {
          for (String text : option.args()) {
            patterns.add(GoPattern.of(text).orElseThrow(() -> option.wrong("could not parse regex: " + text)));
          }
        }
        case "answer", "authority", "additional" -> {
          for (String text : option.args()) {
            records.computeIfAbsent(option.name(), _ -> new ArrayList<>()).add(GoTemplate.read(option, text));
          }
        }
        case "rcode" -> code = RewriteReader.code(option, String.join(" ", option.args()));
        case "fallthrough" -> option.zones(option.args(), List.of("."));
        case "ederror", "upstream" -> throw CorefileException.unsupported(option, "template " + option.name());
        default -> throw option.wrong("unknown property of template");
      }
    }
    return new TemplatePlugin(type, line.zones(args.subList(2, args.size()), around), patterns, new Sections(
        records.getOrDefault("answer", List.of()), records.getOrDefault("authority", List.of()), records.getOrDefault(
            "additional", List.of())),
        code, line.fallthrough());
  }

  /**
   * It, before others.
   *
   * @param client who asks
   * @param self CoreDNS, asked again for what an alias stands for
   */
  DnsServer before(DnsServer next, IpAddress client, DnsServer self) {
    return question -> {
      String name = question.name().toLowerCase(Locale.ROOT);
      Optional<String> zone = DnsNames.closest(zones, name);
      if (zone.isEmpty() || type.filter(t -> t != question.type()).isPresent()) {
        return next.ask(question);
      }
      Optional<GoTemplate.Data> data = data(question, name, zone.get(), client);
      return data.isPresent() ? answer(question, data.get(), self) : DnsNames.closest(falls, name).isPresent() ? next
          .ask(question) : FAILURE;
    };
  }

  private Optional<GoTemplate.Data> data(DnsQuestion question, String name, String zone, IpAddress client) {
    Map<String, String> fields = Map.of("Name", name, "Zone", zone, "Class", "IN", "Type", question.type().name(),
        "Remote", client.toString());
    if (patterns.isEmpty()) {
      return Optional.of(new GoTemplate.Data(fields, List.of(name), Map.of()));
    }
    for (GoPattern pattern : patterns) {
      Optional<List<String>> found = pattern.find(name);
      if (found.isPresent()) {
        Map<String, String> groups = new HashMap<>();
        pattern.names().forEach((called, number) -> groups.put(called, found.get().get(number)));
        return Optional.of(new GoTemplate.Data(fields, found.get(), groups));
      }
    }
    return Optional.empty();
  }

  private DnsReply answer(DnsQuestion question, GoTemplate.Data data, DnsServer self) {
    Optional<List<DnsRecord>> answer = records(sections.answer(), data);
    Optional<List<DnsRecord>> authority = records(sections.authority(), data);
    Optional<List<DnsRecord>> additional = records(sections.additional(), data);
    if (code == DnsReply.Code.SERVFAIL || answer.isEmpty() || authority.isEmpty() || additional.isEmpty()) {
      return FAILURE;
    }
    List<DnsRecord> whole = new ArrayList<>();
    for (DnsRecord record : answer.get()) {
      whole.add(record);
      boolean address = question.type() == RecordType.A || question.type() == RecordType.AAAA;
      if (address && record.data() instanceof RecordData.Name(RecordType alias, String target)
          && alias == RecordType.CNAME) {
        whole.addAll(self.ask(new DnsQuestion(target, question.type())).answer());
      }
    }
    return new DnsReply(code, true, false, whole, authority.get(), additional.get());
  }

  /** Empty when one of them is no record. */
  private static Optional<List<DnsRecord>> records(List<GoTemplate> templates, GoTemplate.Data data) {
    List<DnsRecord> records = templates.stream().flatMap(t -> t.filled(data).flatMap(ZoneLine::parse).stream())
        .toList();
    return records.size() == templates.size() ? Optional.of(records) : Optional.empty();
  }
}
