package org.hopscope.app.desktop.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.app.desktop.terminal.Transcript.Line;
import org.hopscope.app.desktop.terminal.Transcript.Run;
import org.hopscope.app.desktop.terminal.Transcript.Tone;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.Test;

/** Colours and links in what a command printed, finding text in it, recalling lines, and planning a paste. */
class TintTest {
  private static final NetnsId ROOT = NetnsId.root("host");
  private final LabState lab = SampleLabs.named("bridge");

  @Test
  void addresses_states_and_names_are_told_apart_as_ip_does() {
    Line line =
        new Tint(lab, ROOT, "ip addr").of("3: v-web@if2: <UP> inet 10.88.0.2/24 fe80::1/64 02:00:00:00:00:01 DOWN");
    assertThat(line.runs().stream().filter(r -> r.tone() != Tone.OUT).map(Run::tone)).containsExactly(Tone.IFNAME,
        Tone.UP, Tone.INET, Tone.INET6, Tone.MAC, Tone.DOWN);
    assertThat(line.text()).isEqualTo("3: v-web@if2: <UP> inet 10.88.0.2/24 fe80::1/64 02:00:00:00:00:01 DOWN");
  }

  @Test
  void a_name_that_many_namespaces_have_leads_to_the_one_the_command_names() {
    Line line = new Tint(lab, ROOT, "ip netns exec db ip link").of("2: eth0@if4: mtu 1500");
    assertThat(line.about(3)).contains(
        new Selection.OfDevice(lab.find(new DeviceRef(new NetnsId("host", "db"), "eth0")).orElseThrow().id()));
    assertThat(new Tint(lab, ROOT, "ip link").of("2: eth0@if4: mtu 1500").about(3)).isEmpty();
    assertThat(new Tint(lab, ROOT, "ip netns").of("web (id: 0)").about(1))
        .contains(new Selection.OfNetns(new NetnsId("host", "web")));
  }

  @Test
  void text_is_found_the_latest_first_whatever_its_case() {
    List<Line> lines = List.of(Line.of("UP up", Tone.OUT), Line.of("down", Tone.OUT), Line.of("up", Tone.OUT));
    assertThat(FindBar.find(lines, "uP")).containsExactly(new Marking.Spot(2, 0), new Marking.Spot(0, 3),
        new Marking.Spot(0, 0));
    assertThat(FindBar.find(lines, "")).isEmpty();
  }

  @Test
  void a_line_typed_before_is_recalled_and_older_ones_behind_it() {
    Recall recall = new Recall(List.of("ip addr", "ip link", "ping 10.0.0.1", "ip link"), "ip", 0);
    assertThat(recall.found()).contains("ip link");
    assertThat(recall.older().found()).contains("ip addr");
    assertThat(recall.older().older().found()).contains("ip addr");
    assertThat(recall.typing("zzz").found()).isEmpty();
  }

  @Test
  void a_paste_says_beforehand_what_it_will_do_and_what_will_fail() {
    PastePlan plan = PastePlan.of(lab, ROOT,
        List.of("ip netns add red", "for n in a b; do", "  ip netns add $n", "done", "ip netns add red"));
    assertThat(plan.changes()).isEqualTo(3);
    assertThat(plan.trouble()).hasValueSatisfying(why -> assertThat(why).contains("red").contains("File exists"));
    assertThat(lab.netns()).doesNotContainKey(new NetnsId("host", "red"));
  }
}
