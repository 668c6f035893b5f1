package org.hopscope.model.iptables;

import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.Target;

/** The matches and targets that rules may name. */
final class Extensions {
  /** What the program has and the model has not. */
  private static final Set<String> OTHER_MATCHES = Set.of("ah", "bpf", "cgroup", "cluster", "connbytes", "connlabel",
      "connlimit", "cpu", "dccp", "devgroup", "dscp", "dst", "ecn", "esp", "eui64", "frag", "hashlimit", "hbh",
      "helper", "ipcomp", "ipv6header", "ipvs", "mh", "nfacct", "osf", "owner", "policy", "quota", "rateest", "realm",
      "rpfilter", "rt", "socket", "srh", "string", "tcpmss", "time", "tos", "u32", "unclean");
  private static final Set<String> OTHER_TARGETS = Set.of("AUDIT", "CHECKSUM", "CLASSIFY", "CLUSTERIP", "CONNSECMARK",
      "DNPT", "DSCP", "ECN", "HMARK", "IDLETIMER", "LED", "NFLOG", "NFQUEUE", "RATEEST", "SECMARK", "SET", "SNPT",
      "SYNPROXY", "TCPOPTSTRIP", "TEE", "TOS", "TPROXY", "ULOG", "QUEUE");

  private Extensions() {
  }

  /** {@code -m NAME}. */
  static Extension<Match> match(String name, IpFamily family, Optional<Integer> protocol) throws Complaint {
    boolean v4 = family == IpFamily.INET;
    return switch (name) {
      case "tcp" -> PortMatches.tcp();
      case "udp" -> PortMatches.udp();
      case "sctp" -> PortMatches.sctp();
      case "multiport" -> PortMatches.multiport(protocol);
      case "state" -> StateMatches.state();
      case "conntrack" -> StateMatches.conntrack(family);
      case "mark" -> StateMatches.mark();
      case "connmark" -> StateMatches.connmark();
      case "comment" -> OtherMatches.comment();
      case "addrtype" -> OtherMatches.addrtype();
      case "statistic" -> ChanceMatches.statistic();
      case "recent" -> OtherMatches.recent(family);
      case "physdev" -> OtherMatches.physdev();
      case "iprange" -> OtherMatches.iprange(family);
      case "limit" -> ChanceMatches.limit();
      case "length" -> OtherMatches.length();
      case "mac" -> OtherMatches.mac();
      case "set" -> OtherMatches.set();
      case "pkttype" -> OtherMatches.pkttype();
      default -> {
        if (name.equals(v4 ? "icmp" : "icmp6") || !v4 && name.equals("icmpv6")) {
          yield PortMatches.icmp(family);
        }
        if (name.equals(v4 ? "ttl" : "hl")) {
          yield OtherMatches.ttl(family);
        }
        throw OTHER_MATCHES.contains(name)
            ? Complaint.unsupported("-m " + name)
            : Complaint.parameter("Couldn't load match `" + name + "':No such file or directory");
      }
    };
  }

  /** The name of the match that a protocol brings along. */
  private static String nameOf(int protocol, IpFamily family) {
    return switch (protocol) {
      case Protocols.TCP -> "tcp";
      case Protocols.UDP -> "udp";
      case Protocols.SCTP -> "sctp";
      case Protocols.ICMP -> family == IpFamily.INET ? "icmp" : "";
      case Protocols.ICMPV6 -> family == IpFamily.INET6 ? "icmp6" : "";
      default -> "";
    };
  }

  /** Whether a match is the one that a protocol brings along. */
  static boolean isOf(String match, Optional<Integer> protocol, IpFamily family) {
    return protocol.isPresent() && nameOf(protocol.get(), family).equals(match);
  }

  /** The match that a protocol brings along when one of its options is used without {@code -m}. */
  static Optional<Extension<Match>> ofProtocol(int protocol, IpFamily family) {
    return switch (protocol) {
      case Protocols.TCP -> Optional.of(PortMatches.tcp());
      case Protocols.UDP -> Optional.of(PortMatches.udp());
      case Protocols.SCTP -> Optional.of(PortMatches.sctp());
      case Protocols.ICMP -> family == IpFamily.INET ? Optional.of(PortMatches.icmp(family)) : Optional.empty();
      case Protocols.ICMPV6 -> family == IpFamily.INET6 ? Optional.of(PortMatches.icmp(family)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** {@code -j NAME}; empty when the name is no target's and must be a chain's. */
  static Optional<Extension<Target>> target(String name, IpFamily family, Optional<Integer> protocol)
      throws Complaint {
    if (OTHER_TARGETS.contains(name)) {
      throw Complaint.unsupported("-j " + name);
    }
    boolean v4 = family == IpFamily.INET;
    return Optional.ofNullable(switch (name) {
      case "ACCEPT" -> Targets.plain(name, new Target.Accept());
      case "DROP" -> Targets.plain(name, new Target.Drop());
      case "RETURN" -> Targets.plain(name, new Target.Return());
      case "TRACE" -> Targets.plain(name, new Target.Trace());
      case "NOTRACK" -> Targets.plain(name, new Target.Notrack(true));
      case "REJECT" -> Targets.reject(family);
      case "LOG" -> Targets.log();
      case "MARK" -> Targets.mark();
      case "CONNMARK" -> Targets.connmark();
      case "CT" -> Targets.ct();
      case "DNAT" -> NatTargets.destinationNat(family, protocol);
      case "SNAT" -> NatTargets.sourceNat(family, protocol);
      case "MASQUERADE" -> NatTargets.masquerade(family, protocol);
      case "REDIRECT" -> NatTargets.redirect(family, protocol);
      case "NETMAP" -> Targets.netmap(family);
      case "TCPMSS" -> Targets.tcpmss();
      default -> name.equals(v4 ? "TTL" : "HL") ? Targets.ttl(family) : null;
    });
  }

  /** Whether a name cannot be a chain's. */
  static boolean isTarget(String name) {
    try {
      return target(name, IpFamily.INET, Optional.empty()).isPresent();
    } catch (Complaint known) {
      return true;
    }
  }
}
