package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Errno;
import org.hopscope.model.lab.FdbMode;
import org.hopscope.model.lab.FdbSide;
import org.hopscope.model.lab.FdbWish;
import org.hopscope.model.lab.RemoteWish;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.BridgeVlans;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.VxlanSettings;

/** {@code bridge fdb} (iproute2 6.1 bridge/fdb.c, bridge(8)). */
final class BridgeFdb {
  private static final Set<FdbEntry.Kind> ANY = EnumSet.allOf(FdbEntry.Kind.class);
  private static final Keywords VERBS = Keywords.of("add* append* replace* delete* get* show* lst*=show list*=show "
      + "flush help*");
  private static final Keywords STATES = Keywords.of("permanent* local*=permanent static* temp*=static "
      + "dynamic*=reachable reachable* stale* all");
  private static final Keywords WORDS =
      Keywords.of("dev dst nhid self master* local* permanent* temp* static* dynamic* vlan* port vni via "
          + "router* use* extern_learn* sticky* src_vni activity_notify inactive norefresh to help*");

  private final Prompt prompt;
  private final Args args;
  private Optional<String> device = Optional.empty();
  private Optional<String> mac = Optional.empty();
  private FdbEntry.Kind kind = FdbEntry.Kind.LOCAL;
  private boolean sticky;
  private Optional<Integer> vlan = Optional.empty();
  private Optional<IpAddress> address = Optional.empty();
  private Optional<Integer> port = Optional.empty();
  private Optional<Integer> vni = Optional.empty();
  private Optional<DeviceRef> via = Optional.empty();
  private boolean master;
  private boolean self;
  /** {@code use}, {@code router}, {@code extern_learn}. */
  private final List<String> flags = new ArrayList<>();

