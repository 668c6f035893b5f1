package org.hopscope.model.docker.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.docker.DockerException;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.DockerNetwork.Pool;
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
