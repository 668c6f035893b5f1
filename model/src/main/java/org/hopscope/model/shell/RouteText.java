package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  static List<String> of(LabState lab, List<Answer.Routes.Row> rows, boolean withTable,
      boolean withoutDevice, boolean details) {
    return rows.stream().map(r -> line(lab, r, withTable, withoutDevice, details)).toList();
  }

  /** One row of a table, as {@code ip route show} prints it, without the blank at its end. */
  public static String line(LabState lab, Route route) {
    return line(lab, new Answer.Routes.Row(Netns.MAIN, route), false, false, false).stripTrailing();
  }

  private static String line(LabState lab, Answer.Routes.Row row, boolean withTable,
      boolean withoutDevice, boolean details) {
    Route route = row.route();
    StringBuilder out = new StringBuilder();
    if (details || route.type() != RouteType.UNICAST) {
      out.append(route.type().word()).append(' ');
    }
    out.append(RouteWords.destination(route.destination())).append(' ');
    route.via().ifPresent(via -> out.append("via ").append(via).append(' '));
    Optional<Device> device = route.device().map(lab::device);
    if (!withoutDevice) {
      device.ifPresent(d -> out.append("dev ").append(d.name()).append(' '));
    }
    if (withTable && row.table() != Netns.MAIN) {
      out.append("table ").append(RouteWords.table(row.table())).append(' ');
    }
    if (details || route.origin().protocol() != RouteProtocol.BOOT) {
      out.append("proto ").append(route.origin().protocol().word()).append(' ');
    }
    if (details || route.origin().scope() != Scope.GLOBAL) {
      out.append("scope ").append(route.origin().scope().word()).append(' ');
    }
    route.prefSrc().ifPresent(src -> out.append("src ").append(src).append(' '));
    out.append(route.metric() > 0 ? "metric " + route.metric() + " " : "");
    flags(lab, route).forEach(f -> out.append(f).append(' '));
    out.append(route.origin().mtu() > 0 ? "mtu " + route.origin().mtu() + " " : "");
    return out.toString();
  }

  static String json(LabState lab, List<Answer.Routes.Row> rows, boolean withTable,
      boolean withoutDevice) {
    Json.Rows list = new Json.Rows();
    for (Answer.Routes.Row row : rows) {
      Route route = row.route();
      Optional<Device> device = route.device().map(lab::device);
      Json.Row one = new Json.Row().putIf(route.type() != RouteType.UNICAST, "type", route.type().word())
          .put("dst", RouteWords.destination(route.destination())).put("gateway", route.via().map(Object::toString))
          .put("dev", device.filter(_ -> !withoutDevice).map(Device::name))
          .putIf(withTable && row.table() != Netns.MAIN, "table", RouteWords.table(row.table()))
          .putIf(route.origin().protocol() != RouteProtocol.BOOT, "protocol", route.origin().protocol().word())
          .putIf(route.origin().scope() != Scope.GLOBAL, "scope", route.origin().scope().word())
          .put("prefsrc", route.prefSrc().map(Object::toString)).putIf(route.metric() > 0, "metric", route.metric())
          .put("flags", flags(lab, route));
      one.putIf(route.origin().mtu() > 0, "metrics",
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
    if (down && Sysctls.onDevice(lab, device.get(), "conf", "ignore_routes_with_linkdown").strip().equals("1")) {
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
