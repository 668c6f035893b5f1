package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.NetConf;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Route;

/** What plugins that make devices have in common: who gives addresses, and the container's side of the device. */
final class CniContainer {
  private final CniDeeds deeds;

  CniContainer(CniDeeds deeds) {
    this.deeds = deeds;
  }

  /** Whether addresses are asked for at all. */
  static boolean hasAddresses(NetConf conf) throws CniException {
    return conf.object("ipam").text("type").filter(t -> !t.isEmpty()).isPresent();
  }

  private CniPlugin giver(NetConf conf) throws Stop, CniException {
    return CniPlugin.of(deeds, conf.object("ipam").text("type").orElse(""));
  }

  /** What the one who gives addresses gives: at least one. */
  CniResult addresses(NetConf conf) throws Stop, CniException {
    CniResult given = giver(conf).add(conf);
    if (given.ips().isEmpty()) {
      throw new CniException("IPAM plugin returned missing IP config");
    }
    return given;
  }

  /** Gives them back. */
  void takeBack(NetConf conf) throws Stop, CniException {
    giver(conf).delete(conf);
  }

  /** Asks whether they are still the container's. */
  void checkAddresses(NetConf conf) throws Stop, CniException {
    giver(conf).check(conf);
  }

  /** Work that gives the addresses back when it fails. */
  interface Work {
    void run() throws Stop, CniException;
  }

  void orTakeBack(NetConf conf, Work work) throws Stop, CniException {
    try {
      work.run();
    } catch (CniException wrong) {
      takeBack(conf);
      throw wrong;
    }
  }

  /** A pair of which one end is the container's (plugins pkg/ip/link_linux.go SetupVeth). */
  void pair(String outside, int mtu, Optional<String> mac) throws Stop, CniException {
    if (deeds.within(deeds.device()).isPresent()) {
      throw new CniException("container veth name provided (" + deeds.device() + ") already exists");
    }
    List<String> words = new ArrayList<>(List.of("ip", "link", "add", outside));
    List<String> size = mtu > 0 ? List.of("mtu", "" + mtu) : List.of();
    words.addAll(size);
    words.addAll(List.of("type", "veth", "peer", "name", deeds.device()));
    words.addAll(size);
    mac.ifPresent(m -> words.addAll(List.of("address", m)));
    words.addAll(List.of("netns", deeds.sandbox().name()));
    deeds.host(words.toArray(String[]::new));
    deeds.host("ip", "link", "set", outside, "up");
  }

  /** The container's device as a result tells of it. */
  CniResult.Interface told() {
    return new CniResult.Interface(deeds.device(), "", deeds.call().netns());
  }

  /** Gives addresses and routes to the container's device (plugins pkg/ipam/ipam_linux.go ConfigureIface). */
  void configure(CniResult result) throws Stop, CniException {
    String device = deeds.device();
    for (CniResult.Ip ip : result.ips()) {
      try {
        deeds.inside(ip.family() == IpFamily.INET && ip.address().length() < 31
            ? new String[] {"ip", "addr", "add", ip.address().toString(), "brd", "+", "dev", device}
            : new String[] {"ip", "addr", "add", ip.address().toString(), "dev", device});
      } catch (CniException wrong) {
        throw wrong.behind("failed to add IP addr {" + ip.address().address() + " " + CniResult.mask(ip.address()
            .network()) + "} to \"" + device + "\"");
      }
    }
    try {
      deeds.inside("ip", "link", "set", device, "up");
    } catch (CniException wrong) {
      throw wrong.behind("failed to set \"" + device + "\" UP");
    }
    for (CniResult.Route route : result.routes()) {
      route(route, result);
    }
  }

