package org.hopscope.model.trace;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.WireGuard;

/** One sentence for each step of a trace. */
final class StepSentences {
  private static final Set<DropReason> NEIGHBOURS =
      Set.of(DropReason.NEIGHBOUR_FAILED, DropReason.NEIGHBOUR_UNASKED);
  private static final Event STOPPED = new Event.Ended(new Fate.Died(DropReason.STORM));

  private final Trace trace;
  private final Naming naming;

  StepSentences(Trace trace) {
    this.trace = trace;
    naming = new Naming(trace.start());
  }

  String sentence(Step step) {
    String netns = naming.netns(step.where());
    String device = step.device().map(naming::device).orElse("");
    return switch (step.event()) {
      case Event.Made(String by) -> made(step, by, netns);
      case Event.Looked(Lookup lookup) -> looked(lookup, netns);
      case Event.Rewritten(Packet before, Event.Rewriting why) -> rewritten(step, before, why, netns);
      case Event.Transmitted(DeviceId to) -> step.device().filter(to::equals).isPresent()
          ? Sentences.say("step.transmitted.lo", netns)
          : Sentences.say("step.transmitted", naming.place(step.device().orElseThrow()), naming.place(to));
      case Event.HandedDown(DeviceId lower) -> Sentences.say("step.down", device, naming.place(lower));
      case Event.Tunnelled(var to) -> Sentences.say("step.tunnelled", device, to);
      case Event.Learned(var mac, var end) -> Sentences.say("step.learned", device, naming.owner(mac), end);
      case Event.Narrowed(int mtu) -> Sentences.say("step.narrowed", netns, mtu,
          step.packet().ip().map(ip -> ip.destination().toString()).orElse(""));
      case Event.HandedUp(DeviceId upper) -> Sentences.say("step.up", device, naming.place(upper));
      case Event.Received _ -> Sentences.say("step.received", naming.place(step.device().orElseThrow()));
      case Event.Switched(DeviceId bridge) -> switched(step, bridge, device);
      case Event.Forked(List<Integer> copies) -> step.packet().ethernet().isPresent()
          ? Sentences.say("step.forked", copies.size())
          : Sentences.say("step.cut", step.packet().networkLength(), device, copies.size());
      case Event.Parked(var nextHop) -> Sentences.say("step.parked", nextHop);
      case Event.Staged(var peer) -> Sentences.say("step.staged", new PeerRows(naming.lab()).name(peer));
      case Event.Resumed _ -> Sentences.say("step.resumed");
      case Event.Waited(long nanos, var nextHop) ->
          Sentences.say("step.waited", nextHop, seconds(nanos));
      case Event.Confirmed(var connection) -> FilterSentences.confirmed(connection, netns);
      case Event.Ended(Fate fate) -> ended(step, fate, netns, device);
    };
  }

  private static String seconds(long nanos) {
    return nanos % VirtualTime.SECOND == 0
        ? Long.toString(nanos / VirtualTime.SECOND)
        : Double.toString(nanos / (double) VirtualTime.SECOND);
  }

  private String made(Step step, String by, String netns) {
    Packet packet = step.packet();
    return switch (packet.upper()) {
      case Header.Arp arp -> switch (arp.operation()) {
        case REQUEST -> Sentences.say("made.request", netns, naming.device(step.device().orElseThrow()),
            arp.targetIp());
        case REPLY -> Sentences.say("made.reply", netns, arp.senderIp(), arp.senderMac());
      };
      case Header.NeighbourSolicitation ask -> Sentences.say(
          packet.ip().filter(ip -> ip.destination().isMulticast()).isPresent() ? "made.solicitation" : "made.check",
          netns, naming.device(step.device().orElseThrow()), ask.target());
      case Header.NeighbourAdvertisement claim -> Sentences.say("made.reply", netns, claim.target(), claim.mac());
      case Header.Complaint error -> Sentences.say(Narrator.errorKey("made.", error), netns,
          packet.ip().map(Header.Ip::destination).map(Object::toString).orElse(""), error.mtu(),
          error.gateway().map(Object::toString).orElse(""));
      case Header.Ethernet _,Header.Vlan _,Header.Ip _,Header.Fragment6 _,Header.Carrier _,Header.Echo _,Header.Tcp _,Header.Udp _,WireGuard _ ->
          Sentences.say(by.equals("reassembly") ? "made.whole" : "made.packet", maker(by, netns),
              Narrator.label(packet),
              packet.ip().map(Header.Ip::destination).map(Object::toString).orElse(""));
    };
  }

