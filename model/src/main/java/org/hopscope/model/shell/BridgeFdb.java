package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.FdbEntry;

/** {@code bridge fdb} (iproute2 6.1 bridge/fdb.c, bridge(8)). */
final class BridgeFdb {
  private static final Keywords VERBS = Keywords.of("add* append* replace* delete* get* show* lst*=show list*=show "
      + "flush* help*");
  private static final Keywords WORDS =
      Keywords.of("dev dst nhid self* master* local* static* temp* dynamic* permanent* "
          + "router use extern_learn sticky vlan* port vni* via src_vni* activity_notify* inactive* norefresh* to help*");

  private final Prompt prompt;
  private final Args args;
  private Optional<String> device = Optional.empty();
  private Optional<MacAddress> mac = Optional.empty();
  private FdbEntry.Kind kind = FdbEntry.Kind.LOCAL;
  private boolean sticky;
  private boolean master;

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
      case "add" -> new BridgeFdb(prompt, args).words().add(false);
      case "replace", "append" -> new BridgeFdb(prompt, args).words().add(true);
      case "delete" -> new BridgeFdb(prompt, args).words().delete();
      case "help" -> throw Stop.exit(255, "Usage: bridge fdb { add | append | replace | del | show }");
      default -> throw Stop.unsupported("bridge fdb " + verb);
    };
  }

  private BridgeFdb words() throws Stop {
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed).orElse("");
      switch (word) {
        case "dev" -> device = Optional.of(args.next());
        case "master" -> master = true;
        case "local", "permanent" -> kind = FdbEntry.Kind.LOCAL;
        case "static", "temp" -> kind = FdbEntry.Kind.STATIC;
        case "dynamic" -> kind = FdbEntry.Kind.LEARNED;
        case "sticky" -> sticky = true;
        case "to", "" -> {
          String text = word.isEmpty() ? typed : args.next();
          if (mac.isPresent()) {
            throw Stop.garbage("to", text);
          }
          mac = Optional.of(MacAddress.parse(text.toLowerCase(java.util.Locale.ROOT))
              .orElseThrow(() -> Stop.exit(255, "Invalid mac address " + text)));
        }
        default -> throw Stop.unsupported(word);
      }
    }
    if (device.isEmpty() || mac.isEmpty()) {
      throw Stop.exit(255, "Device and address are required arguments.");
    }
    return this;
  }

  /** Without {@code master} the row would go to the device itself, which the model keeps no table for. */
  private DeviceRef port() throws Stop {
    Device found = BridgeProgram.device(prompt, device.orElseThrow());
    if (!master) {
      throw Stop.unsupported("bridge fdb without master");
    }
    return found.ref();
  }

  private Command add(boolean replace) throws Stop {
    return new Command.Change(new Edit.AddFdb(port(), mac.orElseThrow(), kind, sticky, replace), 255,
        Command.Said.NOTHING);
  }

  private Command delete() throws Stop {
    return new Command.Change(new Edit.DeleteFdb(port(), mac.orElseThrow()), 255, Command.Said.NOTHING);
  }

  private static Command show(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    Optional<Device> device = Optional.empty();
    Optional<Device> bridge = Optional.empty();
    boolean nameless = false;
    while (!args.isEmpty()) {
      String word = args.next();
      switch (word) {
        case "dev", "brport" -> {
          device = Optional.of(BridgeProgram.device(prompt, args.next()));
          nameless = true;
        }
        case "br" -> {
          String name = args.next();
          bridge = Optional.of(prompt.lab().find(prompt.ref(name))
              .orElseThrow(() -> Stop.exit(255, "Cannot find bridge device \"" + name + "\"")));
        }
        case "vlan", "state", "dynamic" -> throw Stop.unsupported(word);
        case "help" -> throw Stop.exit(255, "Usage: bridge fdb show [br BR] [dev DEV]");
        default -> {
          // bridge(8) passes over other words here without a sign.
        }
      }
    }
    FdbText.Selection selection = new FdbText.Selection(device, bridge, nameless);
    List<Answer.Fdb.Row> rows = FdbText.rows(prompt.lab(), prompt.at(), selection);
    List<String> lines = options.json()
        ? List.of(FdbText.json(prompt.lab(), prompt.at(), selection, rows))
        : FdbText.of(prompt.lab(), prompt.at(), selection, rows);
    return Command.Said.answered(lines, new Answer.Fdb(prompt.lab(), prompt.at(), rows));
  }
}
