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
        "ipset add e 10.3.0.0/16,53 nomatch", "ipset create f hash:net,iface skbinfo counters",
        "ipset add f 0.0.0.0/0,eth wildcard skbmark 0x5/0xff skbprio 1:a skbqueue 3 packets 4",
        "ipset add f 10.0.0.0/8,physdev:eth0 nomatch", "ipset create g bitmap:ip range 10.0.0.0/16 netmask 24",
        "ipset add g 10.0.7.9", "ipset create h bitmap:ip,mac range 10.0.0.9-10.0.0.1",
        "ipset add h 10.0.0.2,2:0:0:0:0:a", "ipset add h 10.0.0.1", "ipset create i hash:mac bucketsize 4",
        "ipset add i 02:00:00:00:00:0b", "ipset create j hash:ip,mark markmask 0xff", "ipset add j 10.0.0.1,0x105",
        "ipset create k hash:net,port,net", "ipset add k 10.0.0.0/8,gre:0,0.0.0.0/0",
        "ipset create m hash:ip,port netmask 24", "ipset add m 10.1.2.3,icmp:echo-request",
        "iptables -A INPUT -m set --match-set c src -j DROP");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
    List<String> saved = type("ipset save").out();
    done("iptables -F", "ipset flush c", "ipset destroy");
    assertThat(type("ipset save").out()).isEmpty();
    done("ipset restore <<EOF\n" + String.join("\n", saved) + "\nEOF");
    assertThat(type("ipset save").out()).isEqualTo(saved);
  }

  /** As ipset 7.17 wrote them on Linux 6.18. */
  @Test
  @DisplayName("each type is told with the words that it is made with")
  void told() {
    done("ipset create a hash:net,iface timeout 40 counters comment skbinfo",
        "ipset add a 10.0.0.0/8,eth0 comment 'one two' packets 4",
        "ipset add a 10.0.0.0/8,eth1 skbmark 0x10/0xff timeout 9",
        "ipset add a 10.0.0.0/8,eth2 skbprio 0x2:0xa", "ipset add a 10.0.0.0/8,eth6 skbmark 0x7/0",
        "ipset create b bitmap:ip range 10.0.0.0/16 netmask 24", "ipset add b 10.0.7.9",
        "ipset create c hash:ip,port netmask 24", "ipset add c 10.1.2.3,80", "ipset create d bitmap:port range 9-1",
        "ipset create e hash:ip forceadd bucketsize 4 hashsize 3000", "ipset create f hash:net,iface family inet6",
        "ipset add f fd00::/64,eth wildcard");
    assertThat(type("ipset save").out()).containsExactly(
        "create a hash:net,iface family inet hashsize 1024 maxelem 65536 timeout 40 counters comment skbinfo bucketsize 12",
        "add a 10.0.0.0/8,eth0 timeout 40 packets 4 bytes 0 comment \"one two\"",
        "add a 10.0.0.0/8,eth1 timeout 9 packets 0 bytes 0 skbmark 0x10/0xff",
        "add a 10.0.0.0/8,eth2 timeout 40 packets 0 bytes 0 skbprio 2:a",
        "add a 10.0.0.0/8,eth6 timeout 40 packets 0 bytes 0 skbmark 0x7",
        "create b bitmap:ip range 10.0.0.0-10.0.255.255 netmask 24", "add b 10.0.7.0",
        "create c hash:ip,port family inet hashsize 1024 maxelem 65536 bucketsize 12 netmask 24",
        "add c 10.1.2.0,tcp:80",
        "create d bitmap:port range 1-9", "create e hash:ip family inet hashsize 4096 maxelem 65536 bucketsize 4",
        "create f hash:net,iface family inet6 hashsize 1024 maxelem 65536 bucketsize 12",
        "add f fd00::/64,eth wildcard");
    assertThat(type("ipset test c 10.1.2.9,80").err()).containsExactly("Warning: 10.1.2.9,tcp:80 is in set c.");
  }

  /** ipset(8); the kernel at hand has none of these types. */
  @Test
  @DisplayName("pairs of networks, marks and hardware addresses are found as the manual says")
  void pairs() {
    done("ipset create nn hash:net,net", "ipset add nn 10.0.0.0/16,10.1.0.0/16",
        "ipset add nn 10.0.5.0/24,10.1.0.0/24 nomatch",
        "ipset create im hash:ip,mark markmask 0xff", "ipset add im 10.0.0.1,0x105", "ipset create m hash:mac",
        "ipset add m 2:0:0:0:0:a", "ipset create hm hash:ip,mac", "ipset add hm 10.0.0.1,02:00:00:00:00:01",
        "ipset add hm 10.0.0.1,02:00:00:00:00:02", "ipset create npn hash:net,port,net",
        "ipset add npn 10.0.0.0/24,tcp:80-81,10.9.0.0/16");
    for (String there : List.of("nn 10.0.9.1,10.1.9.1", "nn 10.0.5.1,10.1.9.1", "im 10.0.0.1,0x205",
        "m 02:00:00:00:00:0A",
        "hm 10.0.0.1,02:00:00:00:00:02", "npn 10.0.0.7,81,10.9.8.7")) {
      assertThat(type("ipset test " + there).exit()).as(there).isZero();
    }
    for (String not : List.of("nn 10.0.5.1,10.1.0.1", "nn 10.2.0.1,10.1.0.1", "im 10.0.0.1,0x206",
        "m 02:00:00:00:00:0B",
        "hm 10.0.0.2,02:00:00:00:00:02", "npn 10.0.0.7,82,10.9.8.7", "npn 10.0.1.7,81,10.9.8.7")) {
      assertThat(type("ipset test " + not).exit()).as(not).isEqualTo(1);
    }
    assertThat(type("ipset add hm 10.0.0.1").err()).containsExactly(
        "ipset v7.17: Syntax error: Second element is missing from 10.0.0.1.");
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
    assertThat(type("ipset create a hash:ip bitmask 255.0.255.0").err()).containsExactly(
        "hopscope: not supported: bitmask");
    assertThat(type("ipset list -o xml").err()).containsExactly("hopscope: not supported: -o xml");
  }
}
