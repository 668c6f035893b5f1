package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.lab.SysctlGroup;
import org.hopscope.model.net.Neighbour.State;
import org.hopscope.model.packet.Header;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * Takes the packets of IPv6's neighbour discovery in (RFC 4861 7.2, kernel net/ipv6/ndisc.c ndisc_recv_ns,
 * ndisc_recv_na). Unlike ARP, only addresses of the very device are answered for. Left out: accept_untracked_na.
 */
final class NdiscInput {
  private final Run run;

  NdiscInput(Run run) {
    this.run = run;
  }

  void solicitation(Skb skb, NetDev device, Header.NeighbourSolicitation asked) {
    boolean own = run.sources6.holds(device, asked.target());
    boolean answered = own || isProxied(device, asked);
    run.recorder.step(skb, device, new Event.Looked(new Lookup.ArpTargetLookup(device.netns(), device.id(),
        asked.target(), own ? Optional.of(device.id()) : Optional.empty(), own, answered)));
    if (!answered || skb.ipv6().hopLimit() != NdiscOutput.HOP_LIMIT) {
      run.recorder.drop(skb, device, DropReason.SOLICITATION_NOT_FOR_US);
      return;
    }
    Optional<Neighbours.Learned> learned = asked.mac().flatMap(
        mac -> run.neighbours.hear(device, skb.ip().source(), mac, State.STALE, Neighbours.Manner.ASKED));
    accept(skb, device, learned);
    run.ndiscOutput.advertise(skb, device, asked, own);
  }

  /**
   * Only rows that are there already learn from an advertisement, and none that has failed. About an address of the own,
   * may it be in use or not, nobody is believed (kernel ndisc_recv_na).
   */
  void advertisement(Skb skb, NetDev device, Header.NeighbourAdvertisement claim) {
    State state = claim.flags().solicited() ? State.REACHABLE : State.STALE;
    Neighbours.Manner manner =
        claim.flags().override() ? Neighbours.Manner.OVERRIDE : Neighbours.Manner.WEAK;
    boolean own = device.device().inet6().addresses().stream().anyMatch(a -> a.address().equals(claim.target()));
    Optional<Neighbours.Learned> learned = own
        ? Optional.empty()
        : run.neighbours.hear(device, claim.target(), claim.mac(), state, manner)
            .map(l -> run.neighbours.asRouter(device, l, claim.flags().router()));
    if (learned.isEmpty()) {
      run.recorder.drop(skb, device, DropReason.ADVERTISEMENT_NOT_ASKED);
    } else {
      accept(skb, device, learned);
    }
  }

  private void accept(Skb skb, NetDev device, Optional<Neighbours.Learned> learned) {
    run.recorder.delivered(skb, device, "kernel", learned.flatMap(Neighbours.Learned::effect));
    learned.ifPresent(l -> run.neighbours.release(l.key()));
  }

  /** proxy_ndp serves only addresses for which somebody set a proxy entry (pndisc_is_router). */
  private boolean isProxied(NetDev device, Header.NeighbourSolicitation asked) {
    if (!run.fabric.forwards6(device)) {
      return false;
    }
    boolean byHand = run.fabric.maxConf(device, SysctlGroup.CONF6, "proxy_ndp") != 0
        && run.neighbours.isProxy(device, asked.target());
    return byHand || run.sources6.isAnycast(device, asked.target());
  }
}
