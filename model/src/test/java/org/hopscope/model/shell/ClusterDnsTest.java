package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("names in a cluster, asked for by packets (sem-D10 to sem-D14)")
class ClusterDnsTest {
  private final Session session = new Session(Editor.fresh(11));

  @BeforeEach
  void cluster() {
    ok("hop cluster create q --nodes 2 --dns coredns --service-cidr 10.40.0.0/16");
    ok("""
        kubectl apply -f - <<'EOF'
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: asker}
        spec: {nodeName: q-node1, containers: [{name: a, image: busybox}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: till-0, namespace: shop, labels: {app: till}}
        spec:
          nodeName: q-node2
          hostname: till-0
          subdomain: tills
          containers: [{name: t, image: till, ports: [{containerPort: 8080, name: pay}]}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: till, namespace: shop}
        spec: {clusterIP: 10.40.7.7, selector: {app: till}, ports: [{port: 80, targetPort: pay, name: web}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: tills, namespace: shop}
        spec: {clusterIP: None, selector: {app: till}, ports: [{port: 8080, name: pay}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: bank, namespace: shop}
        spec: {type: ExternalName, externalName: example.com}
        EOF
        """);
  }

  private Reply run(String text) {
    return KubectlTest.run(session, text);
  }

  private List<String> ok(String text) {
    return KubectlTest.ok(session, text);
  }

  private List<String> inAsker(String command) {
    return ok("kubectl exec asker -- " + command);
  }

  private static List<String> names(Trace trace) {
    return trace.steps().stream().filter(s -> s.event() instanceof Event.Made).map(s -> Narrator.label(s.packet()))
        .toList();
  }

  @Test
  @DisplayName("kubeadm's objects are there, with the tenth Service address")
  void objects() {
    assertThat(ok("kubectl -n kube-system get svc kube-dns")).last().asString()
        .containsPattern("kube-dns +ClusterIP +10.40.0.10 +<none> +53/UDP,53/TCP,9153/TCP");
    assertThat(ok("kubectl -n kube-system get deploy coredns")).last().asString().containsPattern("coredns +2/2");
    assertThat(inAsker("cat /etc/resolv.conf")).containsExactly(
        "search default.svc.cluster.local svc.cluster.local cluster.local", "nameserver 10.40.0.10", "options ndots:5");
    assertThat(inAsker("hostname")).containsExactly("asker");
  }

  @Test
  @DisplayName("the search domains are tried one after the other, each with a packet, and the answer's address is used")
  void search() {
    run("sleep 2");
    Reply reply = run("kubectl exec asker -- curl -s http://till.shop/");
    assertThat(reply.out()).singleElement().asString().startsWith("till-0: you are 10.244.0.");
    assertThat(reply.traces()).hasSize(1);
    assertThat(names(reply.traces().getFirst()).stream()
        .filter(n -> !n.contains("who-has") && !n.contains("is-at") && !n.equals("redirect"))
        .toList())
        .startsWith("A? till.shop.default.svc.cluster.local.", "no such name: till.shop.default.svc.cluster.local.",
            "AAAA? till.shop.default.svc.cluster.local.", "no such name: till.shop.default.svc.cluster.local.",
            "A? till.shop.svc.cluster.local.", "A 10.40.7.7", "AAAA? till.shop.svc.cluster.local.",
            "no AAAA of till.shop.svc.cluster.local.", "SYN :80");
    Trace whole = reply.traces().getFirst();
    assertThat(whole.finish().learned()).isEqualTo(session.state().learned());
    assertThat(whole.steps()).allSatisfy(s -> assertThat(whole.copies().get(s.copy()).number()).isEqualTo(s.copy()));
  }

  @Test
  @DisplayName("a name of another namespace is not found by its first part alone")
  void wrongNamespace() {
    Reply missed = run("kubectl exec asker -- nslookup till");
    assertThat(missed.exit()).isEqualTo(1);
    assertThat(missed.out()).contains("** server can't find till: NXDOMAIN");
    assertThat(run("kubectl exec asker -- curl -sS till").err())
        .containsExactly("curl: (6) Could not resolve host: till");
    assertThat(run("kubectl exec asker -- ping -c 1 till").err())
        .containsExactly("ping: till: Name or service not known");
    assertThat(inAsker("nslookup till.shop")).contains("Name:\ttill.shop.svc.cluster.local", "Address: 10.40.7.7");
  }

