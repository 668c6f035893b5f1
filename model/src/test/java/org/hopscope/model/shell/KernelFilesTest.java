package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What the kernel tells in files, and the older tools that read them")
class KernelFilesTest {
  private final Session session = new Session(Editor.fresh(1));
  private final NetnsId root = session.state().firstHost().root();

  @BeforeEach
  void twoEnds() {
    run("""
        ip netns add red
        ip link add v0 type veth peer name v1 netns red
        ip addr add 10.1.0.1/24 dev v0
        ip link set lo up
        ip link set v0 up
        ip -n red addr add 10.1.0.9/24 dev v1
        ip -n red link set v1 up
        ip route add default via 10.1.0.254
        ip route add 10.9.0.0/16 via 10.1.0.2 metric 5 advmss 1000
        ip route add unreachable 10.8.0.0/16
        ip neigh add 10.1.0.7 lladdr 02:00:00:00:00:07 dev v0
        ping -c 1 10.1.0.9
        """);
  }

  private List<String> run(String text) {
    return Shell.run(session, root, text).out();
  }

  @Test
  @DisplayName("/proc/net/route has addresses as little-endian numbers, lines of 127, and * for what is refused (as recorded)")
  void routes() {
    assertThat(run("cat /proc/net/route").stream().map(String::strip)).containsExactly(
        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT",
        "v0\t00000000\tFE00010A\t0003\t0\t0\t0\t00000000\t0\t0\t0",
        "v0\t0000010A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
        "*\t0000080A\t00000000\t0201\t0\t0\t0\t0000FFFF\t0\t0\t0",
        "v0\t0000090A\t0200010A\t0003\t0\t0\t5\t0000FFFF\t1040\t0\t0");
    assertThat(run("cat /proc/net/route")).allMatch(l -> l.length() == 127);
  }

  @Test
  @DisplayName("netstat -r and route list the same rows, each in its columns, and say default unless asked for numbers")
  void tables() {
    assertThat(run("netstat -r").subList(1, 5)).containsExactly(
        "Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface",
        "default         10.1.0.254      0.0.0.0         UG        0 0          0 v0",
        "10.1.0.0        0.0.0.0         255.255.255.0   U         0 0          0 v0",
        "10.8.0.0        -               255.255.0.0     !         - -          - -");
    assertThat(run("netstat -rn")).contains(
        "0.0.0.0         10.1.0.254      0.0.0.0         UG        0 0          0 v0");
    assertThat(run("route")).contains("default         10.1.0.254      0.0.0.0         UG    0      0        0 v0");
    assertThat(run("route -n")).contains("0.0.0.0         10.1.0.254      0.0.0.0         UG    0      0        0 v0");
  }

  @Test
  @DisplayName("/proc/net/arp marks what was set by hand with 0x6 and what was learned with 0x2")
  void neighbours() {
    String mac = run("ip netns exec red cat /sys/class/net/v1/address").getFirst();
    assertThat(run("cat /proc/net/arp")).contains(
        "10.1.0.7         0x1         0x6         02:00:00:00:00:07     *        v0",
        "10.1.0.9         0x1         0x2         " + mac + "     *        v0");
  }

  @Test
  @DisplayName("devices are counted in /proc/net/dev and by netstat -i as by ip -s link")
  void counters() {
    String packets = run("ip -s link show v0").get(3).strip().split(" +")[1];
    assertThat(run("cat /proc/net/dev | grep v0:").getFirst().strip().split(" +")[2]).isEqualTo(packets);
    assertThat(run("netstat -i | grep v0").getFirst().strip().split(" +")[2]).isEqualTo(packets);
    assertThat(run("netstat -i | grep lo").getFirst()).endsWith("LRU");
  }

  @ParameterizedTest
  @CsvSource({"v0/mtu,1500", "v0/operstate,up", "v0/carrier,1", "v0/flags,0x1003", "v0/tx_queue_len,1000",
      "lo/mtu,65536",
      "lo/operstate,unknown"})
  @DisplayName("sysfs tells of a device")
  void attributes(String file, String says) {
    assertThat(run("cat /sys/class/net/" + file)).containsExactly(says);
    assertThat(run("ip netns exec red cat /sys/class/net/" + file).equals(List.of(says)))
        .isEqualTo(file.equals("lo/mtu"));
  }

  @Test
  @DisplayName("folders of the kernel list namespaces and the devices of the namespace at hand")
  void folders() {
    run("ip netns add blue; echo hello > /tmp/word; echo again > /tmp/deep/word");
    assertThat(run("ls /var/run/netns")).containsExactly("blue", "red");
    assertThat(run("ls /sys/class/net")).containsExactly("lo", "v0");
    assertThat(run("nsenter --net=/run/netns/red ls /sys/class/net")).containsExactly("lo", "v1");
    assertThat(run("ls /tmp")).containsExactly("deep", "word");
    assertThat(Shell.run(session, root, "ls /tmp/none").err())
        .containsExactly("ls: cannot access '/tmp/none': No such file or directory");
    assertThat(Shell.run(session, root, "nsenter --net=/run/netns/green ip a").err())
        .containsExactly("nsenter: cannot open /run/netns/green: No such file or directory");
  }

  @Test
  @DisplayName("netstat shows listeners in its own columns")
  void sockets() {
    run("nc -l -p 8080 &");
    assertThat(run("netstat -tln")).containsExactly("Active Internet connections (only servers)",
        "Proto Recv-Q Send-Q Local Address           Foreign Address         State      ",
        "tcp        0      0 0.0.0.0:8080            0.0.0.0:*               LISTEN     ");
    assertThat(run("netstat -tlnp").getLast()).matches("tcp .* LISTEN      \\d+/nc +");
    assertThat(run("netstat -uln")).hasSize(2);
  }

  @Test
  @DisplayName("hostname -I tells all addresses but those of loopback and of one link of IPv6")
  void addresses() {
    assertThat(run("hostname -I")).containsExactly("10.1.0.1 ");
  }

  @Test
  @DisplayName("a line that opens a shell moves the prompt, and in a script it is refused")
  void shells() {
    NetnsId red = new NetnsId(root.host(), "red");
    for (String line : List.of("ip netns exec red bash", "sudo ip netns exec red sh", "nsenter --net=/run/netns/red",
        "ip netns exec red bash -i", "ip netns exec 'red' bash")) {
      assertThat(Entrance.of(session.state(), root, line)).as(line).isEqualTo(Optional.of(red));
      assertThat(Shell.run(session, root, line).exit()).as(line).isEqualTo(127);
    }
    for (String line : List.of("ip netns exec green bash", "ip netns exec red bash -c 'ip a'", "ip a", "bash; bash",
        "ip netns exec $X bash", "ip netns exec red bash > /tmp/x")) {
      assertThat(Entrance.of(session.state(), root, line)).as(line).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"pingg,ping", "iptabels,iptables", "kubctl,kubectl", "ifconifg,ifconfig", "tracerout,traceroute",
      "bridg,bridge"})
  @DisplayName("who mistypes a program is asked whether another was meant")
  void mistyped(String typed, String meant) {
    assertThat(Shell.run(session, root, typed + " x").err())
        .containsExactly("hopscope: not supported: " + typed + " (did you mean " + meant + "?)");
  }

  @ParameterizedTest
  @CsvSource({"mtr", "virsh", "telnet", "date", "uptime", "lsmod", "which", "nmap", "docker-compose", "crictl"})
  @DisplayName("real programs that are not here are not taken for others")
  void notMistyped(String typed) {
    assertThat(Shell.run(session, root, typed).err()).containsExactly("hopscope: not supported: " + typed);
  }
}
