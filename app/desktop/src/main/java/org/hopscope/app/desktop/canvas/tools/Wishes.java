package org.hopscope.app.desktop.canvas.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.ItemKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.lab.Remark;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.MacvlanMode;
import org.hopscope.model.net.NetnsId;

/** The edits that gestures stand for. A veth pair is made as a learner types it: in the root namespace, then moved. */
final class Wishes {
  private static final double GRID = 4;

  private Wishes() {}

  static Edit host(LabState lab, Point corner) {
    String name = Naming.host(lab);
    return new Edit.Together(
        List.of(new Edit.AddHost(name), arrange(Things.key(new Selection.OfHost(name)), corner)));
  }

  static Edit netns(LabState lab, String host, Point corner) {
    NetnsId id = Naming.netns(lab, host);
    return new Edit.Together(
        List.of(new Edit.AddNetns(id), arrange(Things.key(new Selection.OfNetns(id)), corner)));
  }

  static Edit bridge(LabState lab, NetnsId in, Point corner) {
    DeviceRef ref = new DeviceRef(in, Naming.bridge(lab, in.host()));
    ItemKey key = new ItemKey("device", Integer.toString(lab.nextDevice()));
    return new Edit.Together(List.of(new Edit.AddBridge(Edit.NewLink.named(ref), Edit.BridgeChange.NONE),
        arrange(key, corner)));
  }

  static Edit dummy(LabState lab, NetnsId in) {
    return new Edit.AddLink(Edit.NewLink.named(new DeviceRef(in, Naming.device(lab, in.host(), "dummy", 0))),
        Optional.empty(), new LinkInfo.Dummy());
  }

  /** A macvlan that can talk to its like on the same device. */
  static Edit macvlan(LabState lab, Device below) {
    String name = Naming.device(lab, below.netns().host(), "macvlan", 0);
    return new Edit.AddLink(Edit.NewLink.named(new DeviceRef(below.netns(), name)), Optional.of(below.ref()),
        new LinkInfo.Macvlan(Optional.of(MacvlanMode.BRIDGE)));
  }

  static Edit arrange(ItemKey key, Point corner) {
    return new Edit.Arrange(key, new Notes.Place(snap(corner.x()), snap(corner.y())));
  }

  /** An end of a cable to be: a namespace, perhaps a bridge in it, perhaps a card that is there. */
  record End(NetnsId netns, Optional<String> bridge, Optional<Device> card) {
    static Optional<End> at(Picture picture, Part part) {
      LabState lab = picture.lab();
      Optional<Device> device = Things.device(lab, part.thing());
      return Things.netns(lab, part.thing()).map(netns -> new End(netns,
          device.filter(Device::isBridge).or(() -> bridgeOf(lab, device)).map(Device::name),
          device.filter(d -> d.kind() instanceof org.hopscope.model.net.DeviceKind.Nic)));
    }

    private static Optional<Device> bridgeOf(LabState lab, Optional<Device> device) {
      return device.flatMap(Device::port).map(p -> lab.device(p.bridge()));
    }
  }

  static Edit veth(LabState lab, End one, End other) {
    String host = one.netns().host();
    int number = Naming.veth(lab, host);
    NetnsId root = NetnsId.root(host);
    DeviceRef first = new DeviceRef(root, "veth" + number);
    DeviceRef second = new DeviceRef(root, "veth" + (number + 1));
    List<Edit> edits = new ArrayList<>();
    edits.add(new Edit.AddVeth(Edit.NewLink.named(first), Edit.NewLink.named(second)));
    bring(edits, first, one);
    bring(edits, second, other);
    return Plan.together(edits);
  }

  private static void bring(List<Edit> edits, DeviceRef link, End end) {
    if (!end.netns().equals(link.netns())) {
      edits.add(new Edit.SetLink(link, Edit.LinkChange.netns(end.netns())));
    }
    end.bridge().ifPresent(bridge -> edits
        .add(new Edit.SetLink(new DeviceRef(end.netns(), link.name()), Edit.LinkChange.master(bridge))));
  }

  static Edit cable(LabState lab, End one, End other) {
    return new Edit.AddCable(card(lab, one), card(lab, other));
  }

  private static DeviceRef card(LabState lab, End end) {
    NetnsId root = NetnsId.root(end.netns().host());
    return end.card().map(Device::ref)
        .orElseGet(() -> new DeviceRef(root, Naming.card(lab, end.netns().host())));
  }

  /** A remark with an id that is free. */
  static Remark remark(LabState lab, Palette tool, Box box) {
    int number = 1;
    while (lab.notes().remarks().containsKey("remark" + number)) {
      number++;
    }
    return new Remark("remark" + number, tool == Palette.GROUP ? Remark.Kind.GROUP : Remark.Kind.NOTE, "",
        new Notes.Place(snap(box.x()), snap(box.y())), snap(box.width()), snap(box.height()));
  }

  static double snap(double value) {
    return Math.round(value / GRID) * GRID;
  }
}
