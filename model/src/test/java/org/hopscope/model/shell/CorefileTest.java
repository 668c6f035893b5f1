package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.hopscope.model.codec.LabCodec;
import org.hopscope.model.kube.dns.ClusterNaming;
import org.hopscope.model.kube.object.ConfigData;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Narrator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcollections.TreePMap;

@DisplayName("what a Corefile tells CoreDNS (coredns.io/plugins)")
class CorefileTest extends ShopNames {
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
      labels app=till     | till.shop.svc.cluster.local      |
      labels app in (till, shelf),!old | empty.shop.svc.cluster.local | 10.40.7.8
      labels app=shelf    | kubernetes.default.svc.cluster.local |
      namespace_labels tier=back | till.shop.svc.cluster.local |
      namespace_labels tier=back | kubernetes.default.svc.cluster.local | 10.40.0.1
      namespace_labels tier=back | -x 10.40.7.7             | till.shop.svc.cluster.local.
      namespaces default  | -x 10.40.7.7                    |
                          | till-0.tills.shop.svc.cluster.local | pod
                          | hull.plain.shop.svc.cluster.local |
      endpoint_pod_names  | hull.plain.shop.svc.cluster.local | pod
      """)
  void optionsOfThePluginDecideWhatHasNames(String option, String name, String answer) {
    ok("""
        kubectl apply -f - <<'EOF'
        {apiVersion: v1, kind: Service, metadata: {name: empty, namespace: shop, labels: {app: shelf}}, spec: {clusterIP: 10.40.7.8, ports: [{port: 80}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: hull, namespace: shop, labels: {app: hull}}, spec: {containers: [{name: h, image: nginx}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: plain, namespace: shop}, spec: {clusterIP: None, selector: {app: hull}, ports: [{port: 80}]}}
        EOF
        kubectl label namespace default tier=back
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

  /** Each refused with its line and with all that came with it; words of CoreDNS's own setup_test.go files among them. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      forward . tls://192.0.2.1         | Corefile:2 - forward to tls://192.0.2.1, which is neither an address nor /etc/resolv.conf alone: not modelled; take it out of the Corefile
      bind 127.0.0.1                    | Corefile:2 - the plugin bind: not modelled; take it out of the Corefile
      autopth @kubernetes               | Corefile:2 - Error during parsing: Unknown directive 'autopth'
      autopath                          | Corefile:2 - autopath: no resolv-conf specified
      autopath @kubernetes              | Corefile:2 - autopath: the plugin kubernetes is not in this server
      autopath /etc/resolv.conf         | Corefile:2 - autopath with /etc/resolv.conf, and not @kubernetes: not modelled; take it out of the Corefile
      rewrite ttl a.example nine        | Corefile:2 - rewrite: invalid TTL 'nine'
      rewrite ttl a.example 5-4         | Corefile:2 - rewrite: invalid TTL '5-4'
      rewrite edns0 nsid set            | Corefile:2 - rewrite edns0: not modelled; take it out of the Corefile
      rewrite name regex (a {1}         | Corefile:2 - rewrite: invalid regex matching pattern: (a
      rewrite name regex a(?=b) c       | Corefile:2 - rewrite: invalid regex matching pattern: a(?=b)
      rewrite name regex (a) {2}        | Corefile:2 - rewrite: {2}. uses more subexpressions than its pattern has
      rewrite name fuzzy a b            | Corefile:2 - rewrite: supports only exact, prefix, suffix, substring, and regex name matching, received: fuzzy
      rewrite answer name a b           | Corefile:2 - rewrite: invalid rule type "answer"
      kubernetes cluster.local {;pods some;} | Corefile:3 - pods: wrong value for pods: some, must be one of: disabled, verified, insecure
      kubernetes cluster.local {;ttl 3601;} | Corefile:3 - ttl: a number from 0 to 3600 is expected
      kubernetes cluster.local {;multicluster;} | Corefile:3 - kubernetes multicluster: not modelled; take it out of the Corefile
      kubernetes cluster.local {;resyncperiod 5s;} | Corefile:3 - resyncperiod: unknown property of kubernetes
      kubernetes cluster.local {;endpoint_pod_names giant;} | Corefile:3 - endpoint_pod_names: Wrong argument count or unexpected line ending after 'giant'
      kubernetes in-addr.arpa           | Corefile:2 - kubernetes: non-reverse zone name must be used
      kubernetes cluster.local;kubernetes two.local | Corefile:3 - kubernetes: this plugin can only be used once per Server Block
      hosts /etc/hosts                  | Corefile:2 - hosts with a file (/etc/hosts): not modelled; take it out of the Corefile
      hosts {;10.1.2 a;}                | Corefile:3 - 10.1.2: neither an address nor a property of hosts
      template CH ANY                   | Corefile:2 - template of class CH: not modelled; take it out of the Corefile
      template IN HINFO                 | Corefile:2 - template of type HINFO: not modelled; take it out of the Corefile
      template IN A {;answer "{{ .Meta }} A 10.0.0.1";} | Corefile:3 - template with the place {{ .Meta }}: not modelled; take it out of the Corefile
      template IN A {;rcode BADVERS;}   | Corefile:3 - rcode with the response code BADVERS: not modelled; take it out of the Corefile
      hosts {                           | Corefile:1 - this brace is not closed
      };}                               | Corefile:3 - unexpected }
      };stub.local:5353 {               | Corefile:3 - a server at stub.local:5353, and not at port 53 over UDP and TCP: not modelled; take it out of the Corefile
      };. {                             | Corefile:3 - cannot serve dns://.:53 - it is already defined
      };import conf.d {                 | Corefile:3 - import of anything but one snippet: not modelled; take it out of the Corefile
      import two                        | Corefile:2 - import of anything but one snippet: not modelled; take it out of the Corefile
      };(s) {;log;};(s) {               | Corefile:6 - redeclaration of previously declared snippet (s)
      };(s) {;import s;};one {          | Corefile:4 - import of anything but one snippet: not modelled; take it out of the Corefile
      kubernetes in-addr.arpa 10.0.0.0/8 | Corefile:2 - kubernetes: non-reverse zone name must be used
      kubernetes cluster.local 10.0.0/8 | Corefile:2 - kubernetes: 10.0.0/8 is neither a zone nor a block of addresses
      kubernetes cluster.local {;labels;} | Corefile:3 - labels: Wrong argument count or unexpected line ending after 'labels'
      kubernetes cluster.local {;labels a=(b;} | Corefile:3 - labels: unable to parse label selector value: 'a=(b'
      kubernetes cluster.local {;namespaces a;namespace_labels b;} | Corefile:2 - kubernetes: namespaces and namespace_labels cannot both be set
      """)
  void wordsOfACorefileThatAreWrongOrNotModelledAreRefusedWithTheirLine(String plugins, String why) {
    LabState before = session.state();
    Reply reply = told(plugins.replace(';', '\n'));
    assertThat(reply.exit()).isEqualTo(1);
    assertThat(reply.err()).containsExactly("error: configmap/coredns: data." + why);
    assertThat(session.state()).isEqualTo(before);
  }

  /** plugin/normalize_test.go, plugin/pkg/cidr, plugin/kubernetes/setup_reverse_test.go: a zone as its block of addresses. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      10.40.0.0/16          | 10.40.7.7 | till.shop.svc.cluster.local.
      10.40.4.0/22          | 10.40.7.7 | till.shop.svc.cluster.local.
      10.32.0.0/12          | 10.40.7.7 | till.shop.svc.cluster.local.
      10.40.7.7/32          | 10.40.7.7 | till.shop.svc.cluster.local.
      10.40.7.9/24          | 10.40.7.7 | till.shop.svc.cluster.local.
      10.40.0.0/22          | 10.40.7.7 |
      10.40.7.8/32          | 10.40.7.7 |
      0.0.0.0/0             | 10.40.7.7 | till.shop.svc.cluster.local.
      fd00:40::/30          | 10.40.7.7 |
      """)
  void zonesOfAddressesAreSaidAsBlocksToo(String block, String address, String answer) {
    assertThat(told("kubernetes cluster.local " + block + "\nforward . /etc/resolv.conf").err()).isEmpty();
    assertThat(inAsker("dig +short -x " + address)).containsExactlyElementsOf(answer == null ? List.of()
        : List.of(answer));
  }

  /** caddyfile/parse.go: what several servers have in common is said once. */
  @Test
  void snippetsStandForWhatTheySay() {
    assertThat(told("import names\n}\n").err()).isNotEmpty();
    assertThat(run("kubectl apply -f - <<'EOF'\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: coredns, namespace: "
        + "kube-system}\ndata:\n  Corefile: |\n    (plain) {\n      errors\n      log\n    }\n    (names) {\n      import "
        + "plain\n      hosts {\n        10.1.2.3 a.test\n      }\n    }\n    test {\n      import names\n    }\n    . {\n"
        + "      import names\n    }\n    fd00::/60 {\n      hosts {\n        fd00::7 six.test\n      }\n    }\nEOF")
        .err())
        .isEmpty();
    assertThat(inAsker("dig +short a.test")).containsExactly("10.1.2.3");
    assertThat(inAsker("dig +short -x 10.1.2.3")).containsExactly("a.test.");
    assertThat(inAsker("dig +short -x fd00::7")).containsExactly("six.test.");
    assertThat(ok("kubectl -n kube-system logs -l k8s-app=kube-dns")).isNotEmpty();
    String doubling = "log\nlog\n";
    StringBuilder many = new StringBuilder("}\n(s0) {\n" + doubling + "}\n");
    for (int i = 1; i < 40; i++) {
      many.append("(s" + i + ") {\n" + ("import s" + (i - 1) + "\n").repeat(2) + "}\n");
    }
    assertThat(told(many + "two {\nimport s39\n").err()).singleElement().asString()
        .contains("more than 1000 directives");
  }

  /** plugin/template/template_test.go, README.md: {@code dig +short}, or how it went. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      template IN ANY {;match ip-10-(?P<b>[0-9]*)-(?P<c>[0-9]*)[.]test[.]$;answer "{{ .Name }} 60 IN A 10.0.{{ .Group.b }}.{{ .Group.c }}";fallthrough;} | A ip-10-7-8.test | 10.0.7.8
      template IN ANY {;match ip-10-(?P<b>[0-9]*)-(?P<c>[0-9]*)[.]test[.]$;answer "{{ .Name }} 60 IN A 10.0.{{ .Group.b }}.{{ .Group.c }}";fallthrough;} | A example.org | 203.0.113.81
      template IN ANY {;match ip-10-(?P<b>[0-9]*)-(?P<c>[0-9]*)[.]test[.]$;answer "{{ .Name }} 60 IN A 10.0.{{ .Group.b }}.{{ .Group.c }}";} | A example.org | SERVFAIL
      template IN A test {;match "^x(?P<b>[a-f0-9]{2})[.]test[.]$";answer "{{ .Name }} A 10.0.0.{{ parseInt .Group.b 16 8 }}";} | A x1f.test | 10.0.0.31
      template IN MX test {;answer "{{ .Name }} 60 IN MX 10 mail.{{ .Zone }}";} | MX a.test | 10 mail.test.
      template IN TXT test {;answer "{{ .Name }} TXT \\"{{ .Type }} {{ .Class }}\\"";} | TXT a.test | "TXT IN"
      template IN MX test {;answer "{{ .Name }} 60 IN MX 10 mail.{{ .Zone }}";} | A a.test | NXDOMAIN
      template ANY ANY invalid {;rcode NXDOMAIN;authority "invalid. 60 {{ .Class }} SOA ns.invalid. host.invalid. (1 60 60 60 60)";} | A www.invalid | NXDOMAIN
      template IN A {;rcode REFUSED;} | A any.test | REFUSED
      template ANY ANY {;rcode SERVFAIL;} | A any.test | SERVFAIL
      template IN A test {;match (a)[.]test;answer "{{ .Name }} TXT {{ index .Match 2 }}";} | A a.test | SERVFAIL
      template IN A test {;answer "{{ .Name }}";} | A a.test | SERVFAIL
      template IN ANY foogle.test {;match "^foogle\\.test\\.$";answer "foogle.test 60 IN CNAME example.com";} | A foogle.test | example.com. 203.0.113.80
      template IN A shop {;answer "{{ .Name }} CNAME till.shop.svc.cluster.local";} | A whatever.shop | till.shop.svc.cluster.local. 10.40.7.7
      template IN PTR in-addr.arpa {;match ^(?P<d>[0-9]*)[.](?P<c>[0-9]*)[.]0[.]192[.]in-addr[.]arpa[.]$;answer "{{ .Name }} PTR ip-{{ .Group.c }}-{{ .Group.d }}.test";fallthrough;} | PTR 9.7.0.192.in-addr.arpa | ip-7-9.test.
      """)
  void templatesMakeAnswersFromQuestions(String template, String question, String answer) {
    assertThat(told(template.replace(';', '\n') + "\nkubernetes cluster.local\nforward . /etc/resolv.conf").err())
        .isEmpty();
    boolean code = answer.matches("[A-Z]+");
    String dug = String.join(" ", inAsker((code ? "dig " : "dig +short ") + question));
    assertThat(dug).matches(code ? ".*status: " + answer + ",.*" : Pattern.quote(answer));
  }

  /** plugin/autopath, plugin/kubernetes/autopath_test.go: one question where there were five, with an alias before the answer. */
  @Test
  void searchDomainsAreGoneThroughByTheServerWithAutopath() {
    String plugins = "autopath @kubernetes\nkubernetes cluster.local {\npods verified\n}\nforward . /etc/resolv.conf";
    assertThat(told(plugins).err()).isEmpty();
    List<String> dug =
        inAsker("dig example.org.default.svc.cluster.local").stream().filter(l -> l.matches(".*\\sIN\\s.*")
            && !l.startsWith(";")).map(l -> l.replaceAll("\\s+\\d+\\s+IN\\s+(\\w+)\\s+", " $1 ")).toList();
    assertThat(dug).containsExactly("example.org.default.svc.cluster.local. CNAME example.org.",
        "example.org. A 203.0.113.81");
    Reply looked = run("kubectl exec asker -- getent hosts till.shop");
    assertThat(looked.out()).singleElement().asString().contains("10.40.7.7");
    assertThat(inAsker("dig +short till.shop.svc.cluster.local")).containsExactly("10.40.7.7");
    assertThat(inAsker("dig nowhere.test.default.svc.cluster.local").toString()).contains("status: NXDOMAIN");
    assertThat(inAsker("dig +short example.org.svc.cluster.local")).isEmpty();
    told(plugins.replace("verified", "insecure"));
    assertThat(inAsker("dig +short example.org.default.svc.cluster.local")).isEmpty();
  }

  /** plugin/forward: CoreDNS asks on by packets of its own, the next server when one is silent or refuses. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      172.18.0.1                | 203.0.113.81 | 1
      172.18.0.1:53             | 203.0.113.81 | 1
      192.0.2.9 172.18.0.1      | 203.0.113.81 | 2
      172.18.0.1:54 172.18.0.1  | 203.0.113.81 | 2
      192.0.2.9                 | SERVFAIL     | 1
      10.40.0.10                | SERVFAIL     | 50
      """)
  void otherServersAreAskedByPackets(String to, String answer, int questions) {
    assertThat(told("kubernetes cluster.local\nforward . " + to).err()).isEmpty();
    Reply reply = run("kubectl exec asker -- dig example.org");
    assertThat(reply.out().toString()).contains(answer);
    assertThat(reply.traces().getFirst().steps().stream().filter(s -> s.event() instanceof Event.Made made
        && made.by().startsWith("coredns") && Narrator.label(s.packet()).equals("A? example.org.")).count()).isEqualTo(
            questions);
    assertThat(inAsker("dig +short till.shop.svc.cluster.local")).containsExactly("10.40.7.7");
  }

  /** Of what nobody means, each is read or refused with a line, soon and with nothing changed. */
  @Test
  void whateverStandsInItIsReadOrRefused() {
    String fine =
        "rewrite stop {\nname regex (a+)+b {1}c\nanswer auto\n}\nkubernetes cluster.local in-addr.arpa {\npods "
            + "verified\nfallthrough\n}\ntemplate IN ANY x {\nmatch \"^a\\.x\\.$\"\nanswer \"{{ .Name }} A 10.0.0.1\"\n}\n"
            + "hosts {\n10.1.1.1 a.b\n}\nforward . /etc/resolv.conf\n";
    Random random = new Random(5);
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder(".:53 {\n" + fine + "}\n");
      for (int j = random.nextInt(4); j >= 0 && !text.isEmpty(); j--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, "{}\"#\\ \n([*+:.".charAt(random.nextInt(13)));
          case 2 -> text.setLength(Math.max(1, at));
          default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
        }
      }
      readOrRefused(text.toString());
    }
    readOrRefused(". {\n#" + "x".repeat(100_000) + "\nhosts {\n10.1.1.1 \"" + "y".repeat(100_000) + "\"\n}\n}\n");
    assertThat(told("{".repeat(50) + "\n").err().toString()).contains("Corefile:2 - ");
    assertThat(told("rewrite name regex (a+)+$ b\nkubernetes cluster.local").err()).isEmpty();
    assertThat(inAsker("dig " + "a".repeat(60) + "." + "a".repeat(60) + ".b").toString()).contains("status: SERVFAIL");
  }

  private static void readOrRefused(String text) {
    ConfigData file =
        new ConfigData(Kind.CONFIG_MAP, Meta.of("kube-system", "coredns"), "", TreePMap.<String, String>empty()
            .plus("Corefile", text));
    assertThat(ClusterNaming.problem(file).orElse("data.Corefile:1 - fine"))
        .containsPattern("data.Corefile:\\d+ - \\S");
  }

  /** A domain of somebody else's, as kube-dns's stubDomains were. */
  @Test
  void aServerOfTheFileLeadsItsZoneToAnother() {
    assertThat(told("""
        kubernetes cluster.local
        forward . /etc/resolv.conf
        }
        org {
        forward . 172.18.0.1""").err()).isEmpty();
    assertThat(inAsker("dig +short example.org")).containsExactly("203.0.113.81");
    assertThat(inAsker("getent hosts example.org").toString()).contains("203.0.113.81");
    assertThat(inAsker("dig +short example.com")).containsExactly("203.0.113.80");
  }

  /** plugin/rewrite ttl_test.go, rewrite_test.go, rcode_test.go. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ttl till.shop.svc.cluster.local 9                 | till.shop.svc.cluster.local A | till.shop.svc.cluster.local. 9 IN A 10.40.7.7
      ttl suffix .cluster.local. 60-90                  | till.shop.svc.cluster.local A | till.shop.svc.cluster.local. 60 IN A 10.40.7.7
      ttl prefix till. -3                               | till.shop.svc.cluster.local A | till.shop.svc.cluster.local. 3 IN A 10.40.7.7
      ttl substring shop 4-                             | till.shop.svc.cluster.local A | till.shop.svc.cluster.local. 5 IN A 10.40.7.7
      ttl regex ^(bank)\\.shop 77                       | till.shop.svc.cluster.local A | till.shop.svc.cluster.local. 5 IN A 10.40.7.7
      type MX A                                         | till.shop.svc.cluster.local MX | till.shop.svc.cluster.local. 5 IN A 10.40.7.7
      type AAAA A                                       | till.shop.svc.cluster.local A | till.shop.svc.cluster.local. 5 IN A 10.40.7.7
      """)
  void timesToLiveAndTypesAreRewritten(String rule, String question, String answer) {
    assertThat(told("rewrite " + rule + "\nkubernetes cluster.local\nforward . /etc/resolv.conf").err()).isEmpty();
    assertThat(inAsker("dig " + question).stream().filter(l -> !l.isEmpty() && !l.startsWith(";"))
        .map(l -> l.replaceAll("\\s+", " "))).containsExactly(answer);
  }

  @Test
  void responseCodesAreRewrittenAndTheLastRuleIsUndoneFirst() {
    told("rewrite rcode suffix .cluster.local. NXDOMAIN NOERROR\nkubernetes cluster.local");
    assertThat(inAsker("dig nobody.shop.svc.cluster.local").toString()).contains("status: NOERROR");
    told("rewrite continue name suffix .one .two answer auto\nrewrite name suffix .two .svc.cluster.local answer auto\n"
        + "kubernetes cluster.local");
    assertThat(inAsker("dig till.shop.one").toString()).containsPattern("till.shop.one.\\s+5\\s+IN\\s+A\\s+10.40.7.7");
  }

  /** core/dnsserver/server.go: the closest zone's server answers; kubernetes/setup_reverse_test.go, plugin/pkg/fall. */
  @Test
  void namesAreForTheServerWithTheClosestZone() {
    assertThat(told("""
        kubernetes cluster.local in-addr.arpa { # as kubeadm has it
            fallthrough in-addr.arpa
        }
        forward . /etc/resolv.conf {
            except example.net
        }
        }
        shop.test, other.test:53 {
        hosts {
            10.9.9.9 till.shop.test
            ttl 11
        }""").err()).isEmpty();
    assertThat(inAsker("dig +short till.shop.test")).containsExactly("10.9.9.9");
    assertThat(inAsker("dig till.other.test").toString()).contains("status: SERVFAIL");
    assertThat(inAsker("dig +short example.org")).containsExactly("203.0.113.81");
    assertThat(inAsker("dig example.net").toString()).contains("status: SERVFAIL");
    assertThat(inAsker("dig +short -x 10.40.7.7")).containsExactly("till.shop.svc.cluster.local.");
    told("kubernetes one.test cluster.local 40.10.in-addr.arpa");
    assertThat(inAsker("dig +short till.shop.svc.one.test")).containsExactly("10.40.7.7");
    assertThat(inAsker("dig +short till.shop.svc.cluster.local")).containsExactly("10.40.7.7");
    assertThat(inAsker("dig +short -x 10.40.7.7")).containsExactly("till.shop.svc.one.test.");
    assertThat(inAsker("dig -x 10.40.9.9").toString()).contains("status: NXDOMAIN", "ns.dns.40.10.in-addr.arpa.");
    assertThat(inAsker("dig example.org").toString()).contains("status: SERVFAIL");
    ok("kubectl -n kube-system delete configmap coredns");
    assertThat(inAsker("dig till.shop.svc.cluster.local").toString()).contains("status: REFUSED");
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
}
