package org.hopscope.model.netfilter;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.MacAddress;

/**
 * What a rule asks of a packet by {@code -m} (iptables-extensions(8)). The set is closed: what is not here is refused by
 * name when a rule is read. Whether a packet passes is said by {@link Matching}.
 */
public sealed interface Match {
  /**
   * {@code -m tcp}.
   *
   * @param ports which ports
   * @param flagsShown the bits of FIN, SYN, RST, PSH, ACK, URG that count, in the header's order
   * @param flagsSet which of those must be set, and no others
   * @param flagsInverted whether the flags must be other
   * @param option the number of an option that must be there
   * @param optionInverted whether it must not be
   */
  record Tcp(Ports ports, int flagsShown, int flagsSet, boolean flagsInverted, Optional<Integer> option,
      boolean optionInverted) implements Match {
    /** Whether iptables-nft has nftables compare it, which does not ask for the protocol once more (iptables/nft.c add_nft_tcp). */
    public boolean isCompared() {
      return option.isEmpty() && (ports.saySomething() || flagsShown != 0 || flagsInverted);
    }
  }

  /** {@code -m udp}. */
  record Udp(Ports ports) implements Match {
  }

  /** {@code -m sctp}, ports only. */
  record Sctp(Ports ports) implements Match {
  }

  /** Source and destination ports of one protocol; all of them where nothing was asked. */
  record Ports(Optional<PortRange> source, boolean sourceInverted, Optional<PortRange> destination,
      boolean destinationInverted) {
    public static final Ports ANY = new Ports(Optional.empty(), false, Optional.empty(), false);

    /** Whether there are packets that it does not let through, or a side that is inverted. */
    public boolean saySomething() {
      return sourceInverted || destinationInverted || source.filter(r -> !r.isAll()).isPresent()
          || destination.filter(r -> !r.isAll()).isPresent();
    }

    /** Whether both sides hold, each for itself (kernel net/netfilter/xt_tcpudp.c, xt_sctp.c). */
    boolean holds(PacketView view) {
      return source.map(r -> r.contains(view.sourcePort()) != sourceInverted).orElse(true)
          && destination.map(r -> r.contains(view.destinationPort()) != destinationInverted).orElse(true);
    }

    /**
     * As iptables-nft has TCP and UDP ports compared: two single ports at once, so that excluding both excludes only
     * packets that have both (iptables/nft.c add_nft_tcpudp).
     */
    boolean holdsCompared(PacketView view) {
      boolean together = sourceInverted && destinationInverted && isSingle(source) && isSingle(destination);
      if (together) {
        return !source.get().contains(view.sourcePort()) || !destination.get().contains(view.destinationPort());
      }
      return passes(source, sourceInverted, view.sourcePort())
          && passes(destination, destinationInverted, view.destinationPort());
    }

    private static boolean isSingle(Optional<PortRange> range) {
      return range.filter(r -> r.isSingle() && r.first() != 0).isPresent();
    }

    private static boolean passes(Optional<PortRange> range, boolean inverted, int port) {
      return range.isEmpty() || range.get().contains(port) != inverted;
    }
  }

  /**
   * {@code -m icmp} and {@code -m icmp6}.
   *
   * @param family whose ICMP
   * @param type the type; 255 in IPv4 stands for any
   * @param firstCode the lowest code
   * @param lastCode the highest code
   */
  record Icmp(IpFamily family, int type, int firstCode, int lastCode, boolean inverted) implements Match {
  }

  /** {@code -m multiport}. */
  record Multiport(Side side, List<PortRange> ports, boolean inverted) implements Match {
    public Multiport {
      ports = List.copyOf(ports);
    }
  }

  /** Which of two ends is meant. */
  enum Side {
    SOURCE, DESTINATION, EITHER
  }

  /** {@code -m state}: the older spelling of {@code --ctstate}. */
  record State(Set<CtState> states, boolean inverted) implements Match {
    public State {
      states = Set.copyOf(states);
    }
  }

  /**
   * {@code -m conntrack}: every condition that was said must hold.
   *
   * @param conditions in the order in which iptables-save prints them
   */
  record Conntrack(List<CtCondition> conditions) implements Match {
    public Conntrack {
      conditions = List.copyOf(conditions);
    }
  }

  /** {@code -m mark}: {@code packet mark & mask == value}. */
  record Mark(int value, int mask, boolean inverted) implements Match {
  }

  /** {@code -m connmark}: the same of the connection's mark; false for a packet without a connection. */
  record Connmark(int value, int mask, boolean inverted) implements Match {
  }

  /** {@code -m comment}: holds always. */
  record Comment(String text) implements Match {
  }

  /**
   * {@code -m addrtype}.
   *
   * @param limit whether only addresses of the device at hand count
   */
  record AddrType(Optional<Types> source, Optional<Types> destination, Limit limit) implements Match {
    /** Some types, or all others. */
    public record Types(Set<AddressType> types, boolean inverted) {
      public Types {
        types = Set.copyOf(types);
      }
    }

