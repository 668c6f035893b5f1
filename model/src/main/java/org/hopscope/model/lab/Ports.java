package org.hopscope.model.lab;

import java.util.Optional;
import java.util.SortedMap;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The ports of a bridge, by their numbers there. Immutable; what the bridge takes from them follows from the lab, is worked
 * out when it is first asked, and is kept while nobody leaves and no port gets another address or MTU.
 */
public final class Ports {
  static final Ports NONE = new Ports(TreePMap.empty(), Optional.empty());

  private final PSortedMap<Integer, DeviceId> byNumber;
  /** Two threads that work it out come to the same. */
  private Optional<Sum> sum;

  /**
   * What all ports come to.
   *
   * @param lowest the lowest hardware address
   * @param narrowest the smallest MTU
   * @param joined the place of the one that joined last
   */
  record Sum(MacAddress lowest, int narrowest, int joined) {
    /** Of no port. */
    static final Sum NOTHING = new Sum(MacAddress.BROADCAST, Integer.MAX_VALUE, 0);

    private Sum and(Device port) {
      MacAddress mac = port.link().mac();
      return new Sum(mac.compareTo(lowest) < 0 ? mac : lowest, Math.min(narrowest, port.link().mtu()),
          Math.max(joined, port.port().orElseThrow().joined()));
    }
  }

  private Ports(PSortedMap<Integer, DeviceId> byNumber, Optional<Sum> sum) {
    this.byNumber = byNumber;
    this.sum = sum;
  }

  static Ports of(SortedMap<Integer, DeviceId> byNumber) {
    return new Ports(TreePMap.fromSortedMap(byNumber), Optional.empty());
  }

  PSortedMap<Integer, DeviceId> byNumber() {
    return byNumber;
  }

  /** What they come to in a lab that they are the bridge's ports of. */
  Sum sum(LabState lab) {
    Optional<Sum> known = sum;
    if (known.isEmpty()) {
      Sum all = Sum.NOTHING;
      for (DeviceId port : byNumber.values()) {
        all = all.and(lab.device(port));
      }
      known = Optional.of(all);
      sum = known;
    }
    return known.get();
  }

  Ports with(Device port) {
    return new Ports(byNumber.plus(port.port().orElseThrow().number(), port.id()), sum.map(s -> s.and(port)));
  }

  Ports without(int number) {
    PSortedMap<Integer, DeviceId> left = byNumber.minus(number);
    return left.isEmpty() ? NONE : new Ports(left, Optional.empty());
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Ports that && byNumber.equals(that.byNumber);
  }

  @Override
  public int hashCode() {
    return byNumber.hashCode();
  }

  @Override
  public String toString() {
    return byNumber.toString();
  }

  /** After one of them got another address or MTU. */
  Ports anew() {
    return new Ports(byNumber, Optional.empty());
  }
}
