package org.hopscope.app.desktop.canvas.tools;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.OuterWish;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.NetnsId;

/**
 * A new tunnel from the palette: from the first address of where it is dropped, to the first that is elsewhere on the same network;
 * where there is none the far end is left to the inspector. A geneve must have one ({@code ip} refuses it without): it gets an
 * address that is nobody's (RFC 5737).
 */
final class TunnelWishes {
  private static final int VXLAN_PORT = 4789;
  private static final IpAddress NOBODY = IpAddress.of("192.0.2.1");

  private TunnelWishes() {}

  /** The drivers that a tool stands for; empty for a tool that makes no tunnel. */
  static Optional<Driver> driver(Palette tool) {
    return switch (tool) {
      case VXLAN -> Optional.of(Driver.VXLAN);
      case GENEVE -> Optional.of(Driver.GENEVE);
      case GRE -> Optional.of(Driver.GRE);
      case GRETAP -> Optional.of(Driver.GRETAP);
      case IPIP -> Optional.of(Driver.IPIP);
      case SIT -> Optional.of(Driver.SIT);
      case SELECT, HOST, NETNS, BRIDGE, VETH, CABLE, MACVLAN, IPVLAN, VLAN, DUMMY, BOND, TUN, TAP, WIREGUARD, OVS,
          CLUSTER,
          DEPLOYMENT, POD, SERVICE, POLICY, INGRESS, CONTAINER, NETWORK, NOTE,
          GROUP ->
          Optional.empty();
    };
  }

  static Edit of(LabState lab, NetnsId in, Driver driver) {
    DeviceRef ref = new DeviceRef(in, Naming.device(lab, in.host(), driver.word(), 1));
    Optional<AssignedAddress> local = addresses(lab, in).findFirst();
    Optional<IpAddress> remote = local.map(AssignedAddress::local).flatMap(own -> elsewhere(lab, in, own));
    OuterWish outer = new OuterWish(in, local.map(AssignedAddress::address), remote, Optional.empty(), Optional.empty(),
        Optional.empty());
    LinkInfo info = switch (driver) {
      case VXLAN -> new LinkInfo.Vxlan(outer, Optional.of(number(lab, in)), Optional.of(VXLAN_PORT), Optional.empty(),
          LinkInfo.VxlanWish.NONE);
      case GENEVE -> new LinkInfo.Geneve(remote.isPresent() ? outer : nobody(in), Optional.of(number(lab, in)),
          Optional.empty(), Optional.empty(),
          Optional.empty());
      default -> new LinkInfo.IpTunnel(driver, outer, LinkInfo.IpTunnelWish.NONE);
    };
    return new Edit.AddLink(NewLink.named(ref), Optional.empty(), info);
  }

  private static OuterWish nobody(NetnsId home) {
    return new OuterWish(home, Optional.empty(), Optional.of(NOBODY), Optional.empty(), Optional.empty(),
        Optional.empty());
  }

  private static Stream<AssignedAddress> addresses(LabState lab, NetnsId in) {
    return lab.devicesOf(in).stream().filter(d -> !d.isLoopback() && !(d.kind() instanceof DeviceKind.Tunnel))
        .flatMap(d -> d.addresses().stream());
  }

  private static Optional<IpAddress> elsewhere(LabState lab, NetnsId in, InterfaceAddress own) {
    return lab.netns().values().stream().filter(n -> !n.id().equals(in)).flatMap(n -> addresses(lab, n.id()))
        .map(AssignedAddress::address).filter(a -> own.network().contains(a)).findFirst();
  }

  /** The number that tunnels elsewhere have and none here, so that the second one meets the first; else a free one. */
  private static int number(LabState lab, NetnsId in) {
    Set<Integer> here = numbers(lab.devicesOf(in));
    Set<Integer> there = numbers(List.copyOf(lab.devices().values()));
    return there.stream().filter(n -> !here.contains(n)).findFirst()
        .orElseGet(() -> Stream.iterate(1, n -> n + 1).filter(n -> !here.contains(n)).findFirst().orElseThrow());
  }

  private static Set<Integer> numbers(List<Device> devices) {
    return devices.stream().flatMap(d -> switch (d.kind()) {
      case DeviceKind.Vxlan vxlan -> Stream.of(vxlan.settings().id());
      case DeviceKind.Geneve geneve -> Stream.of(geneve.settings().id());
      case DeviceKind _ -> Stream.<Integer>empty();
    }).collect(Collectors.toCollection(TreeSet::new));
  }
}
