package org.hopscope.model.kube.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
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
 * The tables {@code runPacketFlowTests} of Kubernetes' own tests of the modes iptables and nftables (TestNoEndpointsReject,
 * TestClusterIPGeneral, TestLoadBalancer, TestNodePorts, TestExternalTrafficPolicy…, TestOnlyLocalExternalIPs, …), each row
 * in both modes. What unreachable ports of a virtual address answer is only nftables mode's own.
 */
class PacketFlowTest {
  private static final Set<String> NODE = Set.of("192.168.0.2", "192.168.1.2", "192.168.99.11", "2001:db8::1",
      "2001:db8:1::2");

  private static final String ALL_DOORS = "type: LoadBalancer, clusterIP: 172.30.0.41, externalIPs: [192.168.99.11], "
      + "loadBalancerIP: 1.2.3.4, ports: [{name: p80, port: 80, nodePort: 3001}]";
  private static final String TWO = "10.180.0.1 10.180.2.1@here";

  /** A Service with an EndpointSlice of its own for each of its ports: {@code NAME PORT PROTOCOL}. */
  private static String service(String name, String spec, String ports, String endpoints) {
    StringBuilder text = new StringBuilder("---\n{apiVersion: v1, kind: Service, metadata: {namespace: ns, name: "
        + name + "}, spec: {" + spec + "}}\n");
    if (endpoints.isEmpty()) {
      return text.toString();
    }
    String type = endpoints.contains("::") ? "IPv6" : "IPv4";
    text.append("---\n{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {namespace: ns, name: " + name
        + "-1, labels: {kubernetes.io/service-name: " + name + "}}, addressType: " + type + ", ports: [" + ports
        + "], endpoints: [");
    for (String endpoint : endpoints.split(" ")) {
      String[] parts = endpoint.split("@");
      text.append("{addresses: ['" + parts[0] + "']" + (parts.length > 1 ? ", nodeName: " + parts[1] : "") + "}, ");
    }
    return text.append("]}\n").toString().replace("}, ]", "}]");
  }

  private static final String P80 = "{name: p80, port: 80}";
  private static final String MANY = "{name: http, port: 80}, {name: https, port: 8443}, {name: du, port: 53, "
      + "protocol: UDP}, {name: dt, port: 5353}, {name: ds, port: 53, protocol: SCTP}";

  private static final Map<String, String> SERVICES = Map.of(
      "empty", service("svc1", ALL_DOORS, P80, ""),
      "general", service("svc1", "clusterIP: 172.30.0.41, ports: [{name: http, port: 80}]", "{name: http, port: 80}",
          "10.180.0.1@here")
          + service("svc2", "clusterIP: 172.30.0.42, ports: [{name: http, port: 80}, {name: https, port: 443, "
              + "targetPort: 8443}, {name: du, port: 53, protocol: UDP}, {name: dt, port: 53, targetPort: 5353}, "
              + "{name: ds, port: 53, protocol: SCTP}]", MANY, "10.180.0.1@here 10.180.2.1@there"),
      "ranges", service("svc1", "type: LoadBalancer, clusterIP: 172.30.0.41, loadBalancerIP: 1.2.3.4, "
          + "loadBalancerSourceRanges: [192.168.0.0/24, ' 203.0.113.0/25'], ports: [{name: p80, port: 80, nodePort: "
          + "3001}]", P80, "10.180.0.1"),
      "nodeport", service("svc1", "type: NodePort, clusterIP: 172.30.0.41, ports: [{name: p80, port: 80, nodePort: "
          + "3001}]", P80, TWO),
      "six", service("svc1", "type: NodePort, clusterIP: 'fd00:172:30::41', ipFamilies: [IPv6], ports: [{name: p80, "
          + "port: 80, nodePort: 3001}]", P80, "fd00:10:180::1 fd00:10:180::2:1@here"),
      "local", service("svc1", ALL_DOORS + ", externalTrafficPolicy: Local, healthCheckNodePort: 30000", P80, TWO),
      "far", service("svc1", ALL_DOORS + ", externalTrafficPolicy: Local", P80, "10.180.0.1@there"),
      "cluster", service("svc1", ALL_DOORS + ", externalTrafficPolicy: Cluster", P80, TWO));

  private static List<ServicePort> ports(String manifests, IpFamily family) throws ManifestException {
    Choices.Blocks blocks = family == IpFamily.INET ? new Choices.Blocks(IpPrefix.of("10.0.0.0/8"), IpPrefix.of(
        "172.30.0.0/16"), IpPrefix.of("192.168.0.0/24"))
        : new Choices.Blocks(IpPrefix.of("fd00:10::/64"), IpPrefix.of("fd00:172:30::/112"), IpPrefix.of(
            "2001:db8::/64"));
    Cluster cluster = Cluster.empty("c", new Choices(blocks, Plugin.FLANNEL_VXLAN, Choices.ProxyMode.IPTABLES, "h"));
    for (ManifestReader.Item item : ManifestReader.read(manifests, "default")) {
      cluster = cluster.with(((ManifestReader.Item.Read) item).object());
    }
    return ProxyInput.of(cluster, family);
  }

