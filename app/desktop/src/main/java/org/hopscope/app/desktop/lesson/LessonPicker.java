package org.hopscope.app.desktop.lesson;

import java.util.function.Consumer;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;

/** The table of contents as a card to choose from. */
public final class LessonPicker extends VBox {
  public LessonPicker(LessonDesk desk, Consumer<String> open) {
    getStyleClass().add("picker");
    setMaxWidth(520);
    ScrollPane scroll = new ScrollPane(new LessonList(desk, open));
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setPrefViewportHeight(540);
    setVgrow(scroll, Priority.ALWAYS);
    getChildren().addAll(Kit.label(Messages.text("lesson.list.title"), "about-name"), scroll);
  }
}
