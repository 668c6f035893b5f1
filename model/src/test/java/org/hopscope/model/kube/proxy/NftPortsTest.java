package org.hopscope.model.kube.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

/** What upstream's own test of the nftables mode expects (pkg/proxy/nftables/proxier_test.go TestOverallNFTablesRules). */
class NftPortsTest {
  private static String service(String number, String spec, String... endpoints) {
    String name = "svc" + number;
    String text = "---\n{apiVersion: v1, kind: Service, metadata: {namespace: ns" + number + ", name: " + name
        + "}, spec: {clusterIP: 172.30.0.4" + number + ", " + spec + "}}\n";
    return endpoints.length == 0 ? text
        : text + "---\n{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: "
            + "{namespace: ns" + number + ", name: x, labels: {kubernetes.io/service-name: " + name
            + "}}, addressType: "
            + "IPv4, ports: [{name: p80, port: 80}], endpoints: ["
            + String.join(", ", List.of(endpoints).stream().map(e -> "{addresses: [" + e + "]}").toList()) + "]}\n";
  }

  private static NftRules rules(String manifests) throws ManifestException {
    Cluster cluster = Cluster.empty("c", new Choices(new Choices.Blocks(IpPrefix.of("10.0.0.0/8"),
        IpPrefix.of("172.30.0.0/16"), IpPrefix.of("192.168.0.0/24")), Plugin.FLANNEL_VXLAN,
        Choices.ProxyMode.NFTABLES, "host"));
    for (ManifestReader.Item item : ManifestReader.read(manifests, "default")) {
      cluster = cluster.with(((ManifestReader.Item.Read) item).object());
    }
    ProxyConfig config = new ProxyConfig("here", Optional.empty(), IpAddress.of("192.168.0.2"),
        Optional.of(IpPrefix.of("10.0.0.0/8")), ProxyConfig.Switches.USUAL.with(cluster.choices().flags(),
            Optional.of(List.of(IpAddress.of("192.168.0.2")))));
    return NftPorts.of(config, cluster.choices().blocks().services(), ProxyInput.of(cluster, IpFamily.INET));
  }

  private static final String PORTS = "ports: [{name: p80, port: 80";

  @Test
  void servicesOfEveryKindAreWrittenAsKubeProxysOwnTestExpects() throws ManifestException {
    NftRules rules = rules(service("1", PORTS + "}]", "10.180.0.1")
        + service("2", "type: LoadBalancer, externalTrafficPolicy: Local, loadBalancerIP: 1.2.3.4, externalIPs: "
            + "[192.168.99.22], " + PORTS + ", nodePort: 3001}]", "10.180.0.2")
        + service("3", "type: NodePort, " + PORTS + ", nodePort: 3003}]", "10.180.0.3")
        + service("4", "type: NodePort, externalIPs: [192.168.99.33], " + PORTS + "}]", "10.180.0.4", "10.180.0.5")
        + service("5", "type: LoadBalancer, loadBalancerIP: 5.6.7.8, sessionAffinity: ClientIP, "
            + "loadBalancerSourceRanges: [203.0.113.0/25], " + PORTS + ", nodePort: 3002}]", "10.180.0.3")
        + service("6", PORTS + "}]"));
    assertThat(rules.from(NftRules.none(), "ip")).containsExactlyInAnyOrderElementsOf(EXPECTED.lines().toList());
    assertThat(EXPECTED.lines().filter(l -> l.startsWith("add rule ip kube-proxy service-HVFWP5L3")).toList())
        .containsExactlyElementsOf(rules.from(NftRules.none(), "ip").stream().filter(l -> l.startsWith(
            "add rule ip kube-proxy service-HVFWP5L3")).toList());
  }

