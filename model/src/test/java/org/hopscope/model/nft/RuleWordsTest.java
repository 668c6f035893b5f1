package org.hopscope.model.nft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What nft makes of the words of a rule (as nft 1.0.6 listed them)")
class RuleWordsTest {
  private final Session session = new Session(Editor.fresh(1));
  private final NetnsId root = session.state().firstHost().root();

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', value = {"ct mark xor 0x23 == 0x11 ~ ct mark 0x00000032",
      "mark xor 0x1 > 3 ~ meta mark ^ 0x00000001 > 0x00000003",
      "ct mark set 0x12 or 0x11 ~ ct mark set 0x00000013",
      "meta mark set mark & 0xff00 | 0x5 ~ meta mark set meta mark & 0x0000ff05 | 0x00000005",
      "tcp flags == syn ~ tcp flags == syn", "tcp flags == (syn|ack) ~ tcp flags == 0x12",
      "tcp flags syn|ack ~ tcp flags syn,ack", "tcp flags & (fin|syn) == fin|syn ~ tcp flags fin,syn / fin,syn",
      "tcp flags & syn == 0 ~ tcp flags ! syn", "tcp flags & (syn|rst) != 0 ~ tcp flags syn,rst",
      "tcp flags & syn == syn ~ tcp flags & syn == syn", "tcp flags ! fin,rst ~ tcp flags ! fin,rst",
      "ct state == new,established ~ ct state == established | new",
      "ct state & (new|established) == new ~ ct state new / established,new",
      "meta protocol vlan ~ meta protocol 8021q", "meta l4proto 6-17 ~ meta l4proto 6-17",
      "icmp type { 3-8, 11 } ~ icmp type { 3-8, time-exceeded }",
      "ip protocol { comp, icmpv6 } ~ ip protocol { ipv6-icmp, ipcomp }",
      "log reject with tcp reset ~ meta l4proto tcp log reject with tcp reset",
      "ip saddr 10.0.0.1 reject with tcp reset ~ ip saddr 10.0.0.1 reject with tcp reset",
      "@th,16,16 { 22, 80 } ~ th dport { 22, 80 }", "@nh,64,8 5 ~ ip ttl 5",
      "meta protocol ip accept ~ accept", "meta protocol ip ~ meta protocol ip",
      "ip saddr 10.0.0.1-10.0.0.1 ~ ip saddr 10.0.0.1-10.0.0.1",
      "limit rate 2048 kbytes / second burst 512 bytes ~ limit rate 2 mbytes/second burst 512 bytes",
      "fib saddr . iif oif missing drop ~ fib saddr . iif oif missing drop",
      "fib daddr oif \"lo\" ~ fib daddr oif \"lo\"", "pkttype host ~ meta pkttype host"})
  @DisplayName("a rule is listed as nft lists it")
  void listed(String typed, String listed) {
    assertThat(lines("ip", "type filter hook input priority 0;", typed)).containsExactly(listed);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', value = {"tcp dport 80 dnat 1.2.3.4 ~ tcp dport 80 dnat to 1.2.3.4",
      "dnat to tcp dport map { 80 : 10.0.0.1 . 81 } ~ dnat ip to tcp dport map { 80 : 10.0.0.1 . 81 }",
      "dnat to tcp dport map { 80 : 10.0.0.1 } ~ dnat to tcp dport map { 80 : 10.0.0.1 }",
      "dnat ip to tcp dport map { 80 : 10.0.0.1-10.0.0.4 . 81-90 } ~ dnat ip to tcp dport map { 80 : 10.0.0.1-10.0.0.4 . 81-90 }"})
  @DisplayName("addresses with ports in a map are pairs")
  void pairs(String typed, String listed) {
    assertThat(lines("ip", "type nat hook prerouting priority 0;", typed)).containsExactly(listed);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
      "ip saddr vmap { 10.0.0.1 : accept, 10.0.0.0/24 : drop } ~ conflicting intervals specified",
      "iifname \"\" ~ Empty string is not allowed",
      "iifname aaaaaaaaaaaaaaaaaaaaaaaa ~ String exceeds maximum length of 16",
      "udp dport 53 reject with tcp reset ~ you cannot use tcp reset with this protocol",
      "tcp flags syn / syn ~ syntax error, unexpected newline, expecting comma",
      "limit rate 5 foo/second ~ Wrong rate format", "fib saddr . iif oif \"none\" ~ Interface does not exist"})
  @DisplayName("what nft refuses is refused with its words")
  void refused(String typed, String error) {
    table("ip", "type filter hook input priority 0;");
    assertThat(Shell.run(session, root, "nft 'add rule ip t c " + typed + "'").err().getFirst())
        .isEqualTo("Error: " + error);
  }

  private void table(String family, String hook) {
    Shell.run(session, root, "nft 'add table " + family + " t; add chain " + family + " t c { " + hook + " }'");
  }

  private List<String> lines(String family, String hook, String rule) {
    table(family, hook);
    assertThat(Shell.run(session, root, "nft 'add rule " + family + " t c " + rule + "'").err()).isEmpty();
    return Shell.run(session, root, "nft list chain " + family + " t c").out().stream()
        .filter(l -> l.startsWith("\t\t"))
        .skip(1).map(String::strip).toList();
  }
}
