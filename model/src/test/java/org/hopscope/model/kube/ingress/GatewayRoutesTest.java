package org.hopscope.model.kube.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hopscope.model.kube.object.Gateway;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.HttpRoute.Comparison;
import org.hopscope.model.kube.object.HttpRoute.Match;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.net.VirtualTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pcollections.TreePMap;

/** Cases of the Gateway API's conformance tests (kubernetes-sigs/gateway-api, conformance/tests/httproute-*.go). */
@DisplayName("where a Gateway leads requests")
class GatewayRoutesTest {
  private final List<HttpRoute> routes = new ArrayList<>();
  private Gateway gateway = gateway(listener("all", Optional.empty()));

  private static Gateway gateway(Gateway.Listener... listeners) {
    return new Gateway(Meta.of("infra", "gw"), "c", List.of(listeners));
  }

  private static Gateway.Listener listener(String name, Optional<String> host) {
    return new Gateway.Listener(name, host, 80, Gateway.Protocol.HTTP, List.of(), Gateway.From.SAME, Optional.empty());
  }

  /** Rules as {@code SERVICE: MATCH | MATCH}; a match is words such as {@code =/exact /prefix GET version:one ?animal=cat}. */
  private GatewayRoutesTest route(String name, List<String> hosts, String... rules) {
    List<HttpRoute.Rule> all = new ArrayList<>();
    for (String rule : rules) {
      String[] parts = rule.split(": ", 2);
      all.add(new HttpRoute.Rule(Arrays.stream(parts[1].split(" \\| ")).map(GatewayRoutesTest::match).toList(),
          List.of(new HttpRoute.Backend(Optional.empty(), parts[0], 8080, 1))));
    }
    Meta meta = Meta.of("infra", name).withCreated(new VirtualTime(routes.size()));
    routes.add(new HttpRoute(meta, List.of(new HttpRoute.Parent(Optional.empty(), "gw", Optional.empty(), Optional
        .empty())), hosts, all));
    return this;
  }

  private static Match match(String text) {
    HttpRoute.Path path = Match.ALL.path();
    List<HttpRoute.Value> headers = new ArrayList<>();
    List<HttpRoute.Value> query = new ArrayList<>();
    Optional<String> method = Optional.empty();
    for (String word : text.split(" ")) {
      if (word.startsWith("=/")) {
        path = new HttpRoute.Path(Comparison.EXACT, word.substring(1));
      } else if (word.startsWith("/")) {
        path = new HttpRoute.Path(Comparison.PATH_PREFIX, word);
      } else if (word.startsWith("?")) {
        query.add(value(word.substring(1), "="));
      } else if (word.contains(":")) {
        headers.add(value(word, ":"));
      } else {
        method = Optional.of(word);
      }
    }
    return new Match(path, headers, query, method);
  }

  private static HttpRoute.Value value(String text, String sign) {
    String[] parts = text.split(sign);
    return new HttpRoute.Value(parts[0], Comparison.EXACT, parts[1]);
  }

  private GatewayDecision decide(String request) {
    String method = "GET";
    String url = "";
    List<HttpRequest.Field> headers = new ArrayList<>();
    for (String word : request.split(" ")) {
      if (word.matches("[A-Z]+")) {
        method = word;
      } else if (url.isEmpty()) {
        url = word;
      } else {
        headers.add(new HttpRequest.Field(word.split(":")[0], word.split(":")[1]));
      }
    }
    int slash = url.indexOf('/');
    return GatewayRoutes.of(gateway, List.of(), routes).route(80, HttpRequest.of(method.toUpperCase(Locale.ROOT), url
        .substring(0, slash), url.substring(slash), headers));
  }

  private String at(String request) {
    return switch (decide(request).target()) {
      case GatewayDecision.Target.Services services -> services.pick(0).service();
      case GatewayDecision.Target.Redirected(var _, String location, int _) -> location;
      case GatewayDecision.Target.NoBackend _ -> "500";
      case GatewayDecision.Target.Preflight _ -> "preflight";
      case GatewayDecision.Target.NotFound _ -> "404";
    };
  }

  private void expect(String table) {
    table.lines().map(String::strip)
        .forEach(l -> assertThat(at(l.substring(0, l.lastIndexOf(" -> ")))).as(l).isEqualTo(l
            .substring(l.lastIndexOf(' ') + 1)));
  }

