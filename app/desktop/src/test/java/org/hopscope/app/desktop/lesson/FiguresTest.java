package org.hopscope.app.desktop.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.hopscope.app.desktop.picture.Png;
import org.hopscope.app.desktop.store.ViewSettings;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.codec.LessonRead;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.prose.Prose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Every figure of every lesson, as wide as the pane shows it and wider: its words stay in it and out of each other. */
@ExtendWith(ApplicationExtension.class)
class FiguresTest {
  private static final double IN_THE_PANE = 285;
  private static final List<Double> WIDTHS = List.of(444.0, 296.0, IN_THE_PANE);
  private static final double COLUMNS = 4;
  /** A line is higher than its letters by so much, above and below. */
  private static final double LEADING = 3;

  private final List<FigureView> views = new ArrayList<>();
  private final FlowPane sheet = new FlowPane(20, 16);
  private final Appearance appearance = Appearance.of(ViewSettings.read(Path.of("target", "no-such-settings")));

  @Start
  void start(Stage stage) {
    Appearance.loadFonts();
    sheet.setPrefWrapLength(COLUMNS * (IN_THE_PANE + 20));
    Syllabus.bundled().entries().forEach(entry -> lesson(entry.card().id()));
    Scene scene = new Scene(new Group(sheet));
    appearance.dress(scene);
    stage.setScene(scene);
  }

  private void lesson(String id) {
    if (Syllabus.bundled().read(id).orElseThrow() instanceof LessonRead.Ok(Lesson lesson)) {
      Stream<Prose> prose = Stream.concat(Stream.of(lesson.prose()),
          lesson.tasks().stream().flatMap(t -> Stream.of(t.prose(), t.afterwards())));
      prose.flatMap(p -> p.blocks().stream()).forEach(block -> {
        if (block instanceof Prose.Block.Picture(String file, String alt, var figure)) {
          FigureView view = new FigureView(figure, alt);
          view.setId(id + " " + file);
          views.add(view);
          VBox framed = new VBox(4, new Label(id + " " + file), view);
          framed.setPrefWidth(IN_THE_PANE);
          framed.setMaxWidth(IN_THE_PANE);
          sheet.getChildren().add(framed);
        }
      });
    }
  }

  @Test
  void wordsStayInTheirFigureAndOutOfEachOther(FxRobot robot) {
    List<String> faults = new ArrayList<>();
    robot.interact(() -> {
      sheet.applyCss();
      for (double width : WIDTHS) {
        views.forEach(view -> {
          view.resize(width, view.prefHeight(width));
          view.layout();
          faults(view, width, faults);
        });
      }
    });
    assertThat(views).hasSizeGreaterThan(30);
    assertThat(faults).isEmpty();
  }

  private static void faults(FigureView view, double width, List<String> faults) {
    List<Text> words = view.getChildrenUnmodifiable().stream().flatMap(n -> ((Group) n).getChildren().stream())
        .filter(Text.class::isInstance).map(Text.class::cast).toList();
    List<Bounds> boxes = view.getChildrenUnmodifiable().stream().flatMap(n -> ((Group) n).getChildren().stream())
        .filter(Rectangle.class::isInstance).map(Node::getBoundsInParent).toList();
    for (Text text : words) {
      Bounds bounds = text.getBoundsInParent();
      if (boxes.stream().anyMatch(box -> crosses(bounds, box))) {
        faults.add("%s at %.0f: “%s” is cut by the edge of a box".formatted(view.getId(), width, text.getText()));
      }
      if (bounds.getMinX() < -1 || bounds.getMaxX() > width + 1
          || bounds.getMaxY() - LEADING > view.prefHeight(width)) {
        faults.add("%s at %.0f: “%s” leaves it".formatted(view.getId(), width, text.getText()));
      }
      words.stream().takeWhile(other -> other != text).filter(other -> touch(bounds, other.getBoundsInParent()))
          .forEach(other -> faults.add("%s at %.0f: “%s” meets “%s”".formatted(view.getId(), width, text.getText(),
              other.getText())));
    }
  }

  /** Whether words that begin or end in a box are not all in it. */
  private static boolean crosses(Bounds words, Bounds box) {
    boolean begins = box.contains(words.getMinX() + LEADING, words.getCenterY());
    boolean ends = box.contains(words.getMaxX() - LEADING, words.getCenterY());
    return begins != ends;
  }

  private static boolean touch(Bounds one, Bounds other) {
    return one.getMinX() < other.getMaxX() && other.getMinX() < one.getMaxX()
        && one.getMinY() + LEADING < other.getMaxY() - LEADING && other.getMinY() + LEADING < one.getMaxY() - LEADING;
  }

  @Test
  void aSheetOfAllIsTaken(FxRobot robot) throws IOException {
    for (Theme theme : Theme.USUAL) {
      List<WritableImage> taken = new ArrayList<>();
      robot.interact(() -> {
        sheet.setStyle("-fx-background-color: -hop-surface; -fx-padding: 16;");
        sheet.applyCss();
        sheet.layout();
        taken.add(sheet.getScene().getRoot().snapshot(null, null));
        appearance.toggle();
      });
      Path file = Path.of("target", "pictures", "figures-" + theme.name().toLowerCase(Locale.ROOT) + ".png");
      Files.createDirectories(file.getParent());
      Files.write(file, Png.of(taken.getFirst()));
      assertThat(file).isNotEmptyFile();
    }
  }
}
