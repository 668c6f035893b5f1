package org.hopscope.model.kube.object;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.pcollections.PSortedMap;

/**
 * A Service: a name and an address for a set of pods.
 *
 * @param selector which pods; empty when its EndpointSlices are written by hand (sem-K13)
 * @param ports its ports
 * @param addressing under which addresses it can be reached
 * @param routing to which of its endpoints traffic goes
 */
public record KubeService(Meta meta, Optional<PSortedMap<String, String>> selector, List<Port> ports,
    Addressing addressing, Routing routing) implements KubeObject {
  public KubeService {
    ports = List.copyOf(ports);
  }

  /** How far a Service can be reached. */
  public enum Type {
    CLUSTER_IP("ClusterIP"), NODE_PORT("NodePort"), LOAD_BALANCER("LoadBalancer"), EXTERNAL_NAME("ExternalName");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** As manifests have it. */
    public String word() {
      return word;
    }

    public static Optional<Type> of(String word) {
      return Stream.of(values()).filter(t -> t.word.equals(word)).findFirst();
    }
  }

  /** Whether traffic of some kind may go to endpoints of other nodes. */
  public enum Policy {
    CLUSTER("Cluster"), LOCAL("Local");

    private final String word;

    Policy(String word) {
      this.word = word;
    }

    /** As manifests have it. */
    public String word() {
      return word;
    }

    public static Optional<Policy> of(String word) {
      return Stream.of(values()).filter(p -> p.word.equals(word)).findFirst();
    }
  }

  /**
   * A port.
   *
   * @param name empty only when it is the one port of its Service
   * @param port the port of the Service's own addresses
   * @param target the port of the pods
   * @param nodePort the port of every node, 30000 to 32767
   */
  public record Port(Optional<String> name, PortProtocol protocol, int port, PortName target,
      Optional<Integer> nodePort) {
    public Port withNodePort(Optional<Integer> value) {
      return new Port(name, protocol, port, target, value);
    }
  }

  /**
   * Under which addresses a Service can be reached.
   *
   * @param wish whose addresses it has, and whose it wants
   * @param clusterIps its virtual addresses; none yet, or ever when it is headless
   * @param headless whether it has none, and DNS gives the pods' addresses (sem-K13)
   * @param externalIps other addresses that are led to the nodes by someone else
   * @param balancerIps the addresses that a load balancer gave it
   * @param nodePorts whether a port of every node is found for each port of a Service of type LoadBalancer that names none
   *     ({@code allocateLoadBalancerNodePorts})
   * @param externalName the name it stands for, of type ExternalName
   */
  public record Addressing(Type type, Families wish, List<IpAddress> clusterIps, boolean headless,
      List<IpAddress> externalIps, List<IpAddress> balancerIps, boolean nodePorts, Optional<String> externalName) {
    public Addressing {
      clusterIps = List.copyOf(clusterIps);
      externalIps = List.copyOf(externalIps);
      balancerIps = List.copyOf(balancerIps);
    }

    /** With addresses of these families, the first one its main one; of the cluster's main one when there are none. */
    public Addressing(Type type, List<IpFamily> families, List<IpAddress> clusterIps, boolean headless,
        List<IpAddress> externalIps, List<IpAddress> balancerIps, Optional<String> externalName) {
      this(type, Families.UNSAID.withOrder(families), clusterIps, headless, externalIps, balancerIps, true,
          externalName);
    }

    /** Its families, the main one first. */
    public List<IpFamily> families() {
      return wish.order();
    }

    public Addressing withWish(Families value) {
      return new Addressing(type, value, clusterIps, headless, externalIps, balancerIps, nodePorts, externalName);
    }

    public Addressing withClusterIps(List<IpAddress> value) {
      return new Addressing(type, wish, value, headless, externalIps, balancerIps, nodePorts, externalName);
    }

    public Addressing withNodePorts(boolean value) {
      return new Addressing(type, wish, clusterIps, headless, externalIps, balancerIps, value, externalName);
    }

    /** Without its own addresses and families, as far as they are those that it had before. */
    public Addressing withoutOwn(Addressing before) {
      Families left = new Families(wish.policy().filter(p -> !before.wish.is(p)),
          families().equals(before.families()) ? List.of() : families());
      boolean same = headless == before.headless && clusterIps.equals(before.clusterIps);
      return new Addressing(type, left, same ? List.of() : clusterIps, headless && !same, externalIps, balancerIps,
          nodePorts, externalName);
    }

    /** Whether anything but its own address leads to it (pkg/api/service/util.go ExternallyAccessible). */
    public boolean isReachedFromOutside() {
      return switch (type) {
        case NODE_PORT, LOAD_BALANCER -> true;
        case CLUSTER_IP -> !externalIps.isEmpty();
        case EXTERNAL_NAME -> false;
      };
    }

    public Addressing withBalancerIps(List<IpAddress> value) {
      return new Addressing(type, wish, clusterIps, headless, externalIps, value, nodePorts, externalName);
    }
  }

  /**
   * To which of a Service's endpoints traffic goes.
   *
   * @param outside of traffic from outside, by NodePort, load balancer or external address; empty for a Service that has none
   * @param internal of traffic to its virtual address
   * @param affinitySeconds how long a client stays with its endpoint, 1 to 86400; empty without affinity
   * @param balancerSources from where its load balancer's address may be used; empty for anywhere
   * @param healthCheckNodePort where a load balancer asks whether a node has endpoints; of policy Local
   * @param publishNotReady whether pods that are not ready count as ready
   * @param distribution which endpoints are preferred: {@code PreferSameZone}, {@code PreferSameNode}
   */
  public record Routing(Optional<Policy> outside, Policy internal, Optional<Integer> affinitySeconds,
      List<IpPrefix> balancerSources, Optional<Integer> healthCheckNodePort, boolean publishNotReady,
      Optional<String> distribution) {
    /** What a manifest that says nothing gets. */
    public static final Routing USUAL = new Routing(Optional.empty(), Policy.CLUSTER, Optional.empty(), List.of(),
        Optional.empty(), false, Optional.empty());

    public Routing {
      balancerSources = List.copyOf(balancerSources);
    }

    /** The policy for traffic from outside: all endpoints, unless something else is said. */
    public Policy external() {
      return outside.orElse(Policy.CLUSTER);
    }

    public Routing withOutside(Optional<Policy> value) {
      return new Routing(value, internal, affinitySeconds, balancerSources, healthCheckNodePort, publishNotReady,
          distribution);
    }

    public Routing withHealthCheckNodePort(Optional<Integer> value) {
      return new Routing(outside, internal, affinitySeconds, balancerSources, value, publishNotReady, distribution);
    }
  }

  @Override
  public Kind kind() {
    return Kind.SERVICE;
  }

  @Override
  public KubeService withMeta(Meta value) {
    return new KubeService(value, selector, ports, addressing, routing);
  }

  public KubeService withPorts(List<Port> value) {
    return new KubeService(meta, selector, value, addressing, routing);
  }

  public KubeService withAddressing(Addressing value) {
    return new KubeService(meta, selector, ports, value, routing);
  }

  public KubeService withRouting(Routing value) {
    return new KubeService(meta, selector, ports, addressing, value);
  }

  /** Whether kube-proxy has anything to do with it: it has a virtual address. */
  public boolean isProxied() {
    return addressing.type() != Type.EXTERNAL_NAME && !addressing.headless();
  }
}
