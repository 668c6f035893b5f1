package org.hopscope.model.ovs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.packet.Header;

/** Reads flows as {@code ovs-ofctl} does (ovs-ofctl(8) Flow Syntax, lib/ofp-parse.c, lib/ofp-flow.c parse_ofp_str). */
public final class FlowParser {
  private static final int LAST_TABLE = 254;
  private static final List<String> KNOWN = List.of("ct_state", "ct_zone", "ct_mark", "ipv6_src", "ipv6_dst",
      "arp_sha", "arp_tha", "nw_tos", "ip_dscp", "nw_ecn", "ip_frag", "nw_frag", "tcp_flags", "metadata", "pkt_mark",
      "mpls", "sctp", "rarp", "nd_target", "tun_src", "tun_dst", "reg4", "reg5", "reg6", "reg7", "idle_timeout",
      "hard_timeout", "importance", "send_flow_rem", "check_overlap", "vlan_vid", "vlan_pcp", "out_port", "out_group",
      "dl_vlan1");
  private static final List<String> KNOWN_ACTIONS = List.of("learn", "controller", "group", "ct", "ct_clear", "clone",
      "move", "push", "pop", "push_mpls", "pop_mpls", "enqueue", "set_queue", "pop_queue", "note", "sample",
      "conjunction",
      "bundle", "bundle_load", "multipath", "mod_nw_tos", "mod_nw_ecn", "mod_nw_ttl", "table", "meter",
      "write_metadata",
      "write_actions", "clear_actions", "exit", "output_reg", "fin_timeout", "check_pkt_larger", "nat", "encap",
      "decap",
      "set_mpls_label", "dec_nsh_ttl", "delete_field", "set_tunnel64", "truncate");

  private final OvsBridge bridge;
  private int table;
  private boolean tableSaid;
  private int priority = Flow.USUAL_PRIORITY;
  private long cookie;
  private FlowMatch match = FlowMatch.ALL;

  private FlowParser(OvsBridge bridge) {
    this.bridge = bridge;
  }

  /**
   * What a command says of flows.
   *
   * @param flow table, priority and match, and actions when there are some
   * @param tableSaid whether a table was said: else all are meant where flows are looked for
   */
  public record Said(Flow flow, boolean tableSaid) {
  }

  /** A new flow of a bridge. */
  public static Flow flow(OvsBridge bridge, String text, long now) throws OvsComplaint {
    int at = text.indexOf("action");
    if (at < 0) {
      throw OvsComplaint.of("ovs-ofctl: must specify an action");
    }
    FlowParser parser = new FlowParser(bridge);
    parser.matchWords(text.substring(0, at));
    parser.prerequisites();
    String actions = text.substring(text.indexOf('=', at) + 1);
    return new Flow(parser.table, parser.priority, parser.cookie, parser.match, parser.actions(actions), now);
  }

  /** Which flows a command means. */
  public static Said which(OvsBridge bridge, String text) throws OvsComplaint {
    FlowParser parser = new FlowParser(bridge);
    parser.matchWords(text);
    parser.prerequisites();
    return new Said(new Flow(parser.table, parser.priority, parser.cookie, parser.match, List.of(), 0),
        parser.tableSaid);
  }

  private void matchWords(String text) throws OvsComplaint {
    for (String word : text.split("[,\\s]+")) {
      if (!word.isEmpty()) {
        String[] sides = word.split("=", 2);
        matchWord(sides[0], sides.length > 1 ? Optional.of(sides[1]) : Optional.empty());
      }
    }
  }

