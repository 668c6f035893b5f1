package org.hopscope.model.netfilter;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;

/**
 * What can be in a set: a value for each of its dimensions.
 *
 * @param parts in the order of the type's words
 * @param nomatch whether it is a hole in a larger network
 */
public record SetElement(List<Part> parts, boolean nomatch) {
  public SetElement {
    parts = List.copyOf(parts);
  }

  /** One value, and no hole. */
  public static SetElement of(Part... parts) {
    return new SetElement(List.of(parts), false);
  }

  /** What a dimension of a set can be. */
  public enum Kind {
    /** An address, or as many of its bits as the set's netmask leaves. */
    ADDRESS,
    /** A network: members may lie in each other, and the narrowest decides. */
    NETWORK,
    /** A port with its protocol. */
    SERVICE,
    /** A port whatever its protocol. */
    PORT,
    /** A mark, as far as the set's mask has ones. */
    MARK, MAC, DEVICE, SET
  }

  /** A value in one dimension. */
  public sealed interface Part {
    /** An address or a network. */
    record Net(IpPrefix prefix) implements Part {
    }

    /** A port of a protocol; of ICMP it is {@code type << 8 | code}. */
    record Service(int protocol, int port) implements Part {
    }

    /** A port, whatever the protocol. */
    record Port(int number) implements Part {
    }

    /** A mark that rules put on packets. */
    record Mark(int value) implements Part {
    }

    /** A hardware address; empty where the first packet is to say it ({@code bitmap:ip,mac}). */
    record Mac(Optional<MacAddress> address) implements Part {
    }

    /**
     * A device.
     *
     * @param physical whether a port of a bridge is meant; no rule asks for one
     * @param begins whether any device is meant whose name begins so
     */
    record Device(String name, boolean physical, boolean begins) implements Part {
    }

    /** Another set. */
    record Named(String set) implements Part {
    }

    /** Whether a member with this value speaks of another value. */
    default boolean covers(Part other) {
      return switch (this) {
        case Net(IpPrefix prefix) -> other instanceof Net(IpPrefix asked) && prefix.length() <= asked.length()
            && prefix.contains(asked.address());
        case Mac(Optional<MacAddress> address) -> other instanceof Mac(var asked)
            && (address.isEmpty() || asked.isEmpty() || address.equals(asked));
        case Service _,Port _,Mark _,Device _,Named _ -> isSame(other);
      };
    }

    /** Whether it takes the place of another value. */
    default boolean isSame(Part other) {
      return switch (this) {
        case Device(String name, boolean physical, boolean begins) -> other instanceof Device asked
            && physical == asked.physical() && (begins ? asked.name().startsWith(name) : name.equals(asked.name()));
        case Net _,Service _,Port _,Mark _,Mac _,Named _ -> equals(other);
      };
    }

    /** What it is sorted by. */
    default String key() {
      return switch (this) {
        case Net(IpPrefix prefix) -> sortable(prefix.address()) + String.format(Locale.ROOT, "%03d", prefix.length());
        case Service(int protocol, int port) -> String.format(Locale.ROOT, "%03d%05d", protocol, port);
        case Port(int number) -> String.format(Locale.ROOT, "%05d", number);
        case Mark(int value) -> String.format(Locale.ROOT, "%08x", value);
        case Mac(var address) -> address.map(MacAddress::toString).orElse("");
        case Device device -> device.name();
        case Named(String called) -> called;
      };
    }
  }

  private static String sortable(IpAddress address) {
    return switch (address) {
      case Ipv4Address(int bits) -> String.format(Locale.ROOT, "%08x", bits);
      case Ipv6Address(long high, long low) -> String.format(Locale.ROOT, "%016x%016x", high, low);
    };
  }

  /** What members are sorted by: addresses first. */
  String key() {
    return parts.stream().map(Part::key).collect(Collectors.joining());
  }

  /** Whether, as a member, it speaks of another element. */
  boolean covers(SetElement other) {
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).covers(other.parts.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether it, as a member, and another cannot both be in a set; a hole is the same as what it is a hole in. */
  public boolean isSame(SetElement other) {
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).isSame(other.parts.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The networks and addresses in it. */
  public Stream<IpPrefix> prefixes() {
    return parts.stream().flatMap(p -> p instanceof Part.Net(IpPrefix prefix) ? Stream.of(prefix) : Stream.empty());
  }

  /** Whether there are only whole addresses in it, and no networks. */
  boolean isOfHosts() {
    return prefixes().allMatch(IpPrefix::isHost);
  }

  /** How narrow its networks are, all together. */
  int narrowness() {
    return prefixes().mapToInt(IpPrefix::length).sum();
  }
}
