package org.hopscope.model.net;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;

/**
 * What a tunnel writes into the header outside (kernel struct ip_tunnel_parm, struct vxlan_config): the ends of the
 * tunnel, and how its packets travel between them.
 *
 * @param local the own end; empty where the routing tables choose it for each packet
 * @param remote the far end, which for a vxlan may be a group; empty where each packet finds its own, or none
 * @param device the device that the packets leave by, one of the tunnel's home; empty where any will do
 * @param ttl how many routers they may cross
 * @param inheritTos whether the type of service is copied from the packet inside ({@code tos inherit}); no packet of the
 *     model has one other than 0
 */
public record Outer(Optional<IpAddress> local, Optional<IpAddress> remote, Optional<DeviceId> device, Ttl ttl,
    boolean inheritTos) {
  /** How the TTL of a packet outside is chosen. */
  public sealed interface Ttl {
    /** That of the route, or of the namespace. */
    Ttl AUTO = new Auto();
    /** That of the packet inside, where it has one. */
    Ttl INHERIT = new Inherit();

    /** See {@link #AUTO}. */
    record Auto() implements Ttl {
    }

    /** See {@link #INHERIT}. */
    record Inherit() implements Ttl {
    }

    /**
     * One that somebody chose.
     *
     * @param hops 1 to 255
     */
    record Fixed(int hops) implements Ttl {
    }
  }
}
