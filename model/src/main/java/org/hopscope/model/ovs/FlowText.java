package org.hopscope.model.ovs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.ovs.FlowMatch.Masked;
import org.hopscope.model.packet.Header;

/** Flows as Open vSwitch prints them (lib/match.c match_format, lib/ofp-actions.c ofpacts_format, lib/flow.c flow_format). */
public final class FlowText {
  private static final int ICMP = 1;
  private static final int ICMPV6 = 58;
  private static final int ID_MASK = 0x1fff;
  private static final int PRIORITY_MASK = 0xf000;

  private FlowText() {
  }

  /** A port by number. */
  static String port(long number) {
    return number == OvsPort.LOCAL ? "LOCAL" : Long.toString(number);
  }

  /** The match alone; empty for every frame. */
  public static String match(FlowMatch match) {
    return String.join(",", parts(match));
  }

  private static List<String> parts(FlowMatch match) {
    List<String> parts = new ArrayList<>();
    Optional<Long> type = match.exact(FlowField.DL_TYPE);
    Optional<Long> protocol = match.exact(FlowField.NW_PROTO);
    Optional<String> word = type.flatMap(t -> word(t.intValue(), protocol));
    word.ifPresent(parts::add);
    boolean arp = type.equals(Optional.of((long) Header.Ethernet.ARP));
    boolean named = word.filter(w -> !w.equals("ip") && !w.equals("ipv6") && !w.equals("arp")).isPresent();
    boolean icmp = named && protocol.filter(p -> p == ICMP || p == ICMPV6).isPresent();
    match.fields().forEach((field, masked) -> {
      switch (field) {
        case REG0, REG1, REG2, REG3, TUN_ID ->
            parts.add(field.name().toLowerCase(Locale.ROOT) + "=" + hex(masked, field.full()));
        case IN_PORT -> parts.add("in_port=" + port(masked.value()));
        case VLAN_TCI -> parts.addAll(vlan(masked));
        case DL_SRC, DL_DST -> parts.add(field.name().toLowerCase(Locale.ROOT) + "=" + mac(masked));
        case DL_TYPE -> {
          if (word.isEmpty()) {
            parts.add(String.format(Locale.ROOT, "dl_type=0x%04x", masked.value()));
          }
        }
        case NW_SRC -> parts.add((arp ? "arp_spa=" : "nw_src=") + ip(masked));
        case NW_DST -> parts.add((arp ? "arp_tpa=" : "nw_dst=") + ip(masked));
        case NW_PROTO -> {
          if (!named) {
            parts.add((arp ? "arp_op=" : "nw_proto=") + masked.value());
          }
        }
        case NW_TTL -> parts.add("nw_ttl=" + masked.value());
        case TP_SRC -> parts.add((icmp ? "icmp_type=" : "tp_src=") + masked.value());
        case TP_DST -> parts.add((icmp ? "icmp_code=" : "tp_dst=") + masked.value());
      }
    });
    return parts;
  }

  /** The protocol's own word for a pair of type and protocol. */
  private static Optional<String> word(int type, Optional<Long> protocol) {
    return switch (type) {
      case Header.Ethernet.ARP -> Optional.of("arp");
      case Header.Ethernet.IPV4 -> Optional.of(protocol.map(Long::intValue).flatMap(p -> switch (p) {
        case ICMP -> Optional.of("icmp");
        case Header.Ip.TCP -> Optional.of("tcp");
        case Header.Ip.UDP -> Optional.of("udp");
        default -> Optional.<String>empty();
      }).orElse("ip"));
      case Header.Ethernet.IPV6 -> Optional.of(protocol.map(Long::intValue).flatMap(p -> switch (p) {
        case ICMPV6 -> Optional.of("icmp6");
        case Header.Ip.TCP -> Optional.of("tcp6");
        case Header.Ip.UDP -> Optional.of("udp6");
        default -> Optional.<String>empty();
      }).orElse("ipv6"));
      default -> Optional.empty();
    };
  }

  private static String hex(Masked masked, long full) {
    return "0x" + Long.toHexString(masked.value())
        + (masked.mask() == full ? "" : "/0x" + Long.toHexString(masked.mask()));
  }

