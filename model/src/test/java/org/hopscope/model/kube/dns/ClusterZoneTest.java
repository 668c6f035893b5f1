package org.hopscope.model.kube.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.DnsNames;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.DnsRecord;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.dns.DnsServer;
import org.hopscope.model.dns.RecordType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Questions of CoreDNS's own tests (plugin/kubernetes/handler_test.go, reverse_test.go, handler_pod_*_test.go, handler_case_test.go). */
@DisplayName("CoreDNS's kubernetes plugin (sem-D12, sem-D13)")
class ClusterZoneTest {
  private static final String NEGATIVE = "cluster.local. 5 IN SOA ns.dns.cluster.local. hostmaster.cluster.local. "
      + "1499347823 7200 1800 86400 5";

  private final ClusterZone zone = NamedCluster.upstream().zone(ClusterZone.PodNames.DISABLED);

  private static DnsReply ask(DnsServer server, String name, RecordType type) {
    return server.ask(new DnsQuestion(DnsNames.absolute(name), type));
  }

  private static List<String> text(List<DnsRecord> records) {
    return records.stream().map(DnsRecord::toString).toList();
  }

  private static List<String> own(String name, RecordType type, String... data) {
    return Stream.of(data).map(d -> DnsNames.absolute(name) + " 5 IN " + type + " " + d).toList();
  }

  private void has(String name, RecordType type, String... data) {
    DnsReply reply = ask(zone, name, type);
    assertThat(reply.code()).as(name).isEqualTo(DnsReply.Code.NOERROR);
    assertThat(reply.authoritative()).isTrue();
    assertThat(text(reply.answer())).containsExactlyElementsOf(own(name, type, data));
    assertThat(reply.authority()).isEmpty();
  }

  private static void none(DnsServer server, String name, RecordType type, DnsReply.Code code) {
    DnsReply reply = ask(server, name, type);
    assertThat(reply.code()).as(name + " " + type).isEqualTo(code);
    assertThat(reply.answer()).as(name).isEmpty();
    assertThat(text(reply.authority())).containsExactly(NEGATIVE);
  }

  private void noSuchName(String name, RecordType type) {
    none(zone, name, type, DnsReply.Code.NXDOMAIN);
  }

  private void noData(String name, RecordType type) {
    none(zone, name, type, DnsReply.Code.NOERROR);
  }

  private void additional(String name, String... records) {
    assertThat(text(ask(zone, name, RecordType.SRV).additional())).containsExactly(records);
  }

  @Test
  @DisplayName("addresses of Services, of both families")
  void addresses() {
    has("svc1.testns.svc.cluster.local.", RecordType.A, "10.0.0.1");
    has("svcempty.testns.svc.cluster.local.", RecordType.A, "10.0.0.1");
    has("svc6.testns.svc.cluster.local.", RecordType.AAAA, "1234:abcd::1");
    has("svc-dual-stack.testns.svc.cluster.local.", RecordType.A, "10.0.0.3");
    has("svc-dual-stack.testns.svc.cluster.local.", RecordType.AAAA, "10::3");
    noData("svc1.testns.svc.cluster.local.", RecordType.AAAA);
    noSuchName("svc0.testns.svc.cluster.local.", RecordType.AAAA);
    noSuchName("svc0.testns.svc.cluster.local.", RecordType.A);
    noSuchName("svc0.svc-nons.svc.cluster.local.", RecordType.A);
    noSuchName("svc1.nsnoexist.svc.cluster.local.", RecordType.A);
  }

