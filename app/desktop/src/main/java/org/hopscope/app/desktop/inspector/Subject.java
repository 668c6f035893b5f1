package org.hopscope.app.desktop.inspector;

import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.Things;
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
 * @param object the cluster or its object that is selected, if it is one; the tables are then its first node's
 */
record Subject(NetnsId netns, Optional<DeviceId> device, Optional<Selection> object) {
  /** A namespace, or a device in it. */
  Subject(NetnsId netns, Optional<DeviceId> device) {
    this(netns, device, Optional.empty());
  }

  /** What a selection is about, as far as the lab still has it. */
  static Optional<Subject> of(LabState lab, Set<Selection> selection) {
    return selection.stream().reduce((_, last) -> last).flatMap(last -> switch (last) {
      case Selection.OfHost(String host) -> Optional.of(new Subject(NetnsId.root(host), Optional.empty()));
      case Selection.OfNetns(NetnsId id) -> Optional.of(new Subject(id, Optional.empty()));
      case Selection.OfRemark _ -> Optional.<Subject>empty();
      case Selection.OfCluster(String cluster) -> node(lab, cluster, last);
      case Selection.OfObject(String cluster, var _) -> node(lab, cluster, last);
      case Selection.OfDevice(DeviceId id) -> Optional.ofNullable(lab.devices().get(id))
          .map(d -> new Subject(d.netns(), Optional.of(id)));
    }).filter(s -> s.isIn(lab));
  }

  private static Optional<Subject> node(LabState lab, String cluster, Selection thing) {
    return Optional.ofNullable(lab.clusters().get(cluster)).flatMap(c -> c.nodes().stream().findFirst())
        .map(n -> new Subject(NetnsId.root(n.meta().name()), Optional.empty(), Optional.of(thing)));
  }

  boolean isIn(LabState lab) {
    return lab.find(netns).isPresent() && object.map(o -> Things.exists(lab, o)).orElse(true)
        && device.map(d -> lab.devices().containsKey(d) && lab.device(d).netns().equals(netns)).orElse(true);
  }

  /** The device, in a lab that has it. */
  Optional<Device> device(LabState lab) {
    return device.map(lab::device);
  }
}
