package org.hopscope.model.kube.codec;

import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.List;
import java.util.Map;

/**
 * The fields of the Gateway API's kinds (gateway.networking.k8s.io/v1, standard channel of release 1.4), which the official
 * client library has no models of: {@link Shape} looks at the components' names and types.
 */
final class GatewayShapes {
  private GatewayShapes() {
  }

  record GatewayClass(String apiVersion, String kind, V1ObjectMeta metadata, ClassSpec spec, Object status) {
  }

  record ClassSpec(String controllerName, Object parametersRef, String description) {
  }

  record Gateway(String apiVersion, String kind, V1ObjectMeta metadata, GatewaySpec spec, Object status) {
  }

  record GatewaySpec(String gatewayClassName, List<Listener> listeners, List<Object> addresses, Object infrastructure,
      Object allowedListeners, Object tls) {
  }

  record Listener(String name, String hostname, Integer port, String protocol, ListenerTls tls, Allowed allowedRoutes) {
  }

  record ListenerTls(String mode, List<Reference> certificateRefs, Map<String, String> options,
      Object frontendValidation) {
  }

  record Reference(String group, String kind, String name, String namespace) {
  }

  record Allowed(AllowedNamespaces namespaces, List<AllowedKind> kinds) {
  }

  record AllowedNamespaces(String from, V1LabelSelector selector) {
  }

  record AllowedKind(String group, String kind) {
  }

  record HTTPRoute(String apiVersion, String kind, V1ObjectMeta metadata, RouteSpec spec, Object status) {
  }

  record ReferenceGrant(String apiVersion, String kind, V1ObjectMeta metadata, GrantSpec spec) {
  }

  record GrantSpec(List<Reference> from, List<Reference> to) {
  }

  record RouteSpec(List<Parent> parentRefs, List<String> hostnames, List<RouteRule> rules) {
  }

  record Parent(String group, String kind, String namespace, String name, String sectionName, Integer port) {
  }

  record RouteRule(String name, List<RouteMatch> matches, List<Filter> filters, List<Backend> backendRefs,
      Timeouts timeouts, Object retry, Object sessionPersistence) {
  }

  record Timeouts(String request, String backendRequest) {
  }

  record Filter(String type, HeaderFilter requestHeaderModifier, HeaderFilter responseHeaderModifier,
      RedirectFilter requestRedirect, RewriteFilter urlRewrite, MirrorFilter requestMirror, CorsFilter cors,
      Object externalAuth,
      Object extensionRef) {
  }

  record CorsFilter(List<String> allowOrigins, Boolean allowCredentials, List<String> allowMethods,
      List<String> allowHeaders, List<String> exposeHeaders, Integer maxAge) {
  }

  record MirrorFilter(BackendReference backendRef, Integer percent, Fraction fraction) {
  }

  record BackendReference(String group, String kind, String name, String namespace, Integer port) {
  }

  record Fraction(Integer numerator, Integer denominator) {
  }

  record HeaderFilter(List<HeaderField> set, List<HeaderField> add, List<String> remove) {
  }

  record HeaderField(String name, String value) {
  }

  record RedirectFilter(String scheme, String hostname, PathFilter path, Integer port, Integer statusCode) {
  }

  record RewriteFilter(String hostname, PathFilter path) {
  }

  record PathFilter(String type, String replaceFullPath, String replacePrefixMatch) {
  }

  record RouteMatch(PathMatch path, List<ValueMatch> headers, List<ValueMatch> queryParams, String method) {
  }

  record PathMatch(String type, String value) {
  }

  record ValueMatch(String type, String name, String value) {
  }

  record Backend(String group, String kind, String name, String namespace, Integer port, Integer weight,
      List<Filter> filters) {
  }
}
