package org.hopscope.model.kube.linux;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.OuterWish;
import org.hopscope.model.lab.RouteOptions;
import org.hopscope.model.lab.WireGuardChange;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Endpoint;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;
import org.hopscope.model.net.TunMode;
import org.hopscope.model.net.TunSettings;
import org.hopscope.model.net.VxlanFlag;
import org.pcollections.TreePMap;

/** flannel's own device on a node, as each of its back ends makes it. */
sealed interface FlannelUnit extends Unit {
  /**
   * What a node has of flannel's network (flannel's pkg/lease).
   *
   * @param node the node's name
   * @param address the node's own address
   * @param pods the block of its pods
   * @param network the addresses of all pods
   */
  record Lease(String node, IpAddress address, IpPrefix pods, IpPrefix network) {
    NetnsId root() {
      return NetnsId.root(node);
    }

    /** The device gets the block's first address, which no pod has. */
    Edit addressed(DeviceRef device) {
      return Made.address(device, pods.address(), pods.address().width());
    }

    Construct device(Rule rule, List<Edit> make, Edit unmake) {
      return new Construct(new Reason(Actor.NETWORK_PLUGIN, new ObjectKey(Kind.NODE, "", node), rule), make,
          List.of(unmake));
    }
  }

  private static NewLink link(DeviceRef device, Optional<MacAddress> mac, Optional<Integer> mtu) {
    return new NewLink(device, mac, mtu, Optional.empty(), false);
  }

  /** The back end vxlan (pkg/backend/vxlan/device.go). */
  record Vxlan(Lease lease) implements FlannelUnit {
    private static final int VNI = 1;
    private static final int PORT = 8472;

    /** The device's name: one for each family, as each has tunnels of its own. */
    static String device(IpFamily family) {
      return family == IpFamily.INET ? "flannel.1" : "flannel-v6.1";
    }

    /** The hardware address of a node's device; flannel draws it and tells the others by an annotation of the Node. */
    static MacAddress mac(String node, IpFamily family) {
      return Made.mac(device(family) + " " + node);
    }

    @Override
    public List<Construct> constructs() {
      NetnsId root = lease.root();
      IpFamily family = lease.address().family();
      DeviceRef device = new DeviceRef(root, device(family));
      OuterWish outer = new OuterWish(root, Optional.of(lease.address()), Optional.empty(),
          Optional.of(new DeviceRef(root, NodeUnit.CARD)), Optional.empty(), Optional.empty());
      LinkInfo info = new LinkInfo.Vxlan(outer, Optional.of(VNI), Optional.of(PORT), Optional.empty(),
          new LinkInfo.VxlanWish(TreePMap.<VxlanFlag, Boolean>empty().plus(VxlanFlag.LEARNING, false),
              Optional.empty(), Optional.empty(), Optional.empty()));
      NewLink link = link(device, Optional.of(mac(lease.node(), family)), Optional.empty());
      return List.of(lease.device(Rule.FLANNEL_DEVICE, List.of(new Edit.AddLink(link, Optional.empty(), info),
          lease.addressed(device), Made.up(device)), new Edit.DeleteLink(device)));
    }
  }

  /**
   * The back end udp: a tun device whose program, flanneld, sends packets on in UDP (pkg/backend/udp/udp_network_amd64.go
   * initTun, configureIface). The route is to the network of all pods.
   */
  record Udp(Lease lease) implements FlannelUnit {
    static final String DEVICE = "flannel0";
    static final int PORT = 8285;
    private static final int MTU = 1472;

    @Override
    public List<Construct> constructs() {
      DeviceRef device = new DeviceRef(lease.root(), DEVICE);
      NewRoute route = new NewRoute(lease.network(), RouteType.UNICAST, Optional.empty(), Optional.of(DEVICE), false,
          new RouteOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Scope.GLOBAL),
              Optional.empty(), Route.Metrics.NONE));
      return List.of(lease.device(Rule.FLANNEL_TUN,
          List.of(new Edit.AddTun(device, TunSettings.of(TunMode.TUN)),
              new Edit.Attach(device, Optional.of(new Endpoint(lease.address(), PORT))), lease.addressed(device),
              new Edit.SetLink(device, new LinkChange(Optional.empty(), Optional.empty(), Optional.empty(),
                  Optional.of(MTU), Optional.of(true), Optional.empty())),
              Made.add(lease.root(), route)),
          new Edit.DeleteLink(device)));
    }
  }

  /** The back end wireguard in its mode "separate" (pkg/backend/wireguard/device.go newWGDevice, Configure). */
  record WireGuard(Lease lease) implements FlannelUnit {
    static final String DEVICE = "flannel-wg";
    /** wireguard.go ListenPort. */
    static final int PORT = 51820;
    private static final int MTU = 1420;

    /** A node's private key, which flannel draws once and keeps in /run/flannel/wgkey. */
    private static WireGuardKey secret(String node) {
      return WireGuardKey.drawn("flannel-wg " + node).clamped();
    }

    /** The key that a node is known by; flannel tells the others by an annotation of the Node. */
    static WireGuardKey key(String node) {
      return secret(node).publicKey();
    }

    @Override
    public List<Construct> constructs() {
      DeviceRef device = new DeviceRef(lease.root(), DEVICE);
      WireGuardChange change = new WireGuardChange(Optional.of(secret(lease.node())), Optional.of(PORT),
          Optional.empty(), true, List.of());
      NewRoute route = Made.link(lease.network(), DEVICE);
      return List.of(lease.device(Rule.FLANNEL_WIREGUARD,
          List.of(new Edit.AddLink(link(device, Optional.empty(), Optional.of(MTU)), Optional.empty(),
              new LinkInfo.WireGuard()), new Edit.SetWireGuard(device, change), lease.addressed(device),
              Made.up(device), Made.add(lease.root(), route)),
          new Edit.DeleteLink(device)));
    }
  }
}
