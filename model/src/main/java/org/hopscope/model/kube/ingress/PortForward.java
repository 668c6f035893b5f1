package org.hopscope.model.kube.ingress;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.net.Server;

/**
 * Where {@code kubectl port-forward} leads a connection: kubectl hands it to the API server, this to the kubelet of the pod's
 * node, and this to the container runtime, which connects to localhost inside the pod's own network namespace (kubelet
 * pkg/kubelet/server, containerd internal/cri/server/sandbox_portforward_linux.go). So no Service, no policy and no address of
 * the pod is on the way.
 *
 * @param cluster the name of its cluster
 * @param pod the pod, chosen once when the command was given
 * @param port where it is connected to there, 1 to 65535
 */
public record PortForward(String cluster, ObjectKey pod, int port) {
  private static final Pattern LABEL = Pattern.compile("([^/]+)/([^/]+)/([^/]+):(\\d{1,5})");

  /** What a server of this program calls itself: {@code CLUSTER/NAMESPACE/POD:PORT}. */
  public String label() {
    return cluster + "/" + pod.namespace() + "/" + pod.name() + ":" + port;
  }

  /** That of a server; empty when its label says nothing of the kind. */
  public static Optional<PortForward> of(Server server) {
    Matcher parts = LABEL.matcher(server.label());
    return parts.matches() ? Optional.of(new PortForward(parts.group(1), new ObjectKey(Kind.POD, parts.group(2), parts
        .group(3)), Integer.parseInt(parts.group(4)))) : Optional.empty();
  }
}
