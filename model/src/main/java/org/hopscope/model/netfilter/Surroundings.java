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

  /** The number of a device of the namespace. */
  Optional<Integer> index(String device);

  /** The sets of the namespace by name. */
  PSortedMap<String, IpSet> sets();

  /** The lab's clock in nanoseconds. */
  long now();

  /** What every random choice follows from. */
  long seed();
}
