package org.hopscope.model.trace;

import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.packet.Packet;

/** What happens in a step. The set is closed: a window, a sentence or an export handles each. */
public sealed interface Event {
  /**
   * A program or the kernel makes the packet.
   *
   * @param by {@code ping}, {@code client}, {@code kernel}, or a server's label
   */
  record Made(String by) implements Event {
  }

  /** A table is asked. */
  record Looked(Lookup lookup) implements Event {
  }

  /** Header fields change: the packet before this step is kept so that the two can be compared. */
  record Rewritten(Packet before, Rewriting why) implements Event {
  }

  /** What is changed on a packet. */
  enum Rewriting {
    /** The link header for the next hop is put on. */
    LINK_HEADER,
    /** A VLAN's tag is put on. */
    VLAN_PUSH,
    /** A VLAN's tag is taken off. */
    VLAN_POP,
    /** The packet is put into another one, for a tunnel. */
    ENCAPSULATION,
    /** The packet inside comes out at the end of a tunnel. */
    DECAPSULATION,
    /** WireGuard enciphers it and wraps it into a packet to the peer. */
    ENCIPHERED,
    /** WireGuard takes out what it carries, and deciphers it. */
    DECIPHERED,
    /** A flow of Open vSwitch has changed it. */
    FLOW,
    /** A router takes one from the TTL, and the old link header off. */
    TTL,
    /** Conntrack puts another source in its place. */
    SOURCE_NAT,
    /** Conntrack puts another destination in its place. */
    DESTINATION_NAT
  }

  /** The frame leaves by the step's device and will be received at {@code to}. */
  record Transmitted(DeviceId to) implements Event {
  }

  /** The frame goes down from the step's device to the one it stands on, without a wire. */
  record HandedDown(DeviceId lower) implements Event {
  }

  /** The frame goes up from the step's device to one that stands on it. */
  record HandedUp(DeviceId upper) implements Event {
  }

  /** The packet goes into the tunnel that the step's device is, to its end at {@code to}. */
  record Tunnelled(IpAddress to) implements Event {
  }

  /** The step's device learns behind which end of its tunnel an address is. */
  record Learned(MacAddress mac, IpAddress end) implements Event {
  }

  /** The host of the step's device notes that the way there takes packets of {@code mtu} bytes at most. */
  record Narrowed(int mtu) implements Event {
  }

  /** The frame comes in at the step's device. */
  record Received() implements Event {
  }

  /** The frame is taken over by the bridge whose port it came in by, or goes from the bridge to its host side. */
  record Switched(DeviceId bridge) implements Event {
  }

  /** It goes on as several copies: flooded by a bridge, or cut into fragments. */
  record Forked(List<Integer> copies) implements Event {
  }

  /** The packet waits until the next hop's hardware address is known. */
  record Parked(IpAddress nextHop) implements Event {
  }

  /** The packet waits until a handshake with a peer has agreed on a key. */
  record Staged(WireGuardKey peer) implements Event {
  }

  /** The packet goes on after waiting. */
  record Resumed() implements Event {
  }

  /** A parked packet has waited in vain: its next hop is asked again, or given up. */
  record Waited(long nanos, IpAddress nextHop) implements Event {
  }

  /** The first packet of a connection has come through: the connection is written into the table. */
  record Confirmed(Connection connection) implements Event {
  }

  /** The packet's way ends here. */
  record Ended(Fate fate) implements Event {
  }
}
