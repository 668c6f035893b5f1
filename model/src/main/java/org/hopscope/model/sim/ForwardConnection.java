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
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Header.Flags;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * A client's connection to {@code kubectl port-forward} ({@link PortForward}): what it says is said again inside the pod's
 * network namespace, to 127.0.0.1 and, where nobody listens there, to ::1; the answer comes back as it is. Where nobody answers,
 * or the pod is gone, the client's connection is closed.
 */
final class ForwardConnection implements TcpEnd, Upstream.Client {
  private static final List<IpAddress> LOCALHOST = List.of(IpAddress.of("127.0.0.1"), IpAddress.of("::1"));

  private final Run run;
  private final NetnsId netns;
  private final Optional<PortForward> forward;
  private final TcpSocket socket;
  private final String label;
  private final Deque<IpAddress> left = new ArrayDeque<>(LOCALHOST);
  /** Where it is said again. */
  private Optional<NetnsId> place = Optional.empty();
  private int received;
  private String heard = "";
  private boolean decided;
  private boolean finished;
  /** What is done once the segment that was read last is delivered. */
  private Deed deed = _ -> {
  };

  /** Something to do because of a packet. */
  private interface Deed {
    void because(Skb skb);
  }

  ForwardConnection(Run run, NetnsId netns, Server server, Skb syn) {
    this.run = run;
    this.netns = netns;
    forward = PortForward.of(server);
    label = server.program().command();
    socket = TcpSocket.answering(run, netns, syn, label);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public boolean isClosed() {
    return finished;
  }

  @Override
  public void read(Skb skb, NetDev device, Header.Tcp tcp) {
    deed = _ -> {
    };
    if (tcp.flags().rst()) {
      finished = true;
    } else if (tcp.flags().syn()) {
      deed = s -> socket.sendSyn(Optional.of(s), Flags.SYN_ACK);
    } else {
      TcpSocket.Arrived arrived = socket.take(skb, tcp);
      received += arrived.bytes();
      heard += arrived.text();
      if (arrived.finished()) {
        deed = this::close;
      } else if (!decided && !heard.isEmpty() && received >= Banner.questionBytes(heard)) {
        decided = true;
        lead(skb, device);
      }
    }
  }

  @Override
  public void receive(Skb skb, Header.Tcp tcp) {
    socket.acknowledge(skb);
    deed.because(skb);
  }

  private void close(Skb skb) {
    if (!finished) {
      finished = true;
      socket.sendFin(skb);
    }
  }

  private void lead(Skb skb, NetDev device) {
    Optional<KubePod> pod = forward.flatMap(f -> Optional.ofNullable(run.lab.clusters().get(f.cluster()))
        .flatMap(c -> running(c, f)));
    Optional<NetnsId> inside = pod.flatMap(this::sandbox);
    forward.ifPresent(f -> run.recorder.step(skb, device, new Event.Looked(new Lookup.ProxyLookup(netns,
        new ProxyQuestion.Forwarded(label, f.pod(), f.port(), inside.map(NetnsId::host))))));
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
    deed = s -> new Upstream(run, this, inside, endpoint, received, heard).open(s);
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
