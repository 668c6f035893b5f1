package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
  /** Lines that mean something, one each. */
  private static final List<String> GOOD = lines("good-lines.txt");
  /** Words that none of them has. */
  private static final List<String> ODD = List.of(
      "-br", "l", "a", "r", "flush", "replace", "change", "append", "master", "nomaster", "down", "mtu",
      "address", "onlink", "scope", "proto", "main", "all", "nud", "permanent", "brd", "+", "ageing_time",
      "stp_state", "net.ipv4.conf.all.rp_filter", "net.ipv4.neigh.lo.retrans_time_ms=5", "-W", "-M", "-b",
      "static", "sticky", "hairpin", "53/udp", "src=10.0.0.1", "size=100", "df", "seq", "0.1", "@host",
      "h2/web", "10.0.0.2:80/tcp", "127.0.0.1", "0.0.0.0/0", "255.255.255.255", "fe80::1", "02:00:00:00:00:01",
      "ff:ff:ff:ff:ff:ff", "-1", "99999999999", "1500", "''", "\"", "'", "\\", "#", "$(x)", "é", "\u0000",
      "h1:eth0", "true", "false", "{1..3}", "{a,b}", "${A}", "${A:-x}", "$((", "))", "$((1+2))", "$(echo x)",
      "A=1", "A=$A$A", ">/dev/null", "2>&1", "<<EOF", "EOF", "\n", "`x`", "()", "]", "test", "=", "-e", "-x",
      "exit", "break", "seq", ".*", "wc", "tee", "sudo", "'ip link'", "-u", "-z", "53", "http://10.0.0.1/",
      "-e", "and", "not", "port", "(", ")", "netmask", "255.0.0.0", "hw", "ether", "v0:1", "hostname");
  private static final List<String> WORDS =
      Stream.concat(ODD.stream(), GOOD.stream().flatMap(line -> Stream.of(line.split(" ")))).distinct().toList();

  private static List<String> lines(String file) {
    try (InputStream in = RobustnessTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

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
