package org.hopscope.model.iptables;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.ProtocolMatch;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.Target;

/** The matches and targets that rules may name. */
final class Extensions {
  /** What the program has and the model has not. */
  private static final Set<String> OTHER_MATCHES = Set.of("ipvs", "rateest");
  private static final Set<String> OTHER_TARGETS = Set.of("CLUSTERIP", "LED", "SECMARK", "SYNPROXY", "ULOG",
      "QUEUE");

  /** Protocols beyond the core whose match has their name. */
  private static final Set<String> OF_PROTOCOLS = Set.of("esp", "ah", "ipcomp", "dccp", "mobility-header");

  private Extensions() {
  }

  /** {@code -m NAME}. */
  static Extension<Match> match(String name, IpFamily family, Supplier<Optional<ProtocolMatch>> protocol)
      throws Complaint {
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
      case "set" -> SetWords.match();
      case "pkttype" -> OtherMatches.pkttype();
      default -> {
        if (name.equals(v4 ? "icmp" : "icmp6") || !v4 && name.equals("icmpv6")) {
          yield PortMatches.icmp(family);
        }
        if (name.equals(v4 ? "ttl" : "hl")) {
          yield OtherMatches.ttl(family);
        }
        Optional<Extension<Match>> other = otherMatch(name, family);
        if (other.isPresent()) {
          yield other.get();
        }
        throw OTHER_MATCHES.contains(name)
            ? Complaint.unsupported("-m " + name)
            : Complaint.parameter("Couldn't load match `" + name + "':No such file or directory");
      }
    };
  }

  /** A match beyond the teaching core. */
  private static Optional<Extension<Match>> otherMatch(String name, IpFamily family) {
    Optional<Extension<Match>> found = Optional.ofNullable(switch (name) {
      case "tos" -> FieldMatches.tos();
      case "dscp" -> FieldMatches.dscp();
      case "ecn" -> FieldMatches.ecn();
      case "tcpmss" -> FieldMatches.tcpmss();
      case "string" -> ByteMatches.string();
      case "u32" -> ByteMatches.u32();
      case "owner" -> HostMatches.owner();
      case "rpfilter" -> HostMatches.rpfilter();
      case "cpu" -> HostMatches.cpu();
      case "socket" -> ConnectionMatches.socket();
      case "connbytes" -> ConnectionMatches.connbytes();
      case "connlabel" -> ConnectionMatches.connlabel();
      case "bpf" -> new BpfMatch();
      case "nfacct" -> HostMatches.nfacct();
      case "helper" -> HostMatches.helper();
      case "policy" -> new PolicyMatch(family);
      case "cgroup" -> HostMatches.cgroup();
      case "devgroup" -> HostMatches.devgroup();
      case "osf" -> HostMatches.osf();
      case "cluster" -> HostMatches.cluster();
      case "time" -> new TimeMatch();
      case "quota" -> RateMatches.quota();
      case "connlimit" -> RateMatches.connlimit(family);
      case "hashlimit" -> new HashLimit(family);
      case "esp" -> ForeignMatches.esp();
      case "ah" -> ForeignMatches.ah(family);
      case "ipcomp" -> ForeignMatches.ipcomp();
      case "dccp" -> ForeignMatches.dccp();
      default -> null;
    });
    return found.or(() -> family == IpFamily.INET6 ? ofIpv6(name)
        : Optional.of(name).filter("realm"::equals).map(_ -> HostMatches.realm()));
  }

  private static Optional<Extension<Match>> ofIpv6(String name) {
    return Optional.ofNullable(switch (name) {
      case "hbh", "dst" -> ForeignMatches.options(name);
      case "rt" -> ForeignMatches.routing();
      case "mh" -> ForeignMatches.mobility();
      case "frag" -> ForeignMatches.frag();
      case "eui64" -> ForeignMatches.eui64();
      case "ipv6header" -> HeaderMatches.ipv6header();
      case "srh" -> HeaderMatches.srh();
      default -> null;
    });
  }

  /** The name of the match that a protocol brings along. */
  private static String nameOf(int protocol, IpFamily family) {
    return switch (protocol) {
      case Protocols.TCP -> "tcp";
      case Protocols.UDP -> "udp";
      case Protocols.SCTP -> "sctp";
      case Protocols.ICMP -> family == IpFamily.INET ? "icmp" : "";
      case Protocols.ICMPV6 -> family == IpFamily.INET6 ? "icmp6" : "";
      default -> OF_PROTOCOLS.contains(Values.protocol(protocol)) ? matchOf(protocol) : "";
    };
  }

  /** The match of a protocol beyond the core has its name, but for mobility headers. */
  private static String matchOf(int protocol) {
    String name = Values.protocol(protocol);
    return name.equals("mobility-header") ? "mh" : name;
  }

  /** Whether a match is the one that a protocol brings along. */
  static boolean isOf(String match, Optional<Integer> protocol, IpFamily family) {
    return protocol.isPresent() && nameOf(protocol.get(), family).equals(match);
  }

  /**
   * The match that a protocol brings along when one of its options is used without {@code -m}.
   *
   * @param typed the protocol as it was said: only {@code mh} has the name of its match
   */
  static Optional<Extension<Match>> ofProtocol(int protocol, String typed, IpFamily family) {
    return switch (protocol) {
      case Protocols.TCP -> Optional.of(PortMatches.tcp());
      case Protocols.UDP -> Optional.of(PortMatches.udp());
      case Protocols.SCTP -> Optional.of(PortMatches.sctp());
      case Protocols.ICMP -> family == IpFamily.INET ? Optional.of(PortMatches.icmp(family)) : Optional.empty();
      case Protocols.ICMPV6 -> family == IpFamily.INET6 ? Optional.of(PortMatches.icmp(family)) : Optional.empty();
      default -> Optional.of(matchOf(protocol)).filter(_ -> OF_PROTOCOLS.contains(Values.protocol(protocol)))
          .filter(m -> !m.equals("mh") || m.equals(typed))
          .flatMap(m -> otherMatch(m, family));
    };
  }

  /** {@code -j NAME}; empty when the name is no target's and must be a chain's. */
  static Optional<Extension<Target>> target(String name, IpFamily family, Supplier<Optional<Integer>> protocol)
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
      case "SET" -> SetWords.target();
      case "TEE" -> CopyTargets.tee(family);
      default -> name.equals(v4 ? "TTL" : "HL") ? Targets.ttl(family)
          : OtherTargets.named(name).or(() -> RewriteTargets.named(name, family)).orElse(null);
    });
  }

  /** Whether a name cannot be a chain's. */
  static boolean isTarget(String name) {
    try {
      return target(name, IpFamily.INET, Optional::empty).isPresent();
    } catch (Complaint known) {
      return true;
    }
  }
}
