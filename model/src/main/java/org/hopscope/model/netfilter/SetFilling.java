package org.hopscope.model.netfilter;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    Optional<IpSet.Element> element = element(set, sides);
    boolean there = element.flatMap(e -> set.member(e, now)).isPresent();
    boolean full = !there && set.type() != IpSet.Type.BITMAP_PORT && set.at(now).size() >= set.options().most();
    return element.filter(e -> !full && (!there || how.exist())).map(e -> {
      Optional<Long> seconds = set.options().timeout().map(t -> how.timeout().orElse(t)).filter(t -> t > 0);
      return set.with(set.with(set.at(now))
          .plus(new IpSet.Member(e, seconds.map(s -> now + s * SECOND), "",
              set.options().counters() ? Tally.ZERO.plus(view.length()) : Tally.ZERO)));
    });
  }

  private Optional<IpSet> without(IpSet set, List<Match.Side> sides) {
    return element(set, sides).filter(e -> set.member(e, now).isPresent())
        .map(e -> set.with(set.at(now).stream().filter(m -> !IpSet.same(m.element(), e)).toList()));
  }

  /** Where members are networks, one is as narrow as the narrowest that is there (kernel ip_set_hash_net.c hash_net4_kadt). */
  private Optional<IpSet.Element> element(IpSet set, List<Match.Side> sides) {
    return set.element(view, sides).flatMap(e -> switch (e) {
      case IpSet.Element.Network(IpPrefix prefix, boolean _) when prefix.address().isUnspecified() -> Optional.empty();
      case IpSet.Element.Network(IpPrefix prefix, boolean _) when set.type() == IpSet.Type.HASH_NET ->
          Optional.of(new IpSet.Element.Network(narrowed(set, prefix), false));
      case IpSet.Element.NetworkPort(IpPrefix prefix, int protocol, int port, boolean _) ->
          Optional.of(new IpSet.Element.NetworkPort(narrowed(set, prefix), protocol, port, false));
      case IpSet.Element.Triple(var pair, IpPrefix third) when set.type() == IpSet.Type.HASH_IP_PORT_NET ->
          Optional.of(new IpSet.Element.Triple(pair, narrowed(set, third)));
      case IpSet.Element.Port(int number) -> Optional.of(e).filter(_ -> set.options().range().contains(number));
      case IpSet.Element.Network _,IpSet.Element.AddressPort _,IpSet.Element.Triple _,IpSet.Element.Named _ ->
          Optional.of(e);
    });
  }

  private IpPrefix narrowed(IpSet set, IpPrefix host) {
    return IpPrefix.around(host.address(), set.at(now).stream().map(m -> length(m.element()))
        .max(Comparator.naturalOrder()).orElse(host.length()));
  }

  private static int length(IpSet.Element element) {
    return switch (element) {
      case IpSet.Element.Network(IpPrefix prefix, boolean _) -> prefix.length();
      case IpSet.Element.NetworkPort(IpPrefix prefix, int _, int _, boolean _) -> prefix.length();
      case IpSet.Element.Triple(var _, IpPrefix third) -> third.length();
      case IpSet.Element.AddressPort _,IpSet.Element.Port _,IpSet.Element.Named _ -> 0;
    };
  }
}
