package org.hopscope.app.desktop.canvas.scene;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;

/** How large things are drawn, in canvas units, on the 4-pixel grid of the design. */
public final class Sizes {
  /** The advance of one character of JetBrains Mono at 11.3, the size of names and addresses on chips. */
  public static final double MONO = 6.78;
  /** How far a chip rises above the lower border of its namespace, and how far it hangs below. */
  public static final double CHIP_ABOVE = 22;
  public static final double CHIP_BELOW = 16;
  public static final double CHIP_HEIGHT = CHIP_ABOVE + CHIP_BELOW;
  /** Between two chips, and around what lies in a namespace. */
  public static final double GAP = 12;
  public static final double PAD = 16;
  /** Between namespaces, and between rows of things: cables need room there. */
  public static final double NETNS_GAP = 20;
  public static final double ROW_GAP = 44;
  public static final double HOST_GAP = 72;
  /** Above the content of a host and of a namespace. */
  public static final double HOST_HEAD = 44;
  public static final double NETNS_HEAD = 36;
  /** The same of a pod: its name, and below it what it is. */
  public static final double POD_HEAD = 46;
  public static final double BRIDGE_HEIGHT = 62;
  public static final double SLOT_HEIGHT = 22;
  public static final double SLOT_TOP = 8;
  public static final double LO_HEIGHT = 20;
  /** The strip with a group's title. */
  public static final double GROUP_HEAD = 26;
  /** How small a remark can be made. */
  public static final double REMARK_LEAST = 48;

  private static final int CHIP_LEAST = 136;
  private static final int STATE_WORD = 78;
  /** The word before the name of a network. */
  private static final int NETWORK = 62;

  private Sizes() {}

  /** Wide enough for the name with the longest state word, and for the first address. */
  public static double chipWidth(Device device) {
    double name = 24 + text(device.name()) + text(kindWord(device)) + STATE_WORD;
    double address = 24 + text(addressLine(device));
    return grid(Math.max(CHIP_LEAST, Math.max(name, address)));
  }

  /** Wide enough for the port's mark and name. */
  public static double slotWidth(Device port) {
    return grid(Math.max(80, 28 + text(port.name())));
  }

  /** Wide enough for the bridge's name, address, the network that it carries and the count of its ports. */
  public static double bridgeWidth(Device bridge, Optional<String> network) {
    double more = network.map(n -> text(n) + NETWORK).orElse(0.0);
    return grid(Math.max(244, 150 + text(bridge.name()) + text(addressLine(bridge)) + more));
  }

  public static double loWidth(Device lo) {
    return lo.isUp() ? 48 : 80;
  }

  /** What a chip says of its kind: nothing of those whose cable shows it. */
  public static String kindWord(Device device) {
    return switch (device.kind()) {
      case DeviceKind.Veth _,DeviceKind.Nic _,DeviceKind.Loopback _,DeviceKind.Bridge _ -> "";
      case DeviceKind.OvsInternal _ -> "ovs";
      case DeviceKind.Dummy _,DeviceKind.Macvlan _,DeviceKind.Ipvlan _,DeviceKind.Bond _ -> device.kind().word();
      case DeviceKind.WireGuard _ -> "wg";
      case DeviceKind.Vlan(var _, int id, int _) -> "vlan " + id;
      case DeviceKind.Vxlan(var _, var _, var settings) -> "vxlan " + settings.id();
      case DeviceKind.Geneve(var _, var _, var settings) -> "geneve " + settings.id();
      case DeviceKind.IpTunnel tunnel -> device.kind().word() + tunnel.settings().outKey()
          .map(k -> " " + Integer.toUnsignedString(k)).orElse("");
      case DeviceKind.Tun tun -> tun.mode().word();
    };
  }

  /**
   * What a chip says below its name: the first address, and how many more there are. What every device gives itself
   * (link-local, ::1) is not worth a word.
   */
  public static String addressLine(Device device) {
    List<String> addresses = Stream.concat(device.addresses().stream().map(a -> a.local().toString()),
        device.inet6().addresses().stream().filter(a -> !a.address().isLinkLocal() && !a.address().isLoopback())
            .map(a -> a.local().toString()))
        .toList();
    return switch (addresses.size()) {
      case 0 -> "";
      case 1 -> addresses.getFirst();
      default -> addresses.getFirst() + " +" + (addresses.size() - 1);
    };
  }

  private static double text(String text) {
    return text.length() * MONO;
  }

  private static double grid(double size) {
    return Math.ceil(size / 4) * 4;
  }
}
