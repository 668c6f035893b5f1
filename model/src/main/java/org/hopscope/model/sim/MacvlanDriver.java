package org.hopscope.model.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.MacvlanMode;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * Macvlans: several hardware addresses on one device (kernel drivers/net/macvlan.c, sem-D7). Left out: source mode, and
 * the filter of joined groups: every macvlan hears all groups, and its host ignores those it has not joined.
 */
final class MacvlanDriver {
  private final Run run;

  MacvlanDriver(Run run) {
    this.run = run;
  }

  /** Sends a frame (kernel macvlan_queue_xmit): in bridge mode what is for a sibling does not leave. */
  void transmit(Skb frame, NetDev from) {
    NetDev lower = run.fabric.lower(from);
    run.recorder.step(frame, from, new Event.HandedDown(lower.id()),
        new Effect.Counted(from.id(), Transmit.sent(frame)));
    if (mode(from) != MacvlanMode.BRIDGE) {
      run.transmit.send(frame, lower);
      return;
    }
    MacAddress to = frame.ethernet().destination();
    Predicate<NetDev> isMeant = m -> !m.is(from) && mode(m) == MacvlanMode.BRIDGE && (to.isGroup() || wears(m, to));
    List<NetDev> out = new ArrayList<>(hearing(lower).stream().filter(isMeant).toList());
    if (to.isGroup() || out.isEmpty()) {
      out.add(lower);
    }
    looked(frame, lower, Optional.of(from), out);
    run.recorder.spread(frame, lower, out, (copy, next) -> {
      if (next.is(lower)) {
        run.transmit.send(copy, lower);
      } else {
        besides(copy, lower, next);
      }
    });
  }

  /** A frame goes from one sibling to another without a wire (kernel dev_forward_skb). */
  private void besides(Skb frame, NetDev lower, NetDev to) {
    NetDev checked = frame.ethernet().destination().isGroup() ? to : lower;
    if (!lower.isUp()) {
      run.recorder.drop(frame, lower, DropReason.DEVICE_DOWN);
    } else if (!Receive.takes(checked, frame)) {
      run.recorder.drop(frame, checked, DropReason.OVER_MTU);
    } else {
      run.transmit.backlog(() -> handUp(frame, lower, to));
    }
  }

  private void handUp(Skb frame, NetDev lower, NetDev to) {
    MacAddress destination = frame.ethernet().destination();
    run.recorder.step(frame, lower, new Event.HandedUp(to.id()));
    run.receive.enter(frame, to, destination.isGroup() ? PacketType.of(destination, to.mac()) : PacketType.HOST);
  }

  /**
   * A frame came in by the device below (kernel macvlan_handle_frame). What is for a group is copied later, when the device
   * below has had it (macvlan_process_broadcast).
   */
  void receive(Skb frame, NetDev lower, PacketType type) {
    MacAddress to = frame.ethernet().destination();
    List<NetDev> out = to.isGroup() ? group(frame.ethernet().source(), lower) : unicast(to, lower);
    looked(frame, lower, Optional.empty(), out);
    run.recorder.spread(frame, lower, out, (copy, next) -> {
      if (next.is(lower)) {
        run.receive.up(copy, lower, type);
      } else if (next.isUp() && to.isGroup()) {
        run.transmit.backlog(() -> handUp(copy, lower, next));
      } else if (next.isUp()) {
        handUp(copy, lower, next);
      } else {
        run.recorder.drop(copy, next, DropReason.DEVICE_DOWN);
      }
    });
  }

  private List<NetDev> unicast(MacAddress to, NetDev lower) {
    List<NetDev> macvlans = macvlans(lower);
    if (isPassthru(lower)) {
      return List.of(macvlans.getFirst());
    }
    return hearing(lower).stream().filter(m -> wears(m, to)).findFirst().map(List::of).orElse(List.of(lower));
  }

  /**
   * Who hears what is for a group: from outside everybody, from a macvlan whose frame a switch sent back those who have
   * not heard it yet; a private one hears its own frame, to which nothing will happen.
   */
  private List<NetDev> group(MacAddress source, NetDev lower) {
    Optional<NetDev> sender = hearing(lower).stream().filter(m -> wears(m, source)).findFirst();
    List<NetDev> out = new ArrayList<>();
    for (NetDev macvlan : hearing(lower)) {
      boolean hears = sender.isEmpty() || switch (mode(sender.get())) {
        case VEPA -> !macvlan.is(sender.get()) && (mode(macvlan) == MacvlanMode.VEPA || isBridge(macvlan));
        case BRIDGE -> !macvlan.is(sender.get()) && mode(macvlan) == MacvlanMode.VEPA;
        case PRIVATE, PASSTHRU -> macvlan.is(sender.get());
      };
      if (hears) {
        out.add(macvlan);
      }
    }
    boolean returned = sender.filter(s -> mode(s) == MacvlanMode.PRIVATE || mode(s) == MacvlanMode.PASSTHRU)
        .isPresent();
    if (!returned) {
      out.add(lower);
    }
    return out;
  }

  private void looked(Skb frame, NetDev lower, Optional<NetDev> from, List<NetDev> out) {
    Lookup.StackedLookup.Key key = new Lookup.StackedLookup.HardwareAddress(frame.ethernet().destination());
    run.recorder.step(frame, lower, new Event.Looked(new Lookup.StackedLookup(lower.netns(), lower.id(), key,
        from.map(NetDev::id), out.stream().map(NetDev::id).toList())));
  }

  /** The macvlans on a device, up or not. */
  private List<NetDev> macvlans(NetDev lower) {
    return run.fabric.uppers(lower).stream().filter(u -> u.device().kind() instanceof DeviceKind.Macvlan).toList();
  }

  /** Those that are found by their address: the ones that are up (kernel macvlan_hash_lookup). */
  private List<NetDev> hearing(NetDev lower) {
    return macvlans(lower).stream().filter(NetDev::isUp).toList();
  }

  private boolean isPassthru(NetDev lower) {
    return macvlans(lower).stream().anyMatch(m -> mode(m) == MacvlanMode.PASSTHRU);
  }

  private static boolean wears(NetDev macvlan, MacAddress address) {
    return macvlan.mac().equals(address);
  }

  private static boolean isBridge(NetDev macvlan) {
    return mode(macvlan) == MacvlanMode.BRIDGE;
  }

  private static MacvlanMode mode(NetDev macvlan) {
    return macvlan.device().kind() instanceof DeviceKind.Macvlan(var _, MacvlanMode mode) ? mode : MacvlanMode.VEPA;
  }
}
