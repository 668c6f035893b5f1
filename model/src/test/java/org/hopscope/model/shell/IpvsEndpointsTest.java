package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whom kube-proxy in IPVS mode puts behind a Service's addresses: the cases of Kubernetes' own tests
 * (pkg/proxy/ipvs/proxier_test.go TestTestInternalTrafficPolicyE2E, Test_EndpointSliceReadyAndTerminatingCluster, …Local,
 * Test_EndpointSliceOnlyReadyAndTerminatingCluster, …Local, TestOnlyLocalNodePorts, TestHealthCheckNodePortE2E), and those
 * that its syncEndpoint decides besides.
 */
class IpvsEndpointsTest {
  private final Session session = new Session(Editor.fresh(5));

  private List<String> type(String line) {
    Reply reply = Shell.run(session, session.state().firstHost().root(), line);
    assertThat(reply.exit()).as(line + " " + reply.err()).isZero();
    return reply.out();
  }

  private static String slice(String endpoints) {
    StringBuilder text =
        new StringBuilder("---\n{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: "
            + "shop-1, labels: {kubernetes.io/service-name: shop}}, addressType: IPv4, ports: [{name: '', port: 8080}], "
            + "endpoints: [");
    String comma = "";
    for (String endpoint : endpoints.split(" ")) {
      String[] parts = endpoint.split("@");
      String conditions = switch (parts.length > 2 ? parts[2] : "") {
        case "unready" -> "ready: false, serving: false, terminating: false";
        case "going" -> "ready: false, serving: true, terminating: true";
        case "gone" -> "ready: false, serving: false, terminating: true";
        default -> "ready: true";
      };
      text.append(comma).append("{addresses: [10.66.3.").append(parts[0]).append("], nodeName: q-").append(parts[1])
          .append(", conditions: {").append(conditions).append("}}");
      comma = ", ";
    }
    return text + "]}\n";
  }

  private static String servers(List<String> saved, String service) {
    return String.join(",", saved.stream().filter(l -> l.startsWith("-a " + service + " "))
        .map(l -> l.replaceAll(".*-r 10\\.66\\.3\\.(\\d+):8080 .*", "$1")).toList());
  }

  private static String members(List<String> saved, String set) {
    return String.join(" ", saved.stream().filter(l -> l.startsWith("add " + set + " "))
        .map(l -> l.substring(l.indexOf(' ', 4) + 1)).toList());
  }

  /** As they are on node1: behind the virtual address, an external one and a node port; and who may have to answer itself. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      N     | 1@node1 2@node2 3@node2                                | 1,2,3 | 1,2,3 | 1
      N     | 1@node2 2@node2                                        | 1,2   | 1,2   |
      C I   | 1@node1 2@node2 3@node2                                | 1     | 1,2,3 | 1
      C     | 1@node2 2@node2                                        | 1,2   | 1,2   |
      N I   | 1@node1 2@node2                                        | 1     | 1,2   | 1
      N I   | 1@node2 2@node2                                        | 1,2   | 1,2   |
      N E   | 1@node2 2@node2                                        | 1,2   | 1,2   |
      N     | 1@node1 2@node1 3@node1@going 4@node1@gone 5@node2     | 1,2,5 | 1,2,5 | 1,2,3,4
      N E   | 1@node1 2@node1 3@node1@going 4@node1@gone 5@node2     | 1,2,5 | 1,2   | 1,2,3,4
      N     | 1@node1@going 2@node1@going 3@node1@gone 4@node2@going 5@node2@unready | 1,2,4 | 1,2,4 | 1,2,3
      N E   | 1@node1@going 2@node1@going 3@node1@gone 4@node2@going 5@node2 | 5 | 1,2   | 1,2,3
      N     | 1@node1@unready 2@node2@unready                        |       |       | 1
      """)
  void serversAreThoseOfUpstreamsTests(String kind, String endpoints, String virtual, String external,
      String loopback) {
    type("hop cluster create q --dns none --proxy ipvs");
    boolean ports = kind.startsWith("N");
    type("kubectl apply -f - <<'EOF'\n{apiVersion: v1, kind: Service, metadata: {name: shop}, spec: {type: "
        + (ports ? "NodePort" : "ClusterIP") + ", clusterIP: 10.96.44.7, externalIPs: [198.51.100.44], "
        + (kind.contains("E") ? "externalTrafficPolicy: Local, " : "")
        + (kind.contains("I") ? "internalTrafficPolicy: Local, " : "")
        + "ports: [{port: 90, targetPort: 8080" + (ports ? ", nodePort: 31234" : "") + "}]}}\n" + slice(endpoints)
        + "EOF");

    List<String> saved = type("hop on q-node1 ipvsadm -Sn");
    assertThat(servers(saved, "-t 10.96.44.7:90")).isEqualTo(Optional.ofNullable(virtual).orElse(""));
    assertThat(servers(saved, "-t 198.51.100.44:90")).isEqualTo(Optional.ofNullable(external).orElse(""));
    if (ports) {
      assertThat(servers(saved, "-t 172.18.0.2:31234")).isEqualTo(Optional.ofNullable(external).orElse(""));
    }
    List<String> sets = type("hop on q-node1 ipset save");
    assertThat(
        members(sets, "KUBE-LOOP-BACK").replaceAll("10\\.66\\.3\\.(\\d+),tcp:8080,10\\.66\\.3\\.\\1", "$1").replace(
            ' ', ','))
        .isEqualTo(Optional.ofNullable(loopback).orElse(""));
    boolean local = kind.contains("E");
    assertThat(members(sets, local ? "KUBE-EXTERNAL-IP-LOCAL" : "KUBE-EXTERNAL-IP")).isEqualTo("198.51.100.44,tcp:90");
    assertThat(members(sets, "KUBE-NODE-PORT-TCP")).isEqualTo(ports ? "31234" : "");
    assertThat(members(sets, "KUBE-NODE-PORT-LOCAL-TCP")).isEqualTo(local ? "31234" : "");

    type("kubectl delete endpointslice shop-1");
    assertThat(type("hop on q-node1 ipvsadm -Sn")).contains("-A -t 10.96.44.7:90 -s rr", "-A -t 198.51.100.44:90 -s rr")
        .noneMatch(l -> l.startsWith("-a") && l.contains("10.66.3."));
    assertThat(members(type("hop on q-node1 ipset save"), "KUBE-LOOP-BACK")).isEmpty();
  }
}
