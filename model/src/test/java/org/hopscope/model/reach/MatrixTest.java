package org.hopscope.model.reach;

import static org.assertj.core.api.Assertions.assertThat;

import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Who reaches whom")
class MatrixTest {
  private static final NetnsId HOST = NetnsId.root(LabState.FIRST_HOST);

  private static Session star() {
    Session session = new Session(Editor.fresh(3));
    type(session, "ip link add br0 type bridge", "ip link set br0 up");
    for (int i = 1; i <= 3; i++) {
      type(session, "ip netns add s" + i, "ip link add p" + i + " type veth peer name eth0 netns s" + i,
          "ip link set p" + i + " master br0 up", "ip -n s" + i + " addr add 10.0.0." + i + "/24 dev eth0",
          "ip -n s" + i + " link set eth0 up", "ip -n s" + i + " link set lo up");
    }
    return session;
  }

  private static void type(Session session, String... lines) {
    for (String line : lines) {
      assertThat(Shell.run(session, HOST, line).exit()).as(line).isZero();
    }
  }

  @Test
  @DisplayName("cells are asked of the lab as it is, and change nothing in it")
  void cells() {
    Session session = star();
    LabState before = session.state();
    Matrix matrix = Matrix.of(before);
    assertThat(matrix.places()).extracting(p -> p.netns().name()).containsExactly("s1", "s2", "s3");
    assertThat(matrix.count()).isEqualTo(9);
    assertThat(session.state()).isSameAs(before);
    assertThat(matrix.open(new Matrix.Cell(0, 2)).result().succeeded()).isTrue();
  }

  @Test
  @DisplayName("after an edit the cells that changed are named, with the lookup that decided")
  void changed() {
    Session session = star();
    Matrix before = Matrix.of(session.state());
    type(session, "ip netns exec s2 iptables -A INPUT -s 10.0.0.1 -p icmp -j DROP");
    Matrix after = before.again(session.state());
    assertThat(after.changedSince(before)).containsExactlyInAnyOrder(new Matrix.Cell(0, 1), new Matrix.Cell(1, 0));
    Matrix.Changed decided = after.decided(new Matrix.Cell(0, 1), before);
    assertThat(decided.reaches()).isFalse();
    var row = decided.decided().rows().get(decided.decided().parting().orElseThrow());
    assertThat(decided.decided().right().steps().get(row.right().orElseThrow()).event())
        .isInstanceOfSatisfying(Event.Looked.class, l -> assertThat(l.lookup()).isInstanceOf(Lookup.RuleWalk.class));
  }

  @Test
  @DisplayName("places that came or went are not called changed")
  void places() {
    Session session = star();
    Matrix before = Matrix.of(session.state());
    type(session, "ip netns del s3");
    assertThat(before.again(session.state()).changedSince(before)).isEmpty();
  }
}
