package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.Stream;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Quiet;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** By the rules of kernel net/bridge/br_vlan.c; not checked against a kernel, as the one at hand has no VLAN filtering. */
@DisplayName("Bridges that filter by VLAN (sem-B14, les-A7)")
class VlanFilteringTest {
  private Session session;

  private Trace last;

  private Reply run(String line) {
    Reply reply = Shell.run(session, NetnsId.root("host"), line);
    reply.traces().forEach(t -> last = t);
    return reply;
  }

  private void does(String script) {
    for (String line : script.strip().split("\n")) {
      Reply reply = run(line.strip());
      assertThat(reply.err()).as(line).isEmpty();
      assertThat(reply.exit()).as(line).isZero();
    }
  }

  private boolean reaches(String from, String to) {
    return run("ip netns exec " + from + " ping -c 1 -W 1 " + to).exit() == 0;
  }

  private List<DropReason> drops() {
    return last.steps().stream().flatMap(s -> s.event() instanceof Event.Ended(Fate.Died(DropReason why))
        ? Stream.of(why)
        : Stream.<DropReason>empty()).distinct().toList();
  }

  @BeforeEach
  void fourStations() {
    session = new Session(Editor.fresh(7, Quiet.ENVIRONMENT));
    does("ip link add br0 type bridge vlan_filtering 1\nip link set br0 up");
    for (String name : List.of("ann", "bob", "cat", "dan")) {
      does("""
          ip netns add %1$s
          ip link add p-%1$s type veth peer name eth0 netns %1$s
          ip link set p-%1$s master br0 up
          ip -n %1$s link set eth0 up
          ip -n %1$s addr add 10.3.0.%2$d/24 dev eth0
          """.formatted(name, name.charAt(0) - 'a' + 1));
    }
  }

  @Test
  @DisplayName("sem-B14: with filtering on, every port begins in VLAN 1, untagged, and everybody is reached")
  void begins() {
    assertThat(run("bridge vlan show").out()).containsExactly("port              vlan-id  ",
        "br0               1 PVID Egress Untagged", "p-ann             1 PVID Egress Untagged",
        "p-bob             1 PVID Egress Untagged", "p-cat             1 PVID Egress Untagged",
        "p-dan             1 PVID Egress Untagged");
    assertThat(run("bridge -j vlan show dev p-bob").out())
        .containsExactly("[{\"ifname\":\"p-bob\",\"vlans\":[{\"vlan\":1,\"flags\":[\"PVID\",\"Egress Untagged\"]}]}]");
    assertThat(reaches("ann", "10.3.0.2")).isTrue();
    assertThat(run("bridge fdb show br br0 dynamic").out()).hasSize(2).allMatch(l -> l.contains(" vlan 1 master br0"));
  }

  @Test
  @DisplayName("sem-B14: ports of one VLAN reach each other and nobody else, and the host of the bridge is in none of them")
  void parts() {
    does("""
        bridge vlan add dev p-ann vid 10 pvid untagged
        bridge vlan del dev p-ann vid 1
        bridge vlan add dev p-bob vid 10 pvid untagged
        ip addr add 10.3.0.254/24 dev br0
        """);
    assertThat(run("bridge vlan show dev p-bob").out()).containsExactly("port              vlan-id  ",
        "p-bob             1 Egress Untagged", "                  10 PVID Egress Untagged");
    assertThat(reaches("ann", "10.3.0.2")).isTrue();
    assertThat(reaches("cat", "10.3.0.4")).isTrue();
    assertThat(reaches("ann", "10.3.0.3")).isFalse();
    assertThat(reaches("ann", "10.3.0.254")).isFalse();
    assertThat(reaches("cat", "10.3.0.254")).isTrue();
    does("bridge vlan add dev br0 vid 10 self pvid untagged");
    assertThat(reaches("ann", "10.3.0.254")).isTrue();
    assertThat(reaches("cat", "10.3.0.254")).isFalse();
  }

  @Test
  @DisplayName("sem-B14: a tagged port carries several VLANs, and wants their tags")
  void trunk() {
    does("""
        bridge vlan add dev p-ann vid 10 pvid untagged
        bridge vlan add dev p-bob vid 20 pvid untagged
        bridge vlan add dev p-dan vid 10-20
        bridge vlan del dev p-dan vid 1
        ip -n dan link add link eth0 name eth0.10 type vlan id 10
        ip -n dan link set eth0.10 up
        ip -n dan addr add 10.4.0.4/24 dev eth0.10
        ip -n ann addr add 10.4.0.1/24 dev eth0
        ip -n bob addr add 10.4.0.2/24 dev eth0
        """);
    assertThat(reaches("dan", "10.4.0.1")).isTrue();
    assertThat(reaches("ann", "10.4.0.4")).isTrue();
    assertThat(reaches("dan", "10.4.0.2")).isFalse();
    assertThat(reaches("dan", "10.3.0.1")).isFalse();
    assertThat(drops()).contains(DropReason.NO_PVID);
    does("ip -n dan link add link eth0 name eth0.30 type vlan id 30\nip -n dan link set eth0.30 up\n"
        + "ip -n dan addr add 10.5.0.4/24 dev eth0.30");
    assertThat(reaches("dan", "10.5.0.1")).isFalse();
    assertThat(drops()).contains(DropReason.VLAN_NOT_ALLOWED);
  }

