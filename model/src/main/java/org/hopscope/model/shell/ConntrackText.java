package org.hopscope.model.shell;

import java.util.Locale;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.TcpState;
import org.hopscope.model.netfilter.Tuple;

/** Tracked connections as {@code conntrack -L} prints them (libnetfilter_conntrack snprintf_default.c). */
public final class ConntrackText {
  private ConntrackText() {
  }

  /** The name of a protocol, as it stands in front. */
  public static String protocol(int number) {
    return switch (number) {
      case Protocols.TCP -> "tcp";
      case Protocols.UDP -> "udp";
      case Protocols.ICMP -> "icmp";
      case Protocols.ICMPV6 -> "icmpv6";
      case Protocols.SCTP -> "sctp";
      case Protocols.DCCP -> "dccp";
      case Protocols.UDPLITE -> "udplite";
      default -> "unknown";
    };
  }

  /** One line. */
  public static String line(Connection connection, long now) {
    int protocol = connection.original().protocol();
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-8s %d %d ", protocol(protocol), protocol,
        (connection.times().expires() - now) / VirtualTime.SECOND));
    if (connection.tcp() != TcpState.NONE) {
      line.append(connection.tcp().name().toUpperCase(Locale.ROOT)).append(' ');
    }
    line.append(tuple(connection.original()));
    line.append(connection.flags().seenReply() ? "" : "[UNREPLIED] ");
    line.append(tuple(connection.reply()));
    line.append(connection.flags().assured() ? "[ASSURED] " : "");
    return line.append("mark=").append(Integer.toUnsignedString(connection.mark())).append(" use=1").toString();
  }

  private static String tuple(Tuple tuple) {
    String ends = "src=" + tuple.source() + " dst=" + tuple.destination() + " ";
    if (tuple.protocol() == Protocols.ICMP || tuple.protocol() == Protocols.ICMPV6) {
      return ends + "type=" + (tuple.destinationPort() >> 8) + " code=" + (tuple.destinationPort() & 255) + " id="
          + tuple.sourcePort() + " ";
    }
    return Protocols.hasPorts(tuple.protocol())
        ? ends + "sport=" + tuple.sourcePort() + " dport=" + tuple.destinationPort() + " "
        : ends;
  }

  /** The command that deletes the one connection of an original tuple. */
  static String deleting(Tuple original) {
    String line = "conntrack -D -p " + original.protocol() + " --orig-src " + original.source() + " --orig-dst "
        + original.destination();
    if (original.protocol() == Protocols.ICMP || original.protocol() == Protocols.ICMPV6) {
      return line + " --icmp-type " + (original.destinationPort() >> 8) + " --icmp-code "
          + (original.destinationPort() & 255) + " --icmp-id " + original.sourcePort();
    }
    return Protocols.hasPorts(original.protocol())
        ? line + " --orig-port-src " + original.sourcePort() + " --orig-port-dst " + original.destinationPort()
        : line;
  }
}
