package org.hopscope.model.netfilter;

import java.util.Arrays;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;

/** How REJECT tells the sender (iptables-extensions(8), REJECT). */
public enum RejectWith {
  ICMP_NET_UNREACHABLE("icmp-net-unreachable", "net-unreach", IpFamily.INET, 3, 0), ICMP_HOST_UNREACHABLE(
      "icmp-host-unreachable", "host-unreach", IpFamily.INET, 3, 1),
  ICMP_PROTO_UNREACHABLE("icmp-proto-unreachable",
      "proto-unreach", IpFamily.INET, 3, 2),
  ICMP_PORT_UNREACHABLE("icmp-port-unreachable", "port-unreach",
      IpFamily.INET, 3, 3),
  ICMP_NET_PROHIBITED("icmp-net-prohibited", "net-prohib", IpFamily.INET, 3,
      9),
  ICMP_HOST_PROHIBITED("icmp-host-prohibited", "host-prohib", IpFamily.INET, 3,
      10),
  TCP_RESET("tcp-reset", "tcp-rst", IpFamily.INET, 0, 0), ICMP_ADMIN_PROHIBITED(
      "icmp-admin-prohibited", "admin-prohib", IpFamily.INET, 3, 13),
  ICMP6_NO_ROUTE("icmp6-no-route",
      "no-route", IpFamily.INET6, 1, 0),
  ICMP6_ADM_PROHIBITED("icmp6-adm-prohibited",
      "adm-prohibited", IpFamily.INET6, 1, 1),
  ICMP6_ADDR_UNREACHABLE("icmp6-addr-unreachable",
      "addr-unreach", IpFamily.INET6, 1, 3),
  ICMP6_PORT_UNREACHABLE(
      "icmp6-port-unreachable", "port-unreach", IpFamily.INET6, 1, 4),
  ICMP6_POLICY_FAIL("icmp6-policy-fail", "policy-fail", IpFamily.INET6, 1, 5),
  ICMP6_REJECT_ROUTE("icmp6-reject-route", "reject-route", IpFamily.INET6, 1, 6);

  private final String word;
  private final String shorter;
  private final IpFamily family;
  private final int type;
  private final int code;

  RejectWith(String word, String shorter, IpFamily family, int type, int code) {
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
  public static Optional<RejectWith> named(IpFamily family, String word) {
    return Arrays.stream(values()).filter(r -> r.family == family || r == TCP_RESET)
        .filter(r -> r.word.startsWith(word) || r.shorter.startsWith(word)).findFirst();
  }
}
