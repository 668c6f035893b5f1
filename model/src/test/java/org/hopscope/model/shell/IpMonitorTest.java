package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside the truths of the kernel (monitor-*): whose changes are told, and the text around them. */
@DisplayName("ip monitor tells what happened, from the difference between states")
class IpMonitorTest {
  private final Session session = new Session(Editor.fresh(5));
  private final Interpreter shell = new Interpreter(session);

  private List<String> run(String text) {
    List<String> out = new ArrayList<>();
    shell.run(session.state().firstHost().root(), text, e -> {
      assertThat(e.reply().err()).as(e.text()).isEmpty();
      out.addAll(e.reply().out());
    });
    return out.stream().map(l -> l.replaceAll("([0-9a-f]{2}:){5}[0-9a-f]{2}", "MAC")).toList();
  }

  private void pair() {
    run("""
        ip netns add oak
        ip -n oak link add twig type veth peer name leaf
        ip -n oak link set leaf up
        ip -n oak link set twig up
        """);
  }

  @Test
  @DisplayName("with labels, and what went in front of them with a word")
  void labels() {
    pair();
    run("ip -n oak addr add 172.30.5.1/28 dev twig; ip -n oak addr del 172.30.5.1/28 dev twig");
    assertThat(run("ip -n oak -4 monitor address route label")).containsExactly(
        "[ADDR]3: twig    inet 172.30.5.1/28 scope global twig", "       valid_lft forever preferred_lft forever",
        "[ROUTE]local 172.30.5.1 dev twig table local proto kernel scope host src 172.30.5.1 ",
        "[ROUTE]172.30.5.0/28 dev twig proto kernel scope link src 172.30.5.1 ",
        "[ROUTE]broadcast 172.30.5.15 dev twig table local proto kernel scope link src 172.30.5.1 ",
        "[ADDR]Deleted 3: twig    inet 172.30.5.1/28 scope global twig",
        "       valid_lft forever preferred_lft forever",
        "[ROUTE]Deleted 172.30.5.0/28 dev twig proto kernel scope link src 172.30.5.1 ",
        "[ROUTE]Deleted broadcast 172.30.5.15 dev twig table local proto kernel scope link src 172.30.5.1 ",
        "[ROUTE]Deleted local 172.30.5.1 dev twig table local proto kernel scope host src 172.30.5.1 ");
  }

  @Test
  @DisplayName("a namespace hears of its own, other namespaces by number unless all is asked for")
  void places() {
    run("ip netns add oak; ip netns add elm; ip -n oak link add twig type veth peer name leaf netns elm");
    assertThat(run("ip monitor link")).isEmpty();
    assertThat(run("ip -n oak monitor link")).containsExactly(
        "2: twig@if2: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group default ",
        "    link/ether MAC brd MAC link-netnsid 0");
    assertThat(run("ip -n oak monitor all")).containsExactly(
        "[LINK]2: twig@if2: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group default ",
        "    link/ether MAC brd MAC link-netns elm");
    assertThat(run("ip -n elm -o monitor")).containsExactly(
        "2: leaf@NONE: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group default \\    link/ether MAC brd MAC");
  }

  @Test
  @DisplayName("what another hand changed is told too, and what was undone did not happen")
  void others() {
    pair();
    Shell.run(session, session.state().firstHost().root(), "ip -n oak link set leaf mtu 1300");
    assertThat(run("ip -n oak monitor link dev leaf")).anyMatch(l -> l.contains("mtu 1300"));
    session.undo();
    assertThat(run("ip -n oak monitor link dev leaf")).noneMatch(l -> l.contains("mtu 1300"));
  }

  @Test
  @DisplayName("time alone turns a neighbour stale, and that is told")
  void time() {
    pair();
    run("""
        ip -n oak link set leaf netns 1
        ip link set leaf up
        ip addr add 172.30.6.2/24 dev leaf
        ip -n oak addr add 172.30.6.1/24 dev twig
        ip netns exec oak ping -c 1 172.30.6.2
        sleep 90
        """);
    assertThat(run("ip -n oak monitor neigh")).containsExactly("172.30.6.2 dev twig lladdr MAC REACHABLE ",
        "172.30.6.2 dev twig lladdr MAC STALE ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ip -j monitor", "ip -t monitor", "ip -ts monitor link", "ip -br monitor", "ip -s monitor",
      "ip monitor netconf", "ip monitor all-nsid", "ip monitor file rows"})
  @DisplayName("what it cannot tell is refused by name")
  void refused(String line) {
    assertThat(Shell.run(session, session.state().firstHost().root(), line).exit()).isEqualTo(127);
  }
}
