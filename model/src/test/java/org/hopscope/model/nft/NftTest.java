package org.hopscope.model.nft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Commands;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.RuleEvents;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("nftables (sem-K15, sem-K18)")
class NftTest {
  private static final NetnsId ROOT = NetnsId.root(LabState.FIRST_HOST);
  private static final List<String> FILE = List.of("table inet t {", "\tcomment \"everything\"", "\tcounter c {",
      "\t\tpackets 3 bytes 4", "\t}", "\tset s {", "\t\ttype ipv4_addr . inet_service", "\t\ttimeout 1h",
      "\t\telements = { 10.0.0.1 . 80, 10.0.0.2 . 81 timeout 30m }", "\t}", "\tset seen {", "\t\ttype ipv4_addr",
      "\t\tflags dynamic,timeout", "\t\ttimeout 1m", "\t}", "\tmap m {", "\t\ttype ifname : verdict",
      "\t\tflags interval",
      "\t\telements = { \"eth0\" : jump one, \"wg*\" : drop }", "\t}", "\tchain one {",
      "\t\tip saddr { 10.0.0.0/8, 192.168.0.0/16 } counter packets 7 bytes 70 return",
      "\t\tct state { established, new } meta mark set meta mark | 0x10 accept comment \"x\"", "\t}", "\tchain in {",
      "\t\ttype filter hook input priority filter + 1; policy drop;", "\t\tiifname vmap @m", "\t\tiif \"lo\" accept",
      "\t\tip saddr . tcp dport @s counter name \"c\" accept", "\t\tlimit rate 3/minute log prefix \"n \"",
      "\t\tnumgen inc mod 3 vmap { 0 : accept, 1-2 : continue }", "\t\tupdate @seen { ip saddr } reject", "\t}", "}");

  private final Session session = new Session(Editor.fresh(1));

  private Reply type(String line) {
    return Shell.run(session, ROOT, line);
  }

  private Reply file(List<String> lines) {
    return type("nft -f - <<'EOF'\n" + String.join("\n", lines) + "\nEOF");
  }

  private void done(String... lines) {
    for (String line : lines) {
      assertThat(type(line).err()).as(line).isEmpty();
    }
  }

