package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;

/** {@code hostname}, {@code uname}, {@code readlink}, {@code modprobe} and {@code ethtool -i|-k DEV}. */
final class SmallTools {
  private static final String KERNEL = "6.18.44";
  private static final String BUILT_IN = "overlay|bridge|br_netfilter|8021q|veth|dummy|tun|bonding|macvlan|ipvlan|vxlan"
      + "|geneve|ip_gre|ipip|sit|wireguard|openvswitch|nf_conntrack|nf_nat|nf_tables|ip_tables|ip6_tables|ip_set|ip_vs"
      + "|(ip|ip6)table_(filter|nat|mangle|raw)|ip_set_(hash|bitmap|list)_[a-z]+|ip_vs_(rr|wrr|lc|wlc|sh|dh|sed|nq)";

  private SmallTools() {
  }

  /** {@code hostname}, and {@code -I} for all addresses but those of loopback and one link alone (hostname(1)), {@code -f} and {@code -i} where the hosts file has that name: the machine's name; namespaces of the network share it (uts_namespaces(7)),
   * but pods have names of their own. */
  static Command hostname(Prompt prompt, Args args) throws Stop {
    String option = args.isEmpty() ? "" : args.next();
    if (option.equals("-I") || option.equals("--all-ip-addresses")) {
      String all = prompt.lab().devicesOf(prompt.at()).stream().filter(d -> d.isUp() && !d.isLoopback())
          .flatMap(d -> d.addresses().stream().map(AssignedAddress::address))
          .filter(a -> !(a instanceof Ipv6Address && a.isLinkLocal()))
          .map(a -> a + " ").collect(Collectors.joining());
      return Command.Said.answered(List.of(all), new Answer.Nothing());
    }
    NameFiles files = new NameFiles(prompt.lab(), prompt.at());
    String name = files.hostname().orElse(prompt.at().host());
    if (option.isEmpty()) {
      return Command.Said.answered(List.of(name), new Answer.Nothing());
    }
    List<IpAddress> known = files.known(name);
    if (known.isEmpty() || !List.of("-f", "--fqdn", "--long", "-i", "--ip-address").contains(option)) {
      throw Stop.unsupported("hostname " + option);
    }
    return Command.Said.answered(List.of(option.startsWith("-i") || option.startsWith("--i")
        ? known.stream().map(Object::toString).collect(Collectors.joining(" "))
        : files.names(name, known.getFirst().family()).getFirst()), new Answer.Nothing());
  }

  /** {@code uname [-asnrm]} (coreutils): the kernel that the model is held against. */
  static Command uname(Prompt prompt, Args args) throws Stop {
    String letters = "";
    while (!args.isEmpty()) {
      String word = args.next();
      if (!word.matches("-[asnrm]+")) {
        throw Stop.unsupported("uname " + word);
      }
      letters += word.contains("a") ? "snrm" : word.substring(1);
    }
    String asked = letters.isEmpty() ? "s" : letters;
    List<String> parts = new ArrayList<>();
    addIf(parts, asked.indexOf('s') >= 0, "Linux");
    addIf(parts, asked.indexOf('n') >= 0, new NameFiles(prompt.lab(), prompt.at()).hostname().orElse(prompt.at()
        .host()));
    addIf(parts, asked.indexOf('r') >= 0, KERNEL);
    addIf(parts, asked.indexOf('m') >= 0, "x86_64");
    return Command.Said.answered(List.of(String.join(" ", parts)), new Answer.Nothing());
  }

  private static void addIf(List<String> parts, boolean wanted, String part) {
    if (wanted) {
      parts.add(part);
    }
  }

  /** {@code readlink FILE…} (coreutils): which namespace the file of a process stands for; other links are not modelled. */
  static Command readlink(Prompt prompt, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "readlink: missing operand", "Try 'readlink --help' for more information.");
    }
    List<String> lines = new ArrayList<>();
    boolean all = true;
    while (!args.isEmpty()) {
      String file = args.next();
      if (!NetnsFiles.isOfProcess(file)) {
        throw Stop.unsupported("readlink " + file);
      }
      Optional<String> link =
          NetnsFiles.open(prompt.lab(), prompt.at(), file).map(id -> NetnsFiles.link(prompt.lab(), id));
      all &= link.isPresent();
      link.ifPresent(lines::add);
    }
    return new Command.Said(all ? 0 : 1, lines, List.of(), new Answer.Nothing());
  }

  /**
   * {@code modprobe NAME…} (kmod 30): what is modelled counts as built into the kernel, so that loading it changes nothing; any
   * other module is not found.
   */
  static Command modprobe(Prompt prompt, Args args) throws Stop {
    boolean all = args.take("-a");
    boolean quiet = args.take("-q");
    if (args.isEmpty()) {
      throw Stop.exit(1, "modprobe: ERROR: missing parameters. See -h.");
    }
    List<String> names = args.rest();
    for (String name : all ? names : names.subList(0, 1)) {
      if (name.startsWith("-")) {
        throw Stop.unsupported("modprobe " + name);
      }
      if (!name.replace('-', '_').matches(BUILT_IN)) {
        throw quiet ? Stop.exit(1)
            : Stop.exit(1, "modprobe: FATAL: Module " + name + " not found in directory /lib/modules/" + KERNEL);
      }
    }
    return Command.Said.NOTHING;
  }

  /**
   * {@code ethtool -i DEV}: the driver (kernel drivers/net ethtool_ops get_drvinfo); {@code -k DEV}: offloads, of which the
   * model has none: each packet is handled by itself, at its own length.
   */
  static Command ethtool(Prompt prompt, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "ethtool: bad command line argument(s)", "For more information run ethtool -h");
    }
    String option = args.next();
    boolean information = option.equals("-i") || option.equals("--driver");
    boolean offloads = option.equals("-k") || option.equals("--show-features") || option.equals("--show-offload");
    if (!information && !offloads) {
      throw Stop.unsupported("ethtool " + option);
    }
    if (args.isEmpty()) {
      throw Stop.exit(1, "ethtool: bad command line argument(s)", "For more information run ethtool -h");
    }
    String name = args.next();
    Device device = prompt.lab().find(prompt.ref(name))
        .orElseThrow(() -> Stop.exit(71, information
            ? "Cannot get driver information: No such device"
            : "Cannot get device features: No such device"));
    return Command.Said.answered(information ? driver(device) : features(name), new Answer.Nothing());
  }

  private static List<String> driver(Device device) {
    String driver = device.kind() instanceof DeviceKind.Nic ? "e1000" : device.kind().word();
    String version = device.kind() instanceof DeviceKind.Veth ? "1.0"
        : device.kind() instanceof DeviceKind.Bridge ? "2.3" : "";
    return List.of("driver: " + driver, "version: " + version, "firmware-version: ", "expansion-rom-version: ",
        "bus-info: ", "supports-statistics: no", "supports-test: no", "supports-eeprom-access: no",
        "supports-register-dump: no", "supports-priv-flags: no");
  }

  private static List<String> features(String name) {
    return List.of("Features for " + name + ":", "rx-checksumming: off", "tx-checksumming: off",
        "scatter-gather: off", "tcp-segmentation-offload: off", "generic-segmentation-offload: off",
        "generic-receive-offload: off", "large-receive-offload: off", "rx-vlan-offload: off", "tx-vlan-offload: off");
  }
}
