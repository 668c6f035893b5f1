package org.hopscope.app.desktop.canvas;

import java.util.List;
import java.util.Locale;
import javafx.application.Application;

import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Font;
import javafx.stage.Stage;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.assets.Face;
import org.hopscope.model.lab.Session;

/**
 * Shows the canvas alone, to look at it: {@code CanvasDemo LAB THEME}. F12 changes the theme, F9 and F10 step the trace,
 * F5 sends a ping, Ctrl+Z and Ctrl+Y undo and redo.
 */
public final class CanvasDemo extends Application {
  /** The door: it is no Application, so that it starts from the class path. */
  public static final class Start {
    private Start() {}

    public static void main(String[] args) {
      Application.launch(CanvasDemo.class, args);
    }
  }

  @Override
  public void start(Stage stage) {
    for (Face face : Face.values()) {
      Font.loadFont(face.url().toExternalForm(), 12);
    }
    List<String> args = getParameters().getRaw();
    Workbench workbench = new Workbench(new Session(SampleLabs.named(args.isEmpty() ? "bridge" : args.getFirst())));
    Appearance looks =
        new Appearance(args.size() > 1 ? Theme.valueOf(args.get(1)) : Theme.LIGHT);
    CanvasPane canvas = new CanvasPane(workbench, looks, new CanvasTexts(Locale.ENGLISH));
    canvas.complete();
    StackPane root = new StackPane(canvas);
    root.styleProperty().bind(looks.themeProperty().map(Theme::rootStyle));
    Scene scene = new Scene(root, 1100, 640);
    scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> key(event, workbench, looks));
    workbench.commands().addListener((javafx.beans.Observable _) -> System.out.println(workbench.commands()));
    stage.setScene(scene);
    stage.setX(0);
    stage.setY(0);
    stage.show();
    canvas.requestFocus();
  }

  private static void key(KeyEvent event, Workbench workbench, Appearance looks) {
    if (event.getCode() == KeyCode.F12) {
      looks.toggle();
    } else if (event.getCode() == KeyCode.F5) {
      SampleLabs.probe(workbench.labProperty().get()).ifPresent(workbench::send);
    } else if (event.getCode() == KeyCode.F9) {
      workbench.goTo(workbench.stepProperty().get() - 1);
    } else if (event.getCode() == KeyCode.F10) {
      workbench.goTo(workbench.stepProperty().get() + 1);
    } else if (event.isShortcutDown() && event.getCode() == KeyCode.Z) {
      workbench.undo();
    } else if (event.isShortcutDown() && event.getCode() == KeyCode.Y) {
      workbench.redo();
    }
  }
}
