package org.hopscope.model.kube.dns;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A regular expression as Go has them (RE2), which takes no longer than its text is long.
 *
 * @param pattern the expression
 */
record GoPattern(Pattern pattern) {
  private static final Pattern PLACE = Pattern.compile("\\{(\\d{1,3})\\}");

  /** Empty when Go does not understand it. */
  static Optional<GoPattern> of(String text) {
    try {
      return Optional.of(new GoPattern(Pattern.compile(text)));
    } catch (PatternSyntaxException wrong) {
      return Optional.empty();
    }
  }

  /** Its groups with names, by number. */
  Map<String, Integer> names() {
    return pattern.namedGroups();
  }

  /** What it finds in a text: whole, then its groups. */
  Optional<List<String>> find(String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Optional.of(groups(found)) : Optional.empty();
  }

  private static List<String> groups(Matcher found) {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i <= found.groupCount(); i++) {
      groups.add(Optional.ofNullable(found.group(i)).orElse(""));
    }
    return groups;
  }

  /** Whether each place {@code {N}} of a text has a group. */
  boolean fills(String text) {
    Matcher places = PLACE.matcher(text);
    boolean all = true;
    while (places.find()) {
      all &= Integer.parseInt(places.group(1)) <= pattern.groupCount();
    }
    return all;
  }

  /** A text with its groups in the places {@code {N}}; empty when nothing is found. */
  Optional<String> filled(String text, String name) {
    return find(name).map(groups -> {
      StringBuilder filled = new StringBuilder();
      Matcher places = PLACE.matcher(text);
      int end = 0;
      while (places.find()) {
        int number = Integer.parseInt(places.group(1));
        filled.append(text, end, places.start()).append(number < groups.size() ? groups.get(number) : places.group());
        end = places.end();
      }
      return filled.append(text.substring(end)).toString();
    });
  }
}
