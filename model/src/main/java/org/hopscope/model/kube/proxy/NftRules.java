package org.hopscope.model.kube.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.hopscope.model.kube.object.ObjectKey;

/**
 * What kube-proxy has in its table in nftables mode (pkg/proxy/nftables/proxier.go of Kubernetes 1.34 and later; sem-K18).
 *
 * @param declared sets and maps, {@code set NAME} or {@code map NAME}, with what stands behind their names
 * @param hooks of base chains what stands behind their names
 * @param chains all chains with their rules
 * @param elements elements, {@code SET { KEY }}, with what stands in the braces when they are added
 * @param owners for which Service a chain or an element was written; those that are there in any case have none
 */
public record NftRules(SequencedMap<String, String> declared, SequencedMap<String, String> hooks,
    SequencedMap<String, List<Line>> chains, SequencedMap<String, String> elements, Map<String, ObjectKey> owners) {
  /** Nothing. */
  public static NftRules none() {
    return new NftRules(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(),
        new HashMap<>());
  }

  /** By what an element is known in {@link #elements}. */
  public static String element(String set, String key) {
    return set + " { " + key + " }";
  }

  /** A rule, in the words behind its chain, and what it is for. */
  public record Line(String text, RuleReason why) {
  }

  void declare(String kind, String name, String definition) {
    declared.put(kind + " " + name, definition);
  }

  void rule(String chain, RuleReason why, String text) {
    chains.computeIfAbsent(chain, _ -> new ArrayList<>()).add(new Line(text, why));
  }

  void chain(String chain) {
    chains.computeIfAbsent(chain, _ -> new ArrayList<>());
  }

  void hook(String chain, String definition) {
    hooks.put(chain, definition);
    chain(chain);
  }

  /** An element of a set, or of a map when there is something behind its key. */
  void element(String set, String key, String comment, String verdict) {
    String said = comment.isEmpty() ? key : key + " comment \"" + comment + "\"";
    elements.put(element(set, key), verdict.isEmpty() ? said : said + " : " + verdict);
  }

  /** What has to be added to another state of the table, or taken from it, to come to this one, as {@code nft -f} reads it. */
  public List<String> from(NftRules before, String family) {
    String table = " " + family + " kube-proxy ";
    List<String> lines = new ArrayList<>();
    if (before.chains.isEmpty() && !chains.isEmpty()) {
      lines.add("add table" + table + "{ comment \"rules for kube-proxy\" ; }");
    }
    declared.forEach((name, definition) -> {
      if (!before.declared.containsKey(name)) {
        int space = name.indexOf(' ');
        lines.add("add " + name.substring(0, space) + table + name.substring(space + 1) + " " + definition);
      }
    });
    for (String chain : chains.keySet()) {
      if (!before.chains.containsKey(chain)) {
        lines.add("add chain" + table + chain + (hooks.containsKey(chain) ? " " + hooks.get(chain) : ""));
      } else if (!before.chains.get(chain).equals(chains.get(chain))) {
        lines.add("flush chain" + table + chain);
      }
    }
    before.elements.forEach((key, said) -> {
      if (!said.equals(elements.get(key))) {
        lines.add("delete element" + table + key);
      }
    });
    chains.forEach((chain, rules) -> {
      if (!rules.equals(before.chains.get(chain))) {
        rules.forEach(r -> lines.add("add rule" + table + chain + " " + r.text()));
      }
    });
    elements.forEach((key, said) -> {
      if (!said.equals(before.elements.get(key))) {
        lines.add("add element" + table + key.substring(0, key.indexOf(" { ")) + " { " + said + " }");
      }
    });
    List<String> gone = before.chains.keySet().stream().filter(c -> !chains.containsKey(c)).toList();
    gone.forEach(c -> lines.add("flush chain" + table + c));
    gone.forEach(c -> lines.add("delete chain" + table + c));
    before.declared.keySet().stream().filter(n -> !declared.containsKey(n))
        .forEach(n -> lines.add("delete set" + table + n.substring(n.indexOf(' ') + 1)));
    return lines;
  }
}
