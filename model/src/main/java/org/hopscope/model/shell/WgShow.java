package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Endpoint;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.net.WireGuardPeer;
import org.hopscope.model.net.WireGuardSession;
import org.hopscope.model.net.WireGuardSettings;

/** {@code wg show} (wireguard-tools show.c). Instants are seconds since the lab began. */
final class WgShow {
  private static final String USAGE = "Usage: wg show { <interface> | all | interfaces } [public-key | private-key | "
      + "listen-port | fwmark | peers | preshared-keys | endpoints | allowed-ips | latest-handshakes | transfer | "
      + "persistent-keepalive | dump]";
  private static final String NONE = "(none)";

  private final LabState lab;
  private final Device device;
  private final WireGuardSettings settings;

  private WgShow(LabState lab, Device device, WireGuardSettings settings) {
    this.lab = lab;
    this.device = device;
    this.settings = settings;
  }

  static Command read(Prompt prompt, List<String> words) throws Stop {
    if (words.size() > 2) {
      throw Stop.exit(1, USAGE);
    }
    String which = words.isEmpty() ? "all" : words.getFirst();
    if (which.matches("-h|--help|help")) {
      throw Stop.exit(0, USAGE);
    }
    boolean all = which.equals("all") || which.equals("interfaces");
    List<WgShow> devices = all ? all(prompt) : List.of(of(prompt.lab(), WgProgram.device(prompt, which)));
    List<String> lines = new ArrayList<>();
    if (which.equals("interfaces")) {
      lines.addAll(devices.isEmpty() ? List.of()
          : List.of(devices.stream().map(d -> d.device.name()).collect(Collectors.joining(" "))));
    } else if (words.size() == 2) {
      for (WgShow show : devices) {
        lines.addAll(show.plain(words.get(1), all));
      }
    } else {
      for (WgShow show : devices) {
        lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
        lines.addAll(show.pretty());
      }
    }
    return Command.Said.answered(lines, new Answer.Nothing());
  }

  private static WgShow of(LabState lab, Device device) {
    return new WgShow(lab, device,
        device.kind() instanceof DeviceKind.WireGuard wg ? wg.settings() : WireGuardSettings.NONE);
  }

  private static List<WgShow> all(Prompt prompt) {
    return prompt.lab().devicesOf(prompt.at()).stream().filter(d -> d.kind() instanceof DeviceKind.WireGuard)
        .map(d -> of(prompt.lab(), d)).toList();
  }

  private WireGuardSession session(WireGuardPeer peer) {
    return lab.learned().session(device.id(), peer.key());
  }

  private Optional<Endpoint> endpoint(WireGuardPeer peer) {
    return endpoint(lab, device, peer);
  }

  /** Where a peer is: where it was heard from last, or where somebody said it is. */
  static Optional<Endpoint> endpoint(LabState lab, Device device, WireGuardPeer peer) {
    return lab.learned().session(device.id(), peer.key()).found().map(WireGuardSession.Found::endpoint)
        .or(peer::endpoint);
  }

  /** When the last handshake was, in whole seconds; 0 for never. */
  private long handshake(WireGuardPeer peer) {
    return session(peer).handshake().map(h -> h.nanos() / VirtualTime.SECOND).orElse(0L);
  }

  private static String mark(int mark) {
    return mark == 0 ? "off" : "0x" + Integer.toHexString(mark);
  }

  private static String keepalive(WireGuardPeer peer) {
    return peer.keepalive() == 0 ? "off" : Integer.toString(peer.keepalive());
  }

  private static String or(Optional<?> value) {
    return value.map(Object::toString).orElse(NONE);
  }

  private static String allowed(WireGuardPeer peer, String comma) {
    return peer.allowedIps().isEmpty() ? NONE
        : peer.allowedIps().stream().map(IpPrefix::toString).collect(Collectors.joining(comma));
  }

