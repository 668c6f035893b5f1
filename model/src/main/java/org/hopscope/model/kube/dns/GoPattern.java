package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression as Go has them (RE2): groups are named by {@code (?P<name>…)}, and there is neither looking around nor
 * going back to a group.
 *
 * @param pattern the same for Java, its groups by number
 * @param names what the groups are called, in order; empty for those without a name
 */
record GoPattern(Pattern pattern, List<String> names) {
  private static final Pattern GROUP = Pattern.compile("\\\\.|\\[(?:\\^?\\]?)(?:\\\\.|\\[:\\^?\\w+:\\]|[^\\]\\\\])*\\]|"
      + "\\((?:\\?P?<(\\w+)>|(\\?[^ims:-]))?(?!\\?)");
  private static final Pattern PLACE = Pattern.compile("\\{(\\d{1,3})\\}");

  GoPattern {
    names = List.copyOf(names);
  }

  /** Empty when Go does not understand it. */
  static Optional<GoPattern> of(String text) {
    StringBuilder java = new StringBuilder();
    List<String> names = new ArrayList<>();
    Matcher next = GROUP.matcher(text);
    while (next.find()) {
      String found = next.group();
      if (next.group(2) != null || found.matches("\\\\[1-9kGZR]")) {
        return Optional.empty();
      }
      boolean opens = found.startsWith("(");
      if (opens) {
        names.add(Optional.ofNullable(next.group(1)).orElse(""));
      }
      next.appendReplacement(java, Matcher.quoteReplacement(opens ? "(" : found));
    }
    next.appendTail(java);
    try {
      return Optional.of(new GoPattern(Pattern.compile(java.toString()), names));
    } catch (PatternSyntaxException wrong) {
      return Optional.empty();
    }
  }

  /** What it finds in a text: whole, then its groups. */
  Optional<List<String>> find(String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Optional.of(groups(found)) : Optional.empty();
  }

  private static List<String> groups(MatchResult found) {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i <= found.groupCount(); i++) {
      groups.add(Optional.ofNullable(found.group(i)).orElse(""));
    }
    return groups;
  }

  /** Whether each place {@code {N}} of a text has a group. */
  boolean fills(String text) {
    return PLACE.matcher(text).results().allMatch(g -> Integer.parseInt(g.group(1)) <= names.size());
  }

  /** A text with its groups in the places {@code {N}}; empty when nothing is found. */
  Optional<String> filled(String text, String name) {
    return find(name).map(groups -> PLACE.matcher(text).replaceAll(g -> Matcher.quoteReplacement(
        Integer.parseInt(g.group(1)) < groups.size() ? groups.get(Integer.parseInt(g.group(1))) : g.group())));
  }
}
