package org.hopscope.app.desktop.canvas.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Switches;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.ItemKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.lab.Remark;
import org.hopscope.model.net.BondMode;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.IpvlanFlag;
import org.hopscope.model.net.IpvlanMode;
import org.hopscope.model.net.MacvlanMode;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.TunMode;
import org.hopscope.model.net.TunSettings;

/** The edits that gestures stand for. A veth pair is made as a learner types it: in the root namespace, then moved. */
final class Wishes {
  private static final double GRID = 4;
  private static final int FIRST_VLAN = 10;
  private static final int LONGEST_NAME = 15;
  /** Milliseconds between two looks of a bond at its links (bonding.rst). */
  private static final int LOOK_EVERY = 100;

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
    return new Edit.Together(List.of(new Edit.AddBridge(NewLink.named(ref), BridgeChange.NONE),
        arrange(key, corner)));
  }

  /** A device that stands on no other one. */
  static Edit single(LabState lab, NetnsId in, Palette tool) {
    DeviceRef ref = new DeviceRef(in, Naming.device(lab, in.host(), stem(tool), 0));
    NewLink link = NewLink.named(ref);
    return switch (tool) {
      case TUN -> new Edit.AddTun(ref, TunSettings.of(TunMode.TUN));
      case TAP -> new Edit.AddTun(ref, TunSettings.of(TunMode.TAP));
      case BOND -> new Edit.AddLink(link, Optional.empty(), new LinkInfo.Bond(Optional.of(BondMode.ACTIVE_BACKUP),
          Optional.of(LOOK_EVERY), Optional.empty(), Optional.empty()));
      case WIREGUARD -> new Edit.AddLink(link, Optional.empty(), new LinkInfo.WireGuard());
      case OVS -> new Edit.Ovs(in.host(), "ovs-vsctl", List.of("add-br", ref.name()), List.of());
      case VXLAN, GENEVE, GRE, GRETAP, IPIP, SIT ->
          TunnelWishes.of(lab, in, TunnelWishes.driver(tool).orElseThrow());
      case DUMMY, SELECT, HOST, NETNS, BRIDGE, VETH, CABLE, MACVLAN, IPVLAN, VLAN, NOTE, GROUP, CLUSTER,
          DEPLOYMENT, POD, SERVICE, POLICY, INGRESS, CONTAINER, NETWORK ->
          new Edit.AddLink(link, Optional.empty(), new LinkInfo.Dummy());
    };
  }

  private static String stem(Palette tool) {
    return tool == Palette.WIREGUARD ? "wg" : tool == Palette.OVS ? "ovs" : tool.name().toLowerCase(Locale.ROOT);
  }

  /** A device on another one, of the kind that can talk to its like there; a VLAN with the first number from 10 that is free. */
  static Edit stacked(LabState lab, Device below, Palette tool) {
    NetnsId in = below.netns();
    int id = FIRST_VLAN;
    while (lab.find(new DeviceRef(in, below.name() + "." + id)).isPresent()) {
      id += FIRST_VLAN;
    }
    String tagged = below.name() + "." + id;
    boolean fits = tool == Palette.VLAN && tagged.length() <= LONGEST_NAME;
    String name = fits ? tagged : Naming.device(lab, in.host(), stem(tool), 0);
    LinkInfo info = switch (tool) {
      case VLAN -> new LinkInfo.Vlan(Optional.of(id), Optional.empty());
      case IPVLAN -> new LinkInfo.Ipvlan(Optional.of(IpvlanMode.L2), Optional.of(IpvlanFlag.BRIDGE));
      case MACVLAN, SELECT, HOST, NETNS, BRIDGE, VETH, CABLE, DUMMY, BOND, TUN, TAP, WIREGUARD, VXLAN, GENEVE, GRE,
          GRETAP, IPIP, SIT, OVS, NOTE, GROUP, CLUSTER, DEPLOYMENT, POD, SERVICE, POLICY, INGRESS, CONTAINER, NETWORK ->
          new LinkInfo.Macvlan(Optional.of(MacvlanMode.BRIDGE));
    };
    return new Edit.AddLink(NewLink.named(new DeviceRef(in, name)), Optional.of(below.ref()), info);
  }

  static Edit arrange(ItemKey key, Point corner) {
    return new Edit.Arrange(key, new Notes.Place(snap(corner.x()), snap(corner.y())));
  }

  /** An end of a cable to be: a namespace, perhaps a bridge in it, perhaps a card that is there. */
  record End(NetnsId netns, Optional<Device> bar, Optional<Device> card) {
    static Optional<End> at(Picture picture, Part part) {
      LabState lab = picture.lab();
      Optional<Device> device = Things.device(lab, part.thing());
      return Things.netns(lab, part.thing()).map(netns -> new End(netns,
          device.filter(Switches::isBar).or(() -> barOf(picture, part)),
          device.filter(d -> d.kind() instanceof DeviceKind.Nic)));
    }

    private static Optional<Device> barOf(Picture picture, Part part) {
      return part.kind() == Part.Kind.SLOT
          ? part.holder().flatMap(h -> Things.device(picture.lab(), h))
          : Optional.empty();
    }
  }

  static Edit veth(LabState lab, End one, End other) {
    String host = one.netns().host();
    int number = Naming.veth(lab, host);
    NetnsId root = NetnsId.root(host);
    DeviceRef first = new DeviceRef(root, "veth" + number);
    DeviceRef second = new DeviceRef(root, "veth" + (number + 1));
    List<Edit> edits = new ArrayList<>();
    edits.add(new Edit.AddVeth(NewLink.named(first), NewLink.named(second)));
    bring(edits, first, one);
    bring(edits, second, other);
    return Plan.together(edits);
  }

  private static void bring(List<Edit> edits, DeviceRef link, End end) {
    if (!end.netns().equals(link.netns())) {
      edits.add(new Edit.SetLink(link, LinkChange.netns(end.netns())));
    }
    end.bar().ifPresent(bar -> edits.add(Plugging.in(new DeviceRef(end.netns(), link.name()), bar)));
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