  private void matchWord(String name, Optional<String> value) throws OvsComplaint {
    switch (name) {
      case "ip" -> type(Header.Ethernet.IPV4, -1);
      case "icmp" -> type(Header.Ethernet.IPV4, 1);
      case "tcp" -> type(Header.Ethernet.IPV4, 6);
      case "udp" -> type(Header.Ethernet.IPV4, 17);
      case "ipv6" -> type(Header.Ethernet.IPV6, -1);
      case "icmp6" -> type(Header.Ethernet.IPV6, 58);
      case "tcp6" -> type(Header.Ethernet.IPV6, 6);
      case "udp6" -> type(Header.Ethernet.IPV6, 17);
      case "arp" -> type(Header.Ethernet.ARP, -1);
      default -> valued(name, value.orElseThrow(() -> unknown(name)));
    }
  }

  private static OvsComplaint unknown(String name) {
    return KNOWN.contains(name) ? OvsComplaint.unsupported("flow field " + name)
        : OvsComplaint.of("ovs-ofctl: unknown keyword " + name);
  }

  private void type(int type, int protocol) {
    match = match.with(FlowField.DL_TYPE, type, FlowField.DL_TYPE.full());
    if (protocol >= 0) {
      match = match.with(FlowField.NW_PROTO, protocol, FlowField.NW_PROTO.full());
    }
  }

  private void valued(String name, String text) throws OvsComplaint {
    switch (name) {
      case "table" -> {
        table = (int) number(name, text, LAST_TABLE);
        tableSaid = true;
      }
      case "priority" -> priority = (int) number(name, text, 65535);
      case "cookie" -> cookie = number(name, text.replace("/-1", ""), Long.MAX_VALUE);
      case "in_port" -> exact(FlowField.IN_PORT, port(text).orElseThrow(
          () -> OvsComplaint.of("ovs-ofctl: " + text + ": invalid or unknown port for in_port")));
      case "tun_id", "tunnel_id" -> masked(FlowField.TUN_ID, name, text);
      case "reg0", "reg1", "reg2", "reg3" -> masked(FlowField.valueOf(name.toUpperCase(Locale.ROOT)), name, text);
      case "dl_src", "eth_src" -> hardware(FlowField.DL_SRC, text);
      case "dl_dst", "eth_dst" -> hardware(FlowField.DL_DST, text);
      case "dl_type", "eth_type" -> exact(FlowField.DL_TYPE, number(name, text, 0xffff));
      case "dl_vlan" -> vlan(number(name, text, 0xffff));
      case "dl_vlan_pcp" -> tci(FlowField.TAGGED | number(name, text, 7) << 13, 0xf000);
      case "vlan_tci" -> {
        String[] sides = text.split("/", 2);
        tci(number(name, sides[0], 0xffff), sides.length > 1 ? number(name, sides[1], 0xffff) : 0xffff);
      }
      case "nw_src", "ip_src", "arp_spa" -> address(FlowField.NW_SRC, text);
      case "nw_dst", "ip_dst", "arp_tpa" -> address(FlowField.NW_DST, text);
      case "nw_proto", "ip_proto", "arp_op" -> exact(FlowField.NW_PROTO, number(name, text, 255));
      case "nw_ttl" -> exact(FlowField.NW_TTL, number(name, text, 255));
      case "tp_src", "tcp_src", "udp_src", "icmp_type", "icmpv6_type" -> exact(FlowField.TP_SRC, number(name, text,
          65535));
      case "tp_dst", "tcp_dst", "udp_dst", "icmp_code", "icmpv6_code" -> exact(FlowField.TP_DST, number(name, text,
          65535));
      default -> throw unknown(name);
    }
  }

  private void exact(FlowField field, long value) {
    match = match.with(field, value, field.full());
  }

  private void masked(FlowField field, String name, String text) throws OvsComplaint {
    String[] sides = text.split("/", 2);
    match = match.with(field, number(name, sides[0], Long.MAX_VALUE),
        sides.length > 1 ? number(name, sides[1], Long.MAX_VALUE) : field.full());
  }

  private void vlan(long id) throws OvsComplaint {
    if (id == 0xffff) {
      tci(0, 0xffff);
    } else if (id > 0xfff) {
      throw OvsComplaint.of("ovs-ofctl: dl_vlan: not a valid VLAN");
    } else {
      tci(FlowField.TAGGED | id, 0x1fff);
    }
  }

