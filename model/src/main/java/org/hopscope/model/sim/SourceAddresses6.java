package org.hopscope.model.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.NetnsId;

/**
 * Chooses the address that the own host speaks from over IPv6 (RFC 6724 5, kernel net/ipv6/addrconf.c
 * ipv6_dev_get_saddr). Left out: home and temporary addresses, and labels of one's own.
 */
final class SourceAddresses6 {
  private final Run run;

  SourceAddresses6(Run run) {
    this.run = run;
  }

  /**
   * The best of all usable addresses, {@code ::} if none. Towards the link and groups only those of the device count, if there
   * is a way and so a device.
   */
  IpAddress select(NetnsId netns, Optional<NetDev> out, Ipv6Address to) {
    boolean near = out.isPresent() && (to.isMulticast() || to.isLinkLocal() || to.isLoopback());
    Optional<Candidate> best = Optional.empty();
    for (NetDev device : near ? List.of(out.get()) : run.fabric.devices(netns)) {
      for (Inet6Address address : device.device().inet6().addresses()) {
        Candidate candidate =
            new Candidate(address, address.isDeprecatedAt(run.queue.now()), out.filter(device::is).isPresent(), to);
        boolean usable = !address.isTentativeAt(run.queue.now()) && !address.address().isMulticast();
        if (usable && best.map(b -> candidate.beats(b)).orElse(true)) {
          best = Optional.of(candidate);
        }
      }
    }
    return best.<IpAddress>map(c -> c.address().address()).orElse(Ipv6Address.ANY);
  }

  /** An address with what the rules look at. */
  private record Candidate(Inet6Address address, boolean deprecated, boolean onDevice, Ipv6Address to) {
    boolean beats(Candidate other) {
      Ipv6Address own = address.address();
      Ipv6Address theirs = other.address.address();
      if (own.equals(to) != theirs.equals(to)) {
        return own.equals(to);
      }
      int scope = scopeOf(own);
      int otherScope = scopeOf(theirs);
      int wanted = scopeOf(to);
      if (scope != otherScope) {
        return scope > otherScope ? otherScope < wanted : scope >= wanted;
      }
      if (deprecated != other.deprecated) {
        return other.deprecated;
      }
      if (onDevice != other.onDevice) {
        return onDevice;
      }
      boolean labelled = Labels6.of(own) == Labels6.of(to);
      if (labelled != (Labels6.of(theirs) == Labels6.of(to))) {
        return labelled;
      }
      return matching() > other.matching();
    }

    private int matching() {
      return Math.min(address.address().commonBits(to), address.local().length());
    }

    /** Kernel __ipv6_addr_src_scope. */
    private static int scopeOf(Ipv6Address address) {
      if (address.isMulticast()) {
        return address.groupScope();
      }
      if (address.isLinkLocal() || address.isLoopback()) {
        return 2;
      }
      return address.isSiteLocal() ? 5 : 14;
    }
  }

  /** The policy table of RFC 6724 2.1 (kernel net/ipv6/addrlabel.c). */
  private static final class Labels6 {
    private static final List<Map.Entry<IpPrefix, Integer>> TABLE =
        List.of(entry("::1/128", 0), entry("::ffff:0:0/96", 4), entry("::/96", 3), entry("2001::/32", 6),
            entry("2001:10::/28", 7), entry("fec0::/10", 11), entry("fc00::/7", 5), entry("2002::/16", 2),
            entry("3ffe::/16", 12), entry("::/0", 1));

    private static Map.Entry<IpPrefix, Integer> entry(String prefix, int label) {
      return Map.entry(IpPrefix.of(prefix), label);
    }

    static int of(Ipv6Address address) {
      return TABLE.stream().filter(e -> e.getKey().contains(address)).findFirst().orElseThrow().getValue();
    }
  }

  /** Whether a device has an address and has made sure that nobody else has it. */
  boolean holds(NetDev device, Ipv6Address address) {
    return device.device().inet6().addresses().stream()
        .anyMatch(a -> a.address().equals(address) && !a.isTentativeAt(run.queue.now()));
  }

  /** Whether a router answers to an address as the first of one of its networks (RFC 4291 2.6.1). */
  boolean isAnycast(NetDev device, Ipv6Address address) {
    return device.device().inet6().addresses().stream()
        .anyMatch(a -> a.local().length() < 127 && a.network().equals(address));
  }

  /** The link-local address that a device speaks from to its neighbours. */
  Optional<Ipv6Address> linkLocal(NetDev device) {
    return device.device().inet6().addresses().stream().filter(a -> !a.isTentativeAt(run.queue.now()))
        .map(Inet6Address::address).filter(Ipv6Address::isLinkLocal).findFirst();
  }

  /** Whether any device of a namespace has an address. */
  boolean isOwn(NetnsId netns, Ipv6Address address) {
    return run.fabric.devices(netns).stream().anyMatch(d -> holds(d, address));
  }
}
