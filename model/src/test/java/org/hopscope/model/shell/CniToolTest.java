package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("plugins of CNI called by hand (sem-V9 to sem-V11)")
class CniToolTest {
  private final Session session = new Session(Editor.fresh(5));

  private Reply run(String text) {
    return KubectlTest.run(session, text);
  }

  private List<String> ok(String text) {
    return KubectlTest.ok(session, text);
  }

  private void network(String name, String body) {
    ok("cat > /etc/cni/net.d/10-" + name + ".conflist <<'EOF'\n{\"cniVersion\": \"1.0.0\", \"name\": \"" + name
        + "\", \"plugins\": [" + body.strip() + "]}\nEOF\n");
  }

  private static String bridge(String device, String block, String more) {
    return "{\"type\": \"bridge\", \"bridge\": \"" + device + "\", \"isDefaultGateway\": true, " + more
        + "\"ipam\": {\"type\": \"host-local\", \"ranges\": [[{\"subnet\": \"" + block + "\"}]]}}";
  }

  @ParameterizedTest
  @CsvSource({"mynet,cni0,10.22.0.0/16,10.22.0", "lan,br7,192.168.77.0/24,192.168.77"})
  @DisplayName("bridge with host-local: one address each, the result tells of it, and DEL leaves no container behind")
  void bridged(String name, String device, String block, String head) {
    network(name, bridge(device, block, "\"ipMasq\": true, \"hairpinMode\": true, "));
    ok("ip netns add one; ip netns add two");
    List<String> result = ok("cnitool add " + name + " /var/run/netns/one");
    String length = block.substring(block.indexOf('/'));
    assertThat(result).startsWith("{", "    \"cniVersion\": \"1.0.0\",", "    \"interfaces\": [").contains(
        "            \"name\": \"" + device + "\",", "            \"sandbox\": \"/var/run/netns/one\"",
        "            \"interface\": 2,", "            \"address\": \"" + head + ".2" + length + "\",",
        "            \"gateway\": \"" + head + ".1\"", "    \"dns\": {}");
    ok("cnitool add " + name + " two");
    assertThat(ok("ip netns exec two ip -4 addr show eth0").toString()).contains(head + ".3" + length);
    assertThat(ok("ip netns exec one ip route").toString()).contains("default via " + head + ".1 dev eth0");
    ok("ip netns exec one ping -c1 -W1 " + head + ".3");
    assertThat(ok("cat /var/lib/cni/networks/" + name + "/" + head + ".2")).element(1).isEqualTo("eth0");
    ok("cnitool check " + name + " one");
    assertThat(run("cnitool add " + name + " one").err().getFirst()).contains("already exists");
    ok("ip netns exec one ip addr del " + head + ".2" + length + " dev eth0");
    assertThat(run("cnitool check " + name + " one").err()).containsExactly("Failed to match addr " + head
        + ".2" + length + " on interface eth0");
    ok("ip netns exec one ip addr add " + head + ".2" + length + " dev eth0");
    ok("cnitool del " + name + " one");
    ok("cnitool del " + name + " one");
    assertThat(ok("ip netns exec one ip link")).noneMatch(l -> l.contains("eth0"));
    assertThat(ok("iptables -t nat -S")).filteredOn(l -> l.startsWith("-N CNI-")).hasSize(1);
    ok("cnitool del " + name + " two");
    assertThat(ok("iptables -t nat -S")).noneMatch(l -> l.contains("CNI"));
    assertThat(ok("ip link")).noneMatch(l -> l.contains("veth"));
    assertThat(run("cat /var/lib/cni/networks/" + name + "/" + head + ".2").exit()).isEqualTo(1);
    ok("cnitool add " + name + " one");
    assertThat(ok("ip netns exec one ip -4 addr show eth0").toString()).as("after the last one").contains(head + ".4");
  }

  @Test
  @DisplayName("ADD is ordinary commands, and can be undone as one")
  void expanded() {
    network("n", bridge("cni5", "10.5.0.0/24", ""));
    ok("ip netns add c");
    LabState before = session.state();
    assertThat(ok("hop expand cnitool add n c")).anyMatch(l -> l.equals("ip link add cni5 type bridge")).anyMatch(l -> l
        .contains("type veth peer name eth0 netns c")).anyMatch(
            l -> l.equals(
                "ip netns exec c ip addr add 10.5.0.1/24 dev eth0") || l.contains("10.5.0.2/24"));
    assertThat(session.state()).isEqualTo(before);
    ok("cnitool add n c");
    session.undo();
    assertThat(session.state()).isEqualTo(before);
  }

