package org.hopscope.model.netfilter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.WireGuard;
import org.pcollections.PSortedMap;

/** Says of one packet whether it passes a match, and keeps what matches remember up to date while it is walked. */
final class Matching {
  private static final long SECOND = 1_000_000_000L;

  private final Surroundings around;
  private final List<NetfilterChange> changes = new ArrayList<>();
  private final Remembering remembering = new Remembering(this);
  private NetfilterState state;
  private Optional<PacketView> after = Optional.empty();

  Matching(Surroundings around, NetfilterState state) {
    this.around = around;
    this.state = state;
  }

  List<NetfilterChange> changes() {
    return changes;
  }

  Surroundings around() {
    return around;
  }

  NetfilterState state() {
    return state;
  }

  void change(NetfilterChange change) {
    state = change.applyTo(state);
    changes.add(change);
  }

  /** The packet as matches left it that put something on it; empty where none did. */
  Optional<PacketView> after() {
    return after;
  }

  /** The sets as they are by now. */
  private PSortedMap<String, IpSet> sets() {
    return state.sets().isEmpty() ? around.sets() : around.sets().plusAll(state.sets());
  }

  /** Whether a packet is in a set, which may count it (kernel ip_set_test, ip_set_match_extensions, list_set_ktest). */
  private boolean found(IpSet set, List<Match.Side> sides, Match.InSet.Asks asks, PacketView view) {
    long now = around.now();
    if (set.type() == IpSet.Type.LIST_SET) {
      for (IpSet.Member member : set.at(now)) {
        Optional<IpSet> inner = member.element().parts().getFirst() instanceof SetElement.Part.Named(String called)
            ? Optional.ofNullable(sets().get(called)) : Optional.empty();
        if (inner.filter(s -> found(s, sides, asks.inner(), view)).isPresent() && counted(set, member, asks, view)) {
          return true;
        }
      }
      return false;
    }
    Optional<SetElement> element = set.element(view, sides);
    Optional<IpSet.Member> member = set.options().extras().counters() || set.type() == IpSet.Type.BITMAP_IP_MAC
        ? element.flatMap(e -> set.deciding(e, now)) : Optional.empty();
    if (member.isPresent() && member.get().isCompletedBy(element.orElseThrow())) {
      // The first packet says which hardware address it is to be (kernel ip_set_test, -EAGAIN).
      change(new NetfilterChange.SetFilled(Optional.ofNullable(sets().get(set.name())).orElse(set)
          .replacing(member.get(), member.get().as(element.orElseThrow()))));
      return true;
    }
    return (member.isEmpty() || counted(set, member.get(), asks, view))
        && element.filter(e -> set.holds(e, asks.holes(), now)).isPresent();
  }

  /** Counts a packet and says whether the counters are as a rule wants them. */
  private boolean counted(IpSet set, IpSet.Member member, Match.InSet.Asks asks, PacketView view) {
    if (!set.options().extras().counters()) {
      return true;
    }
    IpSet.Member after = asks.counts() ? member.counting(view.length()) : member;
    if (asks.counts()) {
      change(new NetfilterChange.SetFilled(
          Optional.ofNullable(sets().get(set.name())).orElse(set).replacing(member, after)));
    }
    return asks.packets().filter(c -> !c.holds(after.counted().packets())).isEmpty()
        && asks.bytes().filter(c -> !c.holds(after.counted().bytes())).isEmpty();
  }

  /** The mark of a packet as the member of a set says it that it is in. */
  int marked(Deed.Sets.Named named, PacketView view) {
    Optional<IpSet> set = Optional.ofNullable(sets().get(named.set()));
    if (set.filter(s -> found(s, named.sides(), Match.InSet.Asks.PLAIN, view)).isEmpty()) {
      return view.mark();
    }
    Stream<IpSet> all = set.get().type() == IpSet.Type.LIST_SET ? set.get().listed(sets(), around.now()) : set.stream();
    return all.flatMap(s -> s.element(view, named.sides()).filter(e -> s.holds(e, around.now()))
        .flatMap(e -> s.deciding(e, around.now())).stream()).findFirst()
        .map(m -> m.info().marked(view.mark())).orElse(view.mark());
  }

