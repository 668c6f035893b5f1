package org.hopscope.model.lab;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.Inet6;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.Inet6Address.Traits;
import org.hopscope.model.net.Netns;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * What becomes of IPv6 on a device when the device changes, whoever changed it and whatever its kind is (kernel
 * net/ipv6/addrconf.c addrconf_notify, addrconf_ifdown; sem-X1, sem-L11): a device that is up with carrier gets its
 * link-local address; one that is switched off, or on which IPv6 is, loses its addresses; an MTU below 1280 ends IPv6.
 * Left out: router solicitations and what routers advertise, temporary addresses, stable secrets.
 */
final class Inet6Links {
  /** The least MTU that IPv6 works with (RFC 8200 5). */
  static final int LEAST_MTU = 1280;
  private static final InterfaceAddress LOCALHOST = InterfaceAddress.of("::1/128");
  private static final int LINK_LENGTH = 64;
  /** Of an address that says an IPv4 one (RFC 4291 2.5.5.1). */
  private static final int COMPATIBLE_LENGTH = 96;

  private Inet6Links() {
  }

  /** Whether IPv6 is at work on a device: the device is switched on, IPv6 is not switched off, the MTU suffices. */
  static boolean isOn(LabState lab, Device device) {
    return device.isUp() && !isDisabled(lab, device) && Links.mtuOf(lab, device) >= LEAST_MTU;
  }

  static boolean isDisabled(LabState lab, Device device) {
    return !Sysctls.onDevice(lab, device, SysctlGroup.CONF6, "disable_ipv6").equals("0");
  }

  /** {@code after} with IPv6 on one device as the kernel leaves it; {@code was} is empty for a new device. */
  static LabState settle(LabState before, Optional<Device> was, LabState after, DeviceId id) {
    Device is = after.device(id);
    Optional<Device> here = was.filter(w -> w.netns().equals(is.netns()));
    boolean wasOn = here.isPresent() && isOn(before, here.get());
    boolean on = isOn(after, is);
    boolean disabled = !on && isDisabled(after, is) && here.isPresent() && !isDisabled(before, here.get());
    if (wasOn && !on || disabled || !on && is.inet6().isRunning() && tooSmall(after, is)) {
      return down(after, is);
    }
    Inet6 now = changed(after, is, on, wasOn, wasOn && hasMore(here, is));
    LabState next = now == is.inet6() ? after : after.with(is.withInet6(now));
    if (here.isPresent() && on == wasOn && now == here.get().inet6()
        && isRouter(after, is) == isRouter(before, here.get())) {
      return next;
    }
    boolean wasReady = here.filter(w -> wasOn && w.inet6().isReady()).isPresent();
    if (on && !wasReady && next.device(id).inet6().isReady()) {
      // What is ready again lets the next hops by it live (rt6_sync_up).
      next = next.with(Detach.revive(next.find(is.netns()).orElseThrow(), is, IpFamily.INET6));
    }
    Set<KernelRoutes.Row> old = here.map(w -> Inet6Rows.of(before, w)).orElseGet(Set::of);
    return routed(next, next.device(id), old);
  }

  /** Whether a device's networks have anycast addresses: all else that its rows follow from is seen on the device. */
  static boolean isRouter(LabState lab, Device device) {
    return !Sysctls.onDevice(lab, device, SysctlGroup.CONF6, "forwarding").equals("0");
  }

  private static boolean hasMore(Optional<Device> was, Device is) {
    if (is.inet6().addresses().isEmpty()) {
      return false;
    }
    Set<InterfaceAddress> old = was.map(Inet6Links::locals).orElseGet(Set::of);
    return !old.containsAll(locals(is));
  }

  private static Set<InterfaceAddress> locals(Device device) {
    return device.inet6().addresses().stream().map(Inet6Address::local).collect(Collectors.toSet());
  }

  private static boolean tooSmall(LabState lab, Device device) {
    return Links.mtuOf(lab, device) < LEAST_MTU;
  }

  /** Another address that made no row for its network keeps the one that is there (kernel check_cleanup_prefix_route). */
  private static boolean isKept(Device device, KernelRoutes.Row row) {
    return row.table() == Netns.MAIN && device.inet6().addresses().stream().anyMatch(a -> a.traits().noprefixroute()
        && IpPrefix.around(a.address(), a.local().length()).equals(row.route().destination()));
  }

  private static LabState routed(LabState lab, Device device, Set<KernelRoutes.Row> old) {
    Set<KernelRoutes.Row> rows = Inet6Rows.of(lab, device);
    if (rows.equals(old)) {
      return lab;
    }
    Set<KernelRoutes.Row> come = new LinkedHashSet<>(rows);
    come.removeAll(old);
    Set<KernelRoutes.Row> gone = new LinkedHashSet<>(old);
    gone.removeAll(rows);
    gone.removeIf(row -> isOn(lab, device) && isKept(device, row));
    return lab.with(KernelRoutes.change(lab.find(device.netns()).orElseThrow(), gone, come));
  }

