package org.hopscope.model.kube.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.codec.ManifestException;
import org.hopscope.model.kube.codec.ManifestReader;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.PortProtocol;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Policies drawn as manifests, with what a manifest may leave out: directions, ports, protocols, selectors. Who may connect is
 * worked out from the manifests' own words, by a second way that knows none of the model's types.
 */
@DisplayName("random manifests of policies mean what their words say")
class ManifestPoliciesTest {
  private static final List<String> SPACES = List.of("x", "y", "z");
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final int ROUNDS = 40;

  /** A pod in words: which name a port has differs by namespace. */
  private record Pod(String namespace, String name, String address) {
    Map<String, String> labels() {
      return Map.of("pod", name, "tier", name.equals("b") ? "even" : "odd");
    }

    Map<String, String> space() {
      return Map.of("ns", namespace, "kubernetes.io/metadata.name", namespace);
    }

    String portName(String protocol, int port) {
      return (port == 80 == !namespace.equals("z") ? "web" : "alt") + (protocol.equals("UDP") ? "-u" : "");
    }
  }

  private Random random = new Random(0);
  private final List<Pod> pods = new ArrayList<>();

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static Map<String, Object> map(Object... parts) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < parts.length; i += 2) {
      map.put((String) parts[i], parts[i + 1]);
    }
    return map;
  }

  private static String text(Object value) {
    return switch (value) {
      case Map<?, ?> map -> map.entrySet().stream().map(e -> text(e.getKey()) + ": " + text(e.getValue())).collect(
          Collectors.joining(", ", "{", "}"));
      case List<?> list -> list.stream().map(ManifestPoliciesTest::text).collect(Collectors.joining(", ", "[", "]"));
      case Integer number -> number.toString();
      default -> "\"" + value + "\"";
    };
  }

  private Map<String, Object> selector(String key, List<String> values) {
    return switch (random.nextInt(6)) {
      case 0 -> map();
      case 1, 2 -> map("matchLabels", map(key, one(values)));
      case 3 -> map("matchExpressions", List.of(map("key", key, "operator", one(List.of("In", "NotIn")), "values",
          values.subList(0, 1 + random.nextInt(values.size())))));
      case 4 -> map("matchLabels", map(key, one(values)), "matchExpressions", List.of(map("key", key, "operator",
          "NotIn", "values", List.of(values.getFirst()))));
      default -> map("matchExpressions", List.of(map("key", one(List.of(key, "none")), "operator", one(List.of("Exists",
          "DoesNotExist")))));
    };
  }

  private Map<String, Object> peer() {
    Map<String, Object> own = selector("pod", NAMES);
    Map<String, Object> space = selector("ns", SPACES);
    return switch (random.nextInt(5)) {
      case 0 -> map("podSelector", own);
      case 1 -> map("namespaceSelector", space);
      case 2 -> map("namespaceSelector", space, "podSelector", selector("tier", List.of("odd", "even")));
      case 3 -> map("ipBlock", map("cidr", one(pods).address() + "/32"));
      default -> map("ipBlock", map("cidr", "10.244.1.0/24", "except", List.of(one(pods).address() + "/32",
          one(List.of("10.244.1.0/29", "10.244.1.8/30", "10.244.1.64/26")))));
    };
  }

  private Map<String, Object> port() {
    Map<String, Object> port = random.nextInt(3) == 0 ? map() : map("protocol", one(List.of("TCP", "UDP", "SCTP")));
    switch (random.nextInt(5)) {
      case 0 -> {
      }
      case 1 -> port.put("port", one(List.of("web", "alt", "web-u", "nobody")));
      case 2 -> port.putAll(map("port", one(List.of(1, 79, 80, 81)), "endPort", one(List.of(81, 90, 65_535))));
      default -> port.put("port", one(List.of(80, 81)));
    }
    return port;
  }

  private Map<String, Object> rule(String peers) {
    Map<String, Object> rule = map();
    if (random.nextInt(4) > 0) {
      rule.put(peers, random.ints(random.nextInt(3)).mapToObj(_ -> peer()).toList());
    }
    if (random.nextBoolean()) {
      rule.put("ports", random.ints(random.nextInt(3)).mapToObj(_ -> port()).toList());
    }
    return rule;
  }

  private Map<String, Object> policy(int number) {
    Map<String, Object> spec = map("podSelector", selector("pod", NAMES));
    if (random.nextInt(5) > 0) {
      spec.put("ingress", random.ints(random.nextInt(3)).mapToObj(_ -> rule("from")).toList());
    }
    if (random.nextInt(5) > 1) {
      spec.put("egress", random.ints(random.nextInt(3)).mapToObj(_ -> rule("to")).toList());
    }
    if (random.nextBoolean()) {
      spec.put("policyTypes", one(List.of(List.of("Ingress"), List.of("Egress"), List.of("Egress", "Ingress"))));
    }
    return map("apiVersion", "networking.k8s.io/v1", "kind", "NetworkPolicy", "metadata", map("name", "p" + number,
        "namespace", one(SPACES)), "spec", spec);
  }

  // The second way: from the words.

  @SuppressWarnings("unchecked")
  private static <T> T in(Map<String, Object> map, String key, T otherwise) {
    return (T) map.getOrDefault(key, otherwise);
  }

  private static boolean selects(Map<String, Object> selector, Map<String, String> labels) {
    Map<String, Object> wanted = in(selector, "matchLabels", map());
    List<Map<String, Object>> expressions = in(selector, "matchExpressions", List.of());
    return wanted.entrySet().stream().allMatch(e -> e.getValue().equals(labels.get(e.getKey())))
        && expressions.stream().allMatch(e -> {
          Optional<String> value = Optional.ofNullable(labels.get(in(e, "key", "")));
          List<String> values = in(e, "values", List.of());
          return switch (in(e, "operator", "")) {
            case "In" -> value.filter(values::contains).isPresent();
            case "NotIn" -> value.filter(values::contains).isEmpty();
            case "Exists" -> value.isPresent();
            default -> value.isEmpty();
          };
        });
  }

  private static boolean isPeer(Map<String, Object> peer, String namespace, Pod other) {
    if (peer.containsKey("ipBlock")) {
      Map<String, Object> block = in(peer, "ipBlock", map());
      List<String> except = in(block, "except", List.of());
      return IpPrefix.of(in(block, "cidr", "")).contains(IpAddress.of(other.address()))
          && except.stream().noneMatch(e -> IpPrefix.of(e).contains(IpAddress.of(other.address())));
    }
    boolean space = peer.containsKey("namespaceSelector") ? selects(in(peer, "namespaceSelector", map()), other.space())
        : other.namespace().equals(namespace);
    return space && (!peer.containsKey("podSelector") || selects(in(peer, "podSelector", map()), other.labels()));
  }

  private static boolean isPort(Map<String, Object> port, Pod to, String protocol, int number) {
    Object wanted = port.getOrDefault("port", number);
    return in(port, "protocol", "TCP").equals(protocol) && (wanted instanceof Integer first
        ? first <= number && number <= in(port, "endPort", first)
        : !protocol.equals("SCTP") && wanted.equals(to.portName(protocol, number)));
  }

  private static boolean side(List<Map<String, Object>> policies, Pod own, Pod other, Pod to, boolean incoming,
      String protocol, int number) {
    boolean isolated = false;
    for (Map<String, Object> policy : policies) {
      Map<String, Object> spec = in(policy, "spec", map());
      String namespace = in(in(policy, "metadata", map()), "namespace", "");
      List<Map<String, Object>> rules = in(spec, incoming ? "ingress" : "egress", List.of());
      List<String> types = in(spec, "policyTypes", List.of());
      boolean meant = types.isEmpty() ? incoming || !rules.isEmpty() : types.contains(incoming ? "Ingress" : "Egress");
      if (meant && namespace.equals(own.namespace()) && selects(in(spec, "podSelector", map()), own.labels())) {
        isolated = true;
        for (Map<String, Object> rule : rules) {
          List<Map<String, Object>> peers = in(rule, incoming ? "from" : "to", List.of());
          List<Map<String, Object>> ports = in(rule, "ports", List.of());
          if ((peers.isEmpty() || peers.stream().anyMatch(p -> isPeer(p, namespace, other)))
              && (ports.isEmpty() || ports.stream().anyMatch(p -> isPort(p, to, protocol, number)))) {
            return true;
          }
        }
      }
    }
    return !isolated;
  }

  private static List<KubeObject> read(Object manifest) throws ManifestException {
    List<KubeObject> objects = new ArrayList<>();
    for (ManifestReader.Item item : ManifestReader.read(text(manifest) + "\n", "default")) {
      objects.add(((ManifestReader.Item.Read) item).object());
    }
    return objects;
  }

  private static KubePod made(Pod pod) throws ManifestException {
    List<Object> ports = new ArrayList<>();
    for (String protocol : List.of("TCP", "UDP")) {
      for (int port : List.of(80, 81)) {
        ports.add(map("name", pod.portName(protocol, port), "containerPort", port, "protocol", protocol));
      }
    }
    KubePod read = (KubePod) read(map("apiVersion", "v1", "kind", "Pod", "metadata", map("name", pod.name(),
        "namespace", pod.namespace(), "labels", pod.labels()), "spec",
        map("containers", List.of(map("name", "c",
            "image", "i", "ports", ports)))))
        .getFirst();
    return read.withStatus(new KubePod.Status(List.of(IpAddress.of(pod.address())), true, false));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 22, 333, 4444})
  void matrices(long seed) throws ManifestException {
    random = new Random(seed);
    List<KubeNamespace> namespaces = new ArrayList<>();
    List<KubePod> made = new ArrayList<>();
    for (String space : SPACES) {
      namespaces.add((KubeNamespace) read(map("apiVersion", "v1", "kind", "Namespace", "metadata", map("name", space,
          "labels", map("ns", space)))).getFirst());
      NAMES.forEach(n -> pods.add(new Pod(space, n, "10.244.1." + (2 + pods.size()))));
    }
    for (Pod pod : pods) {
      made.add(made(pod));
    }
    List<String> wrong = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<Map<String, Object>> policies = new ArrayList<>();
      List<NetworkPolicy> known = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        policies.add(policy(i));
        known.add((NetworkPolicy) read(policies.getLast()).getFirst());
      }
      Policies judged = Policies.of(namespaces, List.of(), made, known);
      for (String protocol : List.of("TCP", "UDP", "SCTP")) {
        for (int number : List.of(80, 81)) {
          PortProtocol spoken = PortProtocol.valueOf(protocol);
          PolicyMatrix matrix = PolicyMatrix.of(judged, made, spoken, number);
          for (int i = 0; i < pods.size(); i++) {
            for (int j = 0; j < pods.size(); j++) {
              boolean expected =
                  i == j || side(policies, pods.get(i), pods.get(j), pods.get(j), false, protocol, number)
                      && side(policies, pods.get(j), pods.get(i), pods.get(j), true, protocol, number);
              boolean single = judged.allows(new Connection(Party.of(made.get(i)).orElseThrow(), Party.of(made.get(j))
                  .orElseThrow(), spoken, number));
              if (matrix.allows(i, j) != expected || single != expected) {
                wrong.add(
                    pods.get(i) + " -> " + pods.get(j) + " " + number + "/" + protocol + " under " + text(policies));
              }
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }
}
