package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.Neighbour.State;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * Finds the hardware address of next hops and keeps what was found (kernel net/core/neighbour.c, sem-A2, A6). Garbage
 * collection of old rows is not modelled.
 */
final class Neighbours {
  /** Answers within this time after the first are ignored: the first one counts (kernel arp_tbl locktime, sem-A12). */
  private static final long LOCKTIME = VirtualTime.SECOND;

  private final Run run;
  private final Map<Neighbour.Key, Resolution> underWay = new HashMap<>();

  Neighbours(Run run) {
    this.run = run;
  }

  /** A resolution under way, with the packets that wait for it. */
  private static final class Resolution {
    private final NetDev device;
    private final Ipv4Address nextHop;
    private final List<Skb> parked = new ArrayList<>();
    private Optional<Skb> lastRequest = Optional.empty();
    private int asked;

    Resolution(NetDev device, Ipv4Address nextHop) {
      this.device = device;
      this.nextHop = nextHop;
    }
  }

  /** What a received ARP packet does to the row it is about, if anything. */
  record Learned(Neighbour.Key key, Optional<Effect> effect) {
  }

  /** lo has one neighbour for everybody, under no address (kernel net/ipv4/arp.c arp_constructor). */
  private static Neighbour.Key key(NetDev device, Ipv4Address address) {
    return new Neighbour.Key(device.id(), device.isLoopback() ? Ipv4Address.ANY : address);
  }

  /** To lo's own address, unless someone has set another by hand: then nobody there takes the packet. */
  private void loop(Skb skb, NetDev device, Neighbour.Key key) {
    Optional<Neighbour> byHand = find(device, key);
    byHand.ifPresent(row -> run.recorder.step(skb, device, new Event.Looked(
        new Lookup.NeighbourLookup(device.netns(), device.id(), Addresses.v4(key.address()), Optional.of(row)))));
    if (byHand.filter(row -> !row.state().isValid()).isPresent()) {
      run.recorder.drop(skb, device, DropReason.NEIGHBOUR_FAILED);
    } else {
      run.transmit.withHeader(skb, device, byHand.flatMap(Neighbour::mac).orElse(device.mac()));
    }
  }

  /** The row for a next hop, in the state it is in now. */
  private Optional<Neighbour> find(NetDev device, Neighbour.Key key) {
    return run.tables.neighbour(device.netns(), key)
        .map(row -> row.withState(row.stateAt(run.queue.now(), run.fabric.timing(device))));
  }

  /** Sends a packet to a next hop, at once or when its address is found (kernel neigh_resolve_output). */
  void output(Skb skb, NetDev device, Ipv4Address nextHop) {
    Neighbour.Key key = key(device, nextHop);
    if (device.isLoopback()) {
      loop(skb, device, key);
      return;
    }
    Optional<Neighbour> found = find(device, key);
    Event looked = new Event.Looked(new Lookup.NeighbourLookup(device.netns(), device.id(), nextHop, found));
    if (found.filter(row -> row.state().isValid()).isPresent()) {
      Neighbour row = found.get();
      if (row.state() == State.STALE) {
        run.recorder.step(skb, device, looked, set(device, delayed(row)));
        checkLater(device, key);
      } else {
        run.recorder.step(skb, device, looked);
      }
      run.transmit.withHeader(skb, device, row.mac().orElseThrow());
    } else {
      run.recorder.step(skb, device, looked);
      park(skb, device, nextHop);
    }
  }

  private void park(Skb skb, NetDev device, Ipv4Address nextHop) {
    Neighbour.Key key = key(device, nextHop);
    Resolution resolution = underWay.get(key);
    if (resolution != null) {
      resolution.parked.add(skb);
      run.recorder.step(skb, device, new Event.Parked(nextHop));
      return;
    }
    Resolution begun = new Resolution(device, nextHop);
    begun.parked.add(skb);
    underWay.put(key, begun);
    Neighbour row = new Neighbour(key, Optional.empty(), State.INCOMPLETE, VirtualTime.START, run.queue.now());
    run.recorder.step(skb, device, new Event.Parked(nextHop), set(device, row));
    ask(begun, Optional.empty());
  }

  /** Asks for an address although no packet waits for it (kernel neigh_event_send without a packet). */
  void solicit(NetDev device, Ipv4Address address) {
    Neighbour.Key key = key(device, address);
    if (!underWay.containsKey(key)) {
      Resolution begun = new Resolution(device, address);
      underWay.put(key, begun);
      ask(begun, Optional.of(set(device,
          new Neighbour(key, Optional.empty(), State.INCOMPLETE, VirtualTime.START, run.queue.now()))));
    }
  }

  private void ask(Resolution resolution, Optional<Effect> effect) {
    NetDev device = resolution.device;
    Optional<Skb> waiting = resolution.parked.stream().findFirst();
    Ipv4Address source = waiting.map(skb -> skb.ip().source()).orElse(Ipv4Address.ANY);
    Packet request = run.arpOutput.request(device, resolution.nextHop, source, MacAddress.BROADCAST);
    resolution.asked++;
    resolution.lastRequest =
        Optional.of(run.arpOutput.sendRequest(device, request, waiting, resolution.lastRequest, effect));
    run.queue.after(run.fabric.timing(device).retransmit(), () -> unanswered(resolution));
  }

