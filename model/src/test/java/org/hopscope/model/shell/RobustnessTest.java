package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is typed: an answer with an exit status, in bounded time, and a refusal changes nothing. A million lines:
 * {@code mvn -o -q -Pfast -pl model test -Dtest=RobustnessTest -Dlines=1000000}.
 */
class RobustnessTest {
  private static final int SEEDS = 16;
  private static final int LINES = Integer.getInteger("lines", 40_000) / SEEDS;
  /** After so many lines a new lab begins. */
  private static final int LAB = 2_500;
  private static final List<String> WORDS = List.of("ip", "-n", "-j", "-br", "-d", "-s", "-o", "-4", "link", "l",
      "addr",
      "a", "route", "r", "neigh", "n", "netns", "exec", "add", "del", "set", "show", "list", "get", "flush", "replace",
      "change", "append", "dev", "name", "type", "veth", "bridge", "peer", "master", "nomaster", "up", "down", "mtu",
      "address", "via", "onlink", "src", "metric", "table", "scope", "proto", "main", "local", "all", "default",
      "lladdr",
      "nud", "permanent", "brd", "+", "label", "ageing_time", "stp_state", "sysctl", "-w", "-a", "-n",
      "net.ipv4.ip_forward=1", "net.ipv4.conf.all.rp_filter", "net.ipv4.neigh.lo.retrans_time_ms=5", "ping", "-c", "-i",
      "-W", "-I", "-t", "-M", "do", "-b", "fdb", "br", "static", "sticky", "hairpin", "on", "off", "hop", "host",
      "cable",
      "serve", "unserve", "probe", "->", "as", "80/tcp", "53/udp", "n=2", "src=10.0.0.1", "size=100", "df", "seq",
      "dump",
      "links", "fdb", "sleep", "0.1", "lo", "v0", "v1", "br0", "web", "db", "@host", "h2", "h2/web", "10.0.0.1",
      "10.0.0.1/24", "10.0.0.2:80/tcp", "127.0.0.1", "0.0.0.0/0", "255.255.255.255", "fe80::1", "02:00:00:00:00:01",
      "ff:ff:ff:ff:ff:ff", "1", "0", "-1", "99999999999", "1500", "''", "\"", "'", "\\", "#", "|", ">", "$(x)", ";",
      "é",
      "\u0000", "h1:eth0", "h2:eth0", "&&", "||", "for", "in", "do", "done", "if", "then", "else", "fi", "while",
      "true", "false", "!",
      "{", "}", "{1..3}", "{a,b}", "$A", "${A}", "${A:-x}", "$?", "$((", "))", "$((1+2))", "$(echo x)", "A=1", "A=$A$A",
      ">/dev/null", "2>&1", "<<EOF", "EOF", "\n", "&", "`x`", "()", "[", "]", "test", "-eq", "=", "set", "-e", "-x",
      "exit",
      "break", "echo", "seq", "grep", "-v", ".*", "head", "wc", "cat", "tee", "/proc/sys/net/ipv4/ip_forward", "sudo",
      "sh",
      "'ip link'", "nc", "-l", "-k", "-u", "-z", "-p", "80", "53", "curl", "http://10.0.0.1/", "-m", "-v", "tcpdump",
      "-e",
      "icmp", "and", "not", "port", "(", ")", "ss", "-tlnp", "ifconfig", "netmask", "255.0.0.0", "hw", "ether", "v0:1",
      "route", "-net", "gw", "default", "arp", "-d", "ethtool", "hostname", "python3", "http.server");
  private static final List<String> GOOD = List.of("ip netns add web", "ip netns add db",
      "ip link add v0 type veth peer name v1", "ip link set v0 netns web", "ip link set v1 netns db name e1",
      "ip -n web addr add 10.0.0.1/24 dev v0", "ip netns exec web ip link set v0 up", "ip link add br0 type bridge",
      "ip link set br0 up", "ip addr add 10.0.0.9/24 dev br0", "ip netns exec web ip route add default via 10.0.0.2",
      "ip netns exec web ping -c 2 10.0.0.2", "ip -j addr show", "ip -d link show br0", "bridge fdb show br br0",
      "sysctl -w net.ipv4.ip_forward=1", "serve web 80/tcp as shop", "probe web -> 10.0.0.1:80/tcp n=2",
      "hop host add h2", "hop cable add host:eth0 h2:eth0", "hop on h2 ip link set eth0 up", "dump links routes",
      "ip neigh add 10.0.0.7 lladdr 02:00:00:00:00:07 dev br0", "ip route get 10.0.0.1", "ip link del br0",
      "sleep 0.5", "for i in 1 2 3; do ip netns add n$i; done", "A=web; ip netns add $A && echo made || echo there",
      "ip netns list | grep -c n", "if [ $? -eq 0 ]; then echo fine; else echo bad; fi", "nc -l -k -p 80 &",
      "ip netns exec web nc -zv -w 1 10.0.0.1 80", "curl -s -m 1 10.0.0.9", "ifconfig br0 10.1.0.1/24 up",
      "route add -net 10.7.0.0/16 gw 10.0.0.1", "arp -s 10.0.0.8 02:00:00:00:00:08", "tcpdump -n -i br0 icmp or arp",
      "ss -tan", "echo 1 > /proc/sys/net/ipv4/ip_forward", "i=0; while [ $i -lt 3 ]; do i=$((i+1)); done",
      "ip netns exec web sh -c 'ip link set lo up; ping -c 1 127.0.0.1'", "python3 -m http.server 8080 &",
      "echo $(seq 1 5) {a..c}", "set -x; true; set +x");

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyLineIsAnsweredAndARefusalChangesNothing(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Session session = new Session(Editor.fresh(seed));
    Interpreter shell = new Interpreter(session);
    for (int i = 0; i < LINES; i++) {
      if (i % LAB == LAB - 1) {
        session = new Session(Editor.fresh(seed + i));
        shell = new Interpreter(session);
      }
      String line = random.nextInt(3) == 0 ? mutated(random) : random.nextInt(2) == 0 ? soup(random) : good(random);
      List<Executed> seen = new ArrayList<>();
      int exit;
      try {
        exit = shell.run(session.state().firstHost().root(), line, seen::add);
      } catch (RuntimeException | StackOverflowError broken) {
        throw new AssertionError("seed %d: %s".formatted(seed, line), broken);
      }
      assertThat(exit).as("seed %d: %s", seed, line).isBetween(0, 255);
      for (int k = 0; k < seen.size(); k++) {
        LabState after = k + 1 < seen.size() ? seen.get(k + 1).before() : session.state();
        check(seed, line, seen.get(k), after);
      }
    }
  }

