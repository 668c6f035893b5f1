package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/**
 * How much processor time the window's thread takes when somebody pulls the scrubber of a trace of 20,000 steps, or presses on it: with all that listens, style and
 * layout of the frame that follows. The figures go to {@code target/scrub.tsv}; Run when {@code -Dscrub=N} says how many jumps; {@code -Dscrub.warm=N}
 * how many before them do not count.
 */
@EnabledIfSystemProperty(named = "scrub", matches = "[0-9]+")
class ScrubTest extends WindowCase {
  private static final int JUMPS = Integer.getInteger("scrub", 40);
  private static final int WARM = Integer.getInteger("scrub.warm", 10);
  private static final int STEPS = 20_000;
  /** How many seconds a frame may keep us waiting, whoever else is at work. */
  private static final int LONGEST = 60;
  /** What it may take before the JVM is warm, on a crowded build machine; the goal is 8 ms. */
  private static final double MOST = 60;

  @Start
  void start(Stage stage) {
    open(stage);
  }

  /** Two bridges joined twice without a spanning tree: a storm of copies. */
  private Trace storm(Studio studio) {
    studio.commands(Studio.script("A11"));
    studio.type("ip link set two0 master br0; ip link set two1 master br1");
    for (int n = 0; n < 40; n++) {
      studio.type("ip netns add more" + n + "; ip link add eth0 netns more" + n + " type veth peer name m" + n + "; "
          + "ip link set m" + n + " master br" + n % 2 + " up; ip -n more" + n + " link set eth0 up");
    }
    studio.probe("a -> 10.0.0.2", _ -> false);
    return workbench().traceProperty().get().orElseThrow();
  }

  @Test
  void aJumpInALongTraceIsSoonDone(FxRobot robot) throws Exception {
    Studio studio = new Studio(window());
    List<Trace> made = new ArrayList<>();
    robot.interact(() -> made.add(storm(studio)));
    assertThat(made.getFirst().steps().size()).isGreaterThan(STEPS);
    int steps = made.getFirst().steps().size();
    double[] pulled = jumps(robot, steps, workbench()::scrub);
    robot.interact(workbench()::rest);
    double[] pressed = jumps(robot, steps, workbench()::goTo);
    String figures = figures("pulled", steps, pulled) + figures("pressed", steps, pressed);
    Files.writeString(Path.of("target", "scrub.tsv"), figures);
    assertThat(pulled[JUMPS / 2]).as(figures).isLessThan(MOST);
    assertThat(pressed[JUMPS / 2]).as(figures).isLessThan(MOST);
  }

  private static String figures(String how, int steps, double[] millis) {
    return String.format(Locale.ROOT, "%s\t%d steps\tmedian %.1f ms\t95th %.1f ms\tworst %.1f ms%n", how, steps,
        millis[JUMPS / 2], millis[JUMPS * 95 / 100], millis[JUMPS - 1]);
  }

  /** How long jumps took, in milliseconds of the thread's processor time, the shortest first. */
  private double[] jumps(FxRobot robot, int steps, IntConsumer jump) throws Exception {
    double[] millis = new double[JUMPS];
    Random places = new Random(1);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int i = -WARM; i < JUMPS; i++) {
      int to = places.nextInt(steps);
      CompletableFuture<Long> done = new CompletableFuture<>();
      robot.interact(() -> {
        Scene scene = window().frame().getScene();
        long begin = threads.getCurrentThreadCpuTime();
        jump.accept(to);
        scene.addPostLayoutPulseListener(new Runnable() {
          @Override
          public void run() {
            scene.removePostLayoutPulseListener(this);
            done.complete(threads.getCurrentThreadCpuTime() - begin);
          }
        });
        Platform.requestNextPulse();
      });
      long nanos = done.get(LONGEST, TimeUnit.SECONDS);
      if (i >= 0) {
        millis[i] = nanos / 1e6;
      }
    }
    Arrays.sort(millis);
    return millis;
  }
}
