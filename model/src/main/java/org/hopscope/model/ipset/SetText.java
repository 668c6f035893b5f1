package org.hopscope.model.ipset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.netfilter.IpSet;
import org.hopscope.model.netfilter.PortRange;
import org.hopscope.model.netfilter.Protocols;

/** Reads and writes sets and what is in them. */
public final class SetText {
  private static final long SECOND = 1_000_000_000L;
  private static final int MOST = 65_536;
  private static final List<String> OPTIONS = List.of("family", "hashsize", "maxelem", "size", "netmask", "timeout",
      "range", "bucketsize", "initval");
  /** How many members one word may stand for. */
  private static final int MANY = 65_536;

  private SetText() {
  }

  /** The line that makes a set; the seed of its hash, which a kernel draws anew each time, is not told. */
  public static String create(IpSet set) {
    IpSet.Options options = set.options();
    return "create " + set.name() + " " + set.type().word() + " " + switch (set.type()) {
      case HASH_IP, HASH_NET, HASH_IP_PORT, HASH_NET_PORT, HASH_IP_PORT_IP, HASH_IP_PORT_NET, BITMAP_PORT ->
          header(set);
      case LIST_SET -> "size " + options.most() + extras(options);
    };
  }

  static String header(IpSet set) {
    IpSet.Options options = set.options();
    return switch (set.type()) {
      case HASH_IP, HASH_NET, HASH_IP_PORT, HASH_NET_PORT, HASH_IP_PORT_IP,
          HASH_IP_PORT_NET -> "family " + options.family().name().toLowerCase(Locale.ROOT)
              + " hashsize " + options.hashSize() + " maxelem " + options.most()
              + (options.netmask() == options.family().width() ? "" : " netmask " + options.netmask())
              + extras(options)
              + " bucketsize 12";
      case BITMAP_PORT -> "range " + options.range().first() + "-" + options.range().last() + extras(options);
      case LIST_SET -> "size " + options.most() + extras(options);
    };
  }

  private static String extras(IpSet.Options options) {
    return options.timeout().map(t -> " timeout " + t).orElse("") + (options.counters() ? " counters" : "")
        + (options.comments() ? " comment" : "");
  }

  /** The members of a set at an instant, in order, each with the seconds that are left. */
  static List<String> members(IpSet set, long now) {
    return set.at(now).stream()
        .map(m -> shown(set, m.element()) + hole(m.element()) + (set.options().timeout().isPresent()
            ? " timeout " + m.expires().map(e -> (e - now) / SECOND).orElse(0L)
            : "")
            + (set.options().counters()
                ? " packets " + Long.toUnsignedString(m.counted().packets()) + " bytes "
                    + Long.toUnsignedString(m.counted().bytes())
                : "")
            + (m.comment().isEmpty() ? "" : " comment \"" + m.comment() + "\""))
        .toList();
  }

  /** Of addresses that are the same but for the netmask, the common part. */
  private static String shown(IpSet set, IpSet.Element element) {
    return set.type() == IpSet.Type.HASH_IP && element instanceof IpSet.Element.Network(IpPrefix prefix, boolean _)
        ? prefix.address().toString() : text(element);
  }

  private static String hole(IpSet.Element element) {
    return isHole(element) ? " nomatch" : "";
  }

  /** Whether it is a hole in a larger network. */
  public static boolean isHole(IpSet.Element element) {
    return element instanceof IpSet.Element.Network(var _, boolean nomatch) && nomatch
        || element instanceof IpSet.Element.NetworkPort(var _, var _, var _, boolean hole) && hole;
  }

  /** An element as it is printed, without {@code nomatch}. */
  public static String text(IpSet.Element element) {
    return switch (element) {
      case IpSet.Element.Network(IpPrefix prefix, boolean _) -> text(prefix);
      case IpSet.Element.AddressPort(IpAddress address, int protocol, int port) -> address + ","
          + SetNames.protocol(protocol) + ":" + SetNames.port(protocol, port);
      case IpSet.Element.NetworkPort(IpPrefix prefix, int protocol, int port, boolean _) -> text(prefix) + ","
          + SetNames.protocol(protocol) + ":" + SetNames.port(protocol, port);
      case IpSet.Element.Triple(var pair, IpPrefix third) -> text(pair) + "," + text(third);
      case IpSet.Element.Port(int number) -> Integer.toString(number);
      case IpSet.Element.Named(String called) -> called;
    };
  }

  private static String text(IpPrefix prefix) {
    return prefix.isHost() ? prefix.address().toString() : prefix.toString();
  }

