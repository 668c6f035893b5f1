package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import org.hopscope.app.desktop.canvas.CanvasPane;
import org.hopscope.app.desktop.kit.Floating;
import org.hopscope.app.desktop.workbench.KeptTrace;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.journal.Entry;
import org.hopscope.model.journal.Journal;
import org.hopscope.model.journal.Recorder;
import org.hopscope.model.journal.Replay;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/**
 * Somebody who presses anything at all in the real window, by a seed: {@code -Dmonkey=SECONDS} says how long (in the build it
 * ends after a number of acts),
 * {@code -Dmonkey.seed=N} which. Nothing may throw, no gesture may stay stuck, and the journal must lead to the same lab.
 */
class MonkeyTest extends WindowCase {
  private static final double SECONDS = Double.parseDouble(System.getProperty("monkey", "0"));
  /** In the build it is not time that ends it, so that every run is the same. */
  private static final int BURSTS = 140;
  private static final long SEED = Long.getLong("monkey.seed", 7);
  private static final int BURST = 20;
  /** What leads out of the window: to a dialog of the platform, or to its end. */
  private static final Set<String> OUTSIDE = Set.of("Save…", "Print…", "Open a lab…", "Quit");
  private static final List<KeyCode> KEYS = List.of(KeyCode.TAB, KeyCode.ENTER, KeyCode.SPACE, KeyCode.ESCAPE,
      KeyCode.LEFT,
      KeyCode.RIGHT, KeyCode.UP, KeyCode.DOWN, KeyCode.DELETE, KeyCode.BACK_SPACE, KeyCode.F2, KeyCode.F5, KeyCode.F8,
      KeyCode.F9, KeyCode.F10, KeyCode.HOME, KeyCode.END, KeyCode.DIGIT0, KeyCode.DIGIT1, KeyCode.A, KeyCode.C,
      KeyCode.V,
      KeyCode.X, KeyCode.D, KeyCode.Z, KeyCode.R, KeyCode.F, KeyCode.G, KeyCode.T, KeyCode.B, KeyCode.K, KeyCode.L,
      KeyCode.N, KeyCode.F1, KeyCode.W, KeyCode.H, KeyCode.F7, KeyCode.F11, KeyCode.F12, KeyCode.E, KeyCode.DIGIT2);
  private static final List<String> TYPED =
      List.of("ip netns add n1", "ip link add v1 type veth peer name v2", "ip link set v1 netns n1",
          "ip link set v2 up",
          "ip addr add 10.9.0.1/24 dev v2", "ip link add br7 type bridge", "ip link set v2 master br7",
          "ping -c 1 10.9.0.2",
          "ip route", "nonsense", "ip netns del n1", "for n in a b; do ip netns add $n; done");

  private final List<Throwable> thrown = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
  private boolean pressed;

  @Start
  void start(Stage stage) {
    open(stage);
    Thread.currentThread().setUncaughtExceptionHandler((_, problem) -> {
      problem.printStackTrace();
      thrown.add(problem);
    });
  }

  @Test
  void nothing_breaks_whatever_is_pressed(FxRobot robot) {
    LabState base = workbench().labProperty().get();
    robot.interact(() -> new Recorder(workbench().session(), entries::add).begin());
    int bursts = 0;
    long end = System.nanoTime() + (long) (SECONDS * 1e9);
    while (SECONDS > 0 ? System.nanoTime() < end : bursts < BURSTS) {
      robot.interact(() -> {
        for (int i = 0; i < BURST; i++) {
          anything();
        }
      });
      assertThat(thrown).as("seed %d, after %d bursts", SEED, bursts).isEmpty();
      bursts++;
    }
    robot.interact(this::settle);
    assertThat(bursts).isPositive();
    assertThat(entries).isNotEmpty();
    robot.interact(() -> assertThat(Replay.of(new Journal("test", base, entries)).session().state())
        .isEqualTo(workbench().session().state()));
    selectsWithAClick(robot);
    assertThat(thrown).isEmpty();
  }

