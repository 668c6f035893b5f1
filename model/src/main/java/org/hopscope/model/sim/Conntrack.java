package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.ConntrackTable;
import org.hopscope.model.netfilter.CtState;
import org.hopscope.model.netfilter.CtZone;
import org.hopscope.model.netfilter.Direction;
import org.hopscope.model.netfilter.NetfilterChange;
import org.hopscope.model.netfilter.TcpState;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.WireGuard;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * Connection tracking (kernel net/netfilter/nf_conntrack_core.c; sem-N4, N5). Left out: helpers, expectations,
 * TCP windows, and the limit of the table.
 */
final class Conntrack {
  /** A UDP flow that has gone on so long is a stream (kernel nf_conntrack_proto_udp.c). */
  private static final long STREAM = 2 * VirtualTime.SECOND;

  private final Run run;
  private final Map<Key, Ct> known = new HashMap<>();

  Conntrack(Run run) {
    this.run = run;
  }

  private record Key(NetnsId netns, Tuple original) {
  }

  private record Found(Ct ct, Direction direction) {
  }

  private ConntrackTable table(NetnsId netns) {
    return run.tables.netfilter(netns).conntrack();
  }

  private static CtZone zone(Skb skb) {
    return skb.meta().zone().orElse(CtZone.DEFAULT);
  }

  private Optional<Found> find(NetnsId netns, Tuple tuple, CtZone zone) {
    return table(netns).find(tuple, zone, run.queue.now().nanos()).map(f -> {
      Ct ct = known.computeIfAbsent(new Key(netns, f.connection().original()), _ -> new Ct(f.connection(), true));
      return new Found(ct, f.direction());
    });
  }

  /** Kernel nf_conntrack_in: what the packet is to the connections of its namespace. */
  Optional<Skb> track(Netfilter.At at, Skb skb) {
    if (skb.meta().tracking().isPresent() || skb.meta().untracked()) {
      return Optional.of(skb);
    }
    if (isDiscovery(skb.packet())) {
      return Optional.of(skb.with(skb.meta().asUntracked()));
    }
    List<NetfilterChange> changes = new ArrayList<>();
    Optional<Header.Complaint> error = skb.packet().find(Header.Complaint.class);
    Optional<Ct.Of> tracked = error.isPresent()
        ? related(at, skb, error.get())
        : Tuple.of(skb.packet()).flatMap(tuple -> resolve(at, skb, tuple, changes));
    tracked.filter(_ -> error.isEmpty()).ifPresent(t -> changes.addAll(Netfilter.written(t.ct())));
    Optional<Tuple> key = error.isPresent() ? Tuple.of(error.get().about()) : Tuple.of(skb.packet());
    Skb after = tracked.map(t -> skb.with(skb.meta().withTracking(t))).orElse(skb);
    key.ifPresent(k -> run.netfilter.step(at, after,
        new Event.Looked(new Lookup.ConntrackLookup(at.netns(), k, tracked.map(Ct.Of::state).orElse(CtState.INVALID),
            tracked.map(t -> t.ct().connection()), tracked.map(Ct.Of::direction).orElse(Direction.ORIGINAL))),
        changes));
    return Optional.of(after);
  }

  /** Neighbour discovery is not tracked (kernel nf_conntrack_proto_icmpv6.c). */
  private static boolean isDiscovery(Packet packet) {
    return packet.upper() instanceof Header.NeighbourSolicitation
        || packet.upper() instanceof Header.NeighbourAdvertisement;
  }

  /** Kernel nf_conntrack_inet_error: an ICMP error belongs to the connection of the packet it is about. */
  private Optional<Ct.Of> related(Netfilter.At at, Skb skb, Header.Complaint error) {
    return Tuple.of(error.about()).flatMap(inner -> find(at.netns(), inner.invert(), zone(skb)))
        .filter(f -> f.ct().connection().tuple(f.direction()).destination().equals(skb.ip().destination()))
        .map(f -> new Ct.Of(f.ct(), CtState.RELATED, f.direction()));
  }

