package org.hopscope.model.docker.linux;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.DockerException;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.DockerNetwork.Overlay;
import org.hopscope.model.docker.DockerNetwork.Pool;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.FdbMode;
import org.hopscope.model.lab.FdbSide;
import org.hopscope.model.lab.FdbWish;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.OuterWish;
import org.hopscope.model.lab.Refusal;
import org.hopscope.model.lab.RemoteWish;
import org.hopscope.model.lab.RouteMode;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VxlanFlag;
import org.pcollections.TreePMap;

/**
 * An overlay network's namespace on one host: a bridge, one end of a veth for each container of the host, and a VXLAN whose
 * packets leave by the host's own namespace (moby daemon/libnetwork/drivers/overlay: ov_network.go, ov_utils.go, peerdb.go).
 * It is there while the host has a container in the network. Left out: that a later one's name begins with a higher number,
 * and that veths are called veth0, veth1 and so on in it.
 *
 * @param netns its name: as Docker's, the first ten digits of the network's identifier
 * @param network the network
 * @param overlay its driver
 */
record OverlaySandbox(NetnsId netns, DockerNetwork network, Overlay overlay) {
  /** The port of VXLAN's packets (overlayutils.VXLANUDPPort). */
  private static final int PORT = 4789;
  private static final int DIGITS = 10;

  static OverlaySandbox of(String host, DockerNetwork network, Overlay overlay) {
    return new OverlaySandbox(place(host, network), network, overlay);
  }

  /** Where it is on a host. */
  static NetnsId place(String host, DockerNetwork network) {
    return new NetnsId(host, "1-" + network.id().substring(0, DIGITS));
  }

  /** The namespace with its bridge and its VXLAN, which is made outside: there its packets leave. */
  Construct itself() {
    NetnsId root = NetnsId.root(netns.host());
    DeviceRef bridge = new DeviceRef(netns, "br0");
    String outside = "vx-" + HexFormat.of().toHexDigits(overlay.vni(), 6) + "-" + network.id().substring(0, 5);
    LinkInfo vxlan = new LinkInfo.Vxlan(OuterWish.nothing(root), Optional.of(overlay.vni()), Optional.of(PORT),
        Optional.empty(), new LinkInfo.VxlanWish(TreePMap.<VxlanFlag, Boolean>empty().plus(VxlanFlag.PROXY, true)
            .plus(VxlanFlag.L2MISS, true).plus(VxlanFlag.L3MISS, true), Optional.empty(), Optional.empty(),
            Optional.empty()));
    Pool pool = network.pool().orElseThrow();
    return new Construct(List.of(new Edit.AddNetns(netns), Constructs.up(new DeviceRef(netns, "lo")),
        new Edit.AddBridge(NewLink.named(bridge), BridgeChange.NONE),
        Constructs.address(bridge, pool.gateway(), pool.subnet()), Constructs.up(bridge),
        new Edit.AddLink(link(new DeviceRef(root, outside), Optional.empty()), Optional.empty(), vxlan),
        new Edit.SetLink(new DeviceRef(root, outside), new LinkChange(Optional.of(netns),
            Optional.of(vxlan().name()), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())),
        new Edit.SetLink(vxlan(), LinkChange.master(bridge.name())), Constructs.up(vxlan())),
        List.of(new Edit.DeleteNetns(netns)));
  }

  /** Refuses a network whose VXLAN the host's kernel will not have; where it is there already, nothing is asked. */
  void check(LabState lab) throws DockerException {
    if (lab.find(netns).isPresent()) {
      return;
    }
    String begin =
        "network sandbox join failed: subnet sandbox join failed for \"" + network.pool().orElseThrow().subnet()
            + "\": ";
    LabState next = lab;
    for (Edit edit : itself().make()) {
      switch (Editor.apply(next, edit)) {
        case Editor.Result.Done(LabState done) -> next = done;
        case Editor.Result.Refused(Refusal why) -> throw new DockerException(begin
            + (edit instanceof Edit.AddLink ? "error creating vxlan interface: " : "failed to set link up: ")
            + why.kernelSays().map(e -> e.text().toLowerCase(Locale.ROOT)).orElse(why.text()));
      }
    }
  }

  /** A container's veth: its end here is a port of the bridge. */
  Construct container(Container container, DeviceRef inside, Ipv4Address address) {
    DeviceRef outside = new DeviceRef(netns, Devices.hostEnd(container, network));
    List<Edit> make = new ArrayList<>(List.of(
        new Edit.AddVeth(link(outside, Optional.empty()), link(inside, Optional.of(Devices.mac(address)))),
        new Edit.SetLink(outside, LinkChange.master("br0")), Constructs.up(outside),
        Constructs.address(inside, address, network.pool().orElseThrow().subnet()), Constructs.up(inside)));
    return new Construct(make, List.of(new Edit.DeleteLink(outside)));
  }

  /**
   * What is known of a container on another host: the VXLAN answers questions for it, and knows where its frames go, in the
   * place of what it has learned itself. With it goes what the bridge has learned of it (osl/neigh_linux.go).
   */
  Construct peer(Ipv4Address address, Ipv4Address end) {
    MacAddress mac = Devices.mac(address);
    Optional<RemoteWish> remote =
        Optional.of(new RemoteWish(end, Optional.empty(), Optional.empty(), Optional.empty()));
    return new Construct(List.of(
        new Edit.SetNeighbour(vxlan(), address, Optional.of(mac), Neighbour.State.PERMANENT, RouteMode.ADD),
        new Edit.AddFdb(vxlan(), new FdbWish(mac, FdbSide.SELF, FdbEntry.Kind.LOCAL, false, remote), FdbMode.REPLACE)),
        List.of(new Edit.DeleteNeighbour(vxlan(), address), new Edit.DeleteFdb(vxlan(), mac, FdbSide.SELF, remote),
            new Edit.DeleteFdb(vxlan(), mac, FdbSide.MASTER)));
  }

  private DeviceRef vxlan() {
    return new DeviceRef(netns, Sandbox.VXLAN);
  }

  private NewLink link(DeviceRef device, Optional<MacAddress> mac) {
    return new NewLink(device, mac, Optional.of(overlay.innerMtu()), Optional.empty(), false);
  }
}
