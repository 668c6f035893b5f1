package org.hopscope.model.kube.proxy;

import java.util.Optional;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.KubeService;

/**
 * What kube-proxy says at the health check's port of a Service of policy Local: whether its node has ready endpoints
 * (pkg/proxy/healthcheck/service_health.go).
 *
 * @param namespace the Service's namespace
 * @param name its name
 * @param endpoints how many ready ones the node has
 */
public record HealthCheck(String namespace, String name, int endpoints) {
  /** That of the Service with a port for it, on a node; empty when there is no such Service any more. */
  public static Optional<HealthCheck> of(Cluster cluster, String node, int port) {
    return cluster.services().stream().filter(s -> port(s).equals(Optional.of(port))).findFirst()
        .map(s -> new HealthCheck(s.meta().namespace(), s.meta().name(), (int) cluster.slices().stream()
            .filter(e -> e.meta().namespace().equals(s.meta().namespace()) && e.service().equals(Optional.of(s.meta()
                .name())))
            .flatMap(e -> e.endpoints().stream())
            .filter(e -> e.conditions().ready() && e.node().equals(Optional.of(node)))
            .map(EndpointSlice.Endpoint::addresses).distinct().count()));
  }

  /** Where a Service is asked for; empty when it needs no such port, or another proxy serves it. */
  public static Optional<Integer> port(KubeService service) {
    boolean checked = service.addressing().type() == KubeService.Type.LOAD_BALANCER
        && service.routing().external() == KubeService.Policy.LOCAL && ProxyInput.isWatched(service.meta());
    return service.routing().healthCheckNodePort().filter(_ -> checked);
  }

  /** The answer to a request, as Go's server writes it. */
  public String answer(boolean bodiless) {
    String body = "{\n\t\"service\": {\n\t\t\"namespace\": \"" + namespace + "\",\n\t\t\"name\": \"" + name
        + "\"\n\t},\n\t\"localEndpoints\": " + endpoints + ",\n\t\"serviceProxyHealthy\": true\n}";
    return "HTTP/1.1 " + (endpoints > 0 ? "200 OK" : "503 Service Unavailable")
        + "\r\nContent-Type: application/json\r\nX-Content-Type-Options: nosniff\r\nX-Load-Balancing-Endpoint-Weight: "
        + endpoints + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + (bodiless ? "" : body);
  }
}
