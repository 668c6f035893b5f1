package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As iproute2 6.1, net-tools 2.10 and curl 7.88 were seen to write it. */
@DisplayName("IPv6 in ss, netstat, ifconfig and curl")
class Inet6ToolsTest {
  private final Session session = new Session(Editor.fresh(3));

  private Reply run(String text) {
    return Shell.run(session, session.state().firstHost().root(), text);
  }

  private List<String> out(String text) {
    return run(text).out();
  }

  @BeforeEach
  void twoFamilies() {
    assertThat(run("""
        ip netns add fox
        ip netns add hen
        ip link add f netns fox type veth peer name h0 netns hen
        ip -n fox link set lo up
        ip -n fox link set f up
        ip -n hen link set h0 up
        ip -n fox addr add 192.0.2.5/24 dev f
        ip -n hen addr add 192.0.2.6/24 dev h0
        ip -n fox addr add fd77::5/64 dev f nodad
        ip -n hen addr add fd77::6/64 dev h0 nodad
        sleep 3
        ip netns exec hen python3 -m http.server 8800 --bind fd77::6 &
        ip netns exec hen python3 -m http.server 8801 --bind 192.0.2.6 &
        serve hen 53/udp on fd77::6
        """).err()).isEmpty();
  }

  @Test
  @DisplayName("ss writes addresses of IPv6 in brackets, behind those of IPv4")
  void ss() {
    assertThat(out("ip netns exec hen ss -tln")).containsExactly(
        "State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess",
        "LISTEN 0      5          192.0.2.6:8801      0.0.0.0:*          ",
        "LISTEN 0      5          [fd77::6]:8800         [::]:*          ");
    assertThat(out("ip netns exec hen ss -tln4")).hasSize(2).last().asString().contains("192.0.2.6:8801");
    assertThat(out("ip netns exec hen ss -6 -tuln")).containsExactly(
        "Netid State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess",
        "udp   UNCONN 0      0          [fd77::6]:53           [::]:*          ",
        "tcp   LISTEN 0      5          [fd77::6]:8800         [::]:*          ");
  }

  @Test
  @DisplayName("a server on all addresses is one of IPv6 too, where that is asked for")
  void both() {
    run("serve hen 99/tcp");
    assertThat(out("ip netns exec hen ss -ltnH")).anyMatch(l -> l.contains(" 0.0.0.0:99 "));
    assertThat(out("ip netns exec hen ss -ltnH6")).anyMatch(l -> l.matches(".* \\*:99 +\\*:\\* *"));
    assertThat(out("ip netns exec hen netstat -tln6")).anyMatch(l -> l.startsWith("tcp6       0      0 :::99  "));
  }

  @Test
  @DisplayName("a connection that is left shows both its ends so")
  void left() {
    assertThat(out("ip netns exec fox curl -s 'http://[fd77::6]:8800/' > /dev/null; ip netns exec hen ss -tan6H"))
        .anyMatch(l -> l.matches("TIME-WAIT 0 +0 +\\[fd77::6\\]:8800 +\\[fd77::5\\]:[0-9]+ *"));
  }

  @Test
  @DisplayName("netstat calls it tcp6, without brackets")
  void netstat() {
    assertThat(out("ip netns exec hen netstat -tln")).containsExactly("Active Internet connections (only servers)",
        "Proto Recv-Q Send-Q Local Address           Foreign Address         State      ",
        "tcp        0      0 192.0.2.6:8801          0.0.0.0:*               LISTEN     ",
        "tcp6       0      0 fd77::6:8800            :::*                    LISTEN     ");
    assertThat(out("ip netns exec hen netstat -tuln6").getLast())
        .isEqualTo("udp6       0      0 fd77::6:53              :::*                               ");
  }

  @Test
  @DisplayName("ifconfig shows addresses with their scopes, and gives and takes them")
  void ifconfig() {
    assertThat(out("ip netns exec fox ifconfig lo")).contains("        inet6 ::1  prefixlen 128  scopeid 0x10<host>");
    assertThat(run("ip netns exec fox ifconfig f add fd78::1/48; ip netns exec fox ifconfig f inet6 add fec0::2").err())
        .isEmpty();
    assertThat(out("ip netns exec fox ifconfig f")).contains("        inet6 fd77::5  prefixlen 64  scopeid 0x0<global>",
        "        inet6 fd78::1  prefixlen 48  scopeid 0x0<global>",
        "        inet6 fec0::2  prefixlen 128  scopeid 0x40<site>")
        .anyMatch(l -> l.matches(" +inet6 fe80::\\S+  prefixlen 64  scopeid 0x20<link>"));
    assertThat(run("ip netns exec fox ifconfig f add fd78::1/48").err()).containsExactly("SIOCSIFADDR: File exists");
    assertThat(run("ip netns exec fox ifconfig f del fd78::1/48").exit()).isZero();
    assertThat(run("ip netns exec fox ifconfig f del fd78::1/48").err())
        .containsExactly("SIOCDIFADDR: Cannot assign requested address");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', value = {"curl -6 -s -w %{http_code} -o /dev/null http://[fd77::6]:8800/ ~ 0 ~ 200 ~ ''",
      "curl -g --ipv6 -s -o /dev/null -w %{http_code} http://[fd77::6]:8800/ ~ 0 ~ 200 ~ ''",
      "curl -4 http://[fd77::6]:8800/ ~ 7 ~ '' ~ curl: (7) Couldn't connect to server",
      "curl -6 http://192.0.2.6:8801/ ~ 7 ~ '' ~ curl: (7) Couldn't connect to server",
      "curl -6 http://localhost:8801/ ~ 7 ~ '' ~ curl: (7) Failed to connect to localhost port 8801 after 0 ms: Couldn't connect to server",
      "curl http://[fd77::6]:81/ ~ 7 ~ '' ~ curl: (7) Failed to connect to fd77::6 port 81 after 0 ms: Couldn't connect to server",
      "curl http://192.0.2.[5-6]/ ~ 127 ~ '' ~ hopscope: not supported: curl with many addresses at once (-g takes it as it stands)"})
  @DisplayName("curl keeps to the family that it is told")
  void curl(String command, int exit, String out, String err) {
    Reply reply = Shell.run(session, session.state().firstHost().root(), "ip netns exec fox " + command);
    assertThat(reply.exit()).isEqualTo(exit);
    assertThat(String.join("\n", reply.out())).isEqualTo(out);
    assertThat(String.join("\n", reply.err())).isEqualTo(err);
  }

  @Test
  @DisplayName("curl -v says whom it tries in brackets, and to whom it is connected without")
  void verbose() {
    assertThat(run("ip netns exec fox curl -sv 'http://[fd77::6]:8800/'").err()).startsWith(
        "*   Trying [fd77::6]:8800...", "* Connected to fd77::6 (fd77::6) port 8800 (#0)", "> GET / HTTP/1.1",
        "> Host: [fd77::6]:8800");
  }
}
