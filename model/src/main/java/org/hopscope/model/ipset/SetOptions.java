package org.hopscope.model.ipset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.netfilter.AddressRange;
import org.hopscope.model.netfilter.IpSet;
import org.hopscope.model.netfilter.PortRange;

/** Reads what stands behind the type of a new set. */
final class SetOptions {
  private static final int MOST = 65_536;
  /** Read so that what is saved can be restored: of nothing that a lab shows does anything follow from it. */
  private static final List<String> SILENT = List.of("initval", "probes", "resize", "gc");

  private final IpSet.Type type;
  private IpFamily family = IpFamily.INET;
  private int begins = 1024;
  private int most;
  private int bucket = 12;
  private Optional<Integer> netmask = Optional.empty();
  private int markmask = -1;
  private Optional<Long> timeout = Optional.empty();
  private Optional<String> range = Optional.empty();
  private boolean comments;
  private boolean counters;
  private boolean info;

  private SetOptions(IpSet.Type type) {
    this.type = type;
    most = type == IpSet.Type.LIST_SET ? 8 : MOST;
  }

  static IpSet.Options read(IpSet.Type type, List<String> words) throws SetComplaint {
    SetOptions options = new SetOptions(type);
    for (int i = 0; i < words.size(); i++) {
      String option = words.get(i);
      if (!words(type).contains(option)) {
        throw SetComplaint.usage("Unknown argument: `" + option + "'");
      }
      if (!options.flag(option)) {
        if (i + 1 == words.size()) {
          throw SetComplaint.usage("Missing mandatory argument of option `" + option + "'");
        }
        options.value(option, words.get(++i));
      }
    }
    return options.done();
  }

  private static List<String> words(IpSet.Type type) {
    List<String> words = new ArrayList<>(List.of("timeout", "counters", "comment", "skbinfo"));
    if (type.isHash()) {
      words.addAll(List.of("hashsize", "maxelem", "bucketsize", "forceadd"));
      words.addAll(SILENT);
    } else {
      words.add(type.isBitmap() ? "range" : "size");
    }
    if (type.isHash() && type.hasFamily()) {
      words.add("family");
    }
    if (type == IpSet.Type.HASH_IP_MARK) {
      words.add("markmask");
    }
    if (type.takesNetmask()) {
      words.add("netmask");
      words.add("bitmask");
    }
    return words;
  }

  private boolean flag(String option) {
    switch (option) {
      case "comment" -> comments = true;
      case "counters" -> counters = true;
      case "skbinfo" -> info = true;
      case "forceadd" -> {
        // A new member takes the place of one where it is hashed to: of a set that a hash is large enough for, nobody's.
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void value(String option, String value) throws SetComplaint {
    switch (option) {
      case "family" -> family = switch (value) {
        case "inet" -> IpFamily.INET;
        case "inet6" -> IpFamily.INET6;
        default -> throw SetComplaint.refused("Syntax error: unknown inet family " + value);
      };
      case "hashsize" -> begins = Math.max(64, (int) powerOfTwo(SetNames.number(value)));
      case "maxelem", "size" -> most = SetNames.number(value).intValue();
      case "bucketsize" -> bucket = SetNames.number(value, 255);
      case "netmask" -> netmask = Optional.of(SetNames.number(value).intValue());
      case "markmask" -> markmask = SetNames.number(value).intValue();
      case "timeout" -> timeout = Optional.of(SetNames.number(value));
      case "range" -> range = Optional.of(value);
      case "bitmask" -> throw SetComplaint.unsupported(option);
      default -> SetNames.number(value);
    }
  }

  private IpSet.Options done() throws SetComplaint {
    int width = family.width();
    int bits = netmask.orElse(width);
    if (bits < 1 || bits > width) {
      throw SetComplaint.refused("Syntax error: '" + bits + "' is out of range 1-" + width
          + "\nSyntax error: netmask is out of the inclusive range of 1-" + width);
    }
    if (type.isBitmap() && range.isEmpty()) {
      throw SetComplaint.usage("Mandatory option `range' is missing");
    }
    IpSet.Range all = !type.isBitmap() ? new IpSet.Range.Any() : type == IpSet.Type.BITMAP_PORT
        ? new IpSet.Range.Ports(ports(range.get())) : new IpSet.Range.Addresses(addresses(range.get(), bits));
    return new IpSet.Options(family, new IpSet.Size(begins, most, bucket), bits, markmask, timeout, all,
        new IpSet.Extras(comments, counters, info));
  }

  private static PortRange ports(String value) throws SetComplaint {
    List<Integer> ports = SetWords.ports(value);
    return new PortRange(ports.getFirst(), ports.getLast());
  }

  /** {@code A-B} or {@code A/LENGTH}, of at most so many members (kernel bitmap_ip_create). */
  private static AddressRange addresses(String value, int netmask) throws SetComplaint {
    int dash = value.indexOf('-');
    if (dash < 0 && value.indexOf('/') < 0) {
      throw SetComplaint.refused("Syntax error: IP/cidr or IP-IP range must be specified: " + value);
    }
    IpPrefix network = SetWords.network(IpFamily.INET, dash < 0 ? value : value.substring(0, dash));
    IpAddress one = network.address();
    IpAddress other = dash >= 0 ? SetWords.address(IpFamily.INET, value.substring(dash + 1))
        : new Ipv4Address((int) (SetWords.bits(one) | (1L << 32 - network.length()) - 1));
    AddressRange range = one.compareTo(other) <= 0 ? new AddressRange(one, other) : new AddressRange(other, one);
    long count = SetWords.bits(range.last()) - SetWords.bits(range.first()) + 1;
    if (netmask < 32 && (count < 1L << 32 - netmask || SetWords.bits(range.first()) % (1L << 32 - netmask) != 0)) {
      throw SetComplaint.refused("Element is out of the range of the set");
    }
    if (count >> 32 - netmask > MOST) {
      throw SetComplaint.refused("The range you specified exceeds the size limit of the set type");
    }
    return range;
  }

  private static long powerOfTwo(long number) {
    return number < 2 ? 1 : Long.highestOneBit(number - 1) << 1;
  }
}
