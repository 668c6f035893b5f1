package org.hopscope.model.net;

import org.hopscope.model.addr.MacAddress;

/**
 * A device of a bond, with what it gets back when it leaves (kernel struct slave).
 *
 * @param device which
 * @param mac the hardware address it had
 * @param macByHand whether someone had chosen it
 * @param mtu the MTU it had
 */
public record BondSlave(DeviceId device, MacAddress mac, boolean macByHand, int mtu) {
}
