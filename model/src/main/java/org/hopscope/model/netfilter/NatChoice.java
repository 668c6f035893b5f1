package org.hopscope.model.netfilter;

import java.util.Arrays;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;

/**
 * Chooses addresses and ports for a translation so that no two connections have the same reply tuple (kernel
 * net/netfilter/nf_nat_core.c get_unique_tuple; sem-N18).
 */
public final class NatChoice {
  private static final int ATTEMPTS = 128;
  /** NF_NAT_HARDER_THRESH: with fewer ports left than this, a connection that is over makes room. */
  private static final int HARDER = 32;

  private final ConntrackTable table;
  private final long now;
  private final long seed;

  /**
   * A chooser.
   *
   * @param table the connections that are there
   * @param now the instant in nanoseconds
   * @param seed what random ports follow from
   */
  public NatChoice(ConntrackTable table, long now, long seed) {
    this.table = table;
    this.now = now;
    this.seed = seed;
  }

  /** The connection with one side decided: its reply tuple and its flags. */
  public Connection decide(Connection connection, NatRange range, Manip side) {
    Tuple current = connection.reply().invert();
    Tuple chosen = unique(connection, current, range, side);
    return connection.withReply(chosen.invert())
        .withFlags(connection.flags().decided(side, !chosen.equals(current)));
  }

  private Tuple unique(Connection connection, Tuple current, NatRange range, Manip side) {
    boolean random = isRandom(range);
    if (side == Manip.SOURCE && !random) {
      if (fits(current, range, side)) {
        if (isFree(current, connection)) {
          return current;
        }
      } else {
        Optional<Tuple> known = asBefore(connection, current, range);
        if (known.filter(t -> isFree(t, connection)).isPresent()) {
          return known.get();
        }
      }
    }
    Tuple tuple = withAddress(current, range, side);
    if (!random) {
      boolean portFits = range.ports().map(p -> p.contains(port(tuple, side))).orElse(true);
      boolean one = range.ports().map(PortRange::isSingle).orElse(false);
      if (portFits && (one || isFree(tuple, connection))) {
        return tuple;
      }
    }
    return withPort(tuple, range, side, connection);
  }

  private static boolean isRandom(NatRange range) {
    return range.options().random() || range.options().fullyRandom();
  }

  /** Kernel nf_in_range. */
  private static boolean fits(Tuple tuple, NatRange range, Manip side) {
    return range.addresses().map(r -> r.contains(address(tuple, side))).orElse(true)
        && range.ports().map(r -> r.contains(port(tuple, side))).orElse(true);
  }

  private static IpAddress address(Tuple tuple, Manip side) {
    return side == Manip.SOURCE ? tuple.source() : tuple.destination();
  }

  /** The port that may be changed; the identifier of ICMP on either side. */
  private static int port(Tuple tuple, Manip side) {
    boolean icmp = tuple.protocol() == Protocols.ICMP || tuple.protocol() == Protocols.ICMPV6;
    return side == Manip.SOURCE || icmp ? tuple.sourcePort() : tuple.destinationPort();
  }

  private boolean isFree(Tuple tuple, Connection connection) {
    return table.find(tuple.invert(), now).filter(f -> !f.connection().original().equals(connection.original()))
        .isEmpty();
  }

  /** A source that has a mapping keeps it, wherever it talks to (kernel find_appropriate_src, sem appendix D10). */
  private Optional<Tuple> asBefore(Connection connection, Tuple current, NatRange range) {
    Tuple own = connection.original();
    Tuple least = new Tuple(own.protocol(), own.source(), own.source().family().unspecified(), 0, 0);
    Optional<Connection> latest = Optional.empty();
    for (Connection other : table.connections().tailMap(least).values()) {
      Tuple theirs = other.original();
      if (theirs.protocol() != own.protocol() || !theirs.source().equals(own.source())) {
        break;
      }
      boolean same = theirs.sourcePort() == own.sourcePort() && other.livesAt(now) && other.flags().sourceDone();
      if (same && fits(mapped(other, current), range, Manip.SOURCE)
          && latest.filter(l -> l.times().created() >= other.times().created()).isEmpty()) {
        latest = Optional.of(other);
      }
    }
    return latest.map(l -> mapped(l, current));
  }

  private static Tuple mapped(Connection other, Tuple current) {
    Tuple theirs = other.reply().invert();
    return current.withSource(theirs.source(), theirs.sourcePort());
  }

