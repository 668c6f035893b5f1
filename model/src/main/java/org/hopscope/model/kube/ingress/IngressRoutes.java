package org.hopscope.model.kube.ingress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.kube.object.Ingress;
import org.hopscope.model.kube.object.IngressClass;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.net.VirtualTime;

/**
 * All Ingresses of one controller, as one routing table (sem-I1 to I5; Kubernetes documentation, "Ingress"). Where the API
 * leaves it open, it is as ingress-nginx does it: Ingresses for one host are merged, of equal paths the older Ingress's wins,
 * the most specific host alone is looked at, and a path of type ImplementationSpecific is the beginning of a text.
 */
public final class IngressRoutes {
  /** The annotation that named the class before there were IngressClasses. */
  public static final String LEGACY_CLASS = "kubernetes.io/ingress.class";
  private static final Comparator<Ingress> AGE =
      Comparator.<Ingress, VirtualTime>comparing(i -> i.meta().created())
          .thenComparing(Ingress::key);

  private final List<Ingress> ingresses;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Integer> exact = new HashMap<>();

  /** A path with the place where it stands. */
  private record Entry(IngressDecision.Place place, Optional<HostPattern> host, Ingress.Path path) {
  }

  private IngressRoutes(List<Ingress> ingresses) {
    this.ingresses = ingresses;
    for (Ingress ingress : ingresses) {
      for (int r = 0; r < ingress.rules().size(); r++) {
        Ingress.Rule rule = ingress.rules().get(r);
        rule.host().ifPresent(h -> exact.merge(h.toLowerCase(Locale.ROOT), 1, Integer::sum));
        for (int p = 0; p < rule.paths().size(); p++) {
          entries.add(new Entry(new IngressDecision.Place(ingress.key(), r, p), rule.host().map(HostPattern::new),
              rule.paths().get(p)));
        }
      }
    }
  }

  /** The table of one controller, by the name that IngressClasses have for it. */
  public static IngressRoutes of(List<Ingress> all, List<IngressClass> classes, String controller) {
    return new IngressRoutes(all.stream()
        .filter(i -> classOf(i, classes).filter(c -> c.controller().equals(controller)).isPresent()).sorted(AGE)
        .toList());
  }

  private static Optional<String> named(Ingress ingress) {
    return ingress.className().or(() -> Optional.ofNullable(ingress.meta().annotations().get(LEGACY_CLASS)));
  }

  /** The class that an Ingress names, if it exists (sem-I4): one that names none is nobody's. */
  public static Optional<IngressClass> classOf(Ingress ingress, List<IngressClass> classes) {
    return named(ingress).flatMap(n -> classes.stream().filter(c -> c.meta().name().equals(n)).findFirst());
  }

  /**
   * What the API server keeps of a new Ingress: one that names no class gets the default one, if there is one then. Of several
   * the newest is taken (plugin/pkg/admission/network/defaultingressclass).
   */
  public static Ingress admitted(Ingress ingress, List<IngressClass> classes) {
    return named(ingress).isPresent() ? ingress
        : ingress.withClassName(classes.stream().filter(IngressClass::isDefault)
            .min(Comparator.<IngressClass, VirtualTime>comparing(c -> c.meta().created()).reversed()
                .thenComparing(c -> c.meta().name()))
            .map(c -> c.meta().name()));
  }

  /** The Ingresses of the table, the oldest first. */
  public List<Ingress> ingresses() {
    return ingresses;
  }

  /** Where a request is led, and what became of every path on the way. */
  public IngressDecision route(HttpRequest request) {
    Optional<String> host = host(request.host());
    Optional<Entry> best = entries.stream()
        .filter(e -> e.host().map(HostPattern::text).equals(host) && isPath(e.path(), request.path())).max(
            Comparator.<Entry>comparingInt(e -> e.path().path().length())
                .thenComparing(e -> e.path().type(), Comparator.reverseOrder())
                .thenComparing(entries::indexOf, Comparator.reverseOrder()));
    List<IngressDecision.Considered> considered =
        entries.stream().map(e -> new IngressDecision.Considered(e.place(), fate(e, host, request, best))).toList();
    return new IngressDecision(host, best.<IngressDecision.Target>map(
        e -> new IngressDecision.Target.Path(e.place(), e.path().backend())).or(() -> fallback(host))
        .orElseGet(IngressDecision.Target.NotFound::new), considered);
  }