  @Test
  @DisplayName("portmap and firewall behind a bridge: a port of the host leads in, and DEL takes their rules away")
  void chained() {
    network("web", bridge("cni0", "10.9.0.0/24", "") + ", {\"type\": \"portmap\", \"snat\": true, \"runtimeConfig\": "
        + "{\"portMappings\": [{\"hostPort\": 8080, \"containerPort\": 80, \"protocol\": \"tcp\"}]}}, "
        + "{\"type\": \"firewall\"}");
    ok("ip netns add c; ip link set lo up; ip netns add far; ip link add up0 type veth peer name eth0 netns far");
    ok("ip addr add 172.20.0.1/24 dev up0; ip link set up0 up; ip netns exec far ip addr add 172.20.0.2/24 dev eth0");
    ok("ip netns exec far ip link set eth0 up; iptables -P FORWARD DROP");
    ok("cnitool add web c");
    ok("serve c 80/tcp as inside");
    assertThat(run("probe far -> 172.20.0.1:8080/tcp").exit()).isNotZero();
    ok("iptables -A FORWARD -d 10.9.0.2 -j ACCEPT");
    ok("probe far -> 172.20.0.1:8080/tcp");
    assertThat(ok("iptables -S CNI-FORWARD")).contains("-A CNI-FORWARD -s 10.9.0.2/32 -j ACCEPT");
    assertThat(ok("iptables -t nat -S")).anyMatch(l -> l.contains("--to-destination 10.9.0.2:80"));
    ok("cnitool check web c");
    ok("cnitool del web c");
    assertThat(ok("iptables -t nat -S")).noneMatch(l -> l.contains("CNI-DN-"));
    assertThat(ok("iptables -S CNI-FORWARD")).noneMatch(l -> l.contains("10.9.0.2"));
  }

  @Test
  @DisplayName("ptp, macvlan, ipvlan, loopback, flannel and calico make what they make")
  void others() {
    String ipam =
        "\"ipam\": {\"type\": \"host-local\", \"subnet\": \"10.%d.0.0/24\", \"routes\": [{\"dst\": \"0.0.0.0/0\"}]}}";
    network("p", "{\"type\": \"ptp\", " + ipam.formatted(31));
    ok("ip link add card type dummy; ip link set card up; ip link add card2 type dummy; ip link set card2 up");
    network("m", "{\"type\": \"macvlan\", \"master\": \"card\", " + ipam.formatted(32));
    network("i", "{\"type\": \"ipvlan\", \"master\": \"card2\", \"mode\": \"l2\", " + ipam.formatted(33));
    network("l", "{\"type\": \"loopback\"}");
    network("f", "{\"type\": \"flannel\", \"delegate\": {\"hairpinMode\": true, \"isDefaultGateway\": true}}");
    network("k", "{\"type\": \"calico\", " + ipam.formatted(34));
    for (String each : List.of("p", "m", "i", "l", "f", "k")) {
      ok("ip netns add ns-" + each);
    }
    ok("cnitool add p ns-p");
    assertThat(ok("ip netns exec ns-p ip route")).contains("10.31.0.0/24 via 10.31.0.1 dev eth0 src 10.31.0.2 ");
    ok("ip netns exec ns-p ping -c1 -W1 10.31.0.1");
    ok("cnitool add m ns-m");
    assertThat(ok("ip netns exec ns-m ip -d link show eth0").toString()).contains("macvlan mode bridge");
    ok("cnitool add i ns-i");
    assertThat(ok("ip netns exec ns-i ip -d link show eth0").toString()).contains("ipvlan");
    ok("cnitool add l ns-l");
    ok("ip netns exec ns-l ping -c1 127.0.0.1");
    assertThat(run("cnitool add f ns-f").err()).containsExactly("plugin type=\"flannel\" failed (add): "
        + "loadFlannelSubnetEnv failed: open /run/flannel/subnet.env: no such file or directory");
    ok("cat > /run/flannel/subnet.env <<'EOF'\nFLANNEL_NETWORK=10.66.0.0/16\nFLANNEL_SUBNET=10.66.3.1/24\nFLANNEL_MTU=1450\n"
        + "FLANNEL_IPMASQ=true\nEOF\n");
    ok("cnitool add f ns-f");
    assertThat(ok("ip netns exec ns-f ip route")).contains("10.66.0.0/16 via 10.66.3.1 dev eth0 ",
        "default via 10.66.3.1 dev eth0 ");
    assertThat(ok("ip netns exec ns-f ip link show eth0").toString()).contains("mtu 1450");
    ok("ip addr add 172.16.9.1/24 dev card; ip route add default via 172.16.9.2");
    ok("cnitool add k ns-k");
    assertThat(ok("ip netns exec ns-k ip route")).contains("default via 169.254.1.1 dev eth0 ");
    ok("ip netns exec ns-k ping -c1 -W2 172.16.9.1");
    for (String each : List.of("p", "m", "i", "l", "f", "k")) {
      ok("cnitool del " + each + " ns-" + each);
      assertThat(ok("ip netns exec ns-" + each + " ip link")).as(each).noneMatch(l -> l.contains("eth0"));
    }
  }

