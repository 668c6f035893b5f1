package org.hopscope.model.why;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.BridgePort;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.IpvlanFlag;
import org.hopscope.model.net.IpvlanMode;
import org.hopscope.model.net.MacvlanMode;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.PortState;
import org.hopscope.model.trace.DropReason;

/** What may be wrong with devices: switches, sizes, masters, the settings of their kinds. */
final class LinkIdeas {
  private static final int USUAL_MTU = 1500;
  /** RFC 8200 5. */
  private static final int LEAST_FOR_INET6 = 1280;
  private static final Set<DropReason> PORT = Set.of(DropReason.PORT_FILTERED, DropReason.PORT_DISABLED,
      DropReason.PORT_LISTENING, DropReason.PORT_LEARNING, DropReason.PORT_BLOCKING, DropReason.PORT_LOCKED,
      DropReason.SAME_PORT, DropReason.NO_OTHER_PORT, DropReason.NEIGHBOUR_FAILED);

  private final Scene scene;
  private final Ideas ideas;

  private LinkIdeas(Scene scene, Ideas ideas) {
    this.scene = scene;
    this.ideas = ideas;
  }

  static void have(Scene scene, Ideas ideas) {
    LinkIdeas links = new LinkIdeas(scene, ideas);
    for (Device device : scene.devices()) {
      links.switches(device);
      links.mtu(device);
      links.master(device);
      links.port(device);
      links.mac(device);
      links.kind(device);
    }
  }

  private void set(double cost, String key, Device device, String change, Object... more) {
    Object[] args = new Object[more.length + 1];
    args[0] = scene.name(device);
    System.arraycopy(more, 0, args, 1, more.length);
    ideas.add(cost + scene.distance(device.netns()), Sentences.say(key, args), device.netns(),
        "ip link set dev " + device.name() + " " + change);
  }

  private void switches(Device device) {
    if (!device.isUp()) {
      boolean met = scene.death.flatMap(s -> s.device()).filter(device.id()::equals).isPresent();
      boolean idle = device.isLoopback() && !met || isBare(device);
      set(idle ? 2.5 : 0, "link.down", device, "up");
    }
    if (!device.usesArp() && !device.kind().flags().contains("NOARP")) {
      set(0.1, "link.arp", device, "arp on");
    }
  }

  /** A device that nothing hangs on. */
  private boolean isBare(Device device) {
    return device.peer().isEmpty() && device.port().isEmpty() && device.globalAddresses().isEmpty()
        && !device.isBridge() && scene.lab.uppersOf(device.id()).isEmpty() && device.lower().isEmpty();
  }

  private void mtu(Device device) {
    if (device.isLoopback() || device.isBridge() && !device.link().mtuByHand()) {
      return;
    }
    boolean suspected = scene.died(DropReason.TOO_BIG, DropReason.OVER_MTU);
    int own = Links.mtuOf(scene.lab, device);
    Map<Integer, Long> sizes = scene.segments.around(device.id()).stream()
        .filter(d -> !d.isLoopback()).map(d -> Links.mtuOf(scene.lab, d))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    int common = Collections.max(sizes.entrySet(), Map.Entry.<Integer, Long>comparingByValue()
        .thenComparing((Map.Entry<Integer, Long> e) -> e.getKey() == USUAL_MTU)).getKey();
    int most = Collections.max(sizes.keySet());
    Set<Integer> better = new HashSet<>(List.of(common, Math.max(most, USUAL_MTU)));
    better.remove(own);
    boolean tooSmall = own < LEAST_FOR_INET6 && scene.trace.probe().to().family() == IpFamily.INET6;
    for (int size : better) {
      set((suspected || tooSmall ? 0 : 1.5) + (size == common ? 0.1 : 0.3), "link.mtu", device, "mtu " + size, own,
          size);
      device.peer().map(scene.lab::device).filter(p -> Links.mtuOf(scene.lab, p) < size)
          .ifPresent(p -> ideas.add((suspected ? 0.5 : 2) + scene.distance(device.netns()),
              Sentences.say("link.mtu", scene.name(device), own, size),
              List.of(new Idea.Typed(device.netns(), "ip link set dev " + device.name() + " mtu " + size),
                  new Idea.Typed(p.netns(), "ip link set dev " + p.name() + " mtu " + size))));
    }
  }

