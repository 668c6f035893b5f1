package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
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
import org.hopscope.model.trace.PacketCopy;

/**
 * Finds the hardware address of next hops and keeps what was found (kernel net/core/neighbour.c, sem-A2, A6). Garbage
 * collection of old rows is not modelled.
 */
final class Neighbours {
  /** Answers within this time after the first are ignored: the first one counts (kernel arp_tbl locktime, sem-A12). */
  private static final long LOCKTIME = VirtualTime.SECOND;

  private final Run run;
  private final Map<Neighbour.Key, Resolution> underWay = new LinkedHashMap<>();

  Neighbours(Run run) {
    this.run = run;
  }

  /** A resolution under way, with the packets that wait for it. */
  private static final class Resolution {
    private final NetDev device;
    private final IpAddress nextHop;
    private final List<Skb> parked = new ArrayList<>();
    private Optional<Skb> lastRequest = Optional.empty();
    private int asked;

    Resolution(NetDev device, IpAddress nextHop) {
      this.device = device;
      this.nextHop = nextHop;
    }
  }

  /** What a received ARP packet does to the row it is about, if anything. */
  record Learned(Neighbour.Key key, Optional<Effect> effect) {
  }

  /** How much of a row a heard address may change (kernel neigh_update NEIGH_UPDATE_F_*). */
  enum Manner {
    /** A question to the own host: makes a row where there is none, and overrides at once. */
    ASKED,
    /** ARP's answers: another address counts only when the row is older than a moment. */
    LOCKED,
    /** An advertisement with the override flag. */
    OVERRIDE,
    /** An advertisement without: another address only puts the known one in doubt. */
    WEAK
  }

  private Solicitor solicitor(IpAddress address) {
    return switch (address.family()) {
      case INET -> run.arpOutput;
      case INET6 -> run.ndiscOutput;
    };
  }

  private Neighbour.Timing timing(NetDev device, IpAddress address) {
    return run.fabric.timing(device, address.family());
  }

  /**
   * Sends a question.
   *
   * @param cause the packet that waits for the answer
   * @param before the question before this one for the same next hop: they share a lane
   */
  private Skb send(NetDev device, Packet request, Optional<Skb> cause, Optional<Skb> before,
      Optional<Effect> effect) {
    PacketCopy.Role role = PacketCopy.Role.ARP_REQUEST;
    Skb skb = before.map(b -> run.recorder.openBeside(b, cause, role, request))
        .orElseGet(() -> run.recorder.open(cause, role, request));
    run.recorder.step(skb, device, new Event.Made("kernel"), effect);
    Solicitor by = request.ip().isPresent() ? run.ndiscOutput : run.arpOutput;
    by.ask(skb, device);
    return skb;
  }

  /** For IPv4, lo has one neighbour for everybody, under no address (kernel net/ipv4/arp.c arp_constructor). */
  private static Neighbour.Key key(NetDev device, IpAddress address) {
    boolean lone = device.isLoopback() && address.family() == IpFamily.INET;
    return new Neighbour.Key(device.id(), lone ? Ipv4Address.ANY : address);
  }

  /** To lo's own address, unless someone has set another by hand: then nobody there takes the packet. */
  private void loop(Skb skb, NetDev device, Neighbour.Key key) {
    Optional<Neighbour> byHand = find(device, key);
    byHand.ifPresent(row -> run.recorder.step(skb, device, new Event.Looked(
        new Lookup.NeighbourLookup(device.netns(), device.id(), key.address(), Optional.of(row)))));
    if (byHand.filter(row -> !row.state().isValid()).isPresent()) {
      run.recorder.drop(skb, device, DropReason.NEIGHBOUR_FAILED);
    } else {
      run.transmit.withHeader(skb, device, byHand.flatMap(Neighbour::mac).orElse(device.mac()));
    }
  }

  /** The row for a next hop, in the state it is in now. */
  private Optional<Neighbour> find(NetDev device, Neighbour.Key key) {
    return run.tables.neighbour(device.net(), key)
        .map(row -> row.withState(row.stateAt(run.queue.now(), timing(device, key.address()))));
  }