  @Test
  @DisplayName("an error is the tool's own words, and nothing is left of a try")
  void wrong() {
    assertThat(run("cnitool add n c").err()).containsExactly("no net configurations found in /etc/cni/net.d");
    network("n", bridge("cni0", "10.7.0.0/29", ""));
    assertThat(run("cnitool add other c").err()).containsExactly(
        "no net configuration with name \"other\" in /etc/cni/net.d");
    assertThat(run("cnitool add n /var/run/netns/gone").err()).containsExactly("failed to open netns "
        + "\"/var/run/netns/gone\": failed to Statfs \"/var/run/netns/gone\": no such file or directory");
    for (int i = 0; i < 5; i++) {
      ok("ip netns add c" + i + "; cnitool add n c" + i);
    }
    ok("ip netns add c9");
    assertThat(run("cnitool add n c9").err()).containsExactly("plugin type=\"bridge\" failed (add): failed to allocate "
        + "for range 0: no IP addresses available in range set: 10.7.0.1-10.7.0.6");
    assertThat(ok("ip netns exec c9 ip link")).as("as on a real host, the pair is there")
        .anyMatch(l -> l.contains("eth0"));
    ok("cnitool del n c9");
    ok("ip netns del c2; cnitool del n c2");
    ok("cnitool add n c9");
    assertThat(ok("ip netns exec c9 ip -4 addr show eth0").toString()).contains("10.7.0.4/29");
    assertThat(run("cnitool check n c2").err().getFirst()).startsWith("failed to open netns");
    network("t",
        "{\"type\": \"bridge\", \"promiscMode\": true, \"ipam\": {\"type\": \"host-local\", \"subnet\": \"10.8.0.0/24\"}}");
    assertThat(run("cnitool add t c9").exit()).isEqualTo(127);
    network("u", "{\"type\": \"bandwidth\"}");
    assertThat(run("cnitool add u c9").err().toString()).contains("cni plugin bandwidth");
    network("g", "{\"type\": \"portmap\"}");
    assertThat(run("cnitool add g c9").err())
        .containsExactly("plugin type=\"portmap\" failed (add): must be called as chained plugin");
  }

  @Test
  @DisplayName("a plugin by hand: JSON in, JSON out, and the journal's line does it again")
  void byHand() {
    ok("ip netns add c");
    String conf = "{\"cniVersion\": \"1.0.0\", \"name\": \"n\", \"type\": \"bridge\", \"isGateway\": true, \"ipam\": "
        + "{\"type\": \"host-local\", \"subnet\": \"10.44.0.0/24\"}}";
    ok("cat > /etc/cni/net.d/n.json <<'EOF'\n" + conf + "\nEOF\n");
    LabState before = session.state();
    String call =
        "CNI_CONTAINERID=k CNI_NETNS=/var/run/netns/c CNI_IFNAME=eth0 CNI_PATH=/opt/cni/bin /opt/cni/bin/bridge < "
            + "/etc/cni/net.d/n.json";
    Reply reply = run("CNI_COMMAND=ADD " + call);
    assertThat(reply.out()).contains("            \"address\": \"10.44.0.2/24\",");
    List<String> lines = Commands.of(before, reply.edits().getFirst());
    assertThat(lines.getFirst()).startsWith("env CNI_COMMAND=ADD CNI_CONTAINERID=k CNI_IFNAME=eth0 ");
    LabState after = session.state();
    session.undo();
    assertThat(session.state()).isEqualTo(before);
    ok(String.join("\n", lines) + "\n");
    assertThat(session.state()).isEqualTo(after);
    Reply again = run("CNI_COMMAND=ADD " + call);
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.out()).containsExactly("{", "    \"code\": 999,",
        "    \"msg\": \"container veth name provided (eth0) already exists\"", "}");
    assertThat(run("CNI_COMMAND=CHECK " + call).out()).contains("    \"msg\": \"Required prevResult missing\"");
    ok("sudo CNI_COMMAND=DEL " + call);
    assertThat(ok("ip netns exec c ip link")).noneMatch(l -> l.contains("eth0"));
    assertThat(run("CNI_COMMAND=STATUS " + call).out())
        .contains("    \"msg\": \"config version does not allow STATUS\"");
    ok("echo '" + conf.replace("1.0.0", "1.1.0") + "' | CNI_COMMAND=STATUS CNI_PATH=/opt/cni/bin /opt/cni/bin/bridge");
    ok("echo '" + conf.replace("1.0.0", "1.1.0") + "' | CNI_COMMAND=GC CNI_PATH=/opt/cni/bin /opt/cni/bin/bridge");
    assertThat(ok("CNI_COMMAND=VERSION /opt/cni/bin/portmap").getFirst()).contains("\"supportedVersions\":[\"0.1.0\"");
    assertThat(run("/opt/cni/bin/ptp").err()).first().isEqualTo("CNI ptp plugin version unknown");
    assertThat(run("/opt/cni/bin/nope").exit()).isEqualTo(127);
    assertThat(run("/opt/cni/bin/bandwidth").err().toString()).contains("cni plugin bandwidth");
    assertThat(run("CNI_COMMAND=ADD ip link").exit()).isEqualTo(127);
  }
}
