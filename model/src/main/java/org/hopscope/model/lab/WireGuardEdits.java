package org.hopscope.model.lab;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Transport;
import org.hopscope.model.net.WireGuardPeer;
import org.hopscope.model.net.WireGuardSession;
import org.hopscope.model.net.WireGuardSettings;
import org.pcollections.PSortedMap;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/**
 * WireGuard devices and their peers (kernel drivers/net/wireguard/device.c, netlink.c, peer.c). Not checked against a
 * kernel: the one at hand has none. Packets go in traces alone: what the kernel sends by itself when a peer or its
 * keepalive is set, or when the device is switched on, is left out; the first packet begins the handshake.
 */
final class WireGuardEdits {
  private static final int FIRST_PORT = 32_768;
  private static final int PORTS = 60_999 - FIRST_PORT + 1;

  private WireGuardEdits() {
  }

  /** wg_newlink: the namespace it is made in keeps its socket. */
  static LabState add(LabState lab, NewLink wish) {
    return Creation.add(lab, wish,
        new DeviceKind.WireGuard(Optional.of(wish.ref().netns()), WireGuardSettings.NONE));
  }

  /** wg_set_device: all or nothing here, where the kernel would keep what it did before it met an error. */
  static LabState set(LabState lab, DeviceRef ref, WireGuardChange change) {
    Device device = lab.find(ref).orElseThrow(() -> RefusedException.kernel(Errno.ENODEV));
    if (!(device.kind() instanceof DeviceKind.WireGuard wg)) {
      throw RefusedException.kernel(Errno.EOPNOTSUPP);
    }
    if ((change.port().isPresent() || change.mark().isPresent()) && wg.home().isEmpty()) {
      throw RefusedException.kernel(Errno.EPERM);
    }
    LabState next = lab;
    WireGuardSettings settings = wg.settings();
    if (change.port().isPresent() && change.port().get() != settings.port()) {
      int port = change.port().get();
      int bound = device.isUp() ? bind(lab, device, wg.home().orElseThrow(), port) : port;
      settings = settings.withPort(bound);
    }
    settings = settings.withMark(change.mark().orElse(settings.mark()));
    if (change.replacePeers()) {
      next = sessions(next, device, TreePMap.empty());
      settings = settings.withPeers(TreePVector.empty());
    }
    Optional<WireGuardKey> key = change.privateKey().map(WireGuardKey::clamped);
    if (key.isPresent() && !key.equals(settings.privateKey())) {
      settings = identity(settings, change.privateKey().get());
      next = withoutKeys(next, device);
    }
    for (WireGuardChange.Peer peer : change.peers()) {
      settings = peer(settings, peer);
      next = peer.endpoint().isPresent() ? lost(next, device, peer.key()) : next;
    }
    PSortedMap<WireGuardKey, WireGuardSession> kept = known(next, device);
    for (WireGuardKey gone : kept.keySet()) {
      kept = settings.peer(gone).isEmpty() ? kept.minus(gone) : kept;
    }
    return sessions(next, device, kept).with(device.withKind(wg.withSettings(settings)));
  }

  /** Zeros are no identity; a peer with the own key goes. */
  private static WireGuardSettings identity(WireGuardSettings old, WireGuardKey key) {
    WireGuardSettings settings =
        old.withPrivateKey(key.equals(WireGuardKey.ZERO) ? Optional.empty() : Optional.of(key.clamped()));
    Optional<WireGuardKey> own = settings.publicKey();
    return settings.withPeers(
        TreePVector.from(settings.peers().stream().filter(p -> !own.equals(Optional.of(p.key()))).toList()));
  }

  /** set_peer. */
  private static WireGuardSettings peer(WireGuardSettings settings, WireGuardChange.Peer asked) {
    Optional<WireGuardPeer> known = settings.peer(asked.key());
    if (asked.remove()) {
      return known.map(p -> settings.withPeers(settings.peers().minus(p))).orElse(settings);
    }
    if (known.isEmpty() && settings.publicKey().equals(Optional.of(asked.key()))) {
      return settings;
    }
    WireGuardPeer peer = known.orElseGet(() -> WireGuardPeer.of(asked.key()));
    if (asked.preshared().isPresent()) {
      peer = peer.withPreshared(asked.preshared().filter(k -> !k.equals(WireGuardKey.ZERO)));
    }
    if (asked.endpoint().isPresent()) {
      peer = peer.withEndpoint(asked.endpoint().get());
    }
    peer = peer.withKeepalive(asked.keepalive().orElse(peer.keepalive()));
    if (asked.allowedIps().isEmpty()) {
      return settings.with(peer);
    }
    PVector<IpPrefix> own = TreePVector.empty();
    for (IpPrefix prefix : asked.allowedIps().get()) {
      own = own.contains(prefix) ? own : own.plus(prefix);
    }
    return taken(settings, own).with(peer.withAllowedIps(own));
  }