  @Test
  @DisplayName("headless, SRV, PTR, ExternalName, pod and outside names")
  void records() {
    String till =
        ok("kubectl -n shop get pod till-0 -o wide").getLast().replaceFirst(".*(10\\.244\\.1\\.\\d+).*", "$1");
    assertThat(inAsker("dig +short tills.shop.svc.cluster.local")).containsExactly(till);
    assertThat(inAsker("dig +short till-0.tills.shop.svc.cluster.local")).containsExactly(till);
    assertThat(inAsker("dig +short _web._tcp.till.shop.svc.cluster.local SRV"))
        .containsExactly("0 100 80 till.shop.svc.cluster.local.");
    assertThat(inAsker("dig +short -x 10.40.7.7")).containsExactly("till.shop.svc.cluster.local.");
    assertThat(inAsker("host bank.shop")).containsExactly("bank.shop.svc.cluster.local is an alias for example.com.",
        "example.com has address 203.0.113.80");
    assertThat(inAsker("dig +short 10-244-9-9.shop.pod.cluster.local")).containsExactly("10.244.9.9");
    assertThat(inAsker("getent hosts www.example.com")).containsExactly("203.0.113.80    www.example.com");
    assertThat(ok("hop on q-node1 dig +short example.org")).containsExactly("203.0.113.81");
  }

  @Test
  @DisplayName("the kubelet's hosts file: the whole name counts, and is told with the short one")
  void hostsFile() {
    String till =
        ok("kubectl -n shop get pod till-0 -o wide").getLast().replaceFirst(".*(10\\.244\\.1\\.\\d+).*", "$1");
    String whole = "till-0.tills.shop.svc.cluster.local";
    String exec = "kubectl -n shop exec till-0 -- ";
    assertThat(ok(exec + "getent hosts till-0").getFirst().split(" +")).containsExactly(till, whole, "till-0");
    assertThat(ok(exec + "getent hosts " + whole).getFirst().split(" +")).containsExactly(till, whole, "till-0");
    assertThat(ok(exec + "getent ahosts till-0").getFirst().split(" +")).containsExactly(till, "STREAM", whole);
    assertThat(ok(exec + "getent hosts localhost").getFirst().split(" +")).containsExactly("::1", "localhost",
        "ip6-localhost", "ip6-loopback");
    assertThat(ok(exec + "hostname")).containsExactly("till-0");
    assertThat(ok(exec + "hostname -f")).containsExactly(whole);
    assertThat(ok(exec + "hostname -i")).containsExactly(till);
    assertThat(ok(exec + "uname -n")).containsExactly("till-0");
    assertThat(run("hostname -f").exit()).isEqualTo(127);
  }

  private Reply told(String plugins) {
    return run("kubectl apply -f - <<'EOF'\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: coredns, namespace: "
        + "kube-system}\ndata:\n  Corefile: |\n    .:53 {\n" + plugins.indent(8) + "    }\nEOF");
  }

