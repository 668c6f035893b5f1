package org.hopscope.model.trace;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.dns.DnsMessage;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.kube.ingress.ProxyQuestion;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.WireGuard;

/** Says in plain sentences what happens in a trace. */
public final class Narrator {
  private Narrator() {
  }

  /** What happens in a step: one sentence. */
  public static String sentence(Trace trace, int stepIndex) {
    return new StepSentences(trace).sentence(trace.steps().get(stepIndex));
  }

  /** A few words for a step on a time line: {@code ROUTE main}, {@code who-has 10.1.1.2}, {@code died: no route}. */
  public static String headline(Trace trace, int stepIndex) {
    Naming naming = new Naming(trace.start());
    Step step = trace.steps().get(stepIndex);
    return switch (step.event()) {
      case Event.Made _,Event.Resumed _ -> label(step.packet());
      case Event.Looked(Lookup lookup) -> headline(lookup, naming);
      case Event.Rewritten(Packet _, Event.Rewriting why) -> switch (why) {
        case LINK_HEADER -> step.packet().ethernet().filter(e -> e.destination().bits() != 0)
            .map(e -> Sentences.say("headline.header", naming.owner(e.destination())))
            .orElseGet(() -> Sentences.say("headline.header.lo"));
        case FLOW -> Sentences.say("headline.rewritten");
        case SOURCE_NAT -> Sentences.say("headline.snat",
            step.packet().ip().map(ip -> ip.source().toString()).orElse(""));
        case DESTINATION_NAT -> Sentences.say("headline.dnat",
            step.packet().ip().map(ip -> ip.destination().toString()).orElse(""));
        case VLAN_PUSH -> Sentences.say("headline.push", step.packet().vlan().map(Header.Vlan::id).orElse(0));
        case ENCIPHERED -> Sentences.say("headline.enciphered",
            step.packet().ip().map(ip -> ip.destination().toString()).orElse(""));
        case DECIPHERED -> Sentences.say("headline.deciphered");
        case VLAN_POP -> Sentences.say("headline.pop");
        case ENCAPSULATION -> Sentences.say("headline.encapsulation",
            step.packet().ip().map(ip -> ip.destination().toString()).orElse(""));
        case DECAPSULATION -> Sentences.say("headline.decapsulation");
        case TTL -> Sentences.say("headline.ttl", step.packet().ip().map(Header.Ip::hops).orElse(0));
      };
      case Event.Transmitted(var to) -> naming.device(step.device().orElseThrow()) + " → " + naming.place(to);
      case Event.HandedDown(var lower) ->
          Sentences.say("headline.down", naming.device(step.device().orElseThrow()), naming.device(lower));
      case Event.Tunnelled(var to) ->
          Sentences.say("headline.tunnelled", naming.device(step.device().orElseThrow()), to);
      case Event.Learned(var mac, var end) -> Sentences.say("headline.learned", naming.owner(mac), end);
      case Event.Narrowed(int mtu) -> Sentences.say("headline.narrowed", mtu);
      case Event.HandedUp(var upper) ->
          Sentences.say("headline.up", naming.device(step.device().orElseThrow()), naming.place(upper));
      case Event.Received _ -> Sentences.say("headline.at", naming.place(step.device().orElseThrow()));
      case Event.Switched(var bridge) -> naming.device(bridge);
      case Event.Forked(List<Integer> copies) -> Sentences.say("headline.copies", copies.size());
      case Event.Parked(var nextHop) -> Sentences.say("headline.waits", nextHop);
      case Event.Staged(var peer) -> Sentences.say("headline.waits", new PeerRows(naming.lab()).name(peer));
      case Event.Waited(long _, var nextHop) -> Sentences.say("headline.silence", nextHop);
      case Event.Confirmed _ -> Sentences.say("headline.confirmed");
      case Event.Ended(Fate fate) -> switch (fate) {
        case Fate.Delivered(String to) -> Sentences.say("headline.delivered", to);
        case Fate.Read(var tun) -> Sentences.say("headline.read", naming.device(tun));
        case Fate.Divided() -> Sentences.say("headline.divided");
        case Fate.Died(DropReason reason) -> Sentences.say("headline.died", Sentences.say("short." + reason.name()));
      };
    };
  }

