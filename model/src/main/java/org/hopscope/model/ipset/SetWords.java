package org.hopscope.model.ipset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.netfilter.IpSet;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.SetElement;
import org.hopscope.model.netfilter.SetElement.Part;

/** Reads what a word behind {@code add}, {@code del} or {@code test} stands for. */
final class SetWords {
  /** How many members one word may stand for. */
  private static final int MANY = 65_536;
  private static final int LONGEST = 15;
  private static final List<String> PLACES = List.of("First", "Second", "Third");
  /** How many separators are one too many, and how many a type has room for, by the parts of its members. */
  private static final List<String> TOO_MANY =
      List.of("Elem separator", "Two elem separators", "Three elem separators");
  private static final List<String> ROOM = List.of("none", "one", "two");

  /** In which all addresses can be a network. */
  private static final Set<IpSet.Type> WHOLE =
      Set.of(IpSet.Type.HASH_NET_IFACE, IpSet.Type.HASH_NET_NET, IpSet.Type.HASH_NET_PORT_NET);

  private final IpSet set;
  private final IpFamily family;
  private final boolean wildcard;

  private SetWords(IpSet set, boolean wildcard) {
    this.set = set;
    this.family = set.options().family();
    this.wildcard = wildcard;
  }

  /** The elements, one for each choice out of the ranges that are said. */
  static List<SetElement> elements(IpSet set, String word, boolean nomatch, boolean wildcard) throws SetComplaint {
    SetWords words = new SetWords(set, wildcard);
    List<SetElement.Kind> kinds = set.type().kinds();
    String[] said = word.split(",", kinds.size());
    if (said.length < kinds.size() && set.type() != IpSet.Type.BITMAP_IP_MAC) {
      throw SetComplaint.refused("Syntax error: " + PLACES.get(said.length) + " element is missing from " + word + ".");
    }
    if (said[said.length - 1].indexOf(',') >= 0 && set.type() != IpSet.Type.LIST_SET) {
      throw SetComplaint.refused("Syntax error: " + TOO_MANY.get(kinds.size() - 1) + " in " + word + ", but settype "
          + set.type().word() + " supports " + ROOM.get(kinds.size() - 1) + ".");
    }
    List<List<Part>> all = List.of(List.of());
    for (int i = 0; i < kinds.size(); i++) {
      boolean missing = i >= said.length || said[i].isEmpty() && i > 0;
      if (missing && set.type() != IpSet.Type.BITMAP_IP_MAC) {
        throw SetComplaint.refused("Syntax error: " + PLACES.get(i) + " element is missing from " + word + ".");
      }
      List<? extends Part> choices = missing ? List.of(new Part.Mac(Optional.empty())) : words.parts(i, said[i]);
      if ((long) all.size() * choices.size() > MANY) {
        throw SetComplaint.unsupported(word);
      }
      all = all.stream().flatMap(a -> choices.stream().map(c -> with(a, c))).toList();
    }
    return all.stream().distinct().map(a -> new SetElement(a, nomatch)).toList();
  }

  private static List<Part> with(List<Part> before, Part part) {
    List<Part> parts = new ArrayList<>(before);
    parts.add(part);
    return parts;
  }

  private List<? extends Part> parts(int at, String word) throws SetComplaint {
    return switch (set.type().kinds().get(at)) {
      case ADDRESS -> (at > 0 || set.type() == IpSet.Type.BITMAP_IP_MAC ? List.of(plain(word)) : addresses(word))
          .stream().map(a -> new Part.Net(set.masked(a, at == 0))).distinct().toList();
      case NETWORK -> networks(word).stream().map(Part.Net::new).toList();
      case SERVICE -> services(word);
      case PORT -> ports(word).stream().map(Part.Port::new).toList();
      case MARK -> List.of(new Part.Mark(SetNames.number(word).intValue() & set.options().markmask()));
      case MAC -> List.of(new Part.Mac(Optional.of(MacAddress.parse(word).orElseThrow(() -> SetComplaint.refused(
          "Syntax error: cannot parse '" + word + "' as ethernet address")))));
      case DEVICE -> List.of(device(word));
      case SET -> List.of(new Part.Named(word));
    };
  }

  private Part device(String word) throws SetComplaint {
    boolean physical = word.startsWith("physdev:");
    String name = physical ? word.substring(8) : word;
    if (name.length() > LONGEST) {
      throw SetComplaint.refused("Syntax error: interface name '" + name + "' is longer than " + LONGEST
          + " characters");
    }
    return new Part.Device(name, physical, wildcard);
  }

  static IpAddress address(IpFamily family, String word) throws SetComplaint {
    return IpAddress.parse(word).filter(a -> a.family() == family)
        .orElseThrow(() -> SetComplaint.refused("Syntax error: cannot parse " + word + ": resolving to "
            + (family == IpFamily.INET ? "IPv4" : "IPv6") + " address failed"));
  }

