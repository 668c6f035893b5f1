package org.hopscope.app.desktop.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javafx.scene.Parent;
import javafx.stage.Stage;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/**
 * How much processor time the window's thread takes when somebody jumps to a step of a trace of 20,000: with all that listens, style and
 * layout. The figures go to {@code target/scrub.tsv}; Run when {@code -Dscrub=N} says how many jumps; {@code -Dscrub.warm=N}
 * how many before them do not count.
 */
@EnabledIfSystemProperty(named = "scrub", matches = "[0-9]+")
class ScrubTest extends WindowCase {
  private static final int JUMPS = Integer.getInteger("scrub", 40);
  private static final int WARM = Integer.getInteger("scrub.warm", 10);
  private static final int STEPS = 20_000;
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
  void aJumpInALongTraceIsSoonDone(FxRobot robot) throws IOException {
    Studio studio = new Studio(window());
    List<Trace> made = new ArrayList<>();
    robot.interact(() -> made.add(storm(studio)));
    assertThat(made.getFirst().steps().size()).isGreaterThan(STEPS);
    double[] millis = new double[JUMPS];
    Random places = new Random(1);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int i = -WARM; i < JUMPS; i++) {
      int jump = i;
      int to = places.nextInt(made.getFirst().steps().size());
      long[] begin = {0};
      robot.interact(() -> {
        begin[0] = threads.getCurrentThreadCpuTime();
        workbench().scrub(to);
      });
      robot.interact(() -> {
        Parent root = window().frame();
        root.applyCss();
        root.layout();
        if (jump >= 0) {
          millis[jump] = (threads.getCurrentThreadCpuTime() - begin[0]) / 1e6;
        }
      });
    }
    Arrays.sort(millis);
    String figures = String.format(Locale.ROOT, "%d steps\tmedian %.1f ms\t95th %.1f ms\tworst %.1f ms%n",
        made.getFirst().steps().size(), millis[JUMPS / 2], millis[JUMPS * 95 / 100], millis[JUMPS - 1]);
    Files.writeString(Path.of("target", "scrub.tsv"), figures);
    assertThat(millis[JUMPS / 2]).as(figures).isLessThan(MOST);
  }
}
