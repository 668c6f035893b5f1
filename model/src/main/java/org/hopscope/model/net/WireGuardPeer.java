package org.hopscope.model.net;

import java.util.Optional;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.WireGuardKey;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * Somebody that a WireGuard device talks to, as configured (kernel drivers/net/wireguard/peer.h struct wg_peer).
 *
 * @param key who it is: its public key
 * @param preshared a secret that both ends mix in
 * @param endpoint where it is reached; it may be found elsewhere since, see {@link WireGuardSession}
 * @param keepalive after how many seconds of silence an empty packet is sent, 0 for never
 * @param allowedIps which addresses are behind it, in the order in which they were given
 */
public record WireGuardPeer(WireGuardKey key, Optional<WireGuardKey> preshared, Optional<Endpoint> endpoint,
    int keepalive, PVector<IpPrefix> allowedIps) {
  /** With nothing said but its key. */
  public static WireGuardPeer of(WireGuardKey key) {
    return new WireGuardPeer(key, Optional.empty(), Optional.empty(), 0, TreePVector.empty());
  }

  public WireGuardPeer withPreshared(Optional<WireGuardKey> value) {
    return new WireGuardPeer(key, value, endpoint, keepalive, allowedIps);
  }

  public WireGuardPeer withEndpoint(Endpoint value) {
    return new WireGuardPeer(key, preshared, Optional.of(value), keepalive, allowedIps);
  }

  public WireGuardPeer withKeepalive(int value) {
    return new WireGuardPeer(key, preshared, endpoint, value, allowedIps);
  }

  public WireGuardPeer withAllowedIps(PVector<IpPrefix> value) {
    return new WireGuardPeer(key, preshared, endpoint, keepalive, value);
  }
}