  private IpAddress plain(String word) throws SetComplaint {
    if (family == IpFamily.INET && (word.indexOf('-') >= 0 || word.indexOf('/') >= 0)) {
      throw SetComplaint.refused("Syntax error: plain IP address must be supplied: " + word);
    }
    return address(family, word);
  }

  static IpPrefix network(IpFamily family, String word) throws SetComplaint {
    int slash = word.indexOf('/');
    IpAddress address = address(family, slash < 0 ? word : word.substring(0, slash));
    int length = slash < 0 ? family.width() : SetNames.number(word.substring(slash + 1)).intValue();
    if (length < 0 || length > family.width()) {
      throw SetComplaint.refused("Syntax error: '" + length + "' is out of range 0-" + family.width());
    }
    return IpPrefix.around(address, length);
  }

  /** {@code A/LENGTH}, or {@code A-B} in as few networks as make it (kernel ip_set_range_to_cidr). */
  private List<IpPrefix> networks(String word) throws SetComplaint {
    int dash = word.indexOf('-');
    if (dash < 0 || family == IpFamily.INET6 || word.lastIndexOf('/', dash) >= 0) {
      IpPrefix network = network(family, word);
      if (network.length() == 0 && !WHOLE.contains(set.type())) {
        throw SetComplaint.refused("The value of the CIDR parameter of the IP address is invalid");
      }
      return List.of(network);
    }
    long one = bits(address(family, word.substring(0, dash)));
    long other = bits(address(family, word.substring(dash + 1)));
    long last = Math.max(one, other);
    if (last - Math.min(one, other) == 0xffff_ffffL) {
      throw SetComplaint.refused("Invalid range, covers the whole address space");
    }
    List<IpPrefix> all = new ArrayList<>();
    for (long at = Math.min(one, other); at <= last; at += 1L << 32 - all.getLast().length()) {
      int free = at == 0 ? 32 : Math.min(32, Long.numberOfTrailingZeros(at));
      int fits = 63 - Long.numberOfLeadingZeros(last - at + 1);
      all.add(new IpPrefix(new Ipv4Address((int) at), 32 - Math.min(free, fits)));
    }
    return all;
  }

  /** {@code A}, {@code A-B} or {@code A/LENGTH}. */
  private List<IpAddress> addresses(String word) throws SetComplaint {
    int dash = word.indexOf('-');
    boolean many = dash >= 0 || word.indexOf('/') >= 0;
    if (!many || family == IpFamily.INET6) {
      return List.of(nonzero(address(family, word)));
    }
    IpPrefix prefix = dash >= 0 ? IpPrefix.host(address(family, word.substring(0, dash))) : network(family, word);
    if (prefix.length() == 0) {
      throw SetComplaint.refused("The value of the CIDR parameter of the IP address is invalid");
    }
    long one = bits(prefix.address());
    long other = dash >= 0 ? bits(address(family, word.substring(dash + 1))) : one + (1L << 32 - prefix.length()) - 1;
    long first = Math.min(one, other);
    long count = Math.max(one, other) - first + 1;
    if (count > MANY) {
      throw SetComplaint.unsupported(word);
    }
    List<IpAddress> all = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      all.add(nonzero(new Ipv4Address((int) (first + i))));
    }
    return all;
  }

  private IpAddress nonzero(IpAddress address) throws SetComplaint {
    if (set.type().isHash() && address.isUnspecified()) {
      throw SetComplaint.refused("Null-valued element, cannot be stored in a hash type of set");
    }
    return address;
  }

  static long bits(IpAddress address) {
    return address instanceof Ipv4Address(int bits) ? Integer.toUnsignedLong(bits) : 0;
  }

  private static List<Part> services(String word) throws SetComplaint {
    int colon = word.indexOf(':');
    String name = colon < 0 ? "tcp" : word.substring(0, colon);
    int protocol = SetNames.protocol(name);
    String behind = word.substring(colon + 1);
    if (protocol == Protocols.ICMP || protocol == Protocols.ICMPV6) {
      return List.of(new Part.Service(protocol, SetNames.icmp(protocol, behind)));
    }
    List<Integer> ports = ports(behind);
    if (!SetNames.hasPorts(protocol) && !ports.equals(List.of(0))) {
      throw SetComplaint.refused("Syntax error: Protocol " + name + " can be used with pseudo port value 0 only.");
    }
    return ports.stream().<Part>map(p -> new Part.Service(protocol, p)).toList();
  }

  static List<Integer> ports(String word) throws SetComplaint {
    int dash = word.indexOf('-');
    int one = SetNames.port(dash < 0 ? word : word.substring(0, dash));
    int other = dash < 0 ? one : SetNames.port(word.substring(dash + 1));
    return IntStream.rangeClosed(Math.min(one, other), Math.max(one, other)).boxed().toList();
  }
}
