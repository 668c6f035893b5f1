package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside the truths of the kernel (path-*): its text, and what becomes of its packets. */
@DisplayName("tracepath tells how wide a way is and where it ends")
class TracepathTest {
  private final Session session = new Session(Editor.fresh(11));

  private Reply run(String line) {
    return Shell.run(session, session.state().firstHost().root(), line);
  }

  private List<String> inInn(String line) {
    return run("ip netns exec inn " + line).out().stream().map(l -> l.replaceAll("[0-9]+[.][0-9]+ms", "Tms")).toList();
  }

  /** inn - ford - mill, over a link of 1480 bytes and one of 1360. */
  @BeforeEach
  void aWayThatNarrows() {
    for (String line : List.of("ip netns add inn", "ip netns add ford", "ip netns add mill",
        "ip link add i netns inn mtu 1480 type veth peer name f netns ford mtu 1480",
        "ip link add g netns ford mtu 1360 type veth peer name mi netns mill mtu 1360",
        "ip -n inn addr add 192.168.40.7/24 dev i", "ip -n ford addr add 192.168.40.1/24 dev f",
        "ip -n ford addr add 192.168.50.1/24 dev g", "ip -n mill addr add 192.168.50.9/24 dev mi",
        "ip -n inn addr add fd40::7/64 dev i nodad", "ip -n ford addr add fd40::1/64 dev f nodad",
        "ip -n ford addr add fd50::1/64 dev g nodad", "ip -n mill addr add fd50::9/64 dev mi nodad",
        "ip -n inn link set lo up", "ip -n inn link set i up", "ip -n ford link set f up", "ip -n ford link set g up",
        "ip -n mill link set mi up", "ip netns exec ford sysctl -w net.ipv4.ip_forward=1",
        "ip netns exec ford sysctl -w net.ipv6.conf.all.forwarding=1",
        "ip -n inn route add default via 192.168.40.1", "ip -n mill route add default via 192.168.50.1",
        "ip -n inn route add default via fd40::1", "ip -n mill route add default via fd50::1", "sleep 3")) {
      assertThat(run(line).err()).as(line).isEmpty();
    }
  }

  @Test
  @DisplayName("as the real one prints it, once more for a TTL whose packet was too long")
  void prints() {
    assertThat(inInn("tracepath -n 192.168.50.9")).containsExactly(
        " 1?: [LOCALHOST]                      pmtu 1480",
        " 1:  192.168.40.1                                          Tms ",
        " 1:  192.168.40.1                                          Tms ",
        " 2:  192.168.40.1                                          Tms pmtu 1360",
        " 2:  192.168.50.9                                          Tms reached",
        "     Resume: pmtu 1360 hops 2 back 2 ");
    assertThat(inInn("tracepath -n fd50::9")).containsExactly(
        " 1?: [LOCALHOST]                        Tms pmtu 1480",
        " 1:  fd40::1                                               Tms ",
        " 1:  fd40::1                                               Tms ",
        " 2:  fd40::1                                               Tms pmtu 1360",
        " 2:  fd50::9                                               Tms reached",
        "     Resume: pmtu 1360 hops 2 back 2 ");
    assertThat(inInn("tracepath -b -l 600 192.168.50.9")).startsWith(
        " 1:  192.168.40.1 (192.168.40.1)                           Tms ");
  }

  @Test
  @DisplayName("what a router told it counts for the next packets, until it is forgotten")
  void teaches() {
    inInn("tracepath 192.168.50.9");
    assertThat(inInn("ip route get 192.168.50.9")).anyMatch(l -> l.contains("mtu 1360"));
    assertThat(inInn("tracepath 192.168.50.9")).first().asString().endsWith("pmtu 1360");
    inInn("ip route flush cache");
    assertThat(inInn("tracepath 192.168.50.9")).first().asString().endsWith("pmtu 1480");
  }

  @Test
  @DisplayName("asks a port after the other, from one of its own")
  void ports() {
    assertThat(
        run("ip netns exec inn tracepath -l 100 -p 7000 192.168.50.9\nip netns exec inn tcpdump -nt -i i udp").out()
            .stream().filter(l -> l.startsWith("IP")).map(l -> l.replaceFirst("7[.][0-9]+ ", "7.N ")))
        .containsExactly(
            "IP 192.168.40.7.N > 192.168.50.9.7000: UDP, length 72",
            "IP 192.168.40.7.N > 192.168.50.9.7001: UDP, length 72");
  }

  @Test
  @DisplayName("a server that answers ends it")
  void answered() {
    run("serve mill 9101/udp");
    assertThat(inInn("tracepath -l 200 192.168.50.9/9100")).endsWith(
        " 2?: reply received 8)", "     Resume: pmtu 200 ");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
      "-l 48 fd50::9 ~ 1 ~ tracepath: pktlen must be within: 48 < value <= 2147483647",
      "-p 65536 192.168.50.9 ~ 1 ~ tracepath: invalid argument: '65536': out of range: 0 <= value <= 65535",
      "-m ten 192.168.50.9 ~ 1 ~ tracepath: invalid argument: 'ten'",
      "-46 192.168.50.9 ~ 2 ~ tracepath: Only one -4 or -6 option may be specified",
      "-4 fd50::9 ~ 1 ~ tracepath: fd50::9: Address family for hostname not supported",
      "nobody ~ 1 ~ tracepath: nobody: Temporary failure in name resolution",
      "-w 192.168.50.9 ~ 255 ~ tracepath: invalid option -- 'w'",
      "-p 65500 fd50::9 ~ 127 ~ hopscope: not supported: -p 65500"})
  @DisplayName("what it cannot use it says")
  void refuses(String words, int exit, String error) {
    Reply reply = run("ip netns exec inn tracepath " + words);
    assertThat(reply.exit()).isEqualTo(exit);
    assertThat(reply.err()).first().isEqualTo(error);
  }
}