  @Test
  @DisplayName("conformance: HTTPExactPathMatching")
  void exactPath() {
    route("exact", List.of(), "v1: =/one", "v2: =/two");
    expect("""
        h/one -> v1
        h/two -> v2
        h/ -> 404
        h/one/example -> 404
        h/two/ -> 404
        h/Two -> 404""");
  }

  @Test
  @DisplayName("conformance: HTTPRouteMatching")
  void matching() {
    route("matching", List.of(), "v1: / | version:one", "v2: /v2 | version:two");
    expect("""
        h/ -> v1
        h/example -> v1
        h/ Version:one -> v1
        h/v2 -> v2
        h/v2/example -> v2
        h/ Version:two -> v2
        h/v2example -> v1""");
  }

  @Test
  @DisplayName("conformance: HTTPRouteHeaderMatching")
  void headers() {
    route("headers", List.of(), "v1: version:one", "v2: version:two", "v1: version:two color:orange",
        "v1: color:blue | color:green", "v2: color:red | color:yellow");
    expect("""
        h/ Version:one -> v1
        h/ Version:two -> v2
        h/ Version:two Color:orange -> v1
        h/ Color:orange -> 404
        h/ Some-Other-Header:one -> 404
        h/ Color:blue -> v1
        h/ Color:green -> v1
        h/ Color:red -> v2
        h/ Color:yellow -> v2
        h/ Color:purple -> 404""");
  }

  @Test
  @DisplayName("conformance: HTTPRouteMethodMatching")
  void methods() {
    route("methods", List.of(), "v1: POST", "v2: GET", "v1: /path1 GET", "v2: PUT version:one",
        "v3: /path2 POST version:two", "v1: /path3 PATCH | /path4 DELETE version:three", "v1: /path5", "v2: PATCH",
        "v3: version:four");
    expect("""
        POST h/ -> v1
        GET h/ -> v2
        HEAD h/ -> 404
        GET h/path1 -> v1
        PUT h/ version:one -> v2
        POST h/path2 version:two -> v3
        PATCH h/path3 -> v1
        DELETE h/path4 version:three -> v1
        PUT h/ -> 404
        DELETE h/path4 -> 404
        PATCH h/path5 -> v1
        PATCH h/ version:four -> v2""");
  }

  @Test
  @DisplayName("conformance: HTTPRouteQueryParamMatching")
  void parameters() {
    route("query", List.of(), "v1: ?animal=whale", "v2: ?animal=dolphin", "v3: ?animal=dolphin ?color=blue",
        "v3: ?ANIMAL=Whale", "v1: /path1 ?animal=whale", "v2: version:one ?animal=whale",
        "v3: /path2 version:two ?animal=whale", "v1: /path3 ?animal=shark | /path4 version:three ?animal=kraken",
        "v1: /path5 ?animal=hydra", "v3: version:four ?animal=hydra");
    expect("""
        h/?animal=whale -> v1
        h/?animal=dolphin -> v2
        h/?animal=dolphin&color=blue -> v3
        h/?ANIMAL=Whale -> v3
        h/?animal=whale&otherparam=irrelevant -> v1
        h/?animal=dolphin&color=yellow -> v2
        h/?color=blue -> 404
        h/?animal=dog -> 404
        h/?animal=whaledolphin -> 404
        h/ -> 404
        h/path1?animal=whale -> v1
        h/?animal=whale version:one -> v2
        h/path2?animal=whale version:two -> v3
        h/path3?animal=shark -> v1
        h/path4?animal=kraken version:three -> v1
        h/?animal=shark -> 404
        h/path4?animal=kraken -> 404
        h/path5?animal=hydra -> v1
        h/?animal=hydra version:four -> v3""");
  }

  @Test
  @DisplayName("conformance: HTTPRoutePathMatchOrder")
  void pathOrder() {
    route("order", List.of(), "v3: =/match/exact/one", "v2: =/match/exact", "v1: =/match", "v1: /match/prefix",
        "v2: /match/prefix/one", "v3: /match");
    expect("""
        h/match/exact/one -> v3
        h/match/exact -> v2
        h/match -> v1
        h/match/prefix/one/any -> v2
        h/match/prefix/any -> v1
        h/match/any -> v3""");
  }

