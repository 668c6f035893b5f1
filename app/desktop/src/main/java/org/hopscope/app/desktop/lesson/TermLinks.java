package org.hopscope.app.desktop.lesson;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Cursor;
import javafx.scene.control.Button;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.hopscope.app.desktop.kit.Bubble;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.lessons.lesson.Glossary;
import org.hopscope.lessons.lesson.Glossary.Term;

/**
 * Words of the trade, explained where they first appear in a lesson: a press shows what one means. With the keyboard the
 * glossary itself is the way.
 */
final class TermLinks {
  private final Supplier<Glossary> glossary;
  private final Consumer<String> openGlossary;
  private final Set<String> kept = new HashSet<>();
  private final Set<String> linked = new HashSet<>();

  TermLinks(Supplier<Glossary> glossary, Consumer<String> openGlossary) {
    this.glossary = glossary;
    this.openGlossary = openGlossary;
  }

  /** Another lesson begins. */
  void begin() {
    kept.clear();
    linked.clear();
  }

  /** What has been linked up to now stays on the page. */
  void keep() {
    kept.addAll(linked);
  }

  /** What was linked since {@link #keep} is made anew. */
  void again() {
    linked.clear();
    linked.addAll(kept);
  }

  /** Terms that appear for the first time. */
  List<Glossary.Use> in(String words) {
    return glossary.get().uses(words).stream().filter(use -> linked.add(use.term().id())).toList();
  }

  /** Lets a word say what it means. */
  void link(Text word, Term term) {
    word.setCursor(Cursor.HAND);
    word.getStyleClass().add("term");
    word.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
      explain(word, term);
      event.consume();
    });
  }

  private void explain(Text word, Term term) {
    VBox card = new VBox(6, Kit.label(term.name(), "card-title"), Kit.paragraph(term.text(), "bubble-words"));
    Runnable close = Bubble.show(word, card);
    Button more = Kit.button(Messages.text("term.more"), () -> {
      close.run();
      openGlossary.accept(term.id());
    }, "link-button");
    more.setId("term-more");
    card.getChildren().add(new HBox(Kit.spring(), more));
  }
}
