package org.hopscope.model.fault;

import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.net.NetnsId;

/** What Docker and Kubernetes make. */
final class EngineShapes extends Workshop {
  EngineShapes(GeneratedLab.Shape shape, long seed) {
    super(shape, seed);
  }

  /** Containers on two networks of Docker, one with a door, and somebody outside. */
  void docker() {
    netns("outside");
    run("ip link add uplink type veth peer name eth0 netns outside", "ip addr add 192.0.2.10/24 dev uplink",
        "ip link set uplink up", "ip -n outside addr add 192.0.2.1/24 dev eth0", "ip -n outside link set eth0 up",
        "docker network create shop", "docker run -d --name " + name(0) + " --network shop -p 8080:80 nginx",
        "docker run -d --name " + name(1) + " --network shop nginx", "docker run -d --name " + name(2) + " nginx");
    String first = "container:" + name(0);
    String second = "container:" + name(1);
    tcp(second, address(at(first)), 80);
    ping(first, address(at(second)));
    tcp("outside", "192.0.2.10", 8080);
    ping("container:" + name(2), "192.0.2.1");
  }

  /** A Service before two pods, and who may ask it by a NetworkPolicy. */
  void cluster() {
    run("hop cluster create demo --nodes 2 --cni calico",
        "kubectl run " + name(0) + " --image=nginx --port=80 --labels=app=shop,tier=front",
        "kubectl run " + name(1) + " --image=busybox --labels=access=granted",
        "kubectl create deployment api --image=nginx --replicas=2 --port=80",
        "kubectl expose deployment api --port=80");
    manifest("""
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: guests}
        spec:
          podSelector: {matchLabels: {tier: front}}
          policyTypes: [Ingress]
          ingress:
          - from:
            - podSelector: {matchLabels: {access: granted}}
            ports: [{port: 80}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports: [{port: 80}]
        """);
    String client = "pod:default/" + name(1);
    tcp(client, service("shop"), 80);
    tcp(client, service("api"), 80);
    tcp(client, address(at("pod:default/" + name(0))), 80);
    ping("pod:default/" + name(0), address(at(client)));
  }

  private String service(String called) {
    return lab().clusters().get("demo").services().stream().filter(s -> s.meta().name().equals(called)).findFirst()
        .map(KubeService::addressing).orElseThrow().clusterIps().getFirst().toString();
  }

  private String address(NetnsId netns) {
    return lab().devicesOf(netns).stream().filter(d -> !d.isLoopback())
        .flatMap(d -> d.globalAddresses(IpFamily.INET).stream()).map(a -> a.address().toString()).findFirst()
        .orElseThrow();
  }
}
