package org.hopscope.model.why;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.SavedProbe;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.sim.Simulator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Why not?")
class WhyNotTest {
  private static Session lab(String... lines) {
    Session session = new Session(Editor.fresh(7));
    for (String line : lines) {
      Reply reply = Shell.run(session, NetnsId.root(LabState.FIRST_HOST), line);
      assertThat(reply.err()).as(line).isEmpty();
    }
    return session;
  }

  private static Session pair() {
    return lab("ip netns add web", "ip netns add db", "ip -n web link add veth1 type veth peer name veth2 netns db",
        "ip -n web addr add 10.3.0.1/24 dev veth1", "ip -n db addr add 10.3.0.2/24 dev veth2",
        "ip -n web link set veth1 up",
        "ip -n db link set veth2 up");
  }

  private static Probe ping(String to) {
    return Probe.ping(new NetnsId(LabState.FIRST_HOST, "web"), IpAddress.of(to));
  }

  @Test
  @DisplayName("nothing is to be said of a probe that succeeds")
  void works() {
    Explanation why = WhyNot.ask(pair().state(), ping("10.3.0.2"));
    assertThat(why.facts()).isEmpty();
    assertThat(why.suggestions()).isEmpty();
  }

  @Test
  @DisplayName("the chain begins with what was sent and ends with what the program saw")
  void facts() {
    Session session = pair();
    Shell.run(session, NetnsId.root(LabState.FIRST_HOST), "ip -n db link set veth2 down");
    Explanation why = WhyNot.ask(session.state(), ping("10.3.0.2"));
    assertThat(why.facts().getFirst().step()).isZero();
    assertThat(why.facts().getLast().step()).isEqualTo(why.trace().steps().size());
    assertThat(why.facts()).extracting(Fact::step).isSorted();
    assertThat(why.facts()).extracting(Fact::sentence).anyMatch(s -> s.contains("no carrier"));
  }

  @Test
  @DisplayName("a neighbour that was put into INCOMPLETE by hand is never asked for")
  void unasked() {
    Session session = pair();
    Shell.run(session, NetnsId.root(LabState.FIRST_HOST), "ip -n web neigh add 10.3.0.2 dev veth1 nud incomplete");
    Explanation why = WhyNot.ask(session.state(), ping("10.3.0.2"));
    assertThat(why.facts()).extracting(Fact::sentence).anyMatch(s -> s.contains("waits in vain"));
    assertThat(why.suggestions().getFirst().commands())
        .containsExactly("ip netns exec web ip neigh del 10.3.0.2 dev veth1");
  }

  @Test
  @DisplayName("a suggestion is an edit of one entry, with commands that do the same, and helps")
  void applies() {
    Session session = pair();
    Shell.run(session, NetnsId.root(LabState.FIRST_HOST), "ip -n db link set veth2 down");
    Suggestion first = WhyNot.ask(session.state(), ping("10.3.0.2")).suggestions().getFirst();
    assertThat(first.commands()).containsExactly("ip netns exec db ip link set veth2 up");
    assertThat(first.breaks()).isEmpty();
    int before = session.history().size();
    assertThat(session.apply(first.edit())).isInstanceOf(Outcome.Applied.class);
    assertThat(session.history()).hasSize(before + 1);
    assertThat(Simulator.run(session.state(), ping("10.3.0.2")).result().succeeded()).isTrue();
  }

  @Test
  @DisplayName("two edits together where one is not enough: a device switched off has lost its default route")
  void pairs() {
    Session session =
        lab("ip netns add web", "ip netns add gw", "ip -n web link add veth1 type veth peer name veth9 netns gw",
            "ip -n web addr add 10.3.0.1/24 dev veth1", "ip -n gw addr add 10.3.0.254/24 dev veth9",
            "ip -n gw addr add 10.9.0.1/24 dev lo",
            "ip -n gw link set veth9 up", "ip -n gw link set lo up");
    Explanation why = WhyNot.ask(session.state(), ping("10.9.0.1"));
    assertThat(why.suggestions().getFirst().commands()).hasSize(2)
        .anyMatch(c -> c.endsWith("link set veth1 up")).anyMatch(c -> c.contains("route add default via 10.3.0.254"));
  }

  @Test
  @DisplayName("what a saved probe says must fail is broken by letting it pass")
  void mustFail() {
    Session session = pair();
    Shell.run(session, NetnsId.root(LabState.FIRST_HOST), "ip netns exec db iptables -A INPUT -p icmp -j DROP");
    session.apply(new Edit.SaveProbe(new SavedProbe("no pings of that size", new Probe(ping("10.3.0.2").from(),
        IpAddress.of("10.3.0.2"), java.util.Optional.empty(), java.util.Optional.empty(),
        new Probe.Ping(1, 100, false, 1000, 1000, java.util.Optional.empty(), false)), false)));
    Explanation why = WhyNot.ask(session.state(), ping("10.3.0.2"));
    assertThat(why.suggestions()).anySatisfy(s -> assertThat(s.breaks()).contains("no pings of that size"));
  }

  private static void mends(Session session, Probe probe, String... marks) {
    Explanation why = WhyNot.ask(session.state(), probe);
    assertThat(why.trace().result().succeeded()).isFalse();
    assertThat(why.suggestions()).as(why.facts().toString()).isNotEmpty();
    Suggestion first = why.suggestions().getFirst();
    assertThat(String.join("; ", first.commands())).contains(marks);
    session.apply(first.edit());
    assertThat(Simulator.run(session.state(), probe).result().succeeded()).isTrue();
  }

