package org.hopscope.app.desktop.reference;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Tabs;
import org.hopscope.app.desktop.lesson.LessonDesk;

/** The pages to look things up in, on one card. Lessons named on them open by a press. */
public final class ReferenceCard extends VBox {
  private static final double WIDTH = 860;
  private static final double HEIGHT = 640;

  private final Tabs tabs = new Tabs();
  private final GlossaryPage glossary;

  /**
   * A card.
   *
   * @param desk the lessons, and what was done in them
   * @param first the page that is shown
   * @param openLesson opens a lesson by its id
   */
  public ReferenceCard(LessonDesk desk, Page first, Consumer<String> openLesson) {
    getStyleClass().add("reference");
    setId("reference");
    setMaxWidth(WIDTH);
    tabs.wrapAt(WIDTH);
    LessonChips chips = new LessonChips(desk.syllabus(), openLesson);
    glossary = new GlossaryPage(desk.glossary(), chips);
    for (Page page : Page.values()) {
      tabs.add(new SimpleStringProperty(page.title()), () -> switch (page) {
        case GLOSSARY -> glossary;
        case COUNTERPARTS -> scrolled(new CounterpartsPage(chips));
        case ARTICLE -> scrolled(new ArticlePage(desk.syllabus(), chips));
        case REVIEW -> scrolled(new ReviewPage(desk, chips));
      });
    }
    tabs.choose(first.ordinal());
    tabs.setPrefHeight(HEIGHT);
    setVgrow(tabs, Priority.ALWAYS);
    getChildren().add(tabs);
    focusedProperty().addListener((_, _, on) -> {
      if (on) {
        focusPage();
      }
    });
  }

  /** The glossary, at one of its terms. */
  public static ReferenceCard at(String term, LessonDesk desk, Consumer<String> openLesson) {
    ReferenceCard card = new ReferenceCard(desk, Page.GLOSSARY, openLesson);
    card.glossary.show(term);
    return card;
  }

  private void focusPage() {
    if (tabs.chosen() == Page.GLOSSARY.ordinal()) {
      glossary.focus();
    } else {
      Optional.ofNullable(tabs.getCenter()).ifPresent(Node::requestFocus);
    }
  }

  static ScrollPane scrolled(Node page) {
    ScrollPane scroll = new ScrollPane(page);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setFocusTraversable(true);
    scroll.getStyleClass().add("reading");
    return scroll;
  }
}
