package org.hopscope.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A run of each kind of command, on a small lab of its own, for the JVM to watch: an ahead-of-time cache that is made of it
 * holds the classes and profiles that a start of the command line needs.
 */
public final class Training {
  private static final int HOSTS = 60;
  private static final int SERVICES = 60;

  private Training() {
  }

  /** Fails when one of the commands does: a cache that has seen too little is no better than none. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("hopscope");
    Path script = folder.resolve("star.script");
    Path lab = folder.resolve("star.hop");
    try {
      Files.writeString(script, star());
      Files.writeString(lab, said("convert", script.toString(), "--to", "hop"));
      said("trace", lab.toString(), "--probe", "h1 -> 10.0.0.2:9/udp");
      said("convert", lab.toString(), "--to", "sh");
      said("run", script.toString(), "--json");
      Files.writeString(script, cluster());
      said("run", script.toString(), "--json");
      said("check", "A1", "--answer", lab.toString(), "--json");
    } finally {
      for (Path file : List.of(script, lab, folder)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Hosts on a bridge. */
  private static String star() {
    Stream<String> hosts = IntStream.rangeClosed(1, HOSTS).mapToObj(i -> String.format(Locale.ROOT, """
        ip netns add h%1$d
        ip link add p%1$d type veth peer name eth0 netns h%1$d
        ip link set p%1$d master br0 up
        ip -n h%1$d addr add 10.0.0.%1$d/24 dev eth0
        ip -n h%1$d link set lo up
        ip -n h%1$d link set eth0 up
        serve h%1$d 9/udp
        """, i));
    return Stream.concat(Stream.of("ip link add br0 type bridge\nip link set br0 up\n"), hosts)
        .collect(Collectors.joining()) + "ip netns exec h1 ping -c 1 10.0.0.2\n";
  }

  /** Pods behind Services, in the way that large clusters are made: all at once. */
  private static String cluster() {
    return IntStream.rangeClosed(1, SERVICES).mapToObj(i -> String.format(Locale.ROOT, """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web-%1$d}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web-%1$d}}
          template:
            metadata: {labels: {app: web-%1$d}}
            spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web-%1$d}
        spec: {selector: {app: web-%1$d}, ports: [{port: 80}]}
        """, i)).collect(Collectors.joining("", "hop cluster create demo --nodes 10\nkubectl apply -f - <<'EOF'\n", """
        EOF
        kubectl run asker --image=busybox
        probe pod:default/asker -> web-1:80/tcp
        """));
  }

  private static String said(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = Terminal.to(InputStream.nullInputStream(), out, err);
    int status = Main.run(List.of(words), terminal);
    terminal.flush();
    if (status > 1) {
      throw new IllegalStateException(String.join(" ", words) + ": " + err.toString(StandardCharsets.UTF_8));
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
