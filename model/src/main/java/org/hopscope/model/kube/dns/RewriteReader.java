package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.dns.DnsNames;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.dns.RecordType;

/** Lines of a Corefile that begin with {@code rewrite}: {@code [continue|stop] FIELD …}, in braces or not. */
final class RewriteReader {
  private static final int MOST_SECONDS = 2147483647;

  private final Corefile line;

  private RewriteReader(Corefile line) {
    this.line = line;
  }

  /** A rule, and whether the next one is asked as well. */
  static RewritePlugin.Step step(Corefile line) throws CorefileException {
    List<String> words = new ArrayList<>(line.args());
    line.body().forEach(d -> words.addAll(d.words()));
    boolean goes = !words.isEmpty() && words.getFirst().equalsIgnoreCase("continue");
    if (goes || !words.isEmpty() && words.getFirst().equalsIgnoreCase("stop")) {
      words.removeFirst();
    }
    if (words.isEmpty()) {
      throw line.wrong("no rule type specified");
    }
    String field = words.removeFirst().toLowerCase(Locale.ROOT);
    RewriteReader reader = new RewriteReader(line);
    return new RewritePlugin.Step(goes, switch (field) {
      case "name" -> reader.name(words);
      case "ttl" -> reader.ttl(words);
      case "type" -> reader.type(words);
      case "rcode" -> reader.rcode(words);
      case "class", "edns0", "cname", "flag" -> throw CorefileException.unsupported(line, "rewrite " + field);
      default -> throw line.wrong("invalid rule type \"" + field + "\"");
    });
  }

  /** The comparison that a rule begins with; exact unless it says another word before {@code rest} more. */
  private NameMatch match(List<String> words, int rest, boolean dotted) throws CorefileException {
    if (words.size() < rest + 1) {
      throw line.wrong("too few arguments");
    }
    String kind = words.size() == rest + 1 ? "exact" : words.removeFirst();
    if (!NameMatch.KINDS.contains(kind.toLowerCase(Locale.ROOT))) {
      throw line.wrong("supports only exact, prefix, suffix, substring, and regex name matching, received: " + kind);
    }
    String text = words.removeFirst();
    return NameMatch.of(kind, text, dotted).orElseThrow(() -> line.wrong("invalid regex matching pattern: " + text));
  }

  private RewriteRule name(List<String> words) throws CorefileException {
    NameMatch match = match(words, 1, true);
    if (words.isEmpty()) {
      throw line.wrong("too few arguments");
    }
    String to = switch (match) {
      case NameMatch.Exact _,NameMatch.Suffix _,NameMatch.Regex _ -> DnsNames.absolute(words.getFirst());
      case NameMatch.Prefix _,NameMatch.Substring _ -> words.getFirst();
    };
    if (match instanceof NameMatch.Regex(GoPattern pattern) && !pattern.fills(to)) {
      throw line.wrong(to + " uses more subexpressions than its pattern has");
    }
    boolean turned = match instanceof NameMatch.Exact;
    List<RewriteRule.Answer> answers = new ArrayList<>();
    int i = 1;
    while (i < words.size()) {
      i += words.get(i).equals("answer") ? 1 : 0;
      String what = i < words.size() ? words.get(i) : "";
      if (what.equals("auto")) {
        turned = true;
        i++;
      } else if ((what.equals("name") || what.equals("value")) && i + 2 < words.size()) {
        answers.add(answer(what.equals("value"), words.get(i + 1), words.get(i + 2)));
        i += 3;
      } else {
        throw line.wrong("invalid arguments for a name rule: " + String.join(" ", words.subList(i, words.size())));
      }
    }
    return new RewriteRule.Name(match, to.toLowerCase(Locale.ROOT), turned, answers);
  }

  private RewriteRule.Answer answer(boolean value, String from, String to) throws CorefileException {
    Optional<GoPattern> pattern = GoPattern.of(from).filter(p -> p.fills(to));
    return new RewriteRule.Answer(value, pattern.orElseThrow(() -> line.wrong("invalid regex matching pattern: "
        + from)), DnsNames.absolute(to).toLowerCase(Locale.ROOT));
  }

  /** A number of seconds, or a range of which either end may be left out. */
  private RewriteRule ttl(List<String> words) throws CorefileException {
    NameMatch match = match(words, 1, false);
    String text = words.size() == 1 ? words.getFirst() : "";
    int hyphen = text.indexOf('-');
    int least = seconds(hyphen < 0 ? text : text.substring(0, hyphen), hyphen < 0 ? -1 : 0);
    int most = seconds(hyphen < 0 ? text : text.substring(hyphen + 1), hyphen < 0 ? -1 : MOST_SECONDS);
    if (least < 0 || most < least || text.equals("-")) {
      throw line.wrong("invalid TTL '" + text + "'");
    }
    return new RewriteRule.Ttl(match, least, most);
  }

  private static int seconds(String text, int otherwise) {
    return text.isEmpty() ? otherwise : text.matches("[0-9]{1,10}") && Long.parseLong(text) <= MOST_SECONDS ? Integer
        .parseInt(text) : -1;
  }

  private RewriteRule type(List<String> words) throws CorefileException {
    if (words.size() != 2) {
      throw line.wrong("type rules must have exactly two arguments");
    }
    return new RewriteRule.Type(type(words.get(0)), type(words.get(1)));
  }

  private RecordType type(String word) throws CorefileException {
    return RecordType.of(word).orElseThrow(() -> CorefileException.unsupported(line, "rewrite type " + word));
  }

  private RewriteRule rcode(List<String> words) throws CorefileException {
    NameMatch match = match(words, 2, false);
    if (words.size() != 2) {
      throw line.wrong("too few arguments");
    }
    return new RewriteRule.Rcode(match, code(line, words.get(0)), code(line, words.get(1)));
  }

  /** How an answer goes, by its name. */
  static DnsReply.Code code(Corefile line, String word) throws CorefileException {
    for (DnsReply.Code code : DnsReply.Code.values()) {
      if (code.name().equalsIgnoreCase(word)) {
        return code;
      }
    }
    throw CorefileException.unsupported(line, line.name() + " with the response code " + word);
  }
}