  @Test
  @DisplayName("where a bridge filters by VLAN, the port that is in another one than most comes home")
  void vlanFiltering() {
    Session session = lab("ip link add br0 type bridge vlan_filtering 1", "ip link set br0 up");
    int last = 0;
    for (String name : List.of("web", "db", "log")) {
      last++;
      for (String line : List.of("ip netns add " + name,
          "ip link add eth0 netns " + name + " type veth peer name p-" + name,
          "ip link set p-" + name + " master br0 up", "ip -n " + name + " link set eth0 up",
          "ip -n " + name + " addr add 10.3.0." + last + "/24 dev eth0",
          "bridge vlan del dev p-" + name + " vid 1",
          "bridge vlan add dev p-" + name + " vid " + (name.equals("db") ? 20 : 10) + " pvid untagged")) {
        assertThat(Shell.run(session, NetnsId.root(LabState.FIRST_HOST), line).err()).as(line).isEmpty();
      }
    }
    Explanation why = WhyNot.ask(session.state(), ping("10.3.0.2"));
    Suggestion first = why.suggestions().getFirst();
    assertThat(first.commands()).containsExactly("bridge vlan add dev p-db vid 10 master pvid untagged");
    assertThat(first.reasons().getFirst()).contains("20").contains("10");
    session.apply(first.edit());
    assertThat(Simulator.run(session.state(), ping("10.3.0.2")).result().succeeded()).isTrue();
    assertThat(Simulator.run(session.state(), ping("10.3.0.3")).result().succeeded()).isTrue();
  }

  @Test
  @DisplayName("a rule of nftables in the way goes; a policy is changed where no rule stands")
  void nftables() {
    Session ruled = pair();
    for (String line : List.of("nft add table ip f", "nft add chain ip f in { type filter hook input priority 0 ; }",
        "nft add rule ip f in tcp dport 80 accept", "nft add rule ip f in ip protocol icmp drop")) {
      assertThat(Shell.run(ruled, new NetnsId(LabState.FIRST_HOST, "db"), List.of(line.split(" "))).err()).isEmpty();
    }
    mends(ruled, ping("10.3.0.2"), "delete rule ip f in handle");
    Session closed = pair();
    for (String line : List.of("nft add table inet f",
        "nft add chain inet f in { type filter hook input priority 0 ; policy drop ; }")) {
      assertThat(Shell.run(closed, new NetnsId(LabState.FIRST_HOST, "db"), List.of(line.split(" "))).err()).isEmpty();
    }
    mends(closed, ping("10.3.0.2"), "inet f in", "policy accept");
  }

  @Test
  @DisplayName("a tunnel's wrong end and wrong key are put right")
  void tunnels() {
    for (String wrong : List.of("ip -n db link add gre9 type gre remote 10.3.0.1 local 10.3.0.2 key 8",
        "ip -n db link add gre9 type gre remote 10.3.0.9 local 10.3.0.2 key 7")) {
      Session session = pair();
      for (String line : List.of("ip -n web link add gre9 type gre remote 10.3.0.2 local 10.3.0.1 key 7",
          wrong, "ip -n web addr add 10.8.0.1/24 dev gre9", "ip -n db addr add 10.8.0.2/24 dev gre9",
          "ip -n web link set gre9 up", "ip -n db link set gre9 up")) {
        assertThat(Shell.run(session, NetnsId.root(LabState.FIRST_HOST), line).err()).as(line).isEmpty();
      }
      mends(session, ping("10.8.0.2"), "type gre", wrong.contains("key 8") ? "key" : "remote 10.3.0.1");
    }
  }

  @Test
  @DisplayName("a flow of Open vSwitch that drops goes, a missing one is added, a port's VLAN is put right")
  void flows() {
    for (String fault : List.of("ovs-ofctl add-flow sw priority=50000,icmp,actions=drop", "ovs-ofctl del-flows sw",
        "ovs-vsctl set port p2 tag=30")) {
      Session session = lab("ip netns add web", "ip netns add db", "ovs-vsctl add-br sw",
          "ip link add p1 type veth peer name eth0 netns web", "ip link add p2 type veth peer name eth0 netns db",
          "ip link set p1 up", "ip link set p2 up", "ovs-vsctl add-port sw p1", "ovs-vsctl add-port sw p2",
          "ovs-vsctl set port p1 tag=20", "ovs-vsctl set port p2 tag=20",
          "ip -n web addr add 10.3.0.1/24 dev eth0", "ip -n db addr add 10.3.0.2/24 dev eth0",
          "ip -n web link set eth0 up", "ip -n db link set eth0 up");
      assertThat(Simulator.run(session.state(), ping("10.3.0.2")).result().succeeded()).isTrue();
      assertThat(Shell.run(session, NetnsId.root(LabState.FIRST_HOST), fault).err()).isEmpty();
      mends(session, ping("10.3.0.2"), fault.contains("tag") ? "tag=" : "ovs-ofctl");
    }
  }

  @Test
  @DisplayName("where nothing helps nothing is suggested")
  void hopeless() {
    Session session = lab("ip netns add web");
    Explanation why = WhyNot.ask(session.state(), ping("198.18.0.1"));
    assertThat(why.suggestions()).isEmpty();
    assertThat(why.facts()).isNotEmpty();
  }
}
