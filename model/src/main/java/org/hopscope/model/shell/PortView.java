package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;

/**
 * A port as {@code bridge link} sees it.
 *
 * @param device the device that is the port
 * @param bridge its bridge
 * @param state {@code forwarding} or {@code disabled}
 * @param flags its switches
 */
public record PortView(Device device, Device bridge, String state, BridgePort.Flags flags) {
  /** The view of a device that is a port. */
  public static PortView of(LabState lab, Device device) {
    BridgePort port = device.port().orElseThrow();
    return new PortView(device, lab.device(port.bridge()),
        Links.portState(lab, device).name().toLowerCase(Locale.ROOT), port.flags());
  }

  /** The words of the switches that are on, as bridge(8) calls them. */
  public List<String> on() {
    List<String> on = new ArrayList<>();
    addIf(on, flags.hairpin(), "hairpin");
    addIf(on, flags.learning(), "learning");
    addIf(on, flags.flood(), "flood");
    addIf(on, flags.mcastFlood(), "mcast_flood");
    addIf(on, flags.bcastFlood(), "bcast_flood");
    addIf(on, flags.isolated(), "isolated");
    return List.copyOf(on);
  }

  private static void addIf(List<String> words, boolean on, String word) {
    if (on) {
      words.add(word);
    }
  }

  /** All switches with {@code on} or {@code off} behind each, those too that a kernel has and the model leaves alone. */
  static String switches(BridgePort.Flags flags) {
    return "hairpin " + onOff(flags.hairpin()) + " guard off root_block off fastleave off learning "
        + onOff(flags.learning()) + " flood " + onOff(flags.flood()) + " mcast_flood " + onOff(flags.mcastFlood())
        + " bcast_flood " + onOff(flags.bcastFlood()) + " mcast_router 1 mcast_to_unicast off neigh_suppress off "
        + "vlan_tunnel off isolated " + onOff(flags.isolated()) + " locked off";
  }

  private static String onOff(boolean value) {
    return value ? "on" : "off";
  }
}