  /** Kernel find_best_ips_proto: the same client gets the same address out of a range. */
  private static Tuple withAddress(Tuple tuple, NatRange range, Manip side) {
    if (range.addresses().isEmpty()) {
      return tuple;
    }
    AddressRange addresses = range.addresses().get();
    IpAddress chosen = addresses.isSingle() ? addresses.first() : spread(tuple, addresses, range.options());
    return side == Manip.SOURCE
        ? tuple.withSource(chosen, tuple.sourcePort())
        : tuple.withDestination(chosen, tuple.destinationPort());
  }

  private static IpAddress spread(Tuple tuple, AddressRange addresses, NatRange.Options options) {
    int[] least = words(addresses.first());
    int[] most = words(addresses.last());
    int[] destination = words(tuple.destination());
    int hash =
        JenkinsHash.of(Arrays.stream(Arrays.copyOf(words(tuple.source()), 4)).map(Integer::reverseBytes).toArray(),
            options.persistent() ? 0 : Integer.reverseBytes(destination[destination.length - 1]));
    int[] chosen = new int[least.length];
    boolean anything = false;
    for (int i = 0; i < least.length; i++) {
      long count = anything ? 0xffff_ffffL : Integer.toUnsignedLong(most[i]) - Integer.toUnsignedLong(least[i]) + 1;
      chosen[i] = (anything ? 0 : least[i]) + (int) (Integer.toUnsignedLong(hash) * count >>> 32);
      anything |= chosen[i] != most[i];
      hash ^= options.persistent() ? 0 : Integer.reverseBytes(destination[i]);
    }
    return address(chosen);
  }

  /** An address in words of 32 bits. */
  private static int[] words(IpAddress address) {
    return switch (address) {
      case Ipv4Address(int bits) -> new int[] {bits};
      case Ipv6Address(long high, long low) ->
          new int[] {(int) (high >>> 32), (int) high, (int) (low >>> 32), (int) low};
    };
  }

  private static IpAddress address(int[] words) {
    return words.length == 1 ? new Ipv4Address(words[0])
        : new Ipv6Address((long) words[0] << 32 | Integer.toUnsignedLong(words[1]),
            (long) words[2] << 32 | Integer.toUnsignedLong(words[3]));
  }

  /** Kernel nf_nat_l4proto_unique_tuple: tries ports from a random one on; of a destination, from the first. */
  private Tuple withPort(Tuple tuple, NatRange range, Manip side, Connection connection) {
    boolean icmp = tuple.protocol() == Protocols.ICMP || tuple.protocol() == Protocols.ICMPV6;
    if (!icmp && !Protocols.hasPorts(tuple.protocol()) || !icmp && range.ports().isEmpty()
        && side == Manip.DESTINATION) {
      return tuple;
    }
    PortRange ports = range.ports().orElseGet(() -> icmp ? PortRange.ALL : kin(port(tuple, side)));
    int count = ports.last() - ports.first() + 1;
    long offset = range.options().base().map(b -> (long) Math.floorMod(port(tuple, side) - b, count))
        .orElseGet(() -> side == Manip.SOURCE || isRandom(range) ? roll(tuple) : 0);
    Tuple last = tuple;
    int attempts = Math.min(count, ATTEMPTS);
    for (int i = 0; i < attempts; i++) {
      int port = ports.first() + (int) ((offset + i) % count);
      last = side == Manip.SOURCE || icmp
          ? tuple.withSource(tuple.source(), port)
          : tuple.withDestination(tuple.destination(), port);
      if (isFree(last, connection) || attempts - i <= HARDER && mayTake(last)) {
        return last;
      }
    }
    return last;
  }

  private boolean mayTake(Tuple tuple) {
    return table.find(tuple.invert(), now)
        .filter(f -> f.direction() == Direction.REPLY && f.connection().makesRoom()).isPresent();
  }

  /** Ports of the same kind: low ones stay low. */
  private static PortRange kin(int port) {
    return port < 512 ? new PortRange(1, 511) : port < 1024 ? new PortRange(600, 1023) : new PortRange(1024, 65535);
  }

  private long roll(Tuple tuple) {
    long z = seed + now * 0x9e37_79b9_7f4a_7c15L + tuple.hashCode();
    z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return (z ^ (z >>> 31)) >>> 48;
  }
}
