package org.hopscope.model.netfilter;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.PacketBytes;

/** What a match that is kept in the program's own words asks of a packet. */
public sealed interface Condition {
  /** Answered by the packet and what is around it, without memory. */
  sealed interface Plain extends Condition {
    /** Whether a packet passes. */
    boolean holds(PacketView view, Surroundings around);
  }

  /**
   * The same for every packet of a lab: it asks for headers that no program of the model writes, or for something that
   * every packet has.
   */
  record Fixed(boolean answer) implements Plain {
    @Override
    public boolean holds(PacketView view, Surroundings around) {
      return answer;
    }
  }

  /** Several conditions, all of which must hold. */
  record All(List<Plain> parts) implements Plain {
    public All {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean holds(PacketView view, Surroundings around) {
      return parts.stream().allMatch(p -> p.holds(view, around));
    }
  }

  /** Bits of IPv4's type of service or IPv6's traffic class: {@code field & mask == value} (kernel xt_dscp.c, xt_ecn.c). */
  record TrafficClass(int value, int mask, boolean inverted) implements Plain {
    @Override
    public boolean holds(PacketView view, Surroundings around) {
      return ((view.packet().ip().orElseThrow().trafficClass() & mask) == value) != inverted;
    }
  }

  /** The segment size that a TCP segment announces; one that announces none passes the inverse (kernel xt_tcpmss.c). */
  record MaxSegment(int least, int most, boolean inverted) implements Plain {
    @Override
    public boolean holds(PacketView view, Surroundings around) {
      return view.packet().upper() instanceof Header.Tcp tcp
          && tcp.options().maxSegment().filter(m -> m >= least && m <= most).isPresent() != inverted;
    }
  }

  /**
   * A piece of an IPv6 packet (kernel net/ipv6/netfilter/ip6t_frag.c).
   *
   * @param least the least identification, unsigned
   * @param most the greatest
   * @param inverted whether it must lie outside
   * @param where which pieces
   */
  record Piece(long least, long most, boolean inverted, Set<Where> where) implements Plain {
    public Piece {
      where = Set.copyOf(where);
    }

    /** {@code --fragfirst}, {@code --fragmore}, {@code --fraglast}. */
    public enum Where {
      FIRST, MORE, LAST
    }

    @Override
    public boolean holds(PacketView view, Surroundings around) {
      Optional<Header.Fragment6> header = view.packet().find(Header.Fragment6.class);
      return header.filter(h -> {
        long id = Integer.toUnsignedLong(h.identification());
        return (id >= least && id <= most) != inverted && where.stream().allMatch(w -> switch (w) {
          case FIRST -> h.fragment().offset() == 0;
          case MORE -> h.fragment().more();
          case LAST -> !h.fragment().more();
        });
      }).isPresent();
    }
  }

  /**
   * Which headers an IPv6 packet has behind the first one (kernel net/ipv6/netfilter/ip6t_ipv6header.c). Those of a lab have none but
   * that of a piece.
   *
   * @param mask a bit for each kind of header; 1 for what is no header of IPv6
   * @param soft whether there may be others
   */
  record Headers(int mask, boolean soft, boolean inverted) implements Plain {
    private static final int PROTOCOL = 1;
    private static final int PIECE = 0x10;

    @Override
    public boolean holds(PacketView view, Surroundings around) {
      int found = PROTOCOL | (view.packet().find(Header.Fragment6.class).isPresent() ? PIECE : 0);
      return soft ? ((found ^ mask ^ (inverted ? 0xff : 0)) & mask) == 0 : found == mask != inverted;
    }
  }

  /**
   * A text within the packet's bytes, from its IP header on (kernel net/netfilter/xt_string.c).
   *
   * @param pattern one character for each byte
   * @param from the first byte at which it may begin
   * @param to the byte before which it has to end
   * @param ignoresCase whether {@code a} is {@code A}
   */
  record Text(String pattern, int from, int to, boolean ignoresCase, boolean inverted) implements Plain {
    @Override
    public boolean holds(PacketView view, Surroundings around) {
      String bytes = new String(bytes(view), StandardCharsets.ISO_8859_1);
      int at = ignoresCase ? bytes.toUpperCase(Locale.ROOT).indexOf(pattern.toUpperCase(Locale.ROOT), from)
          : bytes.indexOf(pattern, from);
      return (at >= 0 && at + pattern.length() <= to) != inverted;
    }
  }

  /**
   * Whether answers to a packet would leave by the device that it came in by (kernel net/ipv4/netfilter/ipt_rpfilter.c,
   * net/ipv6/netfilter/ip6t_rpfilter.c).
   *
   * @param loose whether any device will do
   * @param marked whether policy rules see the packet's mark
   * @param takesLocal whether it may come from an address of the own host
   */
  record ReversePath(boolean loose, boolean marked, boolean takesLocal, boolean inverted) implements Plain {
    @Override
    public boolean holds(PacketView view, Surroundings around) {
      return passes(view, around) != inverted;
    }

