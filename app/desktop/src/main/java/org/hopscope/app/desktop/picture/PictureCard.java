package org.hopscope.app.desktop.picture;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.model.lab.LabState;

/** Asks how a lab's picture shall be saved, and shows it. */
public final class PictureCard extends VBox {
  private static final double WIDTH = 440;
  private static final double HEIGHT = 220;

  private final LabState lab;
  private final StackPane preview = new StackPane();
  private Theme theme;
  private Form form = Form.SVG;

  /** What a picture can be saved as. */
  enum Form {
    SVG("svg", 1), PDF("pdf", 1), PNG("png", 1), PNG2("png", 2), PNG4("png", 4);

    private final String extension;
    private final double scale;

    Form(String extension, double scale) {
      this.extension = extension;
      this.scale = scale;
    }
  }

  /** Where a picture goes. */
  public interface Ways {
    /** Asks for a file that ends so. */
    Optional<Path> ask(String extension);

    /** Writes it. */
    void write(Path file, byte[] bytes);

    /** Prints it. */
    void print(Canvas page);
  }

  public PictureCard(LabState lab, Theme theme, Ways ways) {
    this.lab = lab;
    this.theme = theme;
    getStyleClass().add("picture-card");
    setMaxWidth(WIDTH + 40);
    setId("picture-card");
    preview.getStyleClass().add("welcome-picture");
    preview.setMinSize(WIDTH, HEIGHT);
    preview.setMaxSize(WIDTH, HEIGHT);
    HBox foot = new HBox(8, Kit.spring(), Kit.button(Messages.text("picture.print"),
        () -> ways.print(new LabPicture(lab, this.theme).canvas(1)), "small-button"),
        Kit.button(Messages.text("picture.save"), () -> save(ways), "primary-button"));
    foot.setAlignment(Pos.CENTER_RIGHT);
    getChildren().addAll(Kit.label(Messages.text("picture.title"), "about-name"), preview,
        row("picture.form", List.of(Form.values()), form, f -> form = f,
            f -> Messages.text("picture.form." + f.name())),
        row("picture.theme", Theme.USUAL, theme, t -> {
          this.theme = t;
          show();
        }, t -> Messages.text("theme." + t.name())), foot);
    show();
  }

  private void save(Ways ways) {
    LabPicture picture = new LabPicture(lab, theme);
    ways.ask(form.extension)
        .ifPresent(file -> ways.write(file, switch (form) {
          case SVG -> picture.svg();
          case PDF -> picture.pdf();
          case PNG, PNG2, PNG4 -> picture.png(form.scale);
        }));
  }

  private void show() {
    Canvas whole = new LabPicture(lab, theme).canvas(1);
    double scale = Math.min(1, Math.min(WIDTH / whole.getWidth(), HEIGHT / whole.getHeight()));
    preview.getChildren().setAll(new LabPicture(lab, theme).canvas(scale));
  }

  private static <T> Node row(String title, List<T> choices, T chosen, Consumer<T> choose,
      Function<T, String> words) {
    ToggleGroup group = new ToggleGroup();
    HBox row = new HBox(14, Kit.label(Messages.text(title), "form-label"));
    row.setAlignment(Pos.CENTER_LEFT);
    for (T choice : choices) {
      RadioButton button = new RadioButton(words.apply(choice));
      button.setToggleGroup(group);
      button.setSelected(choice.equals(chosen));
      button.setOnAction(_ -> choose.accept(choice));
      row.getChildren().add(button);
    }
    return row;
  }
}
