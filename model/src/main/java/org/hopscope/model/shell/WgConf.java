package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.WireGuardChange;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Endpoint;
import org.hopscope.model.net.WireGuardPeer;
import org.hopscope.model.net.WireGuardSettings;

/** Gathers what is asked of a WireGuard device, from words or from a configuration file (wireguard-tools config.c). */
final class WgConf {
  private static final int PORTS = 65_536;

  private final List<WireGuardChange.Peer> peers = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final boolean replace;
  private Optional<WireGuardKey> privateKey = Optional.empty();
  private Optional<Integer> port = Optional.empty();
  private Optional<Integer> mark = Optional.empty();
  private boolean keyless;

  /**
   * Begins.
   *
   * @param replace whether what is not said is taken away
   */
  WgConf(boolean replace) {
    this.replace = replace;
  }

  /** Reads the lines of a file. */
  static WgConf of(List<String> lines, boolean replace) throws Stop {
    WgConf conf = new WgConf(replace);
    boolean inside = false;
    for (String line : lines) {
      String text = line.replaceFirst("#.*", "").replaceAll("\\s", "");
      String lower = text.toLowerCase(Locale.ROOT);
      if (lower.equals("[interface]")) {
        inside = true;
        conf.keyless = false;
      } else if (lower.equals("[peer]")) {
        conf.checkPeer();
        conf.keyless = true;
        conf.peers.add(WireGuardChange.Peer.of(WireGuardKey.ZERO).withAllowedIps(List.of()));
        inside = false;
      } else if (!text.isEmpty()) {
        conf.line(text, lower, inside);
      }
    }
    conf.checkPeer();
    return conf;
  }

  private void checkPeer() throws Stop {
    if (keyless) {
      throw Stop.exit(1, "A peer is missing a public key", "Invalid configuration");
    }
  }

  private void line(String text, String lower, boolean inside) throws Stop {
    String key = lower.replaceFirst("=.*", "=");
    String value = text.substring(Math.min(text.length(), key.length()));
    String where = inside ? "interface " : isPeer() ? "peer " : "";
    try {
      switch (where + key) {
        case "interface privatekey=" -> privateKey(key(value));
        case "interface listenport=" -> value("listen-port", value);
        case "interface fwmark=" -> value("fwmark", value);
        case "peer publickey=" -> {
          WireGuardChange.Peer last = peers.removeLast();
          peers.add(new WireGuardChange.Peer(key(value), false, last.preshared(), last.endpoint(), last.keepalive(),
              last.allowedIps()));
          keyless = false;
        }
        case "peer presharedkey=" -> presharedKey(key(value));
        case "peer endpoint=" -> value("endpoint", value);
        case "peer allowedips=" -> value("allowed-ips", value);
        case "peer persistentkeepalive=" -> value("persistent-keepalive", value);
        default -> throw Stop.exit(1, "Line unrecognized: `" + text + "'");
      }
    } catch (Stop stop) {
      List<String> said = new ArrayList<>(stop.said().err());
      said.add("Configuration parsing error");
      throw Stop.exit(stop.said().exit(), said.toArray(String[]::new));
    }
  }

  boolean isPeer() {
    return !peers.isEmpty();
  }

  void peer(String key) throws Stop {
    peers.add(WireGuardChange.Peer.of(key(key)));
  }

  private static WireGuardKey key(String text) throws Stop {
    return WireGuardKey.parse(text)
        .orElseThrow(() -> Stop.exit(1, "Key is not the correct length or format: `" + text + "'"));
  }

  void remove() {
    peers.add(peers.removeLast().removed());
  }

  void privateKey(WireGuardKey key) {
    privateKey = Optional.of(key);
  }

  void presharedKey(WireGuardKey key) {
    peers.add(peers.removeLast().withPreshared(key));
  }

