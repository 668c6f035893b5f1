package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.JsonValue;
import org.hopscope.model.kube.cni.NetConf;

/** static: the addresses that the configuration, or CNI_ARGS, says; nothing is remembered (plugins plugins/ipam/static). */
final class CniStatic implements CniPlugin {
  CniStatic(CniDeeds deeds) {
    // Needs nothing of the host.
  }

  private static CniResult told(NetConf conf) throws CniException {
    if (!conf.has("ipam")) {
      throw new CniException("IPAM config missing 'ipam' key");
    }
    NetConf ipam = conf.object("ipam");
    List<CniResult.Ip> ips = new ArrayList<>();
    List<NetConf> rows = new ArrayList<>(ipam.objects("addresses"));
    for (JsonValue each : conf.object("runtimeConfig").list("ips")) {
      if (each instanceof JsonValue.Text) {
        rows.add(new NetConf(new JsonValue.Fields(java.util.Map.of("address", each))));
      }
    }
    for (NetConf row : rows) {
      String typed = row.text("address").orElse("");
      InterfaceAddress address = InterfaceAddress.parse(typed).filter(_ -> typed.contains("/")).orElseThrow(
          () -> new CniException("the 'address' field is expected to be in CIDR notation, got: '" + typed + "'"));
      Optional<IpAddress> gateway = row.text("gateway").flatMap(IpAddress::parse);
      ips.add(new CniResult.Ip(-1, address, gateway));
    }
    boolean twice = ips.stream().map(CniResult.Ip::family).distinct().count() < ips.size();
    if (twice && !conf.isFrom("0.3.0")) {
      throw new CniException("CNI version " + conf.version() + " does not support more than 1 address per family");
    }
    return new CniResult(List.of(), ips, CniResult.routes(ipam), ipam.object("dns").fields());
  }

  @Override
  public CniResult add(NetConf conf) throws CniException {
    return told(conf);
  }

  @Override
  public void delete(NetConf conf) {
    // Nothing is remembered.
  }

  @Override
  public void check(NetConf conf) throws CniException {
    CniResult told = told(conf);
    CniResult before = CniContainer.required(conf, "required prevResult missing");
    for (CniResult.Ip ip : told.ips()) {
      if (before.ips().stream().noneMatch(b -> b.address().equals(ip.address()) && b.gateway().equals(ip.gateway()))) {
        throw new CniException("static: Failed to match addr " + ip.address() + " on interface");
      }
    }
  }
}