  private static String maker(String by, String netns) {
    if (by.equals("kernel")) {
      return netns;
    }
    return by.equals(netns) ? Sentences.say("maker.server", netns) : Sentences.say("maker", by, netns);
  }

  private String looked(Lookup lookup, String netns) {
    return switch (lookup) {
      case Lookup.RouteLookup route -> route.winner().map(row -> routed(route, row, netns))
          .orElseGet(() -> Sentences.say("looked.route.miss", netns, route.destination()));
      case Lookup.ReversePathLookup reverse ->
          Sentences.say(reverse.passed() ? "looked.reverse" : "looked.reverse.refused", netns, reverse.source(),
              naming.device(reverse.incoming()));
      case Lookup.NeighbourLookup neighbour -> known(neighbour, netns);
      case Lookup.FdbLookup fdb -> ported(fdb);
      case Lookup.VlanLookup vlan -> admitted(vlan);
      case Lookup.ArpTargetLookup target -> target.answered()
          ? Sentences.say(target.owner().isPresent() ? "looked.target.own"
              : target.local() ? "looked.target.local" : "looked.target.proxy", netns,
              target.target())
          : Sentences.say(target.owner().isPresent() ? "looked.target.silent" : "looked.target.miss", netns,
              target.target());
      case Lookup.ListenerLookup listener -> listener.found()
          .map(server -> Sentences.say("looked.listener", server.label(), listener.port(), netns))
          .orElseGet(() -> Sentences.say("looked.listener.miss", netns, listener.port(), listener.transport().word()));
      case Lookup.RuleWalk walk -> FilterSentences.walked(walk, netns);
      case Lookup.ChainWalk walk -> FilterSentences.walked(walk, netns);
      case Lookup.ConntrackLookup tracked -> FilterSentences.tracked(tracked, netns);
      case Lookup.ServiceLookup service -> ServiceRows.sentence(service, netns);
      case Lookup.ServerLookup server -> new ServiceRows(naming.lab()).sentence(server, netns);
      case Lookup.BalanceLookup balanced -> ServiceRows.sentence(balanced, netns);
      case Lookup.BondLookup bond -> Sentences.say(bond.out().isEmpty() ? "looked.bond.none" : "looked.bond",
          naming.device(bond.bond()), bond.mode().word(), naming.devices(bond.out()));
      case Lookup.StackedLookup stacked -> stacked(stacked);
      case Lookup.TunnelLookup tunnel -> tunnel.found()
          .map(d -> Sentences.say("looked.tunnel", netns, tunnel.key(), naming.place(d)))
          .orElseGet(() -> Sentences.say("looked.tunnel.miss", netns, tunnel.key()));
      case Lookup.CryptokeyLookup cryptokey -> new PeerRows(naming.lab()).sentence(cryptokey);
      case Lookup.PeerLookup peer -> new PeerRows(naming.lab()).sentence(peer);
      case Lookup.MapLookup map -> map.found()
          .map(value -> Sentences.say("looked.map", map.program(), map.map(), map.key(), value))
          .orElseGet(() -> Sentences.say("looked.map.miss", map.program(), map.map(), map.key()));
      case Lookup.RelayLookup relay -> relay.row()
          .map(row -> Sentences.say("looked.relay", naming.place(relay.device()), relay.destination(), row.hop()))
          .orElseGet(() -> Sentences.say("looked.relay.miss", naming.place(relay.device()), relay.destination()));
      case Lookup.FlowLookup flow -> flow.winner().isPresent()
          ? Sentences.say("looked.flow", flow.bridge(), flow.table(), FlowRows.winner(flow))
          : Sentences.say("looked.flow.miss", flow.bridge(), flow.table());
      case Lookup.ProxyLookup proxy -> proxy.question().sentence();
      case Lookup.MacLookup mac -> mac.port().isPresent()
          ? Sentences.say("looked.mac", mac.address().bridge(), mac.address().mac(),
              new FlowRows(naming.lab()).port(mac))
          : Sentences.say("looked.mac.miss", mac.address().bridge(), mac.address().mac());
      case Lookup.LinkLookup link ->
          Sentences.say(!link.up() ? "looked.link.down" : link.carrier() ? "looked.link" : "looked.link.nocarrier",
              naming.device(link.device()));
    };
  }

  private String routed(Lookup.RouteLookup lookup, Route row, String netns) {
    if (row.type() == RouteType.LOCAL) {
      return Sentences.say("looked.route.local", netns, lookup.destination());
    }
    String text = naming.route(row);
    return lookup.source().isEmpty() && lookup.sourceChosen().isPresent()
        ? Sentences.say("looked.route.source", netns, lookup.destination(), text, lookup.sourceChosen().get())
        : Sentences.say("looked.route", netns, lookup.destination(), text);
  }

