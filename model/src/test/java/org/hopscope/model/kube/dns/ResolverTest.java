package org.hopscope.model.kube.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.DigText;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.DnsRecord;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.dns.DnsServer;
import org.hopscope.model.dns.NslookupText;
import org.hopscope.model.dns.Printed;
import org.hopscope.model.dns.RecordData;
import org.hopscope.model.dns.RecordType;
import org.hopscope.model.dns.ResolvConf;
import org.hopscope.model.dns.StubResolver;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.PodSpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("how a pod resolves names (sem-D10, sem-D11, sem-D14)")
class ResolverTest {
  private static final ResolvConf NODE = ResolvConf.parse("""
      # made by hand
      domain ignored.example
      search corp.example
      nameserver 192.168.0.1
      options timeout:2
      """);
  private static final PodResolver KUBELET = new PodResolver(NODE, List.of(IpAddress.of("10.0.0.10")), "cluster.local");
  private static final String CLUSTER = """
      search testns.svc.cluster.local svc.cluster.local cluster.local corp.example
      nameserver 10.0.0.10
      options ndots:5
      """;

  private static KubePod pod(PodSpec.DnsPolicy policy, boolean hostNetwork) {
    return pod(policy, hostNetwork, PodSpec.DnsConfig.NONE);
  }

  private static KubePod pod(PodSpec.DnsPolicy policy, boolean hostNetwork, PodSpec.DnsConfig config) {
    PodSpec spec = PodSpec.of(new PodSpec.Container("c", "i", List.of()))
        .withNames(new PodSpec.Naming(Optional.of("web-0"), Optional.of("hdls1"), policy, config));
    return new KubePod(Meta.of("testns", "p"), new PodSpec(spec.containers(), spec.placement(), spec.names(),
        hostNetwork), KubePod.Status.PENDING);
  }

  private static StubResolver resolver(ResolvConf conf) {
    return new StubResolver(conf, NamedCluster.upstream().zone(ClusterZone.PodNames.INSECURE));
  }

  private static List<String> asked(StubResolver.Resolution resolution) {
    return resolution.asked().stream().map(a -> a.question() + " " + (a.reply().hasAnswer() ? "found" : a.reply()
        .code())).toList();
  }

  @Test
  @DisplayName("each dnsPolicy has its file")
  void policies() {
    assertThat(KUBELET.of(pod(PodSpec.DnsPolicy.CLUSTER_FIRST, false))).hasToString(CLUSTER);
    assertThat(KUBELET.of(pod(PodSpec.DnsPolicy.CLUSTER_FIRST, true))).isEqualTo(NODE);
    assertThat(KUBELET.of(pod(PodSpec.DnsPolicy.CLUSTER_FIRST_WITH_HOST_NET, true))).hasToString(CLUSTER);
    assertThat(KUBELET.of(pod(PodSpec.DnsPolicy.DEFAULT, false))).hasToString(
        "search corp.example\nnameserver 192.168.0.1\noptions timeout:2\n");
    assertThat(KUBELET.of(pod(PodSpec.DnsPolicy.NONE, false))).hasToString("");
    assertThat(new PodResolver(NODE, List.of(), "cluster.local").of(pod(PodSpec.DnsPolicy.CLUSTER_FIRST, false)))
        .isEqualTo(NODE);
  }

  @Test
  @DisplayName("dnsConfig comes behind, options of the same name give way, three servers at most")
  void custom() {
    PodSpec.DnsConfig custom = new PodSpec.DnsConfig(IntStream.range(1, 5).mapToObj(i -> IpAddress.of("1.1.1." + i))
        .toList(), List.of("my.dns.search.suffix", "cluster.local"), List.of("ndots:2", "edns0"));
    assertThat(KUBELET.of(pod(PodSpec.DnsPolicy.CLUSTER_FIRST, false, custom))).hasToString("""
        search testns.svc.cluster.local svc.cluster.local cluster.local corp.example my.dns.search.suffix
        nameserver 10.0.0.10
        nameserver 1.1.1.1
        nameserver 1.1.1.2
        options ndots:2 edns0
        """);
    assertThat(KUBELET.of(pod(PodSpec.DnsPolicy.NONE, false, custom))).hasToString("""
        search my.dns.search.suffix cluster.local
        nameserver 1.1.1.1
        nameserver 1.1.1.2
        nameserver 1.1.1.3
        options ndots:2 edns0
        """);
  }

