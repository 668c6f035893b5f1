package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.BondMode;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * Bonds: one device over several (kernel drivers/net/bonding/bond_main.c bond_start_xmit, bond_handle_frame). Not
 * checked against a kernel: the one at hand has none. In balance-rr the turn follows the number of the packet copy.
 */
final class BondDriver {
  private final Run run;

  BondDriver(Run run) {
    this.run = run;
  }

  void transmit(Skb frame, NetDev device, DeviceKind.Bond bond) {
    List<NetDev> up = bond.slaves().stream().filter(s -> Links.hasLink(run.lab, bond, s)).map(run.fabric::device)
        .toList();
    List<NetDev> out = up.isEmpty() ? up : switch (bond.settings().mode()) {
      case ACTIVE_BACKUP -> bond.settings().active().map(run.fabric::device).map(List::of).orElse(List.of());
      case BROADCAST -> up;
      case BALANCE_RR -> List.of(up.get(frame.copy() % up.size()));
      case BALANCE_XOR, LACP -> List.of(up.get(hash(frame) % up.size()));
    };
    List<DeviceId> chosen = out.stream().map(NetDev::id).toList();
    run.recorder.step(frame, device,
        new Event.Looked(new Lookup.BondLookup(device.netns(), device.id(), bond.settings().mode(), chosen)));
    if (out.isEmpty()) {
      run.recorder.drop(frame, device, DropReason.NO_CARRIER);
      return;
    }
    run.recorder.spread(frame, device, out, (copy, slave) -> {
      run.recorder.step(copy, device, new Event.HandedDown(slave.id()),
          new Effect.Counted(device.id(), Transmit.sent(copy)));
      run.transmit.send(copy, slave);
    });
  }

  /** xmit_hash_policy layer2: the last octets of both addresses and the protocol (bonding.rst). */
  private static int hash(Skb frame) {
    MacAddress source = frame.ethernet().source();
    MacAddress destination = frame.ethernet().destination();
    return (int) ((source.bits() ^ destination.bits() ^ frame.ethernet().etherType()) & 0xff);
  }

  /** What comes in by a slave is the bond's; by one that is not in use nobody's. */
  void receive(Skb frame, NetDev slave, NetDev master, PacketType type) {
    boolean inactive = master.device().kind() instanceof DeviceKind.Bond bond
        && bond.settings().mode() == BondMode.ACTIVE_BACKUP
        && !bond.settings().active().equals(Optional.of(slave.id()));
    if (inactive) {
      run.recorder.drop(frame, slave, DropReason.SLAVE_INACTIVE);
    } else if (!master.isUp()) {
      run.recorder.drop(frame, master, DropReason.DEVICE_DOWN);
    } else {
      run.recorder.step(frame, slave, new Event.HandedUp(master.id()));
      run.receive.enter(frame, master, type);
    }
  }
}