  @Test
  @DisplayName("SRV of Services: the port with the address beside it, weights shared out")
  void ports() {
    has("svc1.testns.svc.cluster.local.", RecordType.SRV, "0 100 80 svc1.testns.svc.cluster.local.");
    additional("svc1.testns.svc.cluster.local.", "svc1.testns.svc.cluster.local. 5 IN A 10.0.0.1");
    has("svcempty.testns.svc.cluster.local.", RecordType.SRV, "0 100 80 svcempty.testns.svc.cluster.local.");
    has("svc6.testns.svc.cluster.local.", RecordType.SRV, "0 100 80 svc6.testns.svc.cluster.local.");
    additional("svc6.testns.svc.cluster.local.", "svc6.testns.svc.cluster.local. 5 IN AAAA 1234:abcd::1");
    has("_http._tcp.svc1.testns.svc.cluster.local.", RecordType.SRV, "0 100 80 svc1.testns.svc.cluster.local.");
    has("_http._tcp.svcempty.testns.svc.cluster.local.", RecordType.SRV, "0 100 80 svcempty.testns.svc.cluster.local.");
    has("_http._tcp.svc6.testns.svc.cluster.local.", RecordType.SRV, "0 100 80 svc6.testns.svc.cluster.local.");
    has("svc-dual-stack.testns.svc.cluster.local.", RecordType.SRV,
        "0 50 80 svc-dual-stack.testns.svc.cluster.local.");
    additional("svc-dual-stack.testns.svc.cluster.local.", "svc-dual-stack.testns.svc.cluster.local. 5 IN A 10.0.0.3",
        "svc-dual-stack.testns.svc.cluster.local. 5 IN AAAA 10::3");
    noSuchName("_https._tcp.svc1.testns.svc.cluster.local.", RecordType.SRV);
    noSuchName("_http._udp.svc1.testns.svc.cluster.local.", RecordType.SRV);
  }

  @Test
  @DisplayName("sem-K13: headless Services: their ready endpoints, by address and by host name")
  void headless() {
    has("hdls1.testns.svc.cluster.local.", RecordType.A, "172.0.0.2", "172.0.0.3", "172.0.0.4", "172.0.0.5");
    has("hdls1.testns.svc.cluster.local.", RecordType.AAAA, "5678:abcd::1", "5678:abcd::2");
    has("hdlsprtls.testns.svc.cluster.local.", RecordType.A, "172.0.0.20");
    has("172-0-0-20.hdlsprtls.testns.svc.cluster.local.", RecordType.A, "172.0.0.20");
    has("172-0-0-2.hdls1.testns.svc.cluster.local.", RecordType.A, "172.0.0.2");
    has("172-0-0-3.hdls1.testns.svc.cluster.local.", RecordType.A, "172.0.0.3");
    has("dup-name.hdls1.testns.svc.cluster.local.", RecordType.A, "172.0.0.4", "172.0.0.5");
    has("5678-abcd--1.hdls1.testns.svc.cluster.local.", RecordType.AAAA, "5678:abcd::1");
    has("5678-abcd--2.hdls1.testns.svc.cluster.local", RecordType.AAAA, "5678:abcd::2");
    has("ep1a.svc1.testns.svc.cluster.local.", RecordType.A, "172.0.0.1");
    noSuchName("bogusendpoint.hdls1.testns.svc.cluster.local.", RecordType.A);
    noSuchName("bogusendpoint.svc0.testns.svc.cluster.local.", RecordType.A);
    noSuchName("hdlsempty.testns.svc.cluster.local.", RecordType.A);
    String name = "_http._tcp.hdls1.testns.svc.cluster.local.";
    assertThat(text(ask(zone, name, RecordType.SRV).answer())).containsExactlyInAnyOrderElementsOf(own(name,
        RecordType.SRV, "0 16 80 172-0-0-2.hdls1.testns.svc.cluster.local.",
        "0 16 80 172-0-0-3.hdls1.testns.svc.cluster.local.", "0 16 80 5678-abcd--1.hdls1.testns.svc.cluster.local.",
        "0 16 80 5678-abcd--2.hdls1.testns.svc.cluster.local.", "0 16 80 dup-name.hdls1.testns.svc.cluster.local."));
    assertThat(text(ask(zone, name, RecordType.SRV).additional())).containsExactlyInAnyOrder(
        "172-0-0-2.hdls1.testns.svc.cluster.local. 5 IN A 172.0.0.2",
        "172-0-0-3.hdls1.testns.svc.cluster.local. 5 IN A 172.0.0.3",
        "5678-abcd--1.hdls1.testns.svc.cluster.local. 5 IN AAAA 5678:abcd::1",
        "5678-abcd--2.hdls1.testns.svc.cluster.local. 5 IN AAAA 5678:abcd::2",
        "dup-name.hdls1.testns.svc.cluster.local. 5 IN A 172.0.0.4",
        "dup-name.hdls1.testns.svc.cluster.local. 5 IN A 172.0.0.5");
  }

