package org.hopscope.model.shell;

import java.util.Locale;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.netfilter.PacketView;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;

/**
 * A packet as {@code -j LOG} and nftables' {@code log} write it into the kernel's log (kernel net/netfilter/nf_log_syslog.c
 * nf_log_ip_packet, nf_log_ip6_packet). Packets of the model have no IP options, no user and a TOS of 0; a TCP window is 64240
 * as in their bytes ({@code packet.PacketBytes}).
 */
final class LogLine {
  private static final int TCP_SEQUENCE = 1;
  private static final int TCP_OPTIONS = 2;
  private static final int DECODE_MAC = 32;
  private static final int WINDOW = 64_240;
  private static final int FRAGMENTATION_NEEDED = 4;
  private static final int TOO_BIG = 2;

  private final int flags;
  private final StringBuilder out = new StringBuilder();

  private LogLine(int flags) {
    this.flags = flags;
  }

  /**
   * The line, its prefix in front and the kernel's own blank at its end.
   *
   * @param flags as of {@link org.hopscope.model.netfilter.Target.Log}
   */
  static String of(String prefix, int flags, PacketView view) {
    LogLine line = new LogLine(flags);
    PacketView.Path path = view.path();
    line.out.append(prefix).append("IN=").append(path.in()).append(" OUT=").append(path.out()).append(' ');
    line.part(!path.bridgeIn().isEmpty() && !path.bridgeIn().equals(path.in()), "PHYSIN=" + path.bridgeIn());
    line.part(!path.bridgeOut().isEmpty() && !path.bridgeOut().equals(path.out()), "PHYSOUT=" + path.bridgeOut());
    if (!path.in().isEmpty()) {
      line.mac(view.packet(), path.in().equals("lo"));
    }
    line.network(view.packet());
    line.part(view.mark() != 0, "MARK=0x" + Integer.toHexString(view.mark()));
    return line.out.toString();
  }

  private void part(boolean is, String text) {
    if (is) {
      out.append(text).append(' ');
    }
  }

  private void mac(Packet packet, boolean loopback) {
    String zero = "00:00:00:00:00:00";
    String to = packet.ethernet().map(e -> e.destination().toString()).orElse(loopback ? zero : "");
    String from = packet.ethernet().map(e -> e.source().toString()).orElse(loopback ? zero : "");
    boolean four = packet.ip().orElseThrow() instanceof Header.Ipv4;
    if (to.isEmpty()) {
      part((flags & DECODE_MAC) == 0, "MAC=");
    } else if ((flags & DECODE_MAC) != 0 && !loopback) {
      part(true, "MACSRC=" + from + " MACDST=" + to + " MACPROTO=" + (four ? "0800" : "86dd"));
    } else {
      part(true, "MAC=" + to + ":" + from + (four ? ":08:00" : ":86:dd"));
    }
  }

  private void network(Packet packet) {
    Header.Ip ip = packet.ip().orElseThrow();
    Header.Fragment piece = packet.fragment();
    part(true, "SRC=" + text(ip.source()) + " DST=" + text(ip.destination()));
    switch (ip) {
      case Header.Ipv4 four -> {
        part(true, "LEN=" + packet.networkLength() + String.format(Locale.ROOT, " TOS=0x%02X PREC=0x%02X TTL=",
            four.trafficClass() & 0x1e, four.trafficClass() & 0xe0) + four.ttl() + " ID="
            + four.identification());
        part(four.dontFragment(), "DF");
        part(piece.more(), "MF");
        part(piece.offset() > 0, "FRAG:" + piece.offset() / 8);
      }
      case Header.Ipv6 six -> part(true,
          "LEN=" + packet.networkLength() + " TC=" + six.trafficClass() + " HOPLIMIT=" + six.hopLimit() + " FLOWLBL=0");
    }
    transport(packet, ip, piece.offset() > 0);
  }

  private void transport(Packet packet, Header.Ip ip, boolean later) {
    switch (later ? ip : packet.upper()) {
      case Header.Tcp tcp -> tcp(tcp);
      case Header.Udp udp -> part(true, "PROTO=UDP SPT=" + udp.sourcePort() + " DPT=" + udp.destinationPort() + " LEN="
          + (packet.networkLength() - (ip instanceof Header.Ipv4 ? 20 : 40)));
      case Header.IcmpEcho echo -> echo("PROTO=ICMP TYPE=" + (echo.reply() ? 0 : 8), echo);
      case Header.Icmpv6Echo echo -> echo("PROTO=ICMPv6 TYPE=" + (echo.reply() ? 129 : 128), echo);
      case Header.IcmpError error -> {
        part(true, "PROTO=ICMP TYPE=" + error.type() + " CODE=" + error.code());
        error.gateway().ifPresent(g -> part(true, "GATEWAY=" + g));
        about(error.about());
        part(error.type() == Header.IcmpError.UNREACHABLE && error.code() == FRAGMENTATION_NEEDED,
            "MTU=" + error.mtu());
      }
      case Header.Icmpv6Error error -> {
        part(true, "PROTO=ICMPv6 TYPE=" + error.type() + " CODE=" + error.code());
        about(error.about());
        part(error.type() == TOO_BIG, "MTU=" + error.mtu());
      }
      case Header.NeighbourSolicitation _ -> part(true, "PROTO=ICMPv6 TYPE=135 CODE=0");
      case Header.NeighbourAdvertisement _ -> part(true, "PROTO=ICMPv6 TYPE=136 CODE=0");
      case Header _ -> part(true, "PROTO=" + switch (ip.protocol()) {
        case 1 -> "ICMP";
        case 6 -> "TCP";
        case 17 -> "UDP";
        case 58 -> "ICMPv6";
        default -> Integer.toString(ip.protocol());
      });
    }
  }

  private void echo(String type, Header.Echo echo) {
    part(true, type + " CODE=0 ID=" + echo.identifier() + " SEQ=" + echo.sequence());
  }

  private void about(Packet packet) {
    out.append('[');
    network(packet);
    out.append("] ");
  }

  private void tcp(Header.Tcp tcp) {
    part(true, "PROTO=TCP SPT=" + tcp.sourcePort() + " DPT=" + tcp.destinationPort());
    part((flags & TCP_SEQUENCE) != 0, "SEQ=" + tcp.sequence() + " ACK=" + tcp.acknowledgment());
    part(true, "WINDOW=" + (tcp.flags().rst() ? 0 : WINDOW) + " RES=0x00");
    part(tcp.flags().ack(), "ACK");
    part(tcp.flags().psh(), "PSH");
    part(tcp.flags().rst(), "RST");
    part(tcp.flags().syn(), "SYN");
    part(tcp.flags().fin(), "FIN");
    part(true, "URGP=0");
    if ((flags & TCP_OPTIONS) != 0 && tcp.options().length() > 0) {
      StringBuilder bytes = new StringBuilder();
      for (byte each : tcp.options().bytes()) {
        bytes.append(String.format(Locale.ROOT, "%02X", each));
      }
      part(true, "OPT (" + bytes + ")");
    }
  }

  /** IPv6 addresses are written in full (printk %pI6). */
  private static String text(IpAddress address) {
    return switch (address) {
      case Ipv4Address four -> four.toString();
      case Ipv6Address(long high, long low) ->
          String.format(Locale.ROOT, "%016x%016x", high, low).replaceAll("(.{4})(?!$)", "$1:");
    };
  }
}
