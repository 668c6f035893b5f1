package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.hopscope.model.dns.DnsNames;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.DnsRecord;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.dns.DnsServer;
import org.hopscope.model.dns.RecordData;

/**
 * CoreDNS's plugin {@code rewrite} with rules of names (plugin/rewrite/name.go, rewrite.go, reverter.go): the plugins behind it
 * are asked for another name. The client sees its own name in the question again; in the answers only where a rule says so, as
 * one of a whole name always does. Rules of types, classes, times to live and options are left out.
 *
 * @param rules its rules, in order
 * @param next the plugins behind it
 */
record RewritePlugin(List<Rule> rules, DnsServer next) implements DnsServer {
  private static final int LONGEST = 254;
  private static final Pattern VALID = Pattern.compile("\\.|([^.]{1,63}\\.)+");
  private static final Pattern GROUP = Pattern.compile("\\{(\\d{1,3})\\}");

  RewritePlugin {
    rules = List.copyOf(rules);
  }

  /**
   * A rule of names.
   *
   * @param goes whether the next rule is asked as well
   * @param match how its name is compared: exact, prefix, suffix, substring or regex
   * @param from what is looked for
   * @param to what takes its place
   * @param turned whether answers are turned back ({@code answer auto})
   * @param answers what answers are changed by besides
   */
  record Rule(boolean goes, String match, String from, String to, boolean turned, List<Change> answers) {
    Rule {
      answers = List.copyOf(answers);
    }

    /** The name that is asked for instead. */
    Optional<String> apply(String name) {
      return switch (match) {
        case "exact" -> name.equals(from) ? Optional.of(to) : Optional.empty();
        case "prefix" -> name.startsWith(from) ? Optional.of(to + name.substring(from.length())) : Optional.empty();
        case "suffix" -> name.endsWith(from) ? Optional.of(name.substring(0, name.length() - from.length()) + to)
            : Optional.empty();
        case "substring" -> name.contains(from) ? Optional.of(name.replace(from, to)) : Optional.empty();
        default -> filled(from, to, name);
      };
    }

    /** What turns answers about the other name back. */
    Optional<UnaryOperator<String>> back(String asked, String instead) {
      return !turned ? Optional.empty() : Optional.of(match.equals("suffix") ? n -> ended(n, to, from)
          : n -> n.equals(instead) ? asked : ended(n, "." + instead, "." + asked));
    }
  }

  /** A rule for answers: of the names whose records they are, or of the names in them. */
  record Change(boolean value, String from, String to) {
  }

  private static String ended(String name, String from, String to) {
    return name.endsWith(from) ? name.substring(0, name.length() - from.length()) + to : name;
  }

  /** A pattern's groups in the places that are numbered for them. */
  private static Optional<String> filled(String pattern, String text, String name) {
    Matcher found = Pattern.compile(pattern).matcher(name);
    return found.find() ? Optional.of(GROUP.matcher(text).replaceAll(g -> Integer.parseInt(g.group(1)) <= found
        .groupCount()
            ? Matcher.quoteReplacement(Optional.ofNullable(found.group(Integer.parseInt(g.group(1)))).orElse(""))
            : Matcher.quoteReplacement(g.group())))
        : Optional.empty();
  }

  /** The plugins of a server before the others; only rules that are understood. */
  static DnsServer of(Corefile server, DnsServer next) {
    List<Rule> rules = server.body().stream().filter(d -> d.name().equals("rewrite")).flatMap(d -> rule(d).stream())
        .toList();
    return rules.isEmpty() ? next : new RewritePlugin(rules, next);
  }