  /** Kernel resolve_normal_ct and nf_conntrack_handle_packet. */
  private Optional<Ct.Of> resolve(Netfilter.At at, Skb skb, Tuple tuple, List<NetfilterChange> changes) {
    Optional<Found> found = find(at.netns(), tuple, zone(skb));
    if (found.isEmpty()) {
      return begin(at, skb, tuple);
    }
    Ct ct = found.get().ct();
    Direction direction = found.get().direction();
    Optional<Connection> after = advance(at.netns(), ct.connection(), skb.packet(), direction);
    if (after.isEmpty()) {
      return Optional.empty();
    }
    if (reopens(ct.connection(), after.get())) {
      kill(at, ct, changes);
      return begin(at, skb, tuple);
    }
    boolean reply = direction == Direction.REPLY;
    boolean isNothing = !ct.connection().flags().seenReply() && isReset(skb.packet());
    CtState state = reply || ct.connection().flags().seenReply() ? CtState.ESTABLISHED : CtState.NEW;
    Connection carried = after.get().carrying(direction, skb.packet().networkLength());
    ct.become(reply ? carried.withFlags(carried.flags().withSeenReply()) : carried);
    if (isNothing) {
      kill(at, ct, changes);
    }
    return Optional.of(new Ct.Of(ct, state, direction));
  }

  /** A SYN on a connection that is over begins another one (kernel nf_conntrack_tcp_packet, TCP_CONNTRACK_SYN_SENT). */
  private static boolean reopens(Connection before, Connection after) {
    boolean over = before.tcp() == TcpState.TIME_WAIT || before.tcp() == TcpState.CLOSE;
    return over && after.tcp() == TcpState.SYN_SENT;
  }

  /** The first answer is a reset: there is no connection (kernel nf_conntrack_tcp_packet). */
  private static boolean isReset(Packet packet) {
    return packet.upper() instanceof Header.Tcp tcp && tcp.flags().rst();
  }

  private void kill(Netfilter.At at, Ct ct, List<NetfilterChange> changes) {
    known.remove(new Key(at.netns(), ct.connection().original()));
    if (ct.isConfirmed()) {
      ct.die();
      changes.add(new NetfilterChange.ConnectionGone(ct.connection().original()));
    }
  }

  /** Kernel init_conntrack: not every packet can begin a connection. */
  private Optional<Ct.Of> begin(Netfilter.At at, Skb skb, Tuple tuple) {
    Packet packet = skb.packet();
    Connection plain = Connection.beginning(tuple, zone(skb), run.queue.now().nanos());
    Connection fresh = run.fabric.sysctl(at.netns(), "net.netfilter.nf_conntrack_acct") == 0 ? plain
        : plain.withExtras(new Connection.Extras(Optional.of(Connection.Counted.NOTHING), Set.of()))
            .carrying(Direction.ORIGINAL, packet.networkLength());
    boolean can = switch (packet.upper()) {
      case Header.Tcp tcp -> !tcp.flags().ack() || !tcp.flags().syn();
      case Header.Echo echo -> !echo.reply();
      case Header.Udp _,Header.Ethernet _,Header.Vlan _,Header.Arp _,Header.Ip _,Header.Fragment6 _,Header.Carrier _,Header.Complaint _,Header.NeighbourSolicitation _,Header.NeighbourAdvertisement _,WireGuard _ ->
          true;
    };
    return can
        ? advance(at.netns(), fresh, packet, Direction.ORIGINAL)
            .map(c -> new Ct.Of(new Ct(c, false), CtState.NEW, Direction.ORIGINAL))
        : Optional.empty();
  }

  /** What a packet makes of its connection; empty when it cannot be part of it. */
  private Optional<Connection> advance(NetnsId netns, Connection connection, Packet packet, Direction direction) {
    long now = run.queue.now().nanos();
    return switch (packet.upper()) {
      case Header.Tcp tcp -> tcp(netns, connection, tcp.flags(), direction);
      case Header.Udp _ -> Optional.of(udp(netns, connection));
      case Header.IcmpEcho _,Header.IcmpError _ -> Optional.of(connection.expiringAt(now + seconds(netns, "icmp")));
      case Header.Icmpv6Echo _,Header.Icmpv6Error _ ->
          Optional.of(connection.expiringAt(now + seconds(netns, "icmpv6")));
      case Header.Ethernet _,Header.Vlan _,Header.Arp _,Header.Ip _,Header.Fragment6 _,Header.Carrier _,Header.NeighbourSolicitation _,Header.NeighbourAdvertisement _,WireGuard _ ->
          Optional.of(connection.expiringAt(now + seconds(netns, "generic")));
    };
  }

