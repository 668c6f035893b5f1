package org.hopscope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same lab and probe give the same bytes, as text, JSON and pcapng, in a fresh Java whatever its processors, locale,
 * time zone and character set.
 */
class SameBytesTest {
  private static final List<String> HERE = List.of("-XX:ActiveProcessorCount=1", "-Duser.language=en",
      "-Duser.country=US", "-Duser.timezone=UTC", "-Dfile.encoding=UTF-8");
  /** Turkish has its own i; a quarter of an hour off; a character set without most signs; other collector. */
  private static final List<String> ISTANBUL = List.of("-XX:ActiveProcessorCount=8", "-XX:+UseParallelGC",
      "-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Asia/Kathmandu", "-Dfile.encoding=ISO-8859-1",
      "-Dstdout.encoding=ISO-8859-9", "-Dsun.jnu.encoding=ISO-8859-1");
  /** Other digits, a comma between them, line ends of another system. */
  private static final List<String> CAIRO = List.of("-XX:ActiveProcessorCount=3", "-XX:+UseSerialGC",
      "-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=u-nu-arab", "-Duser.timezone=America/St_Johns",
      "-Dfile.encoding=COMPAT", "-Dline.separator=\r\n");

  private static final String LAB = """
      ip netns add web
      ip netns add db
      ip netns add router
      ip link add br0 type bridge
      ip link set br0 up
      ip link add p0 type veth peer name eth0 netns web
      ip link add p1 type veth peer name eth0 netns router
      ip link set p0 master br0 up
      ip link set p1 master br0 up
      ip -n web link set eth0 up
      ip -n router link set eth0 up
      ip -n web addr add 10.0.0.1/24 dev eth0
      ip -n router addr add 10.0.0.254/24 dev eth0
      ip link add eth1 netns router type veth peer name eth0 netns db
      ip -n router link set eth1 up mtu 1400
      ip -n db link set eth0 up
      ip -n router addr add 10.0.1.254/24 dev eth1
      ip -n db addr add 10.0.1.1/24 dev eth0
      ip -n web route add default via 10.0.0.254
      ip -n db route add default via 10.0.1.254
      ip netns exec router sysctl -w net.ipv4.ip_forward=1
      serve db 80/tcp as shop
      dump links routes neigh fdb
      ip netns exec web ping -c 2 -s 1450 10.0.1.1
      """;
  private static final List<String> PROBES =
      List.of("web -> 10.0.1.1:80/tcp size=3000", "web -> 10.0.1.1", "db -> 10.0.0.77",
          "router -> 10.0.1.1:53/udp n=2");

  @TempDir
  Path folder;

  /** Prints, in one line each, everything that the command line says of a lab. */
  static final class Everything {
    private Everything() {
    }

    public static void main(String[] args) throws IOException, InterruptedException {
      List<String> first = new ArrayList<>();
      Thread beside = new Thread(() -> first.addAll(all(Path.of(args[0]), "1")));
      beside.start();
      List<String> second = all(Path.of(args[0]), "2");
      beside.join();
      String same = first.equals(second) ? "the same on two threads at once" : "differs between threads";
      System.out.write((String.join("\n", second) + "\n" + same + "\n").getBytes(StandardCharsets.US_ASCII));
      System.out.flush();
    }

    private static List<String> all(Path lab, String mark) {
      try {
        List<String> said = new ArrayList<>(List.of(one("run", lab.toString()), one("run", lab.toString(), "--json")));
        Path file = lab.resolveSibling("trace" + mark + ".pcapng");
        for (String probe : PROBES) {
          said.add(one("trace", lab.toString(), "--probe", probe));
          said.add(one("trace", lab.toString(), "--probe", probe, "--json"));
          Main.run(List.of("trace", lab.toString(), "--probe", probe, "--pcapng", file.toString()),
              Terminal.to(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                  OutputStream.nullOutputStream()));
          said.add("pcapng of " + probe + ": " + digest(Files.readAllBytes(file)));
        }
        return said;
      } catch (IOException | NoSuchAlgorithmException broken) {
        return List.of(broken.toString());
      }
    }

    private static String one(String... words) throws NoSuchAlgorithmException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Terminal terminal = Terminal.to(InputStream.nullInputStream(), out, out);
      int status = Main.run(List.of(words), terminal);
      terminal.flush();
      return words[0] + " " + words[words.length - 1] + ": " + status + ", " + digest(out.toByteArray());
    }

    private static String digest(byte[] bytes) throws NoSuchAlgorithmException {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
      return bytes.length + " bytes " + HexFormat.of().formatHex(sum, 0, 8);
    }
  }

  @BeforeEach
  void writeTheLab() throws IOException {
    Files.writeString(folder.resolve("same.lab"), LAB);
  }

  private List<String> fresh(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Everything.class.getName(),
        folder.resolve("same.lab").toString()));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Process java = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    java.getOutputStream().close();
    assertThat(java.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(out, StandardCharsets.ISO_8859_1);
    assertThat(java.exitValue()).as(text).isZero();
    return Arrays.asList(text.split("\n"));
  }

  @Test
  void aTraceHasTheSameBytesWhereverItIsMade() throws IOException, InterruptedException {
    List<String> here = fresh(HERE);
    assertThat(here).hasSize(2 + 3 * PROBES.size() + 1);
    assertThat(here.getLast()).isEqualTo("the same on two threads at once");
    assertThat(here.subList(0, 2)).allMatch(line -> line.contains(": 0, "));
    assertThat(here.subList(0, here.size() - 1)).as("each says something")
        .allMatch(line -> line.matches(".*\\d{4,} bytes.*"));
    assertThat(fresh(ISTANBUL)).isEqualTo(here);
    assertThat(fresh(CAIRO)).isEqualTo(here);
  }
}
