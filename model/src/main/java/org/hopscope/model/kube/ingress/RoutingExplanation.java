package org.hopscope.model.kube.ingress;

import static org.hopscope.model.kube.ingress.Sentences.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.Ingress;
import org.hopscope.model.kube.object.ObjectKey;

/** Decisions about requests in sentences: the outcome first, then every path or match that was looked at. */
public final class RoutingExplanation {
  private RoutingExplanation() {
  }

  /** Of an Ingress controller. */
  public static List<String> of(IngressRoutes routes, IngressDecision decision) {
    List<String> told = new ArrayList<>();
    told.add(switch (decision.target()) {
      case IngressDecision.Target.Path(IngressDecision.Place place, Ingress.Backend backend) -> say("ingress.path",
          path(routes, place).path(), place.ingress().path(), service(place.ingress(), backend));
      case IngressDecision.Target.Fallback(ObjectKey ingress, Ingress.Backend backend) -> say("ingress.fallback",
          ingress.path(), service(ingress, backend));
      case IngressDecision.Target.NotFound() -> say("ingress.notfound");
    });
    for (IngressDecision.Considered each : decision.considered()) {
      Ingress.Path path = path(routes, each.place());
      told.add(say("row", say("path", path.path(), path.type().word(), each.place().ingress().path()),
          reason(routes, each)));
    }
    return List.copyOf(told);
  }

  private static String reason(IngressRoutes routes, IngressDecision.Considered each) {
    return say("ingress." + word(each.fate()), rule(routes, each.place()).host().orElseGet(() -> say("anyhost")));
  }

  /** Every path that was looked at, with its host. */
  static List<ProxyQuestion.Row> rows(IngressRoutes routes, IngressDecision decision) {
    return decision.considered().stream().map(each -> {
      Ingress.Path path = path(routes, each.place());
      return new ProxyQuestion.Row(say("ingress.row", rule(routes, each.place()).host().orElse("*"), path.path(),
          path.type().word(), each.place().ingress()), each.fate() == IngressDecision.Fate.WON, reason(routes, each));
    }).toList();
  }

  private static String service(ObjectKey ingress, Ingress.Backend backend) {
    return ingress.namespace() + "/" + backend.service() + ":" + backend.port();
  }

  private static Ingress.Rule rule(IngressRoutes routes, IngressDecision.Place place) {
    return routes.ingresses().stream().filter(i -> i.key().equals(place.ingress())).findFirst().orElseThrow().rules()
        .get(place.rule());
  }

  private static Ingress.Path path(IngressRoutes routes, IngressDecision.Place place) {
    return rule(routes, place).paths().get(place.path());
  }

  /** Of a Gateway. */
  public static List<String> of(GatewayDecision decision) {
    List<String> told = new ArrayList<>();
    told.add(switch (decision.target()) {
      case GatewayDecision.Target.Services services -> say("gateway.services", services.place().rule() + 1, services
          .place().route().path(),
          services.backends().stream().map(b -> share(b, services)).collect(Collectors.joining(
              ", ")));
      case GatewayDecision.Target.Redirected(GatewayDecision.Place place, String location, int status) -> say(
          "gateway.redirect", place.rule() + 1, place.route().path(), location, status);
      case GatewayDecision.Target.NoBackend(GatewayDecision.Place place) -> say("gateway.nobackend", place.rule() + 1,
          place.route().path());
      case GatewayDecision.Target.Preflight(GatewayDecision.Place place, var _) -> say("gateway.preflight", place.rule()
          + 1, place.route().path());
      case GatewayDecision.Target.NotFound() -> say("gateway.notfound");
    });
    told.add(decision.listener().map(l -> say("gateway.listener", l)).orElseGet(() -> say("gateway.nolistener")));
    rows(decision).forEach(r -> told.add(say("row", r.text(), r.reason())));
    return List.copyOf(told);
  }

  /** Every match that was looked at. */
  static List<ProxyQuestion.Row> rows(GatewayDecision decision) {
    return decision.considered().stream().map(c -> new ProxyQuestion.Row(say("match", c.place().match() + 1,
        c.place().rule() + 1, c.place().route().path()), c.fate() == GatewayDecision.Fate.WON,
        say("gateway." + word(c.fate())))).toList();
  }

  private static String share(HttpRoute.Backend backend, GatewayDecision.Target.Services services) {
    String name = GatewayRoutes.service(services.place().route(), backend).path() + ":" + backend.port();
    return services.backends().size() == 1 ? name : say("gateway.share", name, backend.weight(), services.shares());
  }

  private static String word(Enum<?> fate) {
    return fate.name().toLowerCase(Locale.ROOT);
  }
}
