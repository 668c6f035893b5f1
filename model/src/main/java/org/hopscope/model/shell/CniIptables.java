package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;

/** The words of a call of iptables. */
final class CniIptables {
  private CniIptables() {
  }

  static String[] words(String program, String table, String verb, String chain, String... rule) {
    List<String> all = new ArrayList<>(List.of(program, "-t", table, verb, chain));
    all.addAll(List.of(rule));
    return all.toArray(String[]::new);
  }

  static String[] joined(String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
