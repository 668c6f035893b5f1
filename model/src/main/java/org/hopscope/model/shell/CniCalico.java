package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.NetConf;

/**
 * calico with host-local: an address by itself, and a router that answers for 169.254.1.1 (sem-V11; calico cni-plugin
 * pkg/dataplane/linux). {@code calico-ipam} is refused by name.
 */
final class CniCalico implements CniPlugin {
  private final CniDeeds deeds;
  private final CniContainer container;

  CniCalico(CniDeeds deeds) {
    this.deeds = deeds;
    container = new CniContainer(deeds);
  }

  @Override
  public CniResult add(NetConf conf) throws Stop, CniException {
    deeds.openSandbox();
    String outside = deeds.hostEnd("cali", 11);
    CniResult given = container.addresses(conf);
    container.pair(outside, conf.number("mtu"), Optional.empty());
    deeds.host("ip", "link", "set", outside, "address", "ee:ee:ee:ee:ee:ee");
    deeds.inside("ip", "link", "set", deeds.device(), "up");
    deeds.inside("ip", "route", "add", "169.254.1.1", "dev", deeds.device(), "scope", "link");
    deeds.inside("ip", "route", "add", "default", "via", "169.254.1.1", "dev", deeds.device());
    deeds.host("sysctl", "-w", "net.ipv4.conf." + outside + ".proxy_arp=1");
    deeds.host("sysctl", "-w", "net.ipv4.conf." + outside + ".forwarding=1");
    List<CniResult.Ip> ips = new ArrayList<>();
    for (CniResult.Ip ip : given.ips()) {
      IpAddress own = ip.address().address();
      InterfaceAddress alone = new InterfaceAddress(own, own.width());
      deeds.inside("ip", "addr", "add", alone.toString(), "dev", deeds.device());
      deeds.host("ip", "route", "add", own.toString(), "dev", outside, "scope", "link");
      ips.add(new CniResult.Ip(0, alone, Optional.empty()));
    }
    return CniResult.NOTHING.withIps(ips).withInterfaces(List.of(new CniResult.Interface(outside, "", ""))).refreshed(
        deeds);
  }

  @Override
  public void delete(NetConf conf) throws Stop, CniException {
    container.takeBack(conf);
    container.drop();
  }

  /** Not written by the plugin; nothing is checked. */
  @Override
  public void check(NetConf conf) {
    // plugin.go answers CHECK with nothing.
  }
}
