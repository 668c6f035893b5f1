package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.hopscope.model.journal.Entry;
import org.hopscope.model.journal.Journal;
import org.hopscope.model.journal.Recorder;
import org.hopscope.model.journal.Replay;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What takes long runs beside the window: it can be watched, waited for and stopped, and there is one history. */
class LongCommandTest extends WindowCase {
  private static final Edit BY_HAND = new Edit.AddNetns(new NetnsId("host", "byhand"));
  /** Takes a while and sends nothing: an endless loop of it does not come to the end of what one text may do. */
  private static final String SLOW = "ip netns add n; ping -q -c 200 127.0.0.1; ip netns del n";
  private final List<Entry> entries = new ArrayList<>();
  private LabState base;

  @Start
  void start(Stage stage) {
    open(stage);
    window().open(new Session(org.hopscope.model.lab.Editor.fresh(1)));
    base = workbench().labProperty().get();
    new Recorder(workbench().session(), entries::add).begin();
  }

  private void enter(FxRobot robot, String line) {
    robot.interact(() -> {
      terminal().focusInput();
      terminal().propose(line);
    });
    robot.type(KeyCode.ENTER);
  }

  private boolean isRunning() {
    return workbench().runningProperty().get().isPresent();
  }

  private void replaysToTheSame(FxRobot robot) {
    robot.interact(() -> assertThat(Replay.of(new Journal("test", base, entries)).session().state())
        .isEqualTo(workbench().session().state()));
  }

  @Test
  void ctrlCStopsItAndWhatItsCommandsDidStays(FxRobot robot) {
    enter(robot, "n=0; while true; do n=$((n+1)); " + SLOW + "; done; echo never");
    until(() -> isRunning() && workbench().runningProperty().get().get().commands() > 8);
    assertThat(isShown(robot, "#terminal-stop")).isTrue();
    robot.interact(() -> {
      assertThat(workbench().apply(BY_HAND, Hand.GESTURE)).isInstanceOf(Outcome.Refused.class);
      assertThat(workbench().canUndoProperty().get()).isFalse();
    });
    enter(robot, "echo behind it");
    robot.press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);
    until(() -> !isRunning());
    assertThat(terminal().printed()).contains("^C", "stopped: what the").doesNotContain("\nnever\n", "\nbehind it\n");
    until(() -> !isShown(robot, "#terminal-running"));
    int done = commands().size();
    assertThat(done).isPositive();
    replaysToTheSame(robot);
    type(robot, "echo n is $n");
    until(() -> terminal().printed().contains("n is " + (done + 1) / 2), "its variables stay too");
    robot.interact(() -> workbench().undo());
    assertThat(commands()).hasSize(done - 1);
  }

  @Test
  void whatIsEnteredMeanwhileWaitsItsTurn(FxRobot robot) {
    enter(robot, "for i in $(seq 250); do ip netns add n$i; done; ip netns add last");
    enter(robot, "ip netns del n7; echo $i");
    until(() -> commands().getLast().equals("ip netns del n7"));
    assertThat(commands()).hasSize(252).startsWith("ip netns add n1", "ip netns add n2").contains("ip netns add last");
    until(() -> terminal().printed().endsWith("\n250"));
    replaysToTheSame(robot);
    robot.interact(() -> {
      while (workbench().canUndoProperty().get()) {
        workbench().undo();
      }
    });
    assertThat(workbench().labProperty().get()).isEqualTo(base);
  }

  @Test
  void anotherLabThatIsOpenedStopsIt(FxRobot robot) {
    enter(robot, "while true; do " + SLOW + "; done");
    until(this::isRunning);
    robot.interact(() -> window().open("A2"));
    assertThat(isRunning()).isFalse();
    LabState opened = workbench().labProperty().get();
    type(robot, "echo still here");
    assertThat(workbench().labProperty().get()).isEqualTo(opened);
    assertThat(terminal().printed()).doesNotContain("127.0.0.1");
  }
}
