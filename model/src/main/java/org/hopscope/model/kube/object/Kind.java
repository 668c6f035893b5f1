package org.hopscope.model.kube.object;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of objects that are modelled, in the order in which the program makes them. */
public enum Kind {
  NAMESPACE("v1", "Namespace", "namespaces", false, "ns"),
  NODE("v1", "Node", "nodes", false, "no"),
  CONFIG_MAP("v1", "ConfigMap", "configmaps", true, "cm"),
  SECRET("v1", "Secret", "secrets", true),
  DEPLOYMENT("apps/v1", "Deployment", "deployments", true, "deploy"),
  REPLICA_SET("apps/v1", "ReplicaSet", "replicasets", true, "rs"),
  STATEFUL_SET("apps/v1", "StatefulSet", "statefulsets", true, "sts"),
  DAEMON_SET("apps/v1", "DaemonSet", "daemonsets", true, "ds"),
  POD("v1", "Pod", "pods", true, "po"),
  SERVICE("v1", "Service", "services", true, "svc"),
  ENDPOINT_SLICE("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", true),
  NETWORK_POLICY("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", true, "netpol"),
  INGRESS_CLASS("networking.k8s.io/v1", "IngressClass", "ingressclasses", false),
  INGRESS("networking.k8s.io/v1", "Ingress", "ingresses", true, "ing"),
  GATEWAY_CLASS("gateway.networking.k8s.io/v1", "GatewayClass", "gatewayclasses", false, "gc"),
  GATEWAY("gateway.networking.k8s.io/v1", "Gateway", "gateways", true, "gtw"),
  HTTP_ROUTE("gateway.networking.k8s.io/v1", "HTTPRoute", "httproutes", true),
  REFERENCE_GRANT("gateway.networking.k8s.io/v1beta1", "ReferenceGrant", "referencegrants", true, "refgrant");

  private final String apiVersion;
  private final String word;
  private final String plural;
  private final boolean namespaced;
  private final List<String> shorts;

  Kind(String apiVersion, String word, String plural, boolean namespaced, String... shorts) {
    this.apiVersion = apiVersion;
    this.word = word;
    this.plural = plural;
    this.namespaced = namespaced;
    this.shorts = List.of(shorts);
  }

  /** The group and version that a manifest says. */
  public String apiVersion() {
    return apiVersion;
  }

  /** The kind as a manifest says it. */
  public String word() {
    return word;
  }

  /** The resource's name in the API, in lower case. */
  public String plural() {
    return plural;
  }

  /** The resource's name for one object, in lower case. */
  public String singular() {
    return word.toLowerCase(Locale.ROOT);
  }

  /** The API group, empty for the core one. */
  public String group() {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  /** How {@code kubectl} names the resource of one object: {@code service}, {@code deployment.apps}. */
  public String resource() {
    return group().isEmpty() ? singular() : singular() + "." + group();
  }

  /** Its short names. */
  public List<String> shorts() {
    return shorts;
  }

  /** Whether its objects tell how often they were asked to be something else (the API server's rest strategies). */
  public boolean tellsGeneration() {
    return switch (this) {
      case DEPLOYMENT, REPLICA_SET, STATEFUL_SET, DAEMON_SET, NETWORK_POLICY, INGRESS_CLASS, INGRESS, GATEWAY_CLASS,
          GATEWAY, HTTP_ROUTE, REFERENCE_GRANT ->
          true;
      case NAMESPACE, NODE, CONFIG_MAP, SECRET, POD, SERVICE, ENDPOINT_SLICE -> false;
    };
  }

  /** Whether its objects live in a namespace. */
  public boolean isNamespaced() {
    return namespaced;
  }

  /** The kind that a manifest means; those of the Gateway API are served as v1 and v1beta1, which are alike. */
  public static Optional<Kind> of(String apiVersion, String word) {
    return Arrays.stream(values()).filter(k -> k.word.equals(word) && (k.apiVersion.equals(apiVersion)
        || k.group().startsWith("gateway.") && apiVersion.matches("\\Q" + k.group() + "\\E/v1(beta1)?"))).findFirst();
  }

  /** The kind that a word of {@code kubectl} means: plural, singular or short, with or without its group. */
  public static Optional<Kind> named(String typed) {
    String text = typed.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(k -> k.answersTo(text)).findFirst();
  }

  private boolean answersTo(String text) {
    String bare = group().isEmpty() || !text.endsWith("." + group())
        ? text
        : text.substring(0, text.length() - group().length() - 1);
    return bare.equals(plural) || bare.equals(singular()) || shorts.contains(bare);
  }
}
