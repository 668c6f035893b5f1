package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hopscope.model.shell.syntax.Word;

/** <code>{a,b}</code> and <code>{1..5}</code> (bash(1), Brace Expansion): one word becomes several. */
final class Braces {
  private static final Pattern RANGE = Pattern.compile("(-?\\d{1,9})\\.\\.(-?\\d{1,9})(?:\\.\\.(-?\\d{1,9}))?");
  private static final Pattern LETTERS = Pattern.compile("([a-zA-Z])\\.\\.([a-zA-Z])");
  private static final int DEEPEST = 20;

  private Braces() {
  }

  /** The words that a word stands for, in order; itself when it has no braces. */
  static List<Word> expand(Word word) throws Leave {
    boolean none = word.parts().stream().noneMatch(p -> p instanceof Word.Part.Text(String t, boolean quoted)
        && !quoted && t.indexOf('{') >= 0);
    if (none) {
      return List.of(word);
    }
    List<Word> words = new ArrayList<>();
    for (List<Word.Part> parts : expand(atoms(word.parts()), 0)) {
      words.add(new Word(joined(parts), word.at()));
    }
    return words;
  }

  /** Unquoted text as one part a character, so that a brace can close behind a variable. */
  private static List<Word.Part> atoms(List<Word.Part> parts) {
    List<Word.Part> atoms = new ArrayList<>();
    for (Word.Part part : parts) {
      if (part instanceof Word.Part.Text(String text, boolean quoted) && !quoted) {
        text.codePoints().forEach(c -> atoms.add(new Word.Part.Text(Character.toString(c), false)));
      } else {
        atoms.add(part);
      }
    }
    return atoms;
  }

  private static List<Word.Part> joined(List<Word.Part> atoms) {
    List<Word.Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    for (Word.Part atom : atoms) {
      if (atom instanceof Word.Part.Text(String text, boolean quoted) && !quoted) {
        plain.append(text);
      } else {
        if (!plain.isEmpty()) {
          parts.add(new Word.Part.Text(plain.toString(), false));
          plain.setLength(0);
        }
        parts.add(atom);
      }
    }
    if (!plain.isEmpty()) {
      parts.add(new Word.Part.Text(plain.toString(), false));
    }
    return parts;
  }

  private static boolean is(Word.Part atom, String sign) {
    return atom instanceof Word.Part.Text(String text, boolean quoted) && !quoted && text.equals(sign);
  }

  private static List<List<Word.Part>> expand(List<Word.Part> atoms, int depth) throws Leave {
    for (int open = 0; open < atoms.size() && depth < DEEPEST; open++) {
      if (is(atoms.get(open), "{")) {
        List<Integer> cuts = cuts(atoms, open);
        List<List<Word.Part>> ways = cuts.isEmpty() ? List.of() : ways(atoms, cuts);
        if (!ways.isEmpty()) {
          return combined(atoms, cuts, ways, depth);
        }
      }
    }
    return List.of(atoms);
  }

  /** Where the braces open, where commas part them, and where they close; nothing when they do not close. */
  private static List<Integer> cuts(List<Word.Part> atoms, int open) {
    List<Integer> cuts = new ArrayList<>(List.of(open));
    int level = 0;
    for (int i = open + 1; i < atoms.size(); i++) {
      if (is(atoms.get(i), "{")) {
        level++;
      } else if (is(atoms.get(i), "}") && level-- == 0) {
        cuts.add(i);
        return cuts;
      } else if (is(atoms.get(i), ",") && level == 0) {
        cuts.add(i);
      }
    }
    return List.of();
  }

  private static List<List<Word.Part>> ways(List<Word.Part> atoms, List<Integer> cuts) throws Leave {
    if (cuts.size() == 2) {
      return range(atoms.subList(cuts.getFirst() + 1, cuts.getLast()));
    }
    List<List<Word.Part>> ways = new ArrayList<>();
    for (int i = 1; i < cuts.size(); i++) {
      ways.add(atoms.subList(cuts.get(i - 1) + 1, cuts.get(i)));
    }
    return ways;
  }

  private static List<List<Word.Part>> range(List<Word.Part> atoms) throws Leave {
    boolean plain = atoms.stream().allMatch(a -> a instanceof Word.Part.Text(String _, boolean quoted) && !quoted);
    String text = plain
        ? atoms.stream().map(a -> ((Word.Part.Text) a).text()).collect(Collectors.joining())
        : "";
    Matcher numbers = RANGE.matcher(text);
    Matcher letters = LETTERS.matcher(text);
    List<String> values = new ArrayList<>();
    if (numbers.matches()) {
      int width = Math.max(padded(numbers.group(1)), padded(numbers.group(2)));
      int step = numbers.group(3) == null ? 1 : Math.max(1, Math.abs(Integer.parseInt(numbers.group(3))));
      count(values, Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)), step, width);
    } else if (letters.matches()) {
      int from = letters.group(1).charAt(0);
      int to = letters.group(2).charAt(0);
      for (int c = from; from <= to ? c <= to : c >= to; c += from <= to ? 1 : -1) {
        values.add(Character.toString(c));
      }
    }
    return values.stream().map(v -> List.<Word.Part>of(new Word.Part.Text(v, false))).toList();
  }

  private static int padded(String number) {
    return number.matches("-?0\\d+") ? number.length() : 0;
  }

  private static void count(List<String> values, int from, int to, int step, int width) throws Leave {
    Budget.checkWords(Math.abs(to - from) / step);
    for (int n = from; from <= to ? n <= to : n >= to; n += from <= to ? step : -step) {
      values.add(width > 0 ? String.format(Locale.ROOT, "%0" + width + "d", n) : Integer.toString(n));
    }
  }

  private static List<List<Word.Part>> combined(List<Word.Part> atoms, List<Integer> cuts, List<List<Word.Part>> ways,
      int depth) throws Leave {
    List<List<Word.Part>> words = new ArrayList<>();
    List<List<Word.Part>> tails = expand(atoms.subList(cuts.getLast() + 1, atoms.size()), depth + 1);
    for (List<Word.Part> way : ways) {
      for (List<Word.Part> middle : expand(way, depth + 1)) {
        for (List<Word.Part> tail : tails) {
          Budget.checkWords(words.size() + 1);
          List<Word.Part> word = new ArrayList<>(atoms.subList(0, cuts.getFirst()));
          word.addAll(middle);
          word.addAll(tail);
          words.add(word);
        }
      }
    }
    return words;
  }
}