  private static List<String> vlan(Masked tci) {
    boolean tagged = (tci.mask() & FlowField.TAGGED) != 0 && (tci.value() & FlowField.TAGGED) != 0;
    String id = "dl_vlan=" + (tci.value() & 0xfff);
    String priority = "dl_vlan_pcp=" + (tci.value() >> 13);
    if (tagged && tci.mask() == ID_MASK) {
      return List.of(id);
    }
    if (tagged && tci.mask() == PRIORITY_MASK) {
      return List.of(priority);
    }
    if (tagged && tci.mask() == FlowField.VLAN_TCI.full()) {
      return List.of(id, priority);
    }
    String value = String.format(Locale.ROOT, "vlan_tci=0x%04x", tci.value());
    return List.of(tci.mask() == FlowField.VLAN_TCI.full() ? value
        : value + String.format(Locale.ROOT, "/0x%04x", tci.mask()));
  }

  private static String mac(Masked masked) {
    String value = new MacAddress(masked.value()).toString();
    return masked.mask() == FlowField.DL_SRC.full() ? value : value + "/" + new MacAddress(masked.mask());
  }

  private static String ip(Masked masked) {
    String value = new Ipv4Address((int) masked.value()).toString();
    int length = Integer.bitCount((int) masked.mask());
    return length == 32 ? value : Ipv4Address.mask(length).bits() == (int) masked.mask()
        ? value + "/" + length
        : value + "/" + new Ipv4Address((int) masked.mask());
  }

  /** All actions, as one text. */
  public static String actions(List<FlowAction> actions) {
    return actions.isEmpty() ? "drop" : actions.stream().map(FlowText::action).collect(Collectors.joining(","));
  }

  /** One action. */
  static String action(FlowAction action) {
    return switch (action) {
      case FlowAction.Output(int port) -> "output:" + port(port);
      case FlowAction.Special special -> special.name();
      case FlowAction.Resubmit(var port, var table) -> table.isEmpty() ? "resubmit:" + port(port.orElseThrow())
          : "resubmit(" + (port.isPresent() ? port(port.getAsInt()) : "") + "," + table.getAsInt() + ")";
      case FlowAction.SetVlan(int id) -> "mod_vlan_vid:" + id;
      case FlowAction.SetPriority(int priority) -> "mod_vlan_pcp:" + priority;
      case FlowAction.StripVlan() -> "strip_vlan";
      case FlowAction.PushVlan(int type) -> String.format(Locale.ROOT, "push_vlan:0x%04x", type);
      case FlowAction.DecTtl() -> "dec_ttl";
      case FlowAction.Set set -> set(set);
    };
  }

  private static String set(FlowAction.Set set) {
    String load = "load:0x" + Long.toHexString(set.value()) + "->";
    return switch (set.field()) {
      case DL_SRC -> "mod_dl_src:" + new MacAddress(set.value());
      case DL_DST -> "mod_dl_dst:" + new MacAddress(set.value());
      case NW_SRC -> "mod_nw_src:" + new Ipv4Address((int) set.value());
      case NW_DST -> "mod_nw_dst:" + new Ipv4Address((int) set.value());
      case TP_SRC -> "mod_tp_src:" + set.value();
      case TP_DST -> "mod_tp_dst:" + set.value();
      case TUN_ID -> set.loaded() ? load + "NXM_NX_TUN_ID[]" : "set_tunnel:0x" + Long.toHexString(set.value());
      case NW_TTL -> load + "NXM_NX_IP_TTL[]";
      case REG0, REG1, REG2, REG3 -> load + "NXM_NX_" + set.field().name() + "[]";
      case VLAN_TCI, DL_TYPE, NW_PROTO, IN_PORT -> load + set.field().name() + "[]";
    };
  }

  /** A flow as {@code ovs-ofctl} takes it. */
  public static String typed(Flow flow) {
    return (flow.table() == 0 ? "" : "table=" + flow.table() + ",")
        + (flow.cookie() == 0 ? "" : "cookie=0x" + Long.toHexString(flow.cookie()) + ",")
        + (flow.priority() == Flow.USUAL_PRIORITY ? "" : "priority=" + flow.priority() + ",")
        + (flow.match().equals(FlowMatch.ALL) ? "" : match(flow.match()) + ",") + "actions=" + actions(flow.actions());
  }

