package org.hopscope.app.desktop.canvas;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.NewAddress;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;

/** Wishes of somebody who does anything to a lab; many will be refused. */
final class RandomEdits {
  private RandomEdits() {}

  static Optional<Edit> next(LabState lab, RandomGenerator random) {
    NetnsId netns = any(List.copyOf(lab.netns().keySet()), random).orElseThrow();
    NetnsId other = any(List.copyOf(lab.netns().keySet()), random).orElseThrow();
    Optional<Device> device = any(List.copyOf(lab.devices().values()), random);
    String name = "x".repeat(random.nextInt(1, 12)) + lab.nextDevice();
    return switch (random.nextInt(9)) {
      case 0, 1 -> Optional.of(new Edit.AddNetns(new NetnsId(netns.host(), name + "-ns".repeat(random.nextInt(4)))));
      case 2 -> Optional.of(new Edit.AddBridge(NewLink.named(new DeviceRef(netns, name)), BridgeChange.NONE));
      case 3, 4 -> Optional.of(new Edit.AddVeth(NewLink.named(new DeviceRef(netns, "v" + name)),
          NewLink.named(new DeviceRef(other, "w" + name))));
      case 5 -> device.flatMap(d -> any(lab.devicesOf(d.netns()).stream().filter(Device::isBridge).toList(), random)
          .map(b -> new Edit.SetLink(d.ref(), LinkChange.master(b.name()))));
      case 6 -> device.map(d -> new Edit.SetLink(d.ref(), LinkChange.up(random.nextBoolean())));
      case 7 -> device.map(d -> new Edit.AddAddress(d.ref(),
          NewAddress.of(InterfaceAddress.of("10." + random.nextInt(256) + ".0.1/24")), false));
      default -> Optional.of(new Edit.Arrange(
          Things.key(device.filter(_ -> random.nextBoolean()).map(Things::of).orElse(Things.of(netns))),
          new Notes.Place(random.nextInt(-200, 900), random.nextInt(-200, 700))));
    };
  }

  private static <T> Optional<T> any(List<T> list, RandomGenerator random) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list.get(random.nextInt(list.size())));
  }
}
