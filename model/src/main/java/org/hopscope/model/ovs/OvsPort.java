package org.hopscope.model.ovs;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/**
 * A port of a bridge with its one interface (ovs-vswitchd.conf.db(5) Port, Interface). Bonds are not modelled.
 *
 * @param name its name, and that of the device behind it
 * @param number by which flows name it: 1 and up, {@link #LOCAL} for the bridge's own one
 * @param tag the VLAN that it is an access port of
 * @param trunks the VLANs that it carries tagged when it has no {@code tag}; all where none are said
 * @param type what is behind it
 */
public record OvsPort(String name, int number, Optional<Integer> tag, PSortedSet<Integer> trunks, Type type) {
  /** OFPP_LOCAL of OpenFlow 1.0. */
  public static final int LOCAL = 65534;

  public OvsPort {
    trunks = TreePSet.from(trunks);
  }

  /** What is behind a port. */
  public sealed interface Type {
    /** A device of the host, by the port's name; nothing while there is none. */
    record System() implements Type {
    }

    /** A device that the switch makes, by which the host itself is on the bridge. */
    record Internal() implements Type {
    }

    /**
     * A port of another bridge.
     *
     * @param peer the name of that port, which must name this one
     */
    record Patch(Optional<String> peer) implements Type {
    }

    /**
     * A tunnel.
     *
     * @param kind {@code vxlan}, {@code gre} or {@code geneve}
     * @param remote the far end
     * @param key the network's number, or GRE's key
     * @param flowKey whether flows say the key ({@code options:key=flow})
     */
    record Tunnel(Kind kind, Optional<IpAddress> remote, Optional<Integer> key, boolean flowKey) implements Type {
    }

    /** The kinds of tunnels. */
    enum Kind {
      VXLAN, GRE, GENEVE
    }
  }

  /** Whether frames of a VLAN may pass; 0 stands for no VLAN. */
  public boolean carries(int vlan) {
    return tag.map(t -> t == vlan).orElseGet(() -> trunks.isEmpty() || trunks.contains(vlan));
  }

  public OvsPort withTag(Optional<Integer> value) {
    return new OvsPort(name, number, value, trunks, type);
  }

  public OvsPort withTrunks(PSortedSet<Integer> value) {
    return new OvsPort(name, number, tag, value, type);
  }

  public OvsPort withType(Type value) {
    return new OvsPort(name, number, tag, trunks, value);
  }

  public OvsPort withNumber(int value) {
    return new OvsPort(name, value, tag, trunks, type);
  }
}
