package org.hopscope.model.kube.cni;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.kube.control.Blocks;

/**
 * Which address host-local gives out of a block (containernetworking/plugins plugins/ipam/host-local/backend/allocator): the
 * first free one after the last that it gave, round the range; never the gateway's. Of a block of IPv6, the first 2^20.
 *
 * @param subnet the block
 * @param first the first address that is given
 * @param last the last one
 * @param gateway which is never given
 */
public record HostLocal(IpPrefix subnet, IpAddress first, IpAddress last, IpAddress gateway) {
  /** A block with what is not said: from the first address to the last before the broadcast address, the first the gateway's. */
  public static HostLocal of(IpPrefix subnet, Optional<IpAddress> first, Optional<IpAddress> last,
      Optional<IpAddress> gateway) {
    return new HostLocal(subnet, first.orElse(Blocks.at(subnet, 1)), last.orElse(end(subnet)), gateway.orElse(Blocks.at(
        subnet, 1)));
  }

  /** The last address that can be given: of IPv4 the one before the broadcast address (range.go lastIP). */
  public static IpAddress end(IpPrefix subnet) {
    return Blocks.at(subnet, Blocks.size(subnet) - 2);
  }

  /** The place of an address in a block; -1 outside it. */
  public static int number(IpPrefix subnet, IpAddress address) {
    if (!subnet.contains(address)) {
      return -1;
    }
    long number = switch (address) {
      case Ipv4Address(int bits) -> bits - (long) ((Ipv4Address) subnet.address()).bits();
      case Ipv6Address one -> one.low() - ((Ipv6Address) subnet.address()).low();
    };
    return number >= 0 && number < Blocks.size(subnet) ? (int) number : -1;
  }

  /** Whether an address lies in the range. */
  public boolean contains(IpAddress address) {
    int place = number(subnet, address);
    return place >= 0 && place >= number(subnet, first) && place <= number(subnet, last);
  }

  /**
   * The next address of a set of ranges, which are gone through one after the other.
   *
   * @param before the last one that was given
   * @param taken those that containers have
   * @return empty when none is left
   */
  public static Optional<IpAddress> next(List<HostLocal> set, Optional<IpAddress> before, Set<IpAddress> taken) {
    int begin = before.flatMap(b -> set.stream().filter(r -> r.contains(b)).findFirst()).map(set::indexOf).orElse(0);
    for (int i = 0; i <= set.size(); i++) {
      Optional<IpAddress> free = set.get((begin + i) % set.size()).free(i == 0 ? before : Optional.empty(), taken);
      if (free.isPresent()) {
        return free;
      }
    }
    return Optional.empty();
  }

  /** The first free one behind an address of the range, or from the first on. */
  private Optional<IpAddress> free(Optional<IpAddress> before, Set<IpAddress> taken) {
    int from = before.filter(this::contains).map(a -> number(subnet, a) + 1).orElse(number(subnet, first));
    for (int i = from; i <= number(subnet, last); i++) {
      IpAddress candidate = Blocks.at(subnet, i);
      if (!candidate.equals(gateway) && !taken.contains(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** As the plugin names it: {@code FIRST-LAST}. */
  @Override
  public String toString() {
    return first + "-" + last;
  }
}
