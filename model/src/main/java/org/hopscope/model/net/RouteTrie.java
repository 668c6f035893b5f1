package org.hopscope.model.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;

/**
 * A path-compressed trie over the rows of a routing table of one family: each node is a network in which either rows or
 * both halves lie. Immutable; one with a row more shares all nodes but those above that row.
 */
final class RouteTrie {
  /** A trie without rows. */
  static final RouteTrie EMPTY = new RouteTrie(null);

  /** Null where there is no row. */
  private final Node root;

  private RouteTrie(Node root) {
    this.root = root;
  }

  /**
   * A network.
   *
   * @param high the first 64 bits of its address, those behind its length zero
   * @param low the others; 0 for IPv4, whose address stands in the upper half of {@code high}
   * @param length how many bits count
   * @param rows those for exactly this network, best first
   * @param zero the networks in it whose next bit is 0; null when there are none
   * @param one those whose next bit is 1; null when there are none
   */
  private record Node(long high, long low, int length, List<Route> rows, Node zero, Node one) {
    /** Whether an address lies in it. */
    boolean holds(long otherHigh, long otherLow) {
      return common(high, low, otherHigh, otherLow) >= length;
    }

    /** Which half an address that lies in it belongs to; its length must be below the family's. */
    boolean isOne(long otherHigh, long otherLow) {
      return (length < 64 ? otherHigh >>> 63 - length & 1 : otherLow >>> 127 - length & 1) == 1;
    }

    Node half(long otherHigh, long otherLow) {
      return isOne(otherHigh, otherLow) ? one : zero;
    }

    Node with(Node child) {
      return isOne(child.high, child.low)
          ? new Node(high, low, length, rows, zero, child)
          : new Node(high, low, length, rows, child, one);
    }

    Node with(List<Route> value) {
      return new Node(high, low, length, value, zero, one);
    }
  }

  private static int common(long high, long low, long otherHigh, long otherLow) {
    return high == otherHigh
        ? 64 + Long.numberOfLeadingZeros(low ^ otherLow)
        : Long.numberOfLeadingZeros(high ^ otherHigh);
  }

  private static long high(IpAddress address) {
    return switch (address) {
      case Ipv4Address(int bits) -> (long) bits << 32;
      case Ipv6Address(long high, long _) -> high;
    };
  }

  private static long low(IpAddress address) {
    return switch (address) {
      case Ipv4Address _ -> 0;
      case Ipv6Address(long _, long low) -> low;
    };
  }

  /** The best row for an address among those that {@code usable} admits: of the longest network, the first. */
  Optional<Route> lookup(IpAddress address, Predicate<Route> usable) {
    return Optional.ofNullable(find(root, high(address), low(address), usable));
  }

  private static Route find(Node node, long high, long low, Predicate<Route> usable) {
    if (node == null || !node.holds(high, low)) {
      return null;
    }
    Node half = node.zero == null && node.one == null ? null : node.half(high, low);
    Route longer = half == null ? null : find(half, high, low, usable);
    if (longer != null) {
      return longer;
    }
    for (int i = 0; i < node.rows.size(); i++) {
      if (usable.test(node.rows.get(i))) {
        return node.rows.get(i);
      }
    }
    return null;
  }

  /** With one more row, behind those of its network and metric, or in front of them. */
  RouteTrie with(Route row, boolean first) {
    IpPrefix network = row.destination();
    Node leaf = new Node(high(network.address()), low(network.address()), network.length(), List.of(row), null, null);
    return new RouteTrie(put(root, leaf, first));
  }

  private static Node put(Node node, Node leaf, boolean first) {
    if (node == null) {
      return leaf;
    }
    int common = Math.min(common(node.high, node.low, leaf.high, leaf.low), Math.min(node.length, leaf.length));
    if (common < node.length && common < leaf.length) {
      return fork(leaf.high, leaf.low, common).with(node).with(leaf);
    }
    if (node.length == leaf.length) {
      return node.with(inserted(node.rows, leaf.rows.getFirst(), first));
    }
    return node.length < leaf.length
        ? node.with(put(node.half(leaf.high, leaf.low), leaf, first))
        : leaf.with(node);
  }

  private static Node fork(long high, long low, int length) {
    long keptHigh = length >= 64 ? high : length == 0 ? 0 : high & -1L << 64 - length;
    long keptLow = length <= 64 ? 0 : low & -1L << 128 - length;
    return new Node(keptHigh, keptLow, length, List.of(), null, null);
  }

  private static List<Route> inserted(List<Route> rows, Route row, boolean first) {
    int at = 0;
    while (at < rows.size() && Route.byMetric().compare(rows.get(at), row) < (first ? 0 : 1)) {
      at++;
    }
    List<Route> more = new ArrayList<>(rows);
    more.add(at, row);
    return List.copyOf(more);
  }
}
