package org.hopscope.model.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Predict, then reveal")
class GuessTest {
  private static final NetnsId HOST = NetnsId.root(LabState.FIRST_HOST);

  private static Trace trace(String... more) {
    Session session = new Session(Editor.fresh(3));
    for (String line : List.of("ip netns add web", "ip netns add db",
        "ip -n web link add veth1 type veth peer name veth2 netns db",
        "ip -n web addr add 10.3.0.1/24 dev veth1", "ip -n db addr add 10.3.0.2/24 dev veth2",
        "ip -n web link set veth1 up",
        "ip -n db link set veth2 up", "ip -n web route add 10.3.0.0/16 via 10.3.0.2", "serve db 80/tcp",
        "serve db 81/tcp")) {
      assertThat(Shell.run(session, HOST, line).exit()).as(line).isZero();
    }
    List.of(more).forEach(l -> Shell.run(session, HOST, l));
    return Simulator.run(session.state(),
        Probe.tcp(new NetnsId(LabState.FIRST_HOST, "web"), IpAddress.of("10.3.0.2"), 80));
  }

  private static Guess first(Trace trace, Concept concept) {
    return Guess.all(trace).stream().filter(g -> g.concept() == concept).findFirst().orElseThrow();
  }

  @Test
  @DisplayName("a wrong pick says why it lost and which row won")
  void wrong() {
    Guess guess = first(trace(), Concept.LONGEST_PREFIX);
    int wrong = guess.rows().stream().map(r -> r.row()).toList().indexOf("10.3.0.0/16 via 10.3.0.2 dev veth1");
    Guess.Judgement judged = guess.judge(wrong);
    assertThat(judged.right()).isFalse();
    assertThat(judged.sentence()).contains("16 bits are fewer").contains("longest match, 24 bits");
    assertThat(guess.judge(judged.winner()).right()).isTrue();
    assertThatThrownBy(() -> guess.judge(99)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  @DisplayName("what is to be understood follows from the lookup and its outcome")
  void concepts() {
    assertThat(Guess.all(trace())).extracting(Guess::concept).contains(Concept.LISTENER, Concept.LONGEST_PREFIX);
    Trace filtered = trace("ip netns exec db iptables -A INPUT -p udp -j DROP",
        "ip netns exec db iptables -A INPUT -p tcp -j ACCEPT");
    assertThat(first(filtered, Concept.FIRST_MATCH_WINS).rows()).hasSizeGreaterThan(1);
    Trace policy = trace("ip netns exec db iptables -A INPUT -p udp -j DROP");
    assertThat(Guess.all(policy)).extracting(Guess::concept).contains(Concept.CHAIN_POLICY);
    Trace translated = trace("ip netns exec db iptables -t nat -A PREROUTING -p udp -j ACCEPT",
        "ip netns exec db iptables -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 81");
    assertThat(Guess.all(translated)).extracting(Guess::concept).contains(Concept.DNAT_BEFORE_ROUTING);
  }

  @Test
  @DisplayName("what did not decide stands beside what did: the rules behind it, the policy, and no row at all")
  void choices() {
    Trace filtered = trace("ip netns exec db iptables -A INPUT -p tcp -j ACCEPT",
        "ip netns exec db iptables -A INPUT -p tcp --dport 80 -j DROP");
    Guess rule = first(filtered, Concept.FIRST_MATCH_WINS);
    assertThat(rule.rows()).extracting(r -> r.row()).containsExactly("INPUT 1: -p tcp -j ACCEPT",
        "INPUT 2: -p tcp -m tcp --dport 80 -j DROP", "INPUT ACCEPT");
    assertThat(rule.judge(1).sentence()).contains("not reached");
    assertThat(rule.judge(2).sentence()).contains("a rule decides before it");
    Guess listener = first(filtered, Concept.LISTENER);
    assertThat(listener.rows()).extracting(r -> r.row()).last().isEqualTo("no listener");
    assertThat(listener.judge(listener.rows().size() - 1).right()).isFalse();
    for (Guess guess : Guess.all(filtered)) {
      assertThat(guess.rows()).as("%s", guess).filteredOn(r -> r.won()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("every concept has a question")
  void questions(Concept concept) {
    assertThat(Sentences.say("question." + concept.word())).endsWith("?");
  }
}