  private static void check(long seed, String line, Executed executed, LabState after) {
    Reply reply = executed.reply();
    assertThat(reply.exit()).as("seed %d: %s", seed, line).isBetween(0, 255);
    if (reply.edits().isEmpty() && reply.traces().isEmpty()) {
      assertThat(after).as("seed %d: %s", seed, line).isSameAs(executed.before());
    }
    boolean elsewhere = line.contains(">") || line.contains("exit") || line.contains("|") || line.contains("$(");
    if (reply.exit() == Reply.UNSUPPORTED && !elsewhere) {
      assertThat(reply.err()).as(line).anyMatch(e -> e.contains("hopscope: not supported: "));
    }
    reply.edits().forEach(edit -> assertThat(Commands.of(executed.before(), edit)).as(line).isNotNull());
  }

  private static String good(SplittableRandom random) {
    return GOOD.get(random.nextInt(GOOD.size()));
  }

  private static String soup(SplittableRandom random) {
    StringBuilder line = new StringBuilder(random.nextInt(2) == 0 ? "ip" : WORDS.get(random.nextInt(WORDS.size())));
    for (int i = random.nextInt(9); i > 0; i--) {
      line.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return line.toString();
  }

  /** A good line with words dropped, doubled, swapped for others, or with a letter changed. */
  private static String mutated(SplittableRandom random) {
    StringBuilder line = new StringBuilder();
    for (String word : good(random).split(" ")) {
      switch (random.nextInt(14)) {
        case 0 -> {
        }
        case 1 -> line.append(word).append(' ').append(word).append(' ');
        case 2 -> line.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        case 3 -> line.append(word).insert(random.nextInt(line.length() + 1), (char) random.nextInt(32, 127))
            .append(' ');
        case 4 -> line.append(word, 0, random.nextInt(word.length()) + 1).append(' ');
        default -> line.append(word).append(' ');
      }
    }
    return line.toString();
  }
}
