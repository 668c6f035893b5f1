package org.hopscope.model.why;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Lookup;

/** Kernel settings that may be wrong: those that somebody wrote, and those that the death is about. */
final class SysctlIdeas {
  private static final Map<DropReason, Set<String>> ABOUT =
      Map.of(DropReason.FORWARDING_OFF, Set.of("ip_forward", "forwarding"), DropReason.REVERSE_PATH,
          Set.of("rp_filter"),
          DropReason.MARTIAN_SOURCE, Set.of("accept_local", "route_localnet"), DropReason.MARTIAN_DESTINATION,
          Set.of("route_localnet"), DropReason.ECHO_IGNORED, Set.of("icmp_echo_ignore_all"), DropReason.IPV6_OFF,
          Set.of("disable_ipv6"), DropReason.ARP_NOT_FOR_US, Set.of("arp_ignore", "arp_filter", "proxy_arp"),
          DropReason.TTL_EXCEEDED, Set.of("ip_default_ttl"));

  private final Scene scene;
  private final Ideas ideas;

  private SysctlIdeas(Scene scene, Ideas ideas) {
    this.scene = scene;
    this.ideas = ideas;
  }

  static void have(Scene scene, Ideas ideas) {
    SysctlIdeas sysctls = new SysctlIdeas(scene, ideas);
    for (NetnsId netns : scene.path) {
      sysctls.written(netns);
      sysctls.forwarding(netns);
    }
    for (Device device : scene.devices()) {
      sysctls.written(device);
    }
    sysctls.atDeath();
    scene.lookups.forEach(sysctls::silent);
  }

  private void write(double cost, NetnsId netns, String key, String value) {
    String now = Sysctls.find(scene.lab, netns, key).orElse("");
    if (!now.equals(value)) {
      ideas.add(cost + scene.distance(netns), Sentences.say("sysctl", scene.name(netns), key, now, value), netns,
          "sysctl -w " + key + "=" + value);
    }
  }

  private double cost(String key) {
    String name = key.substring(key.lastIndexOf('.') + 1);
    return scene.reason().map(ABOUT::get).filter(names -> names.contains(name)).isPresent() ? 0 : 0.6;
  }

  private void written(NetnsId id) {
    Netns netns = scene.lab.find(id).orElseThrow();
    for (String key : netns.sysctls().keySet()) {
      LabState without = scene.lab.with(netns.withSysctls(netns.sysctls().minus(key)));
      Sysctls.find(without, id, key).filter(v -> v.matches("-?[0-9]+")).ifPresent(v -> write(cost(key), id, key, v));
    }
  }

  private void written(Device device) {
    for (String name : device.conf().keySet()) {
      int dot = name.lastIndexOf('.');
      String key = "net." + name.substring(0, dot) + "." + device.name() + name.substring(dot);
      LabState without = scene.lab.with(device.withConf(device.conf().minus(name)));
      Sysctls.find(without, device.netns(), key).filter(v -> v.matches("-?[0-9]+"))
          .ifPresent(v -> write(cost(key), device.netns(), key, v));
    }
  }

  private void forwarding(NetnsId netns) {
    boolean here = scene.died(DropReason.FORWARDING_OFF) && scene.distance(netns) == 0;
    IpFamily family = scene.trace.probe().to().family();
    String key = switch (family) {
      case INET -> "net.ipv4.ip_forward";
      case INET6 -> "net.ipv6.conf.all.forwarding";
    };
    long addressed = scene.lab.devicesOf(netns).stream().filter(d -> !d.isLoopback())
        .filter(d -> !d.globalAddresses(family).isEmpty()).count();
    boolean router = addressed > 1;
    write(router ? here ? 0 : 0.8 : here ? 1 : 2, netns, key, "1");
    for (Device device : scene.devices()) {
      boolean off = device.netns().equals(netns) && !Sysctls.forwards(scene.lab, device, family);
      if (off && family == IpFamily.INET) {
        write(here && router ? 0.1 : 1.1, netns, "net.ipv4.conf." + device.name() + ".forwarding", "1");
      }
    }
  }

  private void atDeath() {
    Optional<NetnsId> where = scene.death.map(s -> s.where());
    Optional<Device> device = scene.death.flatMap(s -> s.device()).map(scene.lab::device);
    if (where.isEmpty()) {
      return;
    }
    if (scene.died(DropReason.ECHO_IGNORED)) {
      write(0, where.get(), "net.ipv4.icmp_echo_ignore_all", "0");
    }
    if (scene.died(DropReason.TTL_EXCEEDED)) {
      write(0.5, scene.trace.probe().from(), "net.ipv4.ip_default_ttl", "64");
    }
    if (device.isEmpty()) {
      return;
    }
    if (scene.died(DropReason.REVERSE_PATH)) {
      both(0.3, device.get(), "ipv4", "rp_filter", "0");
    }
    if (scene.died(DropReason.MARTIAN_SOURCE)) {
      both(0.5, device.get(), "ipv4", "accept_local", "1");
      both(0.5, device.get(), "ipv4", "route_localnet", "1");
    }
    if (scene.died(DropReason.MARTIAN_DESTINATION)) {
      both(0.3, device.get(), "ipv4", "route_localnet", "1");
    }
    if (scene.died(DropReason.IPV6_OFF)) {
      both(0.1, device.get(), "ipv6", "disable_ipv6", "0");
    }
    if (scene.died(DropReason.ARP_NOT_FOR_US, DropReason.NEIGHBOUR_FAILED)) {
      both(2, device.get(), "ipv4", "proxy_arp", "1");
    }
    if (device.get().port().isPresent() && scene.died(DropReason.NETFILTER_DROP)) {
      write(1.3, where.get(), "net.bridge.bridge-nf-call-iptables", "0");
    }
  }

  /** A request for an address that its owner keeps silent about. */
  private void silent(Lookup lookup) {
    if (lookup instanceof Lookup.ArpTargetLookup target && target.owner().isPresent() && !target.answered()) {
      both(0, scene.lab.device(target.device()), "ipv4", "arp_ignore", "0");
    }
  }

  private void both(double cost, Device device, String family, String name, String value) {
    NetnsId netns = device.netns();
    String one = "net." + family + ".conf." + device.name() + "." + name;
    String all = "net." + family + ".conf.all." + name;
    write(cost, netns, one, value);
    write(cost, netns, all, value);
    ideas.add(cost + 0.2 + scene.distance(netns),
        Sentences.say("sysctl", scene.name(netns), one, Sysctls.find(scene.lab, netns, one).orElse(""), value), netns,
        "sysctl -w " + all + "=" + value, "sysctl -w " + one + "=" + value);
  }
}
