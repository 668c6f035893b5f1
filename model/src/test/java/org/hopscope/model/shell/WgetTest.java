package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("wget as busybox has it")
class WgetTest {
  private final Session session = new Session(Editor.fresh(5));
  private final NetnsId root = session.state().firstHost().root();

  @BeforeEach
  void twoEnds() {
    run("""
        ip netns add shop
        ip link add s0 type veth peer name s1 netns shop
        ip addr add 10.7.0.1/24 dev s0; ip link set s0 up
        ip -n shop addr add 10.7.0.9/24 dev s1; ip -n shop link set s1 up; ip -n shop link set lo up
        serve shop 8088/tcp as till
        """);
  }

  private Reply run(String text) {
    return Shell.run(session, root, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wget -qO- http://10.7.0.9:8088", "wget -q -O - 10.7.0.9:8088/",
      "wget -qO - --timeout=2 10.7.0.9:8088/x",
      "wget -O- -q -T 2 -t 1 http://10.7.0.9:8088", "wget -qT2 -O- --header 'Host: till.example' 10.7.0.9:8088"})
  @DisplayName("prints what the server says, however its options are written")
  void answers(String line) {
    Reply reply = run(line);
    assertThat(reply.err()).isEmpty();
    assertThat(reply.exit()).isZero();
    assertThat(reply.out().getFirst()).startsWith("till").contains("10.7.0.1");
  }

  @Test
  @DisplayName("without -q it tells of its way")
  void tells() {
    assertThat(run("wget -O- 10.7.0.9:8088").err())
        .containsExactly("Connecting to 10.7.0.9:8088 (10.7.0.9:8088)", "writing to stdout", "written to stdout");
    assertThat(run("wget --spider 10.7.0.9:8088").err()).endsWith("remote file exists");
    assertThat(run("wget -SO/dev/null 10.7.0.9:8088").err()).anyMatch(l -> l.startsWith("  HTTP/1."));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "wget -qO- 10.7.0.9:81|1|wget: can't connect to remote host (10.7.0.9): Connection refused",
      "wget -qO- 10.200.0.1|1|wget: can't connect to remote host (10.200.0.1): Network is unreachable",
      "wget -qO- http://nobody|1|wget: bad address 'nobody'",
      "wget 10.7.0.9|127|hopscope: not supported: wget without -O - or -O /dev/null",
      "wget -qO- https://10.7.0.9|127|hopscope: not supported: wget https://",
      "wget -c -O- 10.7.0.9|127|hopscope: not supported: wget -c"})
  @DisplayName("says why nothing came")
  void fails(String line, int exit, String says) {
    Reply reply = run(line);
    assertThat(reply.exit()).isEqualTo(exit);
    assertThat(reply.err().getFirst()).isEqualTo(says);
    assertThat(reply.out()).isEmpty();
  }

  @Test
  @DisplayName("gives up after -T seconds where a rule drops its packets")
  void waits() {
    run("ip netns exec shop iptables -A INPUT -p tcp --dport 8088 -j DROP");
    long before = session.state().now().nanos();
    assertThat(run("wget -qO- -T 3 10.7.0.9:8088").err()).containsExactly("wget: download timed out");
    assertThat((session.state().now().nanos() - before) / 1_000_000_000L).isBetween(3L, 4L);
  }
}
