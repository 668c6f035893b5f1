package org.hopscope.model.shell;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Trees;
import org.hopscope.model.net.BridgeId;
import org.hopscope.model.net.BridgeOption;
import org.hopscope.model.net.BridgeSettings;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.PortFlag;
import org.hopscope.model.net.SpanningTree;
import org.hopscope.model.net.SpanningTree.Timer;
import org.hopscope.model.net.VirtualTime;
import org.pcollections.PSortedMap;

/**
 * What {@code ip -d link} prints of a bridge and of a port, in iproute2's order (ip/iplink_bridge.c, iplink_bridge_slave.c).
 * What the model has not is printed as a kernel has it by default.
 */
final class BridgeDetails {
  private static final BigDecimal CENTI = BigDecimal.valueOf(10 * VirtualTime.MILLI);
  private final List<Member> members = new ArrayList<>();

  private BridgeDetails() {
  }

  /** One thing: how text and JSON call it, and the value; empty names leave it out. */
  private record Member(String text, String json, Object value) {
  }

  private BridgeDetails add(String name, Object value) {
    return add(name, name, value);
  }

  private BridgeDetails add(String text, String json, Object value) {
    members.add(new Member(text, json, value));
    return this;
  }

  private BridgeDetails timer(String name, PSortedMap<Timer, VirtualTime> timers, Timer timer, VirtualTime now) {
    long left = Optional.ofNullable(timers.get(timer)).map(t -> t.since(now)).orElse(0L);
    return add(name, BigDecimal.valueOf(Math.max(0, left)).divide(CENTI).setScale(0, RoundingMode.DOWN)
        .movePointLeft(2).setScale(2));
  }

  private BridgeDetails usual(String... namesAndNumbers) {
    for (String one : namesAndNumbers) {
      String[] parts = one.split("=");
      String[] names = parts[0].split("/");
      add(names[0], names[names.length - 1], Integer.valueOf(parts[1]));
    }
    return this;
  }

  static BridgeDetails ofBridge(LabState lab, Device bridge, BridgeSettings settings) {
    SpanningTree.Root root = Trees.root(lab, bridge);
    BridgeDetails details = new BridgeDetails();
    for (BridgeOption option : List.of(BridgeOption.FORWARD_DELAY, BridgeOption.HELLO_TIME, BridgeOption.MAX_AGE,
        BridgeOption.AGEING_TIME, BridgeOption.STP_STATE, BridgeOption.PRIORITY, BridgeOption.VLAN_FILTERING)) {
      details.add(option.word(),
          option == BridgeOption.AGEING_TIME ? Trees.ageingCentis(lab, bridge) : settings.value(option));
    }
    int mask = settings.value(BridgeOption.GROUP_FWD_MASK);
    return details.add("bridge_id", "bridge_id", root.id()).add("designated_root", "root_id", root.root())
        .add("root_port", root.rootPort()).add("root_path_cost", root.cost())
        .add("topology_change", root.change().active() ? 1 : 0)
        .add("topology_change_detected", root.change().detected() ? 1 : 0)
        .timer("hello_timer", root.timers(), Timer.HELLO, lab.now())
        .timer("tcn_timer", root.timers(), Timer.TCN, lab.now())
        .timer("topology_change_timer", root.timers(), Timer.TOPOLOGY_CHANGE, lab.now())
        .timer("gc_timer", root.timers(), Timer.GC, lab.now())
        .add("group_fwd_mask", mask == 0 ? "0" : "0x" + Integer.toHexString(mask))
        .add("group_address", "group_addr", "01:80:c2:00:00:00")
        .add("mcast_snooping", settings.value(BridgeOption.MCAST_SNOOPING))
        .add("no_linklocal_learn", settings.value(BridgeOption.NO_LINKLOCAL_LEARN))
        .usual("mcast_vlan_snooping=0", "mcast_router=1", "mcast_query_use_ifaddr=0",
            "mcast_querier=0", "mcast_hash_elasticity=16", "mcast_hash_max=4096",
            "mcast_last_member_count/mcast_last_member_cnt=2", "mcast_startup_query_count/mcast_startup_query_cnt=2",
            "mcast_last_member_interval/mcast_last_member_intvl=100",
            "mcast_membership_interval/mcast_membership_intvl=26000",
            "mcast_querier_interval/mcast_querier_intvl=25500", "mcast_query_interval/mcast_query_intvl=12500",
            "mcast_query_response_interval/mcast_query_response_intvl=1000",
            "mcast_startup_query_interval/mcast_startup_query_intvl=3124", "mcast_stats_enabled=0",
            "mcast_igmp_version=2", "mcast_mld_version=1")
        .add("nf_call_iptables", settings.value(BridgeOption.NF_CALL_IPTABLES))
        .add("nf_call_ip6tables", settings.value(BridgeOption.NF_CALL_IP6TABLES)).usual("nf_call_arptables=0");
  }

