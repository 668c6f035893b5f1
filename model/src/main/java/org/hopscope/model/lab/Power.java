package org.hopscope.model.lab;

import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Scope;
import org.pcollections.PVector;

/** Switches devices on and off ({@code ip link set DEV up|down}). */
final class Power {
  private static final InterfaceAddress LOCALHOST = InterfaceAddress.of("127.0.0.1/8");

  private Power() {
  }

  static LabState set(LabState lab, DeviceId id, boolean up) {
    Device device = lab.device(id);
    if (device.isUp() == up) {
      return lab;
    }
    if (up) {
      checkOpen(lab, device);
    }
    Device powered = device.withLink(device.link().withPower(up ? Device.Power.UP : Device.Power.DOWN));
    Device switched =
        powered.kind() instanceof DeviceKind.Tun tun ? powered.withKind(tun.announcing()) : powered;
    LabState ready = lab.with(switched);
    if (switched.kind() instanceof DeviceKind.WireGuard) {
      ready = up ? WireGuardEdits.open(ready, switched) : WireGuardEdits.stop(ready, switched);
    }
    return up ? bringUp(ready, ready.device(id)) : Detach.fromTraffic(ready, ready.device(id));
  }

  /** What a driver asks for before its device can be switched on (kernel ndo_open). */
  private static void checkOpen(LabState lab, Device device) {
    switch (device.kind()) {
      case DeviceKind.Macvlan(DeviceId below, var _) -> MacvlanEdits.checkOpen(lab, device, lab.device(below));
      case DeviceKind.Vlan(DeviceId below, int _, int _) -> VlanEdits.checkOpen(lab.device(below));
      case DeviceKind.Vxlan vxlan -> UdpTunnels.checkOpen(lab, vxlan, vxlan.settings().port());
      case DeviceKind.Geneve geneve -> UdpTunnels.checkOpen(lab, geneve, geneve.settings().port());
      case DeviceKind.IpTunnel _,DeviceKind.Loopback _,DeviceKind.Nic _,DeviceKind.Veth _,DeviceKind.Bridge _,DeviceKind.Dummy _,DeviceKind.Tun _,DeviceKind.Ipvlan _,DeviceKind.Bond _,DeviceKind.WireGuard _,DeviceKind.OvsInternal _ ->
          {
          }
    }
  }

  /** The connected routes appear (sem-L9); a lo is given 127.0.0.1/8 whenever it has not got it (sem-L1). */
  private static LabState bringUp(LabState lab, Device device) {
    Netns netns = KernelRoutes.change(lab.find(device.netns()).orElseThrow(), Set.of(), KernelRoutes.of(device));
    LabState routed = lab.with(Detach.revive(netns, device, IpFamily.INET));
    boolean localhost = device.addresses().stream().anyMatch(a -> a.local().equals(LOCALHOST));
    if (!device.isLoopback() || localhost) {
      return routed;
    }
    PVector<AssignedAddress> list = AddressList.with(device.addresses(), new AssignedAddress(LOCALHOST,
        Optional.empty(), Scope.HOST, false, device.name(), Optional.empty(), AssignedAddress.Traits.NONE));
    return AddressList.put(routed, device, list);
  }
}
