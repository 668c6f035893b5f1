package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Scope;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.PacketCopy;

/**
 * Tells senders why their packets did not get through (RFC 792, RFC 1812 4.3.2, kernel net/ipv4/icmp.c icmp_send). Rate
 * limits are not modelled.
 */
final class IcmpErrors {
  /** Codes of "destination unreachable" (RFC 792, RFC 1812 5.2.7.1). */
  static final int NET = 0;
  static final int HOST = 1;
  static final int PROTOCOL = 2;
  static final int PORT = 3;
  static final int FRAGMENTATION_NEEDED = 4;
  static final int NET_PROHIBITED = 9;
  static final int HOST_PROHIBITED = 10;
  static final int FILTERED = 13;
  /** IPTOS_TOS_MASK. */
  private static final int SERVICE = 0x1e;
  /** IPTOS_PREC_INTERNETCONTROL. */
  private static final int INTERNETWORK_CONTROL = 0xc0;
  private static final int REDIRECT_HOST = 1;
  /** An error is at most this long, its own headers included (RFC 1812 4.3.2.3). */
  private static final int LONGEST = 576;

  private final Run run;

  IcmpErrors(Run run) {
    this.run = run;
  }

  void unreachable(Skb about, NetnsId netns, int code) {
    send(about, netns, Header.IcmpError.UNREACHABLE, code, 0, Optional.empty());
  }

  void fragmentationNeeded(Skb about, NetnsId netns, int mtu) {
    send(about, netns, Header.IcmpError.UNREACHABLE, FRAGMENTATION_NEEDED, mtu, Optional.empty());
  }

  void timeExceeded(Skb about, NetnsId netns) {
    send(about, netns, Header.IcmpError.TIME_EXCEEDED, 0, 0, Optional.empty());
  }

  void redirect(Skb about, NetnsId netns, Ipv4Address gateway) {
    send(about, netns, Header.IcmpError.REDIRECT, REDIRECT_HOST, 0, Optional.of(gateway));
  }

  /** With the precedence of what keeps the net going, and the type of service of what it is about (kernel icmp_send). */
  private void send(Skb about, NetnsId netns, int type, int code, int mtu, Optional<IpAddress> gateway) {
    if (!deservesAnError(about)) {
      return;
    }
    Packet quoted = about.packet().network();
    Header.Ipv4 ip = about.ipv4();
    Ipv4Address source = run.fib.isLocal(netns, ip.destination()) ? ip.destination() : inbound(about, netns);
    Header.IcmpError error = new Header.IcmpError(type, code, mtu, gateway, quoted);
    Header.Ip outer = run.output.header(netns, source, ip.source(), Header.Ipv4.ICMP)
        .withTrafficClass(ip.trafficClass() & SERVICE | INTERNETWORK_CONTROL);
    int room = LONGEST - outer.length() - error.length();
    run.output.sendFor(new Output.Order(netns, Optional.of(about), PacketCopy.Role.ICMP_ERROR, "kernel",
        Output.Options.KERNEL), Packet.of(Math.min(quoted.length(), room), outer, error), Rejects.attached(about));
  }

  /** With icmp_errors_use_inbound_ifaddr an address of the device the packet came in by, else that of the way back. */
  private Ipv4Address inbound(Skb about, NetnsId netns) {
    return run.fabric.sysctl(netns, "net.ipv4.icmp_errors_use_inbound_ifaddr") == 0
        ? Ipv4Address.ANY
        : run.recorder.routedFrom(about, netns)
            .map(in -> run.sources.select(run.fabric.device(in), Optional.of(about.ipv4().source()), Scope.LINK))
            .orElse(Ipv4Address.ANY);
  }

  /**
   * Never about an error, a later piece or a broadcast (RFC 1122 3.2.2). Of a packet from 0.0.0.0 the own host is told:
   * only there can it have been made, and that is what 0.0.0.0 means as a destination.
   */
  private static boolean deservesAnError(Skb about) {
    Header.Ipv4 ip = about.ipv4();
    boolean group = ip.destination().isMulticast() || ip.destination().equals(Ipv4Address.LIMITED_BROADCAST)
        || about.packet().ethernet().map(e -> e.destination().isGroup()).orElse(false);
    return !group && ip.fragment().offset() == 0
        && about.packet().find(Header.IcmpError.class).isEmpty();
  }
}
