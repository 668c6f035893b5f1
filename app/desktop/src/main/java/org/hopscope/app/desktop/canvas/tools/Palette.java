package org.hopscope.app.desktop.canvas.tools;

/** The tools a hand can take up. */
public enum Palette {
  SELECT, HOST, NETNS, BRIDGE, VETH, CABLE, MACVLAN, IPVLAN, VLAN, DUMMY, BOND, TUN, TAP, WIREGUARD, VXLAN, GENEVE, GRE,
  GRETAP, IPIP, SIT, OVS, CLUSTER, DEPLOYMENT, POD, SERVICE, POLICY, INGRESS, CONTAINER, NETWORK, NOTE, GROUP;

  /** Whether it lies open on the palette; the others lie one step further, behind "more". */
  public boolean isCommon() {
    return switch (this) {
      case SELECT, HOST, NETNS, BRIDGE, VETH, CABLE -> true;
      case MACVLAN, IPVLAN, VLAN, DUMMY, BOND, TUN, TAP, WIREGUARD, VXLAN, GENEVE, GRE, GRETAP, IPIP, SIT, OVS, CLUSTER,
          DEPLOYMENT, POD, SERVICE, POLICY, INGRESS, CONTAINER, NETWORK, NOTE, GROUP -> false;
    };
  }

  /** Whether what it makes stands on a device, so that it is dropped on one. */
  public boolean standsOnDevice() {
    return switch (this) {
      case MACVLAN, IPVLAN, VLAN -> true;
      case SELECT, HOST, NETNS, BRIDGE, VETH, CABLE, DUMMY, BOND, TUN, TAP, WIREGUARD, VXLAN, GENEVE, GRE, GRETAP, IPIP,
          SIT, OVS, CLUSTER, DEPLOYMENT, POD, SERVICE, POLICY, INGRESS, CONTAINER, NETWORK, NOTE, GROUP -> false;
    };
  }

  /** The phase that holding it begins with. */
  public Phase taken() {
    return switch (this) {
      case SELECT -> Idle.START;
      case HOST, NETNS, BRIDGE, MACVLAN, IPVLAN, VLAN, DUMMY, BOND, TUN, TAP, WIREGUARD, VXLAN, GENEVE, GRE, GRETAP,
          IPIP, SIT, OVS -> Placing.begin(this);
      case CLUSTER, DEPLOYMENT, POD, SERVICE, POLICY, INGRESS, CONTAINER, NETWORK -> Ordering.begin(this);
      case NOTE, GROUP -> Writing.begin(this);
      case VETH, CABLE -> Wiring.begin(this);
    };
  }
}
