package org.hopscope.model.shell;

import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.lab.NewHop;
import org.hopscope.model.lab.NewRoute;
import org.hopscope.model.lab.RouteFilter;
import org.hopscope.model.lab.RouteOptions;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;

/** The words that {@code ip route} has for the parts of a route, both ways (/etc/iproute2/rt_* and lib/rt_names.c). */
public final class RouteWords {
  private static final Keywords TYPES = Keywords.of("local nat brd=broadcast broadcast* anycast* multicast* prohibit* "
      + "unreachable* blackhole* xresolve* unicast* throw");

  private static final int HIGHEST_TYPE = 255;

  private RouteWords() {
  }

  /** A destination: {@code default}, a host without its length, or a network. */
  public static String destination(IpPrefix prefix) {
    return prefix.isDefault() ? "default" : prefix.isHost() ? prefix.address().toString() : prefix.toString();
  }

  /** A table by name where it has one. */
  public static String table(int number) {
    return switch (number) {
      case Netns.MAIN -> "main";
      case Netns.LOCAL -> "local";
      case Netns.DEFAULT -> "default";
      default -> Integer.toString(number);
    };
  }

  /** A table's number, 1 to 2147483647, by name or number; 0 stands for the main one. */
  static Optional<Integer> table(String text) {
    return switch (text) {
      case "main" -> Optional.of(Netns.MAIN);
      case "local" -> Optional.of(Netns.LOCAL);
      case "default" -> Optional.of(Netns.DEFAULT);
      case "0" -> Optional.of(Netns.MAIN);
      default -> Numbers.whole(text, 1, Integer.MAX_VALUE);
    };
  }

  static Optional<Scope> scope(String text) {
    for (Scope scope : Scope.values()) {
      if (scope.word().equals(text) || Integer.toString(scope.number()).equals(text)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }

  /** Whether it is a scope to iproute2: a name, or any number of a byte. */
  static boolean isScope(String text) {
    return scope(text).isPresent() || Numbers.whole(text, 0, 255).isPresent();
  }

  /** A type, whose word may be shortened (iproute2 ip/rtm_map.c rtnl_rtntype_a2n). */
  static Optional<RouteType> type(String text) {
    return typeNumber(text)
        .flatMap(n -> Stream.of(RouteType.values()).filter(t -> t.word().equals(RouteType.word(n))).findFirst());
  }

  /** As {@link #type}, also of types that no route has, and any number of a byte. */
  static Optional<Integer> typeNumber(String text) {
    return TYPES.find(text).flatMap(RouteType::numberOf)
        .or(() -> Numbers.unsigned(text).filter(n -> Integer.compareUnsigned(n, HIGHEST_TYPE) <= 0));
  }

  /** A route as {@code ip route add} takes it. */
  static String of(NewRoute route, boolean withType) {
    StringBuilder out = new StringBuilder();
    if (withType && route.type() != RouteType.UNICAST) {
      out.append(route.type().word()).append(' ');
    }
    out.append(route.destination().isDefault() ? "default" : route.destination().toString());
    boolean several = route.hops().size() > 1;
    out.append(several ? "" : hop(route.hops().getFirst()));
    RouteOptions options = route.options();
    options.protocol().ifPresent(p -> out.append(" proto ").append(p.word()));
    options.scope().ifPresent(s -> out.append(" scope ").append(s.word()));
    options.src().ifPresent(s -> out.append(" src ").append(s));
    options.metric().ifPresent(m -> out.append(" metric ").append(Integer.toUnsignedString(m)));
    RouteMetrics.words(options.metrics()).forEach(m -> out.append(' ').append(m));
    options.table().ifPresent(t -> out.append(" table ").append(table(t)));
    if (several) {
      route.hops().forEach(h -> out.append(" nexthop").append(hop(h)).append(" weight ").append(h.weight()));
    }
    return out.toString();
  }

  private static String hop(NewHop hop) {
    return hop.via().map(v -> " via " + v).orElse("") + hop.device().map(d -> " dev " + Words.quote(d)).orElse("")
        + (hop.onlink() ? " onlink" : "");
  }

  /** What {@code ip route flush} takes. */
  static String of(RouteFilter filter) {
    RouteFilter.Traits traits = filter.traits();
    boolean exact = filter.root().isPresent() && filter.root().equals(filter.match());
    return " table " + filter.table().map(RouteWords::table).orElse("all")
        + filter.root().map(r -> (exact ? " exact " : " root ") + r).orElse("")
        + filter.match().filter(_ -> !exact).map(m -> " match " + m).orElse("")
        + filter.device().map(d -> " dev " + Words.quote(d)).orElse("")
        + traits.via().map(v -> " via " + v).orElse("") + traits.source().map(s -> " src " + s).orElse("")
        + traits.type().map(t -> " type " + t.word()).orElse("")
        + traits.scope().map(s -> " scope " + s.word()).orElse("")
        + traits.protocol().map(p -> " proto " + p.word()).orElse("")
        + traits.metric().map(m -> " metric " + Integer.toUnsignedString(m)).orElse("");
  }
}
