package org.hopscope.model.iptables;

import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.CtTemplate;
import org.hopscope.model.netfilter.ProtocolMatch;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.Rule;

/** The helpers of connection tracking that a kernel has, by family and protocol (kernel net/netfilter/nf_conntrack_*.c). */
final class Helpers {
  private static final Set<String> TCP = Set.of("ftp", "sane", "sip", "Q.931");
  private static final Set<String> UDP = Set.of("tftp", "sip", "amanda", "RAS");
  private static final Set<String> TCP_OF_IPV4 = Set.of("irc", "pptp");
  private static final Set<String> UDP_OF_IPV4 = Set.of("snmp", "netbios-ns");

  private Helpers() {
  }

  /** Why the kernel does not take a rule with {@code CT}; empty when it does (kernel net/netfilter/xt_CT.c). */
  static Optional<String> refusal(CtTemplate template, IpFamily family, Rule rule) {
    int protocol = rule.ip().protocol().filter(p -> !p.inverted()).map(ProtocolMatch::number).orElse(0);
    if (!template.helper().isEmpty() && !isKnown(template.helper(), family, protocol)) {
      return Optional.of("No such file or directory");
    }
    return template.timeout().isEmpty() ? Optional.empty()
        : Optional.of(protocol == 0 ? "Invalid argument" : "No such file or directory");
  }

  private static boolean isKnown(String helper, IpFamily family, int protocol) {
    boolean v4 = family == IpFamily.INET;
    return switch (protocol) {
      case Protocols.TCP -> TCP.contains(helper) || v4 && TCP_OF_IPV4.contains(helper);
      case Protocols.UDP -> UDP.contains(helper) || v4 && UDP_OF_IPV4.contains(helper);
      default -> false;
    };
  }
}
