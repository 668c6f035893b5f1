package org.hopscope.model.kube.control;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.object.ConfigData;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.Workload;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What kubeadm puts into a new cluster for its names (kubernetes cmd/kubeadm/app/phases/addons/dns/manifests.go): CoreDNS as a
 * Deployment of two, Service {@code kube-dns} with the tenth address of the Services' block, and what the kubelets are told.
 */
public final class NameService {
  /** Whose key {@code Corefile} configures CoreDNS. */
  public static final ObjectKey COREFILE = new ObjectKey(Kind.CONFIG_MAP, "kube-system", "coredns");
  /** Whose key {@code kubelet} tells kubelets what to write into {@code resolv.conf}. */
  public static final ObjectKey KUBELETS = new ObjectKey(Kind.CONFIG_MAP, "kube-system", "kubelet-config");
  /** What pods with an image of this name run. */
  public static final String IMAGE = "coredns";
  /** The domain of clusters that say nothing else. */
  public static final String DOMAIN = "cluster.local";

  private static final PSortedMap<String, String> LABELS =
      TreePMap.<String, String>empty().plus("k8s-app", "kube-dns");
  private static final int PORT = 53;
  private static final int METRICS = 9153;

  private NameService() {
  }

  /** The objects. */
  static List<KubeObject> objects(Choices choices) {
    IpAddress address = Blocks.at(choices.blocks().services(), 10);
    return List.of(data(KUBELETS, "kubelet", """
        apiVersion: kubelet.config.k8s.io/v1beta1
        clusterDNS:
        - %s
        clusterDomain: %s
        kind: KubeletConfiguration
        """.replaceFirst("%s", address.toString()).replaceFirst("%s", DOMAIN)), data(COREFILE, "Corefile", """
        .:53 {
            errors
            health {
               lameduck 5s
            }
            ready
            kubernetes cluster.local in-addr.arpa ip6.arpa {
               pods insecure
               fallthrough in-addr.arpa ip6.arpa
               ttl 30
            }
            prometheus :9153
            forward . /etc/resolv.conf {
               max_concurrent 1000
            }
            cache 30
            loop
            reload
            loadbalance
        }
        """), deployment(), service(address));
  }

  private static ConfigData data(ObjectKey key, String name, String text) {
    return new ConfigData(key.kind(), Meta.of(key.namespace(), key.name()), "",
        TreePMap.<String, String>empty().plus(name, text));
  }

  private static PodSpec.ContainerPort port(String name, PortProtocol protocol, int number) {
    return new PodSpec.ContainerPort(Optional.of(name), protocol, number, Optional.empty());
  }

  private static Workload deployment() {
    PodSpec.Container container = new PodSpec.Container("coredns", "registry.k8s.io/coredns/coredns:v1.12.1",
        List.of(port("dns", PortProtocol.UDP, PORT), port("dns-tcp", PortProtocol.TCP, PORT),
            port("metrics", PortProtocol.TCP, METRICS)));
    PodSpec spec = PodSpec.of(container).withNames(new PodSpec.Naming(Optional.empty(), Optional.empty(),
        PodSpec.DnsPolicy.DEFAULT, PodSpec.DnsConfig.NONE));
    return new Workload(Kind.DEPLOYMENT, Meta.of("kube-system", "coredns").withLabels(LABELS), 2,
        Selector.of(LABELS), new Workload.Template(LABELS, TreePMap.empty(), spec), Optional.empty());
  }

  private static KubeService service(IpAddress address) {
    KubeService.Addressing addressing = new KubeService.Addressing(KubeService.Type.CLUSTER_IP, List.of(),
        List.of(address), false, List.of(), List.of(), Optional.empty());
    return new KubeService(Meta.of("kube-system", "kube-dns").withLabels(LABELS), Optional.of(LABELS),
        List.of(port("dns", PortProtocol.UDP, PORT, PORT), port("dns-tcp", PortProtocol.TCP, PORT, PORT),
            port("metrics", PortProtocol.TCP, METRICS, METRICS)),
        addressing, KubeService.Routing.USUAL);
  }

  private static KubeService.Port port(String name, PortProtocol protocol, int number, int target) {
    return new KubeService.Port(Optional.of(name), protocol, number, new PortName.Number(target), Optional.empty());
  }
}