  /** plugin/kubernetes handler_ignore_emptyservice_test.go, kubernetes_test.go TestEndpointHostname, setup_test.go. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
                          | empty.shop.svc.cluster.local     | 10.40.7.8
      ignore empty_service | empty.shop.svc.cluster.local     |
      ignore empty_service | till.shop.svc.cluster.local      | 10.40.7.7
      ignore empty_service | bank.shop.svc.cluster.local      | example.com.
      noendpoints         | tills.shop.svc.cluster.local     |
      noendpoints         | till.shop.svc.cluster.local      | 10.40.7.7
      namespaces shop     | till.shop.svc.cluster.local      | 10.40.7.7
      namespaces default  | till.shop.svc.cluster.local      |
      namespaces default  | kubernetes.default.svc.cluster.local | 10.40.0.1
                          | till-0.tills.shop.svc.cluster.local | pod
                          | hull.plain.shop.svc.cluster.local |
      endpoint_pod_names  | hull.plain.shop.svc.cluster.local | pod
      """)
  void optionsOfThePluginDecideWhatHasNames(String option, String name, String answer) {
    ok("""
        kubectl apply -f - <<'EOF'
        {apiVersion: v1, kind: Service, metadata: {name: empty, namespace: shop}, spec: {clusterIP: 10.40.7.8, ports: [{port: 80}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: hull, namespace: shop, labels: {app: hull}}, spec: {containers: [{name: h, image: nginx}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: plain, namespace: shop}, spec: {clusterIP: None, selector: {app: hull}, ports: [{port: 80}]}}
        EOF
        """);
    Reply reply = told("kubernetes cluster.local in-addr.arpa ip6.arpa {\n" + (option == null ? "" : option)
        + "\n}\nforward . /etc/resolv.conf");
    assertThat(reply.err()).isEmpty();
    String pod = name.startsWith("hull") ? "hull" : "till-0";
    String expected = answer == null ? "" : answer.equals("pod")
        ? ok("kubectl -n shop get pod " + pod + " -o jsonpath='{.status.podIP}'").getFirst() : answer;
    assertThat(inAsker("dig +short " + name).stream().findFirst().orElse("")).isEqualTo(expected);
  }

  /** coredns.io/plugins/hosts: what it does not have is left to others only with fallthrough. */
  @Test
  void entriesOfTheHostsPluginComeFirst() {
    assertThat(told("""
        hosts {
            10.1.2.3 db.example.com db   # two names
            fd00::3 db.example.com
            fallthrough
        }
        kubernetes cluster.local in-addr.arpa ip6.arpa
        forward . /etc/resolv.conf""").err()).isEmpty();
    assertThat(inAsker("dig +short DB.example.com")).containsExactly("10.1.2.3");
    assertThat(inAsker("dig +short AAAA db.example.com")).containsExactly("fd00::3");
    assertThat(inAsker("dig +short -x 10.1.2.3")).containsExactly("db.example.com.", "db.");
    assertThat(inAsker("dig TXT db.example.com").toString()).contains("status: NOERROR", "ANSWER: 0");
    assertThat(inAsker("dig +short till.shop.svc.cluster.local")).containsExactly("10.40.7.7");
    told("hosts {\n10.1.2.3 db.example.com\n}\nkubernetes cluster.local");
    assertThat(inAsker("dig till.shop.svc.cluster.local").toString()).contains("status: SERVFAIL");
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
  }

  /** plugin/rewrite partial_test.go, name_test.go; what dig prints of the answer, without its time to live. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      name shop.test till.shop.svc.cluster.local                          | shop.test       | shop.test. 10.40.7.7
      name exact Shop.Test till.shop.svc.cluster.local                    | SHOP.test       | shop.test. 10.40.7.7
      name exact shop.test till.shop.svc.cluster.local                    | a.shop.test     |
      name suffix .test .svc.cluster.local                                | till.shop.test  | till.shop.svc.cluster.local. 10.40.7.7
      name suffix .test .svc.cluster.local answer auto                    | till.shop.test  | till.shop.test. 10.40.7.7
      name prefix cash- till.                                             | cash-shop.svc.cluster.local | till.shop.svc.cluster.local. 10.40.7.7
      name substring -api- l. answer auto                                 | til-api-shop.svc.cluster.local | til-api-shop.svc.cluster.local. 10.40.7.7
      name regex (.*)-(shop)\\.test {1}.{2}.svc.cluster.local             | till-shop.test  | till.shop.svc.cluster.local. 10.40.7.7
      stop name regex (.*)-(shop)\\.test {1}.{2}.svc.cluster.local answer name (.*)\\.(shop)\\.svc\\.cluster\\.local {1}-{2}.test | till-shop.test | till-shop.test. 10.40.7.7
      continue name suffix .one .two                                      | till.shop.one   |
      continue name suffix .one .svc.cluster.local answer auto            | bank.shop.one   | bank.shop.one. example.com. example.com. 203.0.113.80
      """)
  void otherNamesAreAskedForWhereACorefileSaysSo(String rule, String name, String answer) {
    assertThat(told("rewrite " + rule + "\nkubernetes cluster.local\nforward . /etc/resolv.conf\n").err()).isEmpty();
    List<String> dug = inAsker("dig " + name).stream().filter(l -> !l.isEmpty() && !l.startsWith(";")
        && !l.contains("SOA")).toList();
    assertThat(String.join(" ", dug).replaceAll("\\s+\\d+\\s+IN\\s+(A|CNAME)\\s+", " ")).isEqualTo(answer == null ? ""
        : answer);
  }

  /** The next rule is asked after one that says so; braces; and who is called by the other name gets there. */
  @Test
  void rulesFollowOneAnother() {
    assertThat(told("""
        rewrite continue name suffix .one .two
        rewrite stop {
            name suffix .two .svc.cluster.local
            answer auto
        }
        rewrite name suffix .svc.cluster.local .never
        kubernetes cluster.local
        forward . /etc/resolv.conf""").err()).isEmpty();
    assertThat(inAsker("dig +short till.shop.one")).containsExactly("10.40.7.7");
    assertThat(inAsker("dig +short till.shop.svc.cluster.local")).isEmpty();
    assertThat(inAsker("curl -s till.shop.two").toString()).contains("till");
  }