  /** A packet goes into sets and out of them. */
  void fill(Deed.Sets how, PacketView view) {
    new SetFilling(sets(), view, around.now()).added(how).ifPresent(s -> change(new NetfilterChange.SetFilled(s)));
    new SetFilling(sets(), view, around.now()).deleted(how).ifPresent(s -> change(new NetfilterChange.SetFilled(s)));
  }

  /** The first match of a rule that a packet does not pass, by its place; the number of matches when it passes all. */
  int firstFailure(Rule rule, PacketView view) {
    after = Optional.empty();
    List<Match> matches = rule.matches();
    for (int i = 0; i < matches.size(); i++) {
      if (!holds(matches.get(i), new MatchState.Key(rule.handle(), i), view)) {
        return i;
      }
    }
    return matches.size();
  }

  private boolean holds(Match match, MatchState.Key key, PacketView view) {
    return switch (match) {
      case Match.Tcp tcp -> tcp(tcp, view);
      case Match.Udp(Match.Ports ports) -> view.sourcePort() >= 0 && ports.holdsCompared(view);
      case Match.Sctp(Match.Ports ports) -> view.protocol() == Protocols.SCTP && ports.holds(view);
      case Match.Icmp icmp -> icmp(icmp, view);
      case Match.Multiport multiport -> view.sourcePort() >= 0 && multiport(multiport, view);
      case Match.State(var states, boolean inverted) -> states.contains(view.tracking().state()) != inverted;
      case Match.Conntrack(List<CtCondition> conditions) ->
          conditions.stream().allMatch(c -> TrackingConditions.holds(c, view.tracking(), around.now()));
      case Match.Mark(int value, int mask, boolean inverted) -> ((view.mark() & mask) == value) != inverted;
      case Match.Connmark(int value, int mask, boolean inverted) -> view.tracking().connection()
          .map(c -> ((c.mark() & mask) == value) != inverted).orElse(false);
      case Match.Comment _ -> true;
      case Match.AddrType type -> addressTypes(type, view);
      case Match.Random(long probability, boolean inverted) -> (roll(key) < probability) != inverted;
      case Match.Nth(int every, int packet, boolean inverted) ->
          (asked(key) % Integer.toUnsignedLong(every) == Integer.toUnsignedLong(packet)) != inverted;
      case Match.Recent recent -> recent(recent, view);
      case Match.Physdev physdev -> physdev(physdev, view.path());
      case Match.IpRange range -> range.source().map(r -> r.contains(view.source()) != range.sourceInverted())
          .orElse(true)
          && range.destination().map(r -> r.contains(view.destination()) != range.destinationInverted()).orElse(true);
      case Match.Limit limit -> limit(limit, key);
      case Match.Length(int least, int most, boolean inverted) ->
          (view.length() >= least && view.length() <= most) != inverted;
      case Match.Ttl(var _, var comparison, int value) -> switch (comparison) {
        case EQ -> view.ttl() == value;
        case NE -> view.ttl() != value;
        case LT -> view.ttl() < value;
        case GT -> view.ttl() > value;
      };
      case Match.Mac(var address, boolean inverted) ->
          view.sourceMac().map(m -> m.equals(address) != inverted).orElse(false);
      case Match.InSet in -> Optional.ofNullable(sets().get(in.set()))
          .map(s -> found(s, in.sides(), in.asks(), view) != in.inverted()).orElse(false);
      case Match.Other(var _, Condition asks) -> switch (asks) {
        case Condition.Plain plain -> plain.holds(view, around);
        case Condition.Quota quota -> remembering.quota(quota, key, view);
        case Condition.Connections connections -> remembering.connections(connections, key, view);
        case Condition.Rate rate -> remembering.rate(rate, key, view);
        case Condition.Label label -> label(label, after.orElse(view));
        case Condition.Socket socket -> socket(socket, after.orElse(view));
      };
      case Match.PacketKind(var kind, boolean inverted) -> (view.path().kind() == kind) != inverted;
    };
  }