  static BridgeDetails ofPort(LabState lab, PortView view) {
    SpanningTree.Port port = Trees.port(lab, view.device());
    int number = view.port().number();
    BridgeDetails details = new BridgeDetails().add("state", view.state())
        .add("priority", view.port().path().priority()).add("cost", view.cost());
    flags(details, view, PortFlag.HAIRPIN, PortFlag.GUARD, PortFlag.ROOT_BLOCK);
    details.add("fastleave", false);
    flags(details, view, PortFlag.LEARNING, PortFlag.FLOOD);
    details.add("port_id", "id", "0x" + Integer.toHexString(view.port().id()))
        .add("port_no", "no", "0x" + Integer.toHexString(number))
        .add("designated_port", port.claim().port()).add("designated_cost", port.claim().cost())
        .add("designated_bridge", "bridge_id", port.claim().bridge()).add("designated_root", "root_id",
            port.claim().root())
        .timer("hold_timer", port.timers(), Timer.HOLD, lab.now())
        .timer("message_age_timer", port.timers(), Timer.MESSAGE_AGE, lab.now())
        .timer("forward_delay_timer", port.timers(), Timer.FORWARD_DELAY, lab.now())
        .add("topology_change_ack", port.acknowledge() ? 1 : 0).add("config_pending", port.pending() ? 1 : 0)
        .add("proxy_arp", false).add("proxy_arp_wifi", false).add("mcast_router", "multicast_router", 1)
        .add("mcast_fast_leave", "", false);
    flags(details, view, PortFlag.MCAST_FLOOD, PortFlag.BCAST_FLOOD);
    details.add("mcast_to_unicast", false);
    flags(details, view, PortFlag.NEIGH_SUPPRESS);
    details.add("group_fwd_mask", "0").add("group_fwd_mask_str", "0x0").add("vlan_tunnel", false);
    flags(details, view, PortFlag.ISOLATED, PortFlag.LOCKED);
    return details;
  }

  /** What {@code bridge -d link} prints of a port (bridge/link.c print_protinfo). */
  static BridgeDetails ofSwitches(PortView view) {
    BridgeDetails details = new BridgeDetails();
    flags(details, view, PortFlag.HAIRPIN, PortFlag.GUARD, PortFlag.ROOT_BLOCK);
    details.add("fastleave", false);
    flags(details, view, PortFlag.LEARNING, PortFlag.FLOOD, PortFlag.MCAST_FLOOD, PortFlag.BCAST_FLOOD);
    details.add("mcast_router", 1).add("mcast_to_unicast", false);
    flags(details, view, PortFlag.NEIGH_SUPPRESS);
    details.add("vlan_tunnel", false);
    flags(details, view, PortFlag.ISOLATED, PortFlag.LOCKED);
    return details;
  }

  private static void flags(BridgeDetails details, PortView view, PortFlag... flags) {
    for (PortFlag flag : flags) {
      details.add(flag.word(), view.port().has(flag));
    }
  }

  /** As text: every name with its value behind it. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Member member : members) {
      text.append(member.text()).append(' ').append(switch (member.value()) {
        case Boolean on -> on ? "on" : "off";
        case BigDecimal timer -> String.format(Locale.ROOT, "%7.2f", timer);
        default -> member.value().toString();
      }).append(' ');
    }
    return text.toString();
  }

  /** Puts everything into a JSON object. */
  Json.Row into(Json.Row row) {
    members.stream().filter(m -> !m.json().isEmpty())
        .forEach(m -> row.put(m.json(), m.value() instanceof BridgeId id ? id.toString() : m.value()));
    return row;
  }
}
