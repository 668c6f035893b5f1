package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clusters of both families (sem-K19, KEP-563): what the API server makes of Services, what is written, where packets go. */
class DualStackTest {
  private final Session session = new Session(Editor.fresh(3));

  private Reply run(String line) {
    return Shell.run(session, session.state().firstHost().root(), line);
  }

  private List<String> type(String line) {
    Reply reply = run(line);
    assertThat(reply.exit()).as(line + " " + reply.err()).isZero();
    return reply.out();
  }

  private Reply apply(String spec) {
    return run("kubectl apply -f - <<'EOF'\n{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {" + spec
        + (spec.isEmpty() ? "" : ", ") + "ports: [{port: 80}]}}\nEOF");
  }

  private KubeService.Addressing addressing() {
    return session.state().clusters().get("c").find(new ObjectKey(Kind.SERVICE, "default", "s"))
        .map(KubeService.class::cast).orElseThrow().addressing();
  }

  private String families() {
    return addressing().wish().policy().orElseThrow().word() + " " + addressing().families().stream().map(f -> f.width()
        == 32 ? "4" : "6").toList() + " " + addressing().clusterIps();
  }

  private static String unquoted(String text) {
    return text == null ? "" : text;
  }

  /** The table of KEP-563, in a cluster of each kind. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      dual   |                                                               | SingleStack [4] [10.96.1.0]
      dual   | ipFamilyPolicy: SingleStack                                   | SingleStack [4] [10.96.1.0]
      dual   | ipFamilies: [IPv6]                                            | SingleStack [6] [fd00:10:96::100]
      dual   | ipFamilyPolicy: PreferDualStack                               | PreferDualStack [4, 6] [10.96.1.0, fd00:10:96::100]
      dual   | ipFamilyPolicy: RequireDualStack                              | RequireDualStack [4, 6] [10.96.1.0, fd00:10:96::100]
      dual   | ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv6]           | PreferDualStack [6, 4] [fd00:10:96::100, 10.96.1.0]
      dual   | ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv6, IPv4]    | RequireDualStack [6, 4] [fd00:10:96::100, 10.96.1.0]
      dual   | clusterIP: 'fd00:10:96::7'                                    | SingleStack [6] [fd00:10:96::7]
      dual   | ipFamilyPolicy: PreferDualStack, clusterIP: 'fd00:10:96::7'   | PreferDualStack [6, 4] [fd00:10:96::7, 10.96.1.0]
      dual   | ipFamilyPolicy: RequireDualStack, clusterIP: 10.96.0.7, clusterIPs: [10.96.0.7, 'fd00:10:96::7'] | RequireDualStack [4, 6] [10.96.0.7, fd00:10:96::7]
      dual   | clusterIP: None                                               | RequireDualStack [4, 6] []
      dual   | clusterIP: None, selector: {app: a}                           | SingleStack [4] []
      dual   | clusterIP: None, ipFamilyPolicy: PreferDualStack, selector: {app: a} | PreferDualStack [4, 6] []
      single |                                                               | SingleStack [4] [10.96.1.0]
      single | ipFamilyPolicy: PreferDualStack                               | PreferDualStack [4] [10.96.1.0]
      single | clusterIP: None                                               | RequireDualStack [4, 6] []
      """)
  void theApiServerDecides(String cluster, String spec, String families) {
    type("hop cluster create c --nodes 1" + (cluster.equals("dual") ? " --ipv6" : ""));
    assertThat(apply(unquoted(spec)).err()).isEmpty();
    assertThat(families()).isEqualTo(families);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      single | ipFamilyPolicy: RequireDualStack         | spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services
      single | ipFamilies: [IPv6]                       | spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster
      single | clusterIP: 'fd00::5'                     | spec.clusterIPs[0]: Invalid value: ["fd00::5"]: IPv6 is not configured on this cluster
      dual   | ipFamilies: [IPv4, IPv6]                 | spec.ipFamilyPolicy: Invalid value: "SingleStack": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified
      dual   | ipFamilies: [IPv4, IPv4]                 | spec.ipFamilies[1]: Duplicate value: "IPv4"
      dual   | clusterIP: 10.96.0.9, ipFamilies: [IPv6] | spec.clusterIPs[0]: Invalid value: "10.96.0.9": expected an IPv6 value as indicated by `ipFamilies[0]`
      dual   | ipFamilyPolicy: PreferDualStack, clusterIP: 10.96.0.9, clusterIPs: [10.96.0.9, 10.96.0.8] | spec.clusterIPs: Invalid value: ["10.96.0.9","10.96.0.8"]: may specify no more than one IP for each IP family
      dual   | type: ExternalName, externalName: a.b, ipFamilyPolicy: SingleStack | spec.ipFamilyPolicy: Forbidden: may not be set for ExternalName services
      dual   | clusterIP: 'fd00:10:96:1::5'             | spec.clusterIPs: Invalid value: ["fd00:10:96:1::5"]: failed to allocate IP fd00:10:96:1::5: the provided IP (fd00:10:96:1::5) is not in the valid range. The range of valid IPs is fd00:10:96::/112
      """)
  void theApiServerRefuses(String cluster, String spec, String why) {
    type("hop cluster create c --nodes 1" + (cluster.equals("dual") ? " --ipv6" : ""));
    assertThat(apply(spec).err()).containsExactly("The Service \"s\" is invalid: " + why);
  }

  @Test
  void aServiceIsUpgradedAndDowngraded() {
    type("hop cluster create c --nodes 1 --ipv6");
    apply("ipFamilyPolicy: PreferDualStack");
    assertThat(families()).isEqualTo("PreferDualStack [4, 6] [10.96.1.0, fd00:10:96::100]");
    assertThat(apply("").err()).as("what is not said stays").isEmpty();
    assertThat(families()).isEqualTo("PreferDualStack [4, 6] [10.96.1.0, fd00:10:96::100]");
    assertThat(apply("ipFamilies: [IPv4]").err()).containsExactly("The Service \"s\" is invalid: spec.ipFamilyPolicy: "
        + "Invalid value: \"PreferDualStack\": must be 'SingleStack' to release the secondary IP family");
    assertThat(apply("ipFamilyPolicy: SingleStack").err()).isEmpty();
    assertThat(families()).isEqualTo("SingleStack [4] [10.96.1.0]");
    assertThat(apply("ipFamilies: [IPv6]").err()).containsExactly("The Service \"s\" is invalid: "
        + "spec.clusterIPs[0]: Invalid value: \"10.96.1.0\": expected an IPv6 value as indicated by `ipFamilies[0]`");
    assertThat(apply("clusterIP: 10.96.0.77").err()).containsExactly("The Service \"s\" is invalid: "
        + "spec.clusterIPs[0]: Invalid value: [\"10.96.0.77\"]: may not change once set");
    assertThat(apply("ipFamilyPolicy: RequireDualStack").err()).isEmpty();
    assertThat(families()).isEqualTo("RequireDualStack [4, 6] [10.96.1.0, fd00:10:96::100]");
    assertThat(run("kubectl describe svc s").out()).contains("IP Family Policy:         RequireDualStack",
        "IP Families:              IPv4,IPv6", "IPs:                      10.96.1.0,fd00:10:96::100");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      --ipv6                                          | fd00:10:244::/56 | fd00:10:96::/112
      --ipv6 fd01::/56/fd02::/112                     | fd01::/56        | fd02::/112
      --ipv6=fd01::/56,fd02::/112                     | fd01::/56        | fd02::/112
      --pod-cidr 10.1.0.0/16,fd01::/56 --service-cidr 10.2.0.0/16,fd02::/112 | fd01::/56 | fd02::/112
      """)
  void blocksAreSaid(String options, String pods, String services) {
    type("hop cluster create c " + options);
    var blocks = session.state().clusters().get("c").choices().stacks().get(1);
    assertThat(blocks.pods()).hasToString(pods);
    assertThat(blocks.services()).hasToString(services);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      --ipv6 fd00::/56                             | 2   | hop: --ipv6 is a network of pods and one of Services such as fd00:10:244::/56/fd00:10:96::/112, not fd00::/56
      --ipv6 fd00::/56/10.0.0.0/16                 | 2   | hop: --ipv6 is about networks of IPv6, not 10.0.0.0/16
      --ipv6 fd00::/56/fd00::/112                  | 1   | hop: fd00::/56 and fd00::/112 overlap: pods, Services and nodes need blocks of their own
      --ipv6 fd00::/56/fd01::/64                   | 1   | hop: fd01::/64 is too large for Services: a /108 at most
      --pod-cidr fd00::/56                         | 127 | hopscope: not supported: --pod-cidr fd00::/56
      --ipv6 --cni flannel --backend wireguard     | 127 | hopscope: not supported: --ipv6 with --cni flannel --backend wireguard
      """)
  void blocksAreRefused(String options, int exit, String why) {
    Reply reply = run("hop cluster create c " + options);
    assertThat(reply.exit()).isEqualTo(exit);
    assertThat(reply.err()).containsExactly(why);
  }

  /** Pods of two nodes, a Service of IPv6 alone: names, ClusterIP, node ports and the plugin's own rows. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      --backend vxlan                                      | flannel-v6.1    | fd00:10:244:1::
      --backend host-gw                                    | eth0            | fd00:10:244:1::3
      --backend vxlan --proxy nftables                     | flannel-v6.1    | fd00:10:244:1::
      --cni calico --backend ipip                          | eth0            | fd00:172:18::3
      --cni calico --backend vxlan                         | vxlan-v6.calico | fd00:10:244::40
      --cni calico --backend bgp --proxy nftables          | eth0            | fd00:172:18::3
      """)
  void packetsWalk(String options, String device, String node) {
    type("hop cluster create c --dns coredns --ipv6 " + options);
    type("kubectl apply -f - <<'EOF'\n" + Stream.of("web c-node1", "client c-node2").map(p -> p.split(" ")).map(
        p -> "{apiVersion: v1, kind: Pod, metadata: {name: " + p[0] + ", labels: {app: " + p[0]
            + "}}, spec: {nodeName: " + p[1] + ", containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}}")
        .reduce("", (a, b) -> a + "---\n" + b + "\n") + "---\n{apiVersion: v1, kind: Service, metadata: {name: web6}, "
        + "spec: {type: NodePort, ipFamilies: [IPv6], selector: {app: web}, "
        + "ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}}\nEOF");
    String ip = addresses("web");
    assertThat(probe("pod:default/client -> web6:80/tcp"))
        .startsWith("answered by web at [" + ip + "]:8080, which saw ["
            + addresses("client") + "]");
    assertThat(probe("@c-node2 -> [fd00:10:96::100]:80/tcp")).startsWith("answered by web at [" + ip + "]:8080");
    assertThat(probe("@host -> [fd00:172:18::3]:30080/tcp")).startsWith("answered by web at [" + ip
        + "]:8080, which saw [" + (node.equals("fd00:10:244:1::3") ? "fd00:172:18::3" : node) + "]");
    assertThat(type("hop on c-node1 ip -6 route")).anyMatch(r -> r.startsWith("fd00:10:244:") && r.contains(" via ")
        && r.contains("dev " + device + " "));
  }

  private String addresses(String pod) {
    return session.state().clusters().get("c").pod("default", pod).orElseThrow().status().addresses().get(1).toString();
  }

  private String probe(String words) {
    return run("probe " + words).out().getFirst();
  }

  @Test
  void slicesAreOfOneFamilyEach() {
    type("hop cluster create c --ipv6 --dns none");
    type("kubectl run web --image=nginx --port=80");
    apply("ipFamilyPolicy: PreferDualStack, selector: {run: web}");
    assertThat(type("kubectl get endpointslices").stream().filter(l -> l.startsWith("s-")).map(l -> l.split(" +")[1]
        + " " + l.split(" +")[3])).containsExactlyInAnyOrder("IPv4 10.244.0.2", "IPv6 fd00:10:244::2");
    assertThat(type("hop on c-node2 ip6tables-save -t nat")).anyMatch(l -> l.contains("DNAT --to-destination "
        + "[fd00:10:244::2]:80"));
    assertThat(type("hop on c-node2 iptables-save -t nat")).anyMatch(l -> l.contains("DNAT --to-destination "
        + "10.244.0.2:80"));
  }

  @Test
  void itIsKeptAndUndone() {
    LabState empty = session.state();
    type("hop cluster create c --ipv6");
    apply("ipFamilyPolicy: PreferDualStack");
    LabState lab = session.state();
    assertThat(LabCodec.decode(LabCodec.encode(lab))).isEqualTo(new LabCodec.Decoded.Ok(lab));
    session.undo();
    session.undo();
    assertThat(session.state()).isEqualTo(empty);
  }
}
