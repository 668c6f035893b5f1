package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.packet.Header;
import org.hopscope.model.trace.Step;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Kinds that the kernel at hand lacks: each behaviour is cited from the kernel's source where the model has it. */
@DisplayName("Devices that no kernel was asked about")
class UncheckedKindsTest {
  private final Session session = new Session(Editor.fresh(5));

  private Reply run(String line) {
    return Shell.run(session, NetnsId.root("host"), line);
  }

  private void does(String... lines) {
    for (String line : lines) {
      Reply reply = run(line);
      assertThat(reply.exit()).as(line + " " + reply.err()).isZero();
    }
  }

  private void refuses(String line, String words) {
    assertThat(run(line).err()).as(line).contains(words);
  }

  private boolean pings(String netns, String address) {
    return run((netns.isEmpty() ? "" : "ip netns exec " + netns + " ") + "ping -c 1 " + address).exit() == 0;
  }

  private String shows(String line) {
    return String.join(" ", run(line).out());
  }

  /** Two namespaces on one wire: {@code here} has e0 in the root namespace, {@code far} has e1. */
  private void wire() {
    does("ip netns add far", "ip link add e0 type veth peer name e1 netns far", "ip link set e0 up",
        "ip -n far link set e1 up");
  }

  @Test
  @DisplayName("a VLAN tags what it sends, and only the same VLAN at the far end gets it (sem-L16, vlan_dev.c)")
  void vlan() {
    wire();
    does("ip link add link e0 name e0.10 type vlan id 10", "ip -n far link add link e1 name v type vlan id 10",
        "ip -n far link add link e1 name w type vlan id 20", "ip addr add 10.1.0.1/24 dev e0.10",
        "ip -n far addr add 10.1.0.2/24 dev v", "ip -n far link set v up", "ip -n far link set w up",
        "ip link set e0.10 up");
    Reply reply = run("ping -c 1 10.1.0.2");
    assertThat(reply.exit()).isZero();
    assertThat(reply.traces().getFirst().steps().stream().map(Step::packet)
        .anyMatch(p -> p.vlan().map(Header.Vlan::id).equals(java.util.Optional.of(10)))).isTrue();
    assertThat(shows("ip -d link show e0.10")).contains("e0.10@e0", "vlan protocol 802.1Q id 10 <REORDER_HDR>");
    does("ip -n far addr flush dev v", "ip -n far addr add 10.1.0.2/24 dev w");
    assertThat(pings("", "10.1.0.2")).isFalse();
    refuses("ip link add link e0 name x type vlan id 10", "Error: 8021q: VLAN device already exists.");
    refuses("ip link add link e0 name x type vlan id 4095", "Error: 8021q: Invalid VLAN id.");
    refuses("ip link add link lo name x type vlan id 5", "Error: 8021q: VLANs not supported on device.");
    refuses("ip link add name x type vlan id 5", "Error: 8021q: link not specified.");
  }

  @Test
  @DisplayName("a VLAN goes down and up with the device below, and follows its address and MTU (vlan.c vlan_device_event)")
  void vlanFollows() {
    wire();
    does("ip link add link e0 name v type vlan id 7", "ip link set v up", "ip link set e0 down");
    assertThat(shows("ip link show v")).contains("state DOWN");
    refuses("ip link set v up", "RTNETLINK answers: Network is down");
    does("ip link set e0 address 02:00:00:00:00:77", "ip link set e0 mtu 1400", "ip link set e0 up");
    assertThat(shows("ip link show v")).contains("02:00:00:00:00:77", "mtu 1400", "UP,LOWER_UP");
    refuses("ip link set v mtu 1500", "RTNETLINK answers: Numerical result out of range");
    does("ip -n far link set e1 down");
    assertThat(shows("ip link show v")).contains("NO-CARRIER", "state LOWERLAYERDOWN");
    does("ip link del e0");
    assertThat(run("ip link show v").exit()).isEqualTo(1);
  }

  @Test
  @DisplayName("a dummy is up without carrier's help, holds addresses, and swallows the rest (sem-L17, dummy.c)")
  void dummy() {
    does("ip link add d0 type dummy", "ip link set d0 up", "ip addr add 10.7.0.1/24 dev d0");
    assertThat(shows("ip link show d0")).contains("<BROADCAST,NOARP,UP,LOWER_UP>", "state UNKNOWN");
    assertThat(pings("", "10.7.0.1")).isTrue();
    assertThat(pings("", "10.7.0.2")).isFalse();
    assertThat(run("ip neigh show").out()).isEmpty();
  }

