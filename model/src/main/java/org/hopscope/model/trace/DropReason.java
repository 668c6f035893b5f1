package org.hopscope.model.trace;

/** Why a packet was thrown away; where the kernel has a name for it (include/net/dropreason-core.h) that name is cited. */
public enum DropReason {
  /** No route matches: nothing was sent, or a router gave up (IP_OUTNOROUTES, IP_INNOROUTES). */
  NO_ROUTE,
  /** A blackhole route took it. */
  BLACKHOLE_ROUTE,
  /** An unreachable route took it. */
  UNREACHABLE_ROUTE,
  /** A prohibit route took it. */
  PROHIBIT_ROUTE,
  /** The program wants to send from an address that is not one of the own. */
  SOURCE_NOT_OWN,
  /** There is no address at all to speak from (IPv6). */
  NO_SOURCE,
  /** The program wants to send by a device that is not there. */
  NO_SUCH_DEVICE,
  /** The destination is a broadcast address and the program has not asked to send to one (SO_BROADCAST). */
  BROADCAST_REFUSED,
  /** The device it should leave by is switched off (DEV_READY). */
  DEVICE_DOWN,
  /** A dummy device was given it, which is what such a device is for. */
  SWALLOWED,
  /** The device has no carrier: nobody at the other end. */
  NO_CARRIER,
  /** Nobody answered for the next hop's hardware address (NEIGH_FAILED). */
  NEIGHBOUR_FAILED,
  /** Its next hop was put into INCOMPLETE by hand, so that nobody is asked for the hardware address. */
  NEIGHBOUR_UNASKED,
  /** The frame is for another station's hardware address (OTHERHOST). */
  NOT_FOR_THIS_MAC,
  /** The packet is for another host and this one does not forward (ip_forward=0). */
  FORWARDING_OFF,
  /** It crossed as many routers as it was allowed to (IP_INHDR: TTL). */
  TTL_EXCEEDED,
  /** It does not fit the next link and may not be cut (PKT_TOO_BIG). */
  TOO_BIG,
  /** The frame is longer than the receiving end or the bridge port takes; no router tells of it (sem-R6). */
  OVER_MTU,
  /** A piece of the same packet was not taken, so the others are not sent either (kernel ip_do_fragment). */
  PIECE_BEFORE_LOST,
  /** No program listens there (NO_SOCKET). */
  NO_LISTENER,
  /** The source address is one of the receiver's own, or cannot come from outside (IP_LOCAL_SOURCE). */
  MARTIAN_SOURCE,
  /** 127.0.0.0/8 as destination came in from outside (IP_INVALID_DEST). */
  MARTIAN_DESTINATION,
  /** The reverse path filter refused the source (IP_RPFILTER). */
  REVERSE_PATH,
  /** Echo requests to a broadcast address are not answered. */
  ECHO_BROADCAST_IGNORED,
  /** Echo requests are not answered at all (icmp_echo_ignore_all). */
  ECHO_IGNORED,
  /** Nobody here is asked for by this ARP request. */
  ARP_NOT_FOR_US,
  /** ARP is switched off on the device (IFF_NOARP). */
  ARP_OFF,
  /** An ARP packet about its sender's own address (drop_gratuitous_arp). */
  ARP_GRATUITOUS,
  /** An ARP answer that nobody here had asked for. */
  ARP_NOT_ASKED,
  /** Nobody here is asked for by this neighbour solicitation. */
  SOLICITATION_NOT_FOR_US,
  /** A neighbour advertisement that nobody here had asked for. */
  ADVERTISEMENT_NOT_ASKED,
  /** IPv6 does not run on the device (IPV6DISABLED). */
  IPV6_OFF,
  /** A packet from a link-local address must not leave its link (RFC 4291 2.5.6). */
  BEYOND_SCOPE,
  /** The port does not forward. */
  PORT_DISABLED,
  /** The spanning tree protocol still listens at the port. */
  PORT_LISTENING,
  /** The spanning tree protocol has the port learn, and not yet forward. */
  PORT_LEARNING,
  /** The spanning tree protocol keeps the port in reserve. */
  PORT_BLOCKING,
  /** The port is locked, and the sender is not known behind it. */
  PORT_LOCKED,
  /** The bridge filters by VLAN, and the port is not in that of the frame's tag (sem-B14). */
  VLAN_NOT_ALLOWED,
  /** The bridge filters by VLAN, and the port puts frames without a tag into none. */
  NO_PVID,
  /** The bridge filters by VLAN, and the port or the host that the frame is for is not in its VLAN. */
  OTHER_VLAN,
  /** The bridge would have to send it back out of the port it came in by. */
  SAME_PORT,
  /** The bridge has nowhere to send it: no other port takes it. */
  NO_OTHER_PORT,
  /** Nobody in this namespace is the receiver of the frame the bridge took up. */
  NOT_LOCAL,
  /** The port takes no frames of this kind, or none from that port: flood switches, isolation (sem-B13). */
  PORT_FILTERED,
  /** The frame has the tag of a VLAN that the device has no sub-interface for. */
  NO_VLAN_DEVICE,
  /** The slave it came in by is not the one that its bond uses. */
  SLAVE_INACTIVE,
  /** The vxlan has no row that says where to (VXLAN_NO_REMOTE). */
  NO_FAR_END,
  /** The way to the tunnel's end leads into the tunnel itself, or through too many others (RECURSION_LIMIT). */
  TUNNEL_LOOP,
  /** No tunnel here is the one that the packet came by: another network, other ends, or switched off (VXLAN_VNI_NOT_FOUND). */
  NO_TUNNEL,
  /** No tunnel here has the ends of the packet outside and its key, or it is switched off; who sent it is told. */
  NO_TUNNEL_ENDS,
  /** The tunnel has no far end, and the packet's route no gateway that could be it (ip_tunnel_xmit: NBMA). */
  NO_REMOTE,
  /** The tunnel does not carry such packets: an ipip no IPv6, a sit that was made for IPv6 no IPv4. */
  NOT_CARRIED,
  /** The device that the tunnel sends by is gone (ip_route_output_key: ENODEV). */
  UNBOUND,
  /** No flow of the table is for the frame (Open vSwitch: a table miss). */
  NO_FLOW,
  /** The flow that won has no action by which the frame leaves. */
  FLOW_DROP,
  /** The port of the Open vSwitch bridge does not take frames of this VLAN. */
  VLAN_REFUSED,
  /** Behind the port of the Open vSwitch bridge there is no device. */
  NO_DEVICE,
  /** No tunnel of the Open vSwitch has this far end and this key. */
  NO_OVS_TUNNEL,
  /** What came to a tunnel's port is not of a tunnel (VXLAN_INVALID_HDR). */
  NO_TUNNEL_HEADER,
  /** The own frame came back by the tunnel (LOCAL_MAC). */
  OWN_SOURCE_MAC,
  /** The sender is known behind another end of the tunnel, by hand (VXLAN_ENTRY_EXISTS). */
  OTHER_FAR_END,
  /** Frames with such a source address are never bridged. */
  BAD_SOURCE_MAC,
  /** The protocol has no handler here (IP_NOPROTO). */
  NO_PROTOCOL,
  /** The packet filter dropped it: a rule, a policy, or a translation that cannot be (NETFILTER_DROP). */
  NETFILTER_DROP,
  /** A redirect about a translated connection: who followed it would go round the translation. */
  NAT_REDIRECT,
  /** No NetworkPolicy of the pod allows it (cilium bpf/lib/drop_reasons.h DROP_POLICY). */
  POLICY_DENIED,
  /** The Service has nobody to send it to (DROP_NO_SERVICE). */
  NO_BACKEND,
  /** The virtual service has no real server that could take it (ip_vs_leave). */
  NO_REAL_SERVER,
  /** Its real server was taken out of the virtual service (ip_vs_in_hook). */
  REAL_SERVER_GONE,
  /** What comes from a loopback address must not leave the host (ip_vs_xmit.c crosses_local_route_boundary). */
  LOOPBACK_LEAVES,
  /** The program behind a tun device does not know whom to send it to (flannel proxy_amd64.c find_route). */
  NO_RELAY,
  /** No peer of the WireGuard device may be sent to at this address (wg_xmit: ENOKEY). */
  NO_PEER,
  /** It is not known where the WireGuard peer is (wg_xmit: EDESTADDRREQ). */
  NO_ENDPOINT,
  /** The WireGuard device has no private key: it cannot begin a handshake. */
  NO_PRIVATE_KEY,
  /** The peer has not answered the handshake that the packet waited for. */
  HANDSHAKE_UNANSWERED,
  /** The handshake is for another key than this end has, or another preshared key was mixed in. */
  WRONG_KEY,
  /** The handshake comes from a key that is no peer here. */
  UNKNOWN_PEER,
  /** The packet bears the number of a key that is not known here, or not any more. */
  NO_KEYPAIR,
  /** What came to WireGuard's port is none of its messages. */
  NOT_WIREGUARD,
  /** The sender's address is not one that its WireGuard peer may speak for. */
  SOURCE_NOT_ALLOWED,
  /** The program that waited for it had already ended. */
  PROGRAM_GONE,
  /** The lab's limit of steps for one probe is reached: a storm. */
  STORM;

  /** Whether the station that threw it away was simply not meant: it looked, and let it go. */
  public boolean isForOthers() {
    return this == NOT_FOR_THIS_MAC || this == ARP_NOT_FOR_US || this == SOLICITATION_NOT_FOR_US;
  }
}
