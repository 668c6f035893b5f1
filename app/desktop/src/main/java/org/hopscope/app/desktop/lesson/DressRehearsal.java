package org.hopscope.app.desktop.lesson;

import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.theme.Theme;

/**
 * A page as a lesson's is made of, never shown. What is done to it while the window is being made has the toolkit's code for
 * style and layout loaded and the theme's sheet read by the time the real page comes: a tenth of the start.
 */
public final class DressRehearsal {
  private DressRehearsal() {}

  /** Styles and lays out the page, on whatever thread this is called. */
  public static void play(Theme theme) {
    RadioButton option = new RadioButton("option");
    option.getStyleClass().add("option");
    VBox words = new VBox(Kit.label("task", "task-title"), flow(), option);
    StackPane tick = new StackPane();
    tick.getStyleClass().add("tick");
    HBox card = new HBox(tick, words);
    card.getStyleClass().addAll("task", "task-now");
    VBox page = new VBox(Kit.paragraph("title", "lesson-title"), card);
    page.getStyleClass().add("lesson-page");
    BorderPane pane = new BorderPane(new ScrollPane(page));
    pane.getStyleClass().add("lesson");
    Appearance.rehearse(pane, theme);
  }

  private static TextFlow flow() {
    Text plain = new Text("words of ");
    plain.getStyleClass().add("prose-plain");
    Text thing = new Text("things");
    thing.getStyleClass().add("thing");
    TextFlow flow = new TextFlow(plain, thing);
    flow.getStyleClass().addAll("paragraph", "prose-plain-flow");
    return flow;
  }
}
