package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.EndpointSlice;
import org.hopscope.model.kube.object.KubeNamespace;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.PortName;
import org.hopscope.model.kube.object.PortProtocol;
import org.hopscope.model.net.VirtualTime;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** What a cluster holds when it is new: its nodes, its namespaces, and the Service of its API server. */
public final class Birth {
  /** The port that the API server listens on, on the first node. */
  public static final int API_PORT = 6443;
  /** More nodes than these are not made. */
  private static final int MOST_BITS = 10;

  private Birth() {
  }

  /** The name of a node, by its number from 1. */
  public static String node(String cluster, int number) {
    return cluster + "-node" + number;
  }

  /** How many nodes the blocks have room for. */
  public static int most(Choices choices) {
    return choices.stacks().stream().mapToInt(b -> most(b, choices.plugin().block(b.family()))).min().orElse(0);
  }

  private static int most(Choices.Blocks blocks, int length) {
    int bits = length - blocks.pods().length();
    int byPods = bits < 0 ? 0 : 1 << Math.min(bits, MOST_BITS);
    return Math.min(byPods, Blocks.size(blocks.nodes()) - 4);
  }

  /**
   * A cluster with that many nodes, 1 to {@link #most}.
   *
   * @param names whether CoreDNS is put into it
   */
  public static Controllers.Settled of(String name, Choices choices, int nodes, boolean names, VirtualTime now) {
    List<KubeObject> objects = new ArrayList<>();
    for (String namespace : List.of("default", "kube-node-lease", "kube-public", "kube-system")) {
      objects.add(new KubeNamespace(Meta.of("", namespace).withLabels(TreePMap.<String, String>empty()
          .plus(KubeNamespace.NAME_LABEL, namespace))));
    }
    for (int i = 1; i <= nodes; i++) {
      PSortedMap<String, String> labels = TreePMap.<String, String>empty().plus("kubernetes.io/hostname", node(name, i))
          .plus("kubernetes.io/os", "linux");
      objects.add(new KubeNode(Meta.of("", node(name, i)).withLabels(i == 1
          ? labels.plus("node-role.kubernetes.io/control-plane", "")
          : labels), addresses(choices, i), blocks(choices, i), true));
    }
    IpAddress apiServer = Blocks.at(choices.blocks().nodes(), 2);
    objects.addAll(apiService(choices, apiServer));
    if (names) {
      objects.addAll(NameService.objects(choices));
    }
    return Controllers.apply(Cluster.empty(name, choices), objects, now);
  }

  private static List<IpAddress> addresses(Choices choices, int node) {
    return choices.stacks().stream().map(b -> Blocks.at(b.nodes(), node + 1)).toList();
  }

  private static List<IpPrefix> blocks(Choices choices, int node) {
    return choices.stacks().stream()
        .map(b -> Blocks.part(b.pods(), choices.plugin().block(b.family()), node - 1)).toList();
  }

  /**
   * Service default/kubernetes, whose EndpointSlice the API server writes itself: by its address alone, on no node
   * (pkg/controlplane/reconcilers/endpointsadapter.go).
   */
  private static List<KubeObject> apiService(Choices choices, IpAddress apiServer) {
    Optional<String> https = Optional.of("https");
    KubeService.Addressing addressing = new KubeService.Addressing(KubeService.Type.CLUSTER_IP, List.of(),
        List.of(Blocks.at(choices.blocks().services(), 1)), false, List.of(), List.of(), Optional.empty());
    PSortedMap<String, String> labels = TreePMap.<String, String>empty().plus("component", "apiserver")
        .plus("provider", "kubernetes");
    KubeService service = new KubeService(Meta.of("default", "kubernetes").withLabels(labels), Optional.empty(),
        List.of(new KubeService.Port(https, PortProtocol.TCP, 443, new PortName.Number(API_PORT), Optional.empty())),
        addressing, KubeService.Routing.USUAL);
    EndpointSlice slice = new EndpointSlice(
        Meta.of("default", "kubernetes").withLabels(TreePMap.<String, String>empty()
            .plus(EndpointSlice.SERVICE_LABEL, "kubernetes")),
        apiServer.family(), List.of(new EndpointSlice.Port(https, PortProtocol.TCP, API_PORT)),
        List.of(new EndpointSlice.Endpoint(List.of(apiServer), EndpointSlice.Conditions.READY, Optional.empty(),
            Optional.empty(), Optional.empty())));
    return List.of(service, slice);
  }
}
