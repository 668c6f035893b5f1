package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.lab.FileEdits;
import org.hopscope.model.lab.WireGuardChange;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.WireGuardPeer;

/** {@code wg} (wireguard-tools 1.0.20210914, wg(8)). Names are not looked up: endpoints are addresses. */
final class WgProgram {
  private static final Map<String, String> COMMANDS = new TreeMap<>(Map.of("set",
      "Usage: wg set <interface> [listen-port <port>] [fwmark <mark>] [private-key <file path>] [peer <base64 public "
          + "key> [remove] [preshared-key <file path>] [endpoint <ip>:<port>] [persistent-keepalive <interval seconds>] "
          + "[allowed-ips <ip1>/<cidr1>[,<ip2>/<cidr2>]...] ]...",
      "setconf", "Usage: wg setconf <interface> <configuration filename>", "addconf",
      "Usage: wg addconf <interface> <configuration filename>", "syncconf",
      "Usage: wg syncconf <interface> <configuration filename>", "showconf", "Usage: wg showconf <interface>",
      "genkey", "Usage: wg genkey", "genpsk", "Usage: wg genpsk", "pubkey", "Usage: wg pubkey"));

  private WgProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    String verb = args.isEmpty() ? "show" : args.next();
    List<String> rest = args.rest();
    if (COMMANDS.containsKey(verb) && (rest.contains("--help") || rest.contains("-h") || rest.contains("help"))) {
      throw Stop.exit(0, COMMANDS.get(verb));
    }
    return switch (verb) {
      case "show" -> WgShow.read(prompt, rest);
      case "showconf" -> {
        check(verb, rest, 1);
        yield Command.Said.answered(WgConf.text(prompt.lab(), device(prompt, rest.getFirst())), new Answer.Nothing());
      }
      case "set" -> set(prompt, rest);
      case "setconf", "addconf", "syncconf" -> configure(prompt, verb, rest);
      case "genkey", "genpsk" -> {
        check(verb, rest, 0);
        WireGuardKey drawn = FileEdits.next(prompt.lab(), prompt.at().host());
        WireGuardKey key = verb.equals("genkey") ? drawn.clamped() : drawn;
        yield new Command.Change(new Edit.DrawKey(prompt.at().host()), 1,
            Command.Said.answered(List.of(key.base64()), new Answer.Nothing()));
      }
      case "pubkey" -> {
        check(verb, rest, 0);
        WireGuardKey key = Optional.of(prompt.input()).filter(in -> in.size() == 1)
            .flatMap(in -> WireGuardKey.parse(in.getFirst()))
            .orElseThrow(() -> Stop.exit(1, "wg: Key is not the correct length or format"));
        yield Command.Said.answered(List.of(key.publicKey().base64()), new Answer.Nothing());
      }
      case "--version", "-v", "version" -> Command.Said.answered(
          List.of("wireguard-tools v1.0.20210914 - https://git.zx2c4.com/wireguard-tools/"), new Answer.Nothing());
      default -> throw Stop.exit(verb.matches("-h|--help|help") ? 0 : 1,
          (verb.matches("-h|--help|help") ? "" : "Invalid subcommand: `" + verb + "'\n")
              + "Usage: wg <cmd> [<args>]");
    };
  }

  private static void check(String verb, List<String> rest, int words) throws Stop {
    if (rest.size() != words) {
      throw Stop.exit(1, COMMANDS.get(verb));
    }
  }

  /** A device of this namespace that is WireGuard's; what {@code wg} says else it has from the kernel. */
  static Device device(Prompt prompt, String name) throws Stop {
    Device device = prompt.lab().find(prompt.ref(name))
        .orElseThrow(() -> Stop.exit(1, "Unable to access interface: " + Errno.ENODEV.text()));
    if (!(device.kind() instanceof DeviceKind.WireGuard)) {
      throw Stop.exit(1, "Unable to access interface: " + Errno.EOPNOTSUPP.text());
    }
    return device;
  }

  private static Command change(Prompt prompt, String name, WireGuardChange change, List<String> warnings) {
    return new Command.Change(new Edit.SetWireGuard(prompt.ref(name), change), 1,
        new Command.Said(0, List.of(), warnings, new Answer.Nothing()), Optional.of("Unable to modify interface"));
  }

  /** config.c config_read_cmd. */
  private static Command set(Prompt prompt, List<String> rest) throws Stop {
    if (rest.size() < 2) {
      throw Stop.exit(1, COMMANDS.get("set"));
    }
    WgConf conf = new WgConf(false);
    Args words = new Args(rest.subList(1, rest.size()));
    while (!words.isEmpty()) {
      String word = words.next();
      boolean known = switch (word) {
        case "peer", "private-key", "listen-port", "fwmark" -> !words.isEmpty() && (word.equals("peer")
            || !conf.isPeer());
        case "preshared-key", "endpoint", "allowed-ips", "persistent-keepalive" -> !words.isEmpty() && conf.isPeer();
        case "remove" -> conf.isPeer();
        default -> false;
      };
      if (!known) {
        throw Stop.exit(1, "Invalid argument: " + word);
      }
      switch (word) {
        case "peer" -> conf.peer(words.next());
        case "remove" -> conf.remove();
        case "private-key" -> conf.privateKey(keyFile(prompt, words.next()));
        case "preshared-key" -> conf.presharedKey(keyFile(prompt, words.next()));
        default -> conf.value(word, words.next());
      }
    }
    return change(prompt, rest.getFirst(), conf.change(), conf.warnings());
  }

  /** config.c parse_keyfile: an empty file means no key. */
  private static WireGuardKey keyFile(Prompt prompt, String name) throws Stop {
    List<String> lines = HostFiles.open(prompt, name, Stop.exit(1, "fopen: " + Errno.ENOENT.text()));
    String text = String.join("\n", lines);
    if (name.equals("/dev/null") || text.isEmpty() && !name.equals("/dev/stdin")) {
      return WireGuardKey.ZERO;
    }
    if (text.strip().length() != WireGuardKey.ZERO.base64().length()) {
      throw Stop.exit(1, "Invalid length key in key file");
    }
    return WireGuardKey.parse(text.strip()).orElseThrow(
        () -> Stop.exit(1, "Key is not the correct length or format: `" + text.strip() + "'"));
  }

  private static Command configure(Prompt prompt, String verb, List<String> rest) throws Stop {
    check(verb, rest, 2);
    List<String> lines = HostFiles.open(prompt, rest.get(1), Stop.exit(1, "fopen: " + Errno.ENOENT.text()));
    WgConf conf = WgConf.of(lines, !verb.equals("addconf"));
    WireGuardChange change = conf.change();
    if (verb.equals("syncconf")) {
      change = synced(prompt, rest.getFirst(), change);
    }
    return change(prompt, rest.getFirst(), change, conf.warnings());
  }

  /** setconf.c sync_conf: only peers that are not in the file go. */
  private static WireGuardChange synced(Prompt prompt, String name, WireGuardChange file) throws Stop {
    List<WireGuardChange.Peer> peers = new ArrayList<>();
    if (device(prompt, name).kind() instanceof DeviceKind.WireGuard wg) {
      for (WireGuardPeer peer : wg.settings().peers()) {
        if (file.peers().stream().noneMatch(p -> p.key().equals(peer.key()))) {
          peers.add(WireGuardChange.Peer.of(peer.key()).removed());
        }
      }
    }
    peers.addAll(file.peers());
    return new WireGuardChange(file.privateKey(), file.port(), file.mark(), false, peers);
  }
}
