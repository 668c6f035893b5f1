package org.hopscope.app.desktop.workbench;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;

/** How the window calls namespaces: as short as can be told apart. */
public final class PlaceNames {
  private PlaceNames() {}

  /** A root namespace goes by its host's name, a pod's as {@code pod:NAMESPACE/POD}; one on another than the first host has that in front. */
  public static String of(LabState lab, NetnsId id) {
    if (id.isRoot()) {
      return id.host();
    }
    Optional<Pods.Place> pod = Pods.at(lab, id);
    if (pod.isPresent()) {
      return pod.get().name();
    }
    boolean first = lab.hosts().isEmpty() || lab.firstHost().name().equals(id.host());
    return first ? id.name() : id.host() + "/" + id.name();
  }

  /** Every place a command can be typed at, host by host. */
  public static List<NetnsId> all(LabState lab) {
    return lab.hosts().values().stream().sorted(Comparator.comparingInt(h -> h.order()))
        .flatMap(host -> lab.netnsOf(host.name()).stream()).map(n -> n.id()).toList();
  }
}
