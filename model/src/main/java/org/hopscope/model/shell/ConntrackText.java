package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.ConnectionUpdate;
import org.hopscope.model.netfilter.Direction;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.TcpState;
import org.hopscope.model.netfilter.Tuple;

/** Tracked connections as {@code conntrack} prints them (libnetfilter_conntrack snprintf_default.c). */
public final class ConntrackText {
  /** What {@code -o} adds to a line. */
  enum Part {
    FAMILY, ID, TIME
  }

  private final long seed;
  private final Set<Part> parts;

  /**
   * @param seed the lab's, from which the connections' numbers follow
   * @param parts what more to print
   */
  ConntrackText(long seed, Set<Part> parts) {
    this.seed = seed;
    this.parts = parts;
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

  /** One line of a listing. */
  String line(Connection connection, long now) {
    return front(connection) + left(connection, now) + ends(connection) + "mark="
        + Integer.toUnsignedString(connection.mark()) + zone(connection).map(z -> " zone=" + z).orElse("")
        + (connection.helper().isEmpty() ? "" : " helper=" + connection.helper()) + " use=1"
        + id(connection);
  }

  /** One line of {@code -E}: what is over has no time left and no state. */
  String event(String kind, boolean over, Connection connection, long now) {
    String time = parts.contains(Part.TIME)
        ? String.format(Locale.ROOT, "[%d.%06d]\t", now / VirtualTime.SECOND, now % VirtualTime.SECOND / 1000)
        : "";
    String mark = connection.mark() == 0 ? "" : "mark=" + Integer.toUnsignedString(connection.mark()) + " ";
    return (time + kind + front(connection) + (over ? "" : left(connection, now)) + ends(connection) + mark)
        .stripTrailing()
        + id(connection);
  }

  private String front(Connection connection) {
    int protocol = connection.original().protocol();
    String family = !parts.contains(Part.FAMILY) ? ""
        : connection.original().source().width() == 32 ? "ipv4     2 " : "ipv6     10 ";
    return family + String.format(Locale.ROOT, "%-8s %d ", protocol(protocol), protocol);
  }

  private static String left(Connection connection, long now) {
    String state = connection.tcp() == TcpState.NONE ? "" : connection.tcp().name().toUpperCase(Locale.ROOT) + " ";
    return (connection.times().expires() - now) / VirtualTime.SECOND + " " + state;
  }

  private static String ends(Connection connection) {
    boolean one = zone(connection).isPresent();
    return tuple(connection.original()) + counted(connection, Direction.ORIGINAL)
        + zone("zone-orig", !one, connection.original()) + (connection.flags().seenReply() ? "" : "[UNREPLIED] ")
        + tuple(connection.reply()) + counted(connection, Direction.REPLY)
        + zone("zone-reply", !one, connection.reply())
        + (connection.flags().assured() ? "[ASSURED] " : "");
  }

  private static String counted(Connection connection, Direction direction) {
    return connection.extras().counted().map(c -> c.of(direction))
        .map(t -> "packets=" + t.packets() + " bytes=" + t.bytes() + " ").orElse("");
  }

  /** The zone of both directions, where they have one in common. */
  private static Optional<Integer> zone(Connection connection) {
    return Optional.of(connection.original().zone()).filter(z -> z != 0 && z == connection.reply().zone());
  }

  private static String zone(String word, boolean told, Tuple tuple) {
    return told && tuple.zone() != 0 ? word + "=" + tuple.zone() + " " : "";
  }

  /** A kernel's number is a hash that is drawn anew at every boot (nf_ct_get_id); here it follows from the seed. */
  private String id(Connection connection) {
    long mixed = seed * 31 + connection.original().toString().hashCode() * 0x9e37_79b9L + connection.times().created();
    return parts.contains(Part.ID) ? " id=" + (mixed * 0xbf58_476d_1ce4_e5b9L >>> 32) : "";
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
    return chosen("conntrack -D", original);
  }

  /** The command that changes it; {@code -U} has no word for zones. */
  static String updating(Tuple original, ConnectionUpdate update) {
    List<String> status = new ArrayList<>();
    if (update.seenReply()) {
      status.add("SEEN_REPLY");
    }
    if (update.assured()) {
      status.add("ASSURED");
    }
    return chosen("conntrack -U", original.in(0))
        + update.mark().map(m -> " -m " + Integer.toUnsignedString(m.value())
            + (m.mask() == -1 ? "" : "/" + Integer.toUnsignedString(m.mask()))).orElse("")
        + update.seconds().map(s -> " -t " + s).orElse("")
        + update.state().map(s -> " --state " + s).orElse("")
        + (status.isEmpty() ? "" : " -u " + String.join(",", status));
  }

  private static String chosen(String command, Tuple original) {
    String line = command + " -p " + original.protocol() + " --orig-src " + original.source() + " --orig-dst "
        + original.destination() + (original.zone() == 0 ? "" : " --orig-zone " + original.zone());
    if (original.protocol() == Protocols.ICMP || original.protocol() == Protocols.ICMPV6) {
      return line + " --icmp-type " + (original.destinationPort() >> 8) + " --icmp-code "
          + (original.destinationPort() & 255) + " --icmp-id " + original.sourcePort();
    }
    return Protocols.hasPorts(original.protocol())
        ? line + " --orig-port-src " + original.sourcePort() + " --orig-port-dst " + original.destinationPort()
        : line;
  }
}
