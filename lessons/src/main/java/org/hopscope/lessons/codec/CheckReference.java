package org.hopscope.lessons.codec;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.hopscope.lessons.check.Words;

/** Writes the reference page of the check language. */
public final class CheckReference {
  private static final ResourceBundle TEXTS = ResourceBundle.getBundle("org.hopscope.lessons.reference", Locale.ROOT);

  private CheckReference() {
  }

  /** The page, as Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(text("head"));
    CheckKind.all().forEach(kind -> append(page, kind));
    page.append(text("values.head"));
    for (ValueKind kind : ValueKind.values()) {
      page.append(MessageFormat.format("- **{0}**: {1}", title(kind), text("value." + kind.name())));
      if (!kind.words().isEmpty()) {
        page.append(kind.words().stream().map(w -> "`" + w + "`").collect(Collectors.joining(", ", ": ", ".")));
      }
      page.append('\n');
    }
    return page.toString();
  }

  private static void append(StringBuilder page, CheckKind kind) {
    page.append("\n### ").append(kind.name()).append("\n\n").append(text("kind." + kind.name())).append("\n\n");
    kind.value().ifPresent(value -> page.append(MessageFormat.format(text("behind"), title(value))).append("\n\n"));
    if (!kind.fields().isEmpty()) {
      page.append(text("table"));
      for (CheckKind.Field field : kind.fields()) {
        page.append(MessageFormat.format("| `{0}` | {1} | {2} | {3} |\n", field.name(), title(field.kind()),
            text(field.required() ? "must" : "may"), text("field." + kind.name() + "." + field.name())));
      }
      page.append('\n');
    }
    page.append("```json\n").append(kind.example()).append("\n```\n\n")
        .append(MessageFormat.format(text("says"), Words.of(kind.exampleCheck()))).append('\n');
  }

  /** What a value is called in the tables. */
  private static String title(ValueKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String text(String key) {
    return TEXTS.getString(key);
  }
}
