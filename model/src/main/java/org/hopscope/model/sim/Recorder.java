package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.PacketCopy;
import org.hopscope.model.trace.Step;

/** Writes the trace. Tables change only through the steps written here, so that the trace always accounts for them. */
final class Recorder {
  /** Room for the steps of most probes. */
  static final int STEPS = 128;

  private final EventQueue queue;
  private final Tables tables;
  private final List<PacketCopy> copies = new ArrayList<>();
  private final List<Step> steps;
  private int alive;
  private int lanes;
  /** How many steps there were when the program last sent something. */
  private int renewed;

  /** A trace that will have about so many steps. */
  Recorder(EventQueue queue, Tables tables, int room) {
    steps = new ArrayList<>(room);
    this.queue = queue;
    this.tables = tables;
  }

  /** Begins a packet copy on a lane of its own. */
  Skb open(Optional<Skb> cause, PacketCopy.Role role, Packet packet) {
    return open(cause, lanes++, role, packet);
  }

  /** Begins a packet copy on the lane and in the role of another. */
  Skb fork(Skb original, Packet packet) {
    PacketCopy like = copies.get(original.copy());
    return open(Optional.of(original), like.lane(), like.role(), packet).with(original.meta());
  }

  /** Begins a packet copy on the lane of another. */
  Skb openBeside(Skb other, Optional<Skb> cause, PacketCopy.Role role, Packet packet) {
    return open(cause, copies.get(other.copy()).lane(), role, packet);
  }

  private Skb open(Optional<Skb> cause, int lane, PacketCopy.Role role, Packet packet) {
    Skb skb = new Skb(copies.size(), packet);
    copies.add(new PacketCopy(skb.copy(), cause.map(Skb::copy), lane, role));
    alive++;
    return skb;
  }

  /** A frame so many times: the frame itself for one, else it is divided into copies. */
  List<Skb> copies(Skb frame, NetDev at, int count) {
    if (count == 1) {
      return List.of(frame);
    }
    List<Skb> forks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      forks.add(fork(frame, frame.packet()));
    }
    step(frame, at, new Event.Forked(forks.stream().map(Skb::copy).toList()));
    step(frame, at, new Event.Ended(new Fate.Divided()));
    return forks;
  }

  /** What becomes of a copy that goes on at a device. */
  interface Onward {
    void go(Skb copy, NetDev to);
  }

  /** Sends a frame on to every one of {@code out}: as it is when that is one device, else as a copy for each. */
  void spread(Skb frame, NetDev at, List<NetDev> out, Onward onward) {
    if (out.size() == 1) {
      onward.go(frame, out.getFirst());
      return;
    }
    List<Skb> forks = copies(frame, at, out.size());
    for (int i = 0; i < out.size(); i++) {
      onward.go(forks.get(i), out.get(i));
    }
  }

  PacketCopy.Role role(Skb skb) {
    return copies.get(skb.copy()).role();
  }

  /** Something happens on a device. */
  void step(Skb skb, NetDev device, Event event) {
    write(skb, device.netns(), device.some(), event, List.of());
  }

  /** Something happens on a device and changes tables. */
  void step(Skb skb, NetDev device, Event event, List<Effect> effects) {
    write(skb, device.netns(), device.some(), event, effects);
  }

  /** Something happens on a device and changes a table. */
  void step(Skb skb, NetDev device, Event event, Effect effect) {
    write(skb, device.netns(), device.some(), event, List.of(effect));
  }

  /** Something happens on a device and may change a table. */
  void step(Skb skb, NetDev device, Event event, Optional<Effect> effect) {
    write(skb, device.netns(), device.some(), event, effect.isPresent() ? List.of(effect.get()) : List.of());
  }

  /** Something happens in a namespace. */
  void step(Skb skb, NetnsId where, Event event) {
    write(skb, where, Optional.empty(), event, List.of());
  }

  /** Something happens in a namespace, perhaps on a device, and changes tables. */
  void step(Skb skb, NetnsId where, Optional<NetDev> device, Event event, List<Effect> effects) {
    write(skb, where, device.flatMap(NetDev::some), event, effects);
  }

  /** A namespace makes a packet. */
  void step(Skb skb, NetnsId where, Event.Made event, Effect.Originated effect) {
    write(skb, where, Optional.empty(), event, List.of(effect));
  }

  private void write(Skb skb, NetnsId where, Optional<DeviceId> device, Event event, List<Effect> effects) {
    steps.add(new Step(steps.size(), queue.now(), skb.copy(), where, device, skb.packet(), event, effects));
    for (int i = 0; i < effects.size(); i++) {
      tables.apply(effects.get(i));
    }
    if (event instanceof Event.Ended) {
      alive--;
    }
  }

  void drop(Skb skb, NetDev device, DropReason why) {
    drop(skb, device, why, Optional.empty());
  }

  void drop(Skb skb, NetDev device, DropReason why, Optional<Effect> effect) {
    step(skb, device, new Event.Ended(new Fate.Died(why)), effect);
  }

  void drop(Skb skb, NetnsId where, DropReason why) {
    step(skb, where, new Event.Ended(new Fate.Died(why)));
  }

  void delivered(Skb skb, NetDev device, String to) {
    delivered(skb, device, to, Optional.empty());
  }

  void delivered(Skb skb, NetDev device, String to, Optional<Effect> effect) {
    step(skb, device, new Event.Ended(new Fate.Delivered(to)), effect);
  }

  /** Ends every copy that is still under way. */
  void dropAll(DropReason why) {
    if (alive == 0) {
      return;
    }
    Step[] last = new Step[copies.size()];
    steps.forEach(step -> last[step.copy()] = step);
    for (Step step : last) {
      if (!(step.event() instanceof Event.Ended)) {
        write(new Skb(step.copy(), step.packet()), step.where(), step.device(),
            new Event.Ended(new Fate.Died(why)), List.of());
      }
    }
  }

  /** The device that a packet had come in by when a namespace last looked for its way. */
  Optional<DeviceId> routedFrom(Skb skb, NetnsId netns) {
    return steps.reversed().stream().filter(step -> step.copy() == skb.copy() && step.where().equals(netns))
        .flatMap(step -> step.event() instanceof Event.Looked(Lookup.RouteLookup way)
            ? way.key().incoming().stream()
            : Stream.empty())
        .findFirst();
  }

  /** The program has sent something: what follows from it is counted anew. */
  void renew() {
    renewed = steps.size();
  }

  /** How many steps have followed from what the program sent last. */
  int sinceRenewal() {
    return steps.size() - renewed;
  }

  /** How many copies are under way. */
  int alive() {
    return alive;
  }

  List<PacketCopy> copies() {
    return copies;
  }

  List<Step> steps() {
    return steps;
  }
}
