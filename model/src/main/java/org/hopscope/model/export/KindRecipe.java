package org.hopscope.model.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.WireGuardChange;
import org.hopscope.model.net.BondSlave;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.PolicyRules;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.WireGuardPeer;
import org.hopscope.model.net.WireGuardSettings;
import org.hopscope.model.shell.Commands;

/** The commands for what only some kinds of devices have, and for policy rules. Addressed to the machine's root prompt. */
final class KindRecipe {
  private KindRecipe() {
  }

  /** What stands behind {@code type bond}. */
  static String bond(DeviceKind.Bond bond) {
    return "bond mode " + bond.settings().mode().word()
        + (bond.settings().miimon() == 0 ? "" : " miimon " + bond.settings().miimon());
  }

  /** The commands that make slaves of devices, in the order of their joining; for the bond's namespace. */
  static List<String> join(LabState wanted, LabState made, Device device, DeviceKind.Bond bond, NetnsId place) {
    List<String> lines = new ArrayList<>();
    for (BondSlave slave : bond.members()) {
      String name = wanted.device(slave.device()).name();
      Optional<Device> twin = made.find(new DeviceRef(place, name));
      if (slave.macByHand() || twin.filter(d -> d.link().mac().equals(slave.mac())).isEmpty()) {
        lines.add("ip link set dev " + name + " address " + slave.mac());
      }
      if (twin.filter(d -> d.link().mtu() == slave.mtu()).isEmpty()) {
        lines.add("ip link set dev " + name + " mtu " + slave.mtu());
      }
      lines.add("ip link set dev " + name + " master " + device.name());
    }
    bond.settings().primary().ifPresent(p -> lines.add("ip link set dev " + device.name() + " type bond primary "
        + wanted.device(p).name()));
    return lines;
  }

  /** Makes a bridge that has lost its last port look like one. */
  static List<String> formerPort(Device bridge) {
    String port = "was" + bridge.id().number();
    return List.of("ip link add name " + port + " type veth peer name " + port + "far",
        "ip link set dev " + port + " master " + bridge.name(), "ip link set dev " + port + " nomaster",
        "ip link del dev " + port);
  }

  /** The commands that give a WireGuard device its keys and peers. */
  static List<String> wireguard(LabState made, DeviceRef at, WireGuardSettings settings) {
    List<WireGuardChange.Peer> peers = settings.peers().stream().map(KindRecipe::peer).toList();
    WireGuardChange change = new WireGuardChange(settings.privateKey(),
        Optional.of(settings.port()).filter(p -> p != 0), Optional.of(settings.mark()).filter(m -> m != 0), false,
        peers);
    return Commands.of(made, new Edit.SetWireGuard(at, change));
  }

  private static WireGuardChange.Peer peer(WireGuardPeer peer) {
    return new WireGuardChange.Peer(peer.key(), false, peer.preshared().filter(k -> !k.equals(WireGuardKey.ZERO)),
        peer.endpoint(), Optional.of(peer.keepalive()).filter(k -> k != 0),
        Optional.of(List.copyOf(peer.allowedIps())));
  }

  /** The commands that make policy rules what they are, from those that every namespace begins with. */
  static List<String> rules(LabState made, NetnsId at, IpFamily family, PolicyRules wanted) {
    List<String> lines = new ArrayList<>();
    List<PolicyRule> first = PolicyRules.of(family).rows();
    for (PolicyRule rule : first) {
      if (!wanted.rows().contains(rule)) {
        lines.addAll(Commands.of(made, new Edit.DeleteRule(at, family, Optional.of(rule.priority()), rule.selector(),
            Optional.of(rule.action()), RouteProtocol.UNSPEC)));
      }
    }
    for (PolicyRule rule : wanted.rows()) {
      if (!first.contains(rule)) {
        lines.addAll(Commands.of(made, new Edit.AddRule(at, family, Optional.of(rule.priority()), rule.selector(),
            rule.action(), rule.protocol())));
      }
    }
    return lines;
  }
}
