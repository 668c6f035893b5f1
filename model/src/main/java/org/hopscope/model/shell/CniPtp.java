package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.JsonValue;
import org.hopscope.model.kube.cni.NetConf;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;

/**
 * ptp: a pair with a router at the outer end; the way even to the own block leads by the gateway (plugins
 * plugins/main/ptp/ptp.go).
 */
final class CniPtp implements CniPlugin {
  private final CniDeeds deeds;
  private final CniContainer container;

  CniPtp(CniDeeds deeds) {
    this.deeds = deeds;
    container = new CniContainer(deeds);
  }

  @Override
  public CniResult add(NetConf conf) throws Stop, CniException {
    int mtu = mtu(conf);
    CniResult given = container.addresses(conf);
    String outside = deeds.hostEnd("veth", 8);
    CniResult result = given.on(1).withInterfaces(List.of(new CniResult.Interface(outside, "", ""), container.told()));
    container.orTakeBack(conf, () -> {
      for (CniResult.Ip ip : given.ips()) {
        deeds.host("sysctl", "-w", ip.family() == IpFamily.INET ? "net.ipv4.ip_forward=1"
            : "net.ipv6.conf.all.forwarding=1");
      }
      deeds.openSandbox();
      container.pair(outside, mtu, Optional.empty());
      deeds.tryInside("sysctl", "-w", "net.ipv6.conf." + deeds.device() + ".accept_dad=0");
      container.configure(result.withRoutes(List.of()));
      for (CniResult.Ip ip : result.ips()) {
        around(ip);
      }
      container.configure(result.withIps(List.of()).withRoutes(via(result)));
      for (CniResult.Ip ip : result.ips()) {
        outside(outside, ip);
      }
      new CniMasquerade(deeds).set(conf, result.ips());
    });
    JsonValue.Fields dns = conf.object("dns").fields();
    return (dns.members().isEmpty() ? result : result.withDns(dns)).refreshed(deeds);
  }

  private static int mtu(NetConf conf) throws CniException {
    try {
      conf.is("ipMasq");
      return conf.number("mtu");
    } catch (CniException wrong) {
      throw wrong.behind("failed to load netconf");
    }
  }

  /** Routes with their gateways said. */
  private static List<CniResult.Route> via(CniResult result) {
    return result.routes().stream().map(r -> new CniResult.Route(r.to(), r.via().or(() -> result.ips().stream()
        .filter(i -> i.family() == r.to().address().family()).flatMap(i -> i.gateway().stream()).findFirst()), r
            .more()))
        .toList();
  }

  private void around(CniResult.Ip ip) throws Stop, CniException {
    String own = ip.address().address().toString();
    String gateway = ip.gateway().orElseThrow(() -> new CniException("no gateway")).toString();
    String block = ip.address().network().toString();
    String device = deeds.device();
    deeds.inside("ip", "route", "del", block, "dev", device);
    deeds.inside("ip", "route", "add", gateway, "dev", device, "scope", "link", "src", own);
    deeds.inside("ip", "route", "add", block, "via", gateway, "dev", device, "src", own);
  }

  private void outside(String outside, CniResult.Ip ip) throws Stop, CniException {
    String gateway = ip.gateway().orElseThrow().toString();
    deeds.host("ip", "addr", "add", gateway, "dev", outside);
    deeds.host("ip", "route", "add", ip.address().address().toString(), "dev", outside, "scope", "host");
  }

  @Override
  public void delete(NetConf conf) throws Stop, CniException {
    mtu(conf);
    container.takeBack(conf);
    List<InterfaceAddress> had = deeds.hasSandbox()
        ? deeds.within(deeds.device()).stream().flatMap(d -> d.globalAddresses().stream()).toList()
        : List.of();
    container.drop();
    new CniMasquerade(deeds).unset(conf, had);
  }

  @Override
  public void check(NetConf conf) throws Stop, CniException {
    deeds.openSandbox();
    container.checkAddresses(conf);
    CniResult before = CniContainer.required(conf, "Required prevResult missing");
    CniResult.Interface own = container.own(before, "Sandbox");
    Device device = deeds.within(own.name()).orElseThrow(() -> new CniException("ptp: Container Interface name in "
        + "prevResult: " + own.name() + " not found"));
    if (!(device.kind() instanceof DeviceKind.Veth)) {
      throw new CniException("Error: Container interface " + own.name() + " not of type veth/p2p");
    }
    if (!own.mac().isEmpty() && !own.mac().equals(deeds.mac(device))) {
      throw new CniException("ptp: Interface " + own.name() + " Mac " + own.mac() + " doesn't match container Mac: "
          + deeds.mac(device));
    }
    container.checkResult(before);
  }
}
