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
        + service("4", "type: NodePort, externalIPs: [192.168.99.33], " + PORTS + ", nodePort: 3003}]", "10.180.0.4",
            "10.180.0.5")
        + service("5", "type: LoadBalancer, loadBalancerIP: 5.6.7.8, sessionAffinity: ClientIP, "
            + "loadBalancerSourceRanges: [203.0.113.0/25], " + PORTS + ", nodePort: 3002}]", "10.180.0.3")
        + service("6", PORTS + "}]"));
    String one = "service-ULMVA6XW-ns1/svc1/tcp/p80";
    String two = "service-42NFTM6N-ns2/svc2/tcp/p80";
    String outTwo = "external-42NFTM6N-ns2/svc2/tcp/p80";
    String four = "service-LAUZTJTB-ns4/svc4/tcp/p80";
    String five = "service-HVFWP5L3-ns5/svc5/tcp/p80";
    String kept = "affinity-GTK6MW7G-ns5/svc5/tcp/p80__10.180.0.3/80";
    String third = "endpoint-GTK6MW7G-ns5/svc5/tcp/p80__10.180.0.3/80";
    String firewall = "firewall-HVFWP5L3-ns5/svc5/tcp/p80";
    String add = "add rule ip kube-proxy ";
    String element = "add element ip kube-proxy ";
    assertThat(rules.from(NftRules.none(), "ip")).contains(
        "add table ip kube-proxy { comment \"rules for kube-proxy\" ; }", "add chain ip kube-proxy " + one,
        add + one + " ip daddr 172.30.0.41 ip saddr != 10.0.0.0/8 jump mark-for-masquerade",
        add + one + " numgen random mod 1 vmap { 0 : goto endpoint-5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80 }",
        add + "endpoint-5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80 ip saddr 10.180.0.1 jump mark-for-masquerade",
        add + "endpoint-5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80 meta l4proto tcp dnat to 10.180.0.1:80",
        element + "cluster-ips { 172.30.0.41 }",
        element + "service-ips { 172.30.0.41 . tcp . 80 : goto " + one + " }",
        add + outTwo + " ip saddr 10.0.0.0/8 goto " + two + " comment \"short-circuit pod traffic\"",
        add + outTwo + " fib saddr type local jump mark-for-masquerade comment \"masquerade local traffic\"",
        add + outTwo + " fib saddr type local goto " + two + " comment \"short-circuit local traffic\"",
        element + "service-ips { 192.168.99.22 . tcp . 80 : goto " + outTwo + " }",
        element + "service-ips { 1.2.3.4 . tcp . 80 : goto " + outTwo + " }",
        element + "service-nodeports { tcp . 3001 : goto " + outTwo + " }",
        element + "no-endpoint-nodeports { tcp . 3001 comment \"ns2/svc2:p80\" : drop }",
        element + "no-endpoint-services { 1.2.3.4 . tcp . 80 comment \"ns2/svc2:p80\" : drop }",
        element + "no-endpoint-services { 192.168.99.22 . tcp . 80 comment \"ns2/svc2:p80\" : drop }",
        add + "external-LAUZTJTB-ns4/svc4/tcp/p80 jump mark-for-masquerade",
        add + "external-LAUZTJTB-ns4/svc4/tcp/p80 goto " + four,
        add + four + " numgen random mod 2 vmap { 0 : goto endpoint-UNZV3OEC-ns4/svc4/tcp/p80__10.180.0.4/80 , "
            + "1 : goto endpoint-5RFCDDV7-ns4/svc4/tcp/p80__10.180.0.5/80 }",
        "add set ip kube-proxy " + kept + " { type ipv4_addr ; flags dynamic,timeout ; timeout 10800s ; }",
        add + five + " ip saddr @" + kept + " goto " + third, add + third + " update @" + kept + " { ip saddr }",
        add + firewall + " ip saddr != { 203.0.113.0/25 } drop",
        element + "firewall-ips { 5.6.7.8 . tcp . 80 : goto " + firewall + " }",
        element + "no-endpoint-services { 172.30.0.46 . tcp . 80 comment \"ns6/svc6:p80\" : goto reject-chain }",
        add + "cluster-ips-check ip daddr { 172.30.0.0/16 } drop comment \"Drop traffic to unallocated ClusterIPs\"",
        element + "nodeport-ips { 192.168.0.2 }");
    assertThat(rules.chains().get(outTwo)).hasSize(3);
    assertThat(rules.chains()).doesNotContainKey("local-42NFTM6N-ns2/svc2/tcp/p80");
  }

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

  @Test
  void namesOfIpv6EndpointsHaveDots() {
    String text = "ns1/svc1/tcp/p80__fd00.10.180..1/80";
    assertThat(ChainNames.hash(text, 8)).isEqualTo("ZVRFLKHO");
  }
}
