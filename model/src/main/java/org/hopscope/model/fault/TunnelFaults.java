package org.hopscope.model.fault;

import java.util.List;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Remote;
import org.hopscope.model.net.WireGuardPeer;

/** What can be broken about a VLAN, a VXLAN or a WireGuard device: numbers, far ends, keys. */
final class TunnelFaults {
  private final LabState lab;
  private final Breakages ways;

  TunnelFaults(LabState lab, Breakages ways) {
    this.lab = lab;
    this.ways = ways;
  }

  void add(Device device) {
    NetnsId at = device.netns();
    String name = device.name();
    if (device.kind() instanceof DeviceKind.WireGuard(var _, var settings)) {
      for (WireGuardPeer peer : settings.peers()) {
        can("wireguard-allowed", at, Breakages.named("wg set", "allowed-ips"),
            "wg set " + name + " peer " + peer.key() + " allowed-ips 10.77.0.0/24");
        can("wireguard-endpoint", at, Breakages.named("wg set", "endpoint"),
            "wg set " + name + " peer " + peer.key() + " endpoint 203.0.113.77:51820");
        can("wireguard-no-peer", at, Breakages.named("wg set", "peer"),
            "wg set " + name + " peer " + peer.key() + " remove");
      }
      can("wireguard-port", at, List.of(List.of("wg set", "endpoint"), List.of("wg set", "listen-port")),
          "wg set " + name + " listen-port 5555");
    }
    numbered(device);
  }

  private void numbered(Device device) {
    NetnsId at = device.netns();
    String name = device.name();
    InterfaceAddress first = device.globalAddresses().stream().findFirst().orElse(InterfaceAddress.of("0.0.0.0/0"));
    String readd = "ip addr add " + first + " dev " + name;
    switch (device.kind()) {
      case DeviceKind.Vlan(var below, int id, int _) ->
          can("vlan-id", at, Breakages.named("vlan", "id " + id), "ip link del dev " + name,
              "ip link add link " + lab.device(below).name() + " name " + name + " type vlan id " + (id + 33), readd,
              "ip link set dev " + name + " up");
      case DeviceKind.Vxlan(var home, var outer, var settings) -> {
        if (home.equals(at) && outer.remote().isPresent()) {
          for (int i = 0; i < 3; i++) {
            String add = "ip link add " + name + " type vxlan id " + (settings.id() + (i == 0 ? 1 : 0)) + " remote "
                + (i == 1 ? "172.30.250.250" : outer.remote().get()) + " dstport "
                + (settings.port() + (i == 2 ? 1 : 0));
            String then = device.port().map(p -> "ip link set dev " + name + " master " + lab.device(p.bridge()).name())
                .orElse(readd);
            can(List.of("vni", "vxlan-remote", "vxlan-port").get(i), at, Breakages.named("vxlan"),
                "ip link del dev " + name, add,
                then,
                "ip link set dev " + name + " up");
          }
        }
        lab.learned().fdb(device.id()).rows().values().forEach(row -> {
          for (Remote remote : row.remotes()) {
            can("vxlan-fdb", at, List.of(List.of("bridge fdb", "dst " + remote.address())),
                "bridge fdb del " + row.mac() + " dev " + name + " dst " + remote.address(),
                "bridge fdb append " + row.mac() + " dev " + name + " dst 172.30.99.99");
            can("vxlan-fdb-missing", at, List.of(List.of("bridge fdb", "dst " + remote.address())),
                "bridge fdb del " + row.mac() + " dev " + name + " dst " + remote.address());
          }
        });
      }
      default -> {
      }
    }
  }

  private void can(String kind, NetnsId at, List<List<String>> marks, String... lines) {
    ways.can(kind, at, marks, lines);
  }
}
