package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;

/**
 * A next hop as a command says it.
 *
 * @param via the gateway
 * @param device the device's name
 * @param onlink whether the gateway is taken to be on the link
 * @param weight its share among several, 1 to 256
 */
public record NewHop(Optional<IpAddress> via, Optional<String> device, boolean onlink, int weight) {
}
