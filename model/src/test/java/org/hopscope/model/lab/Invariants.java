package org.hopscope.model.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Route;

/** What is true of every lab, whatever was done to it. */
public final class Invariants {
  private Invariants() {
  }

  /** Fails when something in the lab refers to nothing, or two things have one name. */
  public static void check(LabState lab) {
    assertThat(lab.hosts()).isNotEmpty();
    lab.hosts().values().forEach(h -> assertThat(lab.netns()).containsKey(h.root()));
    DeviceIndex index = DeviceIndex.EMPTY;
    Set<String> places = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Device device : lab.devices().values()) {
      index = index.with(device);
      assertThat(device.id().number()).isLessThan(lab.nextDevice());
      assertThat(lab.netns()).containsKey(device.netns());
      assertThat(places.add(device.netns() + "#" + device.place().ifindex())).as("index of %s", device).isTrue();
      assertThat(names.add(device.netns() + "#" + device.name())).as("name of %s", device).isTrue();
      checkDevice(lab, device);
    }
    assertThat(lab.index()).isEqualTo(index);
    assertThat(DeviceIndex.of(lab.devices().values())).isEqualTo(index);
    for (DeviceId bridge : index.ports().keySet()) {
      assertThat(lab.index().portsAt(bridge).sum(lab)).isEqualTo(index.portsAt(bridge).sum(lab));
    }
    for (NetnsId netns : index.inside().keySet()) {
      assertThat(lab.index().lastArrival(lab, netns)).isEqualTo(index.lastArrival(lab, netns));
    }
    lab.netns().values().forEach(n -> checkNetns(lab, n));
    checkLearned(lab);
  }

  private static void checkDevice(LabState lab, Device device) {
    switch (device.kind()) {
      case DeviceKind.Veth(DeviceId peer) -> {
        assertThat(lab.device(peer).peer()).contains(device.id());
        assertThat(lab.device(peer).netns().host()).isEqualTo(device.netns().host());
      }
      case DeviceKind.Nic(var cable) -> cable.ifPresent(c -> assertThat(lab.device(c).peer()).contains(device.id()));
      case DeviceKind.Loopback _ -> assertThat(device.place().ifindex()).isEqualTo(1);
      case DeviceKind.Bridge _ -> assertThat(device.port()).isEmpty();
      case DeviceKind.Macvlan(DeviceId below, var _) ->
          assertThat(device.link().mtu()).isLessThanOrEqualTo(Links.mtuOf(lab, lab.device(below)));
      case DeviceKind.Vlan(DeviceId below, int _, int _) ->
          assertThat(device.link().mtu()).isLessThanOrEqualTo(Links.mtuOf(lab, lab.device(below)));
      case DeviceKind.Tun tun -> assertThat(device.isUp() && tun.announced() != tun.program().isPresent()).isFalse();
      case DeviceKind.Ipvlan(DeviceId below, var _, var _) ->
          assertThat(device.link().mac()).isEqualTo(Links.macOf(lab, lab.device(below)));
      case DeviceKind.Bond bond -> bond.slaves().forEach(s -> {
        assertThat(lab.index().bondOf(s)).contains(device.id());
        assertThat(lab.device(s).netns()).isEqualTo(device.netns());
        assertThat(lab.device(s).port()).isEmpty();
      });
      case DeviceKind.Tunnel tunnel -> {
        assertThat(lab.netns()).containsKey(tunnel.home());
        tunnel.outer().device().ifPresent(d -> assertThat(lab.device(d).netns()).isEqualTo(tunnel.home()));
      }
      case DeviceKind.WireGuard wg -> wg.home().ifPresent(h -> assertThat(lab.find(h)).isPresent());
      case DeviceKind.Dummy(),DeviceKind.OvsInternal _ -> assertThat(device.lower()).isEmpty();
    }
    if (device.port().isPresent()) {
      BridgePort port = device.port().get();
      assertThat(lab.device(port.bridge()).isBridge()).isTrue();
      assertThat(lab.device(port.bridge()).netns()).isEqualTo(device.netns());
    }
    for (AssignedAddress address : device.addresses()) {
      boolean hasPrimary = device.addresses().stream()
          .anyMatch(a -> !a.secondary() && a.connected().equals(address.connected()));
      assertThat(hasPrimary).as("a primary for %s on %s", address, device).isTrue();
    }
  }

  private static void checkNetns(LabState lab, Netns netns) {
    assertThat(lab.hosts()).containsKey(netns.id().host());
    for (var table : netns.inet().byNumber().values()) {
      for (Route route : table.rows()) {
        route.device()
            .ifPresent(d -> assertThat(lab.device(d).netns()).as("device of %s", route).isEqualTo(netns.id()));
      }
    }
    for (NetnsId known : netns.nsids().keySet()) {
      assertThat(lab.netns()).containsKey(known);
    }
  }

  private static void checkLearned(LabState lab) {
    assertThat(lab.netns().keySet()).containsAll(lab.learned().neighbours().keySet());
    lab.learned().neighbours().forEach((netns, table) -> {
      for (Neighbour row : table.rows().values()) {
        assertThat(lab.device(row.key().device()).netns()).isEqualTo(netns);
      }
    });
    lab.learned().fdbs().forEach((owner, table) -> {
      for (FdbEntry row : table.rows().values()) {
        assertThat(lab.device(row.device()).port().map(BridgePort::bridge).filter(_ -> lab.device(owner).isBridge())
            .orElse(row.device())).isEqualTo(owner);
      }
    });
    lab.learned().tree().bridges().keySet().forEach(bridge -> assertThat(lab.portsOf(bridge))
        .allSatisfy(p -> assertThat(lab.learned().tree().ports()).containsKey(p.id())));
    assertThat(lab.learned().tree().ports().keySet())
        .allSatisfy(p -> assertThat(lab.device(p).port()).isPresent());
    lab.learned().counters().devices().forEach(lab::device);
    lab.notes().probes().values().forEach(p -> assertThat(lab.netns()).containsKey(p.probe().from()));
    assertThat(lab.notes().places().keySet()).allSatisfy(k -> {
      if (k.kind().equals("device")) {
        lab.device(new DeviceId(Integer.parseInt(k.name())));
      }
    });
  }
}
