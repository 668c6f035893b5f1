package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.FdbSide;
import org.hopscope.model.lab.VlanFlags;
import org.hopscope.model.net.BridgeVlans;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;

/** {@code bridge vlan} (iproute2 6.1 bridge/vlan.c, bridge(8); sem-B14). */
final class BridgeVlan {
  private static final List<String> VERBS = List.of("add", "delete", "set", "show", "tunnelshow", "global", "help");

  private BridgeVlan() {
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    String typed = args.isEmpty() ? "show" : args.next();
    String verb = List.of("list", "lst").contains(typed) ? "show"
        : VERBS.stream().filter(v -> v.startsWith(typed)).findFirst()
            .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"bridge vlan help\"."));
    return switch (verb) {
      case "add" -> change(prompt, args, true);
      case "delete" -> change(prompt, args, false);
      case "show" -> show(prompt, options, args);
      case "help" -> throw Stop.exit(255, "Usage: bridge vlan { add | del } vid VLAN_ID dev DEV",
          "                                                     [ pvid ] [ untagged ]",
          "                                                     [ self ] [ master ]",
          "       bridge vlan { show } [ dev DEV ] [ vid VLAN_ID ]");
      default -> throw Stop.unsupported("bridge vlan " + verb);
    };
  }

  /** Other words are passed over without a sign (vlan_modify). */
  private static Command change(Prompt prompt, Args args, boolean add) throws Stop {
    Optional<String> device = Optional.empty();
    Optional<String> vlan = Optional.empty();
    boolean self = false;
    boolean master = false;
    boolean pvid = false;
    boolean untagged = false;
    while (!args.isEmpty()) {
      String word = args.next();
      switch (word) {
        case "dev" -> device = Optional.of(args.next());
        case "vid" -> vlan = Optional.of(args.next());
        case "self" -> self = true;
        case "master" -> master = true;
        case "pvid" -> pvid = true;
        case "untagged" -> untagged = true;
        case "tunnel_info" -> throw Stop.unsupported(word);
        default -> {
          // The tool does the same.
        }
      }
    }
    if (device.isEmpty() || vlan.isEmpty()) {
      throw Stop.exit(255, "Device and VLAN ID are required arguments.");
    }
    String name = device.get();
    DeviceRef ref = BridgeProgram.bridgeDevice(prompt, name).ref();
    int[] range = range(vlan.get(), pvid);
    VlanFlags flags = new VlanFlags(pvid, untagged);
    List<Edit> edits = new ArrayList<>();
    for (FdbSide side : sides(self, master)) {
      edits.add(add ? new Edit.AddVlan(ref, side, range[0], range[1], flags)
          : new Edit.DeleteVlan(ref, side, range[0], range[1]));
    }
    return new Command.Change(edits.size() == 1 ? edits.getFirst() : new Edit.Together(edits), 255,
        Command.Said.NOTHING);
  }

  /** Without a word the bridge of the port is asked (rtnetlink.c rtnl_bridge_setlink). */
  private static List<FdbSide> sides(boolean self, boolean master) {
    return self && master ? List.of(FdbSide.MASTER, FdbSide.SELF)
        : List.of(self ? FdbSide.SELF : FdbSide.MASTER);
  }

  /** The first and the last VLAN that a text such as {@code 10} or {@code 10-20} means. */
  private static int[] range(String text, boolean pvid) throws Stop {
    String[] ends = text.split("-", 2);
    int first = Numbers.atoi(ends[0]);
    if (first > BridgeVlans.LAST + 1) {
      throw Stop.exit(255, "Invalid VLAN ID \"" + first + "\"");
    }
    int last = ends.length == 1 ? first : Numbers.atoi(ends[1]);
    if (ends.length == 2 && (last > BridgeVlans.LAST + 1 || first >= last)) {
      throw Stop.exit(255, "Invalid VLAN range \"" + first + "-" + last + "\"");
    }
    if (ends.length == 2 && pvid) {
      throw Stop.exit(255, "pvid cannot be configured for a vlan range");
    }
    if (first < 1 || last > BridgeVlans.LAST) {
      throw Stop.exit(255, "Error: bridge: Vlan id is invalid.");
    }
    return new int[] {first, last};
  }

  private static Command show(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    Optional<Device> device = Optional.empty();
    int vlan = 0;
    Optional<String> name = Optional.empty();
    while (!args.isEmpty()) {
      switch (args.next()) {
        case "dev" -> {
          String typed = args.next();
          if (name.isPresent()) {
            throw Stop.twice("dev", typed);
          }
          name = Optional.of(typed);
        }
        case "vid" -> {
          String typed = args.next();
          if (vlan != 0) {
            throw Stop.twice("vid", typed);
          }
          vlan = Numbers.atoi(typed);
        }
        default -> {
          // The tool passes over other words.
        }
      }
    }
    if (name.isPresent()) {
      device = Optional.of(BridgeProgram.device(prompt, name.get()));
    }
    if (options.stats()) {
      throw Stop.unsupported("bridge -s vlan");
    }
    Optional<Device> only = device;
    List<Device> shown = prompt.lab().devicesOf(prompt.at()).stream().filter(d -> d.isBridge() || d.port().isPresent())
        .filter(d -> only.map(o -> o.id().equals(d.id())).orElse(true)).toList();
    List<String> lines = options.json() ? List.of(json(shown, vlan)) : text(shown, vlan, options.details());
    return Command.Said.answered(lines, new Answer.Nothing());
  }

  private static List<Integer> wanted(BridgeVlans vlans, int only) {
    return vlans.vlans().stream().filter(v -> only == 0 || v == only).toList();
  }

  private static List<String> text(List<Device> devices, int only, boolean details) {
    List<String> lines = new ArrayList<>(List.of(row("port", "vlan-id  ")));
    for (Device device : devices) {
      String name = device.name();
      for (int vlan : wanted(device.vlans(), only)) {
        String flags = String.join("", flags(device.vlans(), vlan).stream().map(f -> " " + f).toList());
        lines.add(row(name, vlan + flags));
        if (details) {
          lines.add(row("", "  state forwarding mcast_router 1 "));
        }
        name = "";
      }
    }
    return lines;
  }

  private static String row(String name, String rest) {
    return String.format(Locale.ROOT, "%-16s  %s", name, rest);
  }

  private static String json(List<Device> devices, int only) {
    Json.Rows rows = new Json.Rows();
    for (Device device : devices) {
      Json.Rows vlans = new Json.Rows();
      for (int vlan : wanted(device.vlans(), only)) {
        List<String> flags = flags(device.vlans(), vlan);
        vlans.add(new Json.Row().put("vlan", vlan).putIf(!flags.isEmpty(), "flags", flags));
      }
      if (!wanted(device.vlans(), only).isEmpty()) {
        rows.add(new Json.Row().put("ifname", device.name()).put("vlans", vlans));
      }
    }
    return rows.toString();
  }

  /** How a device is in a VLAN, as the tool prints it (bridge_print_vlan_flags). */
  private static List<String> flags(BridgeVlans vlans, int vlan) {
    List<String> flags = new ArrayList<>();
    if (vlans.pvid() == vlan) {
      flags.add("PVID");
    }
    if (vlans.leavesUntagged(vlan)) {
      flags.add("Egress Untagged");
    }
    return flags;
  }

  /** The command that an edit is written as, as far as both verbs have it. */
  static String command(String verb, DeviceRef device, FdbSide side, int first, int last) {
    return "bridge vlan " + verb + " dev " + Words.quote(device.name()) + " vid " + first
        + (last == first ? "" : "-" + last) + " " + FdbWords.word(side);
  }

  /** The words behind it. */
  static String words(VlanFlags flags) {
    return (flags.pvid() ? " pvid" : "") + (flags.untagged() ? " untagged" : "");
  }
}
