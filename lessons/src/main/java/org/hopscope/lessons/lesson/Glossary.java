package org.hopscope.lessons.lesson;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words that lessons use for what they are about. */
public final class Glossary {
  private final List<Term> terms;
  private final Map<String, Term> byWord = new HashMap<>();
  private final Pattern anyWord;

  /**
   * A glossary.
   *
   * @param terms in the order in which they are listed; two that are written the same way are an
   *     {@link IllegalArgumentException}
   */
  public Glossary(List<Term> terms) {
    this.terms = List.copyOf(terms);
    for (Term term : terms) {
      for (String word : term.words()) {
        Term before = byWord.put(key(word), term);
        if (before != null && before != term) {
          throw new IllegalArgumentException("two terms are written \"" + word + "\"");
        }
      }
    }
    anyWord = Pattern.compile("(?<![\\w.-])(?:" + byWord.keySet().stream()
        .sorted(Comparator.comparingInt(String::length).reversed()).map(Pattern::quote)
        .collect(Collectors.joining("|")) + ")(?![\\w-])", Pattern.CASE_INSENSITIVE);
  }

  /**
   * A word and what it means.
   *
   * @param id its name among the terms
   * @param name how it is written in the list
   * @param words how it is written in sentences; with capital letters, only so, else also at the beginning of a sentence
   * @param lesson the lesson that shows it
   * @param text what it means
   */
  public record Term(String id, String name, List<String> words, String lesson, String text) {
    public Term {
      words = List.copyOf(words);
    }

    private boolean isWritten(String found) {
      return words.contains(found)
          || words.contains(found.substring(0, 1).toLowerCase(Locale.ROOT) + found.substring(1));
    }
  }

  /**
   * A place in a text where a term stands.
   *
   * @param from where it begins
   * @param to where it ends, exclusive
   */
  public record Use(Term term, int from, int to) {
  }

  /** All terms. */
  public List<Term> terms() {
    return terms;
  }

  /** A term by its id. */
  public Optional<Term> term(String id) {
    return terms.stream().filter(t -> t.id().equals(id)).findFirst();
  }

  /** Where terms stand in a text, the longest of those that begin at the same place. */
  public List<Use> uses(String text) {
    List<Use> uses = new ArrayList<>();
    Matcher found = anyWord.matcher(text);
    while (found.find()) {
      Term term = byWord.get(key(found.group()));
      if (term.isWritten(found.group())) {
        uses.add(new Use(term, found.start(), found.end()));
      }
    }
    return List.copyOf(uses);
  }

  private static String key(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
