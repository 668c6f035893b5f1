package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.Netns;

/** Hosts and the cables between them: what Linux has no command for. */
final class HostEdits {
  private HostEdits() {
  }

  /** A host begins as a machine does after boot: a root namespace whose lo is up. */
  static LabState add(LabState lab, String name) {
    Names.checkHost(name);
    if (lab.hosts().containsKey(name)) {
      throw RefusedException.tool(Errno.EEXIST, "Cannot add host \"" + name + "\": " + Errno.EEXIST.text());
    }
    int order = lab.hosts().values().stream().mapToInt(Host::order).max().orElse(-1) + 1;
    Host host = Host.fresh(name, order);
    LabState made = NetnsEdits.make(lab.withHosts(lab.hosts().plus(name, host)), host.root());
    return Power.set(made, made.find(new DeviceRef(host.root(), "lo")).orElseThrow().id(), true);
  }

  static LabState delete(LabState lab, String name) {
    Host host = Find.host(lab, name);
    if (lab.hosts().size() == 1) {
      throw RefusedException.tool(Errno.EBUSY, "Cannot delete host \"" + name + "\": a lab has at least one host");
    }
    LabState left = lab;
    for (Netns netns : lab.netnsOf(name)) {
      left = netns.id().isRoot() ? left : NetnsEdits.delete(left, netns.id());
    }
    for (Device device : left.devicesOf(host.root())) {
      left = left.devices().containsKey(device.id()) ? Detach.delete(left, left.device(device.id())) : left;
    }
    LabState done = NetnsEdits.forget(left, host.root());
    return NoteEdits.without(done.withHosts(done.hosts().minus(name)).withEngines(done.engines().minus(name)),
        new ItemKey("host", name));
  }

  /** Plugs a cable into two cards of root namespaces; cards that are not there yet are put in, switched off. */
  static LabState cable(LabState lab, DeviceRef one, DeviceRef other) {
    if (one.equals(other)) {
      throw RefusedException.tool(Errno.EINVAL, "Cannot plug both ends of a cable into " + place(one));
    }
    LabState left = withCard(lab, one);
    LabState both = withCard(left, other);
    DeviceId first = both.find(one).orElseThrow().id();
    DeviceId second = both.find(other).orElseThrow().id();
    LabState plugged = both.with(both.device(first).withKind(new DeviceKind.Nic(Optional.of(second))));
    return plugged.with(plugged.device(second).withKind(new DeviceKind.Nic(Optional.of(first))));
  }

  private static LabState withCard(LabState lab, DeviceRef ref) {
    Find.netns(lab, ref.netns());
    Optional<Device> found = lab.find(ref);
    if (found.isEmpty()) {
      if (!ref.netns().isRoot()) {
        throw RefusedException.tool(Errno.ENODEV, "Cannot find device \"" + ref.name() + "\"");
      }
      return Creation.add(lab, NewLink.named(ref), new DeviceKind.Nic(Optional.empty()));
    }
    if (!(found.get().kind() instanceof DeviceKind.Nic(Optional<DeviceId> cable))) {
      throw RefusedException.tool(Errno.EINVAL, "Cannot plug a cable into " + place(ref) + ": it is no network card");
    }
    if (cable.isPresent()) {
      throw RefusedException.tool(Errno.EBUSY, "Cannot plug a cable into " + place(ref) + ": it has one already");
    }
    return lab;
  }

  private static String place(DeviceRef ref) {
    return ref.netns().host() + ":" + ref.name();
  }
}
