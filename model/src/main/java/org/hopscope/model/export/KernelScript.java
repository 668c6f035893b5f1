package org.hopscope.model.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.probe.SavedProbe;
import org.hopscope.model.probe.Talk;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Trace;

/**
 * A lab as a script for a real kernel ({@code convert LAB --to sh}): it makes the lab in namespaces of its own, sends the
 * saved probes, and ends with 0 when each came out as the model predicts, with 1 when one did not, which it names, and with 2
 * when it cannot be run on this machine: without root, or without a kind of device.
 */
public final class KernelScript {
  private static final String FRAME = resource("frame.sh");
  /** How long all is left alone before the first probe, in nanoseconds. */
  private static final long REST = 500_000_000L;
  /** As {@link #REST}, longer than a kernel takes to find an address to be nobody else's (up to two seconds, RFC 4862 5.4). */
  private static final long DETECTION = 2_100_000_000L;

  private final LabState lab;
  private final StringBuilder probes = new StringBuilder();
  private LabState now;

  private KernelScript(LabState lab, LabState made) {
    this.lab = lab;
    now = made;
  }

  /** What became of writing a script. */
  public sealed interface Written {
    /** The script. */
    record Ok(String script) implements Written {
    }

    /** What in the lab no script makes. */
    record Refused(List<String> why) implements Written {
      public Refused {
        why = List.copyOf(why);
      }
    }
  }

  /**
   * Writes the script of a lab.
   *
   * @param name what it is called
   */
  public static Written of(String name, LabState lab) {
    Recipe.Done recipe = Recipe.of(lab);
    if (!recipe.left().isEmpty()) {
      return new Written.Refused(recipe.left());
    }
    long rest = isTryingOut(recipe.made()) ? DETECTION : REST;
    return Editor.apply(recipe.made(), new Edit.Sleep(rest)) instanceof Editor.Result.Done(LabState settled)
        ? new KernelScript(lab, settled).write(name, recipe.lines(), rest)
        : new Written.Refused(List.of("time"));
  }

  /** Whether an address of IPv6 cannot be used yet, other than one of a link alone. */
  private static boolean isTryingOut(LabState made) {
    return made.devices().values().stream().flatMap(d -> d.inet6().addresses().stream())
        .anyMatch(a -> !a.address().isLinkLocal() && a.isTentativeAt(made.now()) && !a.isDuplicateAt(made.now()));
  }

  /** Whether a device answers for others' addresses: a kernel lets them wait for up to 0.8 s, the model does not (kd-63). */
  private boolean answersForOthers(Device device) {
    return Stream.of("proxy_arp", "proxy_arp_pvlan").anyMatch(name -> Sysctls.maxConf(lab, device, name) == 1);
  }

  private static String prompt(NetnsId there) {
    return there.isRoot() ? "" : "ip netns exec " + there.name() + " ";
  }

