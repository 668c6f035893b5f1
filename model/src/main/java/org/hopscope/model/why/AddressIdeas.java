package org.hopscope.model.why;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;

/** What may be wrong with addresses: their length, the address itself, that it is missing, or there twice. */
final class AddressIdeas {
  private static final int STATIONS = 12;

  private final Scene scene;
  private final Ideas ideas;

  private AddressIdeas(Scene scene, Ideas ideas) {
    this.scene = scene;
    this.ideas = ideas;
  }

  static void have(Scene scene, Ideas ideas) {
    AddressIdeas addresses = new AddressIdeas(scene, ideas);
    for (Device device : scene.devices()) {
      if (!device.isLoopback()) {
        device.globalAddresses().forEach(a -> addresses.length(device, a));
        addresses.network(device);
        device.addresses().stream().filter(AssignedAddress::noprefixroute)
            .forEach(a -> addresses.swap(0.5, "address.noroute", device, a.local(), a.local()));
      }
    }
    Set<IpAddress> all = new LinkedHashSet<>(scene.wanted());
    all.addAll(scene.orphans());
    all.forEach(addresses::missing);
    scene.devices().forEach(d -> d.globalAddresses().forEach(a -> all.add(a.address())));
    all.forEach(addresses::twice);
  }

  private void swap(double cost, String key, Device device, InterfaceAddress old, InterfaceAddress value) {
    Idea.Deed add = new Idea.Typed(device.netns(), adding(device, value));
    Idea.Deed del = new Idea.Typed(device.netns(), "ip addr del " + old + " dev " + device.name());
    List<Idea.Deed> deeds =
        new ArrayList<>(old.network().equals(value.network()) ? List.of(del, add) : List.of(add, del));
    if (deeds.getFirst().equals(del)) {
      deeds.addAll(scene.routesOf(device));
    }
    ideas.add(cost + scene.distance(device.netns()), Sentences.say(key, scene.name(device), old, value), deeds);
  }

  private void add(double cost, Device device, InterfaceAddress value) {
    ideas.add(cost + scene.distance(device.netns()), Sentences.say("address.missing", scene.name(device), value),
        device.netns(), adding(device, value));
  }

  private static String adding(Device device, InterfaceAddress value) {
    return "ip addr add " + value + " dev " + device.name()
        + (value.address().family() == IpFamily.INET6 ? " nodad" : "");
  }

  /** Others on the same segment whose networks overlap have another length. */
  private void length(Device device, InterfaceAddress own) {
    List<InterfaceAddress> others = scene.segments.around(device.id()).stream()
        .filter(d -> !d.id().equals(device.id())).flatMap(d -> d.globalAddresses(own.address().family()).stream())
        .filter(o -> o.network().contains(own.address()) || own.network().contains(o.address())).toList();
    Map<Integer, Long> lengths = others.stream()
        .collect(Collectors.groupingBy(InterfaceAddress::length, HashMap::new, Collectors.counting()));
    long like = lengths.getOrDefault(own.length(), 0L) + 1;
    lengths.forEach((length, count) -> {
      if (length != own.length()) {
        swap(count > like ? 0.1 : count == like ? 0.25 : 0.8, "address.length", device, own,
            new InterfaceAddress(own.address(), length));
      }
    });
  }

  /** A device of whose networks nobody else on its segment is; or that has none at all. */
  private void network(Device device) {
    List<Device> others =
        scene.segments.around(device.id()).stream().filter(d -> !d.id().equals(device.id())).toList();
    IpFamily family = scene.trace.probe().to().family();
    Map<IpPrefix, Long> networks = others.stream().flatMap(d -> d.globalAddresses(family).stream())
        .collect(Collectors.groupingBy(InterfaceAddress::network, Collectors.counting()));
    if (networks.isEmpty() || device.port().isPresent()) {
      return;
    }
    IpPrefix common = Collections.max(networks.entrySet(), Map.Entry.<IpPrefix, Long>comparingByValue()
        .thenComparing(Map.Entry.comparingByKey(Collections.reverseOrder()))).getKey();
    List<InterfaceAddress> own = device.globalAddresses(family);
    boolean alone = own.stream().noneMatch(a -> networks.keySet().stream()
        .anyMatch(n -> n.contains(a.address()) || a.network().contains(n.address())));
    if (own.isEmpty() && device.kind() instanceof DeviceKind.WireGuard) {
      scene.orphans().stream().filter(a -> a.family() == family).filter(common::contains)
          .forEach(a -> add(0, device, new InterfaceAddress(a, common.length())));
    } else if (own.isEmpty() && !device.isBridge()) {
      free(common, Optional.empty(), others, family).ifPresent(
          a -> add(scene.wanted().stream().anyMatch(common::contains) ? 0.15 : 0.7, device, a));
    } else if (!own.isEmpty() && alone) {
      free(common, Optional.of(own.getFirst().address()), others, family)
          .ifPresent(a -> swap(networks.size() == 1 && others.size() < 3 ? 0.5 : 0.3, "address.network", device,
              own.getFirst(), a));
    }
  }

