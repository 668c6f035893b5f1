package org.hopscope.model.netfilter;

import java.util.Arrays;
import java.util.Optional;

/** How REJECT tells the sender (iptables-extensions(8), REJECT). */
public enum RejectWith {
  ICMP_NET_UNREACHABLE("icmp-net-unreachable", "net-unreach", Family.IPV4, 3, 0), ICMP_HOST_UNREACHABLE(
      "icmp-host-unreachable", "host-unreach", Family.IPV4, 3, 1), ICMP_PROTO_UNREACHABLE("icmp-proto-unreachable",
          "proto-unreach", Family.IPV4, 3, 2), ICMP_PORT_UNREACHABLE("icmp-port-unreachable", "port-unreach",
              Family.IPV4, 3, 3), ICMP_NET_PROHIBITED("icmp-net-prohibited", "net-prohib", Family.IPV4, 3,
                  9), ICMP_HOST_PROHIBITED("icmp-host-prohibited", "host-prohib", Family.IPV4, 3,
                      10), TCP_RESET("tcp-reset", "tcp-rst", Family.IPV4, 0, 0), ICMP_ADMIN_PROHIBITED(
                          "icmp-admin-prohibited", "admin-prohib", Family.IPV4, 3, 13), ICMP6_NO_ROUTE("icmp6-no-route",
                              "no-route", Family.IPV6, 1, 0), ICMP6_ADM_PROHIBITED("icmp6-adm-prohibited",
                                  "adm-prohibited", Family.IPV6, 1, 1), ICMP6_ADDR_UNREACHABLE("icmp6-addr-unreachable",
                                      "addr-unreach", Family.IPV6, 1, 3), ICMP6_PORT_UNREACHABLE(
                                          "icmp6-port-unreachable", "port-unreach", Family.IPV6, 1, 4);

  private final String word;
  private final String shorter;
  private final Family family;
  private final int type;
  private final int code;

  RejectWith(String word, String shorter, Family family, int type, int code) {
    this.word = word;
    this.shorter = shorter;
    this.family = family;
    this.type = type;
    this.code = code;
  }

  /** Its word in rules. */
  public String word() {
    return word;
  }

  /** The ICMP type; meaningless for a reset. */
  public int type() {
    return type;
  }

  /** The ICMP code; meaningless for a reset. */
  public int code() {
    return code;
  }

  /** What a word, or its beginning, means: the first that begins with it (iptables libipt_REJECT.c). */
  public static Optional<RejectWith> named(Family family, String word) {
    return Arrays.stream(values()).filter(r -> r.family == family || r == TCP_RESET)
        .filter(r -> r.word.startsWith(word) || r.shorter.startsWith(word)).findFirst();
  }
}
