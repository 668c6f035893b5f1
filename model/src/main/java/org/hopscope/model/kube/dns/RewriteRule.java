package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hopscope.model.dns.DnsNames;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.DnsRecord;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.dns.RecordData;
import org.hopscope.model.dns.RecordType;

/** A rule of CoreDNS's plugin rewrite (plugin/rewrite name.go, ttl.go, type.go, rcode.go). */
sealed interface RewriteRule {
  /** What is asked instead, and what is done with the answer; empty when the rule is not for the question. */
  Optional<Applied> apply(DnsQuestion question);

  /** What became of a question. */
  record Applied(DnsQuestion question, List<Change> changes) {
    public Applied {
      changes = List.copyOf(changes);
    }
  }

  /** Something that is done with an answer. */
  interface Change {
    DnsReply in(DnsReply reply);
  }

  /** Something that is done with each record of an answer. */
  static Change records(UnaryOperator<DnsRecord> change) {
    return r -> new DnsReply(r.code(), r.authoritative(), r.recursive(), r.answer().stream().map(change).toList(), r
        .authority().stream().map(change).toList(), r.additional().stream().map(change).toList());
  }

  /** With another name for whose record it is. */
  private static DnsRecord named(DnsRecord record, UnaryOperator<String> change) {
    return new DnsRecord(change.apply(record.name()), record.ttl(), record.data());
  }

  /** With another name in it. */
  private static DnsRecord valued(DnsRecord record, UnaryOperator<String> change) {
    return new DnsRecord(record.name(), record.ttl(), switch (record.data()) {
      case RecordData.Name(RecordType type, String to) -> new RecordData.Name(type, change.apply(to));
      case RecordData.Service(int priority, int weight, int port, String to) -> new RecordData.Service(priority, weight,
          port, change.apply(to));
      case RecordData.Mail(int preference, String to) -> new RecordData.Mail(preference, change.apply(to));
      case RecordData.Authority(String server, String mail, long serial, var times, int ttl) ->
          new RecordData.Authority(change.apply(server), mail, serial, times, ttl);
      case RecordData.Address _,RecordData.Text _ -> record.data();
    });
  }

  /**
   * Another name.
   *
   * @param to what takes the place of what is compared
   * @param turned whether answers are turned back ({@code answer auto})
   * @param answers what answers are changed by besides
   */
  record Name(NameMatch match, String to, boolean turned, List<Answer> answers) implements RewriteRule {
    public Name {
      answers = List.copyOf(answers);
    }

    @Override
    public Optional<Applied> apply(DnsQuestion question) {
      String name = question.name();
      if (!match.matches(name)) {
        return Optional.empty();
      }
      String instead = DnsNames.absolute(switch (match) {
        case NameMatch.Exact _ -> to;
        case NameMatch.Prefix(String text) -> to + name.substring(text.length());
        case NameMatch.Suffix(String text) -> name.substring(0, name.length() - text.length()) + to;
        case NameMatch.Substring(String text) -> name.replace(text, to);
        case NameMatch.Regex(GoPattern pattern) -> pattern.filled(to, name).orElse(name);
      });
      List<Change> changes = new ArrayList<>();
      if (turned) {
        UnaryOperator<String> back = match instanceof NameMatch.Suffix(String text) ? n -> ended(n, to, text)
            : n -> n.equals(instead) ? name : ended(n, "." + instead, "." + name);
        changes.add(records(r -> valued(named(r, back), back)));
      }
      answers.forEach(a -> changes.add(a.change()));
      return Optional.of(new Applied(new DnsQuestion(instead, question.type()), changes));
    }

    private static String ended(String name, String from, String to) {
      return name.endsWith(from) ? name.substring(0, name.length() - from.length()) + to : name;
    }
  }

  /** What a rule of names says about answers: the names whose records they are, or the names in them. */
  record Answer(boolean value, GoPattern from, String to) {
    Change change() {
      UnaryOperator<String> filled = n -> from.filled(to, n).orElse(n);
      return records(r -> value ? valued(r, filled) : named(r, filled));
    }
  }

  /** For how long answers may be remembered, in seconds: as it was, within these. */
  record Ttl(NameMatch match, int least, int most) implements RewriteRule {
    @Override
    public Optional<Applied> apply(DnsQuestion question) {
      return !match.matches(question.name()) ? Optional.empty() : Optional.of(new Applied(question, List.of(
          records(r -> new DnsRecord(r.name(), Math.clamp(r.ttl(), least, most), r.data())))));
    }
  }

  /** Another type. */
  record Type(RecordType from, RecordType to) implements RewriteRule {
    @Override
    public Optional<Applied> apply(DnsQuestion question) {
      return question.type() != from ? Optional.empty()
          : Optional.of(new Applied(new DnsQuestion(question.name(), to), List.of()));
    }
  }

  /** Another way that it went, of an answer with records (rules are held against each of them). */
  record Rcode(NameMatch match, DnsReply.Code from, DnsReply.Code to) implements RewriteRule {
    @Override
    public Optional<Applied> apply(DnsQuestion question) {
      return !match.matches(question.name()) ? Optional.empty() : Optional.of(new Applied(question, List.of(r -> r
          .code() != from || r.answer().isEmpty() && r.authority().isEmpty() && r.additional().isEmpty() ? r
              : new DnsReply(to, r.authoritative(), r.recursive(), r.answer(), r.authority(), r.additional()))));
    }
  }
}
