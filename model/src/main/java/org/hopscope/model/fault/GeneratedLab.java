package org.hopscope.model.fault;

import java.util.List;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.probe.Probe;

/** A working lab of one of several shapes, with probes that succeed in it; names, addresses and sizes follow from a seed. */
public final class GeneratedLab {
  /** The shapes there are. */
  public enum Shape {
    /** Two namespaces and a cable. */
    PAIR,
    /** Some stations on a bridge. */
    BRIDGE,
    /** Two bridges with stations, and a router between. */
    ROUTER,
    /** A row of routers. */
    CHAIN,
    /** A machine with two containers behind its address, and somebody outside. */
    CONTAINERS,
    /** Machines whose pods share one network by VXLAN. */
    OVERLAY,
    /** Two VLANs on one cable. */
    VLANS,
    /** Two macvlans on one card, and a neighbour. */
    MACVLAN,
    /** Two ways to a server, one by a policy rule. */
    POLICY,
    /** A router between two networks of IPv6. */
    INET6,
    /** Two machines with a WireGuard tunnel. */
    WIREGUARD,
    /** Two machines with a VXLAN tunnel that has addresses itself. */
    FLAT_VXLAN,
    /** Two switches that filter by VLAN, a trunk between them, and a router on a stick. */
    TRUNK,
    /** Two servers behind a director of IPVS. */
    DIRECTOR,
    /** As {@link #CONTAINERS}, by nftables. */
    NFTABLES,
    /** Containers on networks of Docker, and somebody outside. */
    DOCKER,
    /** Services of Kubernetes, and a NetworkPolicy. */
    CLUSTER
  }

  private final Workshop made;

  /** Builds it. */
  public GeneratedLab(Shape shape, long seed) {
    CableShapes cables = new CableShapes(shape, seed);
    TunnelShapes tunnels = new TunnelShapes(shape, seed);
    SwitchShapes switches = new SwitchShapes(shape, seed);
    EngineShapes engines = new EngineShapes(shape, seed);
    made = switch (shape) {
      case PAIR -> cables.made(cables::pair);
      case BRIDGE -> cables.made(cables::bridge);
      case ROUTER -> cables.made(cables::router);
      case CHAIN -> cables.made(cables::chain);
      case CONTAINERS -> cables.made(cables::containers);
      case POLICY -> cables.made(cables::policy);
      case INET6 -> cables.made(cables::inet6);
      case OVERLAY -> tunnels.made(tunnels::overlay);
      case VLANS -> tunnels.made(tunnels::vlans);
      case MACVLAN -> tunnels.made(tunnels::macvlan);
      case WIREGUARD -> tunnels.made(tunnels::wireguard);
      case FLAT_VXLAN -> tunnels.made(tunnels::flatVxlan);
      case TRUNK -> switches.made(switches::trunk);
      case DIRECTOR -> switches.made(switches::director);
      case NFTABLES -> switches.made(switches::nftables);
      case DOCKER -> engines.made(engines::docker);
      case CLUSTER -> engines.made(engines::cluster);
    };
  }

  /** The lab. */
  public LabState lab() {
    return made.lab();
  }

  /** Probes that succeed in it. */
  public List<Probe> probes() {
    return List.copyOf(made.probes);
  }
}
