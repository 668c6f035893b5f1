package org.hopscope.app.desktop.canvas.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Interpreter;
import org.junit.jupiter.api.Test;

class TunnelsTest {
  private static final String MACHINES = """
      hop host add node2
      hop cable add host:eth0 node2:eth0
      ip addr add 192.0.2.1/24 dev eth0
      hop on node2 ip addr add 192.0.2.2/24 dev eth0
      """;

  private static LabState lab(String more) {
    Session session = new Session(Editor.fresh(1));
    int exit = new Interpreter(session).run(session.state().firstHost().root(), MACHINES + more, _ -> {
    });
    assertThat(exit).isZero();
    return session.state();
  }

  private static List<String> labels(LabState lab) {
    return Layout.of(lab).cables().stream().filter(c -> c.kind() == Cable.Kind.TUNNEL).map(Cable::label).toList();
  }

  @Test
  void vxlans_of_one_network_are_joined_when_one_knows_the_other_by_remote_or_by_row() {
    String ends = """
        ip link add vx type vxlan id 42 dstport 4789 %s
        hop on node2 ip link add vx type vxlan id %d dstport 4789
        """;
    assertThat(labels(lab(ends.formatted("remote 192.0.2.2", 42)))).containsExactly("VNI 42");
    assertThat(labels(lab(ends.formatted("remote 192.0.2.2", 43)))).isEmpty();
    assertThat(labels(lab(ends.formatted("remote 192.0.2.9", 42)))).isEmpty();
    String row = "bridge fdb append 00:00:00:00:00:00 dev vx dst 192.0.2.2\n";
    assertThat(labels(lab(ends.formatted("", 42)))).isEmpty();
    assertThat(labels(lab(ends.formatted("", 42) + row))).containsExactly("VNI 42");
  }

  @Test
  void gre_is_joined_with_the_far_end_that_leads_back_and_never_with_the_one_of_the_driver() {
    String ends = """
        ip link add g type gre local 192.0.2.1 remote 192.0.2.2
        hop on node2 ip link add g type gre local 192.0.2.2 remote %s
        """;
    assertThat(labels(lab(ends.formatted("192.0.2.1")))).containsExactly("gre");
    assertThat(labels(lab(ends.formatted("192.0.2.9")))).isEmpty();
  }

  @Test
  void a_row_that_joins_two_ends_makes_the_picture_old() {
    LabState before = lab("ip link add vx type vxlan id 4 dstport 4789\n"
        + "hop on node2 ip link add vx type vxlan id 4 dstport 4789\n");
    Session session = new Session(before);
    new Interpreter(session).run(before.firstHost().root(),
        "bridge fdb append 00:00:00:00:00:00 dev vx dst 192.0.2.2", _ -> {
        });
    Picture picture = Layout.of(before);
    assertThat(picture.isOvertakenBy(before)).isFalse();
    assertThat(picture.isOvertakenBy(session.state())).isTrue();
  }

  @Test
  void wireguards_are_joined_when_each_knows_the_other() {
    String keys = """
        wg genkey > a
        wg genkey > b
        wg pubkey < a > a.pub
        wg pubkey < b > b.pub
        ip link add wg0 type wireguard
        hop on node2 ip link add wg0 type wireguard
        wg set wg0 private-key a peer $(cat b.pub)
        hop on node2 wg set wg0 private-key <(cat b)
        """;
    assertThat(labels(lab(keys))).isEmpty();
    assertThat(labels(lab(keys + "hop on node2 wg set wg0 peer $(cat a.pub)\n"))).containsExactly("WireGuard");
  }
}
