package org.hopscope.model.why;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.trace.DropReason;

/** What may be wrong with gre, gretap, ipip and sit tunnels: one of the ends, or the key. */
final class IpTunnelIdeas {
  private static final int MOST = 6;

  private final Scene scene;
  private final Ideas ideas;

  private IpTunnelIdeas(Scene scene, Ideas ideas) {
    this.scene = scene;
    this.ideas = ideas;
  }

  static void have(Scene scene, Ideas ideas) {
    IpTunnelIdeas tunnels = new IpTunnelIdeas(scene, ideas);
    boolean died = scene.died(DropReason.NO_TUNNEL_ENDS, DropReason.NO_REMOTE, DropReason.NO_TUNNEL);
    for (Device device : scene.lab.devices().values()) {
      if (device.kind() instanceof DeviceKind.IpTunnel tunnel && !tunnel.isFallback()
          && (died || scene.devices.contains(device.id()))) {
        tunnels.ends(device, tunnel, died ? 0.05 : 0.5);
      }
    }
  }

  private void ends(Device device, DeviceKind.IpTunnel tunnel, double cost) {
    LabState lab = scene.lab;
    lab.devices().values().stream().filter(d -> !d.id().equals(device.id())).forEach(other -> {
      if (other.kind() instanceof DeviceKind.IpTunnel far && far.driver() == tunnel.driver() && !far.isFallback()) {
        remotes(far).stream().limit(MOST).filter(a -> !tunnel.outer().remote().equals(Optional.of(a)))
            .forEach(a -> set(device, tunnel, "remote " + a, cost, "iptunnel.remote", a));
        keys(device, tunnel, far, cost);
      }
    });
    own(tunnel).stream().limit(MOST).filter(a -> !tunnel.outer().local().equals(Optional.of(a)))
        .forEach(a -> set(device, tunnel, "local " + a, cost + (isOwn(tunnel) ? 0.2 : 0), "iptunnel.local", a));
  }

  /** By which addresses a tunnel's end can be sent to: the one it sends from, and those of its host. */
  private Set<IpAddress> remotes(DeviceKind.IpTunnel far) {
    Set<IpAddress> all = new LinkedHashSet<>();
    far.outer().local().ifPresent(all::add);
    all.addAll(own(far));
    return all;
  }

  private Set<IpAddress> own(DeviceKind.IpTunnel tunnel) {
    Set<IpAddress> all = new LinkedHashSet<>();
    scene.lab.devicesOf(tunnel.home()).stream()
        .filter(d -> !d.isLoopback() && !(d.kind() instanceof DeviceKind.Tunnel))
        .flatMap(d -> d.globalAddresses(IpFamily.INET).stream()).map(InterfaceAddress::address).forEach(all::add);
    return all;
  }

  private boolean isOwn(DeviceKind.IpTunnel tunnel) {
    return tunnel.outer().local().filter(a -> !own(tunnel).contains(a)).isEmpty();
  }

  /** The far end's key; its own where that end has none. */
  private void keys(Device device, DeviceKind.IpTunnel tunnel, DeviceKind.IpTunnel far, double cost) {
    boolean differ = !far.settings().outKey().equals(tunnel.settings().inKey())
        || !far.settings().inKey().equals(tunnel.settings().outKey());
    far.settings().outKey().filter(_ -> differ).ifPresent(key -> set(device, tunnel,
        "key " + Integer.toUnsignedString(key), cost, "iptunnel.key", Integer.toUnsignedString(key)));
    if (differ && far.settings().outKey().isEmpty() && far.settings().inKey().isEmpty()) {
      Optional<Integer> own = tunnel.settings().outKey().or(tunnel.settings()::inKey);
      own.ifPresent(key -> scene.lab.devices().values().stream().filter(d -> d.kind().equals(far)).forEach(
          d -> set(d, far, "key " + Integer.toUnsignedString(key), cost, "iptunnel.key",
              Integer.toUnsignedString(key))));
    }
  }

  private void set(Device device, DeviceKind.IpTunnel tunnel, String words, double cost, String key, Object right) {
    ideas.add(cost + scene.distance(device.netns()), Sentences.say(key, scene.name(device), right), device.netns(),
        "ip link set dev " + device.name() + " type " + tunnel.driver().word() + " " + words);
  }
}
