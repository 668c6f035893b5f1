package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.junit.jupiter.api.Test;

/** Rules as iptables 1.8.9 (nf_tables) takes, refuses and saves them; each answer was asked of the program itself. */
class IptablesTest {
  private final Session session = new Session(Editor.fresh(1));
  private final NetnsId root = NetnsId.root(LabState.FIRST_HOST);

  private Reply run(String line) {
    return Shell.run(session, root, line);
  }

  /** sem-N17. */
  @Test
  void savesEveryRuleInOneForm() {
    run("iptables -t mangle -A PREROUTING -j MARK --or-mark 0x4000");
    run("iptables -t mangle -A PREROUTING -j MARK --xor-mark 0x3");
    run("iptables -t mangle -A PREROUTING -j MARK --set-mark 1");
    run("iptables -A INPUT -p tcp --syn -s 10.0.0.7/24 -j REJECT");
    run("iptables -A INPUT -m statistic --mode random --probability 0.3333333333");
    run("iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT");

    assertThat(run("iptables-save").out()).contains("-A PREROUTING -j MARK --set-xmark 0x4000/0x4000",
        "-A PREROUTING -j MARK --set-xmark 0x3/0x0", "-A PREROUTING -j MARK --set-xmark 0x1/0xffffffff",
        "-A INPUT -s 10.0.0.0/24 -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j REJECT "
            + "--reject-with icmp-port-unreachable",
        "-A INPUT -m statistic --mode random --probability 0.33333333349",
        "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT");
  }

  @Test
  void refusesInTheWordsOfTheProgram() {
    Reply unknown = run("iptables -A INPUT -j NOPE");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).first().isEqualTo("iptables v1.8.9 (nf_tables): Chain 'NOPE' does not exist");
    assertThat(run("iptables -D INPUT -j DROP").err())
        .containsExactly("iptables: Bad rule (does a matching rule exist in that chain?).");
    Reply wrongTable = run("iptables -A INPUT -j DNAT --to-destination 1.2.3.4");
    assertThat(wrongTable.exit()).isEqualTo(4);
    assertThat(wrongTable.err()).containsExactly(
        "iptables v1.8.9 (nf_tables):  RULE_APPEND failed (Invalid argument): rule in chain INPUT");
    assertThat(run("iptables -A INPUT -m ipvs --ipvs").exit()).isEqualTo(Reply.UNSUPPORTED);
    assertThat(session.state()).isEqualTo(Editor.fresh(1));
  }

  @Test
  void remarksAreToldBesideWhatIsDone() {
    Reply reversed = run("iptables -A INPUT -m iprange --src-range 10.7.0.9-10.7.0.3 -i up/1");
    assertThat(reversed.exit()).isZero();
    assertThat(reversed.err()).containsExactly("xt_iprange: range 10.7.0.9-10.7.0.3 is reversed and will never match",
        "Warning: weird character in interface `up/1' ('/' and ' ' are not allowed by the kernel).");
    assertThat(run("iptables -w -W 7 -A INPUT --nonsense").err()).startsWith(
        "Ignoring deprecated --wait-interval option.",
        "iptables v1.8.9 (nf_tables): unknown option \"--nonsense\"");
    Reply restored = Shell.run(session, root, List.of("iptables-restore", "-n"), List.of("*filter",
        "-A INPUT -m iprange --dst-range 10.7.0.9-10.7.0.3", "COMMIT"));
    assertThat(restored.exit()).isZero();
    assertThat(restored.err()).containsExactly(
        "xt_iprange: range 10.7.0.9-10.7.0.3 is reversed and will never match");
  }

  @Test
  void savedRulesLieInFiles() {
    run("iptables -A INPUT -s 10.7.3.3 -j DROP");
    run("iptables-save -f rules.v4");
    run("iptables -F");
    assertThat(run("iptables-restore -n rules.v4").exit()).isZero();
    assertThat(run("iptables -S INPUT").out()).contains("-A INPUT -s 10.7.3.3/32 -j DROP");
    assertThat(run("iptables-restore -t none").err())
        .containsExactly("Can't open none: No such file or directory");
  }

  /** Quota, connlimit and hashlimit: each keeps what it counted with the lab. */
  @Test
  void whatMatchesCountIsKeptWithTheLab() {
    run("ip link set lo up");
    run("iptables -A OUTPUT -m quota --quota 100");
    run("iptables -A OUTPUT -m connlimit --connlimit-above 3 --connlimit-mask 8");
    run("iptables -A OUTPUT -m hashlimit --hashlimit-upto 1/hour --hashlimit-name x --hashlimit-mode srcip,dstip");
    run("ping -c 1 127.0.0.1");
    LabState after = session.state();
    assertThat(after.learned().netfilter(root).matches()).hasSize(3);
    assertThat(LabCodec.decode(LabCodec.encode(after))).isEqualTo(new LabCodec.Decoded.Ok(after));
  }

  @Test
  void restoreDoesASectionAsAWholeOrNotAtAll() {
    run("iptables -A INPUT -s 10.9.9.9 -j DROP");
    LabState before = session.state();
    Reply bad = Shell.run(session, root, List.of("iptables-restore"),
        List.of("*filter", ":INPUT DROP [0:0]", "-A INPUT -j NOSUCH", "COMMIT"));
    assertThat(bad.exit()).isEqualTo(2);
    assertThat(session.state()).isEqualTo(before);
  }

  @Test
  void aLabIsSavedWithItsRules() {
    run("iptables -N WEB");
    run("iptables -A INPUT -p tcp --dport 80 -j WEB");
    run("iptables -A WEB -m comment --comment 'only the web' -m limit --limit 5/min -j LOG --log-prefix 'web: '");
    run("iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE");
    LabState lab = session.state();
    assertThat(LabCodec.decode(LabCodec.encode(lab))).isEqualTo(new LabCodec.Decoded.Ok(lab));
  }
}
