package org.hopscope.model.kube.object;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpPrefix;

/**
 * Who may talk to some pods, and whom they may talk to (sem-P1 to P9).
 *
 * @param selector the pods of its namespace that it is about
 * @param ingress what may come in; empty when it says nothing of that direction
 * @param egress what may go out; empty when it says nothing of that direction
 */
public record NetworkPolicy(Meta meta, Selector selector, Optional<List<Rule>> ingress, Optional<List<Rule>> egress)
    implements KubeObject {
  public NetworkPolicy {
    ingress = ingress.map(List::copyOf);
    egress = egress.map(List::copyOf);
  }

  /**
   * One thing that is allowed: traffic with one of the peers over one of the ports.
   *
   * @param peers empty for anybody
   * @param ports empty for all
   */
  public record Rule(List<Peer> peers, List<Port> ports) {
    public Rule {
      peers = List.copyOf(peers);
      ports = List.copyOf(ports);
    }
  }

  /** The other side. */
  public sealed interface Peer {
    /**
     * Pods: of the policy's own namespace, or of the namespaces that are selected.
     *
     * @param pods which pods; all when it is not said
     * @param namespaces of which namespaces; the policy's own when it is not said
     */
    record Pods(Optional<Selector> pods, Optional<Selector> namespaces) implements Peer {
    }

    /** Addresses: those of a block without some smaller ones. */
    record Block(IpPrefix cidr, List<IpPrefix> except) implements Peer {
      public Block {
        except = List.copyOf(except);
      }
    }
  }

  /**
   * Ports of one protocol.
   *
   * @param port the first port; all when it is not said
   * @param endPort the last port of a range
   */
  public record Port(PortProtocol protocol, Optional<PortName> port, Optional<Integer> endPort) {
  }

  @Override
  public Kind kind() {
    return Kind.NETWORK_POLICY;
  }

  @Override
  public NetworkPolicy withMeta(Meta value) {
    return new NetworkPolicy(value, selector, ingress, egress);
  }
}