  /** What a word behind {@code add}, {@code del} or {@code test} stands for. */
  static List<IpSet.Element> elements(IpSet set, String word, boolean nomatch) throws SetComplaint {
    IpFamily family = set.options().family();
    return switch (set.type()) {
      case HASH_IP -> addresses(family, word)
          .stream().<IpSet.Element>map(
              a -> new IpSet.Element.Network(IpPrefix.around(a, set.options().netmask()), false))
          .distinct().toList();
      case HASH_NET -> networks(family, word).stream().<IpSet.Element>map(n -> new IpSet.Element.Network(n, nomatch))
          .toList();
      case HASH_IP_PORT -> List.copyOf(addressPorts(family, word));
      case HASH_NET_PORT -> networkPorts(family, word, nomatch);
      case HASH_IP_PORT_IP, HASH_IP_PORT_NET -> triples(set, word, nomatch);
      case BITMAP_PORT -> ports(word, 0).stream().<IpSet.Element>map(IpSet.Element.Port::new).toList();
      case LIST_SET -> List.of(new IpSet.Element.Named(word));
    };
  }

  private static IpAddress address(IpFamily family, String word) throws SetComplaint {
    return IpAddress.parse(word).filter(a -> a.family() == family)
        .orElseThrow(() -> SetComplaint.refused("Syntax error: cannot parse " + word + ": resolving to "
            + (family == IpFamily.INET ? "IPv4" : "IPv6") + " address failed"));
  }

  private static IpPrefix network(IpFamily family, String word) throws SetComplaint {
    int slash = word.indexOf('/');
    IpAddress address = address(family, slash < 0 ? word : word.substring(0, slash));
    int length = slash < 0 ? family.width() : SetNames.number(word.substring(slash + 1)).intValue();
    if (length > family.width()) {
      throw SetComplaint.refused("Syntax error: '" + length + "' is out of range 0-" + family.width());
    }
    if (length == 0) {
      throw SetComplaint.refused("The value of the CIDR parameter of the IP address is invalid");
    }
    return IpPrefix.around(address, length);
  }

  /** {@code A/LENGTH}, or {@code A-B} in as few networks as make it (kernel ip_set_range_to_cidr). */
  private static List<IpPrefix> networks(IpFamily family, String word) throws SetComplaint {
    int dash = word.indexOf('-');
    if (dash < 0 || family == IpFamily.INET6) {
      return List.of(network(family, word));
    }
    long one = Integer.toUnsignedLong(bits(address(family, word.substring(0, dash))));
    long other = Integer.toUnsignedLong(bits(address(family, word.substring(dash + 1))));
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
  private static List<IpAddress> addresses(IpFamily family, String word) throws SetComplaint {
    int dash = word.indexOf('-');
    boolean many = dash >= 0 || word.indexOf('/') >= 0;
    if (!many || family == IpFamily.INET6) {
      return List.of(nonzero(address(family, word)));
    }
    IpPrefix prefix = dash >= 0 ? IpPrefix.host(address(family, word.substring(0, dash))) : network(family, word);
    int first = bits(prefix.address());
    long count = dash >= 0
        ? Integer.toUnsignedLong(bits(address(family, word.substring(dash + 1)))) - Integer.toUnsignedLong(first) + 1
        : 1L << 32 - prefix.length();
    if (count > MANY || count < 1) {
      throw SetComplaint.unsupported(word);
    }
    List<IpAddress> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(nonzero(new Ipv4Address(first + i)));
    }
    return all;
  }

  private static IpAddress nonzero(IpAddress address) throws SetComplaint {
    if (address.isUnspecified()) {
      throw SetComplaint.refused("Null-valued element, cannot be stored in a hash type of set");
    }
    return address;
  }

  private static int bits(IpAddress address) {
    return address instanceof Ipv4Address(int bits) ? bits : 0;
  }

  /** {@code A,PROTOCOL:PORT,B}; a hole in a network is left out. */
  private static List<IpSet.Element> triples(IpSet set, String word, boolean nomatch) throws SetComplaint {
    if (nomatch) {
      throw SetComplaint.unsupported("nomatch");
    }
    int comma = word.indexOf(',', word.indexOf(',') + 1);
    if (comma < 0) {
      throw SetComplaint.refused("Syntax error: " + (word.indexOf(',') < 0 ? "Second" : "Third")
          + " element is missing from " + word + ".");
    }
    IpFamily family = set.options().family();
    String behind = word.substring(comma + 1);
    IpPrefix third = set.type() == IpSet.Type.HASH_IP_PORT_NET ? network(family, behind)
        : IpPrefix.host(address(family, behind));
    return addressPorts(family, word.substring(0, comma))
        .stream().<IpSet.Element>map(p -> new IpSet.Element.Triple(p, third)).toList();
  }

