package org.hopscope.model.trace;

import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.WireGuard;

/** At which height of the stack something happens: windows give each layer one colour, everywhere the same. */
public enum Layer {
  /** Frames, hardware addresses, ARP, forwarding databases. */
  L2,
  /** Addresses and routes. */
  L3,
  /** Ports, and later rules and translation. */
  L4,
  /** Tunnels. */
  OVERLAY,
  /** Objects of a cluster. */
  KUBERNETES;

  /** The layer of a table. */
  public static Layer of(Lookup lookup) {
    return switch (lookup) {
      case Lookup.RouteLookup _,Lookup.ReversePathLookup _ -> L3;
      case Lookup.NeighbourLookup _,Lookup.FdbLookup _,Lookup.VlanLookup _,Lookup.ArpTargetLookup _,Lookup.LinkLookup _,Lookup.StackedLookup _,Lookup.BondLookup _,Lookup.FlowLookup _,Lookup.MacLookup _ ->
          L2;
      case Lookup.TunnelLookup _ -> OVERLAY;
      case Lookup.CryptokeyLookup _,Lookup.PeerLookup _,Lookup.RelayLookup _ -> OVERLAY;
      case Lookup.ProxyLookup _,Lookup.MapLookup _ -> KUBERNETES;
      case Lookup.ListenerLookup _,Lookup.RuleWalk _,Lookup.ChainWalk _,Lookup.ConntrackLookup _,Lookup.ServiceLookup _,Lookup.ServerLookup _,Lookup.BalanceLookup _ ->
          L4;
    };
  }

  /** The layer of what a packet carries: ARP, ICMP, or TCP and UDP. */
  public static Layer of(Packet packet) {
    return switch (packet.upper()) {
      case Header.Ethernet _,Header.Vlan _,Header.Arp _,Header.NeighbourSolicitation _,Header.NeighbourAdvertisement _ ->
          L2;
      case Header.Ip _,Header.Fragment6 _,Header.Carrier _,Header.Echo _,Header.Complaint _ -> L3;
      case Header.Tcp _ -> L4;
      case Header.Udp _ -> isTunnel(packet) ? OVERLAY : L4;
      case WireGuard _ -> OVERLAY;
    };
  }

  private static boolean isTunnel(Packet packet) {
    return packet.headers().getLast() != packet.upper();
  }

  /** The layer that a step works on. */
  public static Layer of(Step step) {
    return switch (step.event()) {
      case Event.Looked(Lookup lookup) -> of(lookup);
      case Event.Rewritten(Packet _, Event.Rewriting why) -> switch (why) {
        case LINK_HEADER, VLAN_PUSH, VLAN_POP, FLOW -> L2;
        case ENCAPSULATION, DECAPSULATION -> OVERLAY;
        case TTL -> L3;
        case SOURCE_NAT, DESTINATION_NAT -> L4;
        case ENCIPHERED, DECIPHERED -> OVERLAY;
      };
      case Event.Confirmed _ -> L4;
      case Event.Tunnelled _,Event.Learned _ -> OVERLAY;
      case Event.Narrowed _ -> L3;
      case Event.Staged _ -> OVERLAY;
      case Event.Transmitted _,Event.HandedDown _,Event.HandedUp _,Event.Received _,Event.Switched _,Event.Parked _,Event.Resumed _,Event.Waited _ ->
          L2;
      case Event.Made _,Event.Forked _,Event.Ended _ -> of(step.packet());
    };
  }
}