  private static String headline(Lookup lookup, Naming naming) {
    return switch (lookup) {
      case Lookup.RouteLookup route -> route.winner().isEmpty()
          ? Sentences.say("headline.route.miss")
          : Sentences.say("headline.route", Naming.table(route.table()));
      case Lookup.ReversePathLookup reverse -> Sentences.say("headline.reverse", reverse.source());
      case Lookup.NeighbourLookup neighbour -> Sentences.say("headline.neighbour", neighbour.nextHop());
      case Lookup.FdbLookup fdb -> Sentences.say("headline.fdb", naming.device(fdb.bridge()));
      case Lookup.VlanLookup vlan -> Sentences.say("headline.vlan", naming.device(vlan.bridge()));
      case Lookup.ArpTargetLookup target -> Sentences.say("headline.addresses", target.target());
      case Lookup.ListenerLookup listener -> Sentences.say("headline.listener", listener.port());
      case Lookup.RuleWalk walk -> Sentences.say("headline.rules", walk.table().name().word(),
          walk.view().path().hook());
      case Lookup.ChainWalk walk -> Sentences.say("headline.rules", walk.table().key(), walk.chain().name());
      case Lookup.ConntrackLookup tracked -> Sentences.say("headline.conntrack", tracked.state());
      case Lookup.ServiceLookup _ -> Sentences.say("headline.ipvs.service");
      case Lookup.ServerLookup server -> Sentences.say("headline.ipvs.server", server.service());
      case Lookup.BalanceLookup _ -> Sentences.say("headline.ipvs.connection");
      case Lookup.BondLookup bond -> Sentences.say("headline.bond", naming.device(bond.bond()));
      case Lookup.StackedLookup stacked -> Sentences.say("headline.stacked", naming.device(stacked.lower()));
      case Lookup.TunnelLookup tunnel -> Sentences.say("headline.tunnel", tunnel.key());
      case Lookup.CryptokeyLookup cryptokey -> Sentences.say("headline.peers", naming.device(cryptokey.device()));
      case Lookup.PeerLookup peer -> Sentences.say("headline.peers", naming.device(peer.device()));
      case Lookup.MapLookup map -> Sentences.say("headline.map", map.map());
      case Lookup.RelayLookup relay -> Sentences.say("headline.relay", relay.destination());
      case Lookup.FlowLookup flow -> Sentences.say("headline.flow", flow.bridge(), flow.table());
      case Lookup.ProxyLookup proxy -> Sentences.say(switch (proxy.question()) {
        case ProxyQuestion.Certified _ -> "headline.certificate";
        case ProxyQuestion.Routed _ -> "headline.request";
        case ProxyQuestion.Balanced _ -> "headline.endpoint";
        case ProxyQuestion.Forwarded _ -> "headline.forward";
      }, proxy.question().key());
      case Lookup.MacLookup mac -> Sentences.say("headline.mac", mac.address().bridge());
      case Lookup.LinkLookup link -> Sentences.say("headline.link", naming.device(link.device()));
    };
  }

  /** A few words for a packet's token: {@code who-has 10.1.1.2}, {@code echo 1}, {@code SYN :80}. */
  public static String label(Packet packet) {
    Optional<Packet> inside = packet.carried().filter(_ -> !tunnel(packet).isEmpty());
    if (inside.isPresent()) {
      return Sentences.say("label.inside", tunnel(packet), label(inside.get()));
    }
    Header inner = packet.upper();
    return switch (inner) {
      case Header.Ethernet _,Header.Vlan _,Header.Carrier _ -> Sentences.say("label.frame");
      case Header.Ipv4 ip -> ip.fragment().equals(Header.Fragment.WHOLE)
          ? Sentences.say("label.ip")
          : Sentences.say("label.fragment", ip.fragment().offset());
      case Header.Arp arp -> switch (arp.operation()) {
        case REQUEST -> Sentences.say("label.request", arp.targetIp());
        case REPLY -> Sentences.say("label.reply", arp.senderIp());
      };
      case Header.Ipv6 _ -> Sentences.say("label.ip6");
      case Header.Fragment6 piece -> Sentences.say("label.fragment", piece.fragment().offset());
      case Header.NeighbourSolicitation ask -> Sentences.say("label.request", ask.target());
      case Header.NeighbourAdvertisement claim -> Sentences.say("label.reply", claim.target());
      case Header.Echo echo -> Sentences.say(echo.reply() ? "label.echo.reply" : "label.echo", echo.sequence());
      case Header.Complaint error -> Sentences.say(errorKey("label.", error));
      case Header.Tcp tcp -> segment(tcp, packet.payload());
      case Header.Udp udp -> carried(packet).or(() -> DnsMessage.parse(packet.text()).map(Narrator::of))
          .orElseGet(() -> Sentences.say("label.udp", udp.destinationPort()));
      case WireGuard message -> of(message);
    };
  }

