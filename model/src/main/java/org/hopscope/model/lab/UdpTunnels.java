package org.hopscope.model.lab;

import java.util.OptionalInt;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Transport;

/** The UDP ports that tunnels hear on while they are switched on (kernel net/ipv4/udp_tunnel_core.c udp_sock_create4). */
final class UdpTunnels {
  private UdpTunnels() {
  }

  private static OptionalInt port(DeviceKind kind) {
    return switch (kind) {
      case DeviceKind.Vxlan vxlan -> OptionalInt.of(vxlan.settings().port());
      case DeviceKind.Geneve geneve -> OptionalInt.of(geneve.settings().port());
      case DeviceKind.IpTunnel _,DeviceKind.Loopback _,DeviceKind.Veth _,DeviceKind.Bridge _,DeviceKind.Nic _,DeviceKind.Dummy _,DeviceKind.Tun _,DeviceKind.Vlan _,DeviceKind.Ipvlan _,DeviceKind.Bond _,DeviceKind.Macvlan _,DeviceKind.WireGuard _,DeviceKind.OvsInternal _ ->
          OptionalInt.empty();
    };
  }

  /** Whether a tunnel of a namespace is up and hears on a UDP port. */
  static boolean hears(LabState lab, NetnsId home, int port) {
    return lab.tunnelsOf(home).stream().anyMatch(d -> d.isUp() && hears(d, port));
  }

  private static boolean hears(Device tunnel, int port) {
    OptionalInt own = port(tunnel.kind());
    return own.isPresent() && own.getAsInt() == port;
  }

  /** A tunnel can be switched on when its port is free of programs and of tunnels of another kind (ndo_open). */
  static void checkOpen(LabState lab, DeviceKind.Tunnel tunnel, int port) {
    boolean served = lab.find(tunnel.home()).orElseThrow().servers().stream()
        .anyMatch(s -> s.transport() == Transport.UDP && s.port().value() == port);
    boolean heard = lab.tunnelsOf(tunnel.home()).stream()
        .anyMatch(d -> d.isUp() && d.kind().driver() != tunnel.driver() && hears(d, port));
    if (served || heard) {
      throw RefusedException.kernel(Errno.EADDRINUSE);
    }
  }
}
