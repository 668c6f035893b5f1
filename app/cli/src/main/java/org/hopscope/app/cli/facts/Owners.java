package org.hopscope.app.cli.facts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Places;

/**
 * Names hardware addresses by who wears them: {@code NS:DEV}; by who wore them last, if nobody does now
 * ({@code gone:NS:DEV}). It has to see every state of a run, in order.
 */
final class Owners {
  private final Map<MacAddress, String> last = new TreeMap<>();
  private Map<MacAddress, List<Device>> now = Map.of();
  private LabState lab;

  Owners(LabState start) {
    lab = start;
    see(start);
  }

  /** Takes note of a state. */
  void see(LabState state) {
    lab = state;
    now = new TreeMap<>();
    for (Device device : state.devices().values()) {
      MacAddress mac = Links.macOf(state, device);
      if (!mac.equals(MacAddress.ZERO)) {
        now.computeIfAbsent(mac, _ -> new ArrayList<>()).add(device);
        last.put(mac, Places.name(state, device));
      }
    }
  }

  /** The owner of an address. A bridge wears the address of one of its ports: then the bridge is named. */
  String name(MacAddress mac) {
    if (mac.equals(MacAddress.ZERO)) {
      return "any";
    }
    if (mac.isBroadcast()) {
      return "broadcast";
    }
    List<Device> wearers = now.getOrDefault(mac, List.of());
    if (wearers.isEmpty()) {
      return last.containsKey(mac) ? "gone:" + last.get(mac) : mac.toString();
    }
    boolean bridged = wearers.stream().anyMatch(Device::isBridge);
    return String.join("|", wearers.stream().filter(d -> d.isBridge() || !bridged).map(d -> Places.name(lab, d))
        .sorted(Comparator.naturalOrder()).toList());
  }

  /** An address: a link-local one that was made of a hardware address somebody has or had is named after its owner. */
  String text(IpAddress address) {
    Optional<MacAddress> made = address instanceof Ipv6Address v6 ? v6.madeOf() : Optional.empty();
    return made.filter(mac -> now.containsKey(mac) || last.containsKey(mac))
        .filter(_ -> address.toString().split(":").length == 6)
        .map(mac -> "fe80::{" + name(mac).replace("gone:", "") + "}").orElseGet(address::toString);
  }

  /** As {@link #name}, for what is known to be the own address of a device, if it does wear it. */
  String ownName(MacAddress mac, NetnsId netns, String device) {
    return now.getOrDefault(mac, List.of()).stream()
        .filter(d -> d.netns().equals(netns) && d.name().equals(device)).findFirst().map(d -> Places.name(lab, d))
        .orElseGet(() -> name(mac));
  }
}