  @Test
  @DisplayName("a short name is found with the first search domain: one name asked for")
  void shortName() {
    StubResolver.Resolution found = resolver(ResolvConf.parse(CLUSTER)).addresses("svc1");
    assertThat(asked(found)).containsExactly("svc1.testns.svc.cluster.local. A found",
        "svc1.testns.svc.cluster.local. AAAA NOERROR");
    assertThat(found.addresses()).containsExactly(IpAddress.of("10.0.0.1"));
  }

  @Test
  @DisplayName("a name outside costs every search domain first, A and AAAA each")
  void outside() {
    StubResolver resolver = resolver(ResolvConf.parse(CLUSTER));
    StubResolver.Resolution found = resolver.addresses("www.example.com");
    assertThat(asked(found)).containsExactly("www.example.com.testns.svc.cluster.local. A NXDOMAIN",
        "www.example.com.testns.svc.cluster.local. AAAA NXDOMAIN", "www.example.com.svc.cluster.local. A NXDOMAIN",
        "www.example.com.svc.cluster.local. AAAA NXDOMAIN", "www.example.com.cluster.local. A NXDOMAIN",
        "www.example.com.cluster.local. AAAA NXDOMAIN", "www.example.com.corp.example. A NXDOMAIN",
        "www.example.com.corp.example. AAAA NXDOMAIN", "www.example.com. A found", "www.example.com. AAAA found");
    assertThat(found.addresses()).hasSize(2);
    assertThat(asked(resolver.addresses("www.example.com."))).containsExactly("www.example.com. A found",
        "www.example.com. AAAA found");
    assertThat(asked(resolver(ResolvConf.parse(CLUSTER.replace("ndots:5", "ndots:2"))).addresses("www.example.com")))
        .hasSize(2);
  }

  @Test
  @DisplayName("with dots enough the name itself is first, and its failure is what is told")
  void dotsEnough() {
    StubResolver resolver = resolver(ResolvConf.parse(CLUSTER.replace("ndots:5", "ndots:1")));
    assertThat(resolver.candidates("svc1.testns")).containsExactly("svc1.testns.",
        "svc1.testns.testns.svc.cluster.local.",
        "svc1.testns.svc.cluster.local.", "svc1.testns.cluster.local.", "svc1.testns.corp.example.");
    assertThat(resolver.addresses("svc1.testns").name()).contains("svc1.testns.svc.cluster.local.");
    assertThat(resolver.addresses("a.b").outcome()).isEqualTo(StubResolver.Outcome.NOT_FOUND);
    assertThat(resolver.look("example.com", List.of(RecordType.A)).outcome()).isEqualTo(StubResolver.Outcome.NO_DATA);
    assertThat(resolver.candidates("nodots").getLast()).isEqualTo("nodots.");
  }

  @Test
  @DisplayName("a name that exists without an address is remembered as that, and the search goes on")
  void noData() {
    StubResolver resolver = resolver(ResolvConf.parse(CLUSTER));
    StubResolver.Resolution found = resolver.look("svc1", List.of(RecordType.AAAA));
    assertThat(found.outcome()).isEqualTo(StubResolver.Outcome.NO_DATA);
    assertThat(found.asked()).hasSize(5);
    assertThat(resolver.addresses("nobody").outcome().words()).isEqualTo("Name or service not known");
  }

  @Test
  @DisplayName("a server that fails is asked for the next name; one that refuses only for the name as it is")
  void failures() {
    DnsServer failing = q -> reply(q.name().equals("x.b.") ? DnsReply.Code.NXDOMAIN : DnsReply.Code.SERVFAIL);
    ResolvConf conf = ResolvConf.parse("search a b c\noptions ndots:2");
    assertThat(new StubResolver(conf, failing).look("x", List.of(RecordType.A)).asked()).hasSize(4);
    assertThat(new StubResolver(conf, failing).addresses("x").outcome()).isEqualTo(StubResolver.Outcome.TRY_AGAIN);
    StubResolver.Resolution refused =
        new StubResolver(conf, _ -> reply(DnsReply.Code.REFUSED)).look("x", List.of(RecordType.A));
    assertThat(asked(refused)).containsExactly("x.a. A REFUSED", "x. A REFUSED");
    assertThat(refused.outcome()).isEqualTo(StubResolver.Outcome.TRY_AGAIN);
    assertThat(new StubResolver(ResolvConf.parse("search a ."), failing).candidates("x")).containsExactly("x.a.", "x.");
  }