  /** Takes one setting by its word. */
  void value(String word, String value) throws Stop {
    switch (word) {
      case "listen-port" -> port = Optional.of(port(value, value));
      case "fwmark" -> mark = Optional.of(mark(value));
      case "endpoint" -> peers.add(peers.removeLast().withEndpoint(endpoint(value)));
      case "persistent-keepalive" -> peers.add(peers.removeLast().withKeepalive(keepalive(value)));
      default -> {
        List<IpPrefix> more = new ArrayList<>(replace ? peers.getLast().allowedIps().orElse(List.of()) : List.of());
        more.addAll(allowedIps(value));
        peers.add(peers.removeLast().withAllowedIps(more));
      }
    }
  }

  /** The tool hands the lower 16 bits on. */
  private static int port(String text, String whole) throws Stop {
    if (!text.matches("[0-9]{1,9}")) {
      throw Stop.exit(1, "Servname not supported for ai_socktype: `" + whole + "'");
    }
    return Integer.parseInt(text) % PORTS;
  }

  private static int mark(String text) throws Stop {
    return text.equals("off") ? 0
        : Numbers.unsigned(text)
            .orElseThrow(() -> Stop.exit(1, "Fwmark is neither 0/off nor 0-0xffffffff: `" + text + "'"));
  }

  private static Endpoint endpoint(String text) throws Stop {
    int colon = text.startsWith("[") ? text.indexOf("]:") + 1 : text.lastIndexOf(':');
    if (colon <= 0 || colon + 1 >= text.length()) {
      throw Stop.exit(1, "Unable to find port of endpoint: `" + text + "'");
    }
    String host = text.startsWith("[") ? text.substring(1, colon - 1) : text.substring(0, colon);
    int number = port(text.substring(colon + 1), text);
    return new Endpoint(IpAddress.parse(host).orElseThrow(() -> Stop.unsupported("endpoint " + host
        + " (no names are looked up)")), number);
  }

  private static int keepalive(String text) throws Stop {
    return text.equals("off") ? 0
        : Numbers.whole(text, 0, PORTS - 1).filter(_ -> text.matches("[0-9]+")).orElseThrow(() -> Stop.exit(1,
            "Persistent keepalive interval is neither 0/off nor 1-65535: `" + text + "'"));
  }

  private List<IpPrefix> allowedIps(String text) throws Stop {
    List<IpPrefix> prefixes = new ArrayList<>();
    for (String one : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String typed = one.strip();
      String[] parts = typed.split("/", 2);
      IpAddress address = IpAddress.parse(parts[0])
          .orElseThrow(() -> Stop.exit(1, "Unable to parse IP address: `" + parts[0] + "'"));
      int length = parts.length == 1 ? address.width()
          : Numbers.whole(parts[1], 0, address.width()).filter(_ -> parts[1].matches("[0-9]+"))
              .orElseThrow(() -> Stop.exit(1, "AllowedIP is not in the correct format: `" + typed + "'"));
      InterfaceAddress whole = new InterfaceAddress(address, length);
      if (!whole.network().address().equals(address)) {
        warnings.add("Warning: AllowedIP has nonzero host part: " + typed);
      }
      prefixes.add(whole.network());
    }
    return prefixes;
  }

  List<String> warnings() {
    return warnings;
  }

  WireGuardChange change() {
    return new WireGuardChange(replace ? privateKey.or(() -> Optional.of(WireGuardKey.ZERO)) : privateKey,
        replace ? port.or(() -> Optional.of(0)) : port, replace ? mark.or(() -> Optional.of(0)) : mark, replace, peers);
  }

  /** A device as a file that {@code wg setconf} can read (showconf.c). */
  static List<String> text(LabState lab, Device device) {
    List<String> lines = new ArrayList<>(List.of("[Interface]"));
    if (device.kind() instanceof DeviceKind.WireGuard(var _, WireGuardSettings settings)) {
      if (settings.port() != 0) {
        lines.add("ListenPort = " + settings.port());
      }
      if (settings.mark() != 0) {
        lines.add("FwMark = 0x" + Integer.toHexString(settings.mark()));
      }
      settings.privateKey().ifPresent(k -> lines.add("PrivateKey = " + k));
      settings.peers().forEach(p -> lines.addAll(text(p, WgShow.endpoint(lab, device, p))));
    }
    return lines;
  }

