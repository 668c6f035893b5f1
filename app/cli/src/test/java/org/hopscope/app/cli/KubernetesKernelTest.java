package org.hopscope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.export.KernelScript;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.SavedProbe;
import org.hopscope.model.shell.Places;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clusters as scripts on this machine's own kernel: every flow to a Service ends where the model says, masqueraded as it says. */
class KubernetesKernelTest {
  @TempDir
  private Path folder;

  private static final List<String> CLIENTS =
      List.of("pod:default/client", "@c-node1", "@host", "pod:default/web");
  private static final List<String> TARGETS = List.of("10.96.0.50:80", "172.18.0.2:30080",
      "172.18.0.3:30080", "198.51.100.7:80", "10.96.0.51:80", "10.96.0.1:443");

  /** The node sends the router's packet back to the router: a redirect, after which the kernel owes it a pause of errors. */
  private static final String REDIRECTED = "10.96.0.51:80";

  private static String pod(String name, String node) {
    return "---\n{apiVersion: v1, kind: Pod, metadata: {name: " + name + ", labels: {app: " + name
        + "}}, spec: {nodeName: "
        + node + ", containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}}\n";
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      vxlan   | c-node2 |
      host-gw | c-node1 | externalTrafficPolicy: Local, sessionAffinity: ClientIP,
      udp     | c-node2 |
      vxlan --proxy nftables   | c-node2 |
      host-gw --proxy nftables | c-node1 | externalTrafficPolicy: Local, sessionAffinity: ClientIP,
      """)
  void theKernelAgreesOnEveryFlow(String backend, String node, String spec) throws IOException, InterruptedException {
    Session session = new Session(Editor.fresh(1));
    Reply reply = Shell.run(session, NetnsId.root("host"), "hop cluster create c --dns none --backend " + backend
        + "\nkubectl apply -f - <<'EOF'\n" + pod("client", "c-node1") + pod("far", "c-node2") + pod("web", node)
        + "---\n{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 10.96.0.50, type: LoadBalancer, "
        + (spec == null ? "" : spec) + " selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}], "
        + "loadBalancerIP: 198.51.100.7}}\n---\n{apiVersion: v1, kind: Service, metadata: {name: none}, spec: "
        + "{clusterIP: 10.96.0.51, selector: {app: none}, ports: [{port: 80}]}}\nEOF\n"
        + "ip route add 10.96.0.0/12 via 172.18.0.2");
    assertThat(reply.err()).isEmpty();
    for (String client : CLIENTS) {
      for (String target : TARGETS) {
        if (client.equals("@host") && target.equals(REDIRECTED)) {
          continue;
        }
        String[] to = target.split(":");
        NetnsId from = Places.find(session.state(), "host", client).orElseThrow();
        save(session, client + " to " + target, Probe.tcp(from, IpAddress.of(to[0]), Integer.parseInt(to[1])));
      }
    }
    save(session, "across", Probe.ping(Places.find(session.state(), "host", "pod:default/client").orElseThrow(),
        IpAddress.of("10.244.1.2")));
    agrees(session.state());
  }

  /** sem-K19: the same over IPv6, by ip6tables. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      --backend vxlan                            | c-node2 |
      --backend host-gw                          | c-node1 | externalTrafficPolicy: Local, sessionAffinity: ClientIP,
      --backend vxlan --proxy nftables           | c-node2 |
      """)
  void theKernelAgreesOverBothFamilies(String options, String node, String spec) throws IOException,
      InterruptedException {
    Session session = new Session(Editor.fresh(1));
    Reply reply = Shell.run(session, NetnsId.root("host"), "hop cluster create c --dns none --ipv6 " + options
        + "\nkubectl apply -f - <<'EOF'\n" + pod("client", "c-node1") + pod("far", "c-node2") + pod("web", node)
        + "---\n{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ipFamilyPolicy: RequireDualStack, "
        + "clusterIP: 10.96.0.50, clusterIPs: [10.96.0.50, 'fd00:10:96::50'], type: LoadBalancer, "
        + (spec == null ? "" : spec)
        + " selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}}\n"
        + "---\n{apiVersion: v1, kind: Service, metadata: {name: none}, spec: "
        + "{clusterIP: 'fd00:10:96::51', selector: {app: none}, ports: [{port: 80}]}}\nEOF\n"
        + "ip -6 route add fd00:10:96::/112 via fd00:172:18::2");
    assertThat(reply.err()).isEmpty();
    for (String client : CLIENTS) {
      for (String target : List.of("fd00:10:96::50 80", "fd00:172:18::2 30080", "fd00:172:18::3 30080",
          "fd00:10:96::51 80", "10.96.0.50 80")) {
        String[] to = target.split(" ");
        boolean redirected = client.equals("@host") && (to[0].endsWith("::51") || to[0].equals("10.96.0.50"));
        if (!redirected) {
          NetnsId from = Places.find(session.state(), "host", client).orElseThrow();
          save(session, client + " to " + target, patient(from, IpAddress.of(to[0]), Integer.parseInt(to[1])));
        }
      }
    }
    agrees(session.state());
  }

  /**
   * A client that sends its SYN twice: of IPv6 the kernel's connect does not take a refusal that comes back while it still
   * sends, so it hears of the second one.
   */
  private static Probe patient(NetnsId from, IpAddress to, int port) {
    return new Probe(from, to, Optional.empty(), Optional.empty(), new Probe.Connect(new PortNumber(port),
        new Probe.ClientOptions(1, Optional.empty(), 0, 2500, false)));
  }

  private static void save(Session session, String name, Probe probe) {
    session.apply(new Edit.SaveProbe(new SavedProbe(name, probe, true)));
  }

  private void agrees(LabState lab) throws IOException, InterruptedException {
    KernelScript.Written written = KernelScript.of("cluster", lab);
    assertThat(written).isInstanceOf(KernelScript.Written.Ok.class);
    Path file = Files.writeString(folder.resolve("lab.sh"), ((KernelScript.Written.Ok) written).script());
    Path output = folder.resolve("output");
    Process process = new ProcessBuilder("sh", file.toString()).redirectErrorStream(true)
        .redirectOutput(output.toFile()).redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
        .start();
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("it ends").isTrue();
    String text = Files.readString(output);
    assumeTrue(process.exitValue() != 2, text);
    assertThat(text).doesNotContain("NOT");
    assertThat(text.lines().filter(l -> l.startsWith("as predicted"))).hasSize(lab.notes().probes().size());
  }
}
