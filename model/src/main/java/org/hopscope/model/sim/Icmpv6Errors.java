package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.PacketCopy;

/**
 * Tells senders why their IPv6 packets did not get through (RFC 4443 2.4 and 3, kernel net/ipv6/icmp.c icmp6_send). Rate
 * limits are not modelled.
 */
final class Icmpv6Errors {
  /** Codes of "destination unreachable" (RFC 4443 3.1). */
  static final int NO_ROUTE = 0;
  static final int PROHIBITED = 1;
  static final int BEYOND_SCOPE = 2;
  static final int ADDRESS = 3;
  static final int PORT = 4;
  static final int POLICY = 5;
  static final int REJECT = 6;
  private final Run run;

  Icmpv6Errors(Run run) {
    this.run = run;
  }

  void unreachable(Skb about, NetDev in, int code) {
    send(about, in, Header.Icmpv6Error.UNREACHABLE, code, 0);
  }

  void tooBig(Skb about, NetDev in, int mtu) {
    send(about, in, Header.Icmpv6Error.TOO_BIG, 0, mtu);
  }

  void timeExceeded(Skb about, NetDev in) {
    send(about, in, Header.Icmpv6Error.TIME_EXCEEDED, 0, 0);
  }

  /** An error is at most as long as the least MTU, its own headers included. */
  private void send(Skb about, NetDev in, int type, int code, int mtu) {
    if (!deservesAnError(about, type)) {
      return;
    }
    Packet quoted = about.packet().network();
    Header.Ipv6 ip = about.ipv6();
    NetnsId netns = in.netns();
    boolean here = ip.destination().isLoopback() ? run.sources6.holds(in, ip.destination())
        : run.fib.isLocal(netns, ip.destination());
    IpAddress source = here ? ip.destination() : Ipv6Address.ANY;
    Header.Icmpv6Error error = new Header.Icmpv6Error(type, code, mtu, quoted);
    Header.Ip outer = run.output.header(netns, source, ip.source(), Header.Ipv6.ICMP);
    int room = Route6Output.LEAST_MTU - outer.length() - error.length();
    run.output.sendFor(
        new Output.Order(netns, Optional.of(about), PacketCopy.Role.ICMP_ERROR, "kernel",
            Output.Options.kernel(run.input6.meant(about, in), ip.source())),
        Packet.of(Math.min(quoted.length(), room), outer, error), Rejects.attached(about));
  }

  /** Never about an error, to a group or from nobody; only "too big" is said about what went to a group (RFC 4443 2.4 e). */
  private static boolean deservesAnError(Skb about, int type) {
    Header.Ipv6 ip = about.ipv6();
    boolean group = ip.destination().isMulticast() && type != Header.Icmpv6Error.TOO_BIG;
    return !group && !ip.source().isUnspecified() && !ip.source().isMulticast()
        && about.packet().fragment().offset() == 0 && about.packet().find(Header.Icmpv6Error.class).isEmpty();
  }
}
