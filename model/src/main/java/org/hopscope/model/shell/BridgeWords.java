package org.hopscope.model.shell;

import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.net.BridgeOption;

/** What follows {@code type bridge} (iproute2 ip/iplink_bridge.c, ip-link(8)). */
final class BridgeWords {
  private static final Keywords WORDS = Keywords.of("forward_delay* hello_time* max_age* ageing_time* stp_state* "
      + "priority* vlan_filtering* vlan_protocol* group_fwd_mask* group_address* no_linklocal_learn* fdb_flush* "
      + "vlan_default_pvid* "
      + "vlan_stats_enabled* vlan_stats_per_port* mcast_router* mcast_snooping* mcast_vlan_snooping* "
      + "mcast_query_use_ifaddr* mcast_querier* mcast_hash_elasticity* mcast_hash_max* mcast_last_member_count* "
      + "mcast_startup_query_count* mcast_last_member_interval* mcast_membership_interval* mcast_querier_interval* "
      + "mcast_query_interval* mcast_query_response_interval* mcast_startup_query_interval* mcast_stats_enabled* "
      + "mcast_igmp_version* mcast_mld_version* nf_call_iptables* nf_call_ip6tables* nf_call_arptables* help*");

  private BridgeWords() {
  }

  /** Reads to the end. */
  static BridgeChange read(Args args) throws Stop {
    BridgeChange change = BridgeChange.NONE;
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed)
          .orElseThrow(() -> Stop.exit(1, "bridge: unknown command \"" + typed + "\"?"));
      BridgeOption option = BridgeOption.of(word).orElseThrow(() -> Stop.unsupported(word));
      change = change.with(option, args.number(0, most(option), complaint(word)));
    }
    return change;
  }

  private static String complaint(String word) {
    return "invalid " + (word.equals("vlan_default_pvid") ? "default pvid" : word);
  }

  /** The width of the number that iproute2 reads. */
  private static int most(BridgeOption option) {
    return switch (option) {
      case FORWARD_DELAY, HELLO_TIME, MAX_AGE, AGEING_TIME, STP_STATE -> Integer.MAX_VALUE;
      case PRIORITY, GROUP_FWD_MASK, VLAN_DEFAULT_PVID -> 65_535;
      case VLAN_FILTERING, MCAST_SNOOPING, NO_LINKLOCAL_LEARN, NF_CALL_IPTABLES, NF_CALL_IP6TABLES -> 255;
    };
  }

  /** The words that set the same. */
  static String of(BridgeChange change) {
    StringBuilder words = new StringBuilder();
    change.values().forEach((option, value) -> words.append(' ').append(option.word()).append(' ').append(value));
    return words.toString();
  }
}
