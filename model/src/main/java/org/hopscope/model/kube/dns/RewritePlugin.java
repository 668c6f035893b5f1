package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.dns.DnsServer;

/**
 * CoreDNS's plugin {@code rewrite} (plugin/rewrite/rewrite.go, reverter.go): the plugins behind it are asked for another name or
 * type. The client sees its own in the question again; in the answers only where a rule says so, as one of a whole name always
 * does. What the last rule did is undone first.
 *
 * @param steps its rules, in order
 * @param next the plugins behind it
 */
record RewritePlugin(List<Step> steps, DnsServer next) implements DnsServer {
  private static final int LONGEST = 254;
  private static final Pattern VALID = Pattern.compile("\\.|([^.]{1,63}\\.)+");

  RewritePlugin {
    steps = List.copyOf(steps);
  }

  /** A rule, and whether the next one is asked as well when it was for a question. */
  record Step(boolean goes, RewriteRule rule) {
  }

  @Override
  public DnsReply ask(DnsQuestion question) {
    DnsQuestion before = new DnsQuestion(question.name().toLowerCase(Locale.ROOT), question.type());
    DnsQuestion asked = before;
    List<RewriteRule.Change> changes = new ArrayList<>();
    for (Step step : steps) {
      Optional<RewriteRule.Applied> applied = step.rule().apply(asked);
      if (applied.isPresent()) {
        asked = applied.get().question();
        if (asked.name().length() > LONGEST || !VALID.matcher(asked.name()).matches()) {
          return new DnsReply(DnsReply.Code.SERVFAIL, false, false, List.of(), List.of(), List.of());
        }
        changes.addAll(applied.get().changes());
        if (!step.goes()) {
          break;
        }
      }
    }
    DnsReply reply = next.ask(asked.equals(before) ? question : asked);
    for (RewriteRule.Change change : changes.reversed()) {
      reply = change.in(reply);
    }
    return reply;
  }
}
