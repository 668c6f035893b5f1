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

@DisplayName("What LOG writes is read with dmesg")
class DmesgTest {
  private static final NetnsId ROOT = NetnsId.root(LabState.FIRST_HOST);
  private static final String MAC = "MAC=[0-9a-f:]{41} ";

  private final Session session = new Session(Editor.fresh(1));
  private final Interpreter terminal = new Interpreter(session);

  private List<String> run(String... lines) {
    List<String> out = new ArrayList<>();
    for (String line : lines) {
      terminal.run(ROOT, line, done -> {
        assertThat(done.reply().err()).as(line).isEmpty();
        out.addAll(done.reply().out());
      });
    }
    return out;
  }

  private void send(String line) {
    terminal.run(ROOT, line, _ -> {
    });
  }

  @BeforeEach
  void wired() {
    run("ip link set lo up", "ip netns add a", "ip link add w0 type veth peer name eth0 netns a",
        "ip addr add 10.7.0.1/24 dev w0", "ip link set w0 up", "ip -n a addr add 10.7.0.2/24 dev eth0",
        "ip -n a link set eth0 up");
  }

  @Test
  @DisplayName("a ping that comes in, with the mark that a rule in front gave it, and the answer that goes out")
  void ping() {
    run("iptables -A INPUT -p icmp -j MARK --set-mark 0x10",
        "iptables -t mangle -A INPUT -p icmp -j MARK --set-mark 0x10",
        "iptables -t mangle -A INPUT -j LOG --log-prefix 'in: '", "iptables -A OUTPUT -j LOG",
        "ip netns exec a ping -c 1 10.7.0.1");
    List<String> lines = run("dmesg -t");
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).matches("in: IN=w0 OUT= " + MAC
        + "SRC=10.7.0.2 DST=10.7.0.1 LEN=84 TOS=0x00 PREC=0x00 TTL=64 ID=\\d+ DF PROTO=ICMP TYPE=8 CODE=0 ID=\\d+ SEQ=1 "
        + "MARK=0x10 ");
    assertThat(lines.getLast()).matches("IN= OUT=w0 SRC=10.7.0.1 DST=10.7.0.2 LEN=84 TOS=0x00 PREC=0x00 TTL=64 ID=\\d+ "
        + "PROTO=ICMP TYPE=0 CODE=0 ID=\\d+ SEQ=1 ");
    assertThat(run("dmesg").getFirst()).matches("\\[ {4}\\d\\.\\d{6}] in: IN=w0 .*");
  }

  @Test
  @DisplayName("a TCP segment with sequence numbers and options, and a UDP datagram that nftables logs")
  void transport() {
    run("iptables -A INPUT -p tcp --syn -j LOG --log-tcp-sequence --log-tcp-options", "nft add table ip t",
        "nft 'add chain ip t in { type filter hook input priority 0; }'",
        "nft 'add rule ip t in udp dport 53 log prefix \"dns \"'");
    send("ip netns exec a nc -w 1 10.7.0.1 80");
    send("ip netns exec a nc -u -w 1 10.7.0.1 53");
    send("probe a -> 10.7.0.1:53/udp");
    List<String> lines = run("dmesg -t");
    assertThat(lines.getFirst()).matches("IN=w0 OUT= " + MAC
        + "SRC=10.7.0.2 DST=10.7.0.1 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=\\d+ DF PROTO=TCP SPT=\\d+ DPT=80 SEQ=\\d+ ACK=0 "
        + "WINDOW=64240 RES=0x00 SYN URGP=0 OPT \\(020405B40402080A[0-9A-F]{16}01030307\\) ");
    assertThat(lines.getLast()).matches("dns IN=w0 OUT= " + MAC
        + "SRC=10.7.0.2 DST=10.7.0.1 LEN=\\d+ TOS=0x00 PREC=0x00 TTL=64 ID=\\d+ PROTO=UDP SPT=\\d+ DPT=53 LEN=\\d+ ");
  }

  @Test
  @DisplayName("rules of another namespace write nothing: a kernel logs for its first one alone")
  void elsewhere() {
    run("ip netns exec a iptables -A INPUT -j LOG", "ip netns exec a iptables -A OUTPUT -j LOG");
    send("ip netns exec a ping -c 1 10.7.0.1");
    assertThat(run("dmesg", "ip netns exec a dmesg")).isEmpty();
  }

  @Test
  @DisplayName("who is not believed is told of where log_martians is set, with the header of the frame, and nowhere else")
  void martians() {
    run("ip -n a addr add 10.8.0.9/24 dev eth0", "ip -n a route add 10.9.0.0/24 via 10.7.0.1",
        "sysctl -w net.ipv4.ip_forward=1", "sysctl -w net.ipv4.conf.w0.rp_filter=1");
    run("ip netns exec a ping -c 1 10.7.0.1");
    send("ip netns exec a ping -c 1 -W 1 -I 10.8.0.9 10.7.0.1");
    assertThat(run("dmesg -t")).isEmpty();
    run("sysctl -w net.ipv4.conf.w0.log_martians=1");
    assertThat(run("dmesg -t")).hasSize(2).satisfies(
        lines -> assertThat(lines.getFirst()).isEqualTo("IPv4: martian source 10.7.0.1 from 10.8.0.9, on dev w0"),
        lines -> assertThat(lines.getLast()).matches("ll header: 00000000: ([0-9a-f]{2} ){12}08 00 {8}.{14}"));
  }
}
