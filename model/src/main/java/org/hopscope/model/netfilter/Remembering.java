package org.hopscope.model.netfilter;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/** Conditions that remember something of the packets before. */
final class Remembering {
  private final Matching matching;

  Remembering(Matching matching) {
    this.matching = matching;
  }

  private Optional<MatchState> before(MatchState.Key key) {
    return Optional.ofNullable(matching.state().matches().get(key));
  }

  private void remember(MatchState.Key key, MatchState state) {
    matching.change(new NetfilterChange.Remembered(key, state));
  }

  /** Kernel xt_quota.c quota_mt. */
  boolean quota(Condition.Quota quota, MatchState.Key key, PacketView view) {
    long left = before(key).filter(MatchState.Left.class::isInstance).map(s -> ((MatchState.Left) s).bytes())
        .orElse(quota.bytes());
    boolean enough = Long.compareUnsigned(left, view.length()) >= 0;
    remember(key, new MatchState.Left(enough ? left - view.length() : 0));
    return enough != quota.inverted();
  }

  /** Kernel xt_connlimit.c connlimit_mt, net/netfilter/nf_conncount.c. */
  boolean connections(Condition.Connections asks, MatchState.Key key, PacketView view) {
    Optional<Tuple> tuple = view.tracking().connection().map(Connection::original).or(() -> Tuple.of(view.packet()));
    if (tuple.isEmpty()) {
      return false;
    }
    String network = AddressMatch.masked(asks.side() == Match.Side.SOURCE ? view.source() : view.destination(),
        asks.mask()) + " " + tuple.get().zone();
    PSortedMap<String, TreePVector<Tuple>> all =
        before(key).filter(MatchState.Flows.class::isInstance).map(s -> ((MatchState.Flows) s).byNetwork())
            .orElse(TreePMap.empty());
    TreePVector<Tuple> before = Optional.ofNullable(all.get(network)).orElse(TreePVector.empty());
    TreePVector<Tuple> now = counted(before, tuple.get());
    remember(key, new MatchState.Flows(all.plus(network, now)));
    return now.size() > asks.limit() == asks.above();
  }

  /** Those that are gone are left out, but none behind the one at hand, if that is known (nf_conncount.c __nf_conncount_add). */
  private TreePVector<Tuple> counted(TreePVector<Tuple> before, Tuple tuple) {
    TreePVector<Tuple> left = before;
    for (Tuple seen : before) {
      Optional<TcpState> state = matching.state().conntrack().find(seen, matching.around().now())
          .map(f -> f.connection().tcp());
      if (state.isPresent() && seen.equals(tuple)) {
        return left;
      }
      if (state.filter(s -> s != TcpState.TIME_WAIT && s != TcpState.CLOSE).isEmpty()) {
        left = left.minus((Object) seen);
      }
    }
    return left.plus(tuple);
  }

  /** Kernel xt_hashlimit.c hashlimit_mt_common. */
  boolean rate(Condition.Rate rate, MatchState.Key key, PacketView view) {
    String bucket = name(rate.key(), view);
    long now = matching.around().now();
    PSortedMap<String, MatchState.Purse> all =
        before(key).filter(MatchState.Buckets.class::isInstance).map(s -> ((MatchState.Buckets) s).byKey())
            .orElse(TreePMap.empty());
    Optional<MatchState.Purse> purse =
        Optional.ofNullable(all.get(bucket)).filter(p -> now < p.seen() + rate.key().expire());
    Purses.Paid paid = Purses.pay(rate.pace(), purse, now, view.length());
    remember(key, new MatchState.Buckets(all.plus(bucket, paid.left())));
    return paid.within() != rate.above();
  }

  private static String name(Condition.RateKey key, PacketView view) {
    StringBuilder name = new StringBuilder();
    Set<Condition.RateKey.Part> parts = EnumSet.noneOf(Condition.RateKey.Part.class);
    parts.addAll(key.parts());
    for (Condition.RateKey.Part part : parts) {
      name.append(switch (part) {
        case SRCIP -> masked(view.source(), key.sourceMask());
        case DSTIP -> masked(view.destination(), key.destinationMask());
        case SRCPORT -> Integer.toString(Math.max(0, view.sourcePort()));
        case DSTPORT -> Integer.toString(Math.max(0, view.destinationPort()));
      }).append(' ');
    }
    return name.toString().strip();
  }

  private static String masked(IpAddress address, IpAddress mask) {
    return AddressMatch.masked(address, mask).toString();
  }
}
