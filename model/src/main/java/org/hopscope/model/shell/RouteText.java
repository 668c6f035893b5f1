package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.SysctlGroup;
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

  static List<String> of(LabState lab, List<Answer.Routes.Row> rows, Set<String> hidden, boolean details) {
    return rows.stream().map(r -> line(lab, r, hidden, details)).toList();
  }

  /** One row of a table, as {@code ip route show} prints it, without the blank at its end. */
  public static String line(LabState lab, Route route) {
    return line(lab, new Answer.Routes.Row(Netns.MAIN, route), Set.of("table"), false).stripTrailing();
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
    out.append(route.origin().mtu() > 0 ? "mtu " + route.origin().mtu() + " " : "");
    return out.toString();
  }

  /** What is said about a row, by key word in the order printed. */
  private static Map<String, String> parts(LabState lab, Answer.Routes.Row row, boolean details) {
    Route route = row.route();
    Map<String, String> parts = new LinkedHashMap<>();
    route.via().ifPresent(via -> parts.put("via", via.toString()));
    route.device().ifPresent(d -> parts.put("dev", lab.device(d).name()));
    if (row.table() != Netns.MAIN) {
      parts.put("table", RouteWords.table(row.table()));
    }
    if (details || route.origin().protocol() != RouteProtocol.BOOT) {
      parts.put("proto", route.origin().protocol().word());
    }
    if (details || route.origin().scope() != Scope.GLOBAL) {
      parts.put("scope", route.origin().scope().word());
    }
    route.prefSrc().ifPresent(src -> parts.put("src", src.toString()));
    if (route.metric() > 0) {
      parts.put("metric", Integer.toString(route.metric()));
    }
    return parts;
  }

  static String json(LabState lab, List<Answer.Routes.Row> rows, Set<String> hidden) {
    Map<String, String> names = Map.of("via", "gateway", "proto", "protocol", "src", "prefsrc");
    Json.Rows list = new Json.Rows();
    for (Answer.Routes.Row row : rows) {
      Route route = row.route();
      Json.Row one = new Json.Row().putIf(route.type() != RouteType.UNICAST, "type", route.type().word()).put("dst",
          RouteWords.destination(route.destination()));
      parts(lab, row, false).forEach((word, value) -> one.putIf(!hidden.contains(word),
          names.getOrDefault(word, word), word.equals("metric") ? (Object) route.metric() : value));
      one.put("flags", flags(lab, route)).putIf(route.origin().mtu() > 0, "metrics",
          new Json.Rows().add(new Json.Row().put("mtu", route.origin().mtu())));
      list.add(one);
    }
    return list.toString();
  }

  /** The words behind a route: {@code onlink}; {@code linkdown} without carrier, and {@code dead} if it is not used then. */
  public static List<String> flags(LabState lab, Route route) {
    List<String> flags = new ArrayList<>();
    Optional<Device> device = route.device().map(lab::device);
    boolean down = route.type() != RouteType.LOCAL && device.filter(d -> !Links.hasCarrier(lab, d)).isPresent();
    if (down && Sysctls.onDevice(lab, device.get(), SysctlGroup.confOf(route.destination().address().family()),
        "ignore_routes_with_linkdown").strip().equals("1")) {
      flags.add("dead");
    }
    if (route.hop().filter(Route.NextHop::onlink).isPresent()) {
      flags.add("onlink");
    }
    if (down) {
      flags.add("linkdown");
    }
    return List.copyOf(flags);
  }
}
