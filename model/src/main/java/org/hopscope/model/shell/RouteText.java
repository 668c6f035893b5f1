package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.Scope;

/** Routes in the shapes of {@code ip route} and {@code ip -j route} (iproute2 6.1 ip/iproute.c print_route). */
public final class RouteText {
  private RouteText() {
  }

  static List<String> of(LabState lab, List<Answer.Routes.Row> rows, Set<String> hidden, IpProgram.Options options) {
    return rows.stream().flatMap(r -> {
      Stream<String> lines = Stream.concat(Stream.of(line(lab, r, hidden, options.details())), hops(lab, r.route()));
      return options.oneLine() ? Stream.of(lines.collect(Collectors.joining("\\"))) : lines;
    }).toList();
  }

  /** One line for each of several next hops. */
  private static Stream<String> hops(LabState lab, Route route) {
    return !route.isMultipath() ? Stream.empty() : route.hops().stream().map(h -> "\tnexthop "
        + h.via().map(v -> "via " + v + " ").orElse("") + "dev " + lab.device(h.device()).name() + " weight "
        + h.weight() + " " + flags(lab, route, h).stream().map(f -> f + " ").collect(Collectors.joining()));
  }

  /** One row of a table, as {@code ip -o route show} prints it, without the blank at its end. */
  public static String line(LabState lab, Route route) {
    return line(lab, new Answer.Routes.Row(Netns.MAIN, route), Set.of("table"), false).stripTrailing()
        + hops(lab, route).map(h -> " " + h.strip()).collect(Collectors.joining());
  }

  private static String line(LabState lab, Answer.Routes.Row row, Set<String> hidden, boolean details) {
    Route route = row.route();
    StringBuilder out = new StringBuilder();
    if (details || route.type() != RouteType.UNICAST) {
      out.append(route.type().word()).append(' ');
    }
    out.append(RouteWords.destination(route.destination())).append(' ');
    for (Map.Entry<String, String> part : parts(lab, row, details).entrySet()) {
      if (!hidden.contains(part.getKey())) {
        out.append(part.getKey()).append(' ').append(part.getValue()).append(' ');
      }
    }
    flags(lab, route).forEach(f -> out.append(f).append(' '));
    RouteMetrics.words(route.origin().metrics()).forEach(m -> out.append(m).append(' '));
    row.incoming().ifPresent(i -> out.append("iif ").append(i).append(' '));
    out.append(isInet6(route) ? "pref medium" : "");
    return out.toString();
  }

  /** What is said about a row, by key word in the order printed. */
  private static Map<String, String> parts(LabState lab, Answer.Routes.Row row, boolean details) {
    Route route = row.route();
    Map<String, String> parts = new LinkedHashMap<>();
    if (!route.isMultipath()) {
      route.via().ifPresent(via -> parts.put("via", via.toString()));
      route.device().ifPresent(d -> parts.put("dev", lab.device(d).name()));
    }
    if (details || row.table() != Netns.MAIN) {
      parts.put("table", RouteWords.table(row.table()));
    }
    if (details || !route.origin().protocol().equals(RouteProtocol.BOOT)) {
      parts.put("proto", route.origin().protocol().word());
    }
    if (details || route.origin().scope() != Scope.GLOBAL) {
      parts.put("scope", route.origin().scope().word());
    }
    route.prefSrc().ifPresent(src -> parts.put("src", src.toString()));
    if (route.metric() != 0 || isInet6(route)) {
      parts.put("metric", Integer.toUnsignedString(route.metric()));
    }
    return parts;
  }

  private static boolean isInet6(Route route) {
    return route.destination().address().family() == IpFamily.INET6;
  }

  static String json(LabState lab, List<Answer.Routes.Row> rows, Set<String> hidden, boolean details) {
    Map<String, String> names = Map.of("via", "gateway", "proto", "protocol", "src", "prefsrc");
    Json.Rows list = new Json.Rows();
    for (Answer.Routes.Row row : rows) {
      Route route = row.route();
      Json.Row one =
          new Json.Row().putIf(details || route.type() != RouteType.UNICAST, "type", route.type().word()).put("dst",
              RouteWords.destination(route.destination()));
      parts(lab, row, details).forEach((word, value) -> one.putIf(!hidden.contains(word),
          names.getOrDefault(word, word),
          word.equals("metric") ? (Object) Integer.toUnsignedLong(route.metric()) : value));
      one.put("flags", flags(lab, route)).putIf(!route.origin().metrics().equals(Route.Metrics.NONE), "metrics",
          RouteMetrics.json(route.origin().metrics())).put("iif", row.incoming())
          .putIf(isInet6(route), "pref", "medium")
          .putIf(route.isMultipath(), "nexthops", hopRows(lab, route));
      list.add(one);
    }
    return list.toString();
  }

  private static Json.Rows hopRows(LabState lab, Route route) {
    Json.Rows rows = new Json.Rows();
    route.hops().forEach(h -> rows.add(new Json.Row().put("gateway", h.via().map(Object::toString))
        .put("dev", lab.device(h.device()).name()).put("weight", h.weight()).put("flags", flags(lab, route, h))));
    return rows;
  }

  /** The words behind a route as a whole; see {@link #flags(LabState, Route, Route.NextHop)}. */
  public static List<String> flags(LabState lab, Route route) {
    return route.isMultipath()
        ? isDown(lab, route) ? List.of("linkdown") : List.of()
        : route.hop().map(h -> flags(lab, route, h)).orElse(List.of());
  }

  /**
   * A multipath route as a whole is without carrier when all next hops that are not dead leave by one device without
   * (fib_sync_down_dev counts those of one device at a time).
   */
  private static boolean isDown(LabState lab, Route route) {
    List<Route.NextHop> alive = route.hops().stream().filter(h -> !h.dead()).toList();
    return !isInet6(route) && alive.stream().map(Route.NextHop::device).distinct().count() == 1
        && !Links.hasCarrier(lab, lab.device(alive.getFirst().device()));
  }

  /**
   * The words behind a next hop: {@code dead} when its device was switched off, or has no carrier and such ways are not
   * used; {@code onlink}; {@code linkdown} without carrier.
   */
  public static List<String> flags(LabState lab, Route route, Route.NextHop hop) {
    List<String> flags = new ArrayList<>();
    Device device = lab.device(hop.device());
    boolean never = route.type() == RouteType.LOCAL || isInet6(route) && route.type() == RouteType.ANYCAST;
    boolean down = !never && !(isInet6(route) && device.isLoopback()) && !Links.hasCarrier(lab, device);
    boolean ignored = Sysctls.ignoresLinkdown(lab, device, route.destination().address().family());
    if (hop.dead() || down && ignored) {
      flags.add("dead");
    }
    if (hop.onlink()) {
      flags.add("onlink");
    }
    if (down || hop.dead()) {
      flags.add("linkdown");
    }
    return List.copyOf(flags);
  }
}