  private static List<String> text(WireGuardPeer peer, Optional<Endpoint> endpoint) {
    List<String> lines = new ArrayList<>(List.of("", "[Peer]", "PublicKey = " + peer.key()));
    peer.preshared().ifPresent(k -> lines.add("PresharedKey = " + k));
    if (!peer.allowedIps().isEmpty()) {
      lines.add("AllowedIPs = " + peer.allowedIps().stream().map(IpPrefix::toString).collect(Collectors.joining(", ")));
    }
    endpoint.ifPresent(e -> lines.add("Endpoint = " + e));
    if (peer.keepalive() != 0) {
      lines.add("PersistentKeepalive = " + peer.keepalive());
    }
    return lines;
  }

  /** The commands that make a change, each with the file that it reads on its standard input. */
  static List<Stdin> commands(String device, WireGuardChange change) {
    List<Stdin> commands = new ArrayList<>();
    if (change.replacePeers()) {
      commands.add(new Stdin("wg setconf " + device + " /dev/stdin", file(change)));
      return commands;
    }
    String plain = change.port().map(p -> " listen-port " + p).orElse("")
        + change.mark().map(m -> " fwmark " + (m == 0 ? "off" : "0x" + Integer.toHexString(m))).orElse("");
    boolean keyed = change.privateKey().isPresent();
    if (keyed || !plain.isEmpty()) {
      commands.add(new Stdin("wg set " + device + plain + key(" private-key", change.privateKey()),
          lines(change.privateKey())));
    }
    for (WireGuardChange.Peer peer : change.peers()) {
      commands.add(new Stdin("wg set " + device + words(peer), lines(peer.preshared())));
    }
    return commands;
  }

  /** A command, and what it reads; nothing when it reads nothing. */
  record Stdin(String command, List<String> input) {
  }

  private static String key(String word, Optional<WireGuardKey> key) {
    return key.map(k -> word + (k.equals(WireGuardKey.ZERO) ? " /dev/null" : " /dev/stdin")).orElse("");
  }

  private static List<String> lines(Optional<WireGuardKey> key) {
    return key.filter(k -> !k.equals(WireGuardKey.ZERO)).map(k -> List.of(k.base64())).orElse(List.of());
  }

  private static String words(WireGuardChange.Peer peer) {
    return " peer " + peer.key() + (peer.remove() ? " remove" : "") + key(" preshared-key", peer.preshared())
        + peer.endpoint().map(e -> " endpoint " + e).orElse("")
        + peer.keepalive().map(k -> " persistent-keepalive " + k).orElse("")
        + peer.allowedIps().map(a -> " allowed-ips " + (a.isEmpty() ? "''"
            : a.stream().map(IpPrefix::toString).collect(Collectors.joining(",")))).orElse("");
  }

  private static List<String> file(WireGuardChange change) {
    List<String> lines = new ArrayList<>(List.of("[Interface]"));
    change.port().filter(p -> p != 0).ifPresent(p -> lines.add("ListenPort = " + p));
    change.mark().filter(m -> m != 0).ifPresent(m -> lines.add("FwMark = 0x" + Integer.toHexString(m)));
    change.privateKey().filter(k -> !k.equals(WireGuardKey.ZERO)).ifPresent(k -> lines.add("PrivateKey = " + k));
    for (WireGuardChange.Peer peer : change.peers()) {
      lines.add("[Peer]");
      lines.add("PublicKey = " + peer.key());
      peer.preshared().ifPresent(k -> lines.add("PresharedKey = " + k));
      peer.endpoint().ifPresent(e -> lines.add("Endpoint = " + e));
      peer.keepalive().ifPresent(k -> lines.add("PersistentKeepalive = " + k));
      peer.allowedIps().filter(a -> !a.isEmpty()).ifPresent(a -> lines.add("AllowedIPs = "
          + a.stream().map(IpPrefix::toString).collect(Collectors.joining(", "))));
    }
    return lines;
  }
}