  private boolean label(Condition.Label asks, PacketView view) {
    Optional<Connection> connection = view.tracking().connection();
    boolean worn = connection.filter(c -> c.extras().labels().contains(asks.number())).isPresent();
    boolean put = !worn && asks.puts() && connection.isPresent();
    if (put) {
      CtView tracking = view.tracking();
      after = Optional.of(view.with(new CtView(tracking.state(),
          connection.map(c -> c.withExtras(c.extras().labelled(asks.number()))), tracking.direction())));
    }
    return (worn || put) != asks.inverted();
  }

  private boolean socket(Condition.Socket asks, PacketView view) {
    boolean found = asks.holds(view, around);
    if (found && asks.restoresMark()) {
      after = Optional.of(view.withMark(0));
    }
    return found;
  }

  /** The bits of a segment's flags as they stand in its header. */
  private static int bits(Header.Flags flags) {
    return (flags.fin() ? 1 : 0) | (flags.syn() ? 2 : 0) | (flags.rst() ? 4 : 0) | (flags.psh() ? 8 : 0)
        | (flags.ack() ? 16 : 0);
  }

  /** A rule that asks for any protocol but TCP compares what others have at the place of ports; flags they have none. */
  private static boolean tcp(Match.Tcp tcp, PacketView view) {
    if (view.protocol() != Protocols.TCP) {
      return view.sourcePort() >= 0 && tcp.flagsShown() == 0 && tcp.ports().holdsCompared(view);
    }
    return view.packet().upper() instanceof Header.Tcp header
        && (tcp.option().isPresent() ? tcp.ports().holds(view) : tcp.ports().holdsCompared(view))
        && ((bits(header.flags()) & tcp.flagsShown()) == tcp.flagsSet()) != tcp.flagsInverted() && tcp.option()
            .map(o -> header.options().kinds().contains(o) != tcp.optionInverted()).orElse(true);
  }

  /** {@code type << 8 | code} of an ICMP packet; -1 when it is none. */
  static int icmpNumber(PacketView view) {
    return switch (view.packet().headers().getLast()) {
      case Header.IcmpEcho echo -> echo.reply() ? 0 : 8 << 8;
      case Header.Icmpv6Echo echo -> (echo.reply() ? 129 : 128) << 8;
      case Header.Complaint error -> error.type() << 8 | error.code();
      default -> -1;
    };
  }

  private static boolean icmp(Match.Icmp icmp, PacketView view) {
    return switch (view.packet().upper()) {
      case Header.IcmpEcho echo -> icmp(icmp, echo.reply() ? 0 : 8, 0);
      case Header.Icmpv6Echo echo -> icmp(icmp, echo.reply() ? 129 : 128, 0);
      case Header.NeighbourSolicitation _ -> icmp(icmp, 135, 0);
      case Header.NeighbourAdvertisement _ -> icmp(icmp, 136, 0);
      case Header.Complaint error -> icmp(icmp, error.type(), error.code());
      case Header.Ethernet _,Header.Vlan _,Header.Arp _,Header.Ip _,Header.Fragment6 _,Header.Carrier _,Header.Tcp _,Header.Udp _,WireGuard _ ->
          false;
    };
  }

  private static boolean icmp(Match.Icmp icmp, int type, int code) {
    boolean any = icmp.family() == IpFamily.INET && icmp.type() == 255;
    boolean same = icmp.type() == type && code >= icmp.firstCode() && code <= icmp.lastCode();
    return (any || same) != icmp.inverted();
  }

  private static boolean multiport(Match.Multiport multiport, PacketView view) {
    boolean source = multiport.side() != Match.Side.DESTINATION
        && multiport.ports().stream().anyMatch(r -> r.contains(view.sourcePort()));
    boolean destination = multiport.side() != Match.Side.SOURCE
        && multiport.ports().stream().anyMatch(r -> r.contains(view.destinationPort()));
    return (source || destination) != multiport.inverted();
  }

