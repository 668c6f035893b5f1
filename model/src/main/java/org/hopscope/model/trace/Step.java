package org.hopscope.model.trace;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Packet;

/**
 * One thing that happens to one packet copy.
 *
 * @param index its place in the trace, from 0
 * @param at when
 * @param copy which packet copy
 * @param where the namespace whose kernel does it
 * @param device the device it happens on or for, when there is one
 * @param packet the packet as this step leaves it
 * @param event what happens
 * @param effects what it changes in the tables
 */
public record Step(int index, VirtualTime at, int copy, NetnsId where, Optional<DeviceId> device, Packet packet,
    Event event, List<Effect> effects) {
  public Step {
    effects = List.copyOf(effects);
  }

  /** The same behind so many steps about so many copies. */
  Step after(int steps, int copies) {
    Event moved = event instanceof Event.Forked(List<Integer> forks)
        ? new Event.Forked(forks.stream().map(c -> c + copies).toList())
        : event;
    return new Step(index + steps, at, copy + copies, where, device, packet, moved, effects);
  }
}
