package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.control.NameService;
import org.hopscope.model.kube.object.ConfigData;
import org.hopscope.model.kube.object.KubeObject;

/**
 * What CoreDNS is told (coredns.io/manual/configuration): a directive for each of its servers, with the zones before its
 * braces and its plugins in them. Modelled are the first server with the plugin {@code kubernetes}, and of that server
 * {@code hosts} with its entries written there and {@code rewrite} of names; what only measures, keeps or repeats answers changes none.
 *
 * @param words what stands in its line
 * @param body what stands in its braces
 */
record Corefile(List<String> words, List<Corefile> body) {
  private static final Set<String> QUIET = Set.of("errors", "health", "ready", "prometheus", "cache", "loop", "reload",
      "loadbalance", "log", "bind", "debug");
  private static final Set<String> OPTIONS = Set.of("pods", "ttl", "ignore", "endpoint_pod_names", "namespaces",
      "noendpoints", "fallthrough");

  Corefile {
    words = List.copyOf(words);
    body = List.copyOf(body);
  }

  /** The servers of a file. */
  static List<Corefile> read(String text) {
    List<String> tokens = text.lines().flatMap(l -> Stream.concat(Stream.of(l.replaceFirst("(^|\\s)#.*", "").strip()
        .split("\\s+")), Stream.of("\n"))).filter(t -> !t.isEmpty()).toList();
    return list(new ArrayList<>(tokens));
  }

  private static List<Corefile> list(List<String> tokens) {
    List<Corefile> all = new ArrayList<>();
    List<String> words = new ArrayList<>();
    while (!tokens.isEmpty()) {
      String token = tokens.removeFirst();
      boolean opens = token.equals("{");
      boolean closes = token.equals("}");
      if (opens || closes || token.equals("\n")) {
        List<Corefile> body = opens ? list(tokens) : List.of();
        if (!words.isEmpty()) {
          all.add(new Corefile(words, body));
        }
        words = new ArrayList<>();
      } else {
        words.add(token);
      }
      if (closes) {
        return all;
      }
    }
    return all;
  }

  /** The server that knows the cluster's names. */
  static Optional<Corefile> server(List<Corefile> servers) {
    return servers.stream().filter(s -> s.plugin("kubernetes").isPresent()).findFirst();
  }

  String name() {
    return words.getFirst();
  }

  List<String> args() {
    return words.subList(1, words.size());
  }

  /** A plugin of a server, or an option of a plugin. */
  Optional<Corefile> plugin(String name) {
    return body.stream().filter(d -> d.name().equals(name)).findFirst();
  }

  boolean has(String option) {
    return plugin(option).isPresent();
  }

  /** Which words of a ConfigMap that is CoreDNS's are not modelled. */
  static List<String> ignored(KubeObject object) {
    if (!(object instanceof ConfigData data) || !object.key().equals(NameService.COREFILE)) {
      return List.of();
    }
    List<Corefile> servers = read(data.data().getOrDefault("Corefile", ""));
    Optional<Corefile> served = server(servers);
    return servers.stream().flatMap(s -> served.equals(Optional.of(s)) ? s.body.stream().flatMap(Corefile::left)
        : Stream.of(String.join(" ", s.words))).map(w -> "Corefile " + w).toList();
  }

  /** What of a plugin has no effect. */
  private Stream<String> left() {
    return switch (name()) {
      case "kubernetes" -> body.stream().filter(o -> !OPTIONS.contains(o.name())).map(o -> "kubernetes " + o.name());
      case "hosts" ->
          Stream.concat(args().stream().limit(1), body.stream().filter(o -> IpAddress.parse(o.name()).isEmpty()
              && !o.name().equals("fallthrough")).map(Corefile::name)).map("hosts "::concat);
      case "rewrite" -> RewritePlugin.rule(this).isPresent() ? Stream.of() : Stream.of(String.join(" ", words));
      case "forward" -> words.equals(List.of("forward", ".", "/etc/resolv.conf")) ? Stream.of()
          : Stream.of(String.join(" ", words));
      default -> QUIET.contains(name()) ? Stream.of() : Stream.of(name());
    };
  }
}
