package org.hopscope.model.shell;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.PortChange;
import org.hopscope.model.net.BridgeOption;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.PortFlag;

/** {@code brctl} (bridge-utils 1.7, brctl(8)): times are seconds. */
final class BrctlProgram {
  /** The commands in the order of the help text, with their words. */
  private static final List<Verb> VERBS = List.of(new Verb("addbr", "<bridge>\t\tadd bridge", 1),
      new Verb("delbr", "<bridge>\t\tdelete bridge", 1),
      new Verb("addif", "<bridge> <device>\tadd interface to bridge", 2),
      new Verb("delif", "<bridge> <device>\tdelete interface from bridge", 2),
      new Verb("hairpin", "<bridge> <port> {on|off}\tturn hairpin on/off", 3),
      new Verb("setageing", "<bridge> <time>\t\tset ageing time", 2),
      new Verb("setbridgeprio", "<bridge> <prio>\t\tset bridge priority", 2),
      new Verb("setfd", "<bridge> <time>\t\tset bridge forward delay", 2),
      new Verb("sethello", "<bridge> <time>\t\tset hello time", 2),
      new Verb("setmaxage", "<bridge> <time>\t\tset max message age", 2),
      new Verb("setpathcost", "<bridge> <port> <cost>\tset path cost", 3),
      new Verb("setportprio", "<bridge> <port> <prio>\tset port priority", 3),
      new Verb("show", "[ <bridge> ]\t\tshow a list of bridges", 0),
      new Verb("showmacs", "<bridge>\t\tshow a list of mac addrs", 1),
      new Verb("showstp", "<bridge>\t\tshow bridge stp info", 1),
      new Verb("stp", "<bridge> {on|off}\tturn stp on/off", 2));

  private final Prompt prompt;
  private final List<String> words;

  private BrctlProgram(Prompt prompt, List<String> words) {
    this.prompt = prompt;
    this.words = words;
  }

  /** A command: its name, its line in the help text, and how many words it needs. */
  private record Verb(String name, String help, int needs) {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    List<String> words = args.rest();
    if (words.equals(List.of("-V")) || words.equals(List.of("--version"))) {
      return Command.Said.answered(List.of("bridge-utils, 1.7"), new Answer.Nothing());
    }
    Optional<String> option = words.stream().filter(w -> w.startsWith("-") && w.length() > 1).findFirst();
    if (option.isPresent()) {
      throw help("brctl: invalid option -- '" + option.get().charAt(1) + "'", "Unknown option '?'");
    }
    if (words.isEmpty()) {
      throw help();
    }
    Verb verb = VERBS.stream().filter(v -> v.name().equals(words.getFirst())).findFirst()
        .orElseThrow(() -> help("never heard of command [" + words.getFirst() + "]"));
    List<String> rest = words.subList(1, words.size());
    if (rest.size() < verb.needs()) {
      throw Stop.said(1, List.of("Incorrect number of arguments for command",
          "Usage: brctl " + verb.name() + " " + verb.help()));
    }
    return new BrctlProgram(prompt, rest).read(verb.name());
  }

  /** The help text goes to standard output even where it answers a mistake. */
  private static Stop help(String... why) {
    List<String> lines = new ArrayList<>(List.of("Usage: brctl [commands]", "commands:"));
    VERBS.forEach(v -> lines.add(String.format(Locale.ROOT, "\t%-10s\t%s", v.name(), v.help())));
    return Stop.said(1, lines, why);
  }

