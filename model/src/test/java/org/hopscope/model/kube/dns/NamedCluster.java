package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.dns.OutsideNames;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.PortProtocol;
import org.pcollections.TreePMap;

/** The Services and endpoints that CoreDNS's own tests have, and a pod. */
final class NamedCluster {
  final List<KubeNamespace> namespaces = new ArrayList<>();
  final List<KubeService> services = new ArrayList<>();
  final List<EndpointSlice> slices = new ArrayList<>();
  final List<KubePod> pods = new ArrayList<>();
  final Map<String, List<IpAddress>> outside = Map.of("ext.interwebs.test", List.of(IpAddress.of("1.2.3.4")),
      "www.example.com", List.of(IpAddress.of("93.184.216.34"), IpAddress.of("2606:2800::1")));

  static NamedCluster upstream() {
    NamedCluster cluster = new NamedCluster();
    List.of("testns", "podns", "kube-system", "svcns")
        .forEach(n -> cluster.namespaces.add(new KubeNamespace(Meta.of("", n))));
    cluster.service("kube-system/kube-dns", "10.0.0.10").service("testns/svc1", "10.0.0.1")
        .service("testns/svcempty", "10.0.0.1").service("testns/svc6", "1234:abcd::1")
        .service("testns/svc-dual-stack", "10.0.0.3", "10::3").service("testns/hdls1").service("testns/hdlsprtls")
        .service("testns/hdlsempty").external("testns/external", "ext.interwebs.test")
        .external("testns/external-to-service", "svc1.testns.svc.cluster.local.");
    cluster.slice("testns/svc1", true, "172.0.0.1=ep1a")
        .slice("testns/hdls1", true, "172.0.0.2", "172.0.0.3", "172.0.0.4=dup-name", "172.0.0.5=dup-name")
        .slice("testns/hdls1", true, "5678:abcd::1", "5678:abcd::2").slice("testns/hdlsprtls", false, "172.0.0.20");
    cluster.pods.add(new KubePod(Meta.of("podns", "foo"), PodSpec.of(new PodSpec.Container("c", "i", List.of())),
        new KubePod.Status(List.of(IpAddress.of("10.240.0.1")), true, false)));
    return cluster;
  }

  /** With these ClusterIPs; headless without any. */
  NamedCluster service(String path, String... addresses) {
    List<KubeService.Port> ports = addresses.length == 0
        ? List.of()
        : List.of(new KubeService.Port(Optional.of("http"), PortProtocol.TCP, 80, new PortName.Number(80), Optional
            .empty()));
    return service(path, ports, new KubeService.Addressing(KubeService.Type.CLUSTER_IP, List.of(),
        Arrays.stream(addresses).map(IpAddress::of).toList(), addresses.length == 0, List.of(), List.of(), Optional
            .empty()));
  }

  NamedCluster external(String path, String target) {
    return service(path, List.of(), new KubeService.Addressing(KubeService.Type.EXTERNAL_NAME, List.of(), List.of(),
        false, List.of(), List.of(), Optional.of(target)));
  }

  private NamedCluster service(String path, List<KubeService.Port> ports, KubeService.Addressing addressing) {
    services.add(new KubeService(meta(path), Optional.empty(), ports, addressing, KubeService.Routing.USUAL));
    return this;
  }

  /** Addresses, with a host name behind {@code =} or without. */
  NamedCluster slice(String path, boolean port, String... endpoints) {
    List<EndpointSlice.Endpoint> all = new ArrayList<>();
    for (String endpoint : endpoints) {
      String[] parts = endpoint.split("=");
      all.add(new EndpointSlice.Endpoint(List.of(IpAddress.of(parts[0])), EndpointSlice.Conditions.READY,
          Optional.empty(), Optional.empty(), parts.length > 1 ? Optional.of(parts[1]) : Optional.empty()));
    }
    Meta meta = meta(path);
    IpFamily family = all.getFirst().addresses().getFirst().family();
    slices.add(new EndpointSlice(meta.withLabels(TreePMap.singleton(EndpointSlice.SERVICE_LABEL, meta.name())), family,
        port ? List.of(new EndpointSlice.Port(Optional.of("http"), PortProtocol.TCP, 80)) : List.of(), all));
    return this;
  }

  private static Meta meta(String path) {
    return Meta.of(path.substring(0, path.indexOf('/')), path.substring(path.indexOf('/') + 1));
  }

  ClusterZone zone(ClusterZone.PodNames names) {
    OutsideNames world = new OutsideNames(outside);
    return new ClusterZone(new ClusterZone.Options(List.of("cluster.local.", "in-addr.arpa.", "ip6.arpa."), List.of(
        "in-addr.arpa.", "ip6.arpa."), 5, names, 1499347823, ClusterZone.Exposed.ALL), ClusterNames.of(namespaces,
            services, slices, pods),
        world, world);
  }
}