  private Optional<Connection> tcp(NetnsId netns, Connection connection, Header.Flags flags, Direction direction) {
    return switch (connection.tcp().after(direction, flags)) {
      case TcpState.Step.Invalid() -> Optional.empty();
      case TcpState.Step.Ignore() -> Optional.of(connection);
      case TcpState.Step.To(TcpState state) when isPickedUp(connection, state)
          && run.fabric.sysctl(netns, "net.netfilter.nf_conntrack_tcp_loose") == 0 -> Optional.empty();
      case TcpState.Step.To(TcpState state) -> {
        boolean was = connection.tcp() == TcpState.SYN_RECV || connection.tcp() == TcpState.ESTABLISHED;
        Connection.Flags after = was && state == TcpState.ESTABLISHED
            ? connection.flags().withAssured()
            : connection.flags();
        long keep = seconds(netns, "tcp_timeout_" + state.timeout().orElseThrow());
        yield Optional.of(connection.withTcp(state).withFlags(after)
            .expiringAt(run.queue.now().nanos() + keep));
      }
    };
  }

  /** A connection whose beginning was not seen (kernel nf_conntrack_proto_tcp.c tcp_new). */
  private static boolean isPickedUp(Connection connection, TcpState state) {
    return connection.tcp() == TcpState.NONE && state != TcpState.SYN_SENT;
  }

  private Connection udp(NetnsId netns, Connection connection) {
    long now = run.queue.now().nanos();
    boolean stream = connection.flags().seenReply() && now - connection.times().created() > STREAM;
    Connection kept = connection.expiringAt(now + seconds(netns, stream ? "udp_timeout_stream" : "udp"));
    return stream ? kept.withFlags(kept.flags().withAssured()) : kept;
  }

  /** A time of {@code net.netfilter.nf_conntrack_*}, in nanoseconds. */
  private long seconds(NetnsId netns, String name) {
    String key = name.contains("timeout") ? name : name + "_timeout";
    return run.fabric.sysctl(netns, "net.netfilter.nf_conntrack_" + key) * VirtualTime.SECOND;
  }

  /**
   * Kernel nf_conntrack_confirm: a connection is written down when its first packet has come through, unless its answers
   * look like what is already there (nf_ct_resolve_clash).
   */
  Optional<Skb> confirm(Netfilter.At at, Skb skb) {
    Optional<Ct.Of> tracked = skb.meta().tracking();
    if (tracked.isEmpty() || tracked.get().ct().isConfirmed() || tracked.get().ct().isDead()
        || tracked.get().direction() != Direction.ORIGINAL || tracked.get().state() == CtState.RELATED) {
      return Optional.of(skb);
    }
    Ct ct = tracked.get().ct();
    Optional<ConntrackTable.Found> other = table(at.netns()).find(ct.connection().original(),
        run.queue.now().nanos());
    if (other.isPresent()) {
      return Optional.of(skb);
    }
    List<NetfilterChange> changes = new ArrayList<>();
    Tuple reply = ct.connection().reply();
    Optional<Found> alike = find(at.netns(), reply, new CtZone(reply.zone(), reply.zone()));
    if (alike.isPresent() && !alike.get().ct().connection().makesRoom()) {
      return run.netfilter.dropped(at, skb);
    }
    alike.ifPresent(a -> kill(at, a.ct(), changes));
    ct.confirm();
    known.put(new Key(at.netns(), ct.connection().original()), ct);
    changes.addAll(Netfilter.written(ct));
    run.netfilter.step(at, skb, new Event.Confirmed(ct.connection()), changes);
    return Optional.of(skb);
  }
}
