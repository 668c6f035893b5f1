package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A flow table instead of a forwarding database (les-D6)")
class OvsTest {
  private final Session session = new Session(Editor.fresh(17));

  private Reply run(String text) {
    Reply reply = null;
    for (String line : text.strip().split("\\n|; ")) {
      reply = Shell.run(session, session.state().firstHost().root(), line.strip());
    }
    return reply;
  }

  /** Namespaces on a bridge, each with one address. */
  private void bridge(String... names) {
    assertThat(run("ovs-vsctl add-br sw0").exit()).isZero();
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      run("ip netns add " + name + "; ip link add v-" + name + " type veth peer name eth0 netns " + name);
      run("ip link set v-" + name + " up; ip -n " + name + " link set eth0 up");
      run("ip -n " + name + " addr add 10.66.0." + (i + 1) + "/24 dev eth0");
      assertThat(run("ovs-vsctl add-port sw0 v-" + name).err()).isEmpty();
    }
  }

  private Trace ping(String from, String target) {
    return run("ip netns exec " + from + " ping -c 1 -W 1 " + target).traces().getLast();
  }

  private static Stream<DropReason> deaths(Trace trace) {
    return trace.steps().stream().map(Step::event).flatMap(e -> e instanceof Event.Ended(Fate.Died(var why))
        ? Stream.of(why)
        : Stream.empty());
  }

  @Test
  @DisplayName("with its one flow NORMAL it switches, learns and counts")
  void normal() {
    bridge("red", "blue", "green");
    Trace trace = ping("red", "10.66.0.2");
    assertThat(trace.result().succeeded()).isTrue();
    for (Step step : trace.steps()) {
      assertThat(Narrator.sentence(trace, step.index())).doesNotContain("{").isNotBlank();
      assertThat(Narrator.headline(trace, step.index())).doesNotContain("{").isNotBlank();
    }
    assertThat(run("ovs-appctl fdb/show sw0").out()).hasSize(3).first().asString().contains("port  VLAN  MAC");
    assertThat(run("ovs-ofctl dump-flows sw0").out().getLast()).contains("n_packets=4, ", "priority=0 actions=NORMAL");
    LabState lab = session.state();
    assertThat(LabCodec.decode(LabCodec.encode(lab))).isInstanceOfSatisfying(LabCodec.Decoded.Ok.class,
        ok -> assertThat(ok.lab().equals(lab)).isTrue());
    run("sleep 301");
    assertThat(run("ovs-appctl fdb/show sw0").out()).hasSize(1);
  }

  @Test
  @DisplayName("wanted flows pass, others drop, and every row that lost says why")
  void wanted() {
    bridge("red", "blue");
    run("ovs-ofctl del-flows sw0");
    Trace none = ping("red", "10.66.0.2");
    assertThat(deaths(none)).contains(DropReason.NO_FLOW);
    run("ovs-ofctl add-flow sw0 priority=10,arp,actions=normal");
    run("ovs-ofctl add-flow sw0 'priority=20,ip,nw_dst=10.66.0.2,actions=output:v-blue'");
    Trace half = ping("red", "10.66.0.2");
    assertThat(half.result().succeeded()).isFalse();
    run("ovs-ofctl add-flow sw0 'priority=20,icmp,nw_dst=10.66.0.1,actions=output:v-red'");
    run("ovs-ofctl add-flow sw0 'priority=5,ip,actions=drop'");
    Trace trace = ping("red", "10.66.0.2");
    assertThat(trace.result().succeeded()).isTrue();
    assertThat(trace.steps().stream().flatMap(s -> s.event() instanceof Event.Looked(var lookup)
        ? Considerations.of(lookup, trace.stateAt(s.index())).stream()
        : Stream.<Considered>empty()).map(Considered::reason)).contains("another nw_dst", "another dl_type",
            "fits, but a row of priority 20 comes first", "fits, and of what fits its priority 20 is the greatest");
    run("ovs-ofctl add-flow sw0 'priority=30,ip,nw_dst=10.66.0.2,actions=drop'");
    assertThat(deaths(ping("red", "10.66.0.2"))).contains(DropReason.FLOW_DROP);
    assertThat(run("ovs-ofctl add-flow sw0 'actions=learn(table=1)'").err()).containsExactly(
        "hopscope: not supported: flow action learn");
  }

  @Test
  @DisplayName("access ports of different VLANs do not meet, a trunk carries both tagged, flows can rewrite")
  void vlans() {
    bridge("red", "blue", "green");
    run("ovs-vsctl set port v-red tag=10; ovs-vsctl set port v-blue tag=20; ovs-vsctl set port v-green tag=10");
    assertThat(ping("red", "10.66.0.2").result().succeeded()).isFalse();
    assertThat(ping("red", "10.66.0.3").result().succeeded()).isTrue();
    run("ovs-vsctl clear port v-green tag; ip -n green link add link eth0 name eth0.20 type vlan id 20");
    run("ip -n green addr flush dev eth0; ip -n green link set eth0.20 up; ip -n green addr add 10.66.0.3/24 dev eth0.20");
    assertThat(ping("blue", "10.66.0.3").result().succeeded()).isTrue();
    assertThat(ping("red", "10.66.0.3").result().succeeded()).isFalse();
  }

  @Test
  @DisplayName("the host is on the bridge by its own device and by internal ports, which move to namespaces")
  void internal() {
    bridge("red");
    run("ip addr add 10.66.0.100/24 dev sw0; ip link set sw0 up");
    assertThat(ping("red", "10.66.0.100").result().succeeded()).isTrue();
    run("ovs-vsctl add-port sw0 in7 -- set interface in7 type=internal; ip netns add pod; ip link set in7 netns pod");
    run("ip -n pod addr add 10.66.0.7/24 dev in7; ip -n pod link set in7 up");
    assertThat(ping("pod", "10.66.0.1").result().succeeded()).isTrue();
    assertThat(run("ip link set sw0 netns pod").err()).containsExactly("Error: The interface netns is immutable.");
    assertThat(run("ip link del sw0").err()).containsExactly("RTNETLINK answers: Operation not supported");
    run("ovs-vsctl del-port in7");
    assertThat(run("ip -n pod link show in7").exit()).isEqualTo(1);
    run("ovs-vsctl del-br sw0");
    assertThat(run("ip link show sw0").exit()).isEqualTo(1);
    assertThat(session.undo()).isPresent();
    assertThat(run("ip link show sw0").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vxlan", "geneve", "gre"})
  @DisplayName("a tunnel is a port: two hosts' bridges are one, with the same key, and not with another")
  void tunnels(String type) {
    run("hop host add north; hop host add south; hop cable add north:eth0 south:eth0");
    for (List<String> end : List.of(List.of("north", "1", "2"), List.of("south", "2", "1"))) {
      String on = "hop on " + end.get(0) + " ";
      run(on + "ip addr add 198.51.100." + end.get(1) + "/24 dev eth0; " + on + "ip link set eth0 up");
      run(on + "ovs-vsctl add-br sw0");
      run(on + "ovs-vsctl add-port sw0 far -- set interface far type=" + type + " options:remote_ip=198.51.100."
          + end.get(2) + " options:key=77");
      run(on + "ip addr add 10.67.0." + end.get(1) + "/24 dev sw0; " + on + "ip link set sw0 mtu 1400; " + on
          + "ip link set sw0 up");
    }
    Trace trace = run("hop on north ping -c 1 -W 1 10.67.0.2").traces().getLast();
    assertThat(trace.result().succeeded()).isTrue();
    run("hop on south ovs-vsctl set interface far options:key=78; hop on north ip neigh flush dev sw0");
    assertThat(deaths(run("hop on north ping -c 1 -W 1 10.67.0.2").traces().getLast()))
        .contains(DropReason.NO_OVS_TUNNEL);
    run("hop on south ovs-vsctl set interface far options:key=flow");
    run("hop on south ovs-ofctl add-flow sw0 'priority=9,in_port=LOCAL,actions=set_tunnel:77,output:far'");
    run("hop on north ip neigh flush dev sw0; hop on south ip neigh flush dev sw0");
    assertThat(run("hop on north ping -c 1 -W 1 10.67.0.2").exit()).isZero();
  }
}