  /** What a line of a Corefile says, with braces or without; empty when it is not a rule of names. */
  static Optional<Rule> rule(Corefile plugin) {
    List<String> words = new ArrayList<>(plugin.args());
    plugin.body().forEach(d -> words.addAll(d.words()));
    boolean goes = !words.isEmpty() && words.getFirst().equals("continue");
    if (goes || !words.isEmpty() && words.getFirst().equals("stop")) {
      words.removeFirst();
    }
    if (words.size() < 3 || !words.removeFirst().equals("name")) {
      return Optional.empty();
    }
    String match = words.size() == 2 ? "exact" : words.removeFirst().toLowerCase(Locale.ROOT);
    if (words.size() < 2 || !List.of("exact", "prefix", "suffix", "substring", "regex").contains(match)) {
      return Optional.empty();
    }
    boolean whole = match.equals("exact") || match.equals("suffix");
    String from = match.equals("regex") ? words.get(0) : name(words.get(0), whole);
    String to = name(words.get(1), whole || match.equals("regex"));
    return match.equals("regex") && !understood(from, to) ? Optional.empty()
        : answers(new Rule(goes, match, from, to, match.equals("exact"), List.of()), words.subList(2, words.size()));
  }

  private static Optional<Rule> answers(Rule rule, List<String> words) {
    boolean turned = rule.turned();
    List<Change> changes = new ArrayList<>();
    int i = 0;
    while (i < words.size()) {
      i += words.get(i).equals("answer") ? 1 : 0;
      String what = i < words.size() ? words.get(i) : "";
      if (what.equals("auto")) {
        turned = true;
        i++;
      } else if ((what.equals("name") || what.equals("value")) && i + 2 < words.size() && understood(words.get(i + 1),
          words.get(i + 2))) {
        changes.add(new Change(what.equals("value"), words.get(i + 1), name(words.get(i + 2), true)));
        i += 3;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new Rule(rule.goes(), rule.match(), rule.from(), rule.to(), turned, changes));
  }

  private static String name(String text, boolean absolute) {
    return (absolute ? DnsNames.absolute(text) : text).toLowerCase(Locale.ROOT);
  }

  /** Whether Go's patterns and those of the model mean the same is not looked into. */
  private static boolean understood(String pattern, String text) {
    try {
      int groups = Pattern.compile(pattern).matcher("").groupCount();
      return GROUP.matcher(text).results().allMatch(g -> Integer.parseInt(g.group(1)) <= groups);
    } catch (PatternSyntaxException wrong) {
      return false;
    }
  }

  @Override
  public DnsReply ask(DnsQuestion question) {
    String name = question.name().toLowerCase(Locale.ROOT);
    String asked = name;
    boolean done = false;
    List<Change> changes = new ArrayList<>();
    List<UnaryOperator<String>> back = new ArrayList<>();
    for (Rule rule : rules) {
      Optional<String> instead = done ? Optional.empty() : rule.apply(asked);
      if (instead.isPresent()) {
        String before = asked;
        asked = DnsNames.absolute(instead.get());
        if (asked.length() > LONGEST || !VALID.matcher(asked).matches()) {
          return new DnsReply(DnsReply.Code.SERVFAIL, false, false, List.of(), List.of(), List.of());
        }
        rule.back(before, asked).ifPresent(back::add);
        changes.addAll(rule.answers());
        done = !rule.goes();
      }
    }
    DnsReply reply = next.ask(asked.equals(name) ? question : new DnsQuestion(asked, question.type()));
    return new DnsReply(reply.code(), reply.authoritative(), reply.recursive(), reply.answer().stream()
        .map(r -> record(r, changes, back)).toList(), reply.authority(), reply.additional());
  }

  private static DnsRecord record(DnsRecord record, List<Change> changes, List<UnaryOperator<String>> back) {
    String name = changed(record.name(), false, changes, back);
    RecordData data = switch (record.data()) {
      case RecordData.Name(var type, String to) -> new RecordData.Name(type, changed(to, true, changes, back));
      case RecordData.Service(int priority, int weight, int port, String to) -> new RecordData.Service(priority, weight,
          port, changed(to, true, changes, back));
      default -> record.data();
    };
    return new DnsRecord(name, record.ttl(), data);
  }

  private static String changed(String name, boolean value, List<Change> changes, List<UnaryOperator<String>> back) {
    String now = name;
    for (UnaryOperator<String> each : back) {
      now = each.apply(now);
    }
    for (Change change : changes) {
      now = change.value() == value ? filled(change.from(), change.to(), now).orElse(now) : now;
    }
    return now;
  }
}