  private void anything() {
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> mouse(pressed ? MouseEvent.MOUSE_DRAGGED : MouseEvent.MOUSE_MOVED);
      case 3, 4 -> {
        mouse(MouseEvent.MOUSE_PRESSED);
        pressed = true;
      }
      case 5, 6 -> {
        mouse(MouseEvent.MOUSE_RELEASED);
        pressed = false;
      }
      case 7 -> click();
      case 8 -> Floating.close((Pane) scene().getRoot());
      case 9 -> Shell.run(workbench().session(), workbench().promptProperty().get(), any(TYPED));
      case 10 -> player();
      default -> key(any(KEYS), random.nextInt(4) == 0, random.nextInt(6) == 0);
    }
  }

  /** Walks the trace, guesses, sends, types where the trace stands, or opens an earlier one. */
  private void player() {
    switch (random.nextInt(7)) {
      case 0, 1 -> workbench().goTo(random.nextInt(60));
      case 2 -> workbench().predictions().pick(0);
      case 3 -> workbench().predictions().onProperty().set(random.nextBoolean());
      case 4 -> workbench().run(workbench().promptProperty().get(), any(TYPED), _ -> {
      });
      case 5 -> workbench().traceProperty().get().map(t -> t.probe())
          .filter(p -> workbench().labProperty().get().find(p.from()).isPresent()).ifPresent(workbench()::send);
      default -> {
        if (!workbench().kept().all().isEmpty()) {
          KeptTrace old = any(workbench().kept().all());
          workbench().open(old.trace(), random.nextInt(old.trace().steps().size() + 1));
        }
      }
    }
  }

  /** Lets go of everything. */
  private void settle() {
    mouse(MouseEvent.MOUSE_RELEASED);
    Floating.close((Pane) scene().getRoot());
    canvas().requestFocus();
    key(KeyCode.ESCAPE, false, false);
    key(KeyCode.ESCAPE, false, false);
  }

  /** No gesture is stuck: a click on the first machine selects it. */
  private void selectsWithAClick(FxRobot robot) {
    robot.interact(() -> {
      window().open("A2");
      canvas().fit();
    });
    Selection host = new Selection.OfHost(workbench().labProperty().get().firstHost().name());
    robot.interact(() -> {
      var box = canvas().over(host).orElseThrow();
      var at = canvas().localToScene(box.x() + box.width() / 2, box.y() + 14 * box.width() / 504);
      fire(MouseEvent.MOUSE_PRESSED, canvas(), at.getX(), at.getY(), MouseButton.PRIMARY, 1);
      fire(MouseEvent.MOUSE_RELEASED, canvas(), at.getX(), at.getY(), MouseButton.PRIMARY, 1);
    });
    assertThat(workbench().selectionProperty().get()).containsExactly(host);
  }

  private void mouse(EventType<MouseEvent> type) {
    boolean here = random.nextInt(3) > 0;
    Node area = here ? canvas() : scene().getRoot();
    var at = area.localToScene(random.nextDouble() * area.getLayoutBounds().getWidth(),
        random.nextDouble() * area.getLayoutBounds().getHeight());
    Node target = here ? canvas() : pick(scene().getRoot(), at.getX(), at.getY());
    fire(type, target, at.getX(), at.getY(), random.nextInt(12) == 0 ? MouseButton.MIDDLE : MouseButton.PRIMARY,
        1 + random.nextInt(2));
  }

  private void click() {
    mouse(MouseEvent.MOUSE_PRESSED);
    mouse(MouseEvent.MOUSE_RELEASED);
    pressed = false;
  }

  private void fire(EventType<MouseEvent> type, Node target, double x, double y, MouseButton button,
      int clicks) {
    boolean down = type != MouseEvent.MOUSE_RELEASED && type != MouseEvent.MOUSE_MOVED;
    if (leadsOutside(target)) {
      return;
    }
    Event.fireEvent(target, new MouseEvent(type, x, y, x, y, type == MouseEvent.MOUSE_MOVED ? MouseButton.NONE : button,
        clicks, random.nextInt(6) == 0 && target != canvas(), false, false, false,
        down && button == MouseButton.PRIMARY, down && button == MouseButton.MIDDLE, false, false, false, true, null));
  }

  private void key(KeyCode code, boolean control, boolean shift) {
    Node owner = scene().getFocusOwner() == null ? scene().getRoot() : scene().getFocusOwner();
    if (!leadsOutside(owner)) {
      for (EventType<KeyEvent> type : List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
        Event.fireEvent(owner, new KeyEvent(type, "", "", code, shift, control, false, false));
      }
    }
  }

  private static boolean leadsOutside(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (at instanceof Labeled labeled && labeled.getText() != null && OUTSIDE.contains(labeled.getText())) {
        return true;
      }
    }
    return false;
  }

  private static Node pick(Node node, double x, double y) {
    if (node instanceof Parent parent) {
      for (Node child : parent.getChildrenUnmodifiable().reversed()) {
        if (child.isVisible() && !child.isMouseTransparent() && child.contains(child.sceneToLocal(x, y))) {
          return pick(child, x, y);
        }
      }
    }
    return node;
  }

  private Scene scene() {
    return window().frame().getScene();
  }

  private CanvasPane canvas() {
    return (CanvasPane) window().frame().lookup("#canvas");
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