  private String known(Lookup.NeighbourLookup lookup, String netns) {
    Optional<Neighbour> valid = lookup.found().filter(row -> row.state().isValid());
    return valid.map(row -> Sentences.say("looked.neighbour", netns, lookup.nextHop(),
        naming.owner(row.mac().orElseThrow()), row.state()))
        .orElseGet(() -> Sentences.say("looked.neighbour.miss", netns, lookup.nextHop()));
  }

  private String admitted(Lookup.VlanLookup lookup) {
    String bridge = naming.device(lookup.bridge());
    String at = naming.device(lookup.at());
    String how = lookup.tag().isPresent() ? "tag" : "pvid";
    return lookup.found().map(v -> Sentences.say("looked.vlan." + how, bridge, at, v))
        .orElseGet(() -> Sentences.say("looked.vlan.none." + how, bridge, at, lookup.tag().orElse(0)));
  }

  private String ported(Lookup.FdbLookup lookup) {
    String bridge = naming.device(lookup.bridge());
    String owner = naming.owner(lookup.mac());
    if (naming.isVxlan(lookup.bridge())) {
      return lookup.found().map(row -> Sentences.say("looked.fdb.far", bridge, owner, Naming.ends(row)))
          .orElseGet(() -> Sentences.say("looked.fdb.far.miss", bridge, owner));
    }
    if (lookup.found().filter(row -> row.kind() == FdbEntry.Kind.LOCAL).isPresent()) {
      return Sentences.say("looked.fdb.local", bridge, owner);
    }
    String key = lookup.found().isPresent() ? "looked.fdb" : lookup.mac().isGroup() ? "looked.fdb.group"
        : "looked.fdb.miss";
    String out = lookup.out().isEmpty() ? Sentences.say("nowhere") : naming.devices(lookup.out());
    return Sentences.say(key, bridge, owner, out);
  }

  private String stacked(Lookup.StackedLookup lookup) {
    String key = switch (lookup.key()) {
      case Lookup.StackedLookup.HardwareAddress(MacAddress mac) -> naming.owner(mac);
      case Lookup.StackedLookup.InternetAddress(var address) -> address.toString();
      case Lookup.StackedLookup.VlanId(int id) -> Sentences.say("vlan", id);
    };
    return Sentences.say(lookup.from().isPresent() ? "looked.stacked.from" : "looked.stacked",
        naming.device(lookup.lower()), key, naming.devices(lookup.out()));
  }

  private String rewritten(Step step, Packet before, Event.Rewriting why, String netns) {
    return switch (why) {
      case LINK_HEADER -> step.packet().ethernet().filter(e -> e.destination().bits() != 0)
          .map(e -> Sentences.say("rewritten.header", naming.owner(e.destination()), e.destination()))
          .orElseGet(() -> Sentences.say("rewritten.header.lo"));
      case SOURCE_NAT -> Sentences.say("rewritten.snat", netns, FilterSentences.source(before),
          FilterSentences.source(step.packet()));
      case DESTINATION_NAT -> Sentences.say("rewritten.dnat", netns, FilterSentences.destination(before),
          FilterSentences.destination(step.packet()));
      case ENCIPHERED -> Sentences.say("rewritten.enciphered", step.device().map(naming::device).orElse(""),
          step.packet().ip().map(Header.Ip::destination).map(Object::toString).orElse(""),
          step.packet().length() - before.length());
      case DECIPHERED -> Sentences.say("rewritten.deciphered", netns,
          step.packet().ip().map(Header.Ip::source).map(Object::toString).orElse(""));
      case FLOW -> Sentences.say("rewritten.flow");
      case VLAN_PUSH -> Sentences.say("rewritten.push", step.packet().vlan().map(Header.Vlan::id).orElse(0));
      case VLAN_POP -> Sentences.say("rewritten.pop", before.vlan().map(Header.Vlan::id).orElse(0));
      case ENCAPSULATION -> Sentences.say("rewritten.encapsulation", Narrator.tunnel(step.packet()),
          step.packet().ip().map(ip -> ip.source().toString()).orElse(""),
          step.packet().ip().map(ip -> ip.destination().toString()).orElse(""),
          step.packet().networkLength() - before.networkLength());
      case DECAPSULATION -> Sentences.say("rewritten.decapsulation", Narrator.tunnel(before),
          Narrator.label(step.packet()));
      case TTL -> Sentences.say("rewritten.ttl", netns, before.ip().map(Header.Ip::hops).orElse(0),
          step.packet().ip().map(Header.Ip::hops).orElse(0));
    };
  }

