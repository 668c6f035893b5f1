package org.hopscope.model.ovs;

import org.hopscope.model.packet.Packet;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What a flow table looks at (Open vSwitch struct flow): a packet, and what the switch notes on it.
 *
 * @param inPort the port it came in by
 * @param tunnel the tunnel's key: of what came in by one, and of what is to leave by one
 * @param registers the switch's own scratch pad, by number; 0 unless written
 * @param packet the frame
 */
public record FlowKey(int inPort, long tunnel, PSortedMap<Integer, Long> registers, Packet packet) {
  /** A frame that came in by a port, not by a tunnel. */
  public static FlowKey of(int inPort, long tunnel, Packet packet) {
    return new FlowKey(inPort, tunnel, TreePMap.empty(), packet);
  }

  public FlowKey with(Packet changed) {
    return new FlowKey(inPort, tunnel, registers, changed);
  }

  public FlowKey withInPort(int port) {
    return new FlowKey(port, tunnel, registers, packet);
  }

  public FlowKey withTunnel(long key) {
    return new FlowKey(inPort, key, registers, packet);
  }

  FlowKey withRegister(int number, long value) {
    return new FlowKey(inPort, tunnel, registers.plus(number, value), packet);
  }
}
