package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("names in a cluster, asked for by packets (sem-D10 to sem-D14)")
class ClusterDnsTest extends ShopNames {
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
