package org.hopscope.model.shell;

import java.util.Optional;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.FdbFilter;
import org.hopscope.model.lab.FdbSide;
import org.hopscope.model.net.BridgeVlans;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;

/**
 * {@code bridge fdb flush} (bridge/fdb.c fdb_flush, bridge(8)): takes rows of a bridge, of one of its ports or of a vxlan away.
 */
final class FdbFlush {
  private FdbFlush() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    Optional<String> device = Optional.empty();
    FdbFilter which = FdbFilter.ALL;
    boolean self = false;
    boolean master = false;
    boolean unknown = false;
    boolean settled = false;
    while (!args.isEmpty()) {
      String word = args.next();
      boolean no = word.startsWith("no");
      switch (no ? word.substring(2) : word) {
        case "dev" -> device = Optional.of(args.next());
        case "brport" -> which = which.withPort(args.next());
        case "permanent" -> which = which.withPermanent(!no);
        case "static" -> {
          which = which.withUnageing(!no);
          settled = settled || !no;
        }
        case "dynamic" -> which = which.withUnageing(no);
        case "sticky" -> which = which.withSticky(!no);
        case "vlan" -> {
          int vlan = flushed(args.next());
          unknown = vlan == 0 || vlan > BridgeVlans.LAST;
          which = which.withVlan(vlan);
        }
        case "self" -> self = true;
        case "master" -> master = true;
        case "added_by_user", "extern_learn", "offloaded" -> throw Stop.unsupported(word);
        // Even this word only asks for another behind it, and all others are passed over (bridge/fdb.c fdb_flush).
        case "help" -> args.next();
        default -> {
        }
      }
    }
    String name = device.orElseThrow(() -> Stop.exit(255, "Device is a required argument."));
    // Own addresses do not age either, but static ones are those of others unless permanent ones are asked for.
    which = settled && which.permanent().isEmpty() ? which.withPermanent(false) : which;
    if (which.port().filter(p -> prompt.lab().find(prompt.ref(p)).isEmpty()).isPresent()) {
      throw Stop.exit(255, "Cannot find bridge port device \"" + which.port().get() + "\"");
    }
    Optional<Device> found = prompt.lab().find(prompt.ref(name));
    boolean owns = found.filter(Device::isBridge).isPresent();
    if (found.filter(d -> d.kind() instanceof DeviceKind.Vxlan).isPresent()) {
      FdbSide side = master && !self ? FdbSide.MASTER : FdbSide.SELF;
      return new Command.Change(new Edit.FlushFdb(prompt.ref(name), side, which), 255, Command.Said.NOTHING);
    }
    boolean ethernet = found.filter(d -> d.kind().driver().hardware() == Driver.Hardware.ETHER).isPresent();
    if (ethernet && (owns ? master && !self : self || !master)) {
      throw Stop.exit(255, "RTNETLINK answers: Operation not supported");
    }
    if (owns && unknown) {
      throw Stop.exit(255, "Error: integer out of range.");
    }
    return new Command.Change(new Edit.FlushFdb(prompt.ref(name), which), 255, Command.Said.NOTHING);
  }

  private static int flushed(String text) throws Stop {
    int number = Numbers.atoi(text);
    if (number < 0 || number > BridgeVlans.LAST + 1) {
      throw Stop.exit(255, "Invalid VLAN ID \"" + text + "\"");
    }
    return number;
  }
}