  @Test
  @DisplayName("sem-B14: an address is learned in each VLAN on its own, and rows by hand name theirs")
  void rowsPerVlan() {
    does("bridge vlan add dev p-ann vid 10\nbridge vlan add dev p-bob vid 10\nbridge vlan add dev p-bob vid 20");
    does("bridge fdb add 02:aa:00:00:00:01 dev p-bob master static vlan 10");
    assertThat(run("bridge fdb show vlan 10 dev p-bob").out()).contains("02:aa:00:00:00:01 vlan 10 master br0 static");
    assertThat(run("bridge fdb add 02:aa:00:00:00:01 dev p-cat master static vlan 10").err())
        .containsExactly("RTNETLINK answers: Invalid argument");
    does("bridge fdb add 02:aa:00:00:00:02 dev p-bob master static");
    assertThat(run("bridge fdb show dev p-bob").out().stream().filter(l -> l.startsWith("02:aa:00:00:00:02")))
        .containsExactly("02:aa:00:00:00:02 master br0 static", "02:aa:00:00:00:02 vlan 1 master br0 static",
            "02:aa:00:00:00:02 vlan 10 master br0 static", "02:aa:00:00:00:02 vlan 20 master br0 static");
    does("bridge fdb flush dev br0 vlan 10");
    assertThat(run("bridge fdb show").out()).noneMatch(l -> l.contains(" vlan 10 "));
    does("bridge fdb del 02:aa:00:00:00:02 dev p-bob master");
    assertThat(run("bridge fdb show").out()).noneMatch(l -> l.startsWith("02:aa:00:00:00:02"));
  }

  @Test
  @DisplayName("sem-B14: leaving a VLAN takes what was learned in it, and a new port begins in vlan_default_pvid")
  void defaults() {
    assertThat(reaches("ann", "10.3.0.2")).isTrue();
    does("bridge vlan del dev p-ann vid 1");
    assertThat(run("bridge fdb show dev p-ann dynamic").out()).isEmpty();
    assertThat(reaches("ann", "10.3.0.2")).isFalse();
    assertThat(drops()).contains(DropReason.NO_PVID);
    does("ip link set br0 type bridge vlan_default_pvid 7");
    assertThat(run("bridge vlan show").out()).containsExactly("port              vlan-id  ",
        "br0               7 PVID Egress Untagged", "p-bob             7 PVID Egress Untagged",
        "p-cat             7 PVID Egress Untagged", "p-dan             7 PVID Egress Untagged");
    does("ip link set p-ann nomaster\nip link set p-ann master br0");
    assertThat(reaches("ann", "10.3.0.2")).isTrue();
    does("ip link set br0 type bridge vlan_default_pvid 0");
    assertThat(run("bridge vlan show").out()).containsExactly("port              vlan-id  ");
    does("ip link set br0 type bridge vlan_filtering 0");
    assertThat(reaches("ann", "10.3.0.2")).isTrue();
  }

  @Test
  @DisplayName("sem-B14: the trace says to which VLAN a frame belongs, and why")
  void explains() {
    does("bridge vlan add dev p-ann vid 10 pvid untagged\nbridge vlan add dev p-bob vid 10 pvid untagged");
    assertThat(reaches("ann", "10.3.0.2")).isTrue();
    Lookup.VlanLookup lookup = last.steps().stream()
        .flatMap(s -> s.event() instanceof Event.Looked(Lookup.VlanLookup v)
            ? Stream.of(v)
            : Stream.<Lookup.VlanLookup>empty())
        .findFirst().orElseThrow();
    assertThat(lookup.found()).contains(10);
    assertThat(Considerations.of(lookup, session.state())).extracting(Considered::row, Considered::won)
        .containsExactly(tuple("1 Egress Untagged", false), tuple("10 PVID Egress Untagged", true));
    assertThat(LabCodec.decode(LabCodec.encode(session.state())))
        .isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  @Test
  @DisplayName("bridge vlan refuses with the tool's words; those in the kernel's own words were seen on a kernel")
  void refuses() {
    assertThat(run("bridge vlan add dev p-ann vid 0").err()).containsExactly("Error: bridge: Vlan id is invalid.");
    assertThat(run("bridge vlan add dev p-ann vid 4095").err()).containsExactly("Error: bridge: Vlan id is invalid.");
    assertThat(run("bridge vlan add dev p-ann vid 4096").err()).containsExactly("Invalid VLAN ID \"4096\"");
    assertThat(run("bridge vlan add dev p-ann vid 5-3").err()).containsExactly("Invalid VLAN range \"5-3\"");
    assertThat(run("bridge vlan add dev p-ann vid 5-8 pvid").err())
        .containsExactly("pvid cannot be configured for a vlan range");
    assertThat(run("bridge vlan add dev p-ann").err()).containsExactly("Device and VLAN ID are required arguments.");
    assertThat(run("bridge vlan add dev nope vid 5").err()).containsExactly("Cannot find bridge device \"nope\"");
    assertThat(run("bridge vlan add dev p-ann vid 5 self").err())
        .containsExactly("RTNETLINK answers: Operation not supported");
    assertThat(run("bridge vlan add dev lo vid 5").exit()).isEqualTo(255);
    assertThat(run("bridge fdb add 02:aa:00:00:00:01 dev p-ann master vlan 0").err())
        .containsExactly("Error: invalid vlan id.");
    assertThat(run("bridge vlan del dev p-ann vid 77").exit()).isZero();
    assertThat(run("bridge vlan tunnelshow").exit()).isEqualTo(127);
    assertThat(run("bridge mdb show").exit()).isEqualTo(127);
    assertThat(run("bridge monitor").exit()).isEqualTo(127);
  }
}