  private static String flow(String mode, String services, String from, String protocol, String to, int port)
      throws ManifestException {
    IpFamily family = IpAddress.of(to).family();
    boolean four = family == IpFamily.INET;
    List<IpAddress> chosen = mode.contains("all") ? NODE.stream().map(IpAddress::of).toList()
        : List.of(IpAddress.of(four ? "192.168.0.2" : "2001:db8::1"));
    ProxyConfig config = new ProxyConfig("here", Optional.empty(), IpAddress.of(four ? "192.168.0.2" : "2001:db8::1"),
        Optional.of(IpPrefix.of(four ? "10.0.0.0/8" : "fd00:10::/64")),
        new ProxyConfig.Switches(false, true, true, false, false, Optional.of(chosen)));
    List<ServicePort> ports = ports(SERVICES.get(services), family);
    NodeWalk.Packet packet = new NodeWalk.Packet(from, protocol, to, port, NODE);
    return mode.startsWith("nft") ? new NodeWalk.Nftables(config, IpPrefix.of(four ? "172.30.0.0/16"
        : "fd00:172:30::/112"), ports, packet).told() : new NodeWalk.Iptables(config, ports, packet).told();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      empty    | 10.0.0.2      | tcp  | 172.30.0.41   | 80   | REJECT
      empty    | 203.0.113.2   | tcp  | 192.168.99.11 | 80   | REJECT
      empty    | 10.0.0.2      | tcp  | 192.168.0.2   | 3001 | REJECT
      empty    | 203.0.113.2   | tcp  | 192.168.0.2   | 3001 | REJECT
      empty    | 10.0.0.2      | tcp  | 1.2.3.4       | 80   | REJECT
      empty    | 203.0.113.2   | tcp  | 1.2.3.4       | 80   | REJECT
      general  | 10.180.0.2    | tcp  | 172.30.0.41   | 80   | 10.180.0.1:80
      general  | 10.180.0.1    | tcp  | 172.30.0.41   | 80   | 10.180.0.1:80 masq
      general  | 10.180.0.2    | tcp  | 172.30.0.42   | 80   | 10.180.0.1:80, 10.180.2.1:80
      general  | 10.180.0.2    | tcp  | 172.30.0.42   | 443  | 10.180.0.1:8443, 10.180.2.1:8443
      general  | 10.180.0.2    | tcp  | 172.30.0.42   | 53   | 10.180.0.1:5353, 10.180.2.1:5353
      general  | 10.180.0.2    | udp  | 172.30.0.42   | 53   | 10.180.0.1:53, 10.180.2.1:53
      general  | 10.180.0.2    | sctp | 172.30.0.42   | 53   | 10.180.0.1:53, 10.180.2.1:53
      ranges   | 10.0.0.2      | tcp  | 172.30.0.41   | 80   | 10.180.0.1:80
      ranges   | 203.0.113.2   | tcp  | 192.168.0.2   | 3001 | 10.180.0.1:80 masq
      ranges   | 203.0.113.130 | tcp  | 192.168.0.2   | 3001 | 10.180.0.1:80 masq
      ranges   | 203.0.113.2   | tcp  | 1.2.3.4       | 80   | 10.180.0.1:80 masq
      ranges   | 203.0.113.130 | tcp  | 1.2.3.4       | 80   | DROP
      ranges   | 10.0.0.2      | tcp  | 1.2.3.4       | 80   | DROP
      ranges   | 192.168.0.2   | tcp  | 1.2.3.4       | 80   | 10.180.0.1:80 masq
      ranges   | 1.2.3.4       | tcp  | 1.2.3.4       | 80   | 10.180.0.1:80 masq
      nodeport | 10.0.0.2      | tcp  | 172.30.0.41   | 80   | 10.180.0.1:80, 10.180.2.1:80
      nodeport | 203.0.113.2   | tcp  | 192.168.0.2   | 3001 | 10.180.0.1:80, 10.180.2.1:80 masq
      nodeport | 192.168.0.2   | tcp  | 192.168.0.2   | 3001 | 10.180.0.1:80, 10.180.2.1:80 masq
      nodeport | 203.0.113.2   | tcp  | 192.168.1.2   | 3001 |
      six      | fd00:10::2    | tcp  | fd00:172:30::41 | 80 | [fd00:10:180::1]:80, [fd00:10:180::2:1]:80
      six      | 2600:5200::1  | tcp  | 2001:db8::1   | 3001 | [fd00:10:180::1]:80, [fd00:10:180::2:1]:80 masq
      six      | 2001:db8::1   | tcp  | 2001:db8::1   | 3001 | [fd00:10:180::1]:80, [fd00:10:180::2:1]:80 masq
      six      | 2600:5200::1  | tcp  | 2001:db8:1::2 | 3001 |
      local    | 10.0.0.2      | tcp  | 172.30.0.41   | 80   | 10.180.0.1:80, 10.180.2.1:80
      local    | 10.0.0.2      | tcp  | 192.168.99.11 | 80   | 10.180.0.1:80, 10.180.2.1:80
      local    | 203.0.113.2   | tcp  | 192.168.99.11 | 80   | 10.180.2.1:80
      local    | 10.0.0.2      | tcp  | 1.2.3.4       | 80   | 10.180.0.1:80, 10.180.2.1:80
      local    | 203.0.113.2   | tcp  | 1.2.3.4       | 80   | 10.180.2.1:80
      local    | 10.0.0.2      | tcp  | 192.168.0.2   | 3001 | 10.180.0.1:80, 10.180.2.1:80
      local    | 203.0.113.2   | tcp  | 192.168.0.2   | 3001 | 10.180.2.1:80
      far      | 10.0.0.2      | tcp  | 192.168.99.11 | 80   | 10.180.0.1:80
      far      | 203.0.113.2   | tcp  | 192.168.99.11 | 80   | DROP
      far      | 203.0.113.2   | tcp  | 1.2.3.4       | 80   | DROP
      far      | 203.0.113.2   | tcp  | 192.168.0.2   | 3001 | DROP
      cluster  | 10.0.0.2      | tcp  | 172.30.0.41   | 80   | 10.180.0.1:80, 10.180.2.1:80
      cluster  | 10.0.0.2      | tcp  | 192.168.99.11 | 80   | 10.180.0.1:80, 10.180.2.1:80 masq
      cluster  | 203.0.113.2   | tcp  | 192.168.99.11 | 80   | 10.180.0.1:80, 10.180.2.1:80 masq
      cluster  | 10.0.0.2      | tcp  | 1.2.3.4       | 80   | 10.180.0.1:80, 10.180.2.1:80 masq
      cluster  | 203.0.113.2   | tcp  | 1.2.3.4       | 80   | 10.180.0.1:80, 10.180.2.1:80 masq
      cluster  | 10.0.0.2      | tcp  | 192.168.0.2   | 3001 | 10.180.0.1:80, 10.180.2.1:80 masq
      cluster  | 203.0.113.2   | tcp  | 192.168.0.2   | 3001 | 10.180.0.1:80, 10.180.2.1:80 masq
      """)
  void packetsComeToWhereUpstreamsTablesSayInBothModes(String services, String from, String protocol, String to,
      int port, String ends) throws ManifestException {
    String expected = Optional.ofNullable(ends).orElse("");
    assertThat(flow("iptables", services, from, protocol, to, port)).as("iptables").isEqualTo(expected);
    assertThat(flow("nftables", services, from, protocol, to, port)).as("nftables").isEqualTo(expected);
  }

  /** The addresses that {@code --nodeport-addresses} adds; ports that a virtual address does not have. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      iptables-all | nodeport | 203.0.113.2  | tcp | 192.168.1.2   | 3001 | 10.180.0.1:80, 10.180.2.1:80 masq
      nftables-all | nodeport | 203.0.113.2  | tcp | 192.168.1.2   | 3001 | 10.180.0.1:80, 10.180.2.1:80 masq
      iptables-all | six      | 2600:5200::1 | tcp | 2001:db8:1::2 | 3001 | [fd00:10:180::1]:80, [fd00:10:180::2:1]:80 masq
      nftables-all | six      | 2600:5200::1 | tcp | 2001:db8:1::2 | 3001 | [fd00:10:180::1]:80, [fd00:10:180::2:1]:80 masq
      nftables     | general  | 10.180.0.2   | udp | 172.30.0.42   | 80   | REJECT
      nftables     | general  | 10.180.0.2   | tcp | 172.30.0.41   | 443  | REJECT
      nftables     | general  | 10.180.0.2   | tcp | 172.30.0.50   | 80   | DROP
      iptables     | general  | 10.180.0.2   | udp | 172.30.0.42   | 80   |
      iptables     | general  | 10.180.0.2   | tcp | 172.30.0.50   | 80   |
      """)
  void modesDifferInWhatTheyDoBesides(String mode, String services, String from, String protocol, String to, int port,
      String ends) throws ManifestException {
    assertThat(flow(mode, services, from, protocol, to, port)).isEqualTo(Optional.ofNullable(ends).orElse(""));
  }
}
