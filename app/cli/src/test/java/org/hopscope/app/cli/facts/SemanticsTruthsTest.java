package org.hopscope.app.cli.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which recorded cases hold which line of the semantics of filters, NAT, Docker and services: {@link KernelTruthsTest} runs
 * them against the kernel's answers. A line may be held by other tests as well, which name it themselves.
 */
class SemanticsTruthsTest {
  private static final Path ORACLE = Path.of("..", "..", "model", "src", "test", "oracle");

  @ParameterizedTest
  @CsvSource({"sem-N1, ipt-counters ipt-loopback-traffic walk-0101, iptables", //
      "sem-N2, nat-first-packet-decides nat-rule-comes-too-late, -t nat", //
      "sem-N3, nat-first-packet-decides nat-stale-udp-backend, conntrack -D", //
      "sem-N4, nat-dnat nat-conntrack-options, conntrack -L", //
      "sem-N6, docker-masquerade nat-port-collision nat-masq-forgets, MASQUERADE", //
      "sem-N8, nat-output-dnat svc-clusterip, OUTPUT", //
      "sem-N9, ipt-output-drop ipt-own-output-refused ipt-reject-codes, REJECT", //
      "sem-N10, ipt-forward-policy ipt-established, FORWARD DROP", //
      "sem-N11, ipt-user-chains ipt-first-match-wins ipt-marks, -j", //
      "sem-N14, nat-conntrack-options ipt-invalid-and-notrack nat-tcp-picked-up, conntrack", //
      "sem-N15, nat-route-localnet, route_localnet", //
      "sem-N18, nat-port-collision, sport", //
      "sem-D1, docker-masquerade, MASQUERADE", //
      "sem-D2, docker-publish docker-publish-hairpin, DNAT", //
      "sem-D9, docker-icc-off, -j DROP", //
      "sem-V4, vx-flannel vx-flannel-missing-pieces, nolearning", //
      "sem-V6, vx-own-replication-three vx-under-a-bridge, 00:00:00:00:00:00", //
      "sem-V7, hgw-two-nodes hgw-nodes-in-two-subnets, via", //
      "sem-V8, hgw-masquerade-exceptions, MASQUERADE", //
      "sem-K4, svc-nodeport, MARK", //
      "sem-K6, svc-nodeport, MASQUERADE", //
      "sem-K8, svc-no-endpoints, REJECT", //
      "sem-K10, svc-nodeport, dst-type LOCAL"})
  void isHeldByKernelTruths(String line, String cases, String speaksOf) throws IOException {
    for (String name : List.of(cases.split(" "))) {
      assertThat(ORACLE.resolve("truth").resolve(name + ".json")).as(line).exists();
    }
    StringBuilder said = new StringBuilder();
    for (String name : cases.split(" ")) {
      said.append(Files.readString(ORACLE.resolve("cases").resolve(name + ".lab")));
    }
    assertThat(said.toString()).as(line).contains(speaksOf);
  }
}