  @Test
  @DisplayName("tables are saved with the lab, numbers included, and read back the same")
  void saved() {
    done("iptables -A INPUT -s 10.9.9.9 -j DROP");
    assertThat(file(FILE).err()).isEmpty();
    done("nft add table ip gone", "nft delete table ip gone",
        "nft add chain inet t nat", "nft add rule inet t nat tcp flags syn / fin,syn,rst,ack dnat ip to 1.1.1.1:80",
        "nft add rule inet t nat ip saddr { 10.0.0.0/8, 10.1.0.0/16 } accept");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
    done("sleep 2", "ip link set lo up", "nft add element inet t s { 10.0.0.9 . 9 }");
    type("ping -c 1 127.0.0.1");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  @Test
  @DisplayName("what is listed can be loaded again and is listed the same")
  void again() {
    file(FILE);
    List<String> listed = type("nft list table inet t").out();
    done("nft flush ruleset");
    assertThat(type("nft list tables").out()).isEmpty();
    assertThat(file(listed).err()).isEmpty();
    assertThat(type("nft list table inet t").out()).isEqualTo(listed);
  }

  @Test
  @DisplayName("an edit is written as a command that does the same, and is undone and done again")
  void journal() {
    LabState before = session.state();
    file(FILE);
    LabState after = session.state();
    String command = Commands.of(before, session.history().getLast().edit()).getFirst();
    session.undo();
    assertThat(session.state()).isEqualTo(before);
    assertThat(type(command).exit()).isZero();
    assertThat(session.state()).isEqualTo(after);
    session.undo();
    session.redo();
    assertThat(session.state()).isEqualTo(after);
  }

  @Test
  @DisplayName("a refused file leaves everything as it was and points at the place")
  void refused() {
    file(FILE);
    LabState before = session.state();
    Reply reply = file(List.of("flush ruleset", "add table ip a", "add chain ip a b", "add rule ip a b jump nowhere"));
    assertThat(reply.exit()).isEqualTo(1);
    assertThat(reply.err()).containsExactly(
        "/dev/stdin:4:22-28: Error: Could not process rule: No such file or directory",
        "add rule ip a b jump nowhere", "                     ^^^^^^^");
    assertThat(session.state()).isEqualTo(before);
  }

  @Test
  @DisplayName("words that nft has and the model has not are refused by name")
  void unsupported() {
    done("nft add table ip x", "nft add chain ip x y");
    for (String rule : List.of("queue num 1", "ip dscp cs1", "ct count over 5", "quota 5 mbytes", "meta skuid 0",
        "redirect to :tcp dport map { 80 : 81 }", "@th,0,32 5", "jhash ip saddr mod 2 vmap { 0 : accept }")) {
      Reply reply = type("nft 'add rule ip x y " + rule + "'");
      assertThat(reply.exit()).as(rule).isEqualTo(127);
      assertThat(reply.err().getFirst()).as(rule).startsWith("hopscope: not supported: ");
    }
    assertThat(type("nft add table bridge b").exit()).isEqualTo(127);
    assertThat(type("nft monitor").exit()).isEqualTo(127);
    assertThat(type("nft -j list ruleset").exit()).isEqualTo(127);
  }

  @Test
  @DisplayName("a walk is a lookup: the rule that won, and of every other what failed")
  void considered() {
    done("ip link set lo up", "nft add table ip x", "nft 'add chain ip x i { type filter hook input priority 0; }'",
        "nft add chain ip x deep", "nft add rule ip x i tcp dport 80 accept",
        "nft add rule ip x i ip protocol icmp counter jump deep", "nft add rule ip x deep ip ttl 1 accept",
        "nft add rule ip x deep icmp type { echo-reply, echo-request } drop");
    Trace trace = type("ping -c 1 -W 1 127.0.0.1").traces().getFirst();
    Step step = trace.steps().stream().filter(s -> s.event() instanceof Event.Looked(Lookup.ChainWalk _)).findFirst()
        .orElseThrow();
    Lookup.ChainWalk walk = (Lookup.ChainWalk) ((Event.Looked) step.event()).lookup();
    assertThat(Considerations.of(walk, trace.stateAt(step.index()))).extracting(Considered::row, Considered::won,
        Considered::reason).containsExactly(
            org.assertj.core.groups.Tuple.tuple("i 1: tcp dport 80 accept", false, "does not fit: tcp dport 80"),
            org.assertj.core.groups.Tuple.tuple("i 2: ip protocol icmp counter jump deep", false,
                "it fits, and the walk goes on"),
            org.assertj.core.groups.Tuple.tuple("deep 1: ip ttl 1 accept", false, "does not fit: ip ttl 1"),
            org.assertj.core.groups.Tuple.tuple("deep 2: icmp type { echo-reply, echo-request } drop", true,
                "it fits, and decides"));
    assertThat(RuleEvents.of(walk)).containsExactly(
        "ip x i rule ip protocol icmp counter jump deep (verdict jump deep)",
        "ip x deep rule icmp type { echo-reply, echo-request } drop (verdict drop)");
    assertThat(RuleEvents.way(walk.walk())).containsExactly("i", "deep");
    assertThat(Narrator.sentence(trace, step.index() + 1)).contains("rule 2 of ip x deep dropped it");
    assertThat(type("nft list chain ip x i").out().get(4)).contains("counter packets 1 bytes 84");
  }

  @Test
  @DisplayName("files that are broken anywhere never end in anything but a refusal, and change nothing then")
  void mutated() {
    List<String> pieces = List.of("{", "}", ";", ",", ".", ":", "@", "!=", "-", "/", "0", "4294967296", "tcp", "ip6",
        "@s", "vmap", "accept", "\"", "$x", "fd00::/8", "99999999999999999999", "set", "&", "1h", "# handle 3", "(");
    Random random = new Random(4);
    int lines = Integer.getInteger("lines", 3000) / FILE.size();
    for (int i = 0; i < lines; i++) {
      List<String> broken = new ArrayList<>(FILE);
      for (int n = random.nextInt(3); n >= 0; n--) {
        int at = random.nextInt(broken.size());
        List<String> words = new ArrayList<>(List.of(broken.get(at).split(" ")));
        String piece = pieces.get(random.nextInt(pieces.size()));
        switch (random.nextInt(4)) {
          case 0 -> words.add(random.nextInt(words.size() + 1), piece);
          case 1 -> words.set(random.nextInt(words.size()), piece);
          case 2 -> words.remove(random.nextInt(words.size()));
          default -> java.util.Collections.shuffle(words, random);
        }
        broken.set(at, String.join(" ", words));
      }
      LabState before = session.state();
      Reply reply = file(broken);
      if (reply.exit() == 0) {
        List<String> listed = type("nft list ruleset").out();
        assertThat(LabCodec.decode(LabCodec.encode(session.state()))).as(String.join("\n", broken))
            .isEqualTo(new LabCodec.Decoded.Ok(session.state()));
        assertThat(listed).isNotEmpty();
        session.undo();
      } else {
        assertThat(reply.err()).as(String.join("\n", broken)).isNotEmpty();
      }
      assertThat(session.state()).isEqualTo(before);
    }
  }
}
