package org.hopscope.app.desktop.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javafx.stage.Stage;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** What runs the lines of the terminal. */
@ExtendWith(ApplicationExtension.class)
class ConsoleTest {
  private static final int MANY = 3000;
  private static final int LINES_EACH = 3;

  @Start
  void start(Stage stage) {
    assertThat(stage).isNotNull();
  }

  @Test
  void pasted_lines_run_one_after_the_other_however_many_there_are(FxRobot robot) throws Exception {
    Workbench workbench = new Workbench(new Session(Editor.fresh(1)));
    List<Object> printed = new CopyOnWriteArrayList<>();
    robot.interact(() -> new Console(workbench, lines -> printed.add(lines.size()), () -> {
    }).enterPasted(Collections.nCopies(MANY, "ip link show lo")));
    WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS,
        () -> printed.stream().mapToInt(n -> (int) n).sum() == MANY * LINES_EACH);
  }
}