  /** The most specific host that a rule has for a name: the name itself, a star in front of it, or no host at all. */
  private Optional<String> host(String name) {
    if (exact.containsKey(name)) {
      return Optional.of(name);
    }
    return exact.keySet().stream().filter(h -> new HostPattern(h).matchesOneLabel(name)).findFirst();
  }

  private static boolean isPath(Ingress.Path rule, String path) {
    return switch (rule.type()) {
      case EXACT -> path.equals(rule.path());
      case PREFIX -> Paths.isPrefix(rule.path(), path);
      case IMPLEMENTATION_SPECIFIC -> path.startsWith(rule.path());
    };
  }

  private static IngressDecision.Fate fate(Entry entry, Optional<String> host, HttpRequest request,
      Optional<Entry> best) {
    if (!entry.host().map(HostPattern::text).equals(host)) {
      return entry.host().map(h -> h.matchesOneLabel(request.host())).orElse(true)
          ? IngressDecision.Fate.BROADER_HOST
          : IngressDecision.Fate.OTHER_HOST;
    }
    if (!isPath(entry.path(), request.path())) {
      return IngressDecision.Fate.OTHER_PATH;
    }
    Ingress.Path won = best.orElseThrow().path();
    if (entry.equals(best.get())) {
      return IngressDecision.Fate.WON;
    }
    if (won.path().length() > entry.path().path().length()) {
      return IngressDecision.Fate.SHORTER;
    }
    return won.type() == entry.path().type() ? IngressDecision.Fate.NEWER : IngressDecision.Fate.NOT_EXACT;
  }

  /** Requests that no rule is for: first to the default backend of an Ingress that has rules for their host. */
  private Optional<IngressDecision.Target> fallback(Optional<String> host) {
    List<Ingress> willing = ingresses.stream().filter(i -> i.fallback().isPresent()).toList();
    return willing.stream().filter(i -> host.isPresent() && i.rules().stream().anyMatch(
        r -> r.host().map(h -> h.toLowerCase(Locale.ROOT)).equals(host))).findFirst()
        .or(() -> willing.stream().filter(i -> i.rules().isEmpty()).findFirst()).or(() -> willing.stream().findFirst())
        .map(i -> new IngressDecision.Target.Fallback(i.key(), i.fallback().orElseThrow()));
  }

  /**
   * The secret with the certificate for a name that a client asks for in TLS (server name indication, RFC 6066 3): of an
   * entry with the name itself, else of one with a star in front of it, else of one that names no host. Empty when the
   * controller has only a certificate of its own to show.
   */
  public Optional<ObjectKey> secret(String serverName) {
    String name = serverName.toLowerCase(Locale.ROOT);
    Optional<ObjectKey> wild = Optional.empty();
    Optional<ObjectKey> open = Optional.empty();
    for (Ingress ingress : ingresses) {
      for (Ingress.Tls tls : ingress.tls()) {
        Optional<ObjectKey> secret = tls.secret().map(s -> new ObjectKey(
            Kind.SECRET, ingress.meta().namespace(), s));
        for (String host : tls.hosts()) {
          if (host.equalsIgnoreCase(name) && secret.isPresent()) {
            return secret;
          }
          if (new HostPattern(host).matchesOneLabel(name)) {
            wild = wild.or(() -> secret);
          }
        }
        open = tls.hosts().isEmpty() ? open.or(() -> secret) : open;
      }
    }
    Optional<ObjectKey> last = open;
    return wild.or(() -> last);
  }
}