  private static List<IpSet.Element.AddressPort> addressPorts(IpFamily family, String word) throws SetComplaint {
    int comma = word.indexOf(',');
    if (comma < 0) {
      throw SetComplaint.refused("Syntax error: Second element is missing from " + word + ".");
    }
    String behind = word.substring(comma + 1);
    int colon = behind.indexOf(':');
    int protocol = colon < 0 ? Protocols.TCP : SetNames.protocol(behind.substring(0, colon));
    List<IpSet.Element.AddressPort> all = new ArrayList<>();
    for (IpAddress address : addresses(family, word.substring(0, comma))) {
      for (int port : ports(behind.substring(colon + 1), protocol)) {
        all.add(new IpSet.Element.AddressPort(address, protocol, port));
      }
    }
    return all;
  }

  private static List<IpSet.Element> networkPorts(IpFamily family, String word, boolean nomatch) throws SetComplaint {
    int comma = word.indexOf(',');
    if (comma < 0) {
      throw SetComplaint.refused("Syntax error: Second element is missing from " + word + ".");
    }
    IpPrefix prefix = network(family, word.substring(0, comma));
    String behind = word.substring(comma + 1);
    int colon = behind.indexOf(':');
    int protocol = colon < 0 ? Protocols.TCP : SetNames.protocol(behind.substring(0, colon));
    return ports(behind.substring(colon + 1), protocol)
        .stream().<IpSet.Element>map(port -> new IpSet.Element.NetworkPort(prefix, protocol, port, nomatch)).toList();
  }

  private static List<Integer> ports(String word, int protocol) throws SetComplaint {
    if (protocol == Protocols.ICMP || protocol == Protocols.ICMPV6) {
      return List.of(SetNames.icmp(protocol, word));
    }
    int dash = word.indexOf('-');
    int whole = dash < 0 ? 0 : 1;
    PortRange range = new PortRange(SetNames.port(dash < 0 ? word : word.substring(0, dash)),
        SetNames.port(whole == 0 ? word : word.substring(dash + 1)));
    List<Integer> all = new ArrayList<>();
    for (int port = range.first(); port <= range.last(); port++) {
      all.add(port);
    }
    return all;
  }

  /** The options behind the type of a new set. */
  static IpSet.Options options(IpSet.Type type, List<String> words) throws SetComplaint {
    IpFamily family = IpFamily.INET;
    int hashSize = 1024;
    int most = type == IpSet.Type.LIST_SET ? 8 : MOST;
    Optional<Integer> netmask = Optional.empty();
    Optional<Long> timeout = Optional.empty();
    Optional<PortRange> range = Optional.empty();
    boolean comments = false;
    boolean counters = false;
    for (int i = 0; i < words.size(); i++) {
      String option = words.get(i);
      if (option.equals("comment")) {
        comments = true;
        continue;
      }
      if (option.equals("counters")) {
        counters = true;
        continue;
      }
      if (option.equals("skbinfo") || option.equals("forceadd")) {
        throw SetComplaint.unsupported(option);
      }
      if (!OPTIONS.contains(option)) {
        throw SetComplaint.usage("Unknown argument: `" + option + "'");
      }
      if (i + 1 == words.size()) {
        throw SetComplaint.usage("Missing mandatory argument of option `" + option + "'");
      }
      String value = words.get(++i);
      switch (option) {
        case "family" -> family = switch (value) {
          case "inet" -> IpFamily.INET;
          case "inet6" -> IpFamily.INET6;
          default -> throw SetComplaint.refused("Syntax error: unknown inet family " + value);
        };
        case "hashsize" -> hashSize = Math.max(64, (int) powerOfTwo(SetNames.number(value)));
        case "maxelem", "size" -> most = SetNames.number(value).intValue();
        case "netmask" -> netmask = Optional.of(SetNames.number(value).intValue());
        case "timeout" -> timeout = Optional.of(SetNames.number(value));
        case "range" -> {
          List<Integer> ports = ports(value, 0);
          range = Optional.of(new PortRange(ports.getFirst(), ports.getLast()));
        }
        case "bucketsize", "initval" -> {
          // How a kernel spreads its members; read so that what is saved can be restored.
        }
        default -> throw SetComplaint.unsupported(option);
      }
    }
    if (type == IpSet.Type.BITMAP_PORT && range.isEmpty()) {
      throw SetComplaint.usage("Mandatory option `range' is missing");
    }
    return new IpSet.Options(family, hashSize, most, netmask.orElse(family.width()), timeout,
        range.orElse(PortRange.ALL), comments, counters);
  }

  private static long powerOfTwo(long number) {
    return number < 2 ? 1 : Long.highestOneBit(number - 1) << 1;
  }
}
