package org.hopscope.app.cli.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes out patterns: {@code (a|b|)} is one of its parts, {@code <slot>} what the slot's name stands for, {@code <slot#1>}
 * the same wherever it stands.
 */
final class Phrase {
  private final Dice dice;
  private final UnaryOperator<String> value;
  private final Map<String, String> named = new HashMap<>();

  /**
   * @param dice what chooses
   * @param value what a slot stands for
   */
  Phrase(Dice dice, UnaryOperator<String> value) {
    this.dice = dice;
    this.value = value;
  }

  String fill(String pattern) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < pattern.length()) {
      char sign = pattern.charAt(at);
      if (sign == '(') {
        int end = closing(pattern, at);
        out.append(fill(dice.one(parts(pattern.substring(at + 1, end)))));
        at = end + 1;
      } else if (sign == '<') {
        int end = pattern.indexOf('>', at);
        out.append(slot(pattern.substring(at + 1, end)));
        at = end + 1;
      } else {
        out.append(sign);
        at++;
      }
    }
    return out.toString().replaceAll(" +", " ").strip();
  }

  private String slot(String slot) {
    if (!slot.contains("#")) {
      return value.apply(slot);
    }
    String known = named.get(slot);
    if (known == null) {
      known = value.apply(slot.replaceFirst("#.*", ""));
      named.put(slot, known);
    }
    return known;
  }

  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("no closing bracket: " + text);
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      depth += sign == '(' ? 1 : sign == ')' ? -1 : 0;
      if (sign == '|' && depth == 0) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }
}
