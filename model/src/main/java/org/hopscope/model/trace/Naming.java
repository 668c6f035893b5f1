package org.hopscope.model.trace;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRule;
import org.hopscope.model.net.Route;

/** How sentences name the things of a lab. */
record Naming(LabState lab) {
  /** A namespace by its name, a root namespace by its host's; with the host in front on any but the first. */
  String netns(NetnsId id) {
    if (id.isRoot()) {
      return id.host();
    }
    return id.host().equals(lab.firstHost().name()) ? id.name() : id.host() + "/" + id.name();
  }

  /** A device's name alone. */
  String device(DeviceId id) {
    return lab.device(id).name();
  }

  /** A device with its namespace: {@code web:eth0}. */
  String place(DeviceId id) {
    Device device = lab.device(id);
    return netns(device.netns()) + ":" + device.name();
  }

  String devices(List<DeviceId> ids) {
    return ids.stream().map(this::device).collect(Collectors.joining(", "));
  }

  MacAddress mac(DeviceId id) {
    return Links.macOf(lab, lab.device(id));
  }

  /** Whose hardware address it is: {@code web:eth0}; the address itself when nobody wears it. */
  String owner(MacAddress mac) {
    if (mac.isBroadcast()) {
      return Sentences.say("everybody");
    }
    return wearer(mac).map(d -> place(d.id())).orElseGet(mac::toString);
  }

  /** The device that wears an address: rather one with a life of its own than a bridge's port. */
  private Optional<Device> wearer(MacAddress mac) {
    List<Device> found = lab.devices().values().stream().filter(d -> Links.macOf(lab, d).equals(mac)).toList();
    return found.stream().filter(d -> d.port().isEmpty()).findFirst().or(() -> found.stream().findFirst());
  }

  /** Whether rows of a device's forwarding database lead to far ends. */
  boolean isVxlan(DeviceId id) {
    return lab.device(id).kind() instanceof DeviceKind.Vxlan;
  }

  /** The far ends of a row. */
  static String ends(FdbEntry row) {
    return row.remotes().stream().map(r -> r.address().toString()).collect(Collectors.joining(", "));
  }

  /** A routing table's name, or its number. */
  static String table(int number) {
    return switch (number) {
      case Netns.LOCAL -> "local";
      case Netns.MAIN -> "main";
      case Netns.DEFAULT -> "default";
      default -> Integer.toString(number);
    };
  }

  /** A route as {@code ip route} begins its line: what it matches and what it does. */
  String route(Route row) {
    StringBuilder out = new StringBuilder();
    switch (row.type()) {
      case UNICAST -> {
      }
      case LOCAL, BROADCAST, ANYCAST, MULTICAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW ->
          out.append(row.type().word()).append(' ');
    }
    if (row.destination().isDefault()) {
      out.append("default");
    } else {
      out.append(row.destination().isHost() ? row.destination().address() : row.destination());
    }
    row.hops().forEach(hop -> out.append(row.isMultipath() ? " nexthop" : "").append(hop(hop)));
    if (row.metric() != 0) {
      out.append(" metric ").append(Integer.toUnsignedString(row.metric()));
    }
    return out.toString();
  }

  /** A policy rule as {@code ip rule} prints it, without who made it. */
  static String rule(PolicyRule rule) {
    return Integer.toUnsignedString(rule.priority()) + ": " + rule.selector().text(_ -> true) + " " + rule.word()
        + (rule.action() instanceof PolicyRule.ToTable(int table, int _) ? " " + table(table) : "");
  }

  /** A next hop, with a blank in front: {@code via A dev D}. */
  String hop(Route.NextHop hop) {
    return hop.via().map(via -> " via " + via).orElse("") + " dev " + device(hop.device());
  }
}
