package org.hopscope.installer.bench;

import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;

/** The floor under every JavaFX program: a window of our size with nothing in it. It speaks as our own window does. */
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
      stage.setScene(new Scene(new Pane(), 1440, 900));
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

    private static void firstFrame() {
      System.out.println("first-frame");
      System.out.flush();
      if (Boolean.getBoolean("hopscope.exitAfterFirstFrame")) {
        Platform.exit();
      }
    }
  }
}
