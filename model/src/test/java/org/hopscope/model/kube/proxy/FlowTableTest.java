package org.hopscope.model.kube.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.Plugin;
import org.hopscope.model.kube.codec.ManifestException;
import org.hopscope.model.kube.codec.ManifestReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which endpoints a packet can come to on a node, and whether it is masqueraded: the tables of Kubernetes' own tests
 * (pkg/proxy/iptables/proxier_test.go TestInternalExternalMasquerade, TestInternalTrafficPolicy, TestTerminatingEndpoints …;
 * sem-K5), in the modes iptables and nftables.
 */
class FlowTableTest {
  private static final String NODE = "192.168.0.2";
  private static final String CLUSTER_IP = "172.30.1.1";
  private static final String BALANCER = "1.2.3.4";

  private static Cluster cluster(String manifests) throws ManifestException {
    Cluster cluster = Cluster.empty("c", new Choices(new Choices.Blocks(IpPrefix.of("10.0.0.0/8"),
        IpPrefix.of("172.30.0.0/16"), IpPrefix.of("192.168.0.0/24")), Plugin.FLANNEL_VXLAN,
        Choices.ProxyMode.IPTABLES, "host"));
    for (ManifestReader.Item item : ManifestReader.read(manifests, "default")) {
      cluster = cluster.with(((ManifestReader.Item.Read) item).object());
    }
    return cluster;
  }

  /** Of one node with its Services, the rules of both modes. */
  private record Rules(ProxyConfig config, List<ServicePort> ports) {
    /** {@code ENDS masq}: to which endpoints, by the last number of their addresses, and whether it is masqueraded. */
    private String flow(String from, String to, int port) {
      NodeWalk.Packet packet = new NodeWalk.Packet(from, "tcp", to, port, Set.of(NODE));
      String iptables = new NodeWalk.Iptables(config, ports, packet).told();
      String nftables = new NodeWalk.Nftables(config, IpPrefix.of("172.30.0.0/16"), ports, packet).told();
      assertThat(to.startsWith("127.") ? iptables : nftables).as("the modes agree but about localhost").isEqualTo(
          iptables);
      return iptables.replaceAll("10\\.180\\.0\\.(\\d+):80", "$1").replace(", ", ",");
    }
  }

  private static Rules rules(ProxyConfig config, String manifests) throws ManifestException {
    return new Rules(config, ProxyInput.of(cluster(manifests), IpFamily.INET));
  }

  private static ProxyConfig config(String switches) {
    return new ProxyConfig("here", Optional.of("near"), IpAddress.of(NODE),
        switches.contains("blind") ? Optional.empty() : Optional.of(IpPrefix.of("10.0.0.0/8")),
        new ProxyConfig.Switches(switches.contains("all"), true, false, false, false, Optional.empty()));
  }

  private static String service(String more, String endpoints) {
    StringBuilder text =
        new StringBuilder("{apiVersion: v1, kind: Service, metadata: {namespace: ns, name: svc}, spec: "
            + "{type: LoadBalancer, clusterIP: " + CLUSTER_IP + ", loadBalancerIP: " + BALANCER
            + ", ports: [{name: p80, port: 80, nodePort: 30001}]" + more + "}}\n---\n{apiVersion: discovery.k8s.io/v1, "
            + "kind: EndpointSlice, metadata: {namespace: ns, name: svc-1, labels: {kubernetes.io/service-name: svc}}, "
            + "addressType: IPv4, ports: [{name: p80, port: 80}], endpoints: [");
    for (String endpoint : endpoints.split(" ")) {
      String[] parts = endpoint.split("@");
      String conditions = switch (parts.length > 2 ? parts[2] : "") {
        case "unready" -> "ready: false";
        case "going" -> "ready: false, serving: true, terminating: true";
        case "gone" -> "ready: false, serving: false, terminating: true";
        default -> "ready: true";
      };
      String hints = parts.length > 3 ? ", hints: {" + parts[3].replace("zone=", "forZones: [{name: ")
          .replace("node=", "forNodes: [{name: ") + "}]}" : "";
      text.append("{addresses: [10.180.0.").append(parts[0]).append("], nodeName: ").append(parts[1])
          .append(", conditions: {").append(conditions).append("}").append(hints).append("},");
    }
    return text.append("]}\n").toString().replace("},]", "}]");
  }

