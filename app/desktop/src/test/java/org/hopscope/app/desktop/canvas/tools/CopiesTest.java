package org.hopscope.app.desktop.canvas.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.app.desktop.canvas.scene.Layout;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.shell.Commands;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.sim.Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What copying and pasting makes. */
class CopiesTest {
  @Test
  void a_namespace_on_a_bridge_comes_once_more_plugged_in_and_with_an_address_of_its_own() {
    Hand hand = new Hand(SampleLabs.named("bridge"));
    hand.click("web");
    paste(hand, hand.selection());
    Device twin = hand.device("web2/eth0").orElseThrow();
    assertThat(twin.addresses()).extracting(a -> a.local().toString()).containsExactly("10.88.0.5/24");
    Device port = hand.lab().device(twin.peer().orElseThrow());
    assertThat(port.port().map(p -> hand.lab().device(p.bridge()).name())).contains("br0");
    assertThat(port.isUp() && twin.isUp()).isTrue();
    var ping = Probe.ping(new NetnsId("host", "web2"),
        hand.device("db/eth0").orElseThrow().addresses().getFirst().address());
    assertThat(Simulator.run(hand.lab(), ping).result().succeeded()).isTrue();
  }

  @Test
  void a_pair_copied_whole_is_joined_to_itself() {
    Hand hand = new Hand(SampleLabs.named("pair"));
    hand.click("netns1").holding(Touch.Held.SHIFT).click("netns2").holding();
    paste(hand, hand.selection());
    assertThat(hand.device("netns3/veth1").flatMap(Device::peer))
        .isEqualTo(hand.device("netns4/veth2").map(Device::id)).isPresent();
  }

  @Test
  void a_machine_is_cabled_to_the_same_machine_as_the_old_one() {
    Hand hand = new Hand(SampleLabs.named("machines"));
    paste(hand, Set.of(new Selection.OfHost("outside")));
    Device card = hand.lab().devicesOf(NetnsId.root("outside2")).stream().filter(d -> d.name().equals("eth0"))
        .findFirst().orElseThrow();
    assertThat(hand.lab().device(card.peer().orElseThrow()).ref().toString()).contains("eth1");
    assertThat(card.addresses()).extracting(a -> a.local().toString()).containsExactly("192.0.2.11/24");
  }

  @Test
  void what_was_copied_in_one_lab_is_pasted_in_another_that_has_no_such_bridge() {
    Hand from = new Hand(SampleLabs.named("bridge"));
    Clip clip = Clip.of(from.picture(), from.click("web").selection());
    Hand to = new Hand(SampleLabs.named("empty"));
    to.commit(clip.pasteInto(to.lab()).orElseThrow());
    assertThat(to.device("web2/eth0").orElseThrow().addresses()).hasSize(1);
    assertThat(to.session().canUndo()).isTrue();
    to.session().undo();
    assertThat(to.lab()).isEqualTo(SampleLabs.named("empty"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whatever_is_copied_can_be_typed_instead(long seed) {
    LabState lab = SampleLabs.random(seed);
    Set<Selection> all = Layout.of(lab).parts().stream().map(Part::thing).collect(Collectors.toSet());
    Edit edit = Clip.of(Layout.of(lab), all).pasteInto(lab).orElseThrow();
    LabState pasted = ((Editor.Result.Done) Editor.apply(lab, edit)).after();
    Session typed = new Session(lab);
    List<String> lines = Commands.of(lab, edit);
    lines.forEach(line -> assertThat(Shell.run(typed, lab.firstHost().root(), line).exit()).as(line).isZero());
    assertThat(typed.state()).isEqualTo(pasted);
    assertThat(pasted.hosts()).hasSize(2 * lab.hosts().size());
    assertThat(pasted.netns()).hasSize(2 * lab.netns().size());
  }

  @Test
  void aligned_things_share_an_edge_and_the_gaps_between_spread_ones_are_equal() {
    Hand hand = new Hand(SampleLabs.named("bridge"));
    hand.press("log").by(90, 44).release();
    Set<Selection> all = Set.of(hand.part("web").thing(), hand.part("db").thing(), hand.part("log").thing());
    hand.commit(Aligning.TOP.of(hand.picture(), all).orElseThrow());
    assertThat(List.of("web", "db", "log")).extracting(n -> hand.part(n).box().y()).allMatch(
        y -> y == hand.part("web").box().y());
    hand.commit(Aligning.ACROSS.of(hand.picture(), all).orElseThrow());
    double first = hand.part("db").box().x() - hand.part("web").box().right();
    double second = hand.part("log").box().x() - hand.part("db").box().right();
    assertThat(first).isCloseTo(second, org.assertj.core.api.Assertions.within(4.0));
  }

  private static void paste(Hand hand, Set<Selection> things) {
    hand.commit(Clip.of(hand.picture(), things).pasteInto(hand.lab()).orElseThrow());
  }
}
