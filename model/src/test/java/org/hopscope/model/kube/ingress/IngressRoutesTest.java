package org.hopscope.model.kube.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.object.Ingress;
import org.hopscope.model.kube.object.IngressClass;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.net.VirtualTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pcollections.TreePMap;

/** Scenarios of the ingress conformance suite (kubernetes-sigs/ingress-controller-conformance, features) and what they leave open. */
@DisplayName("where an Ingress leads requests")
class IngressRoutesTest {
  private static final String CONTROLLER = "example.com/ours";
  private static final IngressClass OURS = new IngressClass(Meta.of("", "ours"), CONTROLLER, true);

  private final List<Ingress> ingresses = new ArrayList<>();
  private final List<IngressClass> classes = new ArrayList<>(List.of(OURS));

  /** Rules as {@code HOST TYPE PATH SERVICE}, with {@code -} for no host; those of one host are one rule. */
  private IngressRoutesTest ingress(String name, String... rules) {
    return ingress(name, Optional.empty(), rules);
  }

  private IngressRoutesTest ingress(String name, Optional<String> fallback, String... rules) {
    List<Ingress.Rule> all = new ArrayList<>();
    for (String rule : rules) {
      String[] words = rule.split(" ");
      Optional<String> host = Optional.of(words[0]).filter(h -> !h.equals("-"));
      Ingress.PathType type = Arrays.stream(Ingress.PathType.values()).filter(t -> t.word().startsWith(words[1]))
          .findFirst().orElseThrow();
      all.add(new Ingress.Rule(host, List.of(new Ingress.Path(words[2], type, backend(words[3])))));
    }
    Meta meta = Meta.of("ns", name).withCreated(new VirtualTime(ingresses.size()));
    ingresses.add(new Ingress(meta, Optional.empty(), fallback.map(IngressRoutesTest::backend), all, List.of()));
    return this;
  }

  private static Ingress.Backend backend(String service) {
    return new Ingress.Backend(service, new PortName.Number(8080));
  }

  private IngressRoutes routes() {
    return IngressRoutes.of(ingresses.stream().map(i -> IngressRoutes.admitted(i, classes)).toList(), classes,
        CONTROLLER);
  }

  private String at(String url) {
    int slash = url.indexOf('/');
    return routes().route(HttpRequest.get(url.substring(0, slash), url.substring(slash))).target().service()
        .map(b -> b.port().service()).orElse("404");
  }

  @Test
  @DisplayName("conformance: path rules (sem-I1, sem-I2)")
  void pathRules() {
    ingress("path-rules", "exact-path-rules Exact /foo foo-exact", "prefix-path-rules Prefix /foo foo-prefix",
        "prefix-path-rules Prefix /aaa/bbb aaa-slash-bbb-prefix", "prefix-path-rules Prefix /aaa aaa-prefix",
        "mixed-path-rules Prefix /foo foo-prefix", "mixed-path-rules Exact /foo foo-exact",
        "trailing-slash-path-rules Prefix /aaa/bbb/ aaa-slash-bbb-slash-prefix",
        "trailing-slash-path-rules Exact /foo/ foo-slash-exact");
    assertThat(at("exact-path-rules/foo")).isEqualTo("foo-exact");
    assertThat(at("exact-path-rules/foo/")).isEqualTo("404");
    assertThat(at("exact-path-rules/FOO")).isEqualTo("404");
    assertThat(at("exact-path-rules/bar")).isEqualTo("404");
    assertThat(at("prefix-path-rules/foo")).isEqualTo("foo-prefix");
    assertThat(at("prefix-path-rules/foo/")).isEqualTo("foo-prefix");
    assertThat(at("prefix-path-rules/FOO")).isEqualTo("404");
    assertThat(at("prefix-path-rules/aaa/bbb")).isEqualTo("aaa-slash-bbb-prefix");
    assertThat(at("prefix-path-rules/aaa/bbb/ccc")).isEqualTo("aaa-slash-bbb-prefix");
    assertThat(at("prefix-path-rules/aaa/ccc")).isEqualTo("aaa-prefix");
    assertThat(at("prefix-path-rules/aaaccc")).isEqualTo("404");
    assertThat(at("mixed-path-rules/foo")).isEqualTo("foo-exact");
    assertThat(at("trailing-slash-path-rules/aaa/bbb")).isEqualTo("aaa-slash-bbb-slash-prefix");
    assertThat(at("trailing-slash-path-rules/aaa/bbb/")).isEqualTo("aaa-slash-bbb-slash-prefix");
    assertThat(at("trailing-slash-path-rules/foo")).isEqualTo("404");
  }