  @Test
  @DisplayName("ipvlans in l2 mode share an address below, reach each other and the wire, but not their host (sem-D8)")
  void ipvlan() {
    wire();
    does("ip netns add a", "ip netns add b", "ip addr add 10.1.0.1/24 dev e0", "ip -n far addr add 10.1.0.9/24 dev e1",
        "ip link add link e0 name ia netns a type ipvlan mode l2",
        "ip link add link e0 name ib netns b type ipvlan mode l2",
        "ip -n a addr add 10.1.0.11/24 dev ia", "ip -n b addr add 10.1.0.12/24 dev ib", "ip -n a link set ia up",
        "ip -n b link set ib up");
    assertThat(shows("ip -n a link show ia")).contains(session.state().find(
        new org.hopscope.model.net.DeviceRef(NetnsId.root("host"), "e0")).orElseThrow().link().mac().toString());
    assertThat(pings("a", "10.1.0.12")).isTrue();
    assertThat(pings("a", "10.1.0.9")).isTrue();
    assertThat(pings("far", "10.1.0.12")).isTrue();
    assertThat(pings("a", "10.1.0.1")).isFalse();
    assertThat(pings("", "10.1.0.11")).isFalse();
    does("ip -n b link set ib type ipvlan private");
    assertThat(pings("a", "10.1.0.12")).isFalse();
    refuses("ip -n a link set ia address 02:00:00:00:00:01", "RTNETLINK answers: Operation not supported");
  }

  @Test
  @DisplayName("ipvlans in l3 mode ask for no addresses: the host of the device below routes (ipvlan.rst 4.2)")
  void ipvlanL3() {
    wire();
    does("ip netns add a", "ip addr add 10.1.0.1/24 dev e0", "ip -n far addr add 10.1.0.9/24 dev e1",
        "ip link add link e0 name ia netns a type ipvlan", "ip -n a addr add 10.5.0.2/24 dev ia",
        "ip -n a link set ia up", "ip -n a route add default dev ia", "ip -n far route add 10.5.0.0/24 via 10.1.0.1");
    assertThat(shows("ip -d -n a link show ia")).contains("NOARP", "ipvlan  mode l3 bridge");
    assertThat(pings("a", "10.1.0.9")).isTrue();
    assertThat(run("ip -n a neigh show").out()).isEmpty();
    assertThat(pings("far", "10.5.0.2")).isTrue();
  }

  @Test
  @DisplayName("an active-backup bond moves to the other slave when the link fails (bonding.rst, bond_miimon_commit)")
  void bond() {
    does("ip netns add far", "ip link add p0 type veth peer name q0 netns far",
        "ip link add p1 type veth peer name q1 netns far", "ip -n far link add br0 type bridge",
        "ip -n far link set br0 up", "ip -n far addr add 10.1.0.9/24 dev br0", "ip -n far link set q0 master br0 up",
        "ip -n far link set q1 master br0 up", "ip link add bond0 type bond mode active-backup miimon 100",
        "ip link set p0 master bond0", "ip link set p1 master bond0", "ip addr add 10.1.0.1/24 dev bond0",
        "ip link set bond0 up");
    assertThat(pings("", "10.1.0.9")).isTrue();
    assertThat(shows("ip -d link show bond0")).contains("MASTER", "bond mode active-backup active_slave p0 miimon 100");
    assertThat(shows("ip -d link show p1")).contains("SLAVE", "master bond0", "bond_slave state BACKUP mii_status UP");
    does("ip -n far link set q0 down");
    assertThat(shows("ip -d link show bond0")).contains("active_slave p1");
    assertThat(shows("ip -d link show p0")).contains("state BACKUP mii_status DOWN");
    assertThat(pings("", "10.1.0.9")).isTrue();
    does("ip -n far link set q1 down");
    assertThat(shows("ip link show bond0")).contains("NO-CARRIER");
    assertThat(pings("", "10.1.0.9")).isFalse();
    does("ip -n far link set q0 up", "ip -n far link set q1 up", "ip link set bond0 type bond active_slave p1");
    assertThat(shows("ip -d link show bond0")).contains("active_slave p1");
    refuses("ip link set bond0 type bond mode 802.3ad", "RTNETLINK answers: Directory not empty");
    does("ip link set p1 nomaster");
    assertThat(shows("ip -d link show bond0")).contains("active_slave p0");
    assertThat(List.of("p0", "p1").stream().map(p -> shows("ip link show " + p).contains("master bond0")))
        .containsExactly(true, false);
  }

  @Test
  @DisplayName("a bond without MII monitoring never notices that a link failed (bonding.rst miimon)")
  void unmonitored() {
    does("ip netns add far", "ip link add p0 type veth peer name q0 netns far", "ip link add team0 type bond mode 1",
        "ip link set p0 master team0", "ip link set team0 up", "ip -n far link set q0 down");
    assertThat(shows("ip link show team0")).contains("UP,LOWER_UP");
  }
}
