package org.hopscope.model.kube.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.Plugin;
import org.hopscope.model.kube.codec.ManifestException;
import org.hopscope.model.kube.codec.ManifestReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected rules are those of Kubernetes' own tests (pkg/proxy/iptables/proxier_test.go). */
class ProxyRulesTest {
  private static final ProxyConfig NODE = new ProxyConfig("here", Optional.of("a"), IpAddress.of("192.168.0.2"),
      Optional.of(IpPrefix.of("10.0.0.0/8")),
      new ProxyConfig.Switches(false, true, false, false, false, Optional.empty()));

  /** {@code NS/NAME spec...}: the words of a Service's spec, and its endpoints as {@code ADDRESS@NODE+CONDITIONS}. */
  private static String service(String name, String spec, String... endpoints) {
    String[] path = name.split("/");
    StringBuilder text = new StringBuilder("---\n{apiVersion: v1, kind: Service, metadata: {namespace: " + path[0]
        + ", name: " + path[1] + "}, spec: {" + spec + "}}\n");
    if (endpoints.length == 0) {
      return text.toString();
    }
    List<String> rows = new ArrayList<>();
    for (String endpoint : endpoints) {
      String[] parts = endpoint.split("[@+]", -1);
      String conditions = parts.length < 3 ? "ready: true"
          : switch (parts[2]) {
            case "unready" -> "ready: false";
            case "going" -> "ready: false, serving: true, terminating: true";
            default -> "ready: false, serving: false, terminating: true";
          };
      rows.add("{addresses: [" + parts[0] + "]" + (parts.length > 1 && !parts[1].isEmpty() ? ", nodeName: " + parts[1]
          : "") + ", conditions: {" + conditions + "}}");
    }
    return text.append("---\n{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {namespace: " + path[0]
        + ", name: " + path[1] + "-1, labels: {kubernetes.io/service-name: " + path[1]
        + "}}, addressType: IPv4, ports: [{name: p80, port: 80}], endpoints: [" + String.join(", ", rows) + "]}\n")
        .toString();
  }

  private static List<ServicePort> ports(String... manifests) throws ManifestException {
    Choices choices = new Choices(new Choices.Blocks(IpPrefix.of("10.0.0.0/8"), IpPrefix.of("172.30.0.0/16"),
        IpPrefix.of("192.168.0.0/24")), Plugin.FLANNEL_VXLAN, Choices.ProxyMode.IPTABLES, "host");
    Cluster cluster = Cluster.empty("c", choices);
    for (ManifestReader.Item item : ManifestReader.read(String.join("", manifests), "default")) {
      cluster = cluster.with(((ManifestReader.Item.Read) item).object());
    }
    return ProxyInput.of(cluster, IpFamily.INET);
  }

  private static Map<String, List<String>> rules(List<ServicePort> ports) {
    Map<String, List<String>> rules = new LinkedHashMap<>();
    for (ServicePort port : ports) {
      PortRules.Written written = PortRules.of(NODE, port);
      List<ProxyRule> all = new ArrayList<>(written.shared());
      written.own().values().forEach(all::addAll);
      all.forEach(r -> rules.computeIfAbsent(r.table() == org.hopscope.model.netfilter.TableName.NAT ? r.chain()
          : r.table().word() + " " + r.chain(), _ -> new ArrayList<>()).add(r.line().replace("-A " + r.chain() + " ",
              "")));
    }
    return rules;
  }

  private static final String PORTS = "ports: [{name: p80, port: 80";