  private boolean addressTypes(Match.AddrType type, PacketView view) {
    Optional<String> device = switch (type.limit()) {
      case NONE -> Optional.empty();
      case IN -> Optional.of(view.path().in());
      case OUT -> Optional.of(view.path().out());
    };
    return type.source().map(t -> t.types().contains(around.typeOf(view.source(), device)) != t.inverted()).orElse(true)
        && type.destination().map(t -> t.types().contains(around.typeOf(view.destination(), device)) != t.inverted())
            .orElse(true);
  }

  /** How many packets a match was asked about before this one. */
  private long asked(MatchState.Key key) {
    long before = state.matches().get(key) instanceof MatchState.Asked(long packets) ? packets : 0;
    change(new NetfilterChange.Remembered(key, new MatchState.Asked(before + 1)));
    return before;
  }

  private long roll(MatchState.Key key) {
    return key.roll(around.seed(), asked(key));
  }

  /** Kernel net/netfilter/xt_recent.c recent_mt. */
  private boolean recent(Match.Recent recent, PacketView view) {
    IpAddress address = AddressMatch.masked(
        recent.side() == Match.Side.SOURCE ? view.source() : view.destination(), recent.mask());
    Match.Recent.Age age = recent.age();
    long now = around.now();
    RecentList list = state.recent(recent.list());
    Optional<RecentList.Seen> row = list.find(address).filter(s -> !age.checkTtl() || s.ttl() == view.ttl());
    if (row.isEmpty()) {
      boolean set = recent.mode() == Match.Recent.Mode.SET;
      if (set) {
        change(new NetfilterChange.RecentSet(recent.list(), list.seen(address, view.ttl(), now)));
      }
      return set != recent.inverted();
    }
    long oldest = age.seconds() == 0 ? Long.MIN_VALUE : now - age.seconds() * SECOND;
    boolean enough = row.get().stamps().stream().filter(s -> s >= oldest).count() >= Math.max(1, age.hits());
    RecentList after = switch (recent.mode()) {
      case SET -> list.seen(address, view.ttl(), now);
      case REMOVE -> list.without(address);
      case RCHECK -> age.reap() ? list.reap(oldest) : list;
      case UPDATE -> enough != recent.inverted()
          ? list.seen(address, view.ttl(), now)
          : age.reap() ? list.reap(oldest) : list;
    };
    if (after != list) {
      change(new NetfilterChange.RecentSet(recent.list(), after));
    }
    boolean found = switch (recent.mode()) {
      case SET, REMOVE -> true;
      case RCHECK, UPDATE -> enough;
    };
    return found != recent.inverted();
  }

  /** Kernel net/netfilter/xt_physdev.c physdev_mt: what came by no bridge has none of it. */
  private static boolean physdev(Match.Physdev physdev, PacketView.Path path) {
    boolean in = !path.bridgeIn().isEmpty();
    boolean out = !path.bridgeOut().isEmpty();
    return physdev.isBridged().holds(in && out) && physdev.isIn().holds(in) && physdev.isOut().holds(out)
        && physdev.in().map(n -> n.holds(path.bridgeIn())).orElse(true)
        && physdev.out().map(n -> n.holds(path.bridgeOut())).orElse(true);
  }

  private boolean limit(Match.Limit limit, MatchState.Key key) {
    long cost = limit.unit().seconds() * SECOND / limit.count();
    long most = cost * limit.burst();
    long now = around.now();
    long saved = state.matches().get(key) instanceof MatchState.Bucket(long tokens, long at)
        ? Math.min(most, tokens + now - at)
        : most;
    boolean passes = saved >= cost;
    change(new NetfilterChange.Remembered(key, new MatchState.Bucket(passes ? saved - cost : saved, now)));
    return passes;
  }
}
