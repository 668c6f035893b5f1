package org.hopscope.app.desktop.inspector;

import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.NetnsId;

/**
 * What the inspector is about.
 *
 * @param netns whose tables are shown
 * @param device the device that is selected, if it is one
 */
record Subject(NetnsId netns, Optional<DeviceId> device) {
  /** What a selection is about, as far as the lab still has it. */
  static Optional<Subject> of(LabState lab, Set<Selection> selection) {
    return selection.stream().reduce((_, last) -> last).flatMap(last -> switch (last) {
      case Selection.OfHost(String host) -> Optional.of(new Subject(NetnsId.root(host), Optional.empty()));
      case Selection.OfNetns(NetnsId id) -> Optional.of(new Subject(id, Optional.empty()));
      case Selection.OfRemark _ -> Optional.<Subject>empty();
      case Selection.OfDevice(DeviceId id) -> Optional.ofNullable(lab.devices().get(id))
          .map(d -> new Subject(d.netns(), Optional.of(id)));
    }).filter(s -> s.isIn(lab));
  }

  boolean isIn(LabState lab) {
    return lab.find(netns).isPresent()
        && device.map(d -> lab.devices().containsKey(d) && lab.device(d).netns().equals(netns)).orElse(true);
  }

  /** The device, in a lab that has it. */
  Optional<Device> device(LabState lab) {
    return device.map(lab::device);
  }
}