  private void tci(long value, long mask) {
    FlowMatch.Masked old = match.fields().getOrDefault(FlowField.VLAN_TCI, new FlowMatch.Masked(0, 0));
    match = match.with(FlowField.VLAN_TCI, old.value() | value & mask, old.mask() | mask);
  }

  private void hardware(FlowField field, String text) throws OvsComplaint {
    String[] sides = text.split("/", 2);
    match = match.with(field, mac(sides[0]).bits(), sides.length > 1 ? mac(sides[1]).bits() : field.full());
  }

  private void address(FlowField field, String text) throws OvsComplaint {
    String[] sides = text.split("/", 2);
    int mask = sides.length == 1 ? -1 : sides[1].contains(".") ? ip(sides[1]).bits()
        : Ipv4Address.mask((int) number("prefix", sides[1], 32)).bits();
    match = match.with(field, Integer.toUnsignedLong(ip(sides[0]).bits()), Integer.toUnsignedLong(mask));
  }

  /** The real program leaves such fields out with a remark; the model refuses them, so that nothing is dropped unseen. */
  private void prerequisites() throws OvsComplaint {
    Optional<Long> type = match.exact(FlowField.DL_TYPE);
    boolean network = type.filter(t -> t == Header.Ethernet.IPV4 || t == Header.Ethernet.ARP
        || t == Header.Ethernet.IPV6).isPresent();
    boolean addresses = match.fields().containsKey(FlowField.NW_SRC) || match.fields().containsKey(FlowField.NW_DST);
    boolean lower = match.fields().containsKey(FlowField.NW_PROTO) || match.fields().containsKey(FlowField.NW_TTL);
    boolean ports = match.fields().containsKey(FlowField.TP_SRC) || match.fields().containsKey(FlowField.TP_DST);
    if ((addresses || lower) && !network || addresses && type.equals(Optional.of((long) Header.Ethernet.IPV6))
        || ports && !match.fields().containsKey(FlowField.NW_PROTO)) {
      throw OvsComplaint.unsupported("a field of a protocol that the flow does not name (ip, arp, tcp, udp, icmp)");
    }
  }

  private OptionalInt port(String text) throws OvsComplaint {
    return switch (text) {
      case "LOCAL", "local" -> OptionalInt.of(OvsPort.LOCAL);
      default -> text.matches("[0-9]+") ? OptionalInt.of((int) number("port", text, 65535))
          : bridge.port(text).map(p -> OptionalInt.of(p.number())).orElse(OptionalInt.empty());
    };
  }

  private List<FlowAction> actions(String text) throws OvsComplaint {
    List<FlowAction> actions = new ArrayList<>();
    for (String word : split(text)) {
      if (word.equals("drop")) {
        if (split(text).size() > 1) {
          throw OvsComplaint.of("ovs-ofctl: \"drop\" must not be accompanied by any other action or instruction");
        }
      } else {
        action(word, actions);
      }
    }
    return actions;
  }

  /** At commas outside of parentheses. */
  private static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    int depth = 0;
    StringBuilder word = new StringBuilder();
    for (char c : (text + ",").toCharArray()) {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth <= 0) {
        if (!word.toString().isBlank()) {
          words.add(word.toString().strip());
        }
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    return words;
  }

