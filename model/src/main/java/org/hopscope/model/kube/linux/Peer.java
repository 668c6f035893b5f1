package org.hopscope.model.kube.linux;

import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.control.ControlStep.Actor;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.net.NetnsId;

/**
 * Another node, as a node knows it.
 *
 * @param node on which node
 * @param peer about which one
 * @param address that one's own address
 * @param pods the block of that one's pods
 */
record Peer(String node, String peer, IpAddress address, IpPrefix pods) {
  /** By its main family. */
  static Peer of(KubeNode node, KubeNode peer) {
    return of(node, peer, peer.addresses().getFirst().family());
  }

  static Peer of(KubeNode node, KubeNode peer, IpFamily family) {
    return new Peer(node.meta().name(), peer.meta().name(), peer.address(family).orElseThrow(),
        peer.podCidr(family).orElseThrow());
  }

  IpFamily family() {
    return address.family();
  }

  NetnsId root() {
    return NetnsId.root(node);
  }

  /** Why the network plugin writes something about it. */
  Reason reason(Rule rule) {
    return new Reason(Actor.NETWORK_PLUGIN, new ObjectKey(Kind.NODE, "", peer), rule);
  }
}
