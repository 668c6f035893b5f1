package org.hopscope.model.netfilter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.netfilter.SetElement.Kind;
import org.hopscope.model.netfilter.SetElement.Part;
import org.pcollections.PSortedMap;

/**
 * A named set that rules can look into (ipset(8), kernel net/netfilter/ipset). Hash sets keep their members in the order
 * of addresses here; a kernel's order is chance.
 *
 * @param name at most 31 characters
 * @param type what its members are
 * @param options how it was made
 * @param members what is in it; those whose time is over are no members
 */
public record IpSet(String name, Type type, Options options, List<Member> members) {
  public IpSet {
    members = List.copyOf(members);
  }

  /** The types there are here, each with the version that the kernel at hand has of it, and its dimensions. */
  public enum Type {
    HASH_IP("hash:ip", 6, Kind.ADDRESS), HASH_NET("hash:net", 7, Kind.NETWORK),
    HASH_IP_PORT("hash:ip,port", 7, Kind.ADDRESS, Kind.SERVICE),
    HASH_NET_PORT("hash:net,port", 8, Kind.NETWORK, Kind.SERVICE),
    HASH_IP_PORT_IP("hash:ip,port,ip", 6, Kind.ADDRESS, Kind.SERVICE, Kind.ADDRESS),
    HASH_IP_PORT_NET("hash:ip,port,net", 8, Kind.ADDRESS, Kind.SERVICE, Kind.NETWORK),
    HASH_NET_IFACE("hash:net,iface", 8, Kind.NETWORK, Kind.DEVICE),
    HASH_NET_NET("hash:net,net", 4, Kind.NETWORK, Kind.NETWORK),
    HASH_NET_PORT_NET("hash:net,port,net", 3, Kind.NETWORK, Kind.SERVICE, Kind.NETWORK),
    HASH_IP_MARK("hash:ip,mark", 3, Kind.ADDRESS, Kind.MARK), HASH_IP_MAC("hash:ip,mac", 1, Kind.ADDRESS, Kind.MAC),
    HASH_MAC("hash:mac", 1, Kind.MAC), BITMAP_IP("bitmap:ip", 3, Kind.ADDRESS),
    BITMAP_IP_MAC("bitmap:ip,mac", 3, Kind.ADDRESS, Kind.MAC), BITMAP_PORT("bitmap:port", 3, Kind.PORT),
    LIST_SET("list:set", 3, Kind.SET);

    private final String word;
    private final int revision;
    private final List<Kind> kinds;

    Type(String word, int revision, Kind... kinds) {
      this.word = word;
      this.revision = revision;
      this.kinds = List.of(kinds);
    }

    /** Which version of it the kernel at hand has. */
    public int revision() {
      return revision;
    }

    /** Its name in commands. */
    public String word() {
      return word;
    }

    /** Its dimensions: what the parts of its members are, and how many directions a rule must say. */
    public List<Kind> kinds() {
      return kinds;
    }

    /** Whether there is room for each member of a range, and no end of room otherwise. */
    public boolean isBitmap() {
      return this == BITMAP_IP || this == BITMAP_IP_MAC || this == BITMAP_PORT;
    }

    /** Whether there is room for so many members of whatever is left. */
    public boolean isHash() {
      return !isBitmap() && this != LIST_SET;
    }

    /** Whether its members are addresses of one family. */
    public boolean hasFamily() {
      return kinds.contains(Kind.ADDRESS) || kinds.contains(Kind.NETWORK);
    }

    /** Whether it may keep less of an address than all of it. */
    public boolean takesNetmask() {
      return this == HASH_IP || this == HASH_IP_PORT || this == BITMAP_IP;
    }
  }

