package org.hopscope.app.desktop.canvas.arrange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.app.desktop.canvas.scene.Cable;
import org.hopscope.app.desktop.canvas.scene.Layout;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.tools.Acts;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Interpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TidyTest {
  private static LabState tidied(LabState lab) {
    return Editor.apply(lab, Acts.tidied(lab)) instanceof Editor.Result.Done(var after) ? after
        : LabState.bare(0, null);
  }

  private static LabState lab(String commands) {
    Session session = new Session(Editor.fresh(1));
    assertThat(new Interpreter(session).run(session.state().firstHost().root(), commands, _ -> {
    })).isZero();
    return session.state();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void what_holds_what_stays_and_nothing_lies_on_its_neighbour(long seed) {
    LabState lab = SampleLabs.random(seed);
    LabState after = tidied(lab);
    Picture picture = Layout.of(after);
    assertThat(after.withNotes(lab.notes())).isEqualTo(lab);
    assertThat(tidied(lab)).isEqualTo(after);
    List<Part> frames = picture.parts().stream().filter(Part::holdsDevices).toList();
    for (Part one : frames) {
      one.holder().flatMap(picture::find).ifPresent(h -> assertThat(h.box().contains(one.box())).isTrue());
      for (Part other : frames) {
        assertThat(one != other && one.holder().equals(other.holder()) && one.box().intersects(other.box())).isFalse();
      }
    }
  }

  @Test
  void namespaces_come_near_the_bridge_that_they_are_plugged_into() {
    LabState lab = lab("""
        for b in 1 2 3 4; do
          ip link add br$b type bridge
        done
        for n in 1 2 3 4 5 6; do
          for b in 1 2 3 4; do
            ip netns add n$b$n
            ip link add eth0 netns n$b$n type veth peer name v$b$n
            ip link set v$b$n master br$b
          done
        done
        """);
    assertThat(length(tidied(lab))).isLessThan(0.5 * length(lab));
  }

  @Test
  void a_chain_of_routers_stands_in_a_row() {
    LabState lab = lab("""
        for n in c a d b; do ip netns add $n; done
        ip link add ab netns a type veth peer name ba netns b
        ip link add bc netns b type veth peer name cb netns c
        ip link add cd netns c type veth peer name dc netns d
        """);
    Picture picture = Layout.of(tidied(lab));
    List<Double> xs = List.of("a", "b", "c", "d").stream().map(n -> picture.parts().stream()
        .filter(p -> p.thing().equals(new Selection.OfNetns(new NetnsId("host", n)))).findFirst()
        .orElseThrow().box().x()).toList();
    assertThat(xs.equals(xs.stream().sorted().toList()) || xs.reversed().equals(xs.stream().sorted().toList()))
        .isTrue();
    assertThat(Set.copyOf(xs)).hasSize(4);
  }

  private static double length(LabState lab) {
    return Layout.of(lab).cables().stream().mapToDouble(Cable::length).sum();
  }

  @Test
  void hosts_follow_their_cables() {
    LabState lab = lab("""
        for h in right middle; do hop host add $h; done
        hop cable add host:eth0 middle:eth0
        hop cable add middle:eth1 right:eth0
        """);
    Picture picture = Layout.of(tidied(lab));
    List<Point> at = List.of("host", "middle", "right").stream().map(n -> picture.parts().stream()
        .filter(p -> p.thing().equals(new Selection.OfHost(n))).findFirst()
        .orElseThrow().box().corner()).toList();
    assertThat(at.get(1).x()).isBetween(Math.min(at.get(0).x(), at.get(2).x()) + 1,
        Math.max(at.get(0).x(), at.get(2).x()) - 1);
  }
}
