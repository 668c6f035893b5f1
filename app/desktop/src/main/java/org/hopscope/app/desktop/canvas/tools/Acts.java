package org.hopscope.app.desktop.canvas.tools;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.arrange.Tidy;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Switches;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.NewAddress;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.Remark;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;

/** Edits that need no gesture: what keys and menus ask for. */
public final class Acts {
  private static final double GROUP_ROOM = 16;

  private Acts() {}

  /** Deletes things, each once: what lies in another one goes with it, a veth's end takes the other along. */
  public static Optional<Edit> delete(Picture picture, Set<Selection> things) {
    LabState lab = picture.lab();
    List<Edit> edits = new ArrayList<>();
    Set<Selection> gone = new LinkedHashSet<>();
    for (Part part : picture.parts()) {
      Selection thing = part.thing();
      boolean outer = part.holder().map(h -> gone.stream().anyMatch(g -> picture.isWithin(h, g))).orElse(false);
      if (things.contains(thing) && !gone.contains(thing) && !(outer && part.kind() != Part.Kind.SLOT)) {
        gone.add(thing);
        Things.device(lab, thing).flatMap(Device::peer).ifPresent(p -> gone.add(new Selection.OfDevice(p)));
        delete(lab, thing).ifPresent(edits::add);
      }
    }
    return edits.isEmpty() ? Optional.empty() : Optional.of(Plan.together(edits));
  }

  private static Optional<Edit> delete(LabState lab, Selection thing) {
    return switch (thing) {
      case Selection.OfCluster(var name) -> said(lab, "hop cluster delete " + name);
      case Selection.OfObject(var cluster, var key) -> said(lab, KubeCommands.delete(cluster, key));
      case Selection.OfHost(var host) -> Optional.of(new Edit.DeleteHost(host));
      case Selection.OfNetns(var netns) -> Pods.at(lab, netns)
          .map(p -> said(lab, KubeCommands.delete(p.cluster().name(), p.pod().key())))
          .orElseGet(() -> Optional.of(new Edit.DeleteNetns(netns)));
      case Selection.OfRemark(var id) -> Optional.of(new Edit.EraseRemark(id));
      case Selection.OfDevice(var id) -> Optional.of(delete(lab, lab.device(id)));
    };
  }

  private static Optional<Edit> said(LabState lab, String line) {
    return Spoken.of(lab, line) instanceof Spoken.Understood(Edit edit) ? Optional.of(edit) : Optional.empty();
  }

  /** What a switch made goes by the switch's own program. */
  private static Edit delete(LabState lab, Device device) {
    if (Switches.isOpen(device)) {
      return new Edit.Ovs(device.netns().host(), "ovs-vsctl", List.of("del-br", device.name()), List.of());
    }
    return Optional.of(device).filter(d -> d.kind() instanceof DeviceKind.OvsInternal)
        .flatMap(d -> Plugging.out(lab, d)).orElseGet(() -> new Edit.DeleteLink(device.ref()));
  }

  /** Moves things a little. */
  public static Optional<Edit> nudge(Picture picture, Set<Selection> things, Point by) {
    List<Edit> edits = new ArrayList<>();
    things.forEach(t -> Drops.arrange(picture, t, by).ifPresent(edits::add));
    return edits.isEmpty() ? Optional.empty() : Optional.of(Plan.together(edits));
  }

  /** Puts the whole lab in order. */
  public static Edit tidied(LabState lab) {
    return Plan.together(Tidy.of(lab));
  }

  /** Switches devices up or down. */
  public static Optional<Edit> switched(LabState lab, Set<Selection> things, boolean up) {
    List<Edit> edits = new ArrayList<>();
    things.forEach(t -> Things.device(lab, t).filter(d -> d.isUp() != up)
        .ifPresent(d -> edits.add(new Edit.SetLink(d.ref(), LinkChange.up(up)))));
    return edits.isEmpty() ? Optional.empty() : Optional.of(Plan.together(edits));
  }

  /** A frame around things, to be given a title. */
  public static Optional<Remark> group(Picture picture, Set<Selection> things) {
    return Box.around(things.stream().flatMap(t -> picture.find(t).stream()).map(Part::box).toList())
        .map(box -> Wishes.remark(picture.lab(), Palette.GROUP, box.grown(GROUP_ROOM)));
  }

  /** Whether a thing's name can be changed: what a kernel or an API server knows by its name keeps it. */
  public static boolean canBeRenamed(Selection thing) {
    return switch (thing) {
      case Selection.OfDevice _,Selection.OfRemark _ -> true;
      case Selection.OfHost _,Selection.OfNetns _,Selection.OfCluster _,Selection.OfObject _ -> false;
    };
  }

  /** {@code ip link set X name Y}. */
  public static Edit rename(Device device, String name) {
    return new Edit.SetLink(device.ref(), LinkChange.name(name));
  }

  /** {@code ip addr add A/N dev X}. */
  public static Edit address(Device device, InterfaceAddress address) {
    return new Edit.AddAddress(device.ref(), NewAddress.of(address), false);
  }

  /** {@code ip addr del A/N dev X}. */
  public static Edit withoutAddress(Device device, InterfaceAddress address) {
    return new Edit.DeleteAddress(device.ref(), address, true);
  }

  /** {@code ip link set X netns Y}. */
  public static Edit moved(Device device, NetnsId there) {
    return new Edit.SetLink(device.ref(), LinkChange.netns(there));
  }

  /** {@code ip netns add}, under the next free name. */
  public static Edit newNetns(LabState lab, String host) {
    return new Edit.AddNetns(Naming.netns(lab, host));
  }

  /** {@code ip link add type bridge}, under the next free name. */
  public static Edit newBridge(LabState lab, NetnsId in) {
    return new Edit.AddBridge(NewLink.named(new DeviceRef(in, Naming.bridge(lab, in.host()))),
        BridgeChange.NONE);
  }

  /** {@code hop host add}, under the next free name. */
  public static Edit newHost(LabState lab) {
    return new Edit.AddHost(Naming.host(lab));
  }
}