  /** Sends a packet to a next hop, at once or when its address is found (kernel neigh_resolve_output). */
  void output(Skb skb, NetDev device, IpAddress nextHop) {
    Neighbour.Key key = key(device, nextHop);
    if (device.isLoopback()) {
      loop(skb, device, key);
      return;
    }
    if (device.noArp()) {
      run.transmit.withHeader(skb.with(skb.meta().towards(nextHop)), device, device.mac());
      return;
    }
    Optional<Neighbour> found = find(device, key);
    if (!device.device().usesArp() && found.isEmpty()) {
      run.transmit.withHeader(skb, device, device.mac());
      return;
    }
    Optional<MacAddress> many = found.isEmpty() ? run.fib.forMany(device.netns(), nextHop) : Optional.empty();
    if (many.isPresent()) {
      run.transmit.withHeader(skb, device, many.get());
      return;
    }
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
      park(skb, device, nextHop, found.filter(Neighbour::isUnasked).isPresent());
    }
  }

  private void park(Skb skb, NetDev device, IpAddress nextHop, boolean unasked) {
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
    if (unasked) {
      run.recorder.step(skb, device, new Event.Parked(nextHop));
      return;
    }
    Neighbour row = new Neighbour(key, Optional.empty(), State.INCOMPLETE, VirtualTime.START, run.queue.now());
    run.recorder.step(skb, device, new Event.Parked(nextHop), set(device, row));
    ask(begun, Optional.empty());
  }

  /** Asks for an address although no packet waits for it (kernel neigh_event_send without a packet). */
  void solicit(NetDev device, IpAddress address) {
    Neighbour.Key key = key(device, address);
    if (!underWay.containsKey(key) && find(device, key).filter(Neighbour::isUnasked).isEmpty()) {
      Resolution begun = new Resolution(device, address);
      underWay.put(key, begun);
      ask(begun, Optional.of(set(device,
          new Neighbour(key, Optional.empty(), State.INCOMPLETE, VirtualTime.START, run.queue.now()))));
    }
  }

  private void ask(Resolution resolution, Optional<Effect> effect) {
    NetDev device = resolution.device;
    Optional<Skb> waiting = resolution.parked.stream().findFirst();
    Optional<IpAddress> source = waiting.map(skb -> skb.ip().source());
    Optional<Packet> request = solicitor(resolution.nextHop).solicitation(device, resolution.nextHop, source,
        Optional.empty());
    resolution.asked++;
    request.ifPresent(packet -> resolution.lastRequest =
        Optional.of(send(device, packet, waiting, resolution.lastRequest, effect)));
    run.queue.after(timing(device, resolution.nextHop).retransmit(), () -> unanswered(resolution));
  }

  /** Nothing more can happen: what still waits for an address that nobody is asked for waits in vain. */
  void end() {
    underWay.forEach((key, resolution) -> {
      if (resolution.asked == 0) {
        resolution.parked.forEach(skb -> run.recorder.drop(skb, resolution.device, DropReason.NEIGHBOUR_UNASKED));
      }
    });
  }

  private void unanswered(Resolution resolution) {
    NetDev device = resolution.device;
    Neighbour.Key key = key(device, resolution.nextHop);
    if (underWay.get(key) != resolution) {
      return;
    }
    Neighbour.Timing timing = timing(device, resolution.nextHop);
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
      solicitor(resolution.nextHop).failed(skb, device);
    }
  }

  /**
   * Works out what a heard address means for the table (kernel neigh_update).
   *
   * @param state REACHABLE for an answer to the own question, STALE for what was merely overheard
   * @param manner how much it may change
   */
  Optional<Learned> hear(NetDev device, IpAddress address, MacAddress mac, State state, Manner manner) {
    Neighbour.Key key = key(device, address);
    Optional<Neighbour> old = find(device, key);
    if (old.isEmpty() && manner != Manner.ASKED) {
      return Optional.empty();
    }
    if (old.isEmpty() && !device.device().usesArp()) {
      // Whoever is asked for there wears the device's own address, and no word of another counts (ndisc_constructor).
      return Optional.of(new Learned(key, Optional.empty()));
    }
    VirtualTime now = run.queue.now();
    Optional<MacAddress> many = old.isEmpty() ? run.fib.forMany(device.netns(), address) : Optional.empty();
    if (many.isPresent()) {
      return learned(device, new Neighbour(key, many, State.NOARP, now, now));
    }
    if (old.isEmpty() || !old.get().state().isValid()) {
      VirtualTime confirmed = state == State.REACHABLE ? now : VirtualTime.START;
      return learned(device, new Neighbour(key, Optional.of(mac), state, confirmed, now,
          old.map(Neighbour::flags).orElse(Set.of())));
    }
    Neighbour row = old.get();
    boolean same = row.mac().filter(mac::equals).isPresent();
    boolean fixed = row.state() == State.PERMANENT || row.state() == State.NOARP;
    if (fixed || !same && !overrides(manner, row)) {
      boolean doubted = manner == Manner.WEAK && !fixed && !same && row.state() == State.REACHABLE;
      return doubted ? learned(device, row.withState(State.STALE)) : Optional.of(new Learned(key, Optional.empty()));
    }
    if (same && state == State.STALE) {
      return Optional.of(new Learned(key, Optional.empty()));
    }
    boolean changed = !same || row.state() != state;
    return learned(device, new Neighbour(key, Optional.of(mac), state, state == State.REACHABLE ? now : row.confirmed(),
        changed ? now : row.updated(), row.flags()));
  }

  /** A neighbour says whether it forwards (kernel NEIGH_UPDATE_F_OVERRIDE_ISROUTER): that counts whatever else it changes. */
  Learned asRouter(NetDev device, Learned learned, boolean router) {
    Optional<Neighbour> row = learned.effect().flatMap(e -> e instanceof Effect.NeighbourSet(var _, Neighbour set)
        ? Optional.of(set) : Optional.empty()).or(() -> find(device, learned.key()));
    boolean known = row.filter(r -> r.flags().contains(Neighbour.Flag.ROUTER)).isPresent();
    if (row.isEmpty() || known == router) {
      return learned;
    }
    Set<Neighbour.Flag> flags = EnumSet.noneOf(Neighbour.Flag.class);
    flags.addAll(row.get().flags());
    if (router) {
      flags.add(Neighbour.Flag.ROUTER);
    } else {
      flags.remove(Neighbour.Flag.ROUTER);
    }
    return new Learned(learned.key(), Optional.of(set(device, row.get().withFlags(flags))));
  }

  private boolean overrides(Manner manner, Neighbour row) {
    return switch (manner) {
      case ASKED, OVERRIDE -> true;
      case LOCKED -> run.queue.now().since(row.updated()) > LOCKTIME;
      case WEAK -> false;
    };
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
            new Neighbour(row.key(), row.mac(), row.state(), run.queue.now(), row.updated(), row.flags())));
  }

  /** Whether somebody set that the device answers for an address (kernel pneigh_lookup). */
  boolean isProxy(NetDev device, IpAddress address) {
    return run.lab.learned().neighbours(device.netns()).proxies().contains(new Neighbour.Key(device.id(), address));
  }

  /** Whether a device may answer for an address that is not its own. */
  boolean standsIn(NetDev device, IpAddress address) {
    return run.fabric.forwarding(device) && (run.fabric.maxConf(device, "proxy_arp") != 0
        || run.fabric.maxConf(device, "proxy_arp_pvlan") != 0 || isProxy(device, address));
  }

  private Neighbour delayed(Neighbour row) {
    return new Neighbour(row.key(), row.mac(), State.DELAY, row.confirmed(), run.queue.now(), row.flags());
  }

  private void checkLater(NetDev device, Neighbour.Key key) {
    VirtualTime since = run.queue.now();
    run.queue.after(timing(device, key.address()).delay(), () -> {
      Optional<Neighbour> row = run.tables.neighbour(device.net(), key);
      if (row.filter(r -> r.state() == State.DELAY && r.updated().equals(since)
          && r.confirmed().compareTo(since) < 0).isPresent()) {
        Neighbour old = row.get();
        Neighbour probed = new Neighbour(key, old.mac(), State.PROBE, old.confirmed(), run.queue.now(), old.flags());
        probe(device, probed, 1, Optional.of(set(device, probed)), Optional.empty());
      }
    });
  }

  private void probe(NetDev device, Neighbour row, int count, Optional<Effect> effect, Optional<Skb> before) {
    IpAddress address = row.key().address();
    Optional<Skb> sent = solicitor(address).solicitation(device, address, Optional.empty(), row.mac())
        .map(request -> send(device, request, Optional.empty(), before, effect));
    run.queue.after(timing(device, address).retransmit(), () -> {
      if (count < timing(device, address).unicasts()
          && run.tables.neighbour(device.net(), row.key()).filter(row::equals).isPresent()) {
        probe(device, row, count + 1, Optional.empty(), sent);
      }
    });
  }

  /** The hardware address of a neighbour that is known just now. */
  Optional<MacAddress> known(NetDev device, IpAddress address) {
    return find(device, key(device, address)).filter(row -> row.state().isValid()).flatMap(Neighbour::mac);
  }

  /** Whether packets to an address on a device would leave at once; when not, it is asked for (kernel neigh_event_send). */
  boolean isValid(NetDev device, IpAddress address) {
    return valid(device, address).isPresent();
  }

  /** The row of an address to which packets would leave at once. */
  Optional<Neighbour> valid(NetDev device, IpAddress address) {
    return find(device, key(device, address)).filter(row -> row.state().isValid());
  }

  /** Whether nothing is known against an address: no failed attempt to resolve it (kernel fib_good_nh). */
  boolean mayBeAlive(NetDev device, IpAddress address) {
    return state(device, address).map(Neighbour.State::isValid).orElse(true);
  }

  /** What is known of an address just now, if anything is. */
  Optional<Neighbour.State> state(NetDev device, IpAddress address) {
    return find(device, key(device, address)).map(Neighbour::state);
  }

  private static Effect set(NetDev device, Neighbour row) {
    return new Effect.NeighbourSet(device.netns(), row);
  }
}
