package org.hopscope.app.desktop.reference;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.codec.ArticleMapReader;
import org.hopscope.lessons.lesson.ArticleMap;

/** The article, piece by piece: which lesson shows it, or is to come; and by which tests each lesson is held. */
final class ArticlePage extends VBox {
  private final LessonChips chips;

  ArticlePage(Syllabus syllabus, LessonChips chips) {
    this.chips = chips;
    getStyleClass().add("reference-page");
    ArticleMap map = ArticleMapReader.bundled();
    long shown = map.paragraphs().filter(p -> !p.lessons().isEmpty()).count();
    getChildren().add(Kit.paragraph(Messages.text("article.intro", map.paragraphs().count(), shown), "term-text"));
    for (ArticleMap.Section section : map.sections()) {
      getChildren().add(Kit.paragraph(section.heading(), "section-title"));
      section.paragraphs().forEach(p -> getChildren().add(row(Messages.text("article." + p.kind()), p.begins() + " …",
          chips.of(p.lessons(), p.later(), 250))));
    }
    getChildren().addAll(Kit.paragraph(Messages.text("article.held"), "section-title"),
        Kit.paragraph(Messages.text("article.held.intro"), "term-text"));
    for (ArticleMap.Held held : ArticleMapReader.held()) {
      getChildren().add(held(syllabus, held));
    }
  }

  private static Node row(String kind, String begins, Node shown) {
    Label sort = Kit.label(kind, "search-kind");
    sort.setMinWidth(74);
    Label text = Kit.paragraph(begins, "term-text");
    HBox.setHgrow(text, Priority.ALWAYS);
    text.setMinWidth(0);
    text.setMaxWidth(Double.MAX_VALUE);
    HBox row = new HBox(10, sort, text, shown);
    row.getStyleClass().addAll("reference-row", "tight");
    return row;
  }

  private Node held(Syllabus syllabus, ArticleMap.Held held) {
    VBox words = new VBox(2,
        Kit.paragraph(syllabus.entry(held.lesson()).map(e -> e.card().title()).orElse(""), "term-name"),
        Kit.paragraph(String.join("  ", held.semantics()) + "  " + String.join("  ", held.corrections()), "mono",
            "term-ids"),
        Kit.paragraph(String.join(", ", held.tests()), "term-truth"));
    words.setMinWidth(0);
    HBox.setHgrow(words, Priority.ALWAYS);
    HBox row = new HBox(10, chips.of(List.of(held.lesson()), List.of(), 74), words);
    row.getStyleClass().add("reference-row");
    return row;
  }
}