  /** One attribute, for scripts (ugly_print); with endpoints the tool names the device on the first line only. */
  private List<String> plain(String what, boolean named) throws Stop {
    String name = named ? device.name() + "\t" : "";
    return switch (what) {
      case "public-key" -> List.of(name + or(settings.publicKey()));
      case "private-key" -> List.of(name + or(settings.privateKey()));
      case "listen-port" -> List.of(name + settings.port());
      case "fwmark" -> List.of(name + mark(settings.mark()));
      case "peers" -> each(name, name, WireGuardPeer::key);
      case "preshared-keys" -> each(name, name, p -> p.key() + "\t" + or(p.preshared()));
      case "endpoints" -> each(name, "", p -> p.key() + "\t" + or(endpoint(p)));
      case "allowed-ips" -> each(name, name, p -> p.key() + "\t" + allowed(p, " "));
      case "latest-handshakes" -> each(name, name, p -> p.key() + "\t" + handshake(p));
      case "transfer" -> each(name, name, p -> p.key() + "\t" + session(p).traffic().received() + "\t"
          + session(p).traffic().sent());
      case "persistent-keepalive" -> each(name, name, p -> p.key() + "\t" + keepalive(p));
      case "dump" -> {
        List<String> lines = new ArrayList<>(List.of(name + or(settings.privateKey()) + "\t"
            + or(settings.publicKey()) + "\t" + settings.port() + "\t" + mark(settings.mark())));
        lines.addAll(each(name, name,
            p -> String.join("\t", p.key().toString(), or(p.preshared()), or(endpoint(p)), allowed(p, ","),
                Long.toString(handshake(p)), Long.toString(session(p).traffic().received()),
                Long.toString(session(p).traffic().sent()), keepalive(p))));
        yield lines;
      }
      default -> throw Stop.exit(1, "Invalid parameter: `" + what + "'", USAGE);
    };
  }

  private interface Column {
    Object of(WireGuardPeer peer);
  }

  private List<String> each(String first, String others, Column column) {
    List<String> lines = new ArrayList<>();
    for (WireGuardPeer peer : settings.peers()) {
      lines.add((lines.isEmpty() ? first : others) + column.of(peer));
    }
    return lines;
  }

  /** For people (pretty_print): who was heard of last comes first. */
  private List<String> pretty() {
    List<String> lines = new ArrayList<>(List.of("interface: " + device.name()));
    settings.publicKey().ifPresent(k -> {
      lines.add("  public key: " + k);
      lines.add("  private key: (hidden)");
    });
    if (settings.port() != 0) {
      lines.add("  listening port: " + settings.port());
    }
    if (settings.mark() != 0) {
      lines.add("  fwmark: " + mark(settings.mark()));
    }
    settings.peers().stream()
        .sorted(Comparator.comparing((WireGuardPeer p) -> session(p).handshake().orElse(VirtualTime.START)).reversed())
        .forEach(p -> lines.addAll(pretty(p)));
    return lines;
  }

  private List<String> pretty(WireGuardPeer peer) {
    List<String> lines = new ArrayList<>(List.of("", "peer: " + peer.key()));
    peer.preshared().ifPresent(_ -> lines.add("  preshared key: (hidden)"));
    endpoint(peer).ifPresent(e -> lines.add("  endpoint: " + e));
    lines.add("  allowed ips: " + allowed(peer, ", "));
    session(peer).handshake().ifPresent(h -> lines.add("  latest handshake: "
        + ago(lab.now().nanos() / VirtualTime.SECOND - h.nanos() / VirtualTime.SECOND)));
    WireGuardSession.Traffic traffic = session(peer).traffic();
    if (traffic.received() > 0 || traffic.sent() > 0) {
      lines.add("  transfer: " + bytes(traffic.received()) + " received, " + bytes(traffic.sent()) + " sent");
    }
    if (peer.keepalive() != 0) {
      lines.add("  persistent keepalive: every " + time(peer.keepalive()));
    }
    return lines;
  }

  private static String ago(long seconds) {
    return seconds == 0 ? "Now" : time(seconds) + " ago";
  }

  private static String time(long seconds) {
    List<String> parts = new ArrayList<>();
    long left = seconds;
    long[] sizes = {365L * 24 * 60 * 60, 24L * 60 * 60, 60L * 60, 60L, 1L};
    String[] names = {"year", "day", "hour", "minute", "second"};
    for (int i = 0; i < sizes.length; i++) {
      long count = left / sizes[i];
      left -= count * sizes[i];
      if (count > 0) {
        parts.add(count + " " + names[i] + (count == 1 ? "" : "s"));
      }
    }
    return String.join(", ", parts);
  }

  private static String bytes(long count) {
    String[] units = {"KiB", "MiB", "GiB", "TiB"};
    if (count < 1024) {
      return count + " B";
    }
    double value = count / 1024.0;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f %s", value, units[unit]);
  }
}
