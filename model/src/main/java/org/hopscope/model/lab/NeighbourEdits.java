package org.hopscope.model.lab;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NeighbourTable;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRouting;
import org.hopscope.model.net.RouteType;
import org.hopscope.model.net.VirtualTime;

/** Rows of neighbour tables by hand ({@code ip neigh}; kernel net/core/neighbour.c neigh_add, neigh_delete). */
final class NeighbourEdits {
  private NeighbourEdits() {
  }

  static LabState set(LabState lab, Edit.SetNeighbour wish) {
    DeviceRef ref = wish.link();
    IpAddress address = wish.address();
    Neighbour.State state = wish.state();
    RouteMode mode = wish.mode();
    Device device = Find.device(lab, ref);
    if (address.family() == IpFamily.INET6 && (Inet6Links.isDisabled(lab, device) || !device.inet6().isRunning())) {
      throw RefusedException.kernel(Errno.EACCES, "IPv6 is disabled on this device.");
    }
    NeighbourTable table = lab.learned().neighbours(ref.netns());
    Optional<Neighbour> old = table.find(device.id(), address);
    if (mode == RouteMode.APPEND || mode == RouteMode.PREPEND) {
      throw RefusedException.unsupported(mode.name().toLowerCase(Locale.ROOT));
    }
    if (mode == RouteMode.ADD && old.isPresent()) {
      throw RefusedException.kernel(Errno.EEXIST);
    }
    if (mode == RouteMode.CHANGE && old.isEmpty()) {
      throw RefusedException.kernel(Errno.ENOENT);
    }
    Optional<MacAddress> known = table.find(device.id(), keyOf(device, address).address())
        .filter(o -> o.state().isValid()).flatMap(Neighbour::mac);
    Optional<MacAddress> worn = state.isValid()
        ? wish.mac().or(() -> known).or(() -> unasked(lab, device, address))
        : Optional.empty();
    if (state.isValid() && worn.isEmpty()) {
      throw RefusedException.kernel(Errno.EINVAL, "No link layer address given.");
    }
    VirtualTime confirmed = switch (state) {
      case REACHABLE, NOARP, PERMANENT -> lab.now();
      case INCOMPLETE, STALE, DELAY, PROBE, FAILED -> old.map(Neighbour::confirmed).orElse(VirtualTime.START);
    };
    VirtualTime updated = state == Neighbour.State.INCOMPLETE ? VirtualTime.NEVER : lab.now();
    Neighbour row = new Neighbour(keyOf(device, address), worn, state, confirmed, updated, wish.flags());
    boolean same = old.filter(o -> o.mac().equals(worn) && o.state() == state && state == Neighbour.State.PERMANENT
        && o.flags().equals(row.flags())).isPresent();
    return same ? lab : lab.withLearned(lab.learned().withNeighbours(ref.netns(), table.with(row)));
  }

  /** The hardware address that is known of an address without asking (kernel arp_constructor, ndisc_constructor). */
  private static Optional<MacAddress> unasked(LabState lab, Device device, IpAddress address) {
    if (device.isLoopback()) {
      return Optional.of(device.link().mac());
    }
    if (address.isMulticast()) {
      return Optional.of(MacAddress.ofGroup(address));
    }
    return Optional.of(MacAddress.BROADCAST).filter(_ -> isBroadcast(lab, device, address));
  }

  /** What the own tables call a broadcast, or what is one to everybody (kernel inet_addr_type). */
  private static boolean isBroadcast(LabState lab, Device device, IpAddress address) {
    Netns netns = lab.find(device.netns()).orElseThrow();
    return address.family() == IpFamily.INET
        && (address.isUnspecified() || address.equals(Ipv4Address.LIMITED_BROADCAST)
            || new PolicyRouting(netns, d -> lab.device(d).name(), _ -> true).typeOf(address)
                .filter(t -> t == RouteType.BROADCAST).isPresent());
  }

  /** lo has one neighbour for everybody, under no address (net/ipv4/arp.c arp_constructor). */
  private static Neighbour.Key keyOf(Device device, IpAddress address) {
    return new Neighbour.Key(device.id(),
        device.isLoopback() && address.family() == IpFamily.INET ? Ipv4Address.ANY : address);
  }

  static LabState delete(LabState lab, DeviceRef ref, IpAddress address) {
    Device device = Find.device(lab, ref);
    NeighbourTable table = lab.learned().neighbours(ref.netns());
    Neighbour row =
        table.find(device.id(), address).orElseThrow(() -> RefusedException.kernel(Errno.ENOENT));
    return lab.withLearned(lab.learned().withNeighbours(ref.netns(), table.without(row.key())));
  }

  /** Whom a device answers for; it needs neither be up nor forward for it (kernel pneigh_lookup, pneigh_delete). */
  static LabState proxy(LabState lab, DeviceRef ref, IpAddress address, boolean answered) {
    Neighbour.Key key = new Neighbour.Key(Find.device(lab, ref).id(), address);
    NeighbourTable table = lab.learned().neighbours(ref.netns());
    if (!answered && !table.proxies().contains(key)) {
      throw RefusedException.kernel(Errno.ENOENT);
    }
    NeighbourTable next = answered ? table.withProxy(key) : table.withoutProxies(key::equals);
    return next == table ? lab : lab.withLearned(lab.learned().withNeighbours(ref.netns(), next));
  }

  static LabState flush(LabState lab, NetnsId where, Optional<IpFamily> family, Optional<String> deviceName,
      Optional<IpPrefix> to, Set<Neighbour.State> states) {
    Find.netns(lab, where);
    Optional<DeviceId> device =
        deviceName.map(d -> Find.device(lab, new DeviceRef(where, d))).map(Device::id);
    NeighbourTable left = lab.learned().neighbours(where).without(r -> isMeant(lab, r, states)
        && device.filter(d -> !d.equals(r.key().device())).isEmpty()
        && family.filter(f -> f != r.key().address().family()).isEmpty()
        && to.filter(p -> !p.contains(r.key().address())).isEmpty());
    return lab.withLearned(lab.learned().withNeighbours(where, left));
  }

  private static boolean isMeant(LabState lab, Neighbour row, Set<Neighbour.State> states) {
    Neighbour.State state = row.stateAt(lab.now(),
        Sysctls.neighbourTiming(lab, lab.device(row.key().device()), row.key().address().family()));
    if (row.flags().contains(Neighbour.Flag.EXTERN_LEARN)) {
      // ip-neighbour(8) passes such rows by its filter of states (iproute2 6.1 ip/ipneigh.c print_neigh).
      return true;
    }
    return states.isEmpty() ? !isKept(state) : states.contains(state);
  }

  private static boolean isKept(Neighbour.State state) {
    return switch (state) {
      case PERMANENT, NOARP -> true;
      case INCOMPLETE, REACHABLE, STALE, DELAY, PROBE, FAILED -> false;
    };
  }
}
