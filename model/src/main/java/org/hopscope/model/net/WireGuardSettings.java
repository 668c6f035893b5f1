package org.hopscope.model.net;

import java.util.Comparator;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.WireGuardKey;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * What {@code wg set} says of a device (kernel drivers/net/wireguard/device.h struct wg_device).
 *
 * @param privateKey its own key
 * @param port the UDP port it listens on; 0 until one is said or drawn, which happens when the device is switched on
 * @param mark what its packets outside wear, 0 for nothing
 * @param peers its peers in the order in which they were given
 */
public record WireGuardSettings(Optional<WireGuardKey> privateKey, int port, int mark, PVector<WireGuardPeer> peers) {
  /** Those of a new device. */
  public static final WireGuardSettings NONE =
      new WireGuardSettings(Optional.empty(), 0, 0, TreePVector.empty());

  /** The key that others know it by. */
  public Optional<WireGuardKey> publicKey() {
    return privateKey.map(WireGuardKey::publicKey);
  }

  /** The peer with a public key. */
  public Optional<WireGuardPeer> peer(WireGuardKey key) {
    return peers.stream().filter(p -> p.key().equals(key)).findFirst();
  }

  /** Behind which peer an address is: that with the longest allowed prefix (kernel allowedips.c find_node). */
  public Optional<WireGuardPeer> behind(IpAddress address) {
    return peers.stream().filter(p -> longest(p, address) >= 0)
        .max(Comparator.comparingInt(p -> longest(p, address)));
  }

  private static int longest(WireGuardPeer peer, IpAddress address) {
    return peer.allowedIps().stream()
        .filter(a -> a.address().family() == address.family() && a.contains(address))
        .mapToInt(IpPrefix::length).max().orElse(-1);
  }

  public WireGuardSettings withPrivateKey(Optional<WireGuardKey> value) {
    return new WireGuardSettings(value, port, mark, peers);
  }

  public WireGuardSettings withPort(int value) {
    return new WireGuardSettings(privateKey, value, mark, peers);
  }

  public WireGuardSettings withMark(int value) {
    return new WireGuardSettings(privateKey, port, value, peers);
  }

  public WireGuardSettings withPeers(PVector<WireGuardPeer> value) {
    return new WireGuardSettings(privateKey, port, mark, value);
  }

  /** With a peer put in the place of the one with its key, or behind all others. */
  public WireGuardSettings with(WireGuardPeer peer) {
    for (int i = 0; i < peers.size(); i++) {
      if (peers.get(i).key().equals(peer.key())) {
        return withPeers(peers.with(i, peer));
      }
    }
    return withPeers(peers.plus(peer));
  }
}
