package org.hopscope.model.shell.syntax;

import java.util.List;
import java.util.Optional;

/**
 * A word before it is expanded (POSIX 2.6).
 *
 * @param parts what stands in it, in order
 * @param at where it begins
 */
public record Word(List<Part> parts, Position at) {
  public Word {
    parts = List.copyOf(parts);
  }

  /** A piece of a word. What is quoted is neither split nor takes part in braces. */
  public sealed interface Part {
    /** As it is written. */
    record Text(String text, boolean quoted) implements Part {
    }

    /**
     * {@code $NAME}, <code>${NAME}</code>, {@code $?}.
     *
     * @param name the name, or {@code ?}
     * @param fallback what it is when the variable is unset or empty: <code>${NAME:-WORD}</code>
     */
    record Variable(String name, Optional<Word> fallback, boolean quoted) implements Part {
    }

    /** {@code $(…)}: what the commands print. */
    record Output(Node commands, boolean quoted) implements Part {
    }

    /** {@code <(…)}: the name of a file with what the commands print. */
    record Process(Node commands) implements Part {
    }

    /** {@code $((…))}: the text of an arithmetic expression, itself to be expanded. */
    record Sum(Word expression, boolean quoted) implements Part {
    }
  }

  /** The word as one unquoted text, as key words have to be; empty when it is made in another way. */
  public Optional<String> plain() {
    return parts.size() == 1 && parts.getFirst() instanceof Part.Text(String text, boolean quoted) && !quoted
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Whether nothing in it is expanded, so that what is run is what is written. */
  public boolean isLiteral() {
    return parts.stream().allMatch(p -> p instanceof Part.Text(String text, boolean quoted)
        && (quoted || text.indexOf('{') < 0));
  }
}