  private void action(String word, List<FlowAction> into) throws OvsComplaint {
    int end = word.indexOf('(') >= 0 && (word.indexOf(':') < 0 || word.indexOf('(') < word.indexOf(':'))
        ? word.indexOf('(') : word.indexOf(':');
    String name = (end < 0 ? word : word.substring(0, end)).toLowerCase(Locale.ROOT);
    String value = end < 0 ? "" : word.charAt(end) == '(' ? word.substring(end + 1, word.lastIndexOf(')'))
        : word.substring(end + 1);
    switch (name) {
      case "normal", "flood", "all", "in_port", "local" ->
          into.add(FlowAction.Special.valueOf(name.toUpperCase(Locale.ROOT)));
      case "output" -> into.add(output(value));
      case "resubmit" -> into.add(resubmit(value));
      case "goto_table" -> into.add(new FlowAction.Resubmit(OptionalInt.empty(),
          OptionalInt.of((int) number(name, value, LAST_TABLE))));
      case "mod_vlan_vid", "set_vlan_vid" -> into.add(new FlowAction.SetVlan((int) number(name, value, 4095)));
      case "mod_vlan_pcp", "set_vlan_pcp" -> into.add(new FlowAction.SetPriority((int) number(name, value, 7)));
      case "strip_vlan", "pop_vlan" -> into.add(new FlowAction.StripVlan());
      case "push_vlan" -> into.add(new FlowAction.PushVlan((int) number(name, value, 0xffff)));
      case "dec_ttl" -> into.add(new FlowAction.DecTtl());
      case "mod_dl_src" -> into.add(new FlowAction.Set(FlowField.DL_SRC, mac(value).bits(), false));
      case "mod_dl_dst" -> into.add(new FlowAction.Set(FlowField.DL_DST, mac(value).bits(), false));
      case "mod_nw_src" -> into.add(set("nw_src", value, false));
      case "mod_nw_dst" -> into.add(set("nw_dst", value, false));
      case "mod_tp_src" -> into.add(set("tp_src", value, false));
      case "mod_tp_dst" -> into.add(set("tp_dst", value, false));
      case "set_tunnel" -> into.add(set("tun_id", value, false));
      case "set_field" -> setField(value, into);
      case "load" -> load(value, into);
      default -> {
        OptionalInt port = end < 0 ? port(word) : OptionalInt.empty();
        if (port.isEmpty()) {
          throw KNOWN_ACTIONS.contains(name) ? OvsComplaint.unsupported("flow action " + name)
              : OvsComplaint.of("ovs-ofctl: unknown action " + name);
        }
        into.add(new FlowAction.Output(port.getAsInt()));
      }
    }
  }

  private FlowAction output(String text) throws OvsComplaint {
    return switch (text) {
      case "NORMAL", "normal" -> FlowAction.Special.NORMAL;
      case "FLOOD", "flood" -> FlowAction.Special.FLOOD;
      case "ALL", "all" -> FlowAction.Special.ALL;
      case "IN_PORT", "in_port" -> FlowAction.Special.IN_PORT;
      case "LOCAL", "local" -> FlowAction.Special.LOCAL;
      default -> new FlowAction.Output(port(text)
          .orElseThrow(() -> OvsComplaint.of("ovs-ofctl: " + text + ": output to unknown port")));
    };
  }

  private FlowAction resubmit(String text) throws OvsComplaint {
    String[] sides = text.split(",", 2);
    OptionalInt port = sides[0].isBlank() ? OptionalInt.empty() : port(sides[0].strip());
    OptionalInt to = sides.length < 2 || sides[1].isBlank() ? OptionalInt.empty()
        : OptionalInt.of((int) number("table", sides[1].strip(), LAST_TABLE));
    if (port.isEmpty() && to.isEmpty()) {
      throw OvsComplaint.of("ovs-ofctl: at least one \"in_port\" or \"table\" must be specified  on resubmit");
    }
    return new FlowAction.Resubmit(port, to);
  }

