package org.hopscope.model.net;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The numbers that {@code ip link set BR type bridge} changes, called as in ip-link(8) and in the order in which the kernel
 * takes them (net/bridge/br_netlink.c br_changelink). Times are hundredths of a second.
 */
public enum BridgeOption {
  /** Listening and learning of the spanning tree protocol take this long each (sem-B10). */
  FORWARD_DELAY(1500),
  /** The root bridge speaks this often. */
  HELLO_TIME(200),
  /** What was heard of a root bridge counts this long. */
  MAX_AGE(2000),
  /** A learned entry lives this long without being seen (sem-B1). */
  AGEING_TIME(30000),
  /** Whether the spanning tree protocol runs. */
  STP_STATE(0),
  /** The upper half of the bridge's identity: the lowest identity is root. */
  PRIORITY(32768),
  /** Whether ports filter by VLAN (sem-B14). */
  VLAN_FILTERING(0),
  /** The VLAN that new ports are put into, 1 to 4094; 0 for none. */
  VLAN_DEFAULT_PVID(BridgeVlans.DEFAULT_PVID),
  /** Which of the groups 01:80:c2:00:00:0X are passed on: bit X (sem-B16). */
  GROUP_FWD_MASK(0),
  /** Whether the bridge listens to who joined which group. */
  MCAST_SNOOPING(1),
  /** Whether frames to the groups that bridges keep for themselves teach nothing (kernel br_handle_local_finish). */
  NO_LINKLOCAL_LEARN(0),
  /** Whether bridged IPv4 packets are shown to the packet filter whatever the namespace says (sem-B12). */
  NF_CALL_IPTABLES(0),
  /** The same of IPv6. */
  NF_CALL_IP6TABLES(0);

  private final int usual;

  BridgeOption(int usual) {
    this.usual = usual;
  }

  /** What a new bridge has (kernel net/bridge/br_device.c br_dev_setup). */
  public int usual() {
    return usual;
  }

  /** The word of ip-link(8). */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The option with this word. */
  public static Optional<BridgeOption> of(String word) {
    return Stream.of(values()).filter(o -> o.word().equals(word)).findFirst();
  }
}
