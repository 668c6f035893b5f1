package org.hopscope.app.desktop;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.hopscope.app.desktop.frame.Ahead;
import org.hopscope.app.desktop.frame.MainWindow;
import org.hopscope.app.desktop.why.WarmUp;

/** Shows the window, and says when its first frame has been shown: the start-up benchmark and cache training wait for it. */
final class Window {
  private Window() {}

  static void open(Ahead ahead) {
    MainWindow window = new MainWindow(new Stage(), ahead);
    window.show();
    afterFrames(2, () -> {
      if (Boolean.getBoolean("hopscope.bench")) {
        System.out.println("first-frame");
        System.out.flush();
      }
      window.complete();
      afterFrames(2, Window::settle);
      WarmUp.once(window.workbench().traceProperty());
    });
  }

  /** Ends, if starting is all that was asked for: a cache trained so knows all that a start needs. */
  private static void settle() {
    if (Boolean.getBoolean("hopscope.exitAfterFirstFrame")) {
      Platform.exit();
    }
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