  /** The whole table, as {@code nft list} would be asked for it. */
  private static final String EXPECTED = """
      add table ip kube-proxy { comment "rules for kube-proxy" ; }
      add set ip kube-proxy cluster-ips { type ipv4_addr ; comment "Active ClusterIPs" ; }
      add set ip kube-proxy nodeport-ips { type ipv4_addr ; comment "IPs that accept NodePort traffic" ; }
      add map ip kube-proxy firewall-ips { type ipv4_addr . inet_proto . inet_service : verdict ; comment "destinations that are subject to LoadBalancerSourceRanges" ; }
      add map ip kube-proxy no-endpoint-nodeports { type inet_proto . inet_service : verdict ; comment "vmap to drop or reject packets to service nodeports with no endpoints" ; }
      add map ip kube-proxy no-endpoint-services { type ipv4_addr . inet_proto . inet_service : verdict ; comment "vmap to drop or reject packets to services with no endpoints" ; }
      add map ip kube-proxy service-ips { type ipv4_addr . inet_proto . inet_service : verdict ; comment "ClusterIP, ExternalIP and LoadBalancer IP traffic" ; }
      add map ip kube-proxy service-nodeports { type inet_proto . inet_service : verdict ; comment "NodePort traffic" ; }
      add chain ip kube-proxy cluster-ips-check
      add chain ip kube-proxy filter-prerouting-pre-dnat { type filter hook prerouting priority -110 ; }
      add chain ip kube-proxy filter-output-pre-dnat { type filter hook output priority -110 ; }
      add chain ip kube-proxy filter-forward { type filter hook forward priority 0 ; }
      add chain ip kube-proxy filter-input { type filter hook input priority 0 ; }
      add chain ip kube-proxy filter-output { type filter hook output priority 0 ; }
      add chain ip kube-proxy firewall-check
      add chain ip kube-proxy mark-for-masquerade
      add chain ip kube-proxy masquerading
      add chain ip kube-proxy nat-output { type nat hook output priority -100 ; }
      add chain ip kube-proxy nat-postrouting { type nat hook postrouting priority 100 ; }
      add chain ip kube-proxy nat-prerouting { type nat hook prerouting priority -100 ; }
      add chain ip kube-proxy nodeport-endpoints-check
      add chain ip kube-proxy reject-chain { comment "helper for @no-endpoint-services / @no-endpoint-nodeports" ; }
      add chain ip kube-proxy services
      add chain ip kube-proxy service-endpoints-check
      add rule ip kube-proxy cluster-ips-check ip daddr @cluster-ips reject comment "Reject traffic to invalid ports of ClusterIPs"
      add rule ip kube-proxy cluster-ips-check ip daddr { 172.30.0.0/16 } drop comment "Drop traffic to unallocated ClusterIPs"
      add rule ip kube-proxy filter-prerouting-pre-dnat ct state new jump firewall-check
      add rule ip kube-proxy filter-forward ct state new jump service-endpoints-check
      add rule ip kube-proxy filter-forward ct state new jump cluster-ips-check
      add rule ip kube-proxy filter-input ct state new jump nodeport-endpoints-check
      add rule ip kube-proxy filter-input ct state new jump service-endpoints-check
      add rule ip kube-proxy filter-output ct state new jump service-endpoints-check
      add rule ip kube-proxy filter-output-pre-dnat ct state new jump firewall-check
      add rule ip kube-proxy filter-output ct state new jump cluster-ips-check
      add rule ip kube-proxy firewall-check ip daddr . meta l4proto . th dport vmap @firewall-ips
      add rule ip kube-proxy mark-for-masquerade mark set mark or 0x4000
      add rule ip kube-proxy masquerading mark and 0x4000 == 0 return
      add rule ip kube-proxy masquerading mark set mark xor 0x4000
      add rule ip kube-proxy masquerading masquerade fully-random
      add rule ip kube-proxy nat-output jump services
      add rule ip kube-proxy nat-postrouting jump masquerading
      add rule ip kube-proxy nat-prerouting jump services
      add rule ip kube-proxy nodeport-endpoints-check ip daddr @nodeport-ips meta l4proto . th dport vmap @no-endpoint-nodeports
      add rule ip kube-proxy reject-chain reject
      add rule ip kube-proxy services ip daddr . meta l4proto . th dport vmap @service-ips
      add rule ip kube-proxy services ip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports
      add element ip kube-proxy nodeport-ips { 192.168.0.2 }
      add rule ip kube-proxy service-endpoints-check ip daddr . meta l4proto . th dport vmap @no-endpoint-services
      add chain ip kube-proxy service-ULMVA6XW-ns1/svc1/tcp/p80
      add rule ip kube-proxy service-ULMVA6XW-ns1/svc1/tcp/p80 ip daddr 172.30.0.41 ip saddr != 10.0.0.0/8 jump mark-for-masquerade
      add rule ip kube-proxy service-ULMVA6XW-ns1/svc1/tcp/p80 numgen random mod 1 vmap { 0 : goto endpoint-5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80 }
      add chain ip kube-proxy endpoint-5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80
      add rule ip kube-proxy endpoint-5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80 ip saddr 10.180.0.1 jump mark-for-masquerade
      add rule ip kube-proxy endpoint-5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80 meta l4proto tcp dnat to 10.180.0.1:80
      add element ip kube-proxy cluster-ips { 172.30.0.41 }
      add element ip kube-proxy service-ips { 172.30.0.41 . tcp . 80 : goto service-ULMVA6XW-ns1/svc1/tcp/p80 }
      add chain ip kube-proxy service-42NFTM6N-ns2/svc2/tcp/p80
      add rule ip kube-proxy service-42NFTM6N-ns2/svc2/tcp/p80 ip daddr 172.30.0.42 ip saddr != 10.0.0.0/8 jump mark-for-masquerade
      add rule ip kube-proxy service-42NFTM6N-ns2/svc2/tcp/p80 numgen random mod 1 vmap { 0 : goto endpoint-SGOXE6O3-ns2/svc2/tcp/p80__10.180.0.2/80 }
      add chain ip kube-proxy endpoint-SGOXE6O3-ns2/svc2/tcp/p80__10.180.0.2/80
      add rule ip kube-proxy endpoint-SGOXE6O3-ns2/svc2/tcp/p80__10.180.0.2/80 ip saddr 10.180.0.2 jump mark-for-masquerade
      add rule ip kube-proxy endpoint-SGOXE6O3-ns2/svc2/tcp/p80__10.180.0.2/80 meta l4proto tcp dnat to 10.180.0.2:80
      add chain ip kube-proxy external-42NFTM6N-ns2/svc2/tcp/p80
      add rule ip kube-proxy external-42NFTM6N-ns2/svc2/tcp/p80 ip saddr 10.0.0.0/8 goto service-42NFTM6N-ns2/svc2/tcp/p80 comment "short-circuit pod traffic"
      add rule ip kube-proxy external-42NFTM6N-ns2/svc2/tcp/p80 fib saddr type local jump mark-for-masquerade comment "masquerade local traffic"
      add rule ip kube-proxy external-42NFTM6N-ns2/svc2/tcp/p80 fib saddr type local goto service-42NFTM6N-ns2/svc2/tcp/p80 comment "short-circuit local traffic"
      add element ip kube-proxy cluster-ips { 172.30.0.42 }
      add element ip kube-proxy service-ips { 172.30.0.42 . tcp . 80 : goto service-42NFTM6N-ns2/svc2/tcp/p80 }
      add element ip kube-proxy service-ips { 192.168.99.22 . tcp . 80 : goto external-42NFTM6N-ns2/svc2/tcp/p80 }
      add element ip kube-proxy service-ips { 1.2.3.4 . tcp . 80 : goto external-42NFTM6N-ns2/svc2/tcp/p80 }
      add element ip kube-proxy service-nodeports { tcp . 3001 : goto external-42NFTM6N-ns2/svc2/tcp/p80 }
      add element ip kube-proxy no-endpoint-nodeports { tcp . 3001 comment "ns2/svc2:p80" : drop }
      add element ip kube-proxy no-endpoint-services { 1.2.3.4 . tcp . 80 comment "ns2/svc2:p80" : drop }
      add element ip kube-proxy no-endpoint-services { 192.168.99.22 . tcp . 80 comment "ns2/svc2:p80" : drop }
      add chain ip kube-proxy service-4AT6LBPK-ns3/svc3/tcp/p80
      add rule ip kube-proxy service-4AT6LBPK-ns3/svc3/tcp/p80 ip daddr 172.30.0.43 ip saddr != 10.0.0.0/8 jump mark-for-masquerade
      add rule ip kube-proxy service-4AT6LBPK-ns3/svc3/tcp/p80 numgen random mod 1 vmap { 0 : goto endpoint-UEIP74TE-ns3/svc3/tcp/p80__10.180.0.3/80 }
      add chain ip kube-proxy endpoint-UEIP74TE-ns3/svc3/tcp/p80__10.180.0.3/80
      add rule ip kube-proxy endpoint-UEIP74TE-ns3/svc3/tcp/p80__10.180.0.3/80 ip saddr 10.180.0.3 jump mark-for-masquerade
      add rule ip kube-proxy endpoint-UEIP74TE-ns3/svc3/tcp/p80__10.180.0.3/80 meta l4proto tcp dnat to 10.180.0.3:80
      add chain ip kube-proxy external-4AT6LBPK-ns3/svc3/tcp/p80
      add rule ip kube-proxy external-4AT6LBPK-ns3/svc3/tcp/p80 jump mark-for-masquerade
      add rule ip kube-proxy external-4AT6LBPK-ns3/svc3/tcp/p80 goto service-4AT6LBPK-ns3/svc3/tcp/p80
      add element ip kube-proxy cluster-ips { 172.30.0.43 }
      add element ip kube-proxy service-ips { 172.30.0.43 . tcp . 80 : goto service-4AT6LBPK-ns3/svc3/tcp/p80 }
      add element ip kube-proxy service-nodeports { tcp . 3003 : goto external-4AT6LBPK-ns3/svc3/tcp/p80 }
      add chain ip kube-proxy service-LAUZTJTB-ns4/svc4/tcp/p80
      add rule ip kube-proxy service-LAUZTJTB-ns4/svc4/tcp/p80 ip daddr 172.30.0.44 ip saddr != 10.0.0.0/8 jump mark-for-masquerade
      add rule ip kube-proxy service-LAUZTJTB-ns4/svc4/tcp/p80 numgen random mod 2 vmap { 0 : goto endpoint-UNZV3OEC-ns4/svc4/tcp/p80__10.180.0.4/80 , 1 : goto endpoint-5RFCDDV7-ns4/svc4/tcp/p80__10.180.0.5/80 }
      add chain ip kube-proxy endpoint-UNZV3OEC-ns4/svc4/tcp/p80__10.180.0.4/80
      add rule ip kube-proxy endpoint-UNZV3OEC-ns4/svc4/tcp/p80__10.180.0.4/80 ip saddr 10.180.0.4 jump mark-for-masquerade
      add rule ip kube-proxy endpoint-UNZV3OEC-ns4/svc4/tcp/p80__10.180.0.4/80 meta l4proto tcp dnat to 10.180.0.4:80
      add chain ip kube-proxy endpoint-5RFCDDV7-ns4/svc4/tcp/p80__10.180.0.5/80
      add rule ip kube-proxy endpoint-5RFCDDV7-ns4/svc4/tcp/p80__10.180.0.5/80 ip saddr 10.180.0.5 jump mark-for-masquerade
      add rule ip kube-proxy endpoint-5RFCDDV7-ns4/svc4/tcp/p80__10.180.0.5/80 meta l4proto tcp dnat to 10.180.0.5:80
      add chain ip kube-proxy external-LAUZTJTB-ns4/svc4/tcp/p80
      add rule ip kube-proxy external-LAUZTJTB-ns4/svc4/tcp/p80 jump mark-for-masquerade
      add rule ip kube-proxy external-LAUZTJTB-ns4/svc4/tcp/p80 goto service-LAUZTJTB-ns4/svc4/tcp/p80
      add element ip kube-proxy cluster-ips { 172.30.0.44 }
      add element ip kube-proxy service-ips { 172.30.0.44 . tcp . 80 : goto service-LAUZTJTB-ns4/svc4/tcp/p80 }
      add element ip kube-proxy service-ips { 192.168.99.33 . tcp . 80 : goto external-LAUZTJTB-ns4/svc4/tcp/p80 }
      add chain ip kube-proxy service-HVFWP5L3-ns5/svc5/tcp/p80
      add rule ip kube-proxy service-HVFWP5L3-ns5/svc5/tcp/p80 ip daddr 172.30.0.45 ip saddr != 10.0.0.0/8 jump mark-for-masquerade
      add set ip kube-proxy affinity-GTK6MW7G-ns5/svc5/tcp/p80__10.180.0.3/80 { type ipv4_addr ; flags dynamic,timeout ; timeout 10800s ; }
      add rule ip kube-proxy service-HVFWP5L3-ns5/svc5/tcp/p80 ip saddr @affinity-GTK6MW7G-ns5/svc5/tcp/p80__10.180.0.3/80 goto endpoint-GTK6MW7G-ns5/svc5/tcp/p80__10.180.0.3/80
      add rule ip kube-proxy service-HVFWP5L3-ns5/svc5/tcp/p80 numgen random mod 1 vmap { 0 : goto endpoint-GTK6MW7G-ns5/svc5/tcp/p80__10.180.0.3/80 }
      add chain ip kube-proxy endpoint-GTK6MW7G-ns5/svc5/tcp/p80__10.180.0.3/80
      add rule ip kube-proxy endpoint-GTK6MW7G-ns5/svc5/tcp/p80__10.180.0.3/80 ip saddr 10.180.0.3 jump mark-for-masquerade
      add rule ip kube-proxy endpoint-GTK6MW7G-ns5/svc5/tcp/p80__10.180.0.3/80 update @affinity-GTK6MW7G-ns5/svc5/tcp/p80__10.180.0.3/80 { ip saddr }
      add rule ip kube-proxy endpoint-GTK6MW7G-ns5/svc5/tcp/p80__10.180.0.3/80 meta l4proto tcp dnat to 10.180.0.3:80
      add chain ip kube-proxy external-HVFWP5L3-ns5/svc5/tcp/p80
      add rule ip kube-proxy external-HVFWP5L3-ns5/svc5/tcp/p80 jump mark-for-masquerade
      add rule ip kube-proxy external-HVFWP5L3-ns5/svc5/tcp/p80 goto service-HVFWP5L3-ns5/svc5/tcp/p80
      add element ip kube-proxy cluster-ips { 172.30.0.45 }
      add element ip kube-proxy service-ips { 172.30.0.45 . tcp . 80 : goto service-HVFWP5L3-ns5/svc5/tcp/p80 }
      add element ip kube-proxy service-ips { 5.6.7.8 . tcp . 80 : goto external-HVFWP5L3-ns5/svc5/tcp/p80 }
      add element ip kube-proxy service-nodeports { tcp . 3002 : goto external-HVFWP5L3-ns5/svc5/tcp/p80 }
      add chain ip kube-proxy firewall-HVFWP5L3-ns5/svc5/tcp/p80
      add rule ip kube-proxy firewall-HVFWP5L3-ns5/svc5/tcp/p80 ip saddr != { 203.0.113.0/25 } drop
      add element ip kube-proxy firewall-ips { 5.6.7.8 . tcp . 80 : goto firewall-HVFWP5L3-ns5/svc5/tcp/p80 }
      add element ip kube-proxy cluster-ips { 172.30.0.46 }
      add element ip kube-proxy no-endpoint-services { 172.30.0.46 . tcp . 80 comment "ns6/svc6:p80" : goto reject-chain }
      """;

