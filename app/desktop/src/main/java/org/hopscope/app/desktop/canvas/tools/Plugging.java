package org.hopscope.app.desktop.canvas.tools;

import java.util.List;
import java.util.Optional;
import org.hopscope.app.desktop.canvas.scene.Switches;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;

/** Plugs devices into patch bars and takes them out again, by the command of the bar's own program. */
public final class Plugging {
  private Plugging() {}

  /** {@code ip link set X master BR}, {@code ovs-vsctl add-port BR X}. */
  public static Edit in(DeviceRef device, Device bar) {
    return Switches.isOpen(bar)
        ? ovs(bar.netns().host(), "add-port", bar.name(), device.name())
        : new Edit.SetLink(device, LinkChange.master(bar.name()));
  }

  /** {@code ip link set X nomaster}, {@code ovs-vsctl del-port BR X}; nothing for what is in no bar. */
  public static Optional<Edit> out(LabState lab, Device device) {
    return device.port().<Edit>map(_ -> new Edit.SetLink(device.ref(), LinkChange.master("")))
        .or(() -> Switches.openBridge(lab, device)
            .map(bridge -> ovs(device.netns().host(), "del-port", bridge, device.name())));
  }

  /** The name of the bar that a device is plugged into. */
  public static Optional<String> bar(LabState lab, Device device) {
    return device.port().map(p -> lab.device(p.bridge()).name()).or(() -> Switches.openBridge(lab, device));
  }

  private static Edit ovs(String host, String verb, String bridge, String port) {
    return new Edit.Ovs(host, "ovs-vsctl", List.of(verb, bridge, port), List.of());
  }
}