  @Test
  @DisplayName("sem-K13: ExternalName: an alias, with what it stands for behind it")
  void external() {
    has("external.testns.svc.cluster.local.", RecordType.CNAME, "ext.interwebs.test.");
    assertThat(text(ask(zone, "external.testns.svc.cluster.local.", RecordType.A).answer())).containsExactly(
        "external.testns.svc.cluster.local. 5 IN CNAME ext.interwebs.test.", "ext.interwebs.test. 300 IN A 1.2.3.4");
    assertThat(text(ask(zone, "external-to-service.testns.svc.cluster.local", RecordType.A).answer())).containsExactly(
        "external-to-service.testns.svc.cluster.local. 5 IN CNAME svc1.testns.svc.cluster.local.",
        "svc1.testns.svc.cluster.local. 5 IN A 10.0.0.1");
    noSuchName("endpoint.external.testns.svc.cluster.local.", RecordType.CNAME);
    noData("external.testns.svc.cluster.local.", RecordType.SRV);
  }

  @Test
  @DisplayName("names between: they exist, and have nothing to say")
  void between() {
    for (String name : List.of("svc.cluster.local.", "pod.cluster.local.", "testns.svc.cluster.local.",
        "cluster.local.")) {
      noData(name, RecordType.A);
    }
    noData("svc.cluster.local.", RecordType.NS);
    noData("testns.svc.cluster.local.", RecordType.NS);
    noSuchName("foo.cluster.local.", RecordType.NS);
    noSuchName("foo.svc.cluster.local.", RecordType.NS);
    noData("svc1.testns.svc.cluster.local.", RecordType.SOA);
    noSuchName("example.org.cluster.local.", RecordType.PTR);
    noData("svc1.testns.svc.cluster.local.", RecordType.TXT);
    noSuchName("svc0.testns.svc.cluster.local.", RecordType.TXT);
    noSuchName("svc0.svc-nons.svc.cluster.local.", RecordType.TXT);
    noSuchName("subdomain.subdomain.external.testns.svc.cluster.local.", RecordType.CNAME);
    noSuchName("a.b.c.svc1.testns.svc.cluster.local.", RecordType.A);
    assertThat(text(ask(zone, "dns-version.cluster.local.", RecordType.TXT).answer())).containsExactly(
        "dns-version.cluster.local. 28800 IN TXT \"1.1.0\"");
    has("cluster.local.", RecordType.NS, "kube-dns.kube-system.svc.cluster.local.");
    has("ns.dns.cluster.local.", RecordType.A, "10.0.0.10");
  }

  @Test
  @DisplayName("the question's capital letters come back (sem-D13)")
  void capitals() {
    has("SvC1.TeStNs.SvC.cLuStEr.LoCaL.", RecordType.A, "10.0.0.1");
    has("_HtTp._TcP.sVc1.TeStNs.SvC.cLuStEr.LoCaL.", RecordType.SRV, "0 100 80 svc1.testns.svc.cLuStEr.LoCaL.");
    additional("_HtTp._TcP.sVc1.TeStNs.SvC.cLuStEr.LoCaL.", "svc1.testns.svc.cLuStEr.LoCaL. 5 IN A 10.0.0.1");
    has("Cluster.local.", RecordType.SOA,
        "ns.dns.Cluster.local. hostmaster.Cluster.local. 1499347823 7200 1800 86400 5");
    assertThat(text(ask(zone, "not-a-service.testns.svc.ClUsTeR.lOcAl.", RecordType.A).authority())).containsExactly(
        "ClUsTeR.lOcAl. 5 IN SOA ns.dns.ClUsTeR.lOcAl. hostmaster.ClUsTeR.lOcAl. 1499347823 7200 1800 86400 5");
  }

