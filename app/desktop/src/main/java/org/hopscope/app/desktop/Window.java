package org.hopscope.app.desktop;

import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/** An empty window which says when its first frame has been shown, for the start-up benchmark and cache training. */
public final class Window extends Application {
  @Override
  public void start(Stage stage) {
    stage.setTitle("Hopscope");
    stage.setScene(new Scene(new StackPane(new Label("Hopscope")), 1440, 900));
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
    new javafx.animation.AnimationTimer() {
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
