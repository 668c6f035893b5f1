package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
  private static final NetnsId ROOT = NetnsId.root("host");

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "none", value = {"tracer | traceroute", "ip li | link", "ip netns e | exec",
      "ip netns exec re | red", "ip netns exec red ip link set le | left", "ip -n red link set left u | up",
      "ip link add x type ve | veth", "ip link set plug master br | br0", "ip -n red addr del 10 | 10.7.0.1/24",
      "ping -c 1 10.7 | 10.7.0.1", "sysctl -w net.ipv4.ip_f | net.ipv4.ip_forward", "hop on ho | host",
      "bridge fdb show b | br", "nonsense a | none", "ip netns exec red tracer | traceroute",
      "sudo tracer | traceroute", "tcpdump -i b | br0", "curl 10.7 | 10.7.0.1", "ip netns exec red ifconfig le | left",
      "cat /proc/sys/net/ipv4/ip_f | /proc/sys/net/ipv4/ip_forward", "for n in a; do ip netns e | exec",
      "true && ip netns exec re | red"})
  void theOnlyWayOnIsTaken(String typed, String word) {
    Completion.Result result = complete(typed);
    if (word == null) {
      assertThat(result.words()).isEmpty();
    } else {
      assertThat(result.words()).containsExactly(word);
      assertThat(typed.substring(0, result.from()) + result.common()).endsWith(word + " ");
    }
  }

  @Test
  void severalWaysOnAreListedAndTakenAsFarAsTheyAgree() {
    Completion.Result result = complete("ip n");
    assertThat(result.words()).containsExactly("neigh", "netns");
    assertThat(result.common()).isEqualTo("ne");
  }

  @Test
  void theMiddleOfALineIsCompletedToo() {
    Completion.Result result = Completion.of(lab().state(), ROOT, "ip netns exec re ip link", 16);
    assertThat(result.words()).isEqualTo(List.of("red"));
    assertThat(result.from()).isEqualTo(14);
  }

  private static Completion.Result complete(String typed) {
    return Completion.of(lab().state(), ROOT, typed, typed.length());
  }

  private static Session lab() {
    Session session = new Session(Editor.fresh(1));
    List.of("ip netns add red", "ip netns add blue", "ip link add left type veth peer name plug",
        "ip link set left netns red", "ip -n red addr add 10.7.0.1/24 dev left", "ip link add br0 type bridge")
        .forEach(line -> assertThat(Shell.run(session, ROOT, line).err()).isEmpty());
    return session;
  }
}
