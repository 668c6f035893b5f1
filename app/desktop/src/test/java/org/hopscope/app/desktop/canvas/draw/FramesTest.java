package org.hopscope.app.desktop.canvas.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import javafx.stage.Stage;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Layout;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Interpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What can be read on hosts, namespaces, pods and containers from near and far. */
@ExtendWith(ApplicationExtension.class)
class FramesTest {
  @Start
  void start(Stage stage) {
    assertThat(stage).isNotNull();
  }

  private static String drawn(Session session, double scale) {
    Picture picture = Layout.of(session.state());
    SvgInk ink = new SvgInk(new Box(0, 0, 900, 600), Theme.LIGHT.color(Role.CANVAS));
    Frames frames =
        new Frames(new Brush(ink, Theme.LIGHT, 0), new CanvasTexts(Locale.ENGLISH), Detail.at(scale), scale);
    picture.parts().stream().filter(part -> part.holdsDevices())
        .forEach(part -> frames.draw(session.state(), part, Look.PLAIN));
    return ink.document();
  }

  private static Session lab(String script) {
    Session session = new Session(Editor.fresh(1));
    new Interpreter(session).run(session.state().firstHost().root(), script,
        done -> assertThat(done.reply().exit()).as(done.text()).isZero());
    return session;
  }

  @Test
  void namespaces_pods_and_containers_keep_their_names_as_long_as_there_is_room_for_one() {
    Session session = lab("""
        ip netns add blue
        docker run -d --name shop nginx
        hop cluster create demo --nodes 1 --dns none
        kubectl run asker --image=busybox
        """);
    for (double scale : new double[] {1, 0.5, 0.3, 0.23}) {
      assertThat(drawn(session, scale)).as("at %s", scale).contains("blue<", "shop<", "asker<");
    }
    assertThat(drawn(session, 0.15)).doesNotContain("blue", "shop", "asker");
  }

  @Test
  void a_node_that_is_not_heard_of_and_a_pod_that_is_not_ready_say_so_from_near_and_far() {
    Session session = lab("""
        hop cluster create demo --nodes 2 --dns none
        kubectl run asker --image=busybox
        hop cluster pod-unready default/asker
        hop cluster node-down demo-node2
        hop cluster wait 60
        """);
    for (double scale : new double[] {1, 0.5}) {
      assertThat(drawn(session, scale)).as("at %s", scale).containsOnlyOnce("NotReady").containsOnlyOnce("not ready");
    }
    assertThat(drawn(session, 0.3)).containsOnlyOnce("NotReady");
  }

  @Test
  void of_a_name_too_long_for_its_frame_both_ends_are_seen_from_afar() {
    assertThat(drawn(lab("ip netns add warehouse-of-the-north\n"), 0.3)).contains("…")
        .doesNotContain("warehouse-of-the");
  }
}