  private BridgeFdb(Prompt prompt, Args args) {
    this.prompt = prompt;
    this.args = args;
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    String typed = args.isEmpty() ? "show" : args.next();
    String verb = VERBS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"bridge fdb help\"."));
    return switch (verb) {
      case "show" -> show(prompt, options, args);
      case "add" -> new BridgeFdb(prompt, args).words().add(FdbMode.ADD);
      case "replace" -> new BridgeFdb(prompt, args).words().add(FdbMode.REPLACE);
      case "append" -> new BridgeFdb(prompt, args).words().add(FdbMode.APPEND);
      case "delete" -> new BridgeFdb(prompt, args).words().delete();
      case "get" -> get(prompt, options, args);
      case "flush" -> FdbFlush.read(prompt, args);
      case "help" -> throw usage();
      default -> throw Stop.unsupported("bridge fdb " + verb);
    };
  }

  private static Stop usage() {
    return Stop.exit(255, "Usage: bridge fdb { add | append | replace | del | get | flush | show }");
  }

  private BridgeFdb words() throws Stop {
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed).orElse("");
      switch (word) {
        case "dev" -> device = Optional.of(args.next());
        case "master" -> master = true;
        case "self" -> self = true;
        case "local", "permanent" -> kind = FdbEntry.Kind.LOCAL;
        case "static", "temp" -> kind = FdbEntry.Kind.STATIC;
        case "dynamic" -> kind = FdbEntry.Kind.LEARNED;
        case "sticky" -> sticky = true;
        case "vlan" -> vlan = Optional.of(vlan(args.next()));
        case "dst" -> address = Optional.of(address(args.next()));
        case "port" -> port = Optional.of(port(args.next()));
        case "vni" -> vni = Optional.of(vni(args.next()));
        case "via" -> via = Optional.of(BridgeProgram.device(prompt, args.next()).ref());
        case "use", "router", "extern_learn" -> flags.add(word);
        case "help" -> throw usage();
        case "to", "" -> mac(word.isEmpty() ? typed : args.next());
        default -> throw Stop.unsupported(word);
      }
    }
    if (device.isEmpty() || mac.isEmpty()) {
      throw Stop.exit(255, "Device and address are required arguments.");
    }
    return this;
  }

  private IpAddress address(String text) throws Stop {
    if (address.isPresent()) {
      throw Stop.twice("dst", text);
    }
    return IpAddress.parse(text).orElseThrow(() -> Stop.exit(1, "Error: any valid address is expected rather than \""
        + text + "\"."));
  }

  private static int port(String text) throws Stop {
    return Numbers.whole(text, 0, 65535).orElseThrow(() -> Stop.unsupported("a port by name: " + text));
  }

  private static int vni(String text) throws Stop {
    return Numbers.whole(text, 0, VxlanSettings.END_OF_IDS - 1)
        .orElseThrow(() -> Stop.wrong(text, "invalid VNI"));
  }

  /** The tool takes any text for a number, the kernel none that is no VLAN (rtnetlink.c fdb_vid_parse). */
  private int vlan(String text) throws Stop {
    if (vlan.isPresent()) {
      throw Stop.twice("vlan", text);
    }
    int number = Numbers.atoi(text);
    if (number < 1 || number > BridgeVlans.LAST) {
      throw Stop.exit(255, "Error: invalid vlan id.");
    }
    return number;
  }

  private FdbEntry.Key key() throws Stop {
    return new FdbEntry.Key(mac(), vlan.orElse(0));
  }

  private Optional<RemoteWish> remote() {
    return address.map(a -> new RemoteWish(a, port, vni, via));
  }

  private void mac(String text) throws Stop {
    if (mac.isPresent()) {
      throw Stop.garbage("to", text);
    }
    mac = Optional.of(text);
  }

  /** All words are read before the address is looked at. */
  private MacAddress mac() throws Stop {
    String text = mac.orElseThrow();
    return MacAddress.parse(text.toLowerCase(Locale.ROOT))
        .orElseThrow(() -> Stop.exit(255, "Invalid mac address " + text));
  }

  /**
   * Without {@code master} the device itself is meant (bridge/fdb.c fdb_modify); with both, the bridge is passed over
   * where there is none (net/core/rtnetlink.c rtnl_fdb_add, rtnl_fdb_del).
   */
  private List<FdbSide> sides() throws Stop {
    boolean isPort = BridgeProgram.device(prompt, device.orElseThrow()).port().isPresent();
    return self && master && isPort
        ? List.of(FdbSide.MASTER, FdbSide.SELF)
        : List.of(master && !self ? FdbSide.MASTER : FdbSide.SELF);
  }

  private DeviceRef device() throws Stop {
    return BridgeProgram.device(prompt, device.orElseThrow()).ref();
  }

  private Command add(FdbMode mode) throws Stop {
    FdbEntry.Key whose = key();
    DeviceRef to = device();
    checkFlags();
    Device device = BridgeProgram.device(prompt, to.name());
    boolean heard = sides().equals(List.of(FdbSide.SELF)) && kind == FdbEntry.Kind.LOCAL && vlan.isEmpty()
        && FdbText.groups(prompt.lab(), device).contains(mac().toString());
    boolean macvlan = device.kind() instanceof DeviceKind.Macvlan;
    if (heard && (mode == FdbMode.ADD || macvlan && mode == FdbMode.APPEND)) {
      throw Stop.exit(255, "RTNETLINK answers: " + Errno.EEXIST.text());
    }
    return heard && !macvlan ? Command.Said.NOTHING
        : change(side -> new Edit.AddFdb(to,
            new FdbWish(whose, side, kind, sticky, remote(), flags.contains("use") && isBridges(side)), mode));
  }

  /**
   * A list of addresses that a device listens to takes no notice of the flags (ndo_dflt_fdb_add), nor does a bridge of
   * {@code router}. What is learned from outside, and what a vxlan does with them, the model has not.
   */
  private void checkFlags() throws Stop {
    boolean vxlan = BridgeProgram.device(prompt, device.orElseThrow()).kind() instanceof DeviceKind.Vxlan;
    for (FdbSide side : sides()) {
      Optional<String> unknown = side == FdbSide.SELF && vxlan ? flags.stream().findFirst()
          : flags.stream().filter(_ -> isBridges(side)).filter("extern_learn"::equals).findFirst();
      if (unknown.isPresent()) {
        throw Stop.unsupported(unknown.get());
      }
    }
  }

  /** Whether a bridge's own database is meant; of no bridge at all nothing is asked. */
  private boolean isBridges(FdbSide side) {
    return prompt.lab().find(prompt.ref(device.orElseThrow()))
        .filter(d -> side == FdbSide.SELF ? d.isBridge() : d.port().isPresent()).isPresent();
  }

  private Command delete() throws Stop {
    FdbEntry.Key whose = key();
    DeviceRef from = device();
    checkFlags();
    return change(side -> new Edit.DeleteFdb(from, whose, side, remote()));
  }

  private Command change(Function<FdbSide, Edit> edit) throws Stop {
    List<Edit> edits = sides().stream().map(edit).toList();
    return new Command.Change(edits.size() == 1 ? edits.getFirst() : new Edit.Together(edits), 255,
        Command.Said.NOTHING);
  }

  /** bridge/fdb.c fdb_get: one row of a bridge, or of the bridge of a port. */
  private static Command get(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    BridgeFdb words = new BridgeFdb(prompt, args);
    Optional<String> bridge = Optional.empty();
    while (!args.isEmpty()) {
      String word = args.next();
      switch (word) {
        case "dev", "brport" -> words.device = Optional.of(args.next());
        case "br" -> bridge = Optional.of(args.next());
        case "self" -> words.self = true;
        case "master" -> words.master = true;
        case "dynamic" -> {
        }
        case "vlan" -> words.vlan = Optional.of(words.vlan(args.next()));
        case "vni" -> throw Stop.unsupported(word);
        default -> words.mac(word.equals("to") ? args.next() : word);
      }
    }
    if (words.device.isEmpty() && bridge.isEmpty() || words.mac.isEmpty()) {
      throw Stop.exit(255, "Device or master and address are required arguments.");
    }
    MacAddress mac = words.mac();
    Device asked = bridge.isPresent() ? BridgeProgram.bridgeDevice(prompt, bridge.get())
        : BridgeProgram.device(prompt, words.device.orElseThrow());
    if (bridge.isPresent() && words.device.isPresent()) {
      BridgeProgram.device(prompt, words.device.get());
      throw Stop.exit(254, "Error: Master and device are mutually exclusive.");
    }
    if (bridge.isPresent() && !asked.isBridge()) {
      throw Stop.exit(254, "Error: Fdb get operation not supported by device.");
    }
    if (words.self && asked.kind() instanceof DeviceKind.Vxlan) {
      return got(prompt, options, asked, mac);
    }
    if (words.self && !asked.isBridge()) {
      throw Stop.exit(254, "Error: Fdb get operation not supported by device.");
    }
    if (bridge.isEmpty() && !words.self && asked.port().isEmpty()) {
      throw Stop.exit(254, "Error: Device is not a bridge port.");
    }
    DeviceId owner = asked.port().map(BridgePort::bridge).orElse(asked.id());
    List<Answer.Fdb.Row> rows = FdbText.rows(prompt.lab(), prompt.at()).stream()
        .filter(r -> r.owner().equals(owner) && r.entry().key().equals(new FdbEntry.Key(mac, words.vlan.orElse(0))))
        .toList();
    if (rows.isEmpty()) {
      throw Stop.exit(254, "Error: Fdb entry not found.");
    }
    List<String> lines = options.json()
        ? List.of(FdbText.json(prompt.lab(), rows))
        : rows.stream().flatMap(r -> FdbText.lines(prompt.lab(), r, FdbText.ALL).stream()).toList();
    FdbText.Selection asks = new FdbText.Selection(bridge.isEmpty() ? Optional.of(asked) : Optional.empty(),
        bridge.isEmpty() ? Optional.empty() : Optional.of(asked), false, ANY, Optional.empty());
    return Command.Said.answered(lines,
        new Answer.Fdb(prompt.lab(), prompt.at(), FdbText.rows(prompt.lab(), prompt.at(), asks), true));
  }

  /** A row of a vxlan (vxlan_fdb_get): its first far end alone is told. */
  private static Command got(Prompt prompt, IpProgram.Options options, Device vxlan, MacAddress mac) throws Stop {
    List<Answer.Fdb.Row> rows = FdbText.rows(prompt.lab(), prompt.at()).stream()
        .filter(r -> r.owner().equals(vxlan.id()) && r.entry().mac().equals(mac))
        .map(r -> new Answer.Fdb.Row(r.owner(), r.entry().withRemotes(List.of(r.entry().remotes().getFirst())),
            r.self()))
        .toList();
    if (rows.isEmpty()) {
      throw Stop.exit(254, "Error: Fdb entry not found.");
    }
    List<String> lines = options.json()
        ? List.of(FdbText.json(prompt.lab(), rows))
        : rows.stream().flatMap(r -> FdbText.lines(prompt.lab(), r, FdbText.ALL).stream()).toList();
    FdbText.Selection all = new FdbText.Selection(Optional.of(vxlan), Optional.empty(), false, ANY,
        Optional.empty());
    return Command.Said.answered(lines,
        new Answer.Fdb(prompt.lab(), prompt.at(), FdbText.rows(prompt.lab(), prompt.at(), all), true));
  }

  private static Command show(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    Optional<Device> device = Optional.empty();
    Optional<Device> bridge = Optional.empty();
    boolean nameless = false;
    boolean port = false;
    Optional<Integer> vlan = Optional.empty();
    Optional<Set<FdbEntry.Kind>> states = Optional.empty();
    // Only what is permanent is not dynamic (iproute2 bridge/fdb.c print_fdb).
    Set<FdbEntry.Kind> known = ANY;
    while (!args.isEmpty()) {
      String word = args.next();
      switch (word) {
        case "dev", "brport" -> {
          device = Optional.of(BridgeProgram.device(prompt, args.next()));
          nameless = true;
          port |= word.equals("brport");
        }
        case "br" -> {
          String name = args.next();
          bridge = Optional.of(BridgeProgram.bridgeDevice(prompt, name));
        }
        case "state" -> states = Optional.of(state(args.next()));
        case "dynamic" -> known = EnumSet.of(FdbEntry.Kind.LEARNED, FdbEntry.Kind.STATIC);
        case "vlan" -> {
          if (vlan.isPresent()) {
            throw Stop.twice("vlan", args.next());
          }
          vlan = Optional.of(Numbers.atoi(args.next())).filter(v -> v != 0);
        }
        case "help" -> throw Stop.exit(255, "Usage: bridge fdb show [br BR] [dev DEV]");
        default -> {
          // bridge(8) passes over other words here without a sign.
        }
      }
    }
    FdbText.Selection selection = new FdbText.Selection(device, bridge, nameless, states.orElse(known), vlan);
    List<Answer.Fdb.Row> rows = FdbText.rows(prompt.lab(), prompt.at(), selection);
    return said(prompt, options, selection, rows, new Answer.Fdb(prompt.lab(), prompt.at(), rows, !port));
  }

  /** Rows of these kinds; nobody's row waits to be swept as {@code stale} in the model. */
  private static Set<FdbEntry.Kind> state(String text) throws Stop {
    return switch (STATES.find(text).orElse("")) {
      case "permanent" -> EnumSet.of(FdbEntry.Kind.LOCAL);
      case "static" -> EnumSet.of(FdbEntry.Kind.STATIC);
      case "reachable" -> EnumSet.of(FdbEntry.Kind.LEARNED);
      case "stale" -> EnumSet.noneOf(FdbEntry.Kind.class);
      case "all" -> EnumSet.allOf(FdbEntry.Kind.class);
      default -> throw Stop.wrong(text, "invalid state");
    };
  }

  private static Command said(Prompt prompt, IpProgram.Options options, FdbText.Selection selection,
      List<Answer.Fdb.Row> rows, Answer facts) {
    List<String> lines = options.json()
        ? List.of(FdbText.json(prompt.lab(), prompt.at(), selection, rows))
        : FdbText.of(prompt.lab(), prompt.at(), selection, rows);
    return Command.Said.answered(lines, facts);
  }
}
