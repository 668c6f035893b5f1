package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.Device;

/**
 * {@code ifconfig} (net-tools 2.10, ifconfig(8)): shows devices, and sets address, netmask, broadcast, MTU, hardware
 * address, up and down, and gives and takes addresses of IPv6 ({@code add}, {@code del}). {@code DEV:N} is an address with that
 * label. Promiscuity and ARP are refused by name.
 */
final class IfconfigProgram {
  private static final Map<String, Integer> FLAGS = Map.of("UP", 1, "BROADCAST", 2, "LOOPBACK", 8, "POINTOPOINT", 16,
      "RUNNING", 64, "NOARP", 128, "PROMISC", 256, "ALLMULTI", 512, "MULTICAST", 4096);
  private static final List<String> ORDER = List.of("UP", "BROADCAST", "LOOPBACK", "POINTOPOINT", "RUNNING", "NOARP",
      "PROMISC", "ALLMULTI", "MULTICAST");
  private static final String HELP = "ifconfig: `--help' gives usage information.";

  private final Prompt prompt;
  private final List<Edit> edits = new ArrayList<>();
  private String call = "SIOCSIFFLAGS";

  private IfconfigProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    boolean all = args.take("-a");
    if (args.peek().filter(w -> w.startsWith("-")).isPresent()) {
      throw Stop.unsupported("ifconfig " + args.next());
    }
    if (args.isEmpty()) {
      List<String> out = new ArrayList<>();
      for (Device device : prompt.lab().devicesOf(prompt.at())) {
        if (all || device.isUp()) {
          labels(device).forEach(label -> out.addAll(shown(prompt, device, label)));
        }
      }
      return Command.Said.answered(out, new Answer.Nothing());
    }
    String name = args.next();
    return args.isEmpty() ? show(prompt, name) : new IfconfigProgram(prompt).set(name, args);
  }

  private static Optional<Device> device(Prompt prompt, String name) {
    return prompt.lab().find(prompt.ref(name.contains(":") ? name.substring(0, name.indexOf(':')) : name));
  }

  private static Command show(Prompt prompt, String name) throws Stop {
    Device device = device(prompt, name).filter(d -> labels(d).contains(name)).orElseThrow(
        () -> Stop.exit(1, name + ": error fetching interface information: Device not found"));
    return Command.Said.answered(shown(prompt, device, name), new Answer.Nothing());
  }

  /** The device's own name, and the labels of its other addresses. */
  private static List<String> labels(Device device) {
    TreeSet<String> labels = new TreeSet<>(device.addresses().stream().map(AssignedAddress::label)
        .filter(l -> l.startsWith(device.name() + ":")).toList());
    List<String> all = new ArrayList<>(List.of(device.name()));
    all.addAll(labels);
    return all;
  }

  private static List<String> shown(Prompt prompt, Device device, String label) {
    LinkView view = LinkView.of(prompt.lab(), device);
    List<String> flags = flags(view);
    List<String> out = new ArrayList<>();
    out.add(label + ": flags=" + bits(view) + "<" + String.join(",", flags) + ">  mtu "
        + view.mtu());
    device.addresses().stream().filter(a -> OlderTools.isIpv4(a.address()) && a.label().equals(label)).findFirst()
        .ifPresent(a -> out.add(inet(device, a)));
    boolean whole = label.equals(device.name());
    if (whole) {
      device.inet6().addresses().forEach(a -> out.add(inet6(a.address(), a.local().length())));
    }
    out.add(device.isLoopback()
        ? "        loop  txqueuelen 1000  (Local Loopback)"
        : "        ether " + view.mac() + "  txqueuelen 1000  (Ethernet)");
    if (whole) {
      out.addAll(counted(prompt.lab().learned().counters(device.id())));
    }
    out.add("");
    return out;
  }

  /** The flags of a device that SIOCGIFFLAGS tells, in the order of net-tools. */
  static List<String> flags(LinkView view) {
    List<String> on = view.allFlags().stream().map(f -> f.equals("LOWER_UP") ? "RUNNING" : f).toList();
    return ORDER.stream().filter(on::contains).toList();
  }

  /** Those that are set on it, as sysfs has them: whether it runs is not one of them. */
  static int configured(LinkView view) {
    return bits(view) & ~FLAGS.get("RUNNING");
  }

  private static int bits(LinkView view) {
    return flags(view).stream().mapToInt(FLAGS::get).sum();
  }

  private static String inet(Device device, AssignedAddress address) {
    String end = device.isLoopback() ? ""
        : address.toldPeer().map(p -> "  destination " + p)
            .orElse("  broadcast " + address.broadcast().map(Object::toString).orElse("0.0.0.0"));
    return "        inet " + address.address() + "  netmask " + Ipv4Address.mask(address.local().length()) + end;
  }

  private static String inet6(Ipv6Address address, int length) {
    String scope = address.isLoopback() ? "0x10<host>" : address.isLinkLocal() ? "0x20<link>"
        : address.isSiteLocal() ? "0x40<site>" : "0x0<global>";
    return "        inet6 " + address + "  prefixlen " + length + "  scopeid " + scope;
  }

  private static List<String> counted(Counters counters) {
    return List.of(
        "        RX packets " + counters.rxPackets() + "  bytes " + counters.rxBytes() + " ("
            + size(counters.rxBytes()) + ")",
        "        RX errors 0  dropped " + counters.rxDropped() + "  overruns 0  frame 0",
        "        TX packets " + counters.txPackets() + "  bytes " + counters.txBytes() + " ("
            + size(counters.txBytes()) + ")",
        "        TX errors 0  dropped " + counters.txDropped() + " overruns 0  carrier 0  collisions 0");
  }

  private static String size(long bytes) {
    double shown = bytes;
    int unit = 0;
    while (shown >= 1024 && unit < 3) {
      shown /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", shown, List.of("B", "KiB", "MiB", "GiB").get(unit));
  }

  private Command set(String name, Args args) throws Stop {
    Optional<Device> device = device(prompt, name);
    if (device.isEmpty()) {
      throw Stop.exit(255, name + ": ERROR while getting interface flags: No such device");
    }
    Request request = new Request(device.get(), name);
    while (!args.isEmpty()) {
      request.word(args.next(), args);
    }
    request.finish();
    return new Command.Change(edits.size() == 1 ? edits.getFirst() : new Edit.Together(edits), 1, Command.Said.NOTHING,
        Optional.of(call));
  }

  /** What one command line asks of a device. */
  private final class Request {
    private final Device device;
    private final String label;
    private Optional<Ipv4Address> address = Optional.empty();
    private Optional<Integer> length = Optional.empty();
    private Optional<String> broadcast = Optional.empty();
    private boolean down;

    Request(Device device, String label) {
      this.device = device;
      this.label = label;
    }

    void word(String word, Args args) throws Stop {
      switch (word) {
        case "up" -> link("up");
        case "down" -> down();
        case "mtu" -> {
          call = "SIOCSIFMTU";
          link("mtu", number(next(args)));
        }
        case "hw" -> hardware(args);
        case "netmask" -> length = Optional.of(mask(next(args)));
        case "broadcast" -> broadcast = Optional.of(known(next(args)).toString());
        case "promisc", "-promisc", "arp", "-arp", "allmulti", "-allmulti", "pointopoint", "dstaddr", "tunnel",
            "metric",
            "txqueuelen", "multicast", "-broadcast" ->
            throw Stop.unsupported("ifconfig " + word);
        case "add", "del" -> inet6(word, next(args));
        case "inet" -> {
        }
        case "inet6" -> {
          if (!args.peek().filter(List.of("add", "del")::contains).isPresent()) {
            throw Stop.unsupported("ifconfig inet6" + args.peek().map(w -> " " + w).orElse(""));
          }
        }
        default -> address(word);
      }
    }

    private String next(Args args) throws Stop {
      if (args.isEmpty()) {
        throw Stop.exit(1, HELP);
      }
      return args.next();
    }

    private String number(String word) throws Stop {
      return Numbers.whole(word, 0, Integer.MAX_VALUE).map(Object::toString)
          .orElseThrow(() -> Stop.exit(1, word + ": Unknown number", HELP));
    }

    private int mask(String word) throws Stop {
      return OlderTools.maskLength(word).orElseThrow(() -> Stop.exit(1, "SIOCSIFNETMASK: Invalid argument"));
    }

    private Ipv4Address known(String word) throws Stop {
      return OlderTools.address(word).orElseThrow(() -> word.matches("[0-9.]+")
          ? Stop.exit(1, word + ": Unknown host", HELP)
          : Stop.exit(1, word + ": Host name lookup failure", HELP));
    }

    private void link(String... words) throws Stop {
      List<String> all = new ArrayList<>(List.of("link", "set", "dev", device.name()));
      all.addAll(List.of(words));
      edits.add(OlderTools.edit(prompt, all.toArray(String[]::new)));
    }

    private void hardware(Args args) throws Stop {
      String kind = next(args);
      String mac = next(args).toLowerCase(Locale.ROOT);
      if (!kind.equals("ether")) {
        throw Stop.unsupported("ifconfig hw " + kind);
      }
      if (MacAddress.parse(mac).isEmpty()) {
        throw Stop.exit(1, mac + ": invalid ether address.");
      }
      call = "SIOCSIFHWADDR";
      link("address", mac);
    }

    private void address(String word) throws Stop {
      int slash = word.indexOf('/');
      address = Optional.of(known(slash < 0 ? word : word.substring(0, slash)));
      if (slash >= 0) {
        length = Optional.of(Numbers.whole(word.substring(slash + 1), 0, 32)
            .orElseThrow(() -> Stop.exit(1, word + ": Unknown host", HELP)));
      }
    }

    /** An address of IPv6 beside the others, for itself alone unless a length is said. */
    private void inet6(String verb, String typed) throws Stop {
      int slash = typed.indexOf('/');
      String address = slash < 0 ? typed : typed.substring(0, slash);
      if (Ipv6Address.parse(address).isEmpty()) {
        throw Ipv4Address.parse(address).isPresent() ? Stop.unsupported("ifconfig " + verb + " of IPv4")
            : Stop.exit(1, typed + ": Unknown host", HELP);
      }
      call = verb.equals("add") ? "SIOCSIFADDR" : "SIOCDIFADDR";
      edits.add(OlderTools.edit(prompt, "addr", verb, slash < 0 ? typed + "/128" : typed, "dev", device.name()));
    }

    private void down() throws Stop {
      if (label.equals(device.name())) {
        link("down");
      } else {
        down = true;
      }
    }

    /** The address that wears the label at hand. */
    private Optional<AssignedAddress> present() {
      return device.addresses().stream().filter(a -> OlderTools.isIpv4(a.address()) && a.label().equals(label))
          .findFirst();
    }

    /** Kernel devinet_ioctl: a new address takes the old one's place, with the length of its class and a broadcast. */
    void finish() throws Stop {
      Optional<AssignedAddress> old = present();
      boolean changes = address.isPresent() || length.isPresent() || broadcast.isPresent();
      if (!changes && !down) {
        return;
      }
      call = "SIOCSIFADDR";
      if (old.isEmpty() && address.isEmpty()) {
        throw Stop.exit(1,
            (length.isPresent() ? "SIOCSIFNETMASK" : "SIOCSIFBRDADDR") + ": Cannot assign requested address");
      }
      if (old.isPresent()) {
        edits.add(0, OlderTools.edit(prompt, "addr", "del", old.get().local().toString(), "dev", device.name()));
      }
      Ipv4Address wanted = address.orElseGet(() -> (Ipv4Address) old.orElseThrow().address());
      if (down || wanted.isUnspecified()) {
        return;
      }
      int bits = length.orElseGet(() -> address.isPresent()
          ? OlderTools.classLength(wanted)
          : old.orElseThrow().local().length());
      String brd = broadcast.or(() -> address.isEmpty()
          ? old.flatMap(AssignedAddress::broadcast).map(Object::toString)
          : Optional.empty()).orElse("+");
      List<String> words = new ArrayList<>(List.of("addr", "add", wanted + "/" + bits));
      words.addAll(device.isLoopback() || bits > 30 && brd.equals("+") ? List.of() : List.of("brd", brd));
      words.addAll(List.of("dev", device.name(), "label", label));
      edits.add(old.isPresent() ? 1 : 0, OlderTools.edit(prompt, words.toArray(String[]::new)));
      if (address.isPresent() && !device.isUp()) {
        link("up");
      }
    }
  }
}