  private static String resource(String name) {
    try (InputStream in = KernelScript.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private Written write(String name, List<String> lines, long rest) {
    StringBuilder build = new StringBuilder();
    if (lines.stream().anyMatch(line -> line.matches("(ip netns exec \\S+ )?ip6?tables .*"))) {
      build.append("program iptables\nprogram ip6tables\n");
    }
    if (lines.stream().anyMatch(line -> line.matches("(?s)(ip netns exec \\S+ )?nft .*"))) {
      build.append("program nft\n");
    }
    if (lines.stream().anyMatch(line -> line.matches("(ip netns exec \\S+ )?ipset .*"))) {
      build.append("program ipset\n");
    }
    kinds().forEach(kind -> build.append("need ").append(kind).append('\n'));
    for (String line : lines) {
      build.append(line).append('\n');
      if (line.startsWith("ip netns add ")) {
        build.append("defaults ").append(line.substring("ip netns add ".length())).append('\n');
      }
    }
    lab.devices().values().stream().filter(this::answersForOthers)
        .forEach(device -> build.append(prompt(Recipe.place(lab, device.netns()))).append("sysctl -qw 'net.ipv4.neigh.")
            .append(device.name()).append(".proxy_delay=0'\n"));
    for (Netns netns : lab.netns().values()) {
      NetnsId there = Recipe.place(lab, netns.id());
      netns.servers().forEach(server -> {
        build.append(listen(there, server)).append('\n');
        now = now.with(now.find(there).orElseThrow().withServers(now.find(there).orElseThrow().servers().plus(server)));
      });
    }
    List<String> refused = new ArrayList<>();
    for (SavedProbe saved : lab.notes().probes().values()) {
      ask(saved, refused);
    }
    return refused.isEmpty()
        ? new Written.Ok(FRAME.replace("@NAME@", name.replaceAll("[^A-Za-z0-9 ._-]", "_")).replace("@BUILD@", build)
            .replace("@REST@", Double.toString(rest / 1e9)).replace("@PROBES@", probes))
        : new Written.Refused(refused);
  }

  /** The kinds that a kernel may be built without. */
  private Set<String> kinds() {
    return lab.devices().values().stream().map(Device::kind)
        .map(k -> k instanceof DeviceKind.Nic ? "veth" : k.driver().word()).filter(w -> !w.equals("loopback"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String in(NetnsId netns) {
    return netns.isRoot() ? "@host" : netns.name();
  }

  private static String listen(NetnsId netns, Server server) {
    return "listen " + in(netns) + " " + server.transport().word() + " " + server.port() + " "
        + server.on().map(Object::toString).orElse("-") + " "
        + quoted(server.program() == Server.Program.NC ? "" : server.label());
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** Adds a probe with what the model sees of it; its packets are sent in order, as the script will send them. */
  private void ask(SavedProbe saved, List<String> refused) {
    Probe given = saved.probe();
    NetnsId from = Recipe.place(lab, given.from());
    Probe probe = new Probe(from, given.to(), given.source(), given.device(), given.action());
    Trace trace = Simulator.run(now, probe);
    now = trace.finish();
    Optional<String> client = client(probe);
    if (client.isEmpty()) {
      refused.add("the probe " + saved.name() + ": only ping and the lab's own clients are asked");
      return;
    }
    probes.append("expect ").append(quoted(saved.name())).append(' ').append(quoted(expected(trace.result())))
        .append(' ').append(in(from)).append(' ').append(client.get()).append('\n');
  }

  private static String expected(ProbeResult result) {
    return switch (result) {
      case ProbeResult.Pinged pinged -> pinged.replies().size() + " received"
          + pinged.errors().stream().map(ProbeResult.PingError::kind).filter(k -> k != ProbeResult.FailureKind.REDIRECT)
              .findFirst().map(k -> ", " + word(k)).orElse("");
      case ProbeResult.Traced _,ProbeResult.Paced _,ProbeResult.Arped _ -> "";
      case ProbeResult.Exchanged exchanged -> exchanged.tries().stream()
          .map(t -> t.answer().map(a -> "answered by " + a.label()).orElse(word(t.outcome())))
          .collect(Collectors.joining(", "));
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<String> client(Probe probe) {
    String source = probe.source().map(Object::toString).or(probe::device).orElse("-");
    return switch (probe.action()) {
      case Probe.Ping ping -> Optional.of("ping -n -c " + ping.count() + " -s " + ping.size() + " -i "
          + Math.max(0.002, ping.intervalMillis() / 1000.0) + " -W " + Math.max(0.1, ping.waitMillis() / 1000.0)
          + (ping.pathMtu() == Probe.PathMtu.DO ? " -M do" : "") + ping.ttl().map(t -> " -t " + t).orElse("")
          + (ping.stamp().mark() == 0 ? "" : " -m " + Integer.toUnsignedString(ping.stamp().mark()))
          + (ping.stamp().tos() == 0 ? "" : " -Q " + ping.stamp().tos()) + (ping.broadcast() ? " -b" : "")
          + (source.equals("-") ? "" : " -I " + source) + " " + probe.to());
      case Probe.Traceroute _,Probe.Tracepath _,Probe.Arping _ -> Optional.empty();
      case Probe.Connect(PortNumber port, Probe.ClientOptions options) -> exchange("tcp", probe, port, options, source);
      case Probe.Datagram(PortNumber port, Probe.ClientOptions options) ->
          exchange("udp", probe, port, options, source);
    };
  }

  private static Optional<String> exchange(String transport, Probe probe, PortNumber port, Probe.ClientOptions options,
      String source) {
    return options.talk() instanceof Talk.Question
        ? Optional.of("talk " + transport + " " + probe.to() + " " + port + " " + options.count() + " " + source + " "
            + options.sourcePort().map(PortNumber::value).orElse(0) + " " + options.size() + " "
            + options.waitMillis() / 1000.0 + " " + (options.dontFragment() ? "df" : "-"))
        : Optional.empty();
  }
}
