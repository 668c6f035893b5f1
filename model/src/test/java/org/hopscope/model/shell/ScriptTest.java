package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptTest {
  @Test
  void anOracleScriptAddsTheOptionsThatEndItsPings() {
    Script script = ok("#!lab counters=exact\n# x\n\nip netns exec a ping 10.0.0.1   # y\nping -c 3 -W 2 10.0.0.1\n",
        Script.Kind.LAB);
    assertThat(script.pragmas()).containsEntry("counters", "exact").containsEntry("ipv6", "off");
    assertThat(lines(script)).hasSize(2);
    assertThat(lines(script).get(0).number()).isEqualTo(4);
    assertThat(lines(script).get(0).text()).isEqualTo("ip netns exec a ping 10.0.0.1   # y");
    assertThat(lines(script).get(0).words()).containsExactly("ip", "netns", "exec", "a", "ping", "-c", "1", "-W", "1",
        "-i", "0.1", "-n", "10.0.0.1");
    assertThat(lines(script).get(1).words()).containsExactly("ping", "-i", "0.1", "-n", "-c", "3", "-W", "2",
        "10.0.0.1");
  }

  @Test
  void aHereDocumentBelongsToItsCommand() {
    Script script = ok("iptables-restore <<EOF\n*filter\nCOMMIT\nEOF\nip link\n", Script.Kind.LAB);
    assertThat(lines(script)).extracting(Script.Line::number).containsExactly(1, 5);
    assertThat(lines(script).getFirst().words()).containsExactly("iptables-restore");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', value = {"ip link | cat ~ 1 ~ column 9: no shell syntax: |",
      "ip link # a & b ~ 1 ~ column 13: no shell syntax: &", "frob ~ 1 ~ program \"frob\" is not allowed",
      "ip link\\n#!lab ipv7=on ~ 2 ~ unknown pragma \"ipv7=on\"", "ping \"a ~ 1 ~ column 6: no closing \"",
      "ip netns exec a serve a 80/tcp ~ 1 ~ serve takes its namespace as an argument",
      "ip -b rows ~ 1 ~ not allowed here: ip -batch",
      "sysctl kernel.hostname ~ 1 ~ only net.ipv4/ipv6/bridge/netfilter keys: kernel.hostname",
      "iptables-restore <<EOF ~ 1 ~ here-document has no end"})
  void aBreachOfTheOraclesFormatSpoilsTheScript(String text, int line, String reason) {
    assertThat(Script.parse(text.replace("\\n", "\n"), Script.Kind.LAB))
        .isEqualTo(new Script.Read.Malformed(line, reason));
  }

  @Test
  void anyOtherScriptIsATextOfTheShellLanguage() {
    Script script = ok("for ns in a b; do\n  ip netns add $ns\ndone\n", Script.Kind.HOPSCOPE);
    Session session = new Session(script.start(1));
    List<Executed> seen = new ArrayList<>();
    script.run(session, seen::add);
    assertThat(seen).extracting(Executed::line).containsExactly(2, 2);
    assertThat(seen).extracting(Executed::text).containsExactly("ip netns add a", "ip netns add b");
    assertThat(Script.parse("x 'y", Script.Kind.HOPSCOPE))
        .isEqualTo(new Script.Read.Malformed(1, "column 3: no closing '"));
  }

  @Test
  void theKindFollowsFromTheName() {
    assertThat(Script.Kind.of("a.lab")).isEqualTo(Script.Kind.LAB);
    assertThat(Script.Kind.of("a.script")).isEqualTo(Script.Kind.HOPSCOPE);
    assertThat(Script.Kind.of("lab")).isEqualTo(Script.Kind.HOPSCOPE);
  }

  private static Script ok(String text, Script.Kind kind) {
    return switch (Script.parse(text, kind)) {
      case Script.Read.Ok(Script script) -> script;
      case Script.Read.Malformed malformed -> throw new AssertionError(malformed);
    };
  }

  private static List<Script.Line> lines(Script script) {
    return ((Script.Body.Lines) script.body()).lines();
  }
}