  /** An address has one owner: whoever had one of these has it no more (allowedips.c). */
  private static WireGuardSettings taken(WireGuardSettings settings, List<IpPrefix> prefixes) {
    WireGuardSettings left = settings;
    for (WireGuardPeer other : settings.peers()) {
      left = left.with(other.withAllowedIps(other.allowedIps().minusAll(prefixes)));
    }
    return left;
  }

  private static PSortedMap<WireGuardKey, WireGuardSession> known(LabState lab, Device device) {
    return lab.learned().wireguard().getOrDefault(device.id(), TreePMap.empty());
  }

  private static LabState sessions(LabState lab, Device device, PSortedMap<WireGuardKey, WireGuardSession> value) {
    return lab.withLearned(lab.learned().withSessions(device.id(), value));
  }

  private static LabState withoutKeys(LabState lab, Device device) {
    PSortedMap<WireGuardKey, WireGuardSession> left = known(lab, device);
    for (WireGuardKey key : left.keySet()) {
      left = left.plus(key, left.get(key).withoutKeys());
    }
    return sessions(lab, device, left);
  }

  private static LabState lost(LabState lab, Device device, WireGuardKey key) {
    return lab.withLearned(
        lab.learned().withSession(device.id(), key, lab.learned().session(device.id(), key).lost()));
  }

  /** wg_open: the socket is bound; redirects are sent no more, neither by the device nor in its namespace. */
  static LabState open(LabState lab, Device device) {
    if (!(device.kind() instanceof DeviceKind.WireGuard wg)) {
      return lab;
    }
    NetnsId home = wg.home().orElseThrow(() -> RefusedException.kernel(Errno.ENONET));
    int port = bind(lab, device, home, wg.settings().port());
    Device bound = device.withKind(wg.withSettings(wg.settings().withPort(port)))
        .withConf(device.conf().plus("ipv4.conf.send_redirects", "0").plus("ipv6.conf.addr_gen_mode", "1"));
    Netns netns = lab.find(device.netns()).orElseThrow();
    return lab.with(bound).with(netns.withSysctls(netns.sysctls().plus("net.ipv4.conf.all.send_redirects", "0")));
  }

  /** wg_stop: all keys go. */
  static LabState stop(LabState lab, Device device) {
    return withoutKeys(lab, device);
  }

  /** The port that is asked for, or one that is free (wg_socket_init); it must be nobody else's. */
  private static int bind(LabState lab, Device device, NetnsId home, int asked) {
    if (asked != 0) {
      if (isTaken(lab, device, home, asked)) {
        throw RefusedException.kernel(Errno.EADDRINUSE);
      }
      return asked;
    }
    int at = Math.floorMod(WireGuardKey.drawn("port " + lab.basis().seed() + " " + device.id()).hashCode(), PORTS);
    while (isTaken(lab, device, home, FIRST_PORT + at)) {
      at = (at + 1) % PORTS;
    }
    return FIRST_PORT + at;
  }

  private static boolean isTaken(LabState lab, Device own, NetnsId home, int port) {
    boolean server = lab.find(home).stream().flatMap(n -> n.servers().stream())
        .anyMatch(s -> s.transport() == Transport.UDP && s.port().value() == port);
    return server || lab.devices().values().stream().anyMatch(d -> !d.id().equals(own.id()) && d.isUp()
        && d.kind() instanceof DeviceKind.WireGuard wg && wg.home().equals(Optional.of(home))
        && wg.settings().port() == port);
  }

  /** wg_netns_pre_exit: where the namespace of its making goes, a device lives on without a socket or a carrier. */
  static LabState homeless(LabState lab, NetnsId gone) {
    LabState left = lab;
    for (Device device : lab.devices().values()) {
      if (device.kind() instanceof DeviceKind.WireGuard wg && wg.home().equals(Optional.of(gone))) {
        left = left.with(device.withKind(new DeviceKind.WireGuard(Optional.empty(), wg.settings())));
      }
    }
    return left;
  }
}