  /**
   * How a set was made.
   *
   * @param family whose addresses
   * @param size how large it may become
   * @param netmask how many bits count of an address that comes first
   * @param markmask which bits of a mark count
   * @param timeout for how many seconds members stay that say nothing else; empty when members stay
   * @param range of a bitmap
   * @param extras what its members may have besides
   */
  public record Options(IpFamily family, Size size, int netmask, int markmask, Optional<Long> timeout, Range range,
      Extras extras) {
    /** Whether {@code ipset -exist create} takes one for the other (kernel same_set): the size and the family say nothing. */
    public boolean isSame(Options other, Type type) {
      return size.most() == other.size.most() && timeout.equals(other.timeout) && range.equals(other.range)
          && extras.equals(other.extras) && markmask == other.markmask
          && (!type.takesNetmask() || family.width() - netmask == other.family.width() - other.netmask);
    }
  }

  /**
   * How large a set may become.
   *
   * @param begins how large the table of a hash begins; printed only
   * @param most how many members there may be; the size of a {@code list:set}
   * @param bucket how many members of a hash may stand at one place; printed only
   */
  public record Size(int begins, int most, int bucket) {
  }

  /** What members of a bitmap can be, and nothing for other sets. */
  public sealed interface Range {
    /** Of a hash or a list: anything. */
    record Any() implements Range {
    }

    /** Ports. */
    record Ports(PortRange ports) implements Range {
    }

    /** Addresses. */
    record Addresses(AddressRange addresses) implements Range {
    }

    /** Whether a value of the first dimension lies in it. */
    default boolean contains(SetElement element) {
      return switch (this) {
        case Any() -> true;
        case Ports(PortRange ports) -> element.parts().getFirst() instanceof Part.Port(int number)
            && ports.contains(number);
        case Addresses(AddressRange addresses) -> element.prefixes().allMatch(p -> addresses.contains(p.address()));
      };
    }
  }

  /**
   * What members may have besides.
   *
   * @param comments comments
   * @param counters figures of the packets that they are found for
   * @param info something that packets get which they are found for ({@code skbinfo})
   */
  public record Extras(boolean comments, boolean counters, boolean info) {
  }

  /**
   * A member.
   *
   * @param expires when it goes, in nanoseconds of the lab's clock; empty when it stays
   * @param comment what was said of it; empty for nothing
   * @param counted for how many packets it was found, in a set that counts
   * @param info what packets get that it is found for
   */
  public record Member(SetElement element, Optional<Long> expires, String comment, Tally counted, SetInfo info) {
    Member counting(long bytes) {
      return new Member(element, expires, comment, counted.plus(bytes), info);
    }

    /** As something else, for as long and with all that it has. */
    Member as(SetElement value) {
      return new Member(value, expires, comment, counted, info);
    }

    /** Whether it waits for what another element says: the hardware address of an address (kernel bitmap_ipmac_do_add). */
    public boolean isCompletedBy(SetElement other) {
      return element.parts().getLast().equals(new Part.Mac(Optional.empty())) && !element.equals(other);
    }

    boolean livesAt(long now) {
      return expires.filter(e -> e <= now).isEmpty();
    }
  }

  /** Its members at an instant. */
  public List<Member> at(long now) {
    return members.stream().filter(m -> m.livesAt(now)).toList();
  }

  /** The member of an element at an instant; a hole is the same as what it is a hole in. */
  public Optional<Member> member(SetElement element, long now) {
    return members.stream().filter(m -> m.livesAt(now) && isSame(m, element)).findFirst();
  }

  /** Whether a member takes the place of an element: of a bitmap of addresses each has one place. */
  private boolean isSame(Member member, SetElement element) {
    return type == Type.BITMAP_IP_MAC ? member.element().parts().getFirst().equals(element.parts().getFirst())
        : member.element().isSame(element);
  }

  /** Without an element, and without those whose time is over. */
  public IpSet without(SetElement element, long now) {
    return with(members.stream().filter(m -> m.livesAt(now) && !isSame(m, element)).toList());
  }

  public IpSet with(List<Member> value) {
    return new IpSet(name, type, options, value);
  }

  public IpSet named(String value) {
    return new IpSet(value, type, options, members);
  }

  /** Whether an element would be found: of networks the narrowest decides; a network itself has to be there as it is. */
  public boolean holds(SetElement element, long now) {
    return holds(element, false, now);
  }