  private void unanswered(Resolution resolution) {
    NetDev device = resolution.device;
    Neighbour.Key key = key(device, resolution.nextHop);
    if (underWay.get(key) != resolution) {
      return;
    }
    Neighbour.Timing timing = run.fabric.timing(device);
    Optional<Skb> first = resolution.parked.stream().findFirst();
    Event waited = new Event.Waited(timing.retransmit(), resolution.nextHop);
    if (resolution.asked < timing.broadcasts()) {
      first.ifPresent(skb -> run.recorder.step(skb, device, waited));
      ask(resolution, Optional.empty());
      return;
    }
    underWay.remove(key);
    Neighbour failed = new Neighbour(key, Optional.empty(), State.FAILED, VirtualTime.START, run.queue.now());
    first.ifPresent(skb -> run.recorder.step(skb, device, waited, set(device, failed)));
    for (Skb skb : resolution.parked) {
      run.recorder.drop(skb, device, DropReason.NEIGHBOUR_FAILED);
      run.icmpErrors.unreachable(skb, device.netns(), IcmpErrors.HOST);
    }
  }

  /**
   * Works out what a heard address means for the table (kernel neigh_update).
   *
   * @param state REACHABLE for an answer to the own question, STALE for what was merely overheard
   * @param create for a question to the own host: makes a row where there is none, and overrides at once
   */
  Optional<Learned> hear(NetDev device, Ipv4Address address, MacAddress mac, State state, boolean create) {
    Neighbour.Key key = key(device, address);
    Optional<Neighbour> old = find(device, key);
    if (old.isEmpty() && !create) {
      return Optional.empty();
    }
    VirtualTime now = run.queue.now();
    if (old.isEmpty() && run.fib.isBroadcast(device.netns(), address)) {
      return learned(device, new Neighbour(key, Optional.of(MacAddress.BROADCAST), State.NOARP, now, now));
    }
    if (old.isEmpty() || !old.get().state().isValid()) {
      VirtualTime confirmed = state == State.REACHABLE ? now : VirtualTime.START;
      return learned(device, new Neighbour(key, Optional.of(mac), state, confirmed, now));
    }
    Neighbour row = old.get();
    boolean same = row.mac().filter(mac::equals).isPresent();
    boolean locked = now.since(row.updated()) <= LOCKTIME && !create;
    if (row.state() == State.PERMANENT || row.state() == State.NOARP || !same && locked) {
      return Optional.of(new Learned(key, Optional.empty()));
    }
    if (same && state == State.STALE) {
      return Optional.of(new Learned(key, Optional.empty()));
    }
    boolean changed = !same || row.state() != state;
    return learned(device, new Neighbour(key, Optional.of(mac), state, state == State.REACHABLE ? now : row.confirmed(),
        changed ? now : row.updated()));
  }

  private static Optional<Learned> learned(NetDev device, Neighbour row) {
    return Optional.of(new Learned(row.key(), Optional.of(set(device, row))));
  }

  /** Sends what waited for a row that has become valid. */
  void release(Neighbour.Key key) {
    Resolution resolution = underWay.remove(key);
    if (resolution == null) {
      return;
    }
    NetDev device = resolution.device;
    for (Skb skb : resolution.parked) {
      Neighbour row = find(device, key).orElseThrow();
      if (row.state() == State.STALE) {
        run.recorder.step(skb, device, new Event.Resumed(), set(device, delayed(row)));
        checkLater(device, key);
      } else {
        run.recorder.step(skb, device, new Event.Resumed());
      }
      run.transmit.withHeader(skb, device, row.mac().orElseThrow());
    }
  }

  /** A program had an answer that came by this way, so the next hop is alive (kernel dst_confirm_neigh). */
  Optional<Effect> confirm(Dst way) {
    NetDev device = way.device();
    return find(device, key(device, way.nextHop()))
        .filter(row -> row.state().isValid() && row.state() != State.PERMANENT).map(row -> set(device,
            new Neighbour(row.key(), row.mac(), row.state(), run.queue.now(), row.updated())));
  }

  private Neighbour delayed(Neighbour row) {
    return new Neighbour(row.key(), row.mac(), State.DELAY, row.confirmed(), run.queue.now());
  }

  private void checkLater(NetDev device, Neighbour.Key key) {
    VirtualTime since = run.queue.now();
    run.queue.after(run.fabric.timing(device).delay(), () -> {
      Optional<Neighbour> row = run.tables.neighbour(device.netns(), key);
      if (row.filter(r -> r.state() == State.DELAY && r.updated().equals(since)
          && r.confirmed().compareTo(since) < 0).isPresent()) {
        Neighbour old = row.get();
        Neighbour probed = new Neighbour(key, old.mac(), State.PROBE, old.confirmed(), run.queue.now());
        probe(device, probed, 1, Optional.of(set(device, probed)), Optional.empty());
      }
    });
  }

  private void probe(NetDev device, Neighbour row, int count, Optional<Effect> effect, Optional<Skb> before) {
    Ipv4Address address = Addresses.v4(row.key().address());
    Packet request = run.arpOutput.request(device, address, Ipv4Address.ANY, row.mac().orElseThrow());
    Skb sent = run.arpOutput.sendRequest(device, request, Optional.empty(), before, effect);
    run.queue.after(run.fabric.timing(device).retransmit(), () -> {
      if (count < run.fabric.timing(device).unicasts()
          && run.tables.neighbour(device.netns(), row.key()).filter(row::equals).isPresent()) {
        probe(device, row, count + 1, Optional.empty(), Optional.of(sent));
      }
    });
  }

  /** Whether packets to an address on a device would leave at once; when not, it is asked for (kernel neigh_event_send). */
  boolean isValid(NetDev device, Ipv4Address address) {
    return find(device, key(device, address)).filter(row -> row.state().isValid()).isPresent();
  }

  private static Effect set(NetDev device, Neighbour row) {
    return new Effect.NeighbourSet(device.netns(), row);
  }
}
