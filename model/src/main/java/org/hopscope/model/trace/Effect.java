package org.hopscope.model.trace;

import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.WireGuardSession;
import org.hopscope.model.netfilter.NetfilterChange;
import org.hopscope.model.ovs.OvsLearned;

/** A change of a learned table. Applying all effects of a trace in order gives the tables after it. */
public sealed interface Effect {
  /** The tables with this change made. */
  Learned applyTo(Learned before);

  /** A row of a neighbour table is made or changed. */
  record NeighbourSet(NetnsId netns, Neighbour row) implements Effect {
    @Override
    public Learned applyTo(Learned before) {
      return before.withNeighbours(netns, before.neighbours(netns).with(row));
    }
  }

  /** A row of a neighbour table goes. */
  record NeighbourGone(NetnsId netns, Neighbour.Key key) implements Effect {
    @Override
    public Learned applyTo(Learned before) {
      return before.withNeighbours(netns, before.neighbours(netns).without(key));
    }
  }

  /** Something is agreed on or exchanged with a peer of a WireGuard device. */
  record SessionSet(DeviceId device, WireGuardKey peer, WireGuardSession session) implements Effect {
    @Override
    public Learned applyTo(Learned before) {
      return before.withSession(device, peer, session);
    }
  }

  /** A row of a forwarding database is made, refreshed or moved. */
  record FdbSet(DeviceId bridge, FdbEntry row) implements Effect {
    @Override
    public Learned applyTo(Learned before) {
      return before.withFdb(bridge, before.fdb(bridge).with(row));
    }
  }

  /** A row of a forwarding database goes. */
  record FdbGone(DeviceId bridge, FdbEntry.Key row) implements Effect {
    @Override
    public Learned applyTo(Learned before) {
      return before.withFdb(bridge, before.fdb(bridge).without(row));
    }
  }

  /** A device counts. */
  record Counted(DeviceId device, Counters more) implements Effect {
    @Override
    public Learned applyTo(Learned before) {
      return before.withCounters(device, before.counters(device).plus(more));
    }
  }

  /** A namespace has originated so many packets. */
  record Originated(NetnsId netns, int count) implements Effect {
    @Override
    public Learned applyTo(Learned before) {
      return before.withPacketIds(netns, count);
    }
  }

  /** The packet filter of a namespace counts or remembers something. */
  record Netfiltered(NetnsId netns, NetfilterChange change) implements Effect {
    @Override
    public Learned applyTo(Learned before) {
      return before.withNetfilter(netns, change.applyTo(before.netfilter(netns)));
    }
  }

  /** What a namespace learned about the way to one destination is made or changed. */
  record RouteExceptionSet(NetnsId netns, RouteException row) implements Effect {
    @Override
    public Learned applyTo(Learned before) {
      return before.withRouteException(netns, row);
    }
  }

  /**
   * What frames have left in a host's Open vSwitch.
   *
   * @param host the host
   * @param learned all of it, as it is from then on
   */
  record OvsSet(String host, OvsLearned learned) implements Effect {
    @Override
    public Learned applyTo(Learned before) {
      return before.withOvs(host, learned);
    }
  }
}