  @Test
  @DisplayName("conformance: HTTPRouteMatchingAcrossRoutes")
  void acrossRoutes() {
    route("part1", List.of("example.com", "example.net"), "v1: / | version:one").route("part2", List.of("example.com"),
        "v2: /v2 | version:two");
    expect("""
        example.com/ -> v1
        example.com/example -> v1
        example.net/example -> v1
        example.com/example Version:one -> v1
        example.com/v2 -> v2
        example.net/v2 -> v1
        example.com/v2/example -> v2
        example.com/ Version:two -> v2""");
  }

  @Test
  @DisplayName("conformance: HTTPRouteHostnameIntersection")
  void hosts() {
    gateway = gateway(listener("listener-1", Optional.of("very.specific.com")), listener("listener-2", Optional.of(
        "*.wildcard.io")), listener("listener-3", Optional.of("*.anotherwildcard.io")));
    route("specific-specific", List.of("non.matching.com", "*.nonmatchingwildcard.io", "very.specific.com"), "v1: /s1")
        .route("specific-wildcard", List.of("non.matching.com", "wildcard.io", "foo.wildcard.io", "bar.wildcard.io",
            "foo.bar.wildcard.io"), "v2: /s2")
        .route("wildcard-specific", List.of("non.matching.com", "*.specific.com"), "v3: /s3")
        .route("wildcard-wildcard", List.of("*.anotherwildcard.io"), "v1: /s4")
        .route("none", List.of("specific.but.wrong.com", "wildcard.io"), "v2: /s5");
    expect("""
        very.specific.com/s1 -> v1
        very.specific.com:1234/s1 -> v1
        non.matching.com/s1 -> 404
        foo.nonmatchingwildcard.io/s1 -> 404
        foo.wildcard.io/s1 -> 404
        very.specific.com/non-matching-prefix -> 404
        foo.wildcard.io/s2 -> v2
        bar.wildcard.io/s2 -> v2
        foo.bar.wildcard.io/s2 -> v2
        non.matching.com/s2 -> 404
        wildcard.io/s2 -> 404
        very.specific.com/s2 -> 404
        foo.wildcard.io/non-matching-prefix -> 404
        very.specific.com/s3 -> v3
        non.matching.com/s3 -> 404
        foo.specific.com/s3 -> 404
        foo.wildcard.io/s3 -> 404
        very.specific.com/non-matching-prefix -> 404
        foo.anotherwildcard.io/s4 -> v1
        bar.anotherwildcard.io/s4 -> v1
        foo.bar.anotherwildcard.io/s4 -> v1
        anotherwildcard.io/s4 -> 404
        foo.wildcard.io/s4 -> 404
        very.specific.com/s4 -> 404
        foo.anotherwildcard.io/non-matching-prefix -> 404
        specific.but.wrong.com/s5 -> 404
        wildcard.io/s5 -> 404""");
    GatewayRoutes table = GatewayRoutes.of(gateway, List.of(), routes);
    assertThat(gateway.listeners()).extracting(l -> routes.stream().filter(r -> table.isAttached(r, l)).count())
        .containsExactly(2L, 1L, 1L);
    gateway = gateway(listener("any", Optional.empty()));
    routes.clear();
    route("all", List.of("first.com", "sub.first.com", "second.com", "sub.second.com"), "v2: /");
    expect("""
        first.com/ -> v2
        sub.first.com/ -> v2
        second.com/ -> v2
        sub.second.com/ -> v2
        third.com/ -> 404
        sub.third.com/ -> 404""");
  }

  @Test
  @DisplayName("a narrower host wins over a longer path; of equal matches the older route, then the name")
  void precedence() {
    route("wide", List.of("*.example.com"), "wide: /long/path").route("narrow", List.of("a.example.com"), "narrow: /")
        .route("late", List.of("a.example.com"), "late: /");
    expect("""
        a.example.com/long/path -> narrow
        b.example.com/long/path -> wide""");
    assertThat(decide("a.example.com/long/path").considered()).extracting(GatewayDecision.Considered::fate)
        .containsExactly(GatewayDecision.Fate.LATER, GatewayDecision.Fate.WON, GatewayDecision.Fate.LATER);
    routes.replaceAll(r -> r.withMeta(r.meta().withCreated(VirtualTime.START)));
    assertThat(at("a.example.com/")).isEqualTo("late");
  }

