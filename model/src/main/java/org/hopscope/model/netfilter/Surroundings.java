package org.hopscope.model.netfilter;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.pcollections.PSortedMap;

/** What matches ask of the namespace around them. */
public interface Surroundings {
  /** What an address is; with a device's name, whether it is that by this device. */
  AddressType typeOf(IpAddress address, Optional<String> device);

  /** The number of the device by which the namespace reaches an address, by {@code only} this one if one is named. */
  Optional<Integer> wayOut(IpAddress to, Optional<String> only);

  /** Whether answers to a packet find their way back to where it came from. */
  boolean leadsBack(Back question);

  /**
   * What is asked of the way back (kernel net/ipv4/netfilter/ipt_rpfilter.c, net/ipv6/netfilter/ip6t_rpfilter.c).
   *
   * @param to who sent the packet
   * @param from whom it was for; empty when that is a group or a broadcast
   * @param in the name of the device it came in by
   * @param mark what policy rules see, 0 for none
   * @param trafficClass IPv4's type of service; IPv6 does not look at it
   * @param loose whether any device will do
   * @param takesLocal whether it may come from an address of the own host
   */
  record Back(IpAddress to, Optional<IpAddress> from, String in, int mark, int trafficClass, boolean loose,
      boolean takesLocal) {
  }

  /** Whose socket a packet that came in is for. */
  Optional<Socket> socket(PacketView view);

  /** A program's socket: it listens on all addresses, or is bound to the packet's own. */
  enum Socket {
    WILDCARD, BOUND
  }

  /** The number of a device of the namespace. */
  Optional<Integer> index(String device);

  /** The sets of the namespace by name. */
  PSortedMap<String, IpSet> sets();

  /** The lab's clock in nanoseconds. */
  long now();

  /** What every random choice follows from. */
  long seed();
}