  @Test
  @DisplayName("conformance: host rules (sem-I3)")
  void hostRules() {
    ingress("host-rules", "*.foo.com Prefix / wildcard-foo-com", "foo.bar.com Prefix / foo-bar-com");
    assertThat(at("foo.bar.com/")).isEqualTo("foo-bar-com");
    assertThat(at("Foo.Bar.com:8080/x")).isEqualTo("foo-bar-com");
    assertThat(at("subdomain.bar.com/")).isEqualTo("404");
    assertThat(at("bar.foo.com/")).isEqualTo("wildcard-foo-com");
    assertThat(at("baz.bar.foo.com/")).isEqualTo("404");
    assertThat(at("foo.com/")).isEqualTo("404");
    assertThat(at(".foo.com/")).isEqualTo("404");
  }

  @Test
  @DisplayName("conformance: default backend")
  void defaultBackend() {
    ingress("default-backend", Optional.of("echo-service"));
    for (String url : List.of("my-host/", "my-host/sub-path", "some-host/", "/resource", "some-host/resource")) {
      assertThat(at(url)).as(url).isEqualTo("echo-service");
    }
    ingress("hosts", Optional.of("own"), "a.com Exact /x x");
    assertThat(at("a.com/x")).isEqualTo("x");
    assertThat(at("a.com/y")).isEqualTo("own");
    assertThat(at("b.com/x")).isEqualTo("echo-service");
  }

  @Test
  @DisplayName("the documentation's table of paths (sem-I1)")
  void table() {
    String table = """
        Prefix / /any yes
        Exact /foo /foo yes
        Exact /foo /bar no
        Exact /foo /foo/ no
        Exact /foo/ /foo no
        Prefix /foo /foo yes
        Prefix /foo /foo/ yes
        Prefix /foo/ /foo yes
        Prefix /foo/ /foo/ yes
        Prefix /aaa/bb /aaa/bbb no
        Prefix /aaa/bbb /aaa/bbb yes
        Prefix /aaa/bbb/ /aaa/bbb yes
        Prefix /aaa/bbb /aaa/bbb/ yes
        Prefix /aaa/bbb /aaa/bbb/ccc yes
        Prefix /aaa/bbb /aaa/bbbxyz no
        Prefix / / yes
        Implementation /foo /foobar yes
        """;
    table.lines().map(l -> l.split(" ")).forEach(w -> assertThat(new IngressRoutesTest()
        .ingress("t", "h " + w[0] + " " + w[1] + " s").at("h" + w[2])).as(String.join(" ", w)).isEqualTo(w[3].equals(
            "yes") ? "s" : "404"));
    ingress("several", "h Prefix / root", "h Prefix /aaa aaa", "h Prefix /aaa/bbb bbb");
    assertThat(at("h/aaa/bbb")).isEqualTo("bbb");
    assertThat(at("h/aaa/ccc")).isEqualTo("aaa");
    assertThat(at("h/ccc")).isEqualTo("root");
  }

  @Test
  @DisplayName("Ingresses for one host merge; of the same path the older one's wins (sem-I5)")
  void merged() {
    ingress("old", "h Prefix /a old-a").ingress("new", "h Prefix /a new-a", "h Prefix /b new-b", "- Prefix / any");
    assertThat(at("h/a")).isEqualTo("old-a");
    assertThat(at("h/b")).isEqualTo("new-b");
    assertThat(at("h/c")).isEqualTo("404");
    assertThat(at("elsewhere/c")).isEqualTo("any");
    assertThat(routes().route(HttpRequest.get("h", "/a")).considered()).extracting(IngressDecision.Considered::fate)
        .containsExactly(IngressDecision.Fate.WON, IngressDecision.Fate.NEWER, IngressDecision.Fate.OTHER_PATH,
            IngressDecision.Fate.BROADER_HOST);
  }