    /** {@code --limit-iface-in} and {@code -out}. */
    public enum Limit {
      NONE, IN, OUT
    }
  }

  /**
   * {@code -m statistic --mode random}.
   *
   * @param probability in units of 2^-31
   */
  record Random(long probability, boolean inverted) implements Match {
    /** Certainty. */
    public static final long ONE = 1L << 31;
  }

  /** {@code -m statistic --mode nth}: one packet of {@code every}, that of number {@code packet} first, counted from 0. */
  record Nth(int every, int packet, boolean inverted) implements Match {
  }

  /**
   * {@code -m recent}.
   *
   * @param list the name of the list
   * @param side whose address is looked for
   * @param mask which bits of it count
   * @param age which sightings count
   */
  record Recent(Mode mode, String list, Side side, IpAddress mask, Age age, boolean inverted)
      implements Match {
    /** What is done with the list. */
    public enum Mode {
      SET, RCHECK, UPDATE, REMOVE
    }

    /**
     * Which sightings count.
     *
     * @param seconds how old one may be; 0 for any
     * @param hits how many there must be; 0 for any
     * @param reap whether rows that are too old are thrown away
     * @param checkTtl whether the TTL must be the one of the sighting
     */
    public record Age(int seconds, int hits, boolean reap, boolean checkTtl) {
    }
  }

  /** {@code -m physdev}: by which ports of a bridge; see br_netfilter. */
  record Physdev(Optional<NameMatch> in, Optional<NameMatch> out, Tri isIn, Tri isOut, Tri isBridged)
      implements Match {
  }

  /** Yes, no, or not asked. */
  enum Tri {
    ANY, YES, NO;

    boolean holds(boolean fact) {
      return this == ANY || fact == (this == YES);
    }
  }

  /** {@code -m iprange}. */
  record IpRange(Optional<AddressRange> source, boolean sourceInverted, Optional<AddressRange> destination,
      boolean destinationInverted) implements Match {
  }

  /**
   * {@code -m limit}: a bucket of tokens that fills by and by.
   *
   * @param count how many tokens come
   * @param unit in which time
   * @param burst how many the bucket holds, and begins with
   */
  record Limit(int count, Unit unit, int burst) implements Match {
    /** Units of time with their seconds. */
    public enum Unit {
      SEC(1), MIN(60), HOUR(3600), DAY(86_400);

      private final int seconds;

      Unit(int seconds) {
        this.seconds = seconds;
      }

      public int seconds() {
        return seconds;
      }
    }
  }

  /** {@code -m length}: of the packet from the IP header on. */
  record Length(int least, int most, boolean inverted) implements Match {
  }

  /** {@code -m ttl} and {@code -m hl}. */
  record Ttl(IpFamily family, Comparison comparison, int value) implements Match {
    /** How the two are compared. */
    public enum Comparison {
      EQ, NE, LT, GT
    }
  }

  /** {@code -m mac --mac-source}. */
  record Mac(MacAddress address, boolean inverted) implements Match {
  }

  /**
   * {@code -m set --match-set}.
   *
   * @param set the name of a set
   * @param sides whose addresses and ports are looked for, one for each part of a member
   * @param asks what more is asked
   */
  record InSet(String set, List<Side> sides, boolean inverted, Asks asks) implements Match {
    public InSet {
      sides = List.copyOf(sides);
    }

    /**
     * What is asked of a member that was found.
     *
     * @param holes whether those are found that are marked {@code nomatch}, and no others
     * @param counts whether it counts the packet
     * @param innerCounts whether members of sets in a {@code list:set} do
     * @param packets how many packets it must have counted
     * @param bytes how many bytes
     */
    public record Asks(boolean holes, boolean counts, boolean innerCounts, Optional<Count> packets,
        Optional<Count> bytes) {
      /** Nothing, and it counts. */
      static final Asks PLAIN = new Asks(false, true, true, Optional.empty(), Optional.empty());

      /** What is asked inside of a {@code list:set}. */
      Asks inner() {
        return new Asks(holes, innerCounts, innerCounts, Optional.empty(), Optional.empty());
      }
    }

    /** A comparison with an unsigned number. */
    public record Count(Comparison how, long value) {
      boolean holds(long number) {
        int compared = Long.compareUnsigned(number, value);
        return switch (how) {
          case EQ -> compared == 0;
          case NE -> compared != 0;
          case LT -> compared < 0;
          case GT -> compared > 0;
        };
      }
    }

    /** {@code -eq}, its opposite, {@code -lt}, {@code -gt}. */
    public enum Comparison {
      EQ, NE, LT, GT
    }
  }

  /** One of those beyond the teaching core. */
  record Other(Wording wording, Condition asks) implements Match {
  }

  /** {@code -m pkttype}. */
  record PacketKind(PacketView.Path.Kind kind, boolean inverted) implements Match {
  }
}
