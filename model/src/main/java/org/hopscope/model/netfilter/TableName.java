package org.hopscope.model.netfilter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables of iptables, in the order in which iptables-save of iptables-nft prints them. */
public enum TableName {
  MANGLE(-150, Hook.PREROUTING, Hook.INPUT, Hook.FORWARD, Hook.OUTPUT, Hook.POSTROUTING), SECURITY(150, Hook.INPUT,
      Hook.FORWARD, Hook.OUTPUT),
  RAW(-300, Hook.PREROUTING, Hook.OUTPUT), FILTER(0, Hook.INPUT, Hook.FORWARD,
      Hook.OUTPUT),
  NAT(-100, Hook.PREROUTING, Hook.INPUT, Hook.OUTPUT, Hook.POSTROUTING);

  private static final int SOURCE_NAT = 100;

  private final int priority;
  private final List<Hook> hooks;

  TableName(int priority, Hook... hooks) {
    this.priority = priority;
    this.hooks = List.of(hooks);
  }

  /** The hooks at which it has a built-in chain, in the order of listings. */
  public List<Hook> hooks() {
    return hooks;
  }

  /** When its chain is asked at a hook: lower first (kernel include/uapi/linux/netfilter_ipv4.h NF_IP_PRI_*). */
  public int priority(Hook hook) {
    boolean source = this == NAT && (hook == Hook.INPUT || hook == Hook.POSTROUTING);
    return source ? SOURCE_NAT : priority;
  }

  /** Its name in commands. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The table of a name. */
  public static Optional<TableName> named(String word) {
    return Arrays.stream(values()).filter(t -> t.word().equals(word)).findFirst();
  }
}
