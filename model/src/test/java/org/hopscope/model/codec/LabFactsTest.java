package org.hopscope.model.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.Test;

class LabFactsTest {
  private static LabState lab(LabState from, String... lines) {
    Session session = new Session(from);
    for (String line : lines) {
      assertThat(Shell.run(session, from.firstHost().root(), line).exit()).as(line).isZero();
    }
    return session.state();
  }

  private static final LabState PAIR = lab(Editor.fresh(1), "ip netns add a", "ip netns add b",
      "ip -n a link add eth0 type veth peer name eth0 netns b", "ip -n a addr add 10.0.0.1/24 dev eth0",
      "ip -n b addr add 10.0.0.2/24 dev eth0", "ip -n a link set eth0 up", "ip -n b link set eth0 up");

  private static List<String> brought(LabState before, LabState after) {
    Set<LabFacts.Fact> facts = new LinkedHashSet<>(LabFacts.of(after));
    facts.removeAll(LabFacts.of(before));
    return facts.stream().map(LabFacts.Fact::toString).toList();
  }

  @Test
  void aSettingThatIsAnotherOneIsOneFact() {
    assertThat(brought(PAIR, lab(PAIR, "ip -n a link set eth0 mtu 1300"))).containsExactly("host a eth0: mtu 1300");
  }

  @Test
  void aRowIsOneFact() {
    LabState after = lab(PAIR, "ip -n a route add 10.9.0.0/16 via 10.0.0.2");
    assertThat(brought(PAIR, after)).singleElement().asString().startsWith("host a: routes main to 10.9.0.0/16");
    assertThat(brought(after, PAIR)).isEmpty();
  }

  @Test
  void trafficAndTimeBringNone() {
    assertThat(brought(PAIR, lab(PAIR, "ip netns exec a ping -c 1 10.0.0.2", "sleep 100"))).isEmpty();
  }

  @Test
  void whatIsMadeAnewWithoutAChosenHardwareAddressIsTheSame() {
    LabState anew = lab(PAIR, "ip -n a link del eth0", "ip -n a link add eth0 type veth peer name eth0 netns b",
        "ip -n a addr add 10.0.0.1/24 dev eth0", "ip -n b addr add 10.0.0.2/24 dev eth0", "ip -n a link set eth0 up",
        "ip -n b link set eth0 up");
    assertThat(brought(PAIR, anew)).isEmpty();
    assertThat(brought(anew, PAIR)).isEmpty();
  }
}