  private Command read(String verb) throws Stop {
    return switch (verb) {
      case "addbr" -> add();
      case "delbr" -> delete();
      case "addif" -> all(true);
      case "delif" -> all(false);
      case "hairpin" -> hairpin(onOff(words.get(2)));
      case "setageing" -> seconds(BridgeOption.AGEING_TIME, "bad ageing time value", "set ageing time");
      case "setfd" -> seconds(BridgeOption.FORWARD_DELAY, "bad forward delay value", "set forward delay");
      case "sethello" -> seconds(BridgeOption.HELLO_TIME, "bad hello time value", "set hello timer");
      case "setmaxage" -> seconds(BridgeOption.MAX_AGE, "bad max age value", "set max age");
      case "setbridgeprio" -> bridge(BridgeOption.PRIORITY, number(1, "bad priority") & 0xffff, "set bridge priority");
      case "setpathcost" -> port("set path cost failed", PortChange.NONE.withCost(number(2, "bad path cost value")));
      case "setportprio" -> port("set port priority failed",
          PortChange.NONE.withPriority(number(2, "bad path priority value")));
      case "stp" -> bridge(BridgeOption.STP_STATE, onOff(words.get(1)) ? 1 : 0, "set stp status");
      case "showmacs" -> Command.Said.answered(
          BrctlText.addresses(prompt.lab(), known(failed("read of forward table"))),
          new Answer.Nothing());
      case "showstp" -> Command.Said.answered(BrctlText.tree(prompt.lab(), known(absent(words.getFirst()))),
          new Answer.Nothing());
      default -> show();
    };
  }

  private Command show() throws Stop {
    List<Device> bridges = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    for (String name : words) {
      find(name).ifPresentOrElse(bridges::add, () -> errors.add(absent(name)));
    }
    if (words.isEmpty()) {
      prompt.lab().devicesOf(prompt.at()).stream().filter(Device::isBridge)
          .sorted(Comparator.comparing(Device::name)).forEach(bridges::add);
    }
    return new Command.Said(errors.isEmpty() ? 0 : 1,
        bridges.isEmpty() ? List.of() : BrctlText.list(prompt.lab(), bridges), errors,
        new Answer.Bridges(prompt.lab(), bridges.stream().map(Device::id).toList()));
  }

  private Command add() throws Stop {
    String name = words.getFirst().substring(0, Math.min(LinkParts.LONGEST_NAME, words.getFirst().length()));
    if (prompt.lab().find(prompt.ref(name)).isPresent()) {
      throw Stop.exit(1, "device " + name + " already exists; can't create bridge with the same name");
    }
    return change(new Edit.AddBridge(NewLink.named(prompt.ref(name)), BridgeChange.NONE),
        "add bridge failed");
  }

  private Command delete() throws Stop {
    String name = words.getFirst();
    Device device = prompt.lab().find(prompt.ref(name))
        .orElseThrow(() -> Stop.exit(1, "bridge " + name + " doesn't exist; can't delete it"));
    if (!device.isBridge()) {
      throw Stop.exit(1, "can't delete bridge " + name + ": Operation not permitted");
    }
    if (device.isUp()) {
      throw Stop.exit(1, "bridge " + name + " is still up; can't delete it");
    }
    return change(new Edit.DeleteLink(device.ref()), "can't delete bridge " + name);
  }

  /** Several devices at once: the first that cannot be done ends it. */
  private Command all(boolean enslave) throws Stop {
    String first = words.getFirst();
    Device bridge = known(prompt.lab().find(prompt.ref(first)).isPresent()
        ? "can't " + (enslave ? "add " : "delete ") + words.get(1) + (enslave ? " to" : " from") + " bridge " + first
            + ": " + Errno.EOPNOTSUPP.text()
        : absent(first));
    List<Edit> edits = new ArrayList<>();
    for (String name : words.subList(1, words.size())) {
      Device device = prompt.lab().find(prompt.ref(name))
          .orElseThrow(() -> Stop.exit(1, "interface " + name + " does not exist!"));
      Optional<String> obstacle = enslave ? cannotJoin(device, bridge) : cannotLeave(device, bridge);
      if (obstacle.isPresent()) {
        throw Stop.exit(1, obstacle.get());
      }
      edits.add(new Edit.SetLink(device.ref(), LinkChange.master(enslave ? bridge.name() : "")));
    }
    return change(edits.size() == 1 ? edits.getFirst() : new Edit.Together(edits),
        "can't " + (enslave ? "add " : "delete ") + words.get(1) + (enslave ? " to bridge " : " from ")
            + bridge.name());
  }

