package org.hopscope.model.kube.proxy;

import java.util.List;
import java.util.stream.Collectors;
import org.hopscope.model.netfilter.TableName;

/**
 * A rule, in the words behind {@code -A}.
 *
 * @param chain the chain it stands in
 * @param words what it asks and does
 * @param why what it is for
 */
public record ProxyRule(TableName table, String chain, List<String> words, RuleReason why) {
  public ProxyRule {
    words = List.copyOf(words);
  }

  /** As kube-proxy hands it to iptables-restore: with comments in quotes. */
  public String line() {
    return "-A " + chain + " " + words.stream().map(w -> w.contains(" ") ? "\"" + w + "\"" : w)
        .collect(Collectors.joining(" "));
  }
}
