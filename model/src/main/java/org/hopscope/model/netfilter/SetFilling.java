package org.hopscope.model.netfilter;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hopscope.model.addr.IpPrefix;
import org.pcollections.PSortedMap;

/** Puts packets into sets and takes them out (kernel net/netfilter/xt_set.c set_target, ip_set_core.c ip_set_add, ip_set_del). */
final class SetFilling {
  private static final long SECOND = 1_000_000_000L;

  private final PSortedMap<String, IpSet> sets;
  private final PacketView view;
  private final long now;

  SetFilling(PSortedMap<String, IpSet> sets, PacketView view, long now) {
    this.sets = sets;
    this.view = view;
    this.now = now;
  }

  /** The set with the packet in it; empty when nothing changes. Of a {@code list:set} it is the first that takes it. */
  Optional<IpSet> added(Deed.Sets how) {
    return how.add().flatMap(n -> each(n, s -> with(s, n.sides(), how)));
  }

  /** The set without the packet; empty when it was not in it. */
  Optional<IpSet> deleted(Deed.Sets how) {
    return how.delete().flatMap(n -> each(n, s -> without(s, n.sides())));
  }

  /** How one set changes. */
  private interface Change {
    Optional<IpSet> of(IpSet set);
  }

  private Optional<IpSet> each(Deed.Sets.Named named, Change change) {
    return Optional.ofNullable(sets.get(named.set())).flatMap(s -> s.type() == IpSet.Type.LIST_SET
        ? s.listed(sets, now).flatMap(m -> change.of(m).stream()).findFirst()
        : change.of(s));
  }

  private Optional<IpSet> with(IpSet set, List<Match.Side> sides, Deed.Sets how) {
    Optional<SetElement> element = element(set, sides);
    boolean there = element.flatMap(e -> set.member(e, now)).isPresent();
    boolean full = !there && set.isFull(now);
    return element.filter(e -> !full && (!there || how.exist())).map(e -> {
      Optional<Long> seconds = set.options().timeout().map(t -> how.timeout().orElse(t)).filter(t -> t > 0);
      return set.with(set.with(set.at(now))
          .plus(new IpSet.Member(e, seconds.map(s -> now + s * SECOND), "",
              set.options().extras().counters() ? Tally.ZERO.plus(view.length()) : Tally.ZERO, SetInfo.NONE)));
    });
  }

  private Optional<IpSet> without(IpSet set, List<Match.Side> sides) {
    return element(set, sides).filter(e -> set.member(e, now).isPresent())
        .map(e -> set.without(e, now));
  }

  /** Where members are networks, one is as narrow as the narrowest that is there (kernel ip_set_hash_net.c hash_net4_kadt). */
  private Optional<SetElement> element(IpSet set, List<Match.Side> sides) {
    boolean nowhere = set.type() == IpSet.Type.HASH_IP || set.type() == IpSet.Type.HASH_NET;
    return set.element(view, sides).filter(e -> !nowhere || e.prefixes().noneMatch(p -> p.address().isUnspecified()))
        .map(e -> new SetElement(IntStream.range(0, e.parts().size()).mapToObj(i -> set.type().kinds().get(
            i) == SetElement.Kind.NETWORK ? narrowed(set, i, e.parts().get(i)) : e.parts().get(i)).toList(), false));
  }

  private SetElement.Part narrowed(IpSet set, int at, SetElement.Part host) {
    int least = set.at(now).stream().mapToInt(m -> prefix(m.element().parts().get(at)).length()).max().orElse(-1);
    return least < 0 ? host : new SetElement.Part.Net(IpPrefix.around(prefix(host).address(), least));
  }

  private static IpPrefix prefix(SetElement.Part part) {
    return ((SetElement.Part.Net) part).prefix();
  }
}
