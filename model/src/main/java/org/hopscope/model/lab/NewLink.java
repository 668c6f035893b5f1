package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.DeviceRef;

/**
 * What a device is made with.
 *
 * @param ref where and how it is called
 * @param mac a hardware address, or one from the lab's seed
 * @param mtu an MTU, or the kind's own
 * @param index an interface number, or the next free one
 * @param up whether it is switched on at once
 */
public record NewLink(DeviceRef ref, Optional<MacAddress> mac, Optional<Integer> mtu, Optional<Integer> index,
    boolean up) {
  /** With nothing said but its name. */
  public static NewLink named(DeviceRef ref) {
    return new NewLink(ref, Optional.empty(), Optional.empty(), Optional.empty(), false);
  }
}