  @Test
  @DisplayName("weights share requests out; without a backend the answer is 500")
  void weights() {
    route("weighted", List.of(), "v1: /");
    HttpRoute route = routes.removeFirst();
    List<HttpRoute.Backend> backends = List.of(backend("v1", 70), backend("v2", 30), backend("v3", 0));
    routes.add(new HttpRoute(route.meta(), route.parents(), List.of(), List.of(new HttpRoute.Rule(List.of(Match.ALL),
        backends))));
    GatewayDecision.Target.Services services = (GatewayDecision.Target.Services) decide("h/").target();
    assertThat(services.shares()).isEqualTo(100);
    assertThat(RoutingExplanation.of(decide("h/"))).containsExactly(
        "Rule 1 of HTTPRoute infra/weighted leads to infra/v1:8080 (70 of 100), infra/v2:8080 (30 of 100).",
        "It comes in by the listener all.", "match 1 of rule 1 of infra/weighted: it goes this way.");
    assertThat(IntStream.range(0, 100).filter(i -> services.pick(i).service().equals("v1")).count()).isEqualTo(70);
    routes.set(0, new HttpRoute(route.meta(), route.parents(), List.of(), List.of(new HttpRoute.Rule(List.of(Match.ALL),
        List.of(backend("v3", 0), new HttpRoute.Backend(Optional.of("elsewhere"), "v1", 80, 1))))));
    assertThat(at("h/")).isEqualTo("500");
  }

  private static HttpRoute.Backend backend(String name, int weight) {
    return new HttpRoute.Backend(Optional.empty(), name, 8080, weight);
  }

  @Test
  @DisplayName("a regular expression fits the whole path, and one that would try for ever fits nothing")
  void expressions() {
    route("regex", List.of(), "v1: /");
    for (String[] each : new String[][] {{"/a[0-9]+", "h/a12", "v1"}, {"/a[0-9]+", "h/a12/b", "404"},
        {"/(", "h/(", "404"},
        {"/(x+x+)+y", "h/" + "x".repeat(60), "404"}}) {
      HttpRoute route = routes.getFirst();
      Match match = new Match(new HttpRoute.Path(Comparison.REGULAR_EXPRESSION, each[0]), List.of(), List.of(), Optional
          .empty());
      routes.set(0, new HttpRoute(route.meta(), route.parents(), List.of(), List.of(new HttpRoute.Rule(List.of(match),
          route.rules().getFirst().backends()))));
      assertThat(at(each[1])).as(each[0]).isEqualTo(each[2]);
    }
  }

  @Test
  @DisplayName("routes attach by name, door and port, from the namespaces that the door allows")
  void attachment() {
    Gateway.Listener open = new Gateway.Listener("open", Optional.empty(), 80, Gateway.Protocol.HTTP,
        List.of(Gateway.CertificateRef.of("cert")),
        Gateway.From.SELECTOR, Optional.of(Selector.of(TreePMap.singleton("team", "web"))));
    gateway = gateway(open, listener("same", Optional.of("same.example")));
    KubeNamespace team = new KubeNamespace(Meta.of("", "apps").withLabels(TreePMap.singleton("team", "web")));
    HttpRoute elsewhere = new HttpRoute(Meta.of("apps", "r"), List.of(new HttpRoute.Parent(Optional.of("infra"), "gw",
        Optional.empty(), Optional.empty())), List.of(), List.of());
    GatewayRoutes table = GatewayRoutes.of(gateway, List.of(team), List.of(elsewhere));
    assertThat(gateway.listeners()).extracting(l -> table.isAttached(elsewhere, l)).containsExactly(true, false);
    HttpRoute section =
        new HttpRoute(elsewhere.meta(), List.of(new HttpRoute.Parent(Optional.of("infra"), "gw", Optional
            .of("same"), Optional.empty())), List.of(), List.of());
    assertThat(table.isAttached(section, open)).isFalse();
    assertThat(table.listener(80, "same.example")).hasValueSatisfying(l -> assertThat(l.name()).isEqualTo("same"));
    assertThat(table.certificates(80, "x.example"))
        .singleElement().satisfies(c -> assertThat(c.path()).isEqualTo("infra/cert"));
    assertThat(table.listener(81, "x")).isEmpty();
  }
}
