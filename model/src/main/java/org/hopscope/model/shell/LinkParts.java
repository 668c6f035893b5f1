package org.hopscope.model.shell;

import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.TraitsChange;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;

/** What the words of {@code ip link add} and {@code ip link set} say, gathered one by one (iplink_parse). */
final class LinkParts {
  /** Bytes of a device's name at most (kernel IFNAMSIZ without the zero at its end). */
  static final int LONGEST_NAME = 15;

  private final Prompt prompt;
  private final Args args;
  private Optional<String> device = Optional.empty();
  private Optional<String> name = Optional.empty();
  private Optional<String> type = Optional.empty();
  private Optional<NetnsId> netns = Optional.empty();
  private Optional<MacAddress> mac = Optional.empty();
  private Optional<Integer> oddLength = Optional.empty();
  private Optional<Integer> mtu = Optional.empty();
  private Optional<Integer> index = Optional.empty();
  private Optional<Boolean> up = Optional.empty();
  private Optional<String> master = Optional.empty();
  private Optional<DeviceRef> lower = Optional.empty();
  private Optional<Boolean> arp = Optional.empty();
  private Optional<Boolean> carrier = Optional.empty();
  private Optional<Boolean> addresses = Optional.empty();
  private boolean broadcast;
  private TraitsChange traits = TraitsChange.NONE;

  LinkParts(Prompt prompt, Args args) {
    this.prompt = prompt;
    this.args = args;
  }

  /** Reads to the end, or to the word behind {@code type}. */
  LinkParts read() throws Stop {
    while (!args.isEmpty() && type.isEmpty()) {
      String typed = args.next();
      String word = LinkWords.find(typed).orElse("");
      switch (word) {
        case "up", "down" -> up = Optional.of(word.equals("up"));
        case "name" -> name = Optional.of(valid(once(word, name, args.next()), word));
        case "index" -> index = Optional.of(args.number(1, Integer.MAX_VALUE, "Invalid \"index\" value"));
        case "address" -> address(args.next());
        case "mtu" -> mtu = Optional.of(args.number(Integer.MIN_VALUE, Integer.MAX_VALUE, "Invalid \"mtu\" value"));
        case "netns" -> {
          String text = args.next();
          netns = Optional.of(netns(once(word, netns.map(NetnsId::name), text)));
        }
        case "master" -> master = Optional.of(master(args.next()));
        case "addrgenmode" -> addresses = Optional.of(genMode(args.next()));
        case "broadcast" -> {
          HardwareBytes.read(args.next());
          broadcast = true;
        }
        case "carrier" -> carrier = Optional.of(args.onOff("carrier", 22));
        case "arp" -> arp = Optional.of(onOff(word, args.next()));
        case "link" -> lower = Optional.of(prompt.ref(args.next()));
        case "nomaster" -> master = Optional.of("");
        case "type" -> type = Optional.of(args.next());
        case "dev", "" -> device = Optional.of(device(word.isEmpty() ? typed : args.next()));
        default -> traits = TraitWords.read(traits, word, args).orElseThrow(() -> Stop.unsupported(word));
      }
    }
    return this;
  }

  /** Hardware addresses of other lengths are for others to refuse, later. */
  private void address(String text) throws Stop {
    HardwareBytes bytes = HardwareBytes.read(text);
    oddLength = bytes.oddLength();
    mac = oddLength.isPresent() ? Optional.empty() : Optional.of(bytes.mac());
  }

  static boolean onOff(String word, String text) throws Stop {
    if (!text.equals("on") && !text.equals("off")) {
      throw Stop.exit(255, "Error: argument of \"" + word + "\" must be \"on\" or \"off\", not \"" + text + "\"");
    }
    return text.equals("on");
  }

  /** Whether a device shall make no address of the link of its own (kernel IN6_ADDR_GEN_MODE_NONE). */
  private static boolean genMode(String text) throws Stop {
    return switch (text) {
      case "eui64" -> false;
      case "none" -> true;
      case "stable_secret", "random" -> throw Stop.unsupported("addrgenmode " + text);
      default -> throw Stop.wrong(text, "Invalid address generation mode");
    };
  }

  private static String once(String key, Optional<String> before, String value) throws Stop {
    if (before.isPresent()) {
      throw Stop.twice(key, value);
    }
    return value;
  }