  /** Everything through the device goes; with keep_addr_on_down the addresses of wider scope stay (addrconf_ifdown). */
  private static LabState down(LabState lab, Device device) {
    boolean gone = tooSmall(lab, device) && !device.isLoopback();
    boolean keeps = !gone && !isDisabled(lab, device)
        && Sysctls.maxConf(lab, device, SysctlGroup.CONF6, "keep_addr_on_down") > 0;
    PVector<Inet6Address> kept = TreePVector.empty();
    for (Inet6Address address : device.inet6().addresses()) {
      boolean stays = keeps && !address.address().isLinkLocal() && !address.address().isLoopback();
      kept = stays ? kept.plus(address.withDetection(new Inet6Address.Detection.Waiting())
          .withTraits(address.traits().asKept(true))) : kept;
    }
    Inet6 left = new Inet6(gone ? Inet6.State.NONE : Inet6.State.IDLE, kept, false);
    LabState bare = Detach.fromIp(lab, device, IpFamily.INET6);
    return bare.with(device.withInet6(left));
  }

  /** The addresses as they are after all that is known of the device now. */
  private static Inet6 changed(LabState lab, Device device, boolean on, boolean wasOn, boolean given) {
    Inet6 now = device.inet6();
    if (!on && tooSmall(lab, device)) {
      return device.isLoopback() ? now : Inet6.NONE;
    }
    Inet6 running = now.isRunning() ? now : Inet6.IDLE;
    if (!on) {
      return running;
    }
    PVector<Inet6Address> list = running.addresses();
    if (!wasOn) {
      for (int i = 0; i < list.size(); i++) {
        list = list.with(i, list.get(i).withTraits(list.get(i).traits().asKept(false)));
      }
    }
    boolean ready = running.isReady() || Links.hasCarrier(lab, device);
    if (ready && !running.isReady()) {
      list = withOwn(lab, device, list);
    }
    for (int i = 0; i < list.size(); i++) {
      Inet6Address address = list.get(i);
      if (address.detection() instanceof Inet6Address.Detection.Waiting) {
        list = list.with(i, address.withDetection(Duplicates.begin(lab, device, address, ready)));
      }
    }
    Inet6.State state = ready ? Inet6.State.READY
        : given ? Inet6.State.JOINED : running.state();
    return state == running.state() && list == running.addresses() ? running : new Inet6(state, list, running.again());
  }

  private static Optional<InterfaceAddress> own(LabState lab, Device device) {
    if (device.isLoopback()) {
      return Optional.of(LOCALHOST);
    }
    return device.kind() instanceof DeviceKind.IpTunnel tunnel && tunnel.driver().hardware().hasEnds()
        ? ofTunnel(tunnel)
        : Optional.of(new InterfaceAddress(Ipv6Address.linkLocal(Links.macOf(lab, device)), LINK_LENGTH));
  }

  /**
   * Tunnels over IPv4 make theirs of the own end (addrconf_ifid_gre, add_v4_addrs); what a kernel does for one without
   * an own end is left out.
   */
  private static Optional<InterfaceAddress> ofTunnel(DeviceKind.IpTunnel tunnel) {
    return tunnel.outer().local().map(a -> ((Ipv4Address) a).bits()).map(bits -> {
      long low = Integer.toUnsignedLong(bits);
      boolean sit = tunnel.driver() == Driver.SIT;
      boolean linked = !sit || tunnel.outer().remote().isPresent();
      long isatap = (isPrivate(bits) ? 0 : 0x0200_0000_0000_0000L) | 0x5efe_0000_0000L;
      return new InterfaceAddress(new Ipv6Address(linked ? 0xfe80L << 48 : 0, sit ? low : isatap | low),
          linked ? LINK_LENGTH : COMPATIBLE_LENGTH);
    });
  }

  /** __ipv6_isatap_ifid: what is not unique in the world. */
  private static boolean isPrivate(int bits) {
    int first = bits >>> 24;
    int second = bits >>> 16 & 0xff;
    return first == 0 || first == 10 || first == 127 || first == 172 && second >> 4 == 1
        || first == 192 && second == 168 || first == 169 && second == 254;
  }

  /** What a device is given when it is told to make its addresses in another way, be it on or off (addrconf_init_auto_addrs). */
  static Device generate(LabState lab, Device device) {
    if (!device.inet6().isRunning() || isDisabled(lab, device)) {
      return device;
    }
    PVector<Inet6Address> had = device.inet6().addresses();
    PVector<Inet6Address> list = withOwn(lab, device, had);
    for (int i = 0; i < list.size(); i++) {
      Inet6Address address = list.get(i);
      boolean made = !had.contains(address) && !Duplicates.asks(lab, device, address.traits());
      list = made ? list.with(i, address.withDetection(new Inet6Address.Detection.Done())) : list;
    }
    return device.withInet6(device.inet6().withAddresses(list));
  }

  /** The address that every device gives itself: ::1 on lo, a link-local one on all others (addrconf_dev_config). */
  private static PVector<Inet6Address> withOwn(LabState lab, Device device, PVector<Inet6Address> list) {
    if (!device.isLoopback()
        && !Sysctls.onDevice(lab, device, SysctlGroup.CONF6, "addr_gen_mode").equals("0")) {
      return list;
    }
    Optional<InterfaceAddress> found = own(lab, device);
    if (found.isEmpty()) {
      return list;
    }
    InterfaceAddress own = found.get();
    boolean there = list.stream().anyMatch(a -> a.address().equals(own.address()));
    return there ? list : Inet6Edits.with(list,
        new Inet6Address(own, Optional.empty(), Traits.NONE, new Inet6Address.Detection.Waiting()));
  }
}
