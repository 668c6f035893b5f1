package org.hopscope.model.shell;

import java.util.Optional;
import org.hopscope.model.lab.Edit;

/** What follows {@code type bridge} (iproute2 ip/iplink_bridge.c, ip-link(8)). */
final class BridgeWords {
  private static final Keywords WORDS = Keywords.of("forward_delay* hello_time* max_age* ageing_time* stp_state* "
      + "priority* vlan_filtering* vlan_protocol* group_fwd_mask* group_address* fdb_flush* vlan_default_pvid* "
      + "vlan_stats_enabled* vlan_stats_per_port* mcast_router* mcast_snooping* mcast_vlan_snooping* "
      + "mcast_query_use_ifaddr* mcast_querier* mcast_hash_elasticity* mcast_hash_max* mcast_last_member_count* "
      + "mcast_startup_query_count* mcast_last_member_interval* mcast_membership_interval* mcast_querier_interval* "
      + "mcast_query_interval* mcast_query_response_interval* mcast_startup_query_interval* mcast_stats_enabled* "
      + "mcast_igmp_version* mcast_mld_version* nf_call_iptables* nf_call_ip6tables* nf_call_arptables* help*");

  private BridgeWords() {
  }

  /** Reads to the end. Switching the spanning tree protocol or VLAN filtering on is not there yet. */
  static Edit.BridgeChange read(Args args) throws Stop {
    Edit.BridgeChange change = Edit.BridgeChange.NONE;
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed)
          .orElseThrow(() -> Stop.exit(255, "bridge: unknown command \"" + typed + "\"?"));
      change = switch (word) {
        case "ageing_time" -> new Edit.BridgeChange(change.stp(), number(args, word), change.forwardDelayCentis(),
            change.helloCentis(), change.vlanFiltering());
        case "forward_delay" -> new Edit.BridgeChange(change.stp(), change.ageingCentis(), number(args, word),
            change.helloCentis(), change.vlanFiltering());
        case "hello_time" -> new Edit.BridgeChange(change.stp(), change.ageingCentis(), change.forwardDelayCentis(),
            number(args, word), change.vlanFiltering());
        case "stp_state" -> new Edit.BridgeChange(off(args, word), change.ageingCentis(), change.forwardDelayCentis(),
            change.helloCentis(), change.vlanFiltering());
        case "vlan_filtering" -> new Edit.BridgeChange(change.stp(), change.ageingCentis(),
            change.forwardDelayCentis(), change.helloCentis(), off(args, word));
        default -> throw Stop.unsupported(word);
      };
    }
    return change;
  }

  private static Optional<Integer> number(Args args, String word) throws Stop {
    return Optional.of(args.number(0, Integer.MAX_VALUE, "invalid " + word));
  }

  private static Optional<Boolean> off(Args args, String word) throws Stop {
    if (args.number(0, 255, "invalid " + word) != 0) {
      throw Stop.unsupported(word);
    }
    return Optional.of(false);
  }
}
