package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteType;

/**
 * The files in which the kernel tells of a namespace's network: {@code /proc/net/arp} (net/ipv4/arp.c), {@code route}
 * (fib_trie.c fib_route_seq_show), {@code dev} (net/core/net-procfs.c), and of devices below {@code /sys/class/net}
 * (net-sysfs.c) {@code address carrier flags ifalias ifindex mtu operstate tx_queue_len}. Other files of these folders are
 * refused by name. All of them are those of the namespace at hand, as {@code ip netns exec} shows them.
 */
final class KernelFiles {
  private static final String NET = "/proc/net/";
  private static final String DEVICES = "/sys/class/net";
  /** To what length the kernel fills the lines of {@code /proc/net/route} up. */
  private static final String ROUTE_LINE = "%-127s";

  private final LabState lab;
  private final Prompt prompt;

  KernelFiles(Prompt prompt) {
    this.prompt = prompt;
    lab = prompt.lab();
  }

  /** What a file says; empty for a file elsewhere, and for one of a device that is not there. */
  Optional<List<String>> lines(String path) throws Stop {
    if (path.startsWith(DEVICES + "/")) {
      String[] parts = path.substring(DEVICES.length() + 1).split("/", 2);
      Optional<Device> device = lab.find(prompt.ref(parts[0]));
      return device.isEmpty() || parts.length < 2 ? Optional.empty() : Optional.of(attribute(device.get(), parts[1]));
    }
    return switch (path) {
      case NET + "arp" -> Optional.of(arp());
      case NET + "dev" -> Optional.of(devices());
      case NET + "route" -> Optional.of(routes());
      default -> Optional.empty();
    };
  }

  /** Whether a file that is not there would be one of a device. */
  static boolean isOfDevice(String path) {
    return path.startsWith(DEVICES + "/");
  }

  /** The names in a folder of the kernel's, in alphabetical order; empty for others. */
  Optional<List<String>> names(String folder) {
    return switch (folder) {
      case DEVICES -> Optional.of(lab.devicesOf(prompt.at()).stream().map(Device::name).sorted().toList());
      case "/run/netns", "/var/run/netns" -> Optional.of(NetnsFiles.names(lab, prompt.at().host()));
      default -> Optional.empty();
    };
  }

  private List<String> attribute(Device device, String name) throws Stop {
    LinkView view = LinkView.of(lab, device);
    return List.of(switch (name) {
      case "address" -> view.mac().toString();
      case "carrier" -> carrier(device, view);
      case "flags" -> "0x" + Integer.toHexString(IfconfigProgram.configured(view));
      case "ifalias" -> device.link().traits().alias().orElse("");
      case "ifindex" -> Integer.toString(device.place().ifindex());
      case "mtu" -> Integer.toString(view.mtu());
      case "operstate" -> view.operstate().toLowerCase(Locale.ROOT);
      case "tx_queue_len" -> Long.toString(view.queueLength());
      default -> throw Stop.unsupported(DEVICES + "/" + device.name() + "/" + name);
    });
  }

  /** The kernel tells nothing of a device that is switched off (net-sysfs.c carrier_show). */
  private static String carrier(Device device, LinkView view) throws Stop {
    if (!device.isUp()) {
      throw Stop.exit(1, "cat: " + DEVICES + "/" + device.name() + "/carrier: Invalid argument");
    }
    return view.flags().contains("LOWER_UP") ? "1" : "0";
  }

  private List<String> arp() {
    List<String> lines =
        new ArrayList<>(List.of("IP address       HW type     Flags       HW address            Mask     Device"));
    for (Neighbour row : NeighbourText.now(lab, prompt.at())) {
      if (OlderTools.isIpv4(row.key().address()) && row.state() != Neighbour.State.NOARP) {
        lines.add(String.format(Locale.ROOT, "%-16s 0x%-10x0x%-10x%-17s     *        %s", row.key().address(), 1,
            row.state() == Neighbour.State.PERMANENT ? 6 : row.mac().isPresent() ? 2 : 0,
            row.mac().map(Object::toString).orElse("00:00:00:00:00:00"), lab.device(row.key().device()).name()));
      }
    }
    return lines;
  }

  private List<String> devices() {
    List<String> lines = new ArrayList<>(List.of(
        "Inter-|   Receive                                                |  Transmit",
        " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier"
            + " compressed"));
    for (Device device : lab.devicesOf(prompt.at())) {
      Counters counters = lab.learned().counters(device.id());
      lines.add(String.format(Locale.ROOT,
          "%6s: %7d %7d %4d %4d %4d %5d %10d %9d %8d %7d %4d %4d %4d %5d %7d %10d", device.name(),
          counters.rxBytes(), counters.rxPackets(), 0, counters.rxDropped(), 0, 0, 0, 0,
          counters.txBytes(), counters.txPackets(), 0, counters.txDropped(), 0, 0, 0, 0));
    }
    return lines;
  }

  private List<String> routes() {
    List<String> lines = new ArrayList<>(List.of(String.format(Locale.ROOT, ROUTE_LINE,
        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT")));
    for (Route route : RouteProgram.rows(prompt)) {
      lines.add(String.format(Locale.ROOT, ROUTE_LINE, route(route)));
    }
    return lines;
  }

  private String route(Route route) {
    boolean refuses = route.type() == RouteType.UNREACHABLE || route.type() == RouteType.PROHIBIT;
    int flags = (refuses ? 0x201 : 1) + (route.via().isPresent() ? 2 : 0) + (route.destination().isHost() ? 4 : 0);
    return String.format(Locale.ROOT, "%s\t%s\t%s\t%04X\t%d\t%d\t%d\t%s\t%d\t%d\t%d",
        route.device().map(d -> lab.device(d).name()).orElse("*"), swapped(route.destination().address()),
        route.via().map(KernelFiles::swapped).orElse("00000000"), flags, 0, 0, route.metric(),
        swapped(Ipv4Address.mask(route.destination().length())), RouteProgram.mtu(route), 0, 0);
  }

  /** An address as the number that a little-endian machine reads of it. */
  private static String swapped(Object address) {
    return address instanceof Ipv4Address ipv4
        ? String.format(Locale.ROOT, "%08X", Integer.reverseBytes(ipv4.bits())) : "00000000";
  }
}
