package org.hopscope.app.desktop.canvas.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.HitTest;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Commands;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hand does, and what comes of it. */
class GesturesTest {
  @Test
  void a_namespace_is_made_where_it_is_dropped() {
    Hand hand = new Hand(SampleLabs.named("empty"));
    hand.take(Palette.NETNS).to("@host").by(20, 80).release();
    assertThat(hand.lab().netns()).containsKey(new NetnsId("host", "netns1"));
    assertThat(hand.isIdle()).isTrue();
    assertThat(hand.edits()).hasSize(1);
  }

  @Test
  void a_namespace_is_not_made_on_the_ground_and_the_hand_keeps_it() {
    Hand hand = new Hand(SampleLabs.named("empty"));
    hand.take(Palette.NETNS).toPoint(new Point(-300, -300));
    assertThat(hand.sees().objection()).hasValueSatisfying(o -> assertThat(o.title()).contains("needs a host"));
    hand.release();
    assertThat(hand.edits()).isEmpty();
    assertThat(hand.isIdle()).isFalse();
  }

  @Test
  void a_veth_pair_pulled_between_namespaces_is_the_article_s_three_commands() {
    Hand hand = new Hand(SampleLabs.named("empty"));
    hand.take(Palette.NETNS).to("@host").by(0, 60).release().take(Palette.NETNS).to("@host").by(160, 60).release();
    LabState before = hand.lab();
    hand.take(Palette.VETH).press("netns1").to("netns2").release();
    assertThat(Commands.of(before, hand.edits().getLast())).containsExactly(
        "ip link add veth1 type veth peer name veth2", "ip link set veth1 netns netns1",
        "ip link set veth2 netns netns2");
    assertThat(hand.device("netns1/veth1").flatMap(Device::peer))
        .isEqualTo(hand.device("netns2/veth2").map(Device::id));
  }

  @Test
  void the_outline_under_the_hand_takes_the_new_shape_of_what_it_is_on() {
    Hand hand = new Hand(SampleLabs.named("empty"));
    hand.take(Palette.NETNS).to("@host").by(20, 80).release().to("netns1/lo");
    Part asleep = hand.part("netns1/lo");
    hand.commit(new Edit.SetLink(hand.device("netns1/lo").orElseThrow().ref(), LinkChange.up(true)));
    assertThat(hand.part("netns1/lo").box()).isNotEqualTo(asleep.box());
    assertThat(hand.sees().hover().map(HitTest.Hit::part)).contains(hand.part("netns1/lo"));
  }

  @Test
  void two_clicks_wire_as_well_as_one_pull() {
    Hand pulled = new Hand(SampleLabs.named("bridge"));
    pulled.take(Palette.VETH).press("web").to("log").release();
    Hand clicked = new Hand(SampleLabs.named("bridge"));
    clicked.take(Palette.VETH).click("web").to("log").click("log");
    assertThat(clicked.lab()).isEqualTo(pulled.lab());
    assertThat(clicked.isIdle()).isTrue();
  }

  @Test
  void a_cable_pulled_from_the_knob_of_a_namespace_to_a_bridge_plugs_it_in() {
    Hand hand = new Hand(SampleLabs.named("bridge"));
    hand.pullKnob("web").to("/br0").release();
    assertThat(hand.device("web/veth1")).isPresent();
    assertThat(hand.device("/veth2").flatMap(Device::port)).isPresent();
  }

  @Test
  void a_veth_pair_does_not_leave_its_machine() {
    Hand hand = new Hand(SampleLabs.named("machines"));
    hand.take(Palette.VETH).press("web").to("@outside");
    assertThat(hand.sees().objection()).hasValueSatisfying(o -> assertThat(o.title()).contains("cannot leave"));
    hand.release();
    assertThat(hand.edits()).isEmpty();
  }

  @Test
  void a_cable_joins_two_machines_by_new_cards() {
    Hand hand = new Hand(SampleLabs.named("machines"));
    hand.take(Palette.CABLE).press("@host").to("@outside").release();
    assertThat(hand.device("/eth1")).isPresent();
  }

  @Test
  void a_chip_dropped_in_another_namespace_moves_there() {
    Hand hand = new Hand(SampleLabs.named("pair"));
    hand.press("netns1/veth1").to("netns2");
    assertThat(hand.sees().targets().now()).contains(new Selection.OfNetns(new NetnsId("host", "netns2")));
    hand.release();
    assertThat(hand.device("netns2/veth1")).isPresent();
    assertThat(hand.edits()).hasSize(1);
  }

  @Test
  void a_drop_that_the_kernel_refuses_says_so_in_its_words_and_changes_nothing() {
    Hand hand = new Hand(SampleLabs.named("bridge"));
    LabState before = hand.lab();
    hand.press("web/eth0").to("db");
    assertThat(hand.sees().objection())
        .hasValueSatisfying(o -> assertThat(o.words()).contains("interface with the same name exists"));
    assertThat(hand.sees().targets().all()).doesNotContain(new Selection.OfNetns(new NetnsId("host", "db")));
    hand.release();
    assertThat(hand.lab()).isEqualTo(before);
  }

