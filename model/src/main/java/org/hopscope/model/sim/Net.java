package org.hopscope.model.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.NeighbourTable;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.PolicyRouting;
import org.hopscope.model.net.Route;
import org.hopscope.model.net.RouteKey;
import org.hopscope.model.net.RouteProtocol;
import org.hopscope.model.net.RouteType;

/** A namespace with what was asked about it, worked out once for a simulation (kernel struct net). */
final class Net {
  private final Netns netns;
  private final ToIntFunction<String> settings;
  private final boolean filters4;
  private final boolean filters6;
  private Optional<Map<IpAddress, DeviceId>> holders = Optional.empty();
  private Optional<PolicyRouting> routing = Optional.empty();
  private Optional<Boolean> localByHand = Optional.empty();
  private Optional<Boolean> drivers = Optional.empty();
  /** The way that its own packets asked for last. */
  final Latest<RouteKey, RouteOutput.Answer> wayOut = new Latest<>();
  /** See {@link #locals4()}; empty until it is asked for. */
  private int[] locals4 = {};
  private NeighbourTable neighbours = NeighbourTable.EMPTY;
  private int generation = -1;
  /** The number of the run that last wrote a row of its neighbours. */
  private int writer;
  private final Map<IpAddress, Boolean> locals = new HashMap<>();
  private final ReadSettings sysctls = new ReadSettings();

  /**
   * A namespace.
   *
   * @param settings reads a setting of it that is a number
   */
  Net(Netns netns, ToIntFunction<String> settings) {
    this.netns = netns;
    this.settings = settings;
    filters4 = sees(netns, IpFamily.INET);
    filters6 = sees(netns, IpFamily.INET6);
  }

  private static boolean sees(Netns netns, IpFamily family) {
    return !netns.rulesets().of(family).tables().isEmpty() || netns.nft().sees(family) || netns.ipvs().sees(family);
  }

  Netns netns() {
    return netns;
  }

  NetnsId id() {
    return netns.id();
  }

  /** Whether any chain of its packet filter is shown packets of a family. */
  boolean filters(IpFamily family) {
    return switch (family) {
      case INET -> filters4;
      case INET6 -> filters6;
    };
  }

  /** By IPv4 address the first of its devices, which are asked for the first time, that has it. */
  Map<IpAddress, DeviceId> holders(Supplier<List<NetDev>> devices) {
    if (holders.isEmpty()) {
      Map<IpAddress, DeviceId> found = new HashMap<>();
      devices.get().forEach(d -> d.device().addresses().forEach(a -> found.putIfAbsent(a.address(), d.id())));
      holders = Optional.of(found);
    }
    return holders.get();
  }

  /** Whether any driver may take UDP packets before sockets see them, found out the first time it is asked. */
  boolean hasDrivers(BooleanSupplier find) {
    if (drivers.isEmpty()) {
      drivers = Optional.of(find.getAsBoolean());
    }
    return drivers.get();
  }

  /** Who asks its routing tables for packets that may leave by any device, made the first time it is asked for. */
  PolicyRouting routing(Supplier<PolicyRouting> make) {
    if (routing.isEmpty()) {
      routing = Optional.of(make.get());
    }
    return routing.get();
  }

  /**
   * Whether any row of type local, in whatever table, is for an IPv4 address: all others need not be asked. Every station
   * asks itself so whenever somebody asks all for an address.
   */
  boolean mayBeLocal(Ipv4Address address) {
    if (locals4.length == 0) {
      locals4 = locals4();
    }
    for (int i = 0; i < locals4.length; i += 2) {
      if ((address.bits() & locals4[i + 1]) == locals4[i]) {
        return true;
      }
    }
    return false;
  }

  /** Network and mask of each destination, one after the other; 255.255.255.255 alone where there is no row. */
  private int[] locals4() {
    IntStream all = netns.tables(IpFamily.INET).byNumber().values().stream().flatMap(table -> table.rows().stream())
        .filter(row -> row.type() == RouteType.LOCAL).map(Route::destination).distinct()
        .flatMapToInt(to -> IntStream.of(((Ipv4Address) to.address()).bits(), Ipv4Address.mask(to.length()).bits()));
    int[] found = all.toArray();
    return found.length == 0 ? new int[] {-1, -1} : found;
  }

  /** Whether somebody made a row of type local for IPv4 (kernel fib_has_custom_local_routes, which outlives them). */
  boolean hasLocalRoutesByHand() {
    if (localByHand.isEmpty()) {
      localByHand = Optional.of(netns.tables(IpFamily.INET).byNumber().values().stream()
          .flatMap(table -> table.rows().stream())
          .anyMatch(row -> row.type() == RouteType.LOCAL && !row.origin().protocol().equals(RouteProtocol.KERNEL)));
    }
    return localByHand.get();
  }

  /** Whether an address is one of its own, found out the first time it is asked for. */
  boolean isLocal(IpAddress address, Predicate<IpAddress> find) {
    Boolean known = locals.get(address);
    if (known == null) {
      known = find.test(address);
      locals.put(address, known);
    }
    return known;
  }

  /** Its neighbour table as the run found it, remembered while the {@code tables} are those of this generation. */
  NeighbourTable neighbours(int tables, Learned start) {
    if (generation != tables) {
      learned(tables, start.neighbours(id()));
    }
    return neighbours;
  }

  /** Its neighbour table has become this one. */
  void learned(int tables, NeighbourTable table) {
    neighbours = table;
    generation = tables;
  }

  /** A run, by its number, has written a row of its neighbours. */
  void written(int run) {
    writer = run;
  }

  /** Whether a run has written any row of its neighbours. */
  boolean isWritten(int run) {
    return writer == run;
  }

  /** A setting that is a number, read the first time it is asked for. */
  int sysctl(String key) {
    return sysctls.get(key, settings);
  }
}
