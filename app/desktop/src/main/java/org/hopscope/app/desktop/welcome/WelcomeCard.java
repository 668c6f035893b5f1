package org.hopscope.app.desktop.welcome;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.canvas.Thumbnail;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.theme.Theme;

/** Where a lab begins: a template, one of the labs opened last, a file, or a lesson. */
public final class WelcomeCard extends VBox {
  private static final int COLUMNS = 4;
  private static final double WIDTH = 212;
  private static final double HEIGHT = 104;
  private static final double LINES = 34;
  private static final int MOST_RECENT = 5;

  /** What can be chosen. */
  public interface Choices {
    void template(Template template);

    void file(Path lab);

    void browse();

    void lessons();
  }

  /**
   * A card.
   *
   * @param recent the labs opened last, the newest first
   */
  public WelcomeCard(List<Path> recent, Theme theme, Choices choices) {
    getStyleClass().add("welcome");
    setMaxWidth(COLUMNS * (WIDTH + 12) + 28);
    setId("welcome");
    TilePane templates = new TilePane(12, 12);
    templates.setPrefColumns(COLUMNS);
    templates.setMaxHeight(USE_PREF_SIZE);
    CanvasTexts texts = new CanvasTexts(Locale.getDefault());
    for (Template template : Template.values()) {
      templates.getChildren().add(template(template, theme, texts, choices));
    }
    VBox labs = new VBox(2);
    recent.stream().filter(Files::isRegularFile).limit(MOST_RECENT).forEach(file -> labs.getChildren().add(recent(file,
        choices)));
    if (labs.getChildren().isEmpty()) {
      labs.getChildren().add(Kit.label(Messages.text("welcome.none"), "faint"));
    }
    HBox foot = new HBox(8, Kit.button(Messages.text("welcome.open"), choices::browse, "small-button"),
        Kit.button(Messages.text("action.lessons"), choices::lessons, "small-button"));
    foot.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(Kit.label(Messages.text("welcome.title"), "about-name"), templates,
        Kit.label(Messages.text("welcome.recent"), "section-title"), labs, foot);
  }

  private static Button template(Template template, Theme theme, CanvasTexts texts, Choices choices) {
    StackPane picture = new StackPane(Thumbnail.of(template.lab(), theme, texts, WIDTH - 18, HEIGHT - 8));
    picture.getStyleClass().add("welcome-picture");
    picture.setMinSize(WIDTH - 18, HEIGHT - 8);
    Label line = Kit.paragraph(template.line(), "welcome-line");
    line.setPrefSize(WIDTH - 18, LINES);
    line.setMinHeight(LINES);
    VBox words = new VBox(6, picture, new VBox(Kit.label(template.title(), "section-title"), line));
    words.setMaxWidth(WIDTH - 18);
    Button button = Kit.button("", () -> choices.template(template), "welcome-template");
    button.setGraphic(words);
    button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    button.setPrefSize(WIDTH, HEIGHT + LINES + 34);
    button.setMinHeight(USE_PREF_SIZE);
    button.setMaxHeight(USE_PREF_SIZE);
    button.setAccessibleText(template.title() + ". " + template.line());
    button.setId("template-" + template.name().toLowerCase(Locale.ROOT));
    return button;
  }

  private static Button recent(Path file, Choices choices) {
    Button button =
        Kit.button(file.getFileName() + "   " + file.getParent(), () -> choices.file(file), "welcome-recent");
    button.setMaxWidth(Double.MAX_VALUE);
    button.setAlignment(Pos.CENTER_LEFT);
    button.setMinWidth(0);
    button.setMnemonicParsing(false);
    return button;
  }
}