  private void route(CniResult.Route route, CniResult result) throws Stop, CniException {
    IpFamily family = route.to().address().family();
    Optional<IpAddress> via = route.via().or(() -> result.ips().stream().filter(i -> i.family() == family).flatMap(
        i -> i.gateway().stream()).findFirst());
    List<String> words = new ArrayList<>(List.of("ip", "route", "add", route.to().toString()));
    via.ifPresent(v -> words.addAll(List.of("via", v.toString())));
    words.addAll(List.of("dev", deeds.device()));
    if (via.isEmpty()) {
      words.addAll(List.of("scope", route.more().getOrDefault("scope", "global")));
    }
    Optional.ofNullable(route.more().get("mtu")).ifPresent(m -> words.addAll(List.of("mtu", m)));
    Optional.ofNullable(route.more().get("advmss")).ifPresent(m -> words.addAll(List.of("advmss", m)));
    Optional.ofNullable(route.more().get("priority")).ifPresent(m -> words.addAll(List.of("metric", m)));
    Optional.ofNullable(route.more().get("table")).ifPresent(m -> words.addAll(List.of("table", m)));
    try {
      deeds.inside(words.toArray(String[]::new));
    } catch (CniException wrong) {
      throw wrong.behind("failed to add route '{" + route.to().address() + " " + CniResult.mask(route.to()) + "} via "
          + via.map(Object::toString).orElse("<nil>") + " dev " + deeds.device() + "'");
    }
  }

  /** The way to everywhere of a family. */
  static IpPrefix everywhere(IpFamily family) {
    return new IpPrefix(family == IpFamily.INET ? Ipv4Address.ANY : Ipv6Address.ANY, 0);
  }

  /** Takes the container's device away, if it and its namespace are there. */
  void drop() throws Stop {
    if (deeds.hasSandbox() && deeds.within(deeds.device()).isPresent()) {
      deeds.tryInside("ip", "link", "del", deeds.device());
    }
  }

  /** What ADD answered, which CHECK needs. */
  static CniResult required(NetConf conf, String words) throws CniException {
    return CniResult.before(conf).orElseThrow(() -> new CniException(words));
  }

  /** The device of a result that is the container's in this very namespace. */
  CniResult.Interface own(CniResult before, String sandboxWord) throws CniException {
    CniResult.Interface none = new CniResult.Interface("", "", "");
    CniResult.Interface own = before.interfaces().stream().filter(i -> i.name().equals(deeds.device()) && i.sandbox()
        .equals(deeds.call().netns())).findFirst().orElse(none);
    if (!own.sandbox().equals(deeds.call().netns())) {
      throw new CniException(sandboxWord + " in prevResult " + own.sandbox() + " doesn't match configured netns: "
          + deeds.call().netns());
    }
    return own;
  }

  /** Addresses, then routes, as they were told (plugins pkg/ip/utils_linux.go). */
  void checkResult(CniResult before) throws CniException {
    Device device = deeds.within(deeds.device()).orElseThrow(() -> new CniException("Cannot find container link "
        + deeds.device()));
    Netns sandbox = deeds.lab().find(deeds.sandbox()).orElseThrow();
    for (CniResult.Ip ip : before.ips()) {
      if (device.globalAddresses().stream().noneMatch(a -> a.address().equals(ip.address().address()))) {
        throw new CniException("Failed to match addr " + ip.address() + " on interface " + deeds.device());
      }
      if (routes(sandbox).stream().noneMatch(r -> r.destination().equals(ip.address().network()))) {
        throw new CniException("Failed to find Gateway " + ip.gateway().map(Object::toString).orElse("<nil>")
            + " for interface " + deeds.device());
      }
    }
    for (CniResult.Route route : before.routes()) {
      boolean found = routes(sandbox).stream().anyMatch(r -> r.destination().equals(route.to())
          && (route.to().isDefault() || r.hops().getFirst().via().equals(route.via())));
      if (!found) {
        throw new CniException("Expected Route " + route.shown() + " not found in routing table");
      }
    }
  }

  private static List<Route> routes(Netns sandbox) {
    List<Route> all = new ArrayList<>(sandbox.inet().main().rows());
    all.addAll(sandbox.inet6().main().rows());
    all.removeIf(r -> r.hops().isEmpty());
    return all;
  }
}
