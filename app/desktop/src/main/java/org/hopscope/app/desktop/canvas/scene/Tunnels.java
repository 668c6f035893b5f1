package org.hopscope.app.desktop.canvas.scene;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Remote;

/**
 * Which tunnels of a lab lead to each other: one of them knows the other's address as a far end, or WireGuard's know each
 * other's keys. Whether packets get through is another question.
 */
final class Tunnels {
  private final LabState lab;
  private final Map<IpAddress, Set<NetnsId>> owners = new HashMap<>();
  private final List<Tunnel> found = new ArrayList<>();
  private final Set<Set<DeviceId>> pairs = new HashSet<>();

  /**
   * Two ends.
   *
   * @param label what is written on it: the network's number or the protocol
   */
  record Tunnel(DeviceId one, DeviceId other, String label) {
  }

  private Tunnels(LabState lab) {
    this.lab = lab;
  }

  /** All of them, each once; ends in the order of the lab's devices. */
  static List<Tunnel> of(LabState lab) {
    List<Device> wrapping = lab.devices().values().stream().filter(d -> d.kind() instanceof DeviceKind.Tunnel).toList();
    List<Device> keyed = lab.devices().values().stream().filter(d -> d.kind() instanceof DeviceKind.WireGuard).toList();
    if (wrapping.size() + keyed.size() < 2) {
      return List.of();
    }
    Tunnels tunnels = new Tunnels(lab);
    if (wrapping.size() > 1) {
      lab.devices().values().forEach(tunnels::note);
      wrapping.forEach(d -> tunnels.wrapping(d, (DeviceKind.Tunnel) d.kind(), wrapping));
    }
    tunnels.keyed(keyed);
    return List.copyOf(tunnels.found);
  }

  private void note(Device device) {
    Stream.concat(device.addresses().stream().map(a -> a.address()), device.inet6().addresses().stream()
        .map(a -> a.address())).forEach(a -> owners.computeIfAbsent(a, _ -> new HashSet<>()).add(device.netns()));
  }

  private void wrapping(Device device, DeviceKind.Tunnel kind, List<Device> all) {
    Stream<IpAddress> learned = lab.learned().fdb(device.id()).present().stream()
        .flatMap(e -> e.remotes().stream()).map(Remote::address);
    Set<NetnsId> homes = new HashSet<>();
    Stream.concat(kind.outer().remote().stream(), learned).forEach(a -> homes.addAll(owners.getOrDefault(a, Set.of())));
    homes.remove(kind.home());
    for (Device other : all) {
      DeviceKind.Tunnel there = (DeviceKind.Tunnel) other.kind();
      if (homes.contains(there.home()) && label(kind).equals(label(there)) && takes(there, kind.home())) {
        add(device.id(), other.id(), label(kind));
      }
    }
  }

  /** Whether packets from somewhere are a device's: an IP tunnel takes its own far end's, and the driver's own has none. */
  private boolean takes(DeviceKind.Tunnel there, NetnsId from) {
    return !(there instanceof DeviceKind.IpTunnel tunnel) || !tunnel.isFallback() && tunnel.outer().remote()
        .map(a -> owners.getOrDefault(a, Set.of()).contains(from)).orElse(true);
  }

  /** What is written on a tunnel: both ends must say the same. */
  private static String label(DeviceKind.Tunnel kind) {
    return kind instanceof DeviceKind.Vxlan vxlan
        ? "VNI " + vxlan.settings().id()
        : kind.driver().word();
  }

  private void keyed(List<Device> all) {
    Map<WireGuardKey, Device> byKey = new HashMap<>();
    all.forEach(d -> settings(d).publicKey().ifPresent(k -> byKey.put(k, d)));
    for (Device device : all) {
      Optional<WireGuardKey> own = settings(device).publicKey();
      settings(device).peers().forEach(p -> Optional.ofNullable(byKey.get(p.key()))
          .filter(other -> own.flatMap(k -> settings(other).peer(k)).isPresent())
          .ifPresent(other -> add(device.id(), other.id(), "WireGuard")));
    }
  }

  private static org.hopscope.model.net.WireGuardSettings settings(Device device) {
    return ((DeviceKind.WireGuard) device.kind()).settings();
  }

  private void add(DeviceId one, DeviceId other, String label) {
    if (!one.equals(other) && pairs.add(Set.of(one, other))) {
      found.add(one.compareTo(other) < 0 ? new Tunnel(one, other, label) : new Tunnel(other, one, label));
    }
  }
}