  /** sem-K1, sem-K2, sem-K3: entry points, chains for each port and endpoint, and the choice by probability. */
  @Test
  void servicesOfEveryKindHaveTheRulesThatKubeProxysOwnTestExpects() throws ManifestException {
    Map<String, List<String>> rules = rules(ports(
        service("ns1/svc1", "clusterIP: 172.30.0.41, " + PORTS + "}]", "10.180.0.1"),
        service("ns2/svc2", "type: LoadBalancer, externalTrafficPolicy: Local, clusterIP: 172.30.0.42, "
            + "loadBalancerIP: 1.2.3.4, externalIPs: [192.168.99.22], healthCheckNodePort: 30000, " + PORTS
            + ", nodePort: 3001}]", "10.180.0.2"),
        service("ns3/svc3", "type: NodePort, clusterIP: 172.30.0.43, " + PORTS + ", nodePort: 3003}]", "10.180.0.3"),
        service("ns4/svc4", "type: NodePort, clusterIP: 172.30.0.44, externalIPs: [192.168.99.33], " + PORTS + "}]",
            "10.180.0.4", "10.180.0.5@here"),
        service("ns5/svc5", "type: LoadBalancer, clusterIP: 172.30.0.45, loadBalancerIP: 5.6.7.8, "
            + "healthCheckNodePort: 30000, loadBalancerSourceRanges: [' 203.0.113.0/25'], sessionAffinity: ClientIP, "
            + PORTS + ", nodePort: 3002}]", "10.180.0.3"),
        service("ns6/svc6", "clusterIP: 172.30.0.46, " + PORTS + "}]")));

    Map<String, List<String>> expected = new LinkedHashMap<>();
    for (String line : EXPECTED.lines().toList()) {
      String[] parts = line.split(" : ");
      expected.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]);
    }
    assertThat(rules).containsExactlyInAnyOrderEntriesOf(expected);
  }

  private static final String EXPECTED =
      """
          filter KUBE-NODEPORTS : -m comment --comment "ns2/svc2:p80 health check node port" -m tcp -p tcp --dport 30000 -j ACCEPT
          filter KUBE-SERVICES : -m comment --comment "ns6/svc6:p80 has no endpoints" -m tcp -p tcp -d 172.30.0.46 --dport 80 -j REJECT
          filter KUBE-EXTERNAL-SERVICES : -m comment --comment "ns2/svc2:p80 has no local endpoints" -m tcp -p tcp -d 192.168.99.22 --dport 80 -j DROP
          filter KUBE-EXTERNAL-SERVICES : -m comment --comment "ns2/svc2:p80 has no local endpoints" -m tcp -p tcp -d 1.2.3.4 --dport 80 -j DROP
          filter KUBE-EXTERNAL-SERVICES : -m comment --comment "ns2/svc2:p80 has no local endpoints" -m addrtype --dst-type LOCAL -m tcp -p tcp --dport 3001 -j DROP
          filter KUBE-PROXY-FIREWALL : -m comment --comment "ns5/svc5:p80 traffic not accepted by KUBE-FW-NUKIZ6OKUXPJNT4C" -m tcp -p tcp -d 5.6.7.8 --dport 80 -j DROP
          KUBE-NODEPORTS : -m comment --comment ns2/svc2:p80 -m tcp -p tcp --dport 3001 -j KUBE-EXT-GNZBNJ2PO5MGZ6GT
          KUBE-NODEPORTS : -m comment --comment ns3/svc3:p80 -m tcp -p tcp --dport 3003 -j KUBE-EXT-X27LE4BHSL4DOUIK
          KUBE-NODEPORTS : -m comment --comment ns5/svc5:p80 -m tcp -p tcp --dport 3002 -j KUBE-EXT-NUKIZ6OKUXPJNT4C
          KUBE-SERVICES : -m comment --comment "ns1/svc1:p80 cluster IP" -m tcp -p tcp -d 172.30.0.41 --dport 80 -j KUBE-SVC-XPGD46QRK7WJZT7O
          KUBE-SERVICES : -m comment --comment "ns2/svc2:p80 cluster IP" -m tcp -p tcp -d 172.30.0.42 --dport 80 -j KUBE-SVC-GNZBNJ2PO5MGZ6GT
          KUBE-SERVICES : -m comment --comment "ns2/svc2:p80 external IP" -m tcp -p tcp -d 192.168.99.22 --dport 80 -j KUBE-EXT-GNZBNJ2PO5MGZ6GT
          KUBE-SERVICES : -m comment --comment "ns2/svc2:p80 loadbalancer IP" -m tcp -p tcp -d 1.2.3.4 --dport 80 -j KUBE-EXT-GNZBNJ2PO5MGZ6GT
          KUBE-SERVICES : -m comment --comment "ns3/svc3:p80 cluster IP" -m tcp -p tcp -d 172.30.0.43 --dport 80 -j KUBE-SVC-X27LE4BHSL4DOUIK
          KUBE-SERVICES : -m comment --comment "ns4/svc4:p80 cluster IP" -m tcp -p tcp -d 172.30.0.44 --dport 80 -j KUBE-SVC-4SW47YFZTEDKD3PK
          KUBE-SERVICES : -m comment --comment "ns4/svc4:p80 external IP" -m tcp -p tcp -d 192.168.99.33 --dport 80 -j KUBE-EXT-4SW47YFZTEDKD3PK
          KUBE-SERVICES : -m comment --comment "ns5/svc5:p80 cluster IP" -m tcp -p tcp -d 172.30.0.45 --dport 80 -j KUBE-SVC-NUKIZ6OKUXPJNT4C
          KUBE-SERVICES : -m comment --comment "ns5/svc5:p80 loadbalancer IP" -m tcp -p tcp -d 5.6.7.8 --dport 80 -j KUBE-FW-NUKIZ6OKUXPJNT4C
          KUBE-EXT-4SW47YFZTEDKD3PK : -m comment --comment "masquerade traffic for ns4/svc4:p80 external destinations" -j KUBE-MARK-MASQ
          KUBE-EXT-4SW47YFZTEDKD3PK : -j KUBE-SVC-4SW47YFZTEDKD3PK
          KUBE-EXT-GNZBNJ2PO5MGZ6GT : -m comment --comment "pod traffic for ns2/svc2:p80 external destinations" -s 10.0.0.0/8 -j KUBE-SVC-GNZBNJ2PO5MGZ6GT
          KUBE-EXT-GNZBNJ2PO5MGZ6GT : -m comment --comment "masquerade LOCAL traffic for ns2/svc2:p80 external destinations" -m addrtype --src-type LOCAL -j KUBE-MARK-MASQ
          KUBE-EXT-GNZBNJ2PO5MGZ6GT : -m comment --comment "route LOCAL traffic for ns2/svc2:p80 external destinations" -m addrtype --src-type LOCAL -j KUBE-SVC-GNZBNJ2PO5MGZ6GT
          KUBE-EXT-NUKIZ6OKUXPJNT4C : -m comment --comment "masquerade traffic for ns5/svc5:p80 external destinations" -j KUBE-MARK-MASQ
          KUBE-EXT-NUKIZ6OKUXPJNT4C : -j KUBE-SVC-NUKIZ6OKUXPJNT4C
          KUBE-EXT-X27LE4BHSL4DOUIK : -m comment --comment "masquerade traffic for ns3/svc3:p80 external destinations" -j KUBE-MARK-MASQ
          KUBE-EXT-X27LE4BHSL4DOUIK : -j KUBE-SVC-X27LE4BHSL4DOUIK
          KUBE-FW-NUKIZ6OKUXPJNT4C : -m comment --comment "ns5/svc5:p80 loadbalancer IP" -s 203.0.113.0/25 -j KUBE-EXT-NUKIZ6OKUXPJNT4C
          KUBE-FW-NUKIZ6OKUXPJNT4C : -m comment --comment "other traffic to ns5/svc5:p80 will be dropped by KUBE-PROXY-FIREWALL"
          KUBE-SEP-C6EBXVWJJZMIWKLZ : -m comment --comment ns4/svc4:p80 -s 10.180.0.5 -j KUBE-MARK-MASQ
          KUBE-SEP-C6EBXVWJJZMIWKLZ : -m comment --comment ns4/svc4:p80 -m tcp -p tcp -j DNAT --to-destination 10.180.0.5:80
          KUBE-SEP-I77PXRDZVX7PMWMN : -m comment --comment ns5/svc5:p80 -s 10.180.0.3 -j KUBE-MARK-MASQ
          KUBE-SEP-I77PXRDZVX7PMWMN : -m comment --comment ns5/svc5:p80 -m recent --name KUBE-SEP-I77PXRDZVX7PMWMN --set -m tcp -p tcp -j DNAT --to-destination 10.180.0.3:80
          KUBE-SEP-OYPFS5VJICHGATKP : -m comment --comment ns3/svc3:p80 -s 10.180.0.3 -j KUBE-MARK-MASQ
          KUBE-SEP-OYPFS5VJICHGATKP : -m comment --comment ns3/svc3:p80 -m tcp -p tcp -j DNAT --to-destination 10.180.0.3:80
          KUBE-SEP-RS4RBKLTHTF2IUXJ : -m comment --comment ns2/svc2:p80 -s 10.180.0.2 -j KUBE-MARK-MASQ
          KUBE-SEP-RS4RBKLTHTF2IUXJ : -m comment --comment ns2/svc2:p80 -m tcp -p tcp -j DNAT --to-destination 10.180.0.2:80
          KUBE-SEP-SXIVWICOYRO3J4NJ : -m comment --comment ns1/svc1:p80 -s 10.180.0.1 -j KUBE-MARK-MASQ
          KUBE-SEP-SXIVWICOYRO3J4NJ : -m comment --comment ns1/svc1:p80 -m tcp -p tcp -j DNAT --to-destination 10.180.0.1:80
          KUBE-SEP-UKSFD7AGPMPPLUHC : -m comment --comment ns4/svc4:p80 -s 10.180.0.4 -j KUBE-MARK-MASQ
          KUBE-SEP-UKSFD7AGPMPPLUHC : -m comment --comment ns4/svc4:p80 -m tcp -p tcp -j DNAT --to-destination 10.180.0.4:80
          KUBE-SVC-4SW47YFZTEDKD3PK : -m comment --comment "ns4/svc4:p80 cluster IP" -m tcp -p tcp -d 172.30.0.44 --dport 80 ! -s 10.0.0.0/8 -j KUBE-MARK-MASQ
          KUBE-SVC-4SW47YFZTEDKD3PK : -m comment --comment "ns4/svc4:p80 -> 10.180.0.4:80" -m statistic --mode random --probability 0.5000000000 -j KUBE-SEP-UKSFD7AGPMPPLUHC
          KUBE-SVC-4SW47YFZTEDKD3PK : -m comment --comment "ns4/svc4:p80 -> 10.180.0.5:80" -j KUBE-SEP-C6EBXVWJJZMIWKLZ
          KUBE-SVC-GNZBNJ2PO5MGZ6GT : -m comment --comment "ns2/svc2:p80 cluster IP" -m tcp -p tcp -d 172.30.0.42 --dport 80 ! -s 10.0.0.0/8 -j KUBE-MARK-MASQ
          KUBE-SVC-GNZBNJ2PO5MGZ6GT : -m comment --comment "ns2/svc2:p80 -> 10.180.0.2:80" -j KUBE-SEP-RS4RBKLTHTF2IUXJ
          KUBE-SVC-NUKIZ6OKUXPJNT4C : -m comment --comment "ns5/svc5:p80 cluster IP" -m tcp -p tcp -d 172.30.0.45 --dport 80 ! -s 10.0.0.0/8 -j KUBE-MARK-MASQ
          KUBE-SVC-NUKIZ6OKUXPJNT4C : -m comment --comment "ns5/svc5:p80 -> 10.180.0.3:80" -m recent --name KUBE-SEP-I77PXRDZVX7PMWMN --rcheck --seconds 10800 --reap -j KUBE-SEP-I77PXRDZVX7PMWMN
          KUBE-SVC-NUKIZ6OKUXPJNT4C : -m comment --comment "ns5/svc5:p80 -> 10.180.0.3:80" -j KUBE-SEP-I77PXRDZVX7PMWMN
          KUBE-SVC-X27LE4BHSL4DOUIK : -m comment --comment "ns3/svc3:p80 cluster IP" -m tcp -p tcp -d 172.30.0.43 --dport 80 ! -s 10.0.0.0/8 -j KUBE-MARK-MASQ
          KUBE-SVC-X27LE4BHSL4DOUIK : -m comment --comment "ns3/svc3:p80 -> 10.180.0.3:80" -j KUBE-SEP-OYPFS5VJICHGATKP
          KUBE-SVC-XPGD46QRK7WJZT7O : -m comment --comment "ns1/svc1:p80 cluster IP" -m tcp -p tcp -d 172.30.0.41 --dport 80 ! -s 10.0.0.0/8 -j KUBE-MARK-MASQ
          KUBE-SVC-XPGD46QRK7WJZT7O : -m comment --comment "ns1/svc1:p80 -> 10.180.0.1:80" -j KUBE-SEP-SXIVWICOYRO3J4NJ
          """;

  /** Appendix C: what every real cluster shows. */
  @ParameterizedTest
  @CsvSource({"default/kubernetes:httpstcp,NPX46M4PTMTKRN6Y", "kube-system/kube-dns:dnsudp,TCOU7JCQXEZGVUNU",
      "kube-system/kube-dns:dns-tcptcp,ERIFXISQEP7F7OF4", "kube-system/kube-dns:metricstcp,JD5MR3NA4I4DYORP"})
  void chainsAreNamedByAHash(String hashed, String ending) {
    assertThat(ChainNames.hash(hashed, 16)).isEqualTo(ending);
  }

  /**
   * Which endpoints a chain leads to, when some are not ready or go (upstream's tests of terminating endpoints, sem-K9):
   * {@code here} is the node of the rules. {@code SVC} is where traffic of policy Cluster goes, {@code SVL} of Local.
   */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      10.0.1.1@here 10.0.1.2@there                             | 1,2 | 1
      10.0.1.1@here+unready 10.0.1.2@there                     | 2   |
      10.0.1.1@here+going 10.0.1.2@there                       | 2   | 1
      10.0.1.1@here+going 10.0.1.2@there+going                 | 1,2 | 1
      10.0.1.1@here+gone 10.0.1.2@there+going                  | 2   |
      10.0.1.1@here+going 10.0.1.2@here 10.0.1.3@there+going   | 2   | 2
      10.0.1.1@here+unready 10.0.1.2@there+unready             |     |
      10.0.1.1@there 10.0.1.2@there+going                      | 1   |
      """)
  void endpointsThatGoAreTheLastResort(String endpoints, String cluster, String local) throws ManifestException {
    List<ServicePort> ports = ports(service("ns/svc", "type: LoadBalancer, externalTrafficPolicy: Local, clusterIP: "
        + "172.30.0.41, loadBalancerIP: 1.2.3.4, " + PORTS + ", nodePort: 3001}]", endpoints.split(" ")));
    Map<String, List<String>> rules = rules(ports);

    assertThat(targets(rules, "KUBE-SVC-")).isEqualTo(Optional.ofNullable(cluster).orElse(""));
    assertThat(targets(rules, "KUBE-SVL-")).isEqualTo(Optional.ofNullable(local).orElse(""));
    boolean any = cluster != null || local != null;
    assertThat(rules.getOrDefault("filter KUBE-EXTERNAL-SERVICES", List.of()).toString())
        .contains(local != null ? "[]" : any ? "-j DROP" : "-j REJECT");
    assertThat(rules.containsKey("filter KUBE-SERVICES")).isEqualTo(!any);
  }

  private static String targets(Map<String, List<String>> rules, String prefix) {
    return String.join(",", rules.entrySet().stream().filter(e -> e.getKey().startsWith(prefix))
        .flatMap(e -> e.getValue().stream()).filter(l -> l.contains(" -> "))
        .map(l -> l.replaceFirst(".*-> 10\\.0\\.1\\.(\\d+):80.*", "$1")).toList());
  }

  /** sem-K16. */
  @Test
  void aLargeClusterHasNoCommentsWhereThereAreMany() throws ManifestException {
    ServicePort port = ports(service("ns/svc", "clusterIP: 172.30.0.41, " + PORTS + "}]", "10.0.1.1", "10.0.1.2"))
        .getFirst();
    PortRules.Written written = PortRules.of(NODE.withLargeCluster(true), port);

    assertThat(written.own().values().stream().flatMap(List::stream).filter(r -> r.words().contains("--comment")))
        .singleElement().asString().contains("cluster IP");
    assertThat(written.shared().getFirst().words()).contains("ns/svc:p80 cluster IP");
  }
}