  /** An address of a network that nobody has: with the host's part of another one if that can be. */
  private Optional<InterfaceAddress> free(IpPrefix network, Optional<IpAddress> like, List<Device> others,
      IpFamily family) {
    Set<IpAddress> taken = new LinkedHashSet<>(scene.wanted());
    others.stream().flatMap(d -> d.globalAddresses(family).stream()).map(InterfaceAddress::address)
        .forEach(taken::add);
    BigInteger base = number(network.address());
    int bits = network.address().width();
    BigInteger hosts = BigInteger.ONE.shiftLeft(bits - network.length());
    if (hosts.compareTo(BigInteger.valueOf(4)) < 0) {
      return Optional.empty();
    }
    BigInteger wish = like.map(a -> number(a).mod(hosts)).orElse(BigInteger.TWO);
    for (int i = 0; i < 300; i++) {
      BigInteger host = wish.add(BigInteger.valueOf(i)).mod(hosts);
      IpAddress address = address(base.add(host), family);
      if (host.signum() > 0 && host.compareTo(hosts.subtract(BigInteger.ONE)) < 0 && !taken.contains(address)) {
        return Optional.of(new InterfaceAddress(address, network.length()));
      }
    }
    return Optional.empty();
  }

  /** A free address on each network of the lab. */
  static List<IpAddress> freeNear(Scene scene) {
    AddressIdeas addresses = new AddressIdeas(scene, new Ideas());
    IpFamily family = scene.trace.probe().to().family();
    List<Device> all = List.copyOf(scene.lab.devices().values());
    return all.stream().filter(d -> !d.isLoopback()).flatMap(d -> d.globalAddresses(family).stream())
        .map(InterfaceAddress::network).distinct().limit(STATIONS)
        .flatMap(n -> addresses.free(n, Optional.empty(), all, family).stream()).map(InterfaceAddress::address)
        .toList();
  }

  private static BigInteger number(IpAddress address) {
    return switch (address) {
      case Ipv4Address(int bits) -> BigInteger.valueOf(Integer.toUnsignedLong(bits));
      case Ipv6Address(long high, long low) -> new BigInteger(Long.toUnsignedString(high)).shiftLeft(Long.SIZE)
          .add(new BigInteger(Long.toUnsignedString(low)));
    };
  }

  private static IpAddress address(BigInteger value, IpFamily family) {
    return switch (family) {
      case INET -> new Ipv4Address(value.intValue());
      case INET6 -> new Ipv6Address(value.shiftRight(Long.SIZE).longValue(), value.longValue());
    };
  }

  /** Somebody else has it as well. */
  private void twice(IpAddress wanted) {
    List<Device> owners = scene.owners(wanted);
    if (owners.size() < 2 || wanted.isLoopback()) {
      return;
    }
    for (Device owner : owners) {
      owner.globalAddresses().stream().filter(a -> a.address().equals(wanted)).forEach(a -> {
        double cost = owner.globalAddresses(wanted.family()).size() > 1 ? 0.1 : owner.isLoopback() ? 0.2 : 0.4;
        String others = owners.stream().filter(d -> d != owner).map(scene::name).collect(Collectors.joining(", "));
        ideas.add(cost + scene.distance(owner.netns()), Sentences.say("address.twice", scene.name(owner), a, others),
            owner.netns(), "ip addr del " + a + " dev " + owner.name());
      });
    }
  }

  /** Nobody has it, though somebody is on a network that it belongs to. */
  private void missing(IpAddress wanted) {
    if (!scene.owners(wanted).isEmpty()) {
      return;
    }
    double base = scene.users(wanted) > 1 || !scene.wanted().contains(wanted) ? 0 : 0.15;
    for (Device asker : scene.devices()) {
      Optional<InterfaceAddress> own = asker.globalAddresses(wanted.family()).stream()
          .filter(a -> a.network().contains(wanted) && !a.network().isDefault()).findFirst();
      if (own.isEmpty() || asker.isLoopback()) {
        continue;
      }
      InterfaceAddress value = new InterfaceAddress(wanted, own.get().length());
      scene.segments.around(asker.id()).stream()
          .filter(d -> !d.netns().equals(asker.netns()) && !d.netns().equals(scene.trace.probe().from()))
          .filter(d -> d.port().isEmpty() && !d.isLoopback())
          .collect(Collectors.toMap(Function.identity(), d -> misfit(d, own.get())))
          .entrySet().stream().sorted(Map.Entry.<Device, Double>comparingByValue()
              .thenComparing(e -> e.getKey().id()))
          .limit(STATIONS).forEach(e -> {
            Device device = e.getKey();
            List<InterfaceAddress> has = device.globalAddresses(wanted.family());
            if (has.isEmpty()) {
              add(base + e.getValue(), device, value);
            } else {
              swap(base + e.getValue(), "address.wrong", device, has.getFirst(), value);
            }
          });
    }
  }

  /** How unlikely it is that a device was to have an address of a network: 0 where it has none, or one that fits nobody. */
  private double misfit(Device device, InterfaceAddress network) {
    List<InterfaceAddress> has = device.globalAddresses(network.address().family());
    if (has.isEmpty()) {
      return device.isBridge() ? 0.5 : 0.05;
    }
    if (has.stream().noneMatch(a -> network.network().contains(a.address()))) {
      return has.size() > 1 || scene.segments.around(device.id()).stream().filter(d -> !d.id().equals(device.id()))
          .flatMap(d -> d.globalAddresses().stream()).anyMatch(a -> has.getFirst().network().equals(a.network()))
              ? 0.9
              : 0.05;
    }
    boolean used = has.stream().anyMatch(a -> scene.wanted().contains(a.address()) || scene.users(a.address()) > 0);
    return used ? 1.5 : 0.2;
  }
}
