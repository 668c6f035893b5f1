package org.hopscope.model.kube.ingress;

import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.PodSpec;

/**
 * Programs that make something of Ingresses or Gateways. A pod with such an image runs one. How they read rules is the same for
 * all here, as the API says it; they differ in facts: names, ports, what they answer by themselves.
 */
public enum IngressController {
  /** kubernetes/ingress-nginx: retired, no fixes since March 2026 (fix-F6; deploy/static/provider/cloud/deploy.yaml). */
  INGRESS_NGINX(
      new Names("ingress-nginx", "ingress-nginx", "ingress-nginx-controller", "nginx", "k8s.io/ingress-nginx"),
      new Images("registry.k8s.io/ingress-nginx/controller:v1.12.1", "ingress-nginx/controller"),
      new Doors(80, 443, KubeService.Policy.LOCAL),
      new Habits("nginx", 308, 503, "O=Acme Co,CN=Kubernetes Ingress Controller Fake Certificate")),
  /** Traefik Proxy (traefik-helm-chart), whose default port numbers need no privileges. */
  TRAEFIK(new Names("traefik", "traefik", "traefik", "traefik", "traefik.io/ingress-controller"),
      new Images("docker.io/traefik:v3.4", "traefik"), new Doors(8000, 8443, KubeService.Policy.CLUSTER),
      new Habits("", 0, 503, "CN=TRAEFIK DEFAULT CERT")),
  /** The NGINX Ingress Controller of the company F5 (nginx/kubernetes-ingress deployments): not ingress-nginx. */
  F5_NGINX(new Names("f5-nginx", "nginx-ingress", "nginx-ingress", "nginx", "nginx.org/ingress-controller"),
      new Images("nginx/nginx-ingress:5.0.0", "nginx/nginx-ingress"), new Doors(80, 443, KubeService.Policy.LOCAL),
      new Habits("nginx", 301, 502, "")),
  /**
   * NGINX Gateway Fabric, an implementation of the Gateway API: it makes a Deployment and a Service for each Gateway
   * (nginx/nginx-gateway-fabric, provisioner).
   */
  NGINX_GATEWAY(new Names("nginx-gateway", "nginx-gateway", "nginx-gateway", "nginx",
      "gateway.nginx.org/nginx-gateway-controller"),
      new Images("ghcr.io/nginx/nginx-gateway-fabric:2.0.0", "nginx-gateway-fabric/nginx"),
      new Doors(80, 443, KubeService.Policy.LOCAL), new Habits("nginx", 0, 503, ""));

  /** The label that says for which Gateway a pod works (Gateway API GEP-1762). */
  public static final String GATEWAY_LABEL = "gateway.networking.k8s.io/gateway-name";

  private final Names names;
  private final Images images;
  private final Doors doors;
  private final Habits habits;

  IngressController(Names names, Images images, Doors doors, Habits habits) {
    this.names = names;
    this.images = images;
    this.doors = doors;
    this.habits = habits;
  }

  /**
   * What things are called.
   *
   * @param word behind {@code hop cluster ingress}
   * @param namespace where it is installed
   * @param name its Deployment and Service
   * @param className its IngressClass or GatewayClass
   * @param controller what such a class calls it
   */
  public record Names(String word, String namespace, String name, String className, String controller) {
  }

  /**
   * Images.
   *
   * @param installed what is installed
   * @param proxying the end of the name, without its tag, of images that answer requests
   */
  public record Images(String installed, String proxying) {
  }

  /**
   * Where requests come in.
   *
   * @param http the port of its pods for HTTP
   * @param https the one at which TLS ends
   * @param external whether its load balancer keeps clients' addresses
   */
  public record Doors(int http, int https, KubeService.Policy external) {
  }

  /**
   * What it does by itself.
   *
   * @param server what it calls itself in answers; empty when it says nothing
   * @param redirect with which status it sends clients of HTTP to HTTPS where a host has TLS; 0 when it does not
   * @param unavailable what it answers when a Service has no endpoint
   * @param certificate the subject of the certificate that it shows for unknown names; empty when it refuses to talk
   */
  public record Habits(String server, int redirect, int unavailable, String certificate) {
  }

  public Names names() {
    return names;
  }

  public Images images() {
    return images;
  }

  public Doors doors() {
    return doors;
  }

  public Habits habits() {
    return habits;
  }

  /** Whether it serves Gateways, and not Ingresses. */
  public boolean isGateway() {
    return this == NGINX_GATEWAY;
  }

  /** The image of pods that proxy for a Gateway. */
  public String proxyImage() {
    return "ghcr.io/nginx/" + images.proxying() + images.installed().substring(images.installed().lastIndexOf(':'));
  }

  /** The one that {@code hop cluster ingress} means. */
  public static Optional<IngressController> of(String word) {
    return Stream.of(values()).filter(c -> c.names.word().equals(word)).findFirst();
  }

  /** The one that a class names. */
  public static Optional<IngressController> called(String controller) {
    return Stream.of(values()).filter(c -> c.names.controller().equals(controller)).findFirst();
  }

  /** The one that answers requests in a container of this image. */
  public static Optional<IngressController> ofImage(String image) {
    String plain = plain(image);
    return Stream.of(values())
        .filter(c -> plain.equals(c.images.proxying()) || plain.endsWith("/" + c.images.proxying())).findFirst();
  }

  /** An image without tag and digest. */
  private static String plain(String image) {
    String undigested = image.replaceFirst("@.*$", "");
    int colon = undigested.lastIndexOf(':');
    return colon > undigested.lastIndexOf('/') ? undigested.substring(0, colon) : undigested;
  }

  /** The one that answers requests in a pod. */
  public static Optional<IngressController> of(KubePod pod) {
    return pod.spec().containers().stream().map(PodSpec.Container::image).flatMap(i -> ofImage(i).stream()).findFirst();
  }

  /** Whether a pod runs what was installed: for Gateways that is not what answers requests. */
  public boolean isInstalledIn(KubePod pod) {
    return pod.spec().containers().stream().anyMatch(c -> plain(c.image()).equals(plain(images.installed())));
  }
}
