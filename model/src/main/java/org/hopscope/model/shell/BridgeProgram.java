package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.PortChange;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;

/** {@code bridge}: {@code link} and {@code fdb} (iproute2 6.1 bridge/, bridge(8)). */
final class BridgeProgram {
  private static final Keywords OPTIONS = Keywords.of("-help* -Version* -stats* -statistics*=-stats -details* "
      + "-oneline* -timestamp* -family* -4 -6 -netns* -color* -compressvlans* -force* -json* -pretty* -batch*");
  private static final Keywords OBJECTS = Keywords.of("link* fdb* mdb* vlan* vni* monitor* help*");
  private static final List<String> UNSUPPORTED_SETTINGS = List.of("fastleave", "mcast_router", "mcast_to_unicast",
      "vlan_tunnel", "hwmode", "learning_sync", "backup_port", "nobackup_port");
  private static final Keywords VERBS = Keywords.of("set* show* lst*=show list*=show help*");

  private BridgeProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    IpProgram.Options options = IpProgram.Options.NONE;
    Prompt where = prompt;
    Optional<String> batch = Optional.empty();
    boolean force = false;
    boolean pretty = false;
    StringBuilder typedBefore = new StringBuilder("bridge");
    while (args.peek().filter(w -> w.startsWith("-")).isPresent()) {
      String typed = args.next();
      if (IpProgram.isColour(typed)) {
        continue;
      }
      String single = typed.startsWith("--") ? typed.substring(1) : typed;
      String option = OPTIONS.find(single)
          .orElseThrow(() -> Stop.exit(255, "Option \"" + single + "\" is unknown, try \"bridge help\"."));
      if (option.equals("-Version")) {
        return Command.Said.answered(List.of("bridge utility, 6.1.0"), new Answer.Nothing());
      }
      if (option.equals("-batch")) {
        batch = Optional.of(args.next());
        continue;
      }
      if (option.equals("-force")) {
        force = true;
        continue;
      }
      if (option.equals("-pretty")) {
        pretty = true;
        typedBefore.append(" -pretty");
        continue;
      }
      typedBefore.append(' ').append(Words.quote(typed))
          .append(option.equals("-netns") ? args.peek().map(w -> " " + Words.quote(w)).orElse("") : "");
      if (option.equals("-netns")) {
        where = where.in(where.named(args.next()));
      } else {
        options = options.with(option);
      }
    }
    if (batch.isPresent()) {
      return Batch.read(prompt, typedBefore.toString(), batch.get(), force);
    }
    if (args.isEmpty()) {
      throw Stop.exit(255, "Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }");
    }
    String typed = args.next();
    String object = OBJECTS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Object \"" + typed + "\" is unknown, try \"bridge help\"."));
    Command command = switch (object) {
      case "link" -> link(where, options, args);
      case "fdb" -> BridgeFdb.read(where, options, args);
      case "vlan" -> BridgeVlan.read(where, options, args);
      default -> throw Stop.unsupported("bridge " + object);
    };
    return pretty && options.json() ? PrettyJson.of(command) : command;
  }

  private static Command link(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    String typed = args.isEmpty() ? "show" : args.next();
    String verb = VERBS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"bridge link help\"."));
    return switch (verb) {
      case "show" -> show(prompt, options, args);
      case "set" -> set(prompt, args);
      default -> throw Stop.exit(255, "Usage: bridge link { set | show }");
    };
  }

  private static Command set(Prompt prompt, Args args) throws Stop {
    Optional<String> device = Optional.empty();
    PortChange change = PortChange.NONE;
    boolean self = false;
    boolean stateless = false;
    List<String> unsupported = new ArrayList<>();
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.equals("state") && PortWords.isNoState(args.peek())) {
        stateless = true;
        args.next();
        continue;
      }
      Optional<PortChange> changed = PortWords.link(word, change, args);
      if (changed.isPresent()) {
        change = changed.get();
      } else if (word.equals("dev")) {
        device = Optional.of(args.next());
      } else if (word.equals("self")) {
        self = true;
      } else if (UNSUPPORTED_SETTINGS.contains(word)) {
        unsupported.add(word);
        PortWords.skip(word, args);
      } else if (!word.equals("master")) {
        throw Stop.exit(255, "Usage: bridge link set dev DEV [ cost COST ] [ priority PRIO ] [ state STATE ]",
            "                             [ FLAG {on | off} ] [ self ] [ master ]");
      }
    }
    String name = device.orElseThrow(() -> Stop.exit(255, "Device is a required argument."));
    Device port = bridgeDevice(prompt, name);
    if (self && port.kind() instanceof DeviceKind.Bridge) {
      throw Stop.unsupported("self");
    }
    if (self || port.port().isEmpty()) {
      throw Stop.exit(255, "RTNETLINK answers: Operation not supported");
    }
    if (!unsupported.isEmpty()) {
      throw Stop.unsupported(unsupported.getFirst());
    }
    if (stateless) {
      throw Stop.exit(255, "RTNETLINK answers: Invalid argument");
    }
    return new Command.Change(new Edit.SetBridgePort(port.ref(), change), 255, Command.Said.NOTHING);
  }

  private static Command show(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    Optional<String> device = Optional.empty();
    while (!args.isEmpty()) {
      // bridge(8) passes over other words here without a sign (iproute2 6.1 bridge/link.c brlink_show).
      if (args.next().equals("dev")) {
        String name = args.next();
        if (device.isPresent()) {
          throw Stop.twice("dev", name);
        }
        device = Optional.of(name);
      }
    }
    Optional<String> only = device;
    if (only.isPresent()) {
      device(prompt, only.get());
    }
    List<PortView> ports = prompt.lab().devicesOf(prompt.at()).stream().filter(d -> d.port().isPresent())
        .map(d -> PortView.of(prompt.lab(), d)).filter(p -> only.map(p.device().name()::equals).orElse(true)).toList();
    List<String> lines = options.json() ? List.of(json(prompt, options, ports)) : text(prompt, options, ports);
    List<DeviceId> ids = ports.stream().map(p -> p.device().id()).toList();
    return Command.Said.answered(lines, new Answer.Ports(prompt.lab(), ids));
  }

  /** A device, or the exit status that {@code bridge} has for its absence. */
  static Device device(Prompt prompt, String name) throws Stop {
    return prompt.lab().find(prompt.ref(name))
        .orElseThrow(() -> Stop.exit(255, "Cannot find device \"" + name + "\""));
  }

  /** The same where a bridge is asked for, or a port to change. */
  static Device bridgeDevice(Prompt prompt, String name) throws Stop {
    return prompt.lab().find(prompt.ref(name))
        .orElseThrow(() -> Stop.exit(255, "Cannot find bridge device \"" + name + "\""));
  }

  private static List<String> text(Prompt prompt, IpProgram.Options options, List<PortView> ports) {
    List<String> lines = new ArrayList<>();
    for (PortView port : ports) {
      LinkView view = LinkView.of(prompt.lab(), port.device());
      lines.add(port.device().place().ifindex() + ": " + port.device().name()
          + behind(prompt, view).map(b -> "@" + b).orElse("") + ": <" + String.join(",", flags(prompt, view)) + "> mtu "
          + view.mtu() + " master " + port.bridge().name() + " state "
          + port.state() + " priority " + port.port().path().priority() + " cost " + port.cost() + " ");
      if (options.details()) {
        lines.add("    " + BridgeDetails.ofSwitches(port).text());
      }
    }
    return lines;
  }

  /**
   * What stands behind the name: the far end's index, which {@code bridge} takes for one of this namespace's, wherever
   * the far end is (iproute2 lib/ll_map.c print_name_and_link; the kernel's answer names no namespace). Of a far end with
   * the index of the port itself the kernel tells nothing (net/bridge/br_netlink.c br_fill_ifinfo).
   */
  private static Optional<String> behind(Prompt prompt, LinkView view) {
    return far(view).map(p -> namesake(prompt, p).map(Device::name).orElse("if" + p.place().ifindex()));
  }

  private static Optional<Device> far(LinkView view) {
    return view.peer().filter(p -> p.place().ifindex() != view.device().place().ifindex());
  }

  private static Optional<Device> namesake(Prompt prompt, Device peer) {
    return prompt.lab().devicesOf(prompt.at()).stream()
        .filter(d -> d.place().ifindex() == peer.place().ifindex()).findFirst();
  }

  private static List<String> flags(Prompt prompt, LinkView view) {
    boolean down = far(view).flatMap(p -> namesake(prompt, p)).filter(d -> !d.isUp()).isPresent();
    List<String> flags = new ArrayList<>(view.flags());
    if (down) {
      flags.add("M-DOWN");
    }
    return flags;
  }

  private static String json(Prompt prompt, IpProgram.Options options, List<PortView> ports) {
    Json.Rows rows = new Json.Rows();
    for (PortView port : ports) {
      LinkView view = LinkView.of(prompt.lab(), port.device());
      Json.Row row = new Json.Row().put("ifindex", port.device().place().ifindex()).put("link", behind(prompt, view))
          .put("ifname", port.device().name()).put("flags", flags(prompt, view)).put("mtu", view.mtu())
          .put("master", port.bridge().name()).put("state", port.state())
          .put("priority", port.port().path().priority()).put("cost", port.cost());
      if (options.details()) {
        BridgeDetails.ofSwitches(port).into(row);
      }
      rows.add(row);
    }
    return rows.toString();
  }
}