  @Test
  void a_chip_dropped_on_a_bridge_becomes_its_port_and_beside_it_no_longer_is() {
    Hand hand = new Hand(SampleLabs.named("bridge"));
    hand.take(Palette.VETH).press("web").to("@host").release();
    hand.press("/veth2").to("/br0").release();
    assertThat(hand.device("/veth2").flatMap(Device::port)).isPresent();
    hand.press("/veth2").to("@host").release();
    assertThat(hand.device("/veth2").orElseThrow().port()).isEmpty();
  }

  @Test
  void a_macvlan_dropped_on_a_device_stands_on_it_and_a_dummy_stands_alone() {
    Hand hand = new Hand(SampleLabs.named("bridge"));
    hand.take(Palette.DUMMY).to("@host").by(0, 330).release();
    assertThat(hand.device("/dummy0")).isPresent();
    hand.take(Palette.MACVLAN).to("web").by(20, 20);
    assertThat(hand.sees().objection()).isPresent();
    hand.to("/dummy0").release();
    assertThat(hand.device("/macvlan0").flatMap(d -> d.kind().lower()))
        .isEqualTo(hand.device("/dummy0").map(Device::id)).isPresent();
  }

  @Test
  void a_bridge_dropped_on_a_bridge_is_refused() {
    Hand hand = new Hand(SampleLabs.named("bridge"));
    hand.take(Palette.BRIDGE).to("@host").by(0, 330).release();
    hand.press("/br1").to("/br0");
    assertThat(hand.sees().objection())
        .hasValueSatisfying(o -> assertThat(o.words()).contains("Can not enslave a bridge to a bridge"));
    hand.release();
    assertThat(hand.device("/br1").orElseThrow().port()).isEmpty();
  }

  @Test
  void a_namespace_is_arranged_with_what_is_in_it() {
    Hand hand = new Hand(SampleLabs.named("pair"));
    Point netns = hand.part("netns2").box().corner();
    Point chip = hand.part("netns2/veth2").box().corner();
    hand.press("netns2").by(120, 60).release();
    Point way = hand.part("netns2").box().corner().minus(netns);
    assertThat(way.x()).isGreaterThan(100);
    assertThat(hand.part("netns2/veth2").box().corner().minus(chip)).isEqualTo(way);
    assertThat(hand.edits()).allMatch(Edit.Arrange.class::isInstance);
  }

  @Test
  void a_click_on_the_mark_switches_a_device() {
    Hand hand = new Hand(SampleLabs.named("pair"));
    hand.clickMark("netns2/veth2");
    assertThat(hand.device("netns2/veth2").orElseThrow().isUp()).isTrue();
    hand.clickMark("netns2/veth2");
    assertThat(hand.device("netns2/veth2").orElseThrow().isUp()).isFalse();
  }

  @Test
  void clicks_select_one_and_with_shift_more() {
    Hand hand = new Hand(SampleLabs.named("pair"));
    hand.click("netns1").holding(Touch.Held.SHIFT).click("netns2/veth2");
    assertThat(hand.selection()).hasSize(2);
    hand.click("netns1");
    assertThat(hand.selection()).hasSize(1);
    hand.holding().pressAt(new Point(-400, -400)).release();
    assertThat(hand.selection()).isEmpty();
  }

  @Test
  void a_marquee_selects_what_lies_inside_without_what_that_holds() {
    Hand hand = new Hand(SampleLabs.named("machines"));
    Point corner = hand.part("@outside").box().corner();
    hand.pressAt(corner.plus(new Point(-20, -20))).by(600, 400).release();
    assertThat(hand.selection()).containsExactly(new Selection.OfHost("outside"));
  }

  @Test
  void a_double_click_asks_for_a_name_or_an_address() {
    Hand hand = new Hand(SampleLabs.named("pair"));
    hand.doubleClick("netns1/veth1");
    assertThat(hand.asked()).singleElement().asString().startsWith("rename");
  }

  @Test
  void several_carried_devices_are_one_step_of_the_history() {
    Hand hand = new Hand(SampleLabs.named("pair"));
    hand.take(Palette.NETNS).to("@host").by(100, 60).release();
    hand.click("netns1/veth1").holding(Touch.Held.SHIFT).click("netns2/veth2").holding();
    LabState before = hand.lab();
    hand.press("netns1/veth1").to("netns3").release();
    assertThat(hand.device("netns3/veth1")).isPresent();
    assertThat(hand.device("netns3/veth2")).isPresent();
    hand.session().undo();
    assertThat(hand.lab()).isEqualTo(before);
  }

