package org.hopscope.model.ipset;

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

@DisplayName("Sets of addresses and ports")
class IpsetTest {
  private static final NetnsId ROOT = NetnsId.root(LabState.FIRST_HOST);

  private final Session session = new Session(Editor.fresh(1));

  private Reply type(String line) {
    return Shell.run(session, ROOT, line);
  }

  private void done(String... lines) {
    for (String line : lines) {
      assertThat(type(line).err()).as(line).isEmpty();
    }
  }

  @Test
  @DisplayName("members with a timeout go when the lab's clock has come that far, and come back when it is undone")
  void timeouts() {
    done("ipset create t hash:ip,port timeout 60", "ipset add t 10.0.0.1,80", "ipset add t 10.0.0.1,udp:53 timeout 10",
        "ipset add t 10.0.0.2,icmp:echo-request timeout 0");
    done("sleep 20");
    assertThat(type("ipset save t").out()).containsExactly(
        "create t hash:ip,port family inet hashsize 1024 maxelem 65536 timeout 60 bucketsize 12",
        "add t 10.0.0.1,tcp:80 timeout 40", "add t 10.0.0.2,icmp:echo-request timeout 0");
    assertThat(type("ipset test t 10.0.0.1,udp:53").exit()).isEqualTo(1);
    session.undo();
    assertThat(type("ipset test t 10.0.0.1,udp:53").exit()).isZero();
    assertThat(type("ipset list t -t").out()).contains("Number of entries: 3");
  }

  @Test
  @DisplayName("are saved with the lab and read back the same; what ipset saves, it restores")
  void saved() {
    done("ipset create a hash:net", "ipset add a 10.0.0.0/8", "ipset add a 10.9.0.0/16 nomatch",
        "ipset create b bitmap:port range 1-99", "ipset add b 5-7", "ipset create c list:set", "ipset add c b",
        "ipset add c a before b", "ipset create d hash:ip netmask 24 timeout 5", "ipset add d 10.1.2.3",
        "ipset create e hash:net,port comment", "ipset add e 10.0.0.0/8,udp:53 comment 'all names'",
        "ipset add e 10.3.0.0/16,53 nomatch",
        "iptables -A INPUT -m set --match-set c src -j DROP");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
    List<String> saved = type("ipset save").out();
    done("iptables -F", "ipset flush c", "ipset destroy");
    assertThat(type("ipset save").out()).isEmpty();
    done("ipset restore <<EOF\n" + String.join("\n", saved) + "\nEOF");
    assertThat(type("ipset save").out()).isEqualTo(saved);
  }

  @Test
  @DisplayName("a set that a rule or another set looks into stays")
  void used() {
    done("ipset create a hash:ip", "ipset create l list:set", "ipset add l a");
    assertThat(type("ipset destroy a").err())
        .containsExactly("ipset v7.17: Set cannot be destroyed: it is in use by a kernel component");
    done("ipset del l a", "ipset destroy a");
  }

  @Test
  @DisplayName("words that are not done are refused by name")
  void unsupported() {
    assertThat(type("ipset create a hash:mac").err()).containsExactly("hopscope: not supported: hash:mac");
    assertThat(type("ipset create a hash:ip skbinfo").exit()).isEqualTo(Reply.UNSUPPORTED);
    assertThat(type("ipset list -o xml").err()).containsExactly("hopscope: not supported: -o xml");
  }
}
