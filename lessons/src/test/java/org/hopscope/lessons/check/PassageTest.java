package org.hopscope.lessons.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.lessons.LessonFolders;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.model.lab.LabState;
import org.junit.jupiter.api.Test;

class PassageTest {
  private static final LabState NAT = solved("C3");
  private static final LabState OVERLAY = solved("D3");

  private static LabState solved(String id) {
    Lesson lesson = LessonFolders.lesson(id);
    return Rehearsal.of(lesson.start(), Attempt.NONE, lesson.answers().solution()).lab();
  }

  private static Finding judge(LabState lab, Check check) {
    return Judge.judge(check, new Evidence(lab, Map.of(), Set.of()));
  }

  private static Check hit(String probe, String chain, String words) {
    return new Check.RuleHit(ProbeSpec.of(probe), Place.of("@host"), Optional.of("nat"), Optional.of(chain),
        List.of(words), Optional.empty());
  }

  @Test
  void aProbePassesTheRuleThatTakesIt() {
    assertThat(judge(NAT, hit("pod1 -> 203.0.113.9:80", "POSTROUTING", "-j MASQUERADE")).holds()).isTrue();
    Finding other = judge(NAT, hit("pod1 -> 10.244.1.3:80", "POSTROUTING", "-j MASQUERADE"));
    assertThat(other.holds()).isFalse();
    assertThat(other.seen()).isEqualTo("No packet passed a rule with -j MASQUERADE in host");
    assertThat(judge(NAT, hit("pod1 -> 203.0.113.9:80", "PREROUTING", "-j MASQUERADE")).holds()).isFalse();
    assertThat(judge(NAT, hit("gone -> 203.0.113.9:80", "POSTROUTING", "x")).seen()).contains("no namespace gone");
  }

  @Test
  void aPacketIsReadAtAPlaceOnItsWay() {
    ProbeSpec probe = ProbeSpec.of("pod1 -> node2/pod2");
    Map<PacketProperty, String> wrapped = Map.of(PacketProperty.SOURCE, "192.168.50.1", PacketProperty.INNER_SOURCE,
        "10.244.1.2", PacketProperty.VNI, "1", PacketProperty.DESTINATION_PORT, "8472");
    assertThat(judge(OVERLAY, new Check.Carries(probe, ThingName.parse("@node2:eth0").orElseThrow(), wrapped)).holds())
        .isTrue();
    Finding inside = judge(OVERLAY, new Check.Carries(probe, ThingName.parse("node2/pod2").orElseThrow(), wrapped));
    assertThat(inside.holds()).isFalse();
    assertThat(inside.seen()).startsWith("The packets at node2/pod2 had source 10.244.1.2");
    assertThat(judge(OVERLAY, new Check.Carries(probe, ThingName.parse("@node2:eth9").orElseThrow(), wrapped)).seen())
        .isEqualTo("There is no device eth9 in node2");
  }
}
