package org.hopscope.model.nft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Tables that iptables made, as nft sees them (sem-K15)")
class XtTableTest {
  private final Session session = new Session(Editor.fresh(1));

  private static List<String> run(Session session, String line) {
    NetnsId root = session.state().firstHost().root();
    Reply reply = Shell.run(session, root, line);
    assertThat(reply.exit()).as(line + ": " + reply.err()).isZero();
    return reply.out();
  }

  private List<String> run(String line) {
    return run(session, line);
  }

  private static Session read(String text) {
    return switch (LabCodec.decode(text)) {
      case LabCodec.Decoded.Ok(LabState lab) -> new Session(lab);
      case LabCodec.Decoded.Malformed malformed -> throw new AssertionError(malformed.toString());
    };
  }

  private void made() {
    run("nft add table ip before");
    run("iptables -A INPUT -p tcp --dport 80 -j ACCEPT");
    run("nft 'add chain ip filter own { type filter hook input priority 7; }'");
    run("ip6tables -t nat -A POSTROUTING -j MASQUERADE");
    run("iptables -I INPUT -s 10.4.4.0/24 -j DROP");
    run("iptables -R INPUT 1 -s 10.5.5.0/24 -j DROP");
    run("nft add rule ip filter own tcp dport 81 accept");
    run("iptables -A INPUT -j ACCEPT");
  }

  @Test
  @DisplayName("a lab that is saved and read again lists the same, numbers included, and goes on counting")
  void saved() {
    made();
    Session other = read(LabCodec.encode(session.state()));
    assertThat(run(other, "nft -a list ruleset")).isEqualTo(run("nft -a list ruleset"));
    run("iptables -A OUTPUT -j DROP");
    run(other, "iptables -A OUTPUT -j DROP");
    assertThat(run(other, "nft -a list ruleset")).isEqualTo(run("nft -a list ruleset"));
  }

  @Test
  @DisplayName("a lab of a version that did not keep the numbers has them anew, each once")
  void older() {
    made();
    String old =
        LabCodec.encode(session.state()).replaceAll("(?s),\\s*\"numbers\": ?\\{\\s*\"iptables.*?\\}\\s*\\}", "");
    assertThat(old).doesNotContain("\"numbers\": {");
    Session other = read(old);
    List<String> filter = run(other, "nft -a list table ip6 nat");
    assertThat(filter).contains("\tchain POSTROUTING { # handle 1",
        "\t\tcounter packets 0 bytes 0 masquerade # handle 2");
    assertThat(run(other, "nft list ruleset")).hasSameElementsAs(run("nft list ruleset"));
  }

  @Test
  @DisplayName("undo takes the numbers back too")
  void undone() {
    made();
    List<String> before = run("nft -a list ruleset");
    run("iptables -A INPUT -j DROP");
    session.undo();
    assertThat(run("nft -a list ruleset")).isEqualTo(before);
    run("nft delete rule ip filter INPUT handle 2");
    session.undo();
    assertThat(run("nft -a list ruleset")).isEqualTo(before);
  }

  @Test
  @DisplayName("what would mix rules of both in one chain is refused by name, and changes nothing")
  void refused() {
    made();
    LabState before = session.state();
    for (String line : List.of("nft add rule ip filter INPUT accept", "nft insert rule filter INPUT drop",
        "nft add rule ip6 nat POSTROUTING masquerade", "nft add rule ip filter own jump INPUT",
        "nft 'add table ip filter { flags dormant; }'",
        "nft 'add chain ip filter FORWARD { type filter hook forward priority 5; }'",
        "nft rename chain ip filter INPUT entry")) {
      Reply reply = Shell.run(session, before.firstHost().root(), line);
      assertThat(reply.exit()).as(line).isEqualTo(127);
      assertThat(reply.err().getFirst()).as(line).contains("which iptables made");
      assertThat(session.state()).as(line).isEqualTo(before);
    }
    run("nft add table ip raw; nft add chain ip raw c");
    for (String line : List.of("iptables -t raw -S", "iptables -t raw -A c -j ACCEPT", "iptables -t raw -F",
        "iptables -t raw -A OUTPUT -j c", "iptables-save")) {
      Reply reply = Shell.run(session, before.firstHost().root(), line);
      assertThat(reply.exit()).as(line).isEqualTo(127);
      assertThat(reply.err().getFirst()).as(line).contains("-t raw with chain c, which nft made in it");
    }
  }
}