  @Test
  void wordsOfACorefileThatAreNotModelledAreNamed() {
    assertThat(told("""
        errors
        rewrite name a.example b.example
        rewrite ttl a.example 9
        rewrite name regex (a {1}
        kubernetes cluster.local { # as kubeadm has it
            pods verified
            multicluster
        }
        forward . 192.0.2.1
        cache 30
        }
        stub.local:53 {
        forward . 192.0.2.2""").err()).containsExactly("hopscope: configmap/coredns: not modelled, and without effect "
        + "here: data.Corefile rewrite ttl a.example 9, data.Corefile rewrite name regex (a {1}, "
        + "data.Corefile kubernetes multicluster, data.Corefile forward . 192.0.2.1, "
        + "data.Corefile stub.local:53");
  }

  @Test
  @DisplayName("the Corefile counts: without pods there are no names of addresses, and its ttl is every record's")
  void corefile() {
    ok("""
        kubectl apply -f - <<'EOF'
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: coredns, namespace: kube-system}
        data:
          Corefile: |
            .:53 {
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                   ttl 77
                }
                forward . /etc/resolv.conf
            }
        EOF
        """);
    assertThat(inAsker("dig till.shop.svc.cluster.local")).contains(
        "till.shop.svc.cluster.local. 77\tIN\tA\t10.40.7.7");
    assertThat(inAsker("dig +short 10-244-9-9.shop.pod.cluster.local")).isEmpty();
  }

  @Test
  @DisplayName("with nobody behind kube-dns the answer is a refusal, and names are not found for a while")
  void nobody() {
    ok("kubectl -n kube-system scale deployment coredns --replicas=0");
    Reply dig = run("kubectl exec asker -- dig till.shop.svc.cluster.local");
    assertThat(dig.exit()).isEqualTo(9);
    assertThat(dig.out()).startsWith(";; communications error to 10.40.0.10#53: connection refused");
    assertThat(run("kubectl exec asker -- ping -c 1 till.shop").err())
        .containsExactly("ping: till.shop: Temporary failure in name resolution");
  }

  @Test
  @DisplayName("it is in the lab file, and a cluster can do without")
  void savedAndWithout() {
    assertThat(LabCodec.decode(LabCodec.encode(session.state()))).isEqualTo(new LabCodec.Decoded.Ok(session.state()));
    ok("hop cluster create bare --nodes 1 --dns none --node-cidr 172.30.0.0/24");
    assertThat(run("kubectl --context bare get pods -A").err()).containsExactly("No resources found");
    ok("kubectl --context bare run lone --image=busybox");
    assertThat(ok("kubectl --context bare exec lone -- cat /etc/resolv.conf"))
        .containsExactly("nameserver 172.30.0.1");
  }

  @Test
  @DisplayName("tcpdump tells questions and answers as they are")
  void tcpdump() {
    Reply both = run("kubectl exec asker -- dig +short till.shop.svc.cluster.local\n"
        + "kubectl exec asker -- tcpdump -n -t -i eth0 udp port 53");
    assertThat(both.out().subList(1, both.out().size())).satisfiesExactly(
        asked -> assertThat(asked).matches(
            "IP 10\\.244\\.0\\.\\d+\\.\\d+ > 10\\.40\\.0\\.10\\.53: \\d+\\+ \\[1au] A\\? till\\.shop\\.svc\\.cluster\\.local\\. \\(68\\)"),
        answered -> assertThat(answered).matches(
            "IP 10\\.40\\.0\\.10\\.53 > 10\\.244\\.0\\.\\d+\\.\\d+: \\d+\\*- 1/0/1 A 10\\.40\\.7\\.7 \\(\\d+\\)"));
  }
}