  /** A frame must be known to have what is set (ofpact_check__). */
  private FlowAction set(String name, String value, boolean loaded) throws OvsComplaint {
    Optional<Long> type = match.exact(FlowField.DL_TYPE);
    boolean ip = type.filter(t -> t == Header.Ethernet.IPV4).isPresent();
    return switch (name) {
      case "eth_src", "dl_src" -> new FlowAction.Set(FlowField.DL_SRC, mac(value).bits(), loaded);
      case "eth_dst", "dl_dst" -> new FlowAction.Set(FlowField.DL_DST, mac(value).bits(), loaded);
      case "ip_src", "nw_src" -> new FlowAction.Set(FlowField.NW_SRC, checked(ip, loaded,
          Integer.toUnsignedLong(ip(value).bits())), loaded);
      case "ip_dst", "nw_dst" -> new FlowAction.Set(FlowField.NW_DST, checked(ip, loaded,
          Integer.toUnsignedLong(ip(value).bits())), loaded);
      case "nw_ttl" -> new FlowAction.Set(FlowField.NW_TTL, checked(ip, loaded, number(name, value, 255)), true);
      case "tp_src", "tcp_src", "udp_src" -> new FlowAction.Set(FlowField.TP_SRC, checked(
          match.fields().containsKey(FlowField.NW_PROTO), loaded, number(name, value, 65535)), loaded);
      case "tp_dst", "tcp_dst", "udp_dst" -> new FlowAction.Set(FlowField.TP_DST, checked(
          match.fields().containsKey(FlowField.NW_PROTO), loaded, number(name, value, 65535)), loaded);
      case "tun_id", "tunnel_id" -> new FlowAction.Set(FlowField.TUN_ID, number(name, value, 0xffff_ffffL), loaded);
      case "reg0", "reg1", "reg2", "reg3" -> new FlowAction.Set(FlowField.valueOf(name.toUpperCase(Locale.ROOT)),
          number(name, value, 0xffff_ffffL), true);
      default -> throw OvsComplaint.unsupported("set_field of " + name);
    };
  }

  private static long checked(boolean there, boolean needed, long value) throws OvsComplaint {
    if (needed && !there) {
      throw OvsComplaint.of("ovs-ofctl: actions are invalid with specified match (OFPBAC_MATCH_INCONSISTENT)");
    }
    return value;
  }

  private void setField(String text, List<FlowAction> into) throws OvsComplaint {
    String[] sides = text.split("->", 2);
    if (sides.length < 2) {
      throw OvsComplaint.of("ovs-ofctl: " + text + ": missing `->'");
    }
    String field = sides[1].strip();
    if (field.equals("vlan_vid")) {
      into.add(new FlowAction.SetVlan((int) number(field, sides[0], 8191) & 0xfff));
    } else {
      into.add(set(field, sides[0].strip(), true));
    }
  }

  private void load(String text, List<FlowAction> into) throws OvsComplaint {
    String[] sides = text.split("->", 2);
    String field = sides.length < 2 ? "" : sides[1].strip();
    FlowField found = switch (field) {
      case "NXM_NX_REG0[]" -> FlowField.REG0;
      case "NXM_NX_REG1[]" -> FlowField.REG1;
      case "NXM_NX_REG2[]" -> FlowField.REG2;
      case "NXM_NX_REG3[]" -> FlowField.REG3;
      case "NXM_NX_TUN_ID[]" -> FlowField.TUN_ID;
      case "NXM_NX_IP_TTL[]" -> FlowField.NW_TTL;
      default -> throw OvsComplaint.unsupported("load into " + field);
    };
    into.add(new FlowAction.Set(found, number("load", sides[0], 0xffff_ffffL), true));
  }

  private static MacAddress mac(String text) throws OvsComplaint {
    return MacAddress.parse(text)
        .orElseThrow(() -> OvsComplaint.of("ovs-ofctl: " + text + ": invalid Ethernet address"));
  }

  private static Ipv4Address ip(String text) throws OvsComplaint {
    return Ipv4Address.parse(text).orElseThrow(() -> OvsComplaint.of("ovs-ofctl: " + text + ": invalid IP address"));
  }

  private static long number(String name, String text, long most) throws OvsComplaint {
    try {
      long value =
          Long.decode(text.isEmpty() ? "x" : text.matches("0[0-9]+") ? text.replaceFirst("^0+(?=.)", "") : text);
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw OvsComplaint.of("ovs-ofctl: invalid numeric format " + text + " for " + name);
  }
}
