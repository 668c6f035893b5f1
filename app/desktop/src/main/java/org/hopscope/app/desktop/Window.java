package org.hopscope.app.desktop;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.hopscope.app.desktop.action.Action;
import org.hopscope.app.desktop.canvas.CanvasPane;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.frame.Frame;
import org.hopscope.app.desktop.header.Header;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.lesson.LessonDesk;
import org.hopscope.app.desktop.store.Home;
import org.hopscope.app.desktop.store.ViewSettings;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Player;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Progress;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;

/** The window's beginning and end. */
public final class Window extends Application {
  private static final String FIRST_LESSON = "A2";

  @Override
  public void start(Stage stage) {
    Appearance.loadFonts();
    Home home = Home.here();
    ViewSettings settings = ViewSettings.read(home.view());
    Workbench workbench = new Workbench(new Session(Editor.fresh(1)));
    Player player = new Player(workbench);
    LessonDesk lessons = new LessonDesk(workbench, Syllabus.bundled(), Progress.NONE);
    Appearance appearance =
        new Appearance(settings.text("theme").map(String::toUpperCase).map(Theme::valueOf).orElse(Theme.LIGHT));
    SimpleObjectProperty<Header.Crumb> crumb = new SimpleObjectProperty<>(new Header.Crumb("", ""));
    lessons.lessonProperty().addListener((_, _, now) -> now.map(Lesson::card)
        .ifPresent(card -> crumb
            .set(new Header.Crumb(card.id().charAt(0) + " · " + card.chapter(), card.id() + " " + card.title()))));
    CanvasPane canvas = new CanvasPane(workbench, appearance.themeProperty(), new CanvasTexts(Locale.getDefault()));
    List<Action> more = List.of("lessons", "new", "open", "save", "saveas", "report", "about", "quit").stream()
        .map(id -> Action.of(id, () -> {
        })).toList();
    Frame frame = new Frame(new Frame.Parts(workbench, player, lessons, appearance, settings), canvas,
        id -> lessons.open(id, Optional.empty()),
        new Frame.Titles(crumb, new SimpleStringProperty(Messages.text("status.saved"))), List.of(), more);
    lessons.open(FIRST_LESSON, Optional.empty());
    lessons.lessonProperty().get().flatMap(Lesson::queued).ifPresent(queued -> {
      frame.probe().show(queued.probe());
      workbench.send(queued.probe());
      player.invitingProperty().set(true);
    });
    Scene scene = new Scene(frame, settings.number("window.width", 1440), settings.number("window.height", 900));
    appearance.dress(scene);
    frame.actions().install(scene);
    stage.setTitle(Messages.text("app.name"));
    stage.setScene(scene);
    stage.show();
    afterFrames(2, () -> {
      if (Boolean.getBoolean("hopscope.bench")) {
        System.out.println("first-frame");
        System.out.flush();
      }
      if (Boolean.getBoolean("hopscope.exitAfterFirstFrame")) {
        Platform.exit();
      }
    });
  }

  private static void afterFrames(int frames, Runnable then) {
    new AnimationTimer() {
      private int seen;

      @Override
      public void handle(long now) {
        if (++seen > frames) {
          stop();
          then.run();
        }
      }
    }.start();
  }
}