  @Test
  void onlyWhatChangedIsWritten() throws ManifestException {
    NftRules before = rules(service("1", PORTS + "}]", "10.180.0.1") + service("6", PORTS + "}]"));
    NftRules after = rules(service("1", PORTS + "}]", "10.180.0.1", "10.180.0.9"));
    String chain = " ip kube-proxy service-ULMVA6XW-ns1/svc1/tcp/p80";
    assertThat(after.from(before, "ip")).contains("flush chain" + chain)
        .contains("delete element ip kube-proxy cluster-ips { 172.30.0.46 }",
            "delete element ip kube-proxy no-endpoint-services { 172.30.0.46 . tcp . 80 }")
        .noneMatch(l -> l.contains("5OJB2KTY") && !l.contains("numgen")).hasSize(8);
    assertThat(before.from(after, "ip").getLast()).startsWith("delete chain ip kube-proxy endpoint-");
    assertThat(after.from(after, "ip")).isEmpty();
  }

  /** Test_servicePortChainNameBase and Test_servicePortEndpointChainNameBase. */
  @ParameterizedTest
  @CsvSource({"ns1/svc1/tcp/p80__fd00.10.180..1/80,ZVRFLKHO", "testing/service/tcp/http,P4ZYZVCF",
      "testing/service/tcp/https,LZBRENCP", "testing/service/tcp/http__10.180.0.1/80,JO2XBXZR",
      "testing/service/tcp/http__10.180.0.2/80,5S6H3H22",
      "testing/service/tcp/http__fd80.abcd.12..a1b2.c3d4.e5f6.9999/80,U7E2ET36"})
  void chainsAreNamedByAHash(String text, String hash) {
    assertThat(ChainNames.hash(text, 8)).isEqualTo(hash);
  }
}
