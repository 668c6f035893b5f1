package org.hopscope.app.desktop;

import java.nio.file.Path;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.hopscope.app.desktop.frame.MainWindow;
import org.hopscope.app.desktop.store.Home;
import org.hopscope.app.desktop.theme.Appearance;

/** The window's beginning: it says when its first frame has been shown, for the start-up benchmark and cache training. */
public final class Window extends Application {
  @Override
  public void start(Stage stage) {
    Appearance.loadFonts();
    MainWindow window =
        new MainWindow(stage, Home.here(), getParameters().getUnnamed().stream().findFirst().map(Path::of));
    window.show();
    afterFrames(2, () -> {
      if (Boolean.getBoolean("hopscope.bench")) {
        System.out.println("first-frame");
        System.out.flush();
      }
      if (Boolean.getBoolean("hopscope.exitAfterFirstFrame")) {
        Platform.exit();
      } else {
        window.dressUp();
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