  @Test
  void the_space_bar_and_a_pull_move_the_ground() {
    Hand hand = new Hand(SampleLabs.named("pair"));
    double left = hand.viewport().left();
    hand.holding(Touch.Held.SPACE).press("netns1").by(50, 0).release();
    assertThat(hand.viewport().left()).isNotEqualTo(left);
    assertThat(hand.edits()).isEmpty();
  }

  static Stream<Named<Consumer<Hand>>> phases() {
    return Stream.of(Named.of("pressing a thing", h -> h.press("netns1")),
        Named.of("carrying a namespace", h -> h.press("netns1").by(90, 30)),
        Named.of("carrying a device", h -> h.press("netns1/veth1").to("netns2")),
        Named.of("carrying into a refusal", h -> h.press("netns1/lo").to("netns2")),
        Named.of("pulling a marquee", h -> h.pressAt(new Point(-50, -50)).by(500, 500)),
        Named.of("placing a namespace", h -> h.take(Palette.NETNS).to("@host")),
        Named.of("placing a host", h -> h.take(Palette.HOST).toPoint(new Point(700, 0))),
        Named.of("a wire without an end", h -> h.take(Palette.VETH).to("netns1")),
        Named.of("pulling a wire", h -> h.take(Palette.VETH).press("netns1").to("netns2")),
        Named.of("a wire after its first click", h -> h.take(Palette.VETH).click("netns1").to("netns2")),
        Named.of("writing a note", h -> h.take(Palette.NOTE).pressAt(new Point(0, -200)).by(200, 90)),
        Named.of("pulling a knob", h -> h.pullKnob("netns1").to("netns2")));
  }

  @ParameterizedTest
  @MethodSource("phases")
  void esc_leaves_no_trace(Consumer<Hand> gesture) {
    Hand hand = new Hand(SampleLabs.named("pair"));
    LabState before = hand.lab();
    gesture.accept(hand);
    hand.esc().release();
    assertThat(hand.lab()).isEqualTo(before);
    assertThat(hand.session().canUndo()).isFalse();
    assertThat(hand.isIdle()).isTrue();
    assertThat(hand.sees().carried().things()).isEmpty();
    assertThat(List.of(hand.sees().frame(), hand.sees().wire(), hand.sees().objection()))
        .allMatch(java.util.Optional::isEmpty);
  }

  @Test
  void a_note_is_put_down_written_carried_and_made_larger() {
    Hand hand = new Hand(SampleLabs.named("pair"));
    hand.take(Palette.NOTE).toPoint(new Point(0, -200)).release();
    Selection note = new Selection.OfRemark("remark1");
    assertThat(hand.asked()).containsExactly("rename " + note);
    Box box = hand.picture().find(note).orElseThrow().box();
    hand.pressAt(box.corner().plus(new Point(40, 40))).by(100, 20).release();
    assertThat(hand.picture().find(note).orElseThrow().box()).isEqualTo(box.moved(100, 20));
    hand.pressAt(new Point(box.right() + 96, box.bottom() + 16)).by(40, 60).release();
    assertThat(hand.picture().find(note).orElseThrow().box())
        .isEqualTo(new Box(box.x() + 100, box.y() + 20, box.width() + 40, box.height() + 60));
    hand.session().undo();
    hand.session().undo();
    assertThat(hand.picture().find(note).orElseThrow().box()).isEqualTo(box);
    assertThat(hand.edits()).allMatch(e -> Commands.of(hand.lab(), e).isEmpty());
  }

  @Test
  void a_group_is_taken_by_its_title_and_leaves_what_lies_in_it_in_reach() {
    Hand hand = new Hand(SampleLabs.named("pair"));
    hand.commit(
        new Edit.PutRemark(Acts.group(hand.picture(), java.util.Set.of(hand.part("netns1").thing())).orElseThrow()));
    hand.click("netns1");
    assertThat(hand.selection()).containsExactly(hand.part("netns1").thing());
    Box group = hand.picture().find(new Selection.OfRemark("remark1")).orElseThrow().box();
    assertThat(group.contains(hand.part("netns1").box())).isTrue();
    hand.pressAt(group.corner().plus(new Point(30, 4))).release();
    assertThat(hand.selection()).containsExactly(new Selection.OfRemark("remark1"));
    Acts.delete(hand.picture(), hand.selection()).ifPresent(hand::commit);
    assertThat(hand.lab().notes().remarks()).isEmpty();
  }

  @Test
  void tidying_up_lets_the_layout_place_everything_and_is_one_step() {
    Hand hand = new Hand(SampleLabs.named("pair"));
    Point before = hand.part("netns2").box().corner();
    hand.press("netns2").by(160, 80).release();
    hand.commit(new Edit.Disarrange());
    assertThat(hand.part("netns2").box().corner()).isEqualTo(before);
    hand.session().undo();
    assertThat(hand.part("netns2").box().corner()).isNotEqualTo(before);
  }
}