  private String device(String text) throws Stop {
    if (device.isPresent()) {
      throw Stop.garbage("dev", text);
    }
    if (text.matches(".*[/\\s].*") || text.isEmpty()) {
      throw Stop.wrong(text, "\"dev\" not a valid ifname");
    }
    return text;
  }

  /** 1 to 15 characters without blanks and slashes (lib/utils.c check_ifname). */
  static String valid(String text, String key) throws Stop {
    if (!text.matches("[^/\\s]{1,15}")) {
      throw Stop.wrong(text, "\"" + key + "\" not a valid ifname");
    }
    return text;
  }

  /** A namespace's name, or the number of a process that lives in it. */
  private NetnsId netns(String text) throws Stop {
    String host = prompt.at().host();
    return NetnsFiles.named(prompt.lab(), host, text)
        .or(() -> Processes.find(prompt.lab(), host, text).map(Processes.Process::netns))
        .orElseThrow(() -> Numbers.whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE).isPresent()
            ? Stop.exit(2, "RTNETLINK answers: " + Errno.ESRCH.text())
            : Stop.wrong(text, "Invalid \"netns\" value"));
  }

  private String master(String text) throws Stop {
    if (prompt.lab().find(prompt.ref(text)).isEmpty()) {
      throw Stop.wrong(text, "Device does not exist");
    }
    return text;
  }

  /** The name to make a device with: what stands behind {@code name}, or alone. */
  Optional<String> newName() throws Stop {
    if (name.isPresent() && device.isPresent() && !name.equals(device)) {
      throw Stop.exit(255, "both \"name\" and \"dev\" cannot be used when creating devices.");
    }
    return name.or(() -> device);
  }

  /** The device to change; it must be there. */
  DeviceRef existing() throws Stop {
    String text = device.or(() -> name)
        .orElseThrow(() -> Stop.exit(255, "Not enough information: \"dev\" argument is required."));
    return prompt.device(text).ref();
  }

  /** The device behind {@code link}; it must be there. */
  Optional<DeviceRef> lower() throws Stop {
    return lower.isEmpty() ? lower : Optional.of(prompt.device(lower.get().name()).ref());
  }

  Optional<String> type() {
    return type;
  }

  /** A device to be made, called {@code called} and put where {@code netns} says. */
  NewLink newLink(String called) throws Stop {
    if (carrier.isPresent() || broadcast || addresses.isPresent()) {
      throw Stop.unsupported(broadcast ? "broadcast" : carrier.isPresent() ? "carrier" : "addrgenmode");
    }
    NetnsId where = netns.orElse(prompt.at());
    if (mtu.filter(m -> m < 0).isPresent() || oddLength.isPresent()) {
      throw Stop.exit(2, "RTNETLINK answers: Invalid argument");
    }
    return new NewLink(new DeviceRef(where, called), mac, mtu, index, up.orElse(false));
  }

  /** What is noted on the device. */
  TraitsChange traits() {
    return traits;
  }

  /** The group of devices that is meant where no device is named. */
  Optional<Integer> group() {
    return device.isEmpty() && name.isEmpty() ? traits.group() : Optional.empty();
  }

  /** What is said about how it makes its own IPv6 address. */
  Optional<Boolean> addresses() {
    return addresses;
  }

  /** What is said about the carrier. */
  Optional<Boolean> carrier() {
    return carrier;
  }

  /** The device that a new one is to be enslaved to. */
  Optional<String> master() {
    return master.filter(m -> !m.isEmpty());
  }

  /** What is said about ARP. */
  Optional<Boolean> arp() {
    return arp;
  }

  /** Everything that is to be changed on a device. */
  LinkChange change() throws Stop {
    if (oddLength.isPresent()) {
      throw Stop.exit(1, "Invalid address length " + oddLength.get() + " - must be 6 bytes");
    }
    if (lower.isPresent()) {
      throw Stop.unsupported("link");
    }
    if (index.isPresent()) {
      throw Stop.unsupported("index");
    }
    if (broadcast) {
      throw Stop.unsupported("broadcast");
    }
    boolean renames = device.isPresent() && name.isPresent();
    return new LinkChange(netns, renames ? name : Optional.empty(), mac, mtu, up, master);
  }
}