    private boolean passes(PacketView view, Surroundings around) {
      String in = view.path().in();
      IpAddress from = view.source();
      boolean nobody = from.isUnspecified() && (from instanceof Ipv6Address || view.destination().isMulticast());
      if (in.equals("lo") || nobody) {
        return true;
      }
      IpAddress to = view.destination();
      boolean one = !to.isMulticast() && !to.isUnspecified() && !to.equals(Ipv4Address.LIMITED_BROADCAST);
      return around.leadsBack(new Surroundings.Back(from, one ? Optional.of(to) : Optional.empty(), in,
          marked ? view.mark() : 0, view.packet().ip().orElseThrow().trafficClass(), loose, takesLocal));
    }
  }

  /** A sender's IPv6 address that follows from its hardware address (kernel net/ipv6/netfilter/ip6t_eui64.c). */
  record FromMac() implements Plain {
    @Override
    public boolean holds(PacketView view, Surroundings around) {
      return view.source() instanceof Ipv6Address(long _, long low)
          && view.sourceMac().filter(m -> Ipv6Address.linkLocal(m).low() == low).isPresent();
    }
  }

  private static byte[] bytes(PacketView view) {
    return PacketBytes.of(view.packet().ethernet().isPresent() ? view.packet().unwrap() : view.packet());
  }

  /** A program that says yes or no to the packet's bytes (kernel net/netfilter/xt_bpf.c). */
  record Program(BpfProgram code) implements Plain {
    @Override
    public boolean holds(PacketView view, Surroundings around) {
      return code.run(bytes(view)) != 0;
    }
  }

  /**
   * How much a connection has carried so far, this packet included (kernel net/netfilter/xt_connbytes.c). One that was not counted
   * from its beginning passes nothing.
   *
   * @param from the least, unsigned
   * @param to the greatest, unsigned
   */
  record Traffic(Unit unit, Way way, long from, long to, boolean inverted) implements Plain {
    /** What is counted. */
    public enum Unit {
      PACKETS("packets"), BYTES("bytes"), AVERAGE("avgpkt");

      private final String word;

      Unit(String word) {
        this.word = word;
      }

      public String word() {
        return word;
      }

      public static Optional<Unit> named(String word) {
        return Stream.of(values()).filter(u -> u.word.equals(word)).findFirst();
      }
    }

    /** Which direction counts. */
    public enum Way {
      ORIGINAL, REPLY, BOTH;

      public String word() {
        return name().toLowerCase(Locale.ROOT);
      }

      public static Optional<Way> named(String word) {
        return Stream.of(values()).filter(w -> w.word().equals(word)).findFirst();
      }
    }

    @Override
    public boolean holds(PacketView view, Surroundings around) {
      return view.tracking().connection().flatMap(c -> c.extras().counted()).map(this::asked)
          .filter(n -> (Long.compareUnsigned(n, from) >= 0 && Long.compareUnsigned(n, to) <= 0) != inverted)
          .isPresent();
    }

    private long asked(Connection.Counted counted) {
      Tally tally = switch (way) {
        case ORIGINAL -> counted.original();
        case REPLY -> counted.reply();
        case BOTH -> counted.original().plus(counted.reply());
      };
      return switch (unit) {
        case PACKETS -> tally.packets();
        case BYTES -> tally.bytes();
        case AVERAGE -> tally.packets() == 0 ? 0 : tally.bytes() / tally.packets();
      };
    }
  }

  /**
   * Whether a connection wears a label (kernel net/netfilter/xt_connlabel.c).
   *
   * @param number 0 to 127
   * @param puts whether it is put on one that does not wear it
   */
  record Label(int number, boolean puts, boolean inverted) implements Condition {
  }

  /**
   * Whether a program of the namespace has a socket for a packet (kernel net/netfilter/xt_socket.c). Sockets of a lab are neither
   * transparent nor marked.
   *
   * @param transparent whether it has to be transparent
   * @param wildcards whether one will do that listens on all addresses
   * @param restoresMark whether the packet takes the socket's mark, which is 0
   */
  record Socket(boolean transparent, boolean wildcards, boolean restoresMark) implements Condition {
    boolean holds(PacketView view, Surroundings around) {
      return !transparent
          && around.socket(view).filter(s -> wildcards || s != Surroundings.Socket.WILDCARD).isPresent();
    }
  }

  /** Numbers of 32 bits within the packet's bytes (kernel net/netfilter/xt_u32.c). */
  record Numbers(List<Test> tests, boolean inverted) implements Plain {
    public Numbers {
      tests = List.copyOf(tests);
    }

