package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hopscope.model.shell.syntax.Node;
import org.hopscope.model.shell.syntax.Word;

/**
 * Expands words into what programs get (POSIX 2.6): braces, variables, {@code $(…)}, {@code $((…))}, then splitting at
 * blanks and lines. Files are not looked for by patterns: {@code * ? [ ~} stand for themselves.
 */
final class Expansion {
  private final Variables variables;
  private final Commands commands;

  /** What {@code $(…)} asks: runs commands and gives what they print, without the last line's end. */
  interface Commands {
    String output(Node commands) throws Leave;

    /** What {@code <(…)} asks: the name of a file with what they print. */
    String file(Node commands) throws Leave;
  }

  Expansion(Variables variables, Commands commands) {
    this.variables = variables;
    this.commands = commands;
  }

  /** What a command's words come to. */
  List<String> fields(List<Word> words) throws Leave, NoValueException {
    List<String> fields = new ArrayList<>();
    for (Word word : words) {
      for (Word one : Braces.expand(word)) {
        split(one, fields);
        Budget.checkWords(fields.size());
      }
    }
    return fields;
  }

  /** What one word comes to where it is not split: in an assignment, behind a redirection. */
  String text(Word word) throws Leave, NoValueException {
    StringBuilder text = new StringBuilder();
    for (Word.Part part : word.parts()) {
      text.append(value(part));
      Budget.checkValue(text.length());
    }
    return text.toString();
  }

  private void split(Word word, List<String> fields) throws Leave, NoValueException {
    StringBuilder field = new StringBuilder();
    boolean begun = false;
    for (Word.Part part : word.parts()) {
      String value = value(part);
      if (isSplit(part)) {
        for (int i = 0; i < value.length(); i++) {
          boolean blank = " \t\n".indexOf(value.charAt(i)) >= 0;
          if (blank && begun) {
            fields.add(field.toString());
            field.setLength(0);
          } else if (!blank) {
            field.append(value.charAt(i));
          }
          begun = !blank;
        }
      } else {
        field.append(value);
        begun = true;
      }
      Budget.checkValue(field.length());
    }
    if (begun) {
      fields.add(field.toString());
    }
  }

  private static boolean isSplit(Word.Part part) {
    return switch (part) {
      case Word.Part.Text _ -> false;
      case Word.Part.Variable(String _, var _, boolean quoted) -> !quoted;
      case Word.Part.Output(Node _, boolean quoted) -> !quoted;
      case Word.Part.Process _ -> false;
      case Word.Part.Sum(Word _, boolean quoted) -> !quoted;
    };
  }

  private String value(Word.Part part) throws Leave, NoValueException {
    return switch (part) {
      case Word.Part.Text(String text, boolean _) -> text;
      case Word.Part.Variable variable -> value(variable);
      case Word.Part.Output(Node asked, boolean _) -> commands.output(asked);
      case Word.Part.Process(Node asked) -> commands.file(asked);
      case Word.Part.Sum(Word expression, boolean _) -> Long.toString(Arithmetic.value(text(expression), variables));
    };
  }

  private String value(Word.Part.Variable variable) throws Leave, NoValueException {
    String value = variables.find(variable.name()).orElse("");
    if (value.isEmpty() && variable.fallback().isPresent()) {
      return text(variable.fallback().get());
    }
    if (variables.is(Variables.Option.NOUNSET) && variables.find(variable.name()).isEmpty()) {
      throw new NoValueException(variable.name() + ": unbound variable");
    }
    return value;
  }

  /** How a command is shown once it is expanded: so that it could be typed again. */
  static String shown(Stream<String> words) {
    return String.join(" ", words.map(Words::quote).toList());
  }
}
