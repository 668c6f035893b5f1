package org.hopscope.app.desktop.canvas.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.app.desktop.canvas.scene.Cable;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.shell.Commands;
import org.junit.jupiter.api.Test;

/** A bridge of Open vSwitch is wired by hand as one of the kernel is, by its own program's commands. */
class SwitchesByHandTest {
  private static Hand withSwitch() {
    Hand hand = new Hand(SampleLabs.named("empty"));
    hand.take(Palette.NETNS).to("@host").by(20, 80).release().take(Palette.OVS).to("@host").release();
    return hand;
  }

  @Test
  void a_veth_pair_pulled_onto_it_is_plugged_in() {
    Hand hand = withSwitch();
    LabState before = hand.lab();
    hand.take(Palette.VETH).press("netns1").to("/ovs0").release();
    assertThat(Commands.of(before, hand.edits().getLast())).contains("ovs-vsctl add-port ovs0 veth2");
    assertThat(hand.part("/veth2").kind()).isEqualTo(Part.Kind.SLOT);
    assertThat(hand.part("/veth2").holder()).contains(hand.part("/ovs0").thing());
  }

  @Test
  void a_port_dropped_beside_it_is_taken_out_and_one_dropped_on_it_put_in() {
    Hand hand = withSwitch();
    hand.take(Palette.VETH).press("netns1").to("/ovs0").release();
    hand.press("/veth2").to("@host").release();
    assertThat(hand.part("/veth2").kind()).isEqualTo(Part.Kind.CHIP);
    LabState before = hand.lab();
    hand.press("/veth2").to("/ovs0").release();
    assertThat(Commands.of(before, hand.edits().getLast())).containsExactly("ovs-vsctl add-port ovs0 veth2");
  }

  @Test
  void from_a_bridge_of_the_kernel_a_port_goes_by_both_programs_and_back() {
    Hand hand = withSwitch();
    hand.commit(Acts.newBridge(hand.lab(), hand.lab().firstHost().root()));
    hand.take(Palette.VETH).press("netns1").to("/ovs0").release();
    LabState before = hand.lab();
    hand.press("/veth2").to("/br0").release();
    assertThat(Commands.of(before, hand.edits().getLast())).containsExactly("ovs-vsctl del-port ovs0 veth2",
        "ip link set veth2 master br0");
  }

  @Test
  void an_internal_port_in_a_namespace_hangs_on_it_and_patches_join_two() {
    Hand hand = withSwitch();
    hand.commit(new Edit.Ovs("host", "ovs-vsctl", List.of("add-port", "ovs0", "in0", "--", "set", "interface", "in0",
        "type=internal"), List.of()));
    hand.commit(Acts.moved(hand.device("/in0").orElseThrow(), new org.hopscope.model.net.NetnsId("host", "netns1")));
    hand.commit(new Edit.Ovs("host", "ovs-vsctl", List.of("add-br", "ovs1", "--", "add-port", "ovs1", "p1", "--", "set",
        "interface", "p1", "type=patch", "options:peer=p0", "--", "add-port", "ovs0", "p0", "--", "set", "interface",
        "p0", "type=patch", "options:peer=p1"), List.of()));
    assertThat(hand.part("netns1/in0").kind()).isEqualTo(Part.Kind.CHIP);
    assertThat(hand.picture().cables()).extracting(Cable::kind).containsExactlyInAnyOrder(Cable.Kind.STACKED,
        Cable.Kind.VETH);
  }

  @Test
  void deleting_it_is_the_switch_s_own_command() {
    Hand hand = withSwitch();
    LabState before = hand.lab();
    Edit edit = Acts.delete(hand.picture(), Set.of(hand.part("/ovs0").thing())).orElseThrow();
    assertThat(Commands.of(before, edit)).containsExactly("ovs-vsctl del-br ovs0");
  }
}