  private static DnsReply reply(DnsReply.Code code) {
    return new DnsReply(code, false, true, List.of(), List.of(), List.of());
  }

  @Test
  @DisplayName("a pod with host name and subdomain knows its own full name")
  void hostname() {
    assertThat(KUBELET.hostname(pod(PodSpec.DnsPolicy.DEFAULT, false))).isEqualTo(
        "web-0.hdls1.testns.svc.cluster.local");
  }

  @Test
  @DisplayName("nslookup's shapes")
  void nslookup() {
    StubResolver resolver = resolver(ResolvConf.parse(CLUSTER));
    IpAddress server = IpAddress.of("10.0.0.10");
    assertThat(NslookupText.addresses(server, "svc-dual-stack", resolver.addresses("svc-dual-stack")).lines())
        .containsExactly("Server:\t\t10.0.0.10", "Address:\t10.0.0.10#53", "",
            "Name:\tsvc-dual-stack.testns.svc.cluster.local", "Address: 10.0.0.3",
            "Name:\tsvc-dual-stack.testns.svc.cluster.local", "Address: 10::3", "");
    Printed missing = NslookupText.addresses(server, "nobody", resolver.addresses("nobody"));
    assertThat(missing.lines()).contains("** server can't find nobody: NXDOMAIN");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(NslookupText.addresses(server, "external", resolver.addresses("external")).lines()).contains(
        "external.testns.svc.cluster.local\tcanonical name = ext.interwebs.test.", "Name:\text.interwebs.test",
        "Address: 1.2.3.4");
    assertThat(NslookupText.addresses(server, "www.example.com.", resolver.addresses("www.example.com.")).lines())
        .contains("Non-authoritative answer:");
    assertThat(NslookupText.single(server, "x", resolver.look("_http._tcp.svc1", List.of(RecordType.SRV))).lines())
        .contains("_http._tcp.svc1.testns.svc.cluster.local\tservice = 0 100 80 svc1.testns.svc.cluster.local.");
    assertThat(NslookupText.single(server, "svc1", resolver.look("svc1.testns.svc.cluster.local.", List.of(
        RecordType.AAAA))).lines()).contains("*** Can't find svc1: No answer");
  }

  @Test
  @DisplayName("dig's shape, with the size of the message")
  void dig() {
    NamedCluster cluster = new NamedCluster();
    cluster.namespaces.addAll(NamedCluster.upstream().namespaces);
    cluster.service("testns/kubernetes", "10.96.0.1");
    DnsQuestion question = new DnsQuestion("kubernetes.testns.svc.cluster.local.", RecordType.A);
    DnsReply reply = cluster.zone(ClusterZone.PodNames.DISABLED).ask(question);
    assertThat(String.join("\n", DigText.full(List.of("kubernetes.testns.svc.cluster.local"), question, reply,
        new DigText.Sent(IpAddress.of("10.96.0.10"), 4711, 0xabcdefL, 1, "Thu Jan 01 00:00:00 UTC 1970")))).isEqualTo("""

            ; <<>> DiG 9.18.33-1~deb12u2-Debian <<>> kubernetes.testns.svc.cluster.local
            ;; global options: +cmd
            ;; Got answer:
            ;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4711
            ;; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1
            ;; WARNING: recursion requested but not available

            ;; OPT PSEUDOSECTION:
            ; EDNS: version: 0, flags:; udp: 1232
            ; COOKIE: 0000000000abcdef (echoed)
            ;; QUESTION SECTION:
            ;kubernetes.testns.svc.cluster.local. IN\tA

            ;; ANSWER SECTION:
            kubernetes.testns.svc.cluster.local. 5 IN A\t10.96.0.1

            ;; Query time: 1 msec
            ;; SERVER: 10.96.0.10#53(10.96.0.10) (UDP)
            ;; WHEN: Thu Jan 01 00:00:00 UTC 1970
            ;; MSG SIZE  rcvd: 127
            """);
    assertThat(DigText.record(new DnsRecord("example.com.", 86400, new RecordData.Address(IpAddress.of("1.2.3.4")))))
        .isEqualTo("example.com.\t\t86400\tIN\tA\t1.2.3.4");
    assertThat(DigText.record(new DnsRecord("web.default.svc.cluster.local.", 5, new RecordData.Address(IpAddress.of(
        "1.2.3.4"))))).isEqualTo("web.default.svc.cluster.local. 5 IN\tA\t1.2.3.4");
    assertThat(DigText.brief(reply)).containsExactly("10.96.0.1");
  }
}
