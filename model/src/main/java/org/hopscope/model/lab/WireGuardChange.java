package org.hopscope.model.lab;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.net.Endpoint;

/**
 * What one {@code wg set} or {@code wg setconf} asks of a device (kernel drivers/net/wireguard/netlink.c
 * wg_set_device); what is empty stays.
 *
 * @param privateKey another private key; zeros take it away
 * @param port another port
 * @param mark another mark
 * @param replacePeers whether all peers go first
 * @param peers what is asked of each peer, in order
 */
public record WireGuardChange(Optional<WireGuardKey> privateKey, Optional<Integer> port, Optional<Integer> mark,
    boolean replacePeers, List<Peer> peers) {
  public WireGuardChange {
    peers = List.copyOf(peers);
  }

  /**
   * What is asked of a peer, which is made if there is none with this key.
   *
   * @param key its public key
   * @param remove whether it goes
   * @param preshared another preshared key; zeros take it away
   * @param endpoint another endpoint
   * @param keepalive another interval in seconds, 0 for none
   * @param allowedIps addresses in place of all it had; those of other peers become its own
   */
  public record Peer(WireGuardKey key, boolean remove, Optional<WireGuardKey> preshared, Optional<Endpoint> endpoint,
      Optional<Integer> keepalive, Optional<List<IpPrefix>> allowedIps) {
    /** Nothing but that it is there. */
    public static Peer of(WireGuardKey key) {
      return new Peer(key, false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Peer removed() {
      return new Peer(key, true, preshared, endpoint, keepalive, allowedIps);
    }

    public Peer withPreshared(WireGuardKey value) {
      return new Peer(key, remove, Optional.of(value), endpoint, keepalive, allowedIps);
    }

    public Peer withEndpoint(Endpoint value) {
      return new Peer(key, remove, preshared, Optional.of(value), keepalive, allowedIps);
    }

    public Peer withKeepalive(int value) {
      return new Peer(key, remove, preshared, endpoint, Optional.of(value), allowedIps);
    }

    public Peer withAllowedIps(List<IpPrefix> value) {
      return new Peer(key, remove, preshared, endpoint, keepalive, Optional.of(List.copyOf(value)));
    }
  }
}