  private String switched(Step step, DeviceId bridge, String device) {
    if (step.device().filter(bridge::equals).isPresent()) {
      return step.packet().ethernet().filter(e -> e.source().equals(naming.mac(bridge))).isPresent()
          ? Sentences.say("switched.down", device)
          : Sentences.say("switched.up", device);
    }
    return step.effects().stream().flatMap(e -> e instanceof Effect.FdbSet(DeviceId _, FdbEntry row)
        ? Optional.of(row).stream()
        : Optional.<FdbEntry>empty().stream()).findFirst()
        .map(row -> Sentences.say("switched.learns", naming.device(bridge), naming.owner(row.mac()),
            naming.device(row.device())))
        .orElseGet(() -> Sentences.say("switched", naming.device(bridge), device));
  }

  private String ended(Step step, Fate fate, String netns, String device) {
    return switch (fate) {
      case Fate.Divided() -> Sentences.say("ended.divided");
      case Fate.Delivered(String to) -> delivered(step, to, netns);
      case Fate.Read(DeviceId tun) -> Sentences.say("ended.read", naming.place(tun), Narrator.label(step.packet()));
      case Fate.Died(DropReason reason) -> died(step, reason, netns, device);
    };
  }

  private String died(Step step, DropReason reason, String netns, String device) {
    if (reason == DropReason.NETFILTER_DROP) {
      return FilterSentences.dropped(trace, step, netns);
    }
    if (reason == DropReason.STORM) {
      return storm();
    }
    Packet packet = step.packet();
    String destination = packet.find(Header.NeighbourSolicitation.class).map(ask -> ask.target().toString())
        .or(() -> packet.ip().map(ip -> ip.destination().toString()))
        .or(() -> packet.find(Header.Arp.class).map(arp -> arp.targetIp().toString())).orElse("");
    String source = packet.ip().map(ip -> ip.source().toString()).orElse("");
    String nextHop = NEIGHBOURS.contains(reason) ? nextHop(step).orElse(destination) : "";
    return Sentences.say("died." + reason.name(), netns, device, destination, port(packet), packet.networkLength(),
        source, nextHop);
  }

  /** How much there was of it, and by which bridges it went round. */
  private String storm() {
    int frames = 0;
    int cut = 0;
    Set<DeviceId> bridges = new LinkedHashSet<>();
    for (Step step : trace.steps()) {
      frames += step.event() instanceof Event.Transmitted ? 1 : 0;
      cut += step.event().equals(STOPPED) ? 1 : 0;
      if (step.event() instanceof Event.Switched(DeviceId bridge)) {
        bridges.add(bridge);
      }
    }
    long millis = trace.end().since(trace.start().now()) / VirtualTime.MILLI;
    return bridges.size() < 2
        ? Sentences.say("died.STORM", frames, millis, cut)
        : Sentences.say("died.STORM.bridges", frames, millis, cut, naming.devices(List.copyOf(bridges)));
  }

  /** Whom the packet of a step had waited for. */
  private Optional<String> nextHop(Step step) {
    return trace.steps().subList(0, step.index()).reversed().stream().filter(s -> s.copy() == step.copy())
        .flatMap(s -> s.event() instanceof Event.Parked(var nextHop) ? Optional.of(nextHop.toString()).stream()
            : Optional.<String>empty().stream())
        .findFirst();
  }

  private static String delivered(Step step, String to, String netns) {
    Header inner = step.packet().upper();
    if (inner instanceof Header.Arp arp) {
      String key = arp.operation() == Header.Arp.Operation.REQUEST ? "delivered.request" : "delivered.reply";
      return Sentences.say(key, netns, arp.senderIp(), arp.senderMac());
    }
    if (inner instanceof Header.NeighbourAdvertisement claim) {
      return Sentences.say("delivered.reply", netns, claim.target(), claim.mac());
    }
    if (inner instanceof Header.NeighbourSolicitation ask && ask.mac().isPresent()) {
      return Sentences.say("delivered.request", netns, step.packet().ip().orElseThrow().source(), ask.mac().get());
    }
    return switch (to) {
      case "kernel" -> Sentences.say("delivered.kernel", netns, Narrator.label(step.packet()));
      case "reassembly" -> Sentences.say("delivered.reassembly", netns);
      default -> Sentences.say("delivered", maker(to, netns), Narrator.label(step.packet()));
    };
  }

  private static String port(Packet packet) {
    return packet.find(Header.Tcp.class).map(t -> Integer.toString(t.destinationPort()))
        .or(() -> packet.find(Header.Udp.class).map(u -> Integer.toString(u.destinationPort()))).orElse("");
  }
}
