package org.hopscope.model.netfilter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
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

  /** The types there are here, each with how many directions a rule must say. */
  public enum Type {
    HASH_IP("hash:ip", 1, 6), HASH_NET("hash:net", 1, 7), HASH_IP_PORT("hash:ip,port", 2, 7),
    HASH_NET_PORT("hash:net,port", 2, 8), HASH_IP_PORT_IP("hash:ip,port,ip", 3, 6),
    HASH_IP_PORT_NET("hash:ip,port,net", 3, 8), BITMAP_PORT("bitmap:port", 1, 3), LIST_SET("list:set", 1, 3);

    private final String word;
    private final int dimension;
    private final int revision;

    Type(String word, int dimension, int revision) {
      this.word = word;
      this.dimension = dimension;
      this.revision = revision;
    }

    /** Which version of it the kernel at hand has. */
    public int revision() {
      return revision;
    }

    /** Its name in commands. */
    public String word() {
      return word;
    }
  }

  /**
   * How a set was made.
   *
   * @param family whose addresses
   * @param hashSize how large the table begins; printed only
   * @param most how many members there may be; the size of a {@code list:set}
   * @param netmask how many bits of an address in {@code hash:ip} count
   * @param timeout for how many seconds members stay that say nothing else; empty when members stay
   * @param range the ports of {@code bitmap:port}
   * @param comments whether members may have comments
   * @param counters whether members count the packets that they are found for
   */
  public record Options(IpFamily family, int hashSize, int most, int netmask, Optional<Long> timeout, PortRange range,
      boolean comments, boolean counters) {
    /** Whether {@code ipset -exist create} takes one for the other (kernel same_set): the size and the family say nothing. */
    public boolean isSame(Options other, Type type) {
      return most == other.most && timeout.equals(other.timeout) && range.equals(other.range)
          && comments == other.comments && counters == other.counters
          && (type != Type.HASH_IP || family.width() - netmask == other.family.width() - other.netmask);
    }
  }

  /** What can be in a set. */
  public sealed interface Element {
    /** What it is sorted by: its address, then the rest. */
    private static String key(Element element) {
      return switch (element) {
        case Network(IpPrefix prefix, boolean _) -> sortable(prefix.address()) + prefix.length();
        case AddressPort(IpAddress address, int protocol, int port) ->
            sortable(address) + String.format(Locale.ROOT, "%03d%05d", protocol, port);
        case NetworkPort(IpPrefix prefix, int protocol, int port, boolean _) -> sortable(prefix.address())
            + String.format(Locale.ROOT, "%03d%03d%05d", prefix.length(), protocol, port);
        case Triple(var pair, IpPrefix third) -> key(pair) + sortable(third.address()) + third.length();
        case Port(int number) -> String.format(Locale.ROOT, "%05d", number);
        case Named(String called) -> called;
      };
    }

    private static String sortable(IpAddress address) {
      return switch (address) {
        case Ipv4Address(int bits) -> String.format(Locale.ROOT, "%08x", bits);
        case Ipv6Address(long high, long low) -> String.format(Locale.ROOT, "%016x%016x", high, low);
      };
    }

    /** An address or network; {@code nomatch} makes a hole in a larger one. */
    record Network(IpPrefix prefix, boolean nomatch) implements Element {
    }

    /** An address with a port of a protocol; of ICMP the port is {@code type << 8 | code}. */
    record AddressPort(IpAddress address, int protocol, int port) implements Element {
    }

    /** A network with a port of a protocol; {@code nomatch} makes a hole in a larger one. */
    record NetworkPort(IpPrefix prefix, int protocol, int port, boolean nomatch) implements Element {
    }

    /** An address with a port, and another address or a network. */
    record Triple(AddressPort pair, IpPrefix third) implements Element {
    }

    /** A port, whatever the protocol. */
    record Port(int number) implements Element {
    }

    /** Another set. */
    record Named(String set) implements Element {
    }
  }

  /**
   * A member.
   *
   * @param expires when it goes, in nanoseconds of the lab's clock; empty when it stays
   * @param comment what was said of it; empty for nothing
   * @param counted for how many packets it was found, in a set that counts
   */
  public record Member(Element element, Optional<Long> expires, String comment, Tally counted) {
    Member counting(long bytes) {
      return new Member(element, expires, comment, counted.plus(bytes));
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
  public Optional<Member> member(Element element, long now) {
    return members.stream().filter(m -> m.livesAt(now) && same(m.element(), element)).findFirst();
  }

  /** Whether two elements cannot both be in a set. */
  public static boolean same(Element one, Element other) {
    if (one instanceof Element.NetworkPort(IpPrefix first, int protocol, int port, boolean _)
        && other instanceof Element.NetworkPort(IpPrefix second, int otherProtocol, int otherPort, boolean _)) {
      return first.equals(second) && protocol == otherProtocol && port == otherPort;
    }
    return one instanceof Element.Network(IpPrefix first, boolean _)
        && other instanceof Element.Network(IpPrefix second, boolean _) ? first.equals(second) : one.equals(other);
  }

  public IpSet with(List<Member> value) {
    return new IpSet(name, type, options, value);
  }

  public IpSet named(String value) {
    return new IpSet(value, type, options, members);
  }

  /** Whether an element would be found: of networks the narrowest decides. */
  public boolean holds(Element element, long now) {
    return holds(element, false, now);
  }

  /** Whether an element would be found, or the hole that it lies in. */
  boolean holds(Element element, boolean hole, long now) {
    return switch (element) {
      case Element.Network(IpPrefix wanted, boolean _) ->
          narrowest(wanted, now).filter(n -> n.nomatch() == (hole && type == Type.HASH_NET)).isPresent();
      case Element.NetworkPort wanted -> narrowest(wanted, now).filter(n -> n.nomatch() == hole).isPresent();
      case Element.Triple triple when type == Type.HASH_IP_PORT_NET -> !hole && at(now).stream().anyMatch(
          m -> m.element() instanceof Element.Triple(var pair, IpPrefix network) && pair.equals(triple.pair())
              && network.length() <= triple.third().length() && network.contains(triple.third().address()));
      case Element.AddressPort _,Element.Triple _,Element.Port _,Element.Named _ -> member(element, now).isPresent();
    };
  }

  private Optional<Element.NetworkPort> narrowest(Element.NetworkPort wanted, long now) {
    return at(now).stream().map(Member::element)
        .flatMap(e -> e instanceof Element.NetworkPort network ? Stream.of(network) : Stream.empty())
        .filter(n -> n.protocol() == wanted.protocol() && n.port() == wanted.port()
            && n.prefix().length() <= wanted.prefix().length() && n.prefix().contains(wanted.prefix().address()))
        .max(Comparator.comparingInt(n -> n.prefix().length()));
  }

  private Optional<Element.Network> narrowest(IpPrefix wanted, long now) {
    Optional<Element.Network> best = Optional.empty();
    for (Member member : members) {
      if (member.livesAt(now) && member.element() instanceof Element.Network network
          && network.prefix().length() <= wanted.length() && network.prefix().contains(wanted.address())
          && best.filter(b -> b.prefix().length() >= network.prefix().length()).isEmpty()) {
        best = Optional.of(network);
      }
    }
    return best;
  }

  /** The member that decides about an element. */
  Optional<Member> deciding(Element element, long now) {
    return switch (element) {
      case Element.Network(IpPrefix wanted, boolean _) -> narrowest(wanted, now).flatMap(n -> member(n, now));
      case Element.NetworkPort wanted -> narrowest(wanted, now).flatMap(n -> member(n, now));
      case Element.Triple triple when type == Type.HASH_IP_PORT_NET -> at(now).stream()
          .filter(m -> m.element() instanceof Element.Triple(var pair, IpPrefix network) && pair.equals(triple.pair())
              && network.length() <= triple.third().length() && network.contains(triple.third().address()))
          .findFirst();
      case Element.AddressPort _,Element.Triple _,Element.Port _,Element.Named _ -> member(element, now);
    };
  }

  /** With one of its members as it is by now. */
  IpSet replacing(Member before, Member after) {
    return with(members.stream().map(m -> m.equals(before) ? after : m).toList());
  }

  /** The sets that a {@code list:set} names. */
  Stream<IpSet> listed(PSortedMap<String, IpSet> sets, long now) {
    return at(now).stream().flatMap(m -> m.element() instanceof Element.Named(String called)
        ? Stream.ofNullable(sets.get(called)) : Stream.empty());
  }

  /** What a packet is to it, looked at from these sides; empty when it can be no member. */
  Optional<Element> element(PacketView view, List<Match.Side> sides) {
    if (sides.size() < type.dimension) {
      return Optional.empty();
    }
    IpAddress address = sides.getFirst() == Match.Side.SOURCE ? view.source() : view.destination();
    if (type == Type.BITMAP_PORT) {
      return Optional.of(port(view, sides.getFirst())).filter(p -> p >= 0).map(Element.Port::new);
    }
    if (address.family() != options.family()) {
      return Optional.empty();
    }
    return switch (type) {
      case HASH_IP -> Optional.of(new Element.Network(IpPrefix.around(address, options.netmask()), false));
      case HASH_NET -> Optional.of(new Element.Network(IpPrefix.host(address), false));
      case HASH_IP_PORT -> pair(view, address, sides.get(1)).map(Element.class::cast);
      case HASH_NET_PORT -> pair(view, address, sides.get(1))
          .map(p -> new Element.NetworkPort(IpPrefix.host(p.address()), p.protocol(), p.port(), false));
      case HASH_IP_PORT_IP, HASH_IP_PORT_NET -> pair(view, address, sides.get(1)).map(p -> new Element.Triple(p,
          IpPrefix.host(sides.get(2) == Match.Side.SOURCE ? view.source() : view.destination())));
      case BITMAP_PORT, LIST_SET -> Optional.empty();
    };
  }

  private static Optional<Element.AddressPort> pair(PacketView view, IpAddress address, Match.Side side) {
    return Optional.of(port(view, side)).filter(p -> p >= 0)
        .map(p -> new Element.AddressPort(address, view.protocol(), p));
  }

  private static int port(PacketView view, Match.Side side) {
    boolean icmp = view.protocol() == Protocols.ICMP || view.protocol() == Protocols.ICMPV6;
    return icmp ? Matching.icmpNumber(view) : side == Match.Side.SOURCE ? view.sourcePort() : view.destinationPort();
  }

  /** Its members with one more, in order. */
  public List<Member> plus(Member added) {
    List<Member> all = new ArrayList<>(members.stream().filter(m -> !same(m.element(), added.element())).toList());
    int found = type == Type.LIST_SET ? all.size()
        : Collections.binarySearch(all, added, Comparator.comparing((Member m) -> Element.key(m.element())));
    all.add(found < 0 ? -found - 1 : found, added);
    return all;
  }
}
