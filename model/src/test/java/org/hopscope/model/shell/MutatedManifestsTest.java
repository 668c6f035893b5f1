package org.hopscope.model.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.Test;

/**
 * Manifests with seeded faults, through the command: either they are taken, or they are refused with their file and nothing is
 * changed. {@code -Dmutations=100000} for many.
 */
class MutatedManifestsTest {
  private static final String WHOLE = """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, labels: {app: web}}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
            - {name: www, image: nginx, ports: [{containerPort: 8080, name: http}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec:
        type: LoadBalancer
        selector: {app: web}
        loadBalancerSourceRanges: [203.0.113.0/25]
        ports:
        - {name: http, port: 80, targetPort: http, nodePort: 30080}
        - {name: dns, port: 53, protocol: UDP}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: only}
      spec:
        podSelector: {matchLabels: {app: web}}
        ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}], ports: [{port: 80, endPort: 90}]}]
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: own, labels: {kubernetes.io/service-name: web}}
      addressType: IPv4
      ports: [{name: http, port: 80}]
      endpoints: [{addresses: [10.9.9.9], conditions: {ready: true}, nodeName: c-node1}]
      """;
  /** Words that fit somewhere else. */
  private static final List<String> WORDS = List.of("-1", "99999999999", "0", "null", "[]", "{}", "\"\"", "yes",
      "10.0.0.1",
      "fd00::1", "Local", "None", "ClusterIP", "ExternalName", "web", "80", "&a", "*a", "!!binary", "1e400", "0x1F");

  private static String mutated(Random random) {
    List<String> lines = new ArrayList<>(WHOLE.lines().toList());
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(lines.size());
      String line = lines.get(at);
      List<String> parts = new ArrayList<>(List.of(line.split("(?<=[:{\\[,}\\]])")));
      switch (random.nextInt(6)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(random.nextInt(lines.size()), line);
        case 2 -> {
          parts.set(random.nextInt(parts.size()), " " + WORDS.get(random.nextInt(WORDS.size())));
          lines.set(at, String.join("", parts));
        }
        case 3 -> {
          parts.remove(random.nextInt(parts.size()));
          lines.set(at, String.join("", parts));
        }
        case 4 -> lines.set(at, " ".repeat(random.nextInt(3)) + line);
        default -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
      }
      if (lines.isEmpty()) {
        lines.add("");
      }
    }
    return String.join("\n", lines);
  }

  @Test
  void aFaultyManifestIsTakenWholeOrNotAtAll() {
    Session session = KubectlTest.cluster("--nodes 1");
    LabState before = session.state();
    int rounds = Integer.getInteger("mutations", 400);
    int taken = 0;
    for (int seed = 0; seed < rounds; seed++) {
      String text = mutated(new Random(seed));
      session.apply(new Edit.WriteFile("host", "/tmp/m.yaml", text.lines().toList(), false));
      LabState written = session.state();
      Reply reply = KubectlTest.run(session, "kubectl apply -f /tmp/m.yaml");
      if (reply.exit() == 0) {
        taken++;
      } else {
        assertThat(session.state()).as(text).isSameAs(written);
        assertThat(reply.err().toString()).as(text).containsAnyOf("m.yaml: line ", "is invalid: ", "NotFound",
            "no objects passed");
      }
      session.replace(before);
    }
    assertThat(taken).isBetween(1, rounds - 1);
  }
}
