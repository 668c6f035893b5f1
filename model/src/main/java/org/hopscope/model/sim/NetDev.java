package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.PortState;

/**
 * A device with what follows from its wiring, worked out once for a simulation (kernel struct net_device).
 *
 * @param device the device
 * @param carrier whether somebody is at the other end
 * @param mac the hardware address it wears
 * @param mtu its MTU in bytes
 * @param state for a bridge port: what it does with frames, unless the spanning tree protocol has a say: see {@link Fabric#state}
 */
record NetDev(Device device, boolean carrier, MacAddress mac, int mtu, PortState state) {
  DeviceId id() {
    return device.id();
  }

  NetnsId netns() {
    return device.netns();
  }

  boolean isUp() {
    return device.isUp();
  }

  /** Whether frames on it begin with an Ethernet header. */
  boolean hasHeader() {
    return device.kind().driver().hardware() != Driver.Hardware.NONE;
  }

  /** Whether next hops on it are never asked for their hardware addresses (kernel IFF_NOARP). */
  boolean noArp() {
    return device.kind().flags().contains("NOARP");
  }

  boolean isLoopback() {
    return device.isLoopback();
  }

  Optional<BridgePort> port() {
    return device.port();
  }

  /** Whether a switch of it is on; it must be a port. */
  boolean has(PortFlag flag) {
    return device.port().orElseThrow().has(flag);
  }

  boolean is(NetDev other) {
    return id().equals(other.id());
  }
}
