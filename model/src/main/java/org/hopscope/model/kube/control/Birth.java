package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
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
  /** How many addresses each node gets for its pods in IPv6: a /64. */
  private static final int POD_BITS6 = 64;

  private Birth() {
  }

  /** The name of a node, by its number from 1. */
  public static String node(String cluster, int number) {
    return cluster + "-node" + number;
  }

  private static int length(Choices choices) {
    return choices.blocks().pods().address().family() == IpFamily.INET ? choices.plugin().block() : POD_BITS6;
  }

  /** How many nodes the blocks have room for. */
  public static int most(Choices choices) {
    int length = length(choices);
    int bits = length - choices.blocks().pods().length();
    int byPods = bits < 0 ? 0 : bits >= 10 ? 1024 : 1 << bits;
    return Math.min(byPods, Blocks.size(choices.blocks().nodes()) - 4);
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
    int length = length(choices);
    for (int i = 1; i <= nodes; i++) {
      PSortedMap<String, String> labels = TreePMap.<String, String>empty().plus("kubernetes.io/hostname", node(name, i))
          .plus("kubernetes.io/os", "linux");
      objects.add(new KubeNode(Meta.of("", node(name, i)).withLabels(i == 1
          ? labels.plus("node-role.kubernetes.io/control-plane", "")
          : labels), List.of(Blocks.at(choices.blocks().nodes(), i + 1)),
          List.of(Blocks.part(choices.blocks().pods(), length, i - 1)), true));
    }
    IpAddress apiServer = Blocks.at(choices.blocks().nodes(), 2);
    objects.addAll(apiService(choices, apiServer, node(name, 1)));
    if (names) {
      objects.addAll(NameService.objects(choices));
    }
    return Controllers.apply(Cluster.empty(name, choices), objects, now);
  }

  /** Service default/kubernetes, whose EndpointSlice the API server writes itself. */
  private static List<KubeObject> apiService(Choices choices, IpAddress apiServer, String node) {
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
        List.of(new EndpointSlice.Endpoint(List.of(apiServer), EndpointSlice.Conditions.READY, Optional.of(node),
            Optional.empty(), Optional.empty())));
    return List.of(service, slice);
  }
}