  private Optional<String> cannotJoin(Device device, Device bridge) {
    if (device.port().isPresent()) {
      return Optional.of("device " + device.name() + " is already a member of a bridge; can't add it to bridge "
          + bridge.name() + ".");
    }
    if (device.isBridge()) {
      return Optional
          .of("device " + device.name() + " is a bridge device itself; can't add a bridge device to a bridge "
              + "device.");
    }
    boolean fits = !device.isLoopback() && Links.macOf(prompt.lab(), device).isAssignable();
    return fits
        ? Optional.empty()
        : Optional.of("can't add " + device.name() + " to bridge " + bridge.name() + ": Invalid argument");
  }

  private static Optional<String> cannotLeave(Device device, Device bridge) {
    return device.port().map(BridgePort::bridge).filter(bridge.id()::equals).isPresent()
        ? Optional.empty()
        : Optional.of("device " + device.name() + " is not a port of " + bridge.name());
  }

  private Command seconds(BridgeOption option, String bad, String failure) throws Stop {
    String text = words.get(1);
    if (!text.matches("[0-9]{1,7}(\\.[0-9]*)?|\\.[0-9]+")) {
      throw Stop.exit(1, bad);
    }
    int centis = new BigDecimal(text).movePointRight(2).intValue();
    return bridge(option, centis, failure);
  }

  private Command bridge(BridgeOption option, int value, String failure) throws Stop {
    Device bridge = known(failed(failure));
    return change(new Edit.SetBridge(bridge.ref(), BridgeChange.of(option, value)), failure + " failed");
  }

  private Command hairpin(boolean on) throws Stop {
    String bridge = words.getFirst();
    String port = words.get(1);
    if (prompt.lab().find(prompt.ref(port)).isEmpty()) {
      throw Stop.exit(1, "interface " + port + " does not exist!");
    }
    if (prompt.lab().find(prompt.ref(bridge)).isEmpty()) {
      throw Stop.exit(1, "bridge " + bridge + " does not exist!");
    }
    return port("can't set " + port + " to hairpin on bridge " + bridge, PortChange.of(PortFlag.HAIRPIN, on));
  }

  /** What is written is the port's own file, whose port it may be; without one the bridge is asked (libbridge port_set). */
  private Command port(String failure, PortChange change) throws Stop {
    Optional<Device> bridge = prompt.lab().find(prompt.ref(words.getFirst()));
    DeviceRef ref = prompt.ref(words.get(1));
    Optional<Device> port = prompt.lab().find(ref);
    if (port.flatMap(Device::port).isEmpty()) {
      Errno why = port.isEmpty() || bridge.isEmpty() ? Errno.ENODEV
          : bridge.get().isBridge() ? Errno.ENOENT : Errno.EOPNOTSUPP;
      throw Stop.exit(1, failure + ": " + why.text());
    }
    return change(new Edit.SetBridgePort(ref, change), failure);
  }

  private int number(int at, String bad) throws Stop {
    if (!words.get(at).matches("[0-9]{1,9}")) {
      throw Stop.exit(1, bad);
    }
    return Integer.parseInt(words.get(at));
  }

  private static boolean onOff(String text) throws Stop {
    if (Stream.of("on", "yes", "1").anyMatch(text::equalsIgnoreCase)) {
      return true;
    }
    if (Stream.of("off", "no", "0").anyMatch(text::equalsIgnoreCase)) {
      return false;
    }
    throw Stop.exit(1, "expect on/off for argument");
  }

  private static Command change(Edit edit, String failure) {
    return new Command.Change(edit, 1, Command.Said.NOTHING, Optional.of(failure));
  }

  private String absent(String bridge) {
    return prompt.lab().find(prompt.ref(bridge)).isPresent()
        ? "device " + bridge + " is not a bridge!"
        : "bridge " + bridge + " does not exist!";
  }

  /** What has no file of a bridge's in sysfs is asked by the old ioctl, which other devices do not know. */
  private String failed(String what) {
    return what + " failed: "
        + (prompt.lab().find(prompt.ref(words.getFirst())).isPresent() ? Errno.EOPNOTSUPP : Errno.ENODEV).text();
  }

  private Optional<Device> find(String name) {
    return prompt.lab().find(prompt.ref(name)).filter(Device::isBridge);
  }

  /** The bridge that the first word names. */
  private Device known(String otherwise) throws Stop {
    return find(words.getFirst()).orElseThrow(() -> Stop.exit(1, otherwise));
  }
}