  /** What kind of tunnel a packet outside is of. */
  public static String tunnel(Packet outside) {
    return outside.find(Header.Carrier.class).map(carrier -> switch (carrier) {
      case Header.Vxlan(int vni) -> "VXLAN " + vni;
      case Header.Geneve(int vni) -> "GENEVE " + vni;
      case Header.Gre(int _, var key) -> "GRE" + key.map(k -> " " + Integer.toUnsignedString(k)).orElse("");
    }).or(() -> outside.carried().flatMap(Packet::ip).map(inside -> outside.upper() instanceof Header.Udp udp
        ? "UDP " + udp.destinationPort()
        : switch (inside) {
          case Header.Ipv4 _ -> "IPIP";
          case Header.Ipv6 _ -> "SIT";
        })).orElse("");
  }

  /** What a tunnel's packet is, where it is one. */
  private static Optional<String> carried(Packet packet) {
    int at = packet.headers().indexOf(packet.upper()) + 1;
    return at < packet.headers().size() && packet.headers().get(at) instanceof WireGuard message
        ? Optional.of(of(message))
        : Optional.empty();
  }

  /** A question: {@code A? web.default.svc.cluster.local.}; an answer: what was found, or that nothing was. */
  private static String of(DnsMessage message) {
    DnsQuestion asked = message.question();
    return message.reply().map(reply -> reply.hasAnswer()
        ? reply.answer().stream().map(r -> r.data().type() + " " + r.data()).distinct()
            .collect(Collectors.joining(", "))
        : Sentences.say("label.dns." + reply.code(), asked.type(), asked.name()))
        .orElseGet(() -> Sentences.say("label.dns", asked.type(), asked.name()));
  }

  private static String of(WireGuard message) {
    return Sentences.say("label.wireguard." + message.type());
  }

  private static String segment(Header.Tcp tcp, int bytes) {
    Header.Flags flags = tcp.flags();
    if (flags.syn()) {
      return flags.ack() ? Sentences.say("label.synack") : Sentences.say("label.syn", tcp.destinationPort());
    }
    if (flags.rst()) {
      return Sentences.say("label.rst");
    }
    if (flags.fin()) {
      return Sentences.say("label.fin");
    }
    return bytes > 0 ? Sentences.say("label.data", bytes) : Sentences.say("label.ack");
  }

  /** The key for an ICMP error: by type and code, else by type alone. */
  static String errorKey(String prefix, Header.Complaint error) {
    String family = switch (error) {
      case Header.IcmpError _ -> prefix + "icmp.";
      case Header.Icmpv6Error _ -> prefix + "icmp6.";
    };
    String exact = family + error.type() + "." + error.code();
    return Sentences.has(exact) ? exact : family + error.type();
  }

  /** The decisive reason why a probe failed, in one sentence; empty when it succeeded. */
  public static Optional<String> whyFailed(Trace trace) {
    return trace.result().succeeded()
        ? Optional.empty()
        : Optional.of(new Failure(trace).decisive().map(step -> sentence(trace, step.index()))
            .orElseGet(
                () -> readBy(trace).map(tun -> Sentences.say("failed.read", new Naming(trace.start()).place(tun)))
                    .orElseGet(() -> Sentences.say("failed.nothing"))));
  }

  /** The tun or tap device whose program was the last to get a packet of the trace. */
  private static Optional<DeviceId> readBy(Trace trace) {
    return trace.steps().reversed().stream().flatMap(s -> s.event() instanceof Event.Ended(Fate.Read(DeviceId tun))
        ? Optional.of(tun).stream()
        : Optional.<DeviceId>empty().stream()).findFirst();
  }
}
