package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a kernel (6.18) counted of the same packets, with the same commands. */
@DisplayName("nstat tells why packets were dropped (sem-R7)")
class NstatTest {
  private static final NetnsId ROOT = NetnsId.root(LabState.FIRST_HOST);

  private final Session session = new Session(Editor.fresh(1));
  private final Interpreter terminal = new Interpreter(session);

  private List<String> out(String line) {
    List<String> out = new ArrayList<>();
    terminal.run(ROOT, line, done -> out.addAll(done.reply().out()));
    return out;
  }

  private String counted(String netns) {
    return String.join(" ", out("ip netns exec " + netns + " nstat -as").stream().skip(1)
        .map(line -> line.replaceAll(" +", " ").replaceAll(" 0\\.0$", "").replace(' ', '=')).toList());
  }

  @BeforeEach
  void wired() {
    List.of("ip netns add a", "ip netns add r", "ip netns add b",
        "ip link add va netns a type veth peer name ra netns r",
        "ip link add vb netns b type veth peer name rb netns r",
        "ip -n a addr add 10.0.1.2/24 dev va", "ip -n r addr add 10.0.1.1/24 dev ra",
        "ip -n b addr add 10.0.2.2/24 dev vb", "ip -n r addr add 10.0.2.1/24 dev rb",
        "ip -n a addr add fd01::2/64 dev va nodad", "ip -n r addr add fd01::1/64 dev ra nodad",
        "ip -n b addr add fd02::2/64 dev vb nodad", "ip -n r addr add fd02::1/64 dev rb nodad",
        "ip -n a link set va up", "ip -n r link set ra up", "ip -n r link set rb up", "ip -n b link set vb up",
        "ip -n b link set lo up", "ip -n b addr add 10.7.0.1/32 dev lo",
        "ip -n a route add default via 10.0.1.1", "ip -n b route add default via 10.0.2.1",
        "ip -n a route add default via fd01::1", "ip -n b route add default via fd02::1",
        "ip netns exec r sysctl -w net.ipv4.ip_forward=1", "ip netns exec r sysctl -w net.ipv6.conf.all.forwarding=1",
        "sleep 3", "ip netns exec b ping -c 1 10.0.2.1").forEach(this::out);
  }

  @ParameterizedTest(name = "{0} | {1}")
  @CsvSource(delimiter = '|', value = {
      "ip netns exec r sysctl -w net.ipv4.ip_forward=0 | a ping -c 1 -W 1 10.0.2.2 | r | IpInAddrErrors=1",
      "ip netns exec r sysctl -w net.ipv6.conf.all.forwarding=0 | a ping -c 2 -W 1 fd02::2 | r | Ip6InAddrErrors=2",
      "true | a ping -c 1 -W 1 10.0.2.2 | r | ''",
      "true | a ping -c 1 -t 1 -W 1 10.0.2.2 | r | IpInHdrErrors=1",
      "true | a ping -c 1 -t 1 -W 1 fd02::2 | r | Ip6InHdrErrors=1",
      "true | a ping -c 3 -W 1 10.9.2.2 | r | IpExtInNoRoutes=3",
      "true | a ping -c 1 -W 1 fd09::2 | r | Ip6InNoRoutes=1",
      "ip -n a route del default | a ping -c 1 -W 1 10.9.2.2 | a | IpOutNoRoutes=1",
      "ip -n a -6 route del default | a ping -c 1 -W 1 fd09::2 | a | Ip6OutNoRoutes=1",
      "ip netns exec r sysctl -w net.ipv4.conf.rb.rp_filter=1 | b ping -c 1 -W 1 -I 10.7.0.1 10.0.1.2 | r | "
          + "TcpExtIPReversePathFilter=1",
      "ip netns exec r sysctl -w net.ipv4.conf.rb.rp_filter=2 | b ping -c 1 -W 1 -I 10.7.0.1 10.0.1.2 | r | "
          + "TcpExtIPReversePathFilter=1",
      "ip -n r link set rb mtu 1000 | a ping -c 1 -W 1 -M do -s 1200 10.0.2.2 | r | IpFragFails=1",
      "ip -n r link set rb mtu 1280 | a ping -c 1 -W 1 -M do -s 1400 fd02::2 | r | Ip6InTooBigErrors=1 Ip6FragFails=1",
      "true | a nc -z -u -w 1 10.0.2.2 99 | b | UdpNoPorts=1",
      "ip netns exec a iptables -A OUTPUT -p icmp -j DROP | a ping -c 1 -W 1 10.0.2.2 | a | IpOutDiscards=1",
      "ip netns exec b iptables -A INPUT -p icmp -j DROP | a ping -c 1 -W 1 10.0.2.2 | b | ''",
      "ip netns exec r iptables -A FORWARD -p icmp -j DROP | a ping -c 1 -W 1 10.0.2.2 | r | ''",
      "ip -n r route add blackhole 10.8.0.0/24 | a ping -c 1 -W 1 10.8.0.2 | r | ''",
      "ip -n r route add unreachable 10.8.0.0/24 | a ping -c 1 -W 1 10.8.0.2 | r | ''",
      "ip -n r route add unreachable fd08::/64 | a ping -c 1 -W 1 fd08::2 | r | Ip6InNoRoutes=1",
      "true | a ping -c 1 -W 4 10.0.2.77 | r | ''"})
  @DisplayName("as the kernel counted them")
  void reasons(String first, String packet, String where, String counters) {
    out(first);
    out("ip netns exec " + packet);
    assertThat(counted(where)).isEqualTo(counters);
  }

  @Test
  @DisplayName("patterns choose, -z shows what nothing was counted of, -j is for programs")
  void choice() {
    out("ip -n a route del default");
    out("ip netns exec a ping -c 1 10.9.9.9");
    assertThat(out("ip netns exec a nstat -as 'Ip*Routes'"))
        .containsExactly("#kernel", "IpOutNoRoutes                   1                  0.0");
    assertThat(out("ip netns exec a nstat -az IpExtInNoRoutes"))
        .containsExactly("#kernel", "IpExtInNoRoutes                 0                  0.0");
    assertThat(out("ip netns exec a nstat -asj")).containsExactly("{\"kernel\":{\"IpOutNoRoutes\":1}}");
    assertThat(out("ip netns exec r nstat -a")).containsExactly("#kernel");
  }

  @ParameterizedTest(name = "nstat {0}")
  @CsvSource({"-s, nstat without -a", "-a IpInReceives, nstat IpInReceives", "-ar, nstat -r",
      "-a --reset, nstat --reset"})
  @DisplayName("what there is not here is refused by name")
  void refused(String words, String name) {
    List<String> err = new ArrayList<>();
    terminal.run(ROOT, "nstat " + words, done -> err.addAll(done.reply().err()));
    assertThat(err).containsExactly("hopscope: not supported: " + name);
  }
}