    /**
     * One comparison.
     *
     * @param steps how the number is found; the first says where it is read
     * @param ranges pairs of unsigned numbers, least and most, of which one must have it
     */
    public record Test(List<Step> steps, List<Range> ranges) {
      public Test {
        steps = List.copyOf(steps);
        ranges = List.copyOf(ranges);
      }
    }

    /** One operation with its number, unsigned. */
    public record Step(How how, long number) {
    }

    /** Unsigned numbers, ends included. */
    public record Range(long least, long most) {
    }

    /** What is done with the number so far. */
    public enum How {
      READ(""), AND("&"), LEFT("<<"), RIGHT(">>"), AT("@");

      private final String sign;

      How(String sign) {
        this.sign = sign;
      }

      /** As it is written between two numbers. */
      public String sign() {
        return sign;
      }
    }

    @Override
    public boolean holds(PacketView view, Surroundings around) {
      byte[] bytes = bytes(view);
      return tests.stream().allMatch(t -> holds(t, bytes)) != inverted;
    }

    private static boolean holds(Test test, byte[] bytes) {
      long at = 0;
      long value = 0;
      for (Step step : test.steps()) {
        switch (step.how()) {
          case READ, AT -> {
            at = step.how() == How.AT ? at + value + step.number() : step.number();
            if (at + 4 > bytes.length) {
              return false;
            }
            value = read(bytes, (int) at);
          }
          case AND -> value &= step.number();
          case LEFT -> value = step.number() > 31 ? 0 : value << step.number() & 0xffff_ffffL;
          case RIGHT -> value = step.number() > 31 ? 0 : value >>> step.number();
        }
      }
      long found = value;
      return test.ranges().stream().anyMatch(r -> found >= r.least() && found <= r.most());
    }

    private static long read(byte[] bytes, int at) {
      long value = 0;
      for (int i = 0; i < 4; i++) {
        value = value << 8 | bytes[at + i] & 0xff;
      }
      return value;
    }
  }

  /**
   * Who sent a packet of the own host (kernel net/netfilter/xt_owner.c). Every program of a lab is root's, user and group
   * 0; what the kernel sends by itself (answers to pings, errors, refusals) has a socket, but nobody's.
   *
   * @param user which users
   * @param group which groups, those that a program has beside its own included: a root of a lab has none
   * @param socket whether there must be a socket
   */
  record Sender(Optional<Who> user, Optional<Who> group, Match.Tri socket) implements Plain {
    /** Numbers of users or groups, unsigned, ends included. */
    public record Who(long least, long most, boolean inverted) {
      private boolean isRoot() {
        return least == 0 != inverted;
      }
    }

    @Override
    public boolean holds(PacketView view, Surroundings around) {
      if (!view.path().own()) {
        return user.map(Who::inverted).orElse(true) && group.map(Who::inverted).orElse(true)
            && socket != Match.Tri.YES;
      }
      return socket != Match.Tri.NO && (isKernels(view)
          ? user.map(Who::inverted).orElse(true) && group.map(Who::inverted).orElse(true)
          : user.map(Who::isRoot).orElse(true) && group.map(Who::isRoot).orElse(true));
    }

    private static boolean isKernels(PacketView view) {
      Header upper = view.packet().upper();
      return upper instanceof Header.Echo echo && echo.reply() || upper instanceof Header.Tcp tcp && tcp.flags().rst()
          || upper instanceof Header.Complaint || upper instanceof Header.NeighbourSolicitation
          || upper instanceof Header.NeighbourAdvertisement;
    }
  }

  /**
   * A part of all connections (kernel net/netfilter/xt_cluster.c): a hash of the sender's address, drawn over the nodes.
   *
   * @param nodes one bit for each of them that is meant
   */
  record Share(int total, int nodes, int seed, boolean inverted) implements Plain {
    @Override
    public boolean holds(PacketView view, Surroundings around) {
      Optional<Connection> connection = view.tracking().connection();
      return connection.isPresent() && (nodes >>> node(connection.get()) & 1) == 1 != inverted;
    }

    private int node(Connection connection) {
      int hash = JenkinsHash.of(words(connection.original().source()), seed);
      return (int) (Integer.toUnsignedLong(hash) * total >>> 32);
    }

    /** As they lie in the memory of a little-endian machine. */
    private static int[] words(IpAddress address) {
      return switch (address) {
        case Ipv4Address(int bits) -> new int[] {Integer.reverseBytes(bits)};
        case Ipv6Address(long high, long low) -> new int[] {Integer.reverseBytes((int) (high >>> 32)),
            Integer.reverseBytes((int) high), Integer.reverseBytes((int) (low >>> 32)),
            Integer.reverseBytes((int) low)};
      };
    }
  }

