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
import java.util.Optional;
import javafx.scene.Parent;
import javafx.stage.Stage;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/**
 * How much processor time the window's thread takes for an edit in a lab of 5,000 devices, with all that listens, style, layout and
 * drawing. Run when {@code -Dedits=N} says how many edits; the figures go to {@code target/large-edit.tsv}.
 */
@EnabledIfSystemProperty(named = "edits", matches = "[0-9]+")
class LargeLabEditTest extends WindowCase {
  private static final int EDITS = Integer.getInteger("edits", 10);
  private static final int WARM = Integer.getInteger("edits.warm", 4);
  /** What it may take before the JVM is warm, on a crowded build machine; the goal is 100 ms. */
  private static final double MOST = 1_500;

  @Start
  void start(Stage stage) {
    open(stage);
  }

  private static LabState large() {
    LabState lab = Editor.fresh(1);
    for (int n = 0; n < 1_000; n++) {
      NetnsId netns = new NetnsId(LabState.FIRST_HOST, "n" + n);
      List<Edit> edits = new ArrayList<>(List.of(new Edit.AddNetns(netns)));
      for (int d = 0; d < 4; d++) {
        edits.add(new Edit.AddLink(NewLink.named(new DeviceRef(netns, "d" + d)), Optional.empty(),
            new LinkInfo.Dummy()));
      }
      lab = ((Editor.Result.Done) Editor.apply(lab, new Edit.Together(edits))).after();
    }
    return lab;
  }

  @Test
  void anEditIsSoonSeen(FxRobot robot) throws IOException {
    LabState lab = large();
    assertThat(lab.devices().size()).isGreaterThanOrEqualTo(5_000);
    robot.interact(() -> window().open(new Session(lab)));
    double[] millis = new double[EDITS];
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int i = -WARM; i < EDITS; i++) {
      int edit = i;
      long[] begin = {0};
      robot.interact(() -> {
        begin[0] = threads.getCurrentThreadCpuTime();
        workbench().apply(new Edit.SetLink(new DeviceRef(new NetnsId(LabState.FIRST_HOST, "n" + (edit + WARM)), "d0"),
            LinkChange.up(true)), Hand.GESTURE);
      });
      robot.interact(() -> {
        Parent root = window().frame();
        root.applyCss();
        root.layout();
        if (edit >= 0) {
          millis[edit] = (threads.getCurrentThreadCpuTime() - begin[0]) / 1e6;
        }
      });
    }
    Arrays.sort(millis);
    String figures = String.format(Locale.ROOT, "%d devices\tmedian %.1f ms\tworst %.1f ms%n", lab.devices().size(),
        millis[EDITS / 2], millis[EDITS - 1]);
    Files.writeString(Path.of("target", "large-edit.tsv"), figures);
    assertThat(millis[EDITS / 2]).as(figures).isLessThan(MOST);
  }
}
