package org.hopscope.model.docker;

import org.hopscope.model.addr.Ipv4Address;

/**
 * A host's place in a swarm: one of the daemons that know networks in common.
 *
 * @param id the swarm's identifier: 25 digits and letters
 * @param node the host's own identifier in it
 * @param role what it does there
 * @param joined how many were there when it came, with itself: the first of the managers leads
 * @param address where the others reach it, and where their frames for its containers are sent, over UDP
 * @param lastVni the number that a network's VXLAN was given last, as managers remember it
 */
public record Swarm(String id, String node, Role role, int joined, Ipv4Address address, int lastVni) {
  /** Where managers listen, for TCP: nodes join there (moby daemon/cluster/cluster.go defaultAddr). */
  public static final int PORT = 2377;
  /** Where nodes tell each other of their containers, over TCP and UDP (libnetwork networkdb). */
  public static final int GOSSIP = 7946;
  /** The number of the first network's VXLAN, which is the ingress network's (ovmanager.go vxlanIDStart). */
  public static final int FIRST_VNI = 4096;

  /** What a node of a swarm does. */
  public enum Role {
    /** It knows all networks of the swarm, and makes and removes them. */
    MANAGER("manager"),
    /** It runs containers. */
    WORKER("worker");

    private final String word;

    Role(String word) {
      this.word = word;
    }

    /** Behind {@code docker swarm join-token}. */
    public String word() {
      return word;
    }
  }

  public boolean isManager() {
    return role == Role.MANAGER;
  }

  /** Whether both are of the same swarm. */
  public boolean isOf(Swarm other) {
    return id.equals(other.id);
  }

  public Swarm withLastVni(int value) {
    return new Swarm(id, node, role, joined, address, value);
  }
}
