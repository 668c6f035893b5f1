package org.hopscope.model.ovs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.TcpOptions;

/**
 * {@code ovs-appctl ofproto/trace} (ovs-vswitchd(8)): the walk of a frame that is made of the words of a flow. The line
 * {@code Megaflow} is left out: the model keeps no cache of flows.
 */
public final class WalkText {
  private WalkText() {
  }

  /** What the program prints. */
  public static List<String> of(OpenVswitch ovs, OvsLearned learned, long now, boolean generate, OvsBridge bridge,
      FlowKey key) {
    Pipeline.Walk walk = Pipeline.of(ovs, learned, now, generate, bridge, key);
    List<String> lines = new ArrayList<>();
    String first = FlowText.frame(key);
    lines.add("Flow: " + first);
    WalkNode.print(walk.notes(), 0, lines);
    String last = FlowText.frame(walk.last());
    lines.add("");
    lines.add("Final flow: " + (last.equals(first) ? "unchanged" : last));
    lines.add("Datapath actions: " + datapath(ovs, key.packet(), walk));
    return lines;
  }

  /** What a walk learns: {@code -generate} lets the switch learn as from a real frame. */
  public static OvsLearned learning(OpenVswitch ovs, OvsLearned learned, long now, OvsBridge bridge, FlowKey key) {
    OvsLearned after = learned;
    for (Pipeline.Event event : Pipeline.of(ovs, learned, now, true, bridge, key).events()) {
      after = event instanceof Pipeline.Event.Heard(var address, int port) ? after.heard(address, port, now) : after;
    }
    return after;
  }

  /** A frame that is said by the words of a match. */
  public static FlowKey frame(FlowMatch match) {
    MacAddress source = new MacAddress(value(match, FlowField.DL_SRC));
    MacAddress destination = new MacAddress(value(match, FlowField.DL_DST));
    int type = (int) value(match, FlowField.DL_TYPE);
    List<Header> headers = new ArrayList<>();
    headers.add(new Header.Ethernet(destination, source, type));
    Ipv4Address from = new Ipv4Address((int) value(match, FlowField.NW_SRC));
    Ipv4Address to = new Ipv4Address((int) value(match, FlowField.NW_DST));
    int ttl = (int) value(match, FlowField.NW_TTL);
    int protocol = (int) value(match, FlowField.NW_PROTO);
    switch (type) {
      case Header.Ethernet.ARP -> headers.add(new Header.Arp(protocol == 2 ? Header.Arp.Operation.REPLY
          : Header.Arp.Operation.REQUEST, MacAddress.ZERO, from, MacAddress.ZERO, to));
      case Header.Ethernet.IPV4 -> headers.add(new Header.Ipv4(from, to, protocol, ttl, 0, false,
          Header.Fragment.WHOLE));
      case Header.Ethernet.IPV6 -> headers.add(new Header.Ipv6(Ipv6Address.ANY, Ipv6Address.ANY, protocol, ttl));
      default -> {
      }
    }
    if (type == Header.Ethernet.IPV4 || type == Header.Ethernet.IPV6) {
      upper(match, protocol).ifPresent(headers::add);
    }
    Packet packet = new Packet(headers, 0, "");
    long tci = value(match, FlowField.VLAN_TCI);
    FlowKey key = FlowKey.of((int) value(match, FlowField.IN_PORT), value(match, FlowField.TUN_ID), packet);
    return (tci & FlowField.TAGGED) == 0 ? key : FlowField.VLAN_TCI.write(key, tci);
  }

  private static Optional<Header> upper(FlowMatch match, int protocol) {
    int source = (int) value(match, FlowField.TP_SRC);
    int destination = (int) value(match, FlowField.TP_DST);
    return switch (protocol) {
      case Header.Ip.TCP -> Optional.of(new Header.Tcp(source, destination,
          new Header.Flags(false, false, false, false, false), 0, 0, TcpOptions.NONE));
      case Header.Ip.UDP -> Optional.of(new Header.Udp(source, destination));
      case Header.Ipv4.ICMP -> Optional.of(new Header.IcmpEcho(source != 8, 0, 0));
      case Header.Ipv6.ICMP -> Optional.of(new Header.Icmpv6Echo(source != 128, 0, 0));
      default -> Optional.empty();
    };
  }

  private static long value(FlowMatch match, FlowField field) {
    FlowMatch.Masked masked = match.fields().get(field);
    return masked == null ? 0 : masked.value();
  }

  /**
   * The ports as the datapath counts them: those of all bridges, in the order of their making, from 1; what a flow has
   * changed is said where a frame leaves (lib/odp-util.c commit_odp_actions).
   */
  private static String datapath(OpenVswitch ovs, Packet first, Pipeline.Walk walk) {
    List<String> actions = new ArrayList<>();
    FlowKey base = FlowKey.of(0, 0, first);
    for (Pipeline.Event event : walk.events()) {
      if (event instanceof Pipeline.Event.Sent(var _, OvsPort port, FlowKey key)) {
        actions.addAll(changes(base, key));
        actions.add(Integer.toString(number(ovs, port)));
        base = key;
      }
    }
    return actions.isEmpty() ? "drop" : String.join(",", actions);
  }

  /** The number of a port in the datapath of its host. */
  public static int number(OpenVswitch ovs, OvsPort port) {
    List<String> names = ovs.bridges().stream().flatMap(b -> b.ports().stream())
        .filter(p -> !(p.type() instanceof OvsPort.Type.Patch)).map(OvsPort::name).toList();
    return names.indexOf(port.name()) + 1;
  }

  private static List<String> changes(FlowKey base, FlowKey key) {
    List<String> changes = new ArrayList<>();
    String eth = part(base, key, FlowField.DL_SRC, "src") + part(base, key, FlowField.DL_DST, "dst");
    add(changes, "eth", eth);
    add(changes, "ipv4", part(base, key, FlowField.NW_SRC, "src") + part(base, key, FlowField.NW_DST, "dst")
        + part(base, key, FlowField.NW_TTL, "ttl"));
    String protocol = FlowField.NW_PROTO.read(key) == Header.Ip.TCP ? "tcp" : "udp";
    add(changes, protocol, part(base, key, FlowField.TP_SRC, "src") + part(base, key, FlowField.TP_DST, "dst"));
    long before = FlowField.VLAN_TCI.read(base);
    long after = FlowField.VLAN_TCI.read(key);
    if (before != after) {
      if (before != 0) {
        changes.add("pop_vlan");
      }
      if (after != 0) {
        changes.add("push_vlan(vid=" + (after & 0xfff) + ",pcp=" + (after >> 13) + ")");
      }
    }
    return changes;
  }

  private static void add(List<String> changes, String protocol, String parts) {
    if (!parts.isEmpty()) {
      changes.add("set(" + protocol + "(" + parts.substring(1) + "))");
    }
  }

  private static String part(FlowKey base, FlowKey key, FlowField field, String name) {
    long value = field.read(key);
    if (field.read(base) == value) {
      return "";
    }
    return "," + name + "=" + switch (field) {
      case DL_SRC, DL_DST -> new MacAddress(value).toString();
      case NW_SRC, NW_DST -> new Ipv4Address((int) value).toString();
      default -> Long.toString(value);
    };
  }
}
