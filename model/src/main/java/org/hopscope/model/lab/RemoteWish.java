package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.DeviceRef;

/**
 * A far end as {@code bridge fdb} says it.
 *
 * @param address {@code dst}
 * @param port {@code port}; the device's own unless said
 * @param vni {@code vni}; the device's own unless said
 * @param via {@code via}; any device unless said
 */
public record RemoteWish(IpAddress address, Optional<Integer> port, Optional<Integer> vni, Optional<DeviceRef> via) {
}
