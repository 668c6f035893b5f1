package org.hopscope.model.kube.object;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What a pod is asked to be.
 *
 * @param containers its containers: they share its network namespace
 * @param placement where it may run
 * @param names how it is called, and how it resolves names
 * @param hostNetwork whether it has no network namespace of its own but its node's
 */
public record PodSpec(List<Container> containers, Placement placement, Naming names, boolean hostNetwork) {
  public PodSpec {
    containers = List.copyOf(containers);
  }

  /** One container that listens on these ports. */
  public static PodSpec of(Container container) {
    return new PodSpec(List.of(container), Placement.ANYWHERE, Naming.USUAL, false);
  }

  /**
   * A container: its image is not run; what listens is what {@link #listens()} says.
   *
   * @param start the words it is started with
   * @param ports the ports it declares
   * @param readiness when it counts as ready; at once unless said
   */
  public record Container(String name, String image, Start start, List<ContainerPort> ports,
      Optional<Readiness> readiness) {
    public Container {
      ports = List.copyOf(ports);
    }

    /** One that is ready at once, and started as its image says. */
    public Container(String name, String image, List<ContainerPort> ports) {
      this(name, image, Start.OF_THE_IMAGE, ports, Optional.empty());
    }

    public Container withImage(String value) {
      return new Container(name, value, start, ports, readiness);
    }

    public Container withStart(Start value) {
      return new Container(name, image, value, ports, readiness);
    }

    /** Where something listens: at the ports it declares; when there is none for TCP, where its image is known to. */
    public List<ContainerPort> listens() {
      return ports.stream().anyMatch(p -> p.protocol() == PortProtocol.TCP) ? ports
          : Stream
              .concat(ports.stream(), ImagePorts.of(image, start.words()).stream().map(p -> new ContainerPort(Optional
                  .empty(), PortProtocol.TCP, p, Optional.empty())))
              .toList();
    }
  }

  /**
   * The words a container is started with.
   *
   * @param command in place of the image's own program; none for that
   * @param args in place of the image's own arguments
   */
  public record Start(List<String> command, List<String> args) {
    /** What the image says. */
    public static final Start OF_THE_IMAGE = new Start(List.of(), List.of());

    public Start {
      command = List.copyOf(command);
      args = List.copyOf(args);
    }

    List<String> words() {
      return Stream.concat(command.stream(), args.stream()).toList();
    }
  }

  /**
   * A readiness probe (Kubernetes Probe): it succeeds when something listens, and a command inside always does.
   *
   * @param handler what is asked
   * @param port where; for a command there is none
   * @param path what an HTTP request asks for
   * @param delay seconds from the container's start to the first probe
   */
  public record Readiness(Handler handler, Optional<PortName> port, String path, int delay) {
    /** What a probe does. */
    public enum Handler {
      HTTP_GET("httpGet"), TCP_SOCKET("tcpSocket"), GRPC("grpc"), EXEC("exec");

      private final String word;

      Handler(String word) {
        this.word = word;
      }

      /** The field of the manifest. */
      public String word() {
        return word;
      }
    }
  }

  /**
   * A port that a container listens on.
   *
   * @param name by which Services and policies can mean it
   * @param port its number
   * @param hostPort the port of the node that leads to it
   */
  public record ContainerPort(Optional<String> name, PortProtocol protocol, int port, Optional<Integer> hostPort) {
  }

  /**
   * Where a pod may run.
   *
   * @param node the one node it runs on, named by the manifest or by the scheduler
   * @param labels the labels that a node must have
   * @param tolerations the taints that it puts up with
   */
  public record Placement(Optional<String> node, PSortedMap<String, String> labels, List<Toleration> tolerations) {
    public static final Placement ANYWHERE = new Placement(Optional.empty(), TreePMap.empty());

    public Placement {
      tolerations = List.copyOf(tolerations);
    }

    /** One that puts up with no taint. */
    public Placement(Optional<String> node, PSortedMap<String, String> labels) {
      this(node, labels, List.of());
    }

    public Placement on(Optional<String> value) {
      return new Placement(value, labels, tolerations);
    }

    /** Whether a pod is put up with on a node that has a taint. */
    public boolean tolerates(Taint taint) {
      return tolerations.stream().anyMatch(t -> t.tolerates(taint));
    }
  }

  /** How a pod resolves names (sem-D14). */
  public enum DnsPolicy {
    CLUSTER_FIRST("ClusterFirst"), CLUSTER_FIRST_WITH_HOST_NET("ClusterFirstWithHostNet"), DEFAULT("Default"),
    NONE("None");

    private final String word;

    DnsPolicy(String word) {
      this.word = word;
    }

    /** As manifests have it. */
    public String word() {
      return word;
    }

    public static Optional<DnsPolicy> of(String word) {
      return Stream.of(values()).filter(p -> p.word.equals(word)).findFirst();
    }
  }

  /**
   * A pod's own wishes about resolving names (Kubernetes PodDNSConfig): they come behind what the policy gives.
   *
   * @param servers whom to ask, at most three
   * @param search the domains that are tried behind a name, at most 32
   * @param options {@code NAME} or {@code NAME:VALUE}, as in resolv.conf(5)
   */
  public record DnsConfig(List<IpAddress> servers, List<String> search, List<String> options) {
    /** Nothing. */
    public static final DnsConfig NONE = new DnsConfig(List.of(), List.of(), List.of());

    public DnsConfig {
      servers = List.copyOf(servers);
      search = List.copyOf(search);
      options = List.copyOf(options);
    }
  }

  /**
   * How a pod is called.
   *
   * @param hostname its host name, its own name unless said
   * @param subdomain the headless Service under which it has a DNS record
   * @param config what it asks for besides the policy
   */
  public record Naming(Optional<String> hostname, Optional<String> subdomain, DnsPolicy policy, DnsConfig config) {
    public static final Naming USUAL =
        new Naming(Optional.empty(), Optional.empty(), DnsPolicy.CLUSTER_FIRST, DnsConfig.NONE);
  }

  /** Where something listens in any of its containers. */
  public Stream<ContainerPort> listens() {
    return containers.stream().flatMap(c -> c.listens().stream());
  }

  /** The ports that its containers declare. */
  public Stream<ContainerPort> ports() {
    return containers.stream().flatMap(c -> c.ports().stream());
  }

  public PodSpec withPlacement(Placement value) {
    return new PodSpec(containers, value, names, hostNetwork);
  }

  public PodSpec withNames(Naming value) {
    return new PodSpec(containers, placement, value, hostNetwork);
  }
}