  /** From a pod, the node, the node's loopback and outside, to the virtual address, a node port and the balancer. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      seen      |       | 1,2      | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq
      blind     |       | 1,2      | 1,2 masq | 1,2 masq | 1,2      | 1,2 masq | 1,2 masq | 1,2 masq | 1,2      | 1,2 masq | 1,2 masq
      all       |       | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq
      all blind |       | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq
      seen      | E     | 1,2      | 1,2      | 1,2      | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1,2 masq | 1        | 1
      blind     | E     | 1,2      | 1        | 1        | 1,2      | 1,2 masq | 1,2 masq | 1,2 masq | 1,2      | 1        | 1
      seen      | I     | 1        | 1,2 masq | 1,2 masq | 1 masq   | 1,2 masq | 1,2 masq | 1,2 masq | 1 masq   | 1,2 masq | 1,2 masq
      blind     | I     | 1        | 1,2 masq | 1,2 masq | 1        | 1,2 masq | 1,2 masq | 1,2 masq | 1        | 1,2 masq | 1,2 masq
      seen      | I E   | 1        | 1,2      | 1,2      | 1 masq   | 1,2 masq | 1,2 masq | 1,2 masq | 1 masq   | 1        | 1
      blind     | I E   | 1        | 1        | 1        | 1        | 1,2 masq | 1,2 masq | 1,2 masq | 1        | 1        | 1
      """)
  void flowsEndWhereTheTablesSay(String switches, String policies, String podCluster, String podNode,
      String podBalancer,
      String nodeCluster, String nodeNode, String loopbackNode, String nodeBalancer, String outCluster, String outNode,
      String outBalancer) throws ManifestException {
    String which = Optional.ofNullable(policies).orElse("");
    Rules rules =
        rules(config(switches), service((which.contains("E") ? ", externalTrafficPolicy: Local" : "")
            + (which.contains("I") ? ", internalTrafficPolicy: Local" : ""), "1@here 2@there"));
    String pod = "10.180.0.9";
    String outside = "203.0.113.7";
    assertThat(rules.flow(pod, CLUSTER_IP, 80)).as("pod to virtual").isEqualTo(podCluster);
    assertThat(rules.flow(pod, NODE, 30001)).as("pod to node port").isEqualTo(podNode);
    assertThat(rules.flow(pod, BALANCER, 80)).as("pod to balancer").isEqualTo(podBalancer);
    assertThat(rules.flow(NODE, CLUSTER_IP, 80)).as("node to virtual").isEqualTo(nodeCluster);
    assertThat(rules.flow(NODE, NODE, 30001)).as("node to node port").isEqualTo(nodeNode);
    assertThat(rules.flow("127.0.0.1", "127.0.0.1", 30001)).as("loopback").isEqualTo(loopbackNode);
    assertThat(rules.flow(NODE, BALANCER, 80)).as("node to balancer").isEqualTo(nodeBalancer);
    assertThat(rules.flow(outside, CLUSTER_IP, 80)).as("outside to virtual").isEqualTo(outCluster);
    assertThat(rules.flow(outside, NODE, 30001)).as("outside to node port").isEqualTo(outNode);
    assertThat(rules.flow(outside, BALANCER, 80)).as("outside to balancer").isEqualTo(outBalancer);
  }

  /** Pod to the virtual address, outside to the node port; {@code I} and {@code E}: the policies that are Local. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
           | 1@here@unready 2@there@unready                | REJECT     | REJECT
      E    | 1@there 2@there                               | 1,2        | DROP
      I    | 1@there 2@there                               | DROP       | 1,2 masq
      I E  | 1@there 2@there                               | DROP       | DROP
      I E  | 1@there@unready 2@there@unready               | REJECT     | REJECT
           | 1@here@going 2@there@going 3@there@gone       | 1,2        | 1,2 masq
           | 1@here@going 2@there                          | 2          | 2 masq
      E    | 1@here@going 2@there                          | 2          | 1
      I E  | 1@here@going 2@there                          | 1          | 1
      E    | 1@here@gone 2@there                           | 2          | DROP
      E    | 1@here@going 2@here 3@there                   | 2,3        | 2
      I    | 1@here@gone 2@there@going                     | DROP       | 2 masq
           | 1@here@@zone=near 2@there@@zone=far           | 1          | 1 masq
           | 1@here@@zone=far 2@there@@zone=near           | 2          | 2 masq
           | 1@here@@zone=far 2@there@@zone=far            | 1,2        | 1,2 masq
           | 1@here 2@there@@zone=near                     | 1,2        | 1,2 masq
           | 1@here@unready@zone=far 2@there@@zone=near    | 2          | 2 masq
           | 1@here@@node=here 2@there@@node=there         | 1          | 1 masq
           | 1@there@@node=there 2@there@@node=there       | 1,2        | 1,2 masq
      E    | 1@here@@zone=far 2@there@@zone=near           | 2          | 1
      I    | 1@here@@zone=far 2@there@@zone=near           | 1          | 2 masq
           | 1@here@going@zone=near 2@there@going@zone=far | 1,2        | 1,2 masq
      """)
  void readinessPoliciesAndHintsDecideWhoIsUsed(String policies, String endpoints, String inside, String outside)
      throws ManifestException {
    String which = Optional.ofNullable(policies).orElse("");
    Rules rules = rules(config(""), service((which.contains("E") ? ", externalTrafficPolicy: Local" : "")
        + (which.contains("I") ? ", internalTrafficPolicy: Local" : ""), endpoints));
    assertThat(rules.flow("10.180.0.9", CLUSTER_IP, 80)).isEqualTo(inside);
    assertThat(rules.flow("203.0.113.7", NODE, 30001)).isEqualTo(outside);
  }

  /** Who may use the balancer's address (upstream TestLoadBalancer); node ports are open to all (sem-K14). */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      203.0.113.7 | 203.0.113.0/25                   | 1,2 masq
      203.0.113.7 | 198.51.100.0/24                  | DROP
      203.0.113.7 | 198.51.100.0/24, 203.0.113.7/32  | 1,2 masq
      10.180.0.9  | 198.51.100.0/24                  | DROP
      192.168.0.2 | 198.51.100.0/24                  | DROP
      192.168.0.2 | 192.168.0.0/24                   | 1,2 masq
      1.2.3.4     | 192.168.0.0/24                   | 1,2 masq
      1.2.3.4     | 198.51.100.0/24                  | DROP
      """)
  void rangesKeepOthersFromTheBalancer(String from, String ranges, String ends) throws ManifestException {
    Rules rules =
        rules(config(""), service(", loadBalancerSourceRanges: [" + ranges + "]", "1@here 2@there"));
    assertThat(rules.flow(from, BALANCER, 80)).isEqualTo(ends);
    assertThat(rules.flow("203.0.113.99", NODE, 30001)).isEqualTo("1,2 masq");
  }
}