  /**
   * The lab's clock as a calendar in UTC, which begins on 1 January 2026, as that of its clusters does (kernel
   * net/netfilter/xt_time.c).
   *
   * @param dayStart seconds of the day
   * @param dayStop seconds of the day; before the start where midnight lies between
   * @param days days of months and weeks, one bit each
   * @param dates seconds since 1970
   * @param contiguous whether a span over midnight belongs to the day on which it began
   */
  record Calendar(int dayStart, int dayStop, Days days, Dates dates, boolean contiguous) implements Plain {
    private static final long SECOND = 1_000_000_000L;
    private static final int DAY = 86_400;
    /** 2026-01-01T00:00:00Z. */
    private static final long BEGIN = 1_767_225_600L;

    /**
     * Days, one bit each from bit 1 on.
     *
     * @param ofMonth 1 to 31
     * @param ofWeek 1 to 7, from Monday on
     */
    public record Days(long ofMonth, int ofWeek) {
      public static final Days ALL = new Days(0xffff_fffeL, 0xfe);
    }

    /** Seconds, ends included. */
    public record Dates(long start, long stop) {
      public static final Dates ALL = new Dates(0, Integer.MAX_VALUE);
    }

    @Override
    public boolean holds(PacketView view, Surroundings around) {
      long stamp = BEGIN + around.now() / SECOND;
      if (stamp < dates.start() || stamp > dates.stop()) {
        return false;
      }
      int second = (int) (stamp % DAY);
      boolean split = dayStart > dayStop;
      if (split ? second < dayStart && second > dayStop : second < dayStart || second > dayStop) {
        return false;
      }
      long day = (split && contiguous && second <= dayStop ? stamp - DAY : stamp) / DAY;
      int weekday = (int) Math.floorMod(day + 3, 7L) + 1;
      return (days.ofWeek() & 1 << weekday) != 0
          && (days.ofMonth() & 1L << LocalDate.ofEpochDay(day).getDayOfMonth()) != 0;
    }
  }

  /** {@code quota}: so many bytes pass; then none does (kernel net/netfilter/xt_quota.c). */
  record Quota(long bytes, boolean inverted) implements Condition {
  }

  /**
   * {@code connlimit}: how many connections of one network there are (kernel net/netfilter/xt_connlimit.c).
   *
   * @param limit so many, unsigned
   * @param above whether there must be more
   * @param mask which bits of an address make the network
   * @param side whose address
   */
  record Connections(long limit, boolean above, IpAddress mask, Match.Side side)
      implements Condition {
  }

  /**
   * {@code hashlimit}: how fast packets of one key come (kernel net/netfilter/xt_hashlimit.c).
   *
   * @param above whether packets pass that are too many
   * @param key what makes the key
   */
  record Rate(Pace pace, boolean above, RateKey key) implements Condition {
  }

  /** How a rate is measured. */
  sealed interface Pace {
    /**
     * A bucket of tokens, one for a packet.
     *
     * @param cost nanoseconds that a token takes to come
     * @param most nanoseconds that are saved up at most, and at the beginning
     */
    record Packets(long cost, long most) implements Pace {
    }

    /**
     * Bytes, for which a second saves up {@link #SECOND} credits.
     *
     * @param cost credits for 16 bytes that were begun
     * @param refills how often the credits of a second are lent when there are too few
     */
    record Bytes(long cost, long refills) implements Pace {
      /** Kernel CREDITS_PER_JIFFY_BYTES times HZ, for 250 or 1000 jiffies a second. */
      public static final long SECOND = 4_194_304_000L;
    }

    /**
     * What came since the window began ({@code --hashlimit-rate-match}).
     *
     * @param rate so much may come in a window, or too much came in it for the next one
     * @param burst so much may come before a window is over
     * @param interval how long a window is at least, in nanoseconds
     * @param bytes whether bytes are counted, not packets
     */
    record Windows(long rate, long burst, long interval, boolean bytes) implements Pace {
    }
  }

  /**
   * What makes the key of a bucket.
   *
   * @param parts which of source and destination address and port, in the order of {@link Part}
   * @param sourceMask which bits of the source's address
   * @param destinationMask which bits of the destination's address
   * @param expire after how many nanoseconds without a packet it is forgotten
   */
  record RateKey(Set<Part> parts, IpAddress sourceMask,
      IpAddress destinationMask, long expire) {
    public RateKey {
      parts = Set.copyOf(parts);
    }

    /** {@code srcip}, {@code dstip}, {@code srcport}, {@code dstport}. */
    public enum Part {
      DSTIP, DSTPORT, SRCIP, SRCPORT
    }
  }
}
