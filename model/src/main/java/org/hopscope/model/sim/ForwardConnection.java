package org.hopscope.model.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.ingress.PortForward;
import org.hopscope.model.kube.ingress.ProxyQuestion;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * A client's connection to {@code kubectl port-forward} ({@link PortForward}): what it says is said again inside the pod's
 * network namespace, to 127.0.0.1 and, where nobody listens there, to ::1; the answer comes back as it is. Where nobody answers,
 * or the pod is gone, the client's connection is closed.
 */
final class ForwardConnection extends GoBetween {
  private static final List<IpAddress> LOCALHOST = List.of(IpAddress.of("127.0.0.1"), IpAddress.of("::1"));

  private final Optional<PortForward> forward;
  private final Deque<IpAddress> left = new ArrayDeque<>(LOCALHOST);
  /** Where it is said again. */
  private Optional<NetnsId> place = Optional.empty();
  private boolean decided;

  ForwardConnection(Run run, NetnsId netns, Server server, Skb syn) {
    super(run, netns, server.program().command(), syn);
    forward = PortForward.of(server);
  }

  @Override
  boolean isDecided() {
    return decided;
  }

  @Override
  void close(Skb skb) {
    if (!finished) {
      finished = true;
      socket.sendFin(skb);
    }
  }

  @Override
  void understand(Skb skb, NetDev device) {
    decided = true;
    Optional<KubePod> pod = forward.flatMap(f -> Optional.ofNullable(run.lab.clusters().get(f.cluster()))
        .flatMap(c -> running(c, f)));
    Optional<NetnsId> inside = pod.flatMap(this::sandbox);
    forward.ifPresent(f -> run.recorder.step(skb, device, new Event.Looked(new Lookup.ProxyLookup(netns,
        new ProxyQuestion.Forwarded(label(), f.pod(), f.port(), inside.map(NetnsId::host))))));
    inside.ifPresentOrElse(this::next, () -> deed = this::close);
  }

  private static Optional<KubePod> running(Cluster cluster, PortForward forward) {
    return cluster.pod(forward.pod().namespace(), forward.pod().name()).filter(KubePod::isRunning);
  }

  /** The namespace on the pod's node that has the pod's address; the node's own for a pod that has none of its own. */
  private Optional<NetnsId> sandbox(KubePod pod) {
    Optional<NetnsId> root = pod.node().map(NetnsId::root).filter(r -> run.lab.find(r).isPresent());
    return pod.spec().hostNetwork() ? root
        : root.flatMap(r -> pod.status().addresses().stream().findFirst().flatMap(a -> run.lab.netnsOf(r.host())
            .stream().map(Netns::id).filter(n -> !n.isRoot() && has(n, a)).findFirst()));
  }

  private boolean has(NetnsId where, IpAddress address) {
    return run.lab.devicesOf(where).stream().flatMap(d -> d.globalAddresses(address.family()).stream())
        .anyMatch(a -> a.address().equals(address));
  }

  private void next(NetnsId inside) {
    place = Optional.of(inside);
    IpAddress to = left.removeFirst();
    ProxyQuestion.Endpoint endpoint = new ProxyQuestion.Endpoint(to, forward.orElseThrow().port(), true, Optional
        .empty());
    deed = s -> new Upstream(run, this, inside, endpoint, received, heard, Optional.empty()).open(s);
  }

  @Override
  public void failed(Skb cause, Optional<NetDev> device, boolean inVain) {
    place.filter(_ -> !left.isEmpty()).ifPresentOrElse(this::next, () -> deed = this::close);
  }

  @Override
  public void again(Skb cause) {
    deed.because(cause);
  }

  @Override
  public void answered(Skb cause, String text) {
    socket.sendData(cause, text.length(), text);
    close(cause);
  }

  @Override
  public void silent(Skb cause) {
    close(cause);
  }

  @Override
  public void narrower(Skb cause, int mtu) {
    socket.narrower(cause, mtu);
  }
}