  @Test
  @DisplayName("a decision is told path by path")
  void told() {
    ingress("old", "h Prefix /a old-a", "h Exact /a exact-a").ingress("new", "- Prefix / any", "x.com Prefix /a x");
    IngressRoutes routes = routes();
    assertThat(RoutingExplanation.of(routes, routes.route(HttpRequest.get("h", "/a")))).containsExactly(
        "Path /a of Ingress ns/old leads to the Service ns/exact-a:8080.",
        "/a (Prefix) of ns/old: it fits, but a path of the same length says more exactly what it wants.",
        "/a (Exact) of ns/old: it goes this way.",
        "/ (Prefix) of ns/new: it is for any host, and there are rules for the host itself.",
        "/a (Prefix) of ns/new: it is for x.com.");
    assertThat(RoutingExplanation.of(routes, routes.route(HttpRequest.get("h", "/b"))).getFirst()).isEqualTo(
        "No path is for it, and there is no default backend: the controller answers 404.");
  }

  @Test
  @DisplayName("the class decides the controller; one that does not exist, none (sem-I4; conformance: ingress class)")
  void classChoice() {
    classes.add(new IngressClass(Meta.of("", "theirs"), "example.com/theirs", false));
    ingress("mine", "h Prefix / s");
    assertThat(at("h/")).isEqualTo("s");
    Ingress mine = ingresses.removeFirst();
    for (String name : List.of("theirs", "some-invalid-class-name")) {
      ingresses.add(new Ingress(mine.meta(), Optional.of(name), mine.fallback(), mine.rules(), mine.tls()));
      assertThat(at("h/")).as(name).isEqualTo("404");
      ingresses.clear();
    }
    ingresses.add(new Ingress(mine.meta().withAnnotations(TreePMap.singleton(IngressRoutes.LEGACY_CLASS, "theirs")),
        Optional.empty(), mine.fallback(), mine.rules(), mine.tls()));
    assertThat(at("h/")).isEqualTo("404");
    ingresses.set(0, mine);
    classes.add(new IngressClass(Meta.of("", "newer").withCreated(new VirtualTime(9)), "example.com/theirs", true));
    assertThat(at("h/")).isEqualTo("404");
    classes.removeIf(IngressClass::isDefault);
    assertThat(at("h/")).isEqualTo("404");
  }

  @Test
  @DisplayName("the certificate is chosen by the name that TLS asks for (sem-I4)")
  void certificates() {
    Meta meta = Meta.of("ns", "tls");
    ingresses.add(new Ingress(meta, Optional.empty(), Optional.of(backend("s")), List.of(), List.of(
        new Ingress.Tls(List.of("*.foo.com"), Optional.of("wild")),
        new Ingress.Tls(List.of("a.foo.com", "foo.bar.com"), Optional.of("exact")))));
    assertThat(routes().secret("A.foo.com")).hasValueSatisfying(k -> assertThat(k.path()).isEqualTo("ns/exact"));
    assertThat(routes().secret("b.foo.com")).hasValueSatisfying(k -> assertThat(k.path()).isEqualTo("ns/wild"));
    assertThat(routes().secret("c.b.foo.com")).isEmpty();
  }

  @Test
  @DisplayName("a backend's port is the Service's, by number or by name (sem-I4)")
  void ports() {
    KubeService service = new KubeService(Meta.of("ns", "s"), Optional.empty(),
        List.of(new KubeService.Port(Optional.of(
            "http"), PortProtocol.TCP, 80, new PortName.Named("web"), Optional.empty())),
        new KubeService.Addressing(
            KubeService.Type.CLUSTER_IP, List.of(), List.of(), false, List.of(), List.of(), Optional.empty()),
        KubeService.Routing.USUAL);
    assertThat(ServicePorts.find(service, new PortName.Named("http"))).isPresent();
    assertThat(ServicePorts.find(service, new PortName.Number(80))).isPresent();
    assertThat(ServicePorts.find(service, new PortName.Named("web"))).isEmpty();
  }
}
