package org.hopscope.model.shell;

import java.util.List;
import java.util.stream.Collectors;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;

/** {@code hostname} and {@code ethtool -i|-k DEV}. */
final class SmallTools {
  private SmallTools() {
  }

  /** {@code hostname}, and {@code -I} for all addresses but those of loopback and one link alone (hostname(1)): the machine's name; namespaces of the network share it (uts_namespaces(7)),
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
    if (!option.isEmpty()) {
      throw Stop.unsupported("hostname " + option);
    }
    String name = new NameFiles(prompt.lab(), prompt.at()).hostname().orElse(prompt.at().host());
    return Command.Said.answered(List.of(name), new Answer.Nothing());
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