  private void master(Device device) {
    if (device.isLoopback() || device.isBridge()) {
      return;
    }
    Optional<BridgePort> port = device.port();
    boolean addressed = !device.globalAddresses().isEmpty();
    if (port.isPresent() && addressed) {
      set(0.4, "link.enslaved", device, "nomaster");
    }
    if (addressed && port.isEmpty()) {
      return;
    }
    for (Device bridge : scene.lab.devicesOf(device.netns())) {
      if (bridge.isBridge() && port.filter(p -> p.bridge().equals(bridge.id())).isEmpty()) {
        boolean fits = fits(device, bridge);
        set((fits ? 0.2 : 1.4) + (port.isPresent() ? 0.2 : 0),
            port.isPresent() ? "link.other-bridge" : "link.no-master",
            device, "master " + bridge.name(), bridge.name());
      }
    }
  }

  /** Whether those behind a device are of a network that others on a bridge are of. */
  private boolean fits(Device device, Device bridge) {
    Set<IpPrefix> there = networks(scene.segments.around(bridge.id()), device);
    return networks(behind(device), bridge).stream().anyMatch(there::contains);
  }

  private List<Device> behind(Device device) {
    return device.peer().map(scene.lab::device).map(List::of)
        .orElseGet(() -> device.kind() instanceof DeviceKind.Tunnel
            ? scene.segments.around(device.id())
            : List.of());
  }

  private static Set<IpPrefix> networks(List<Device> devices, Device without) {
    return devices.stream().filter(d -> !d.id().equals(without.id()))
        .flatMap(d -> d.globalAddresses().stream()).map(a -> a.network()).collect(Collectors.toSet());
  }

  private void port(Device device) {
    Optional<BridgePort> port = device.port();
    if (port.isEmpty()) {
      return;
    }
    double base = (scene.reason().filter(PORT::contains).isPresent() ? 0.1 : 0.8) + scene.distance(device.netns());
    for (PortFlag flag : PortFlag.values()) {
      if (port.get().has(flag) != flag.usual()) {
        ideas.add(base,
            Sentences.say("port.flag", scene.name(device), flag.word(), port.get().has(flag) ? "on" : "off"),
            device.netns(), "bridge link set dev " + device.name() + " " + flag.word() + " "
                + (flag.usual() ? "on" : "off"));
      }
    }
    if (!port.get().has(PortFlag.HAIRPIN) && scene.died(DropReason.SAME_PORT, DropReason.NO_OTHER_PORT)) {
      ideas.add(base + 0.3, Sentences.say("port.hairpin", scene.name(device)), device.netns(),
          "bridge link set dev " + device.name() + " hairpin on");
    }
    if (Links.portState(scene.lab, device) != PortState.FORWARDING && device.isUp()) {
      ideas.add(base, Sentences.say("port.state", scene.name(device), Links.portState(scene.lab, device)),
          device.netns(), "bridge link set dev " + device.name() + " state 3");
    }
  }

  private void mac(Device device) {
    MacAddress own = Links.macOf(scene.lab, device);
    boolean twice = ownsItsMac(device) && scene.segments.around(device.id()).stream()
        .anyMatch(d -> !d.id().equals(device.id()) && Links.macOf(scene.lab, d).equals(own) && ownsItsMac(d));
    if (twice) {
      set(device.link().macByHand() ? 0.3 : 0.6, "link.mac", device,
          "address " + MacAddress.of(String.format(Locale.ROOT, "02:00:5e:10:%02x:%02x",
              device.id().number() >> 8 & 0xff, device.id().number() & 0xff)),
          own);
    }
  }

  private static boolean ownsItsMac(Device device) {
    return !device.isLoopback() && !device.globalAddresses().isEmpty() && !(device.kind() instanceof DeviceKind.Vlan)
        && !(device.kind() instanceof DeviceKind.Ipvlan);
  }

  private void kind(Device device) {
    if (device.kind() instanceof DeviceKind.Bridge(var settings, boolean _)) {
      if (settings.stp()) {
        set(0.4, "bridge.stp", device, "type bridge stp_state 0");
      }
      if (settings.vlanFiltering()) {
        set(0.6, "bridge.filtering", device, "type bridge vlan_filtering 0");
      }
    } else if (device.kind() instanceof DeviceKind.Macvlan(var _, MacvlanMode mode) && mode != MacvlanMode.BRIDGE) {
      set(0.4, "macvlan.mode", device, "type macvlan mode bridge", mode.name().toLowerCase(Locale.ROOT));
    } else if (device.kind() instanceof DeviceKind.Ipvlan(var _, IpvlanMode mode, IpvlanFlag flag)) {
      for (IpvlanMode other : IpvlanMode.values()) {
        if (mode != other) {
          set(0.6, "ipvlan.mode", device, "type ipvlan mode " + other.name().toLowerCase(Locale.ROOT),
              mode.name().toLowerCase(Locale.ROOT));
        }
      }
      if (flag != IpvlanFlag.BRIDGE) {
        set(0.4, "ipvlan.mode", device, "type ipvlan bridge", flag.name().toLowerCase(Locale.ROOT));
      }
    }
  }
}
