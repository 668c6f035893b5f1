package org.hopscope.app.desktop.reference;

import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.lessons.lesson.Glossary;
import org.hopscope.lessons.lesson.Glossary.Term;

/** The words of the trade, in alphabetical order; what is typed at the top narrows them. */
final class GlossaryPage extends BorderPane {
  private final Glossary glossary;
  private final LessonChips chips;
  private final TextField field = new TextField();
  private final VBox list = new VBox();
  private final ScrollPane scroll = ReferenceCard.scrolled(list);

  GlossaryPage(Glossary glossary, LessonChips chips) {
    this.glossary = glossary;
    this.chips = chips;
    field.setPromptText(Messages.text("glossary.hint"));
    field.getStyleClass().add("glossary-field");
    field.setId("glossary-field");
    list.getStyleClass().add("reference-page");
    field.textProperty().addListener((_, _, _) -> fill());
    setTop(field);
    setCenter(scroll);
    fill();
  }

  /** Narrows the list to one term. */
  void show(String id) {
    glossary.term(id).map(Term::name).ifPresent(field::setText);
  }

  void focus() {
    field.requestFocus();
    field.end();
  }

  private void fill() {
    String typed = field.getText().strip().toLowerCase(Locale.ROOT);
    List<Term> fitting = glossary.terms().stream().filter(t -> names(t).contains(typed)).toList();
    List<Term> telling = glossary.terms().stream().filter(t -> !fitting.contains(t))
        .filter(t -> t.text().toLowerCase(Locale.ROOT).contains(typed)).toList();
    list.getChildren().clear();
    fitting.forEach(t -> list.getChildren().add(entry(t)));
    if (!telling.isEmpty()) {
      list.getChildren().add(Kit.label(Kit.capitals(Messages.text("glossary.also")), "eyebrow", "chapter"));
      telling.forEach(t -> list.getChildren().add(entry(t)));
    }
    if (list.getChildren().isEmpty()) {
      list.getChildren().add(Kit.label(Messages.text("glossary.none"), "empty-note"));
    }
    scroll.setVvalue(0);
  }

  private static String names(Term term) {
    return (term.name() + "\n" + String.join("\n", term.words())).toLowerCase(Locale.ROOT);
  }

  private Node entry(Term term) {
    Label name = Kit.paragraph(term.name(), "term-name");
    name.setPrefWidth(170);
    name.setMinWidth(170);
    Label text = Kit.paragraph(term.text(), "term-text");
    HBox.setHgrow(text, Priority.ALWAYS);
    text.setMinWidth(0);
    text.setMaxWidth(Double.MAX_VALUE);
    HBox row = new HBox(12, name, text, chips.of(List.of(term.lesson()), List.of(), 48));
    row.getStyleClass().add("reference-row");
    return row;
  }
}
