package org.hopscope.installer.bench;

import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.ToolBar;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;

/**
 * The floor under every JavaFX program: a window of our size without a program in it. It speaks as our own window does.
 *
 * <p>With the argument {@code bare} it holds nothing at all, not even a control, so that no style sheet is ever read; without
 * it, the least that any desktop program has: a tool bar, a list and a canvas.
 */
public final class EmptyWindow {
  private EmptyWindow() {}

  public static void main(String[] args) {
    Application.launch(Empty.class, args);
  }

  /** The window itself. */
  public static final class Empty extends Application {
    @Override
    public void start(Stage stage) {
      stage.setTitle("empty");
      Parent root = getParameters().getRaw().contains("bare") ? new Pane() : plain();
      stage.setScene(new Scene(root, 1440, 900));
      stage.show();
      new AnimationTimer() {
        private int frames;

        @Override
        public void handle(long now) {
          if (++frames > 2) {
            stop();
            firstFrame();
          }
        }
      }.start();
    }

    private static Parent plain() {
      var list = new ListView<String>();
      list.getItems().addAll("one", "two", "three");
      var canvas = new Canvas(1100, 800);
      canvas.getGraphicsContext2D().strokeRoundRect(40, 40, 200, 100, 12, 12);
      canvas.getGraphicsContext2D().fillText("empty", 60, 90);
      return new BorderPane(canvas, new ToolBar(new Button("New"), new Button("Open")), null, null, list);
    }

    private static void firstFrame() {
      System.out.println("first-frame");
      System.out.flush();
      if (Boolean.getBoolean("hopscope.exitAfterFirstFrame")) {
        Platform.exit();
      }
    }
  }
}