  /** Whether an element would be found, or the hole that it lies in. */
  boolean holds(SetElement element, boolean hole, long now) {
    return deciding(element, now)
        .filter(m -> !type.kinds.contains(Kind.NETWORK) || m.element().nomatch() == hole).isPresent();
  }

  /** The member that decides about an element. */
  Optional<Member> deciding(SetElement element, long now) {
    if (type.kinds.contains(Kind.NETWORK) && !element.isOfHosts()) {
      return member(element, now);
    }
    Optional<Member> best = Optional.empty();
    for (Member member : members) {
      if (member.livesAt(now) && member.element().covers(element)
          && best.filter(b -> b.element().narrowness() >= member.element().narrowness()).isEmpty()) {
        best = Optional.of(member);
      }
    }
    return best;
  }

  /** With one of its members as it is by now. */
  IpSet replacing(Member before, Member after) {
    return with(members.stream().map(m -> m.equals(before) ? after : m).toList());
  }

  /** The sets that a {@code list:set} names. */
  Stream<IpSet> listed(PSortedMap<String, IpSet> sets, long now) {
    return at(now).stream().flatMap(m -> m.element().parts().getFirst() instanceof Part.Named(String called)
        ? Stream.ofNullable(sets.get(called)) : Stream.empty());
  }

  /** What a packet is to it, looked at from these sides; empty when it can be no member. */
  Optional<SetElement> element(PacketView view, List<Match.Side> sides) {
    if (sides.size() < type.kinds.size()) {
      return Optional.empty();
    }
    List<Part> parts = new ArrayList<>(type.kinds.size());
    for (int i = 0; i < type.kinds.size(); i++) {
      Optional<? extends Part> part = part(view, type.kinds.get(i), sides.get(i), i == 0);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(new SetElement(parts, false)).filter(options.range()::contains);
  }

  private Optional<? extends Part> part(PacketView view, Kind kind, Match.Side side, boolean first) {
    boolean source = side == Match.Side.SOURCE;
    return switch (kind) {
      case ADDRESS, NETWORK -> Optional.of(source ? view.source() : view.destination())
          .filter(a -> a.family() == options.family()).map(a -> new Part.Net(masked(a, first && kind == Kind.ADDRESS)));
      case SERVICE -> Optional.of(port(view, source)).filter(p -> p >= 0)
          .map(p -> new Part.Service(view.protocol(), p));
      case PORT -> Optional.of(port(view, source)).filter(p -> p >= 0).map(Part.Port::new);
      case MARK -> Optional.of(new Part.Mark(view.mark() & options.markmask()));
      case MAC -> (source ? view.sourceMac() : view.destinationMac()).map(m -> new Part.Mac(Optional.of(m)));
      case DEVICE -> Optional.of(source ? view.path().in() : view.path().out()).filter(n -> !n.isEmpty())
          .map(n -> new Part.Device(n, false, false));
      case SET -> Optional.empty();
    };
  }

  /** What of an address counts. */
  public IpPrefix masked(IpAddress address, boolean first) {
    return !first || options.netmask() == address.width() ? IpPrefix.host(address)
        : IpPrefix.around(address, options.netmask());
  }

  private static int port(PacketView view, boolean source) {
    boolean icmp = view.protocol() == Protocols.ICMP || view.protocol() == Protocols.ICMPV6;
    return icmp ? Matching.icmpNumber(view) : source ? view.sourcePort() : view.destinationPort();
  }

  /** Whether it has room for a new member at an instant. */
  public boolean isFull(long now) {
    return !type.isBitmap() && at(now).size() >= options.size().most();
  }

  /** Its members with one more, in order. */
  public List<Member> plus(Member added) {
    List<Member> all = new ArrayList<>(members.stream().filter(m -> !isSame(m, added.element())).toList());
    int found = type == Type.LIST_SET ? all.size()
        : Collections.binarySearch(all, added, Comparator.comparing((Member m) -> m.element().key()));
    all.add(found < 0 ? -found - 1 : found, added);
    return all;
  }
}