  /** Priority and match, as {@code dump-flows} has them in front of the actions. */
  public static String row(Flow flow) {
    List<String> parts = new ArrayList<>();
    if (flow.priority() != Flow.USUAL_PRIORITY) {
      parts.add("priority=" + flow.priority());
    }
    parts.addAll(parts(flow.match()));
    return String.join(",", parts);
  }

  /** A frame with all its fields (flow_format). */
  static String frame(FlowKey key) {
    int type = FlowField.type(key.packet());
    Optional<Long> protocol = Optional.of(FlowField.NW_PROTO.read(key));
    Optional<String> word = word(type, protocol);
    List<String> parts = new ArrayList<>(word.stream().toList());
    key.registers().forEach((number, value) -> {
      if (value != 0) {
        parts.add("reg" + number + "=0x" + Long.toHexString(value));
      }
    });
    if (key.tunnel() != 0) {
      parts.add("tun_id=0x" + Long.toHexString(key.tunnel()));
    }
    parts.add("in_port=" + port(key.inPort()));
    long tci = FlowField.VLAN_TCI.read(key);
    parts.add(tci == 0 ? "vlan_tci=0x0000"
        : "dl_vlan=" + (tci & 0xfff) + ",dl_vlan_pcp=" + (tci >> 13) + ",vlan_tci1=0x0000");
    parts.add("dl_src=" + new MacAddress(FlowField.DL_SRC.read(key)));
    parts.add("dl_dst=" + new MacAddress(FlowField.DL_DST.read(key)));
    if (word.isEmpty()) {
      parts.add(String.format(Locale.ROOT, "dl_type=0x%04x", type));
    }
    boolean arp = type == Header.Ethernet.ARP;
    if (arp || type == Header.Ethernet.IPV4) {
      parts.add((arp ? "arp_spa=" : "nw_src=") + new Ipv4Address((int) FlowField.NW_SRC.read(key)));
      parts.add((arp ? "arp_tpa=" : "nw_dst=") + new Ipv4Address((int) FlowField.NW_DST.read(key)));
      parts.addAll(arp ? ofArp(key) : ofIp(key, word.orElseThrow(), protocol.get()));
    }
    return String.join(",", parts);
  }

  private static List<String> ofArp(FlowKey key) {
    Header.Arp arp = key.packet().find(Header.Arp.class).orElseThrow();
    return List.of("arp_op=" + FlowField.NW_PROTO.read(key), "arp_sha=" + arp.senderMac(),
        "arp_tha=" + arp.targetMac());
  }

  private static List<String> ofIp(FlowKey key, String word, long protocol) {
    List<String> parts = new ArrayList<>();
    if (word.equals("ip")) {
      parts.add("nw_proto=" + protocol);
    }
    parts.addAll(List.of("nw_tos=0", "nw_ecn=0", "nw_ttl=" + FlowField.NW_TTL.read(key), "nw_frag=no"));
    if (word.equals("icmp")) {
      parts.add("icmp_type=" + FlowField.TP_SRC.read(key));
      parts.add("icmp_code=" + FlowField.TP_DST.read(key));
    } else if (!word.equals("ip")) {
      parts.add("tp_src=" + FlowField.TP_SRC.read(key));
      parts.add("tp_dst=" + FlowField.TP_DST.read(key));
    }
    if (word.equals("tcp")) {
      parts.add("tcp_flags=" + flags(key));
    }
    return parts;
  }

  private static String flags(FlowKey key) {
    Header.Flags flags = key.packet().find(Header.Tcp.class).orElseThrow().flags();
    String words = (flags.fin() ? "|fin" : "") + (flags.syn() ? "|syn" : "") + (flags.rst() ? "|rst" : "")
        + (flags.psh() ? "|psh" : "") + (flags.ack() ? "|ack" : "");
    return words.isEmpty() ? "0" : words.substring(1);
  }
}