  @Test
  @DisplayName("names of pods in the modes disabled, insecure and verified")
  void pods() {
    ClusterZone insecure = NamedCluster.upstream().zone(ClusterZone.PodNames.INSECURE);
    ClusterZone verified = NamedCluster.upstream().zone(ClusterZone.PodNames.VERIFIED);
    noSuchName("10-240-0-1.podns.pod.cluster.local.", RecordType.A);
    noSuchName("172-0-0-2.podns.pod.cluster.local.", RecordType.A);
    for (ClusterZone server : List.of(insecure, verified)) {
      assertThat(text(ask(server, "10-240-0-1.podns.pod.cluster.local.", RecordType.A).answer())).containsExactly(
          "10-240-0-1.podns.pod.cluster.local. 5 IN A 10.240.0.1");
      none(server, "podns.pod.cluster.local.", RecordType.A, DnsReply.Code.NOERROR);
      none(server, "svcns.svc.cluster.local.", RecordType.A, DnsReply.Code.NOERROR);
      none(server, "blah.podns.pod.cluster.local.", RecordType.A, DnsReply.Code.NXDOMAIN);
      none(server, "blah.podns.pod.cluster.local.", RecordType.AAAA, DnsReply.Code.NXDOMAIN);
      none(server, "blah.pod-nons.pod.cluster.local.", RecordType.A, DnsReply.Code.NXDOMAIN);
      none(server, "pod-nons.pod.cluster.local.", RecordType.A, DnsReply.Code.NXDOMAIN);
    }
    assertThat(text(ask(insecure, "172-0-0-2.podns.pod.cluster.local.", RecordType.A).answer())).containsExactly(
        "172-0-0-2.podns.pod.cluster.local. 5 IN A 172.0.0.2");
    none(verified, "172-0-0-2.podns.pod.cluster.local.", RecordType.A, DnsReply.Code.NXDOMAIN);
    none(verified, "10-240-0-1.testns.pod.cluster.local.", RecordType.A, DnsReply.Code.NXDOMAIN);
  }

  @Test
  @DisplayName("names of addresses: a Service's own first, else all its endpoints'")
  void reverse() {
    has("1.0.0.10.in-addr.arpa.", RecordType.PTR, "svc1.testns.svc.cluster.local.");
    has("1.0.0.172.in-addr.arpa.", RecordType.PTR, "ep1a.svc1.testns.svc.cluster.local.");
    has("2.0.0.172.in-addr.arpa.", RecordType.PTR, "172-0-0-2.hdls1.testns.svc.cluster.local.");
    has(DnsNames.reverse(IpAddress.of("5678:abcd::1")), RecordType.PTR, "5678-abcd--1.hdls1.testns.svc.cluster.local.");
    assertThat(DnsNames.reverse(IpAddress.of("1234:abcd::1"))).isEqualTo(
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.c.b.a.4.3.2.1.ip6.arpa.");
    has("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.c.b.a.4.3.2.1.ip6.arpa.", RecordType.PTR,
        "svc6.testns.svc.cluster.local.");
    assertThat(ask(zone, "101.0.0.10.in-addr.arpa.", RecordType.PTR).code()).isEqualTo(DnsReply.Code.NXDOMAIN);
  }

  @Test
  @DisplayName("everything else is somebody else's to answer")
  void forwarded() {
    DnsReply reply = ask(zone, "www.example.com.", RecordType.A);
    assertThat(text(reply.answer())).containsExactly("www.example.com. 300 IN A 93.184.216.34");
    assertThat(reply.authoritative()).isFalse();
    assertThat(ask(zone, "example.com.", RecordType.A).isNoData()).isTrue();
    assertThat(ask(zone, "nowhere.test.", RecordType.A).code()).isEqualTo(DnsReply.Code.NXDOMAIN);
  }
}
