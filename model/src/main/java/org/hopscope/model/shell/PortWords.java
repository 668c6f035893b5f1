package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.DeviceRef;

/** The switches of a bridge port, as {@code ip link set … type bridge_slave} takes them. */
final class PortWords {
  /** The switches the model has. */
  static final List<String> SWITCHES =
      List.of("hairpin", "learning", "flood", "mcast_flood", "bcast_flood", "isolated");

  private PortWords() {
  }

  /** Reads switches with {@code on} or {@code off} behind each, to the end. */
  static List<Edit> read(Args args, DeviceRef port) throws Stop {
    List<Edit> edits = new ArrayList<>();
    while (!args.isEmpty()) {
      String word = args.next();
      if (!SWITCHES.contains(word)) {
        throw Stop.unsupported(word);
      }
      edits.add(new Edit.SetBridgePort(port, word, args.onOff(word, 1)));
    }
    return edits;
  }
}
