package org.hopscope.model.docker.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.docker.DockerException;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.DockerNetwork.Pool;
import org.hopscope.model.docker.DockerNetwork.Pool6;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;

/** Addresses of networks and of the containers in them (moby daemon/libnetwork/ipamutils, ipams/defaultipam). */
public final class Pools {
  private static final IpPrefix SHARED = IpPrefix.of("10.0.0.0/8");

  private Pools() {
  }

  /** The first of Docker's own blocks that no other network has and that the host has no route into. */
  public static Pool unasked(LabState lab, String host, List<DockerNetwork> networks) throws DockerException {
    List<IpPrefix> taken = new ArrayList<>(subnets(networks));
    lab.find(NetnsId.root(host)).ifPresent(n -> n.inet().byNumber().values()
        .forEach(t -> t.rows().stream().map(r -> r.destination()).filter(d -> !d.isDefault() && !d.isHost())
            .forEach(taken::add)));
    IpPrefix subnet = usual().filter(b -> taken.stream().noneMatch(t -> overlap(t, b))).findFirst()
        .orElseThrow(() -> new DockerException("all predefined address pools have been fully subnetted"));
    return new Pool(subnet, at(subnet, 1), false);
  }

  /** The first block of 10.0.0.0/8 that no other network of the swarm has (swarmkit's default address pool). */
  static Pool shared(List<DockerNetwork> networks) throws DockerException {
    IpPrefix subnet = IntStream.range(0, 1 << 16).mapToObj(i -> new IpPrefix(at(SHARED, i << 8), 24))
        .filter(b -> subnets(networks).stream().noneMatch(t -> overlap(t, b))).findFirst()
        .orElseThrow(() -> new DockerException("all predefined address pools have been fully subnetted"));
    return new Pool(subnet, at(subnet, 1), false);
  }

  private static Stream<IpPrefix> usual() {
    List<IpPrefix> all = new ArrayList<>();
    for (int i = 17; i <= 31; i++) {
      all.add(IpPrefix.of("172." + i + ".0.0/16"));
    }
    for (int i = 0; i < 256; i += 16) {
      all.add(IpPrefix.of("192.168." + i + ".0/20"));
    }
    return all.stream();
  }

  /** Refuses a block that overlaps with another network's. */
  public static void check(List<DockerNetwork> networks, IpPrefix subnet) throws DockerException {
    if (subnets(networks).stream().anyMatch(s -> overlap(s, subnet))) {
      throw new DockerException("invalid pool request: Pool overlaps with other one on this address space");
    }
  }

  private static List<IpPrefix> subnets(List<DockerNetwork> networks) {
    return networks.stream().flatMap(n -> n.pool().stream()).map(Pool::subnet).toList();
  }

  private static boolean overlap(IpPrefix one, IpPrefix other) {
    return one.contains(other.address()) || other.contains(one.address());
  }

  /**
   * The first block of 64 bits that no other network has of the host's own 48 bits (moby daemon/config
   * deriveULABaseNetwork: they follow from the daemon's identity).
   */
  static IpPrefix unasked6(String host, List<DockerNetwork> networks) {
    long begin = 0xfdL << 56 | Long.parseLong(Identity.hex("ula " + host).substring(0, 10), 16) << 16;
    return IntStream.range(0, 1 << 16).mapToObj(i -> new IpPrefix(new Ipv6Address(begin | i, 0), 64))
        .filter(b -> networks.stream().flatMap(n -> n.pool6().stream()).noneMatch(p -> overlap(p.subnet(), b)))
        .findFirst().orElseThrow();
  }

  /** Refuses a block of IPv6 that overlaps with another network's. */
  static void check6(List<DockerNetwork> networks, IpPrefix subnet) throws DockerException {
    if (networks.stream().flatMap(n -> n.pool6().stream()).anyMatch(p -> overlap(p.subnet(), subnet))) {
      throw new DockerException("invalid pool request: Pool overlaps with other one on this address space");
    }
  }

  /** The address of IPv6 that a container gets: the one that was asked for, else the lowest that is free. */
  static Ipv6Address address6(Engine engine, DockerNetwork network, Pool6 pool, Optional<Ipv6Address> asked)
      throws DockerException {
    List<Ipv6Address> taken = new ArrayList<>(List.of(pool.gateway()));
    engine.containers().stream().flatMap(c -> c.attachment(network.name()).stream())
        .forEach(a -> a.address6().ifPresent(taken::add));
    if (asked.filter(taken::contains).isPresent()) {
      throw new DockerException("Address already in use");
    }
    if (asked.isPresent()) {
      return asked.get();
    }
    return IntStream.range(1, 1 << 20).mapToObj(i -> at6(pool.subnet(), i)).takeWhile(pool.subnet()::contains)
        .filter(a -> !taken.contains(a)).findFirst()
        .orElseThrow(() -> new DockerException("no available IPv6 addresses on this network's address pools: "
            + network.name() + " (" + network.id() + ")"));
  }

  /** The address of IPv6 with a number, counted from the block's own, which has 0. */
  public static Ipv6Address at6(IpPrefix subnet, int number) {
    Ipv6Address first = (Ipv6Address) subnet.address();
    return new Ipv6Address(first.high(), first.low() + number);
  }

  /** The address with a number, counted from the block's own, which has 0. */
  public static Ipv4Address at(IpPrefix subnet, int number) {
    return new Ipv4Address(((Ipv4Address) subnet.address()).bits() + number);
  }

  /** The address that a container gets: the one that was asked for, else the lowest that is free. */
  static Ipv4Address address(List<Swarms.Member> members, DockerNetwork network, Pool pool, Optional<Ipv4Address> asked)
      throws DockerException {
    List<Ipv4Address> taken = new ArrayList<>(List.of(pool.gateway()));
    members.forEach(m -> taken.add(m.address()));
    if (asked.isPresent()) {
      if (taken.contains(asked.get())) {
        throw new DockerException("Address already in use");
      }
      return asked.get();
    }
    int size = 1 << Math.min(20, 32 - pool.subnet().length());
    for (int i = 1; i < size - 1; i++) {
      Ipv4Address next = at(pool.subnet(), i);
      if (!taken.contains(next)) {
        return next;
      }
    }
    throw new DockerException("no available IPv4 addresses on this network's address pools: " + network.name() + " ("
        + network.id() + ")");
  }
}
